//! Attributes, references and notes: records about other records.

use super::lines::Line;
use super::notes::{LinkRemarks, TYPE};
use super::record::{Record, record};
use crate::format::interchange::{AttributeList, SpanRecord};
use crate::model::Review;

/// Something said about a tag, a link, an event or another remark.
pub(super) struct Remark<'a> {
    pub(super) line: usize,
    /// Its own name.
    pub(super) name: &'a str,
    /// The name of what it is about.
    pub(super) of: &'a str,
    pub(super) what: What<'a>,
}

pub(super) enum What<'a> {
    Attribute(&'a str, &'a str),
    /// An entry of a list elsewhere and its name there.
    Reference(String, &'a str),
    Note(String),
}

impl<'a> Remark<'a> {
    /// What a line says about something else, if it does.
    pub(super) fn of_line(line: &'a Line<'a>) -> Option<Self> {
        let (name, record) = record(line.text).ok()?;
        let (of, what) = match record {
            Record::Attribute { key, of, value } => (of, What::Attribute(key, value)),
            Record::Reference { kind, of, to, name } => (of, What::reference(kind, to, name)),
            Record::Note { kind, of, words } if kind == TYPE => (of, What::note(kind, words)),
            Record::Note { kind, of, words } => {
                let rest = line.rest.iter().map(|(_, text)| *text);
                let words: Vec<&str> = std::iter::once(words).chain(rest).collect();
                (of, What::note(kind, &words.join("\n")))
            }
            Record::Tag(_)
            | Record::Relation { .. }
            | Record::Event { .. }
            | Record::Equivalent(..) => return None,
        };
        Some(Self {
            line: line.number,
            name,
            of,
            what,
        })
    }

    /// Whether a remark may be called so.
    pub(super) fn is_name(name: &str) -> bool {
        name.starts_with(['A', 'M', 'N', '#'])
    }
}

/// The attribute for references beyond the first.
const REFERENCE: &str = "Reference";

impl What<'_> {
    /// An entry of a list, with the name of the list.
    pub(super) fn reference<'a>(kind: &str, to: &str, name: &'a str) -> What<'a> {
        let listed = to.split_once(':').is_some_and(|(list, _)| list == kind);
        What::Reference(
            if kind == REFERENCE || listed {
                to.to_owned()
            } else {
                format!("{kind}:{to}")
            },
            name.trim(),
        )
    }

    /// The words of a note, with its kind where that says something.
    pub(super) fn note<'a>(kind: &str, words: &str) -> What<'a> {
        What::Note(match (kind, words.trim()) {
            ("AnnotatorNotes", _) => words.to_owned(),
            (kind, "") => kind.to_owned(),
            (kind, _) => format!("{kind}: {words}"),
        })
    }

    /// What it says, in a line.
    pub(super) fn shown(&self) -> String {
        match self {
            What::Attribute(key, "true") => (*key).to_owned(),
            What::Attribute(key, value) => format!("{key} {value}"),
            What::Reference(to, "") => to.clone(),
            What::Reference(to, name) => format!("{to} {name}"),
            What::Note(words) => words.clone(),
        }
    }

    /// Adds it to a tag.
    pub(super) fn apply_to_span(&self, span: &mut SpanRecord) {
        match self {
            What::Attribute("Review", review)
                if span.review.is_empty() && Review::from_word(review).is_some() =>
            {
                span.review = (*review).into();
            }
            What::Attribute(key, value) => add_attribute(&mut span.attributes, key, value),
            What::Reference(to, _) if span.person.is_empty() => span.person = to.into(),
            What::Reference(to, _) if span.person == *to => {}
            What::Reference(..) => {
                add_attribute(&mut span.attributes, REFERENCE, &self.shown());
            }
            What::Note(words) => add_line(&mut span.note, words),
        }
    }

    /// Adds it to a link.
    pub(super) fn apply_to_link(&self, link: &mut LinkRemarks) {
        match self {
            What::Attribute(key, value) => add_attribute(&mut link.attributes, key, value),
            What::Reference(..) => add_attribute(&mut link.attributes, REFERENCE, &self.shown()),
            What::Note(words) => add_line(&mut link.note, words),
        }
    }
}

/// Adds a reference a tag had in brat to a tag that has a person.
pub(super) fn add_reference(attributes: &mut AttributeList, to: &str) {
    add_attribute(attributes, REFERENCE, to);
}

fn add_attribute(attributes: &mut AttributeList, key: &str, value: &str) {
    attributes.join_new(key, value);
}

fn add_line(note: &mut String, words: &str) {
    if !note.is_empty() {
        note.push('\n');
    }
    note.push_str(words);
}
