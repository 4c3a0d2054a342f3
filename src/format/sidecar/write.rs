mod judged;
mod judgements;

use std::fmt::Write as _;

use super::VERSION;
use super::raw::valid_record;
use super::ron_text::{field_name, push_string};
use crate::model::{
    Annotation, AnnotationSet, Attribute, Authorship, Confidence, Decision, Document,
    DocumentState, Link, Origin, PeerReview, Person, PersonKind, RecordList, Review, Sitting,
    Suppression, Target, UnknownField, UnreadRecord, Verdict,
};
use crate::text::SourceText;

pub(super) use judged::judged_text;
pub(super) use judgements::replies_text;

/// The sidecar of a document, canonical: the same document gives the same bytes. `file_name` is the
/// article's, for people who read the file; it is never opened.
#[must_use]
pub fn write(document: &Document, file_name: &str) -> String {
    let mut text = String::with_capacity(1024 + 200 * document.set().annotation_count());
    write_in_parts(document, file_name, &mut |part| text.push_str(part));
    text
}

/// [`write()`] that hands the text over part by part, so that it is nowhere whole.
pub fn write_in_parts(document: &Document, file_name: &str, put: &mut dyn FnMut(&str)) {
    let mut out = Writer {
        out: String::with_capacity(2 * PART),
        annotator: document.meta().annotator.clone().unwrap_or_default(),
        judged: false,
        put: Some(put),
    };
    out.out.push_str("#![enable(implicit_some)]\nPullquote(\n");
    out.header(document, file_name);
    let set = document.set();
    let sittings = document.sittings().iter();
    out.optional_list(document, RecordList::Sittings, sittings, Writer::sitting);
    out.list(document, RecordList::People, set.people(), Writer::person);
    out.list(
        document,
        RecordList::Annotations,
        set.annotations(),
        |out, annotation| {
            out.placed(document.source(), annotation);
        },
    );
    let links = in_order(set);
    out.list(document, RecordList::Links, links.into_iter(), Writer::link);
    let reviews = set.peer_reviews();
    out.optional_list(document, RecordList::Reviews, reviews, Writer::peer_review);
    let decisions = set.decisions();
    out.optional_list(document, RecordList::Decisions, decisions, Writer::decision);
    let ignored = set.suppressions();
    out.optional_list(document, RecordList::Ignored, ignored, Writer::suppression);
    let none = std::iter::empty::<()>();
    out.optional_list(document, RecordList::Lost, none, |_, ()| {});
    out.damaged(document);
    for field in document.meta().unknown.iter().filter(|f| !in_source(f)) {
        let _ = writeln!(out.out, "    {}: {},", field_name(&field.name), field.raw);
    }
    out.out.push_str(")\n");
    out.hand_over();
}

/// From this length on, a part is handed over (bytes).
const PART: usize = 64 * 1024;

/// The links by where they start; those that start nowhere last.
fn in_order(set: &AnnotationSet) -> Vec<&Link> {
    let mut placed = Vec::with_capacity(set.link_count());
    let mut lost = Vec::new();
    for link in set.links() {
        match set.annotation(&link.from) {
            Some(tag) => placed.push((tag.fragments.start(), tag.fragments.end(), link)),
            None => lost.push(link),
        }
    }
    placed.sort_by(|(start, end, a), (other_start, other_end, b)| {
        (start, end, &a.from, &a.id).cmp(&(other_start, other_end, &b.from, &b.id))
    });
    placed
        .into_iter()
        .map(|(.., link)| link)
        .chain(lost)
        .collect()
}

/// Prefix of an unknown field that was within `source: (…)`. No field's name can hold a slash.
pub(super) const IN_SOURCE: &str = "source/";

fn in_source(field: &UnknownField) -> bool {
    field.name.starts_with(IN_SOURCE)
}

/// Whether an unread record can be in a list as it is; otherwise it is kept as a string.
fn stands_in_its_list(record: &UnreadRecord) -> bool {
    record.list() != RecordList::Damaged && valid_record(record.raw())
}

/// A tag as it is in a file of `annotator`. Its fragments count code points here.
pub(super) fn annotation_record(
    annotation: &Annotation,
    words: &[String],
    annotator: &str,
) -> String {
    let places = annotation.fragments.iter();
    let places = places.map(|range| (range.start().into(), range.end().into()));
    record(annotator, |out| {
        out.annotation(annotation, places, words.iter().map(String::as_str));
    })
}

/// A tag on `source` as its record stands in a file of `annotator`.
#[must_use]
pub fn annotation_text(
    annotation: &Annotation,
    source: &SourceText,
    annotator: Option<&str>,
) -> String {
    record(annotator.unwrap_or_default(), |out| {
        out.placed(source, annotation);
    })
}

/// A tag on `source` as it stands in a file that is nobody's.
pub(in crate::format) fn annotation_on(annotation: &Annotation, source: &SourceText) -> String {
    record("", |out| out.placed(source, annotation))
}

/// A link as it is in a file of `annotator`.
pub(in crate::format) fn link_record(link: &Link, annotator: &str) -> String {
    record(annotator, |out| out.link(link))
}

/// A person as they are in a file.
pub(in crate::format) fn person_record(person: &Person) -> String {
    record("", |out| out.person(person))
}

/// A review as it is in a file.
pub(in crate::format) fn peer_review_record(review: &PeerReview) -> String {
    record("", |out| out.peer_review(review))
}

/// A decision as it is in a file.
pub(in crate::format) fn decision_record(decision: &Decision) -> String {
    record("", |out| out.decision(decision))
}

/// A decision to ignore something as it is in a file.
pub(in crate::format) fn suppression_record(one: &Suppression) -> String {
    record("", |out| out.suppression(one))
}

/// A sitting as it is in a file.
pub(super) fn sitting_record(sitting: &Sitting) -> String {
    record("", |out| out.sitting(sitting))
}

fn record(annotator: &str, write: impl FnOnce(&mut Writer<'_>)) -> String {
    let mut writer = Writer {
        out: String::from("("),
        annotator: annotator.into(),
        judged: false,
        put: None,
    };
    write(&mut writer);
    writer.out.push(')');
    writer.out
}

struct Writer<'a> {
    /// What is not handed over yet.
    out: String,
    /// The annotator of the file; empty if unnamed.
    annotator: smol_str::SmolStr,
    /// Whether only what a judgement is about is written.
    judged: bool,
    /// Where parts of a file go; `None`: all stays in `out`.
    put: Option<&'a mut dyn FnMut(&str)>,
}

impl Writer<'_> {
    fn hand_over(&mut self) {
        if let Some(put) = &mut self.put {
            put(&self.out);
            self.out.clear();
        }
    }

    fn header(&mut self, document: &Document, file_name: &str) {
        let source = document.source();
        let _ = write!(self.out, "    version: {VERSION},\n    source: (file: ");
        push_string(&mut self.out, file_name);
        let _ = write!(
            self.out,
            ", sha256: \"{}\", chars: {}, encoding: \"{}\"",
            source.sha256(),
            source.chars(),
            source.encoding()
        );
        for field in &document.meta().unknown {
            if let Some(name) = field.name.strip_prefix(IN_SOURCE) {
                let _ = write!(self.out, ", {}: {}", field_name(name), field.raw);
            }
        }
        self.out.push_str("),\n");
        if let Some(annotator) = &document.meta().annotator {
            self.out.push_str("    annotator: ");
            push_string(&mut self.out, annotator);
            self.out.push_str(",\n");
        }
        let state = match document.meta().state {
            DocumentState::New => return,
            DocumentState::InProgress => "InProgress",
            DocumentState::Done => "Done",
        };
        let _ = writeln!(self.out, "    state: {state},");
    }

    /// A list, one record a line, unread ones last; open and shut on lines of their own also when
    /// empty, so that two people's first records merge.
    fn list<T>(
        &mut self,
        document: &Document,
        list: RecordList,
        records: impl Iterator<Item = T>,
        mut write: impl FnMut(&mut Self, T),
    ) {
        let _ = writeln!(self.out, "    {}: [", list.name());
        for record in records {
            self.out.push_str("        (");
            write(self, record);
            self.out.push_str("),\n");
            if self.out.len() >= PART {
                self.hand_over();
            }
        }
        for unread in document.unread() {
            if unread.list() == list && stands_in_its_list(unread) {
                let _ = writeln!(self.out, "        {},", unread.raw());
            }
        }
        self.out.push_str("    ],\n");
    }

    /// A list that is left out if empty.
    fn optional_list<T>(
        &mut self,
        document: &Document,
        list: RecordList,
        records: impl Iterator<Item = T>,
        write: impl FnMut(&mut Self, T),
    ) {
        let stands = |unread: &UnreadRecord| unread.list() == list && stands_in_its_list(unread);
        let mut records = records.peekable();
        if records.peek().is_some() || document.unread().iter().any(stands) {
            self.list(document, list, records, write);
        }
    }

    /// What cannot be in a list of its own, as strings.
    fn damaged(&mut self, document: &Document) {
        let mut lines = document
            .unread()
            .iter()
            .filter(|unread| !stands_in_its_list(unread))
            .peekable();
        if lines.peek().is_none() {
            return;
        }
        let _ = writeln!(self.out, "    {}: [", RecordList::Damaged.name());
        for unread in lines {
            self.out.push_str("        ");
            push_string(&mut self.out, unread.raw());
            self.out.push_str(",\n");
        }
        self.out.push_str("    ],\n");
    }

    fn person(&mut self, person: &Person) {
        self.first("id", person.id.as_str());
        self.string("name", &person.name);
        match person.kind {
            // The default, yet written: a roster is read by people.
            PersonKind::Person => self.out.push_str(", kind: Person"),
            PersonKind::Organisation => self.out.push_str(", kind: Organisation"),
            PersonKind::Group => self.out.push_str(", kind: Group"),
        }
        if !person.aliases.is_empty() {
            self.out.push_str(", aliases: ");
            self.strings(person.aliases.iter().map(String::as_str));
        }
        self.optional("role", &person.role);
        self.optional("external_id", &person.external_id);
        self.optional("organisation", &person.organisation);
        self.attributes(&person.attributes);
        self.stamp("made", person.made.as_deref());
        self.stamp("changed", person.changed.as_deref());
        self.unknown(&person.unknown);
    }

    fn sitting(&mut self, sitting: &Sitting) {
        self.first("by", &sitting.by);
        let (start, seconds) = (sitting.start, sitting.seconds);
        let _ = write!(self.out, ", start: \"{start}\", seconds: {seconds}");
        self.unknown(&sitting.unknown);
    }

    fn review(&mut self, name: &str, review: Review) {
        let word = match review {
            Review::Unreviewed => return,
            Review::Accepted => "Accepted",
            Review::Rejected => "Rejected",
            Review::Unsure => "Unsure",
        };
        for part in [", ", name, ": ", word] {
            self.out.push_str(part);
        }
    }

    fn placed(&mut self, source: &SourceText, annotation: &Annotation) {
        // An offset outside the text cannot be put in code points; saving checks for it.
        let chars = |at| source.char_of_byte(at).unwrap_or(u32::MAX);
        let places = annotation.fragments.iter();
        let places = places.map(|range| (chars(range.start()), chars(range.end())));
        let words = annotation.fragments.iter().map(|range| source.slice(range));
        self.annotation(annotation, places, words);
    }

    fn annotation<'a>(
        &mut self,
        annotation: &Annotation,
        places: impl Iterator<Item = (u32, u32)>,
        words: impl Iterator<Item = &'a str>,
    ) {
        self.first("id", annotation.id.as_str());
        self.string("label", &annotation.label);
        self.out.push_str(", at: [");
        for (n, (start, end)) in places.enumerate() {
            let comma = if n > 0 { ", " } else { "" };
            let _ = write!(self.out, "{comma}({start}, {end})");
        }
        self.out.push_str("], text: ");
        self.strings(words);
        self.attributes(&annotation.attributes);
        if let Some(person) = &annotation.person {
            self.string("person", person.as_str());
        }
        // Named even where it is the file's own annotator: rows get copied between files.
        if annotation.origin != Origin::Annotator("".into()) || !self.annotator.is_empty() {
            self.origin(&annotation.origin);
        }
        let by_program = matches!(annotation.origin, Origin::Suggester(_));
        match annotation.verdict {
            Verdict::Accepted if !by_program => {}
            Verdict::Accepted => self.out.push_str(", verdict: Accepted"),
            Verdict::Open => self.out.push_str(", verdict: Open"),
            Verdict::Corrected => self.out.push_str(", verdict: Corrected"),
            Verdict::Rejected => self.out.push_str(", verdict: Rejected"),
        }
        if !self.judged {
            self.review("review", annotation.review);
        }
        self.optional("note", &annotation.note);
        if !annotation.former_words.is_empty() {
            self.out.push_str(", was: ");
            self.strings(annotation.former_words.iter().map(String::as_str));
        }
        // Fields that came after version 0.1 are where it carries them along: last.
        self.confidence(annotation.confidence);
        self.stamp("made", annotation.made.as_deref());
        self.stamp("changed", annotation.changed.as_deref());
        self.stamp("decided", annotation.decided.as_deref());
        self.unknown(&annotation.unknown);
    }

    fn link(&mut self, link: &Link) {
        self.first("id", link.id.as_str());
        self.string("role", &link.role);
        self.string("from", link.from.as_str());
        let (to, id) = match &link.to {
            Target::Annotation(id) => ("Annotation", Some(id.as_str())),
            Target::Person(id) => ("Person", Some(id.as_str())),
            Target::NotGiven => ("NotGiven", None),
        };
        let _ = write!(self.out, ", to: {to}");
        if let Some(id) = id {
            self.out.push('(');
            push_string(&mut self.out, id);
            self.out.push(')');
        }
        if link.origin != Origin::Annotator(self.annotator.clone()) {
            self.origin(&link.origin);
        }
        if link.confirmed {
            self.out.push_str(", confirmed: true");
        }
        self.attributes(&link.attributes);
        self.optional("note", &link.note);
        self.confidence(link.confidence);
        self.stamp("made", link.made.as_deref());
        self.stamp("changed", link.changed.as_deref());
        self.unknown(&link.unknown);
    }

    fn attributes(&mut self, attributes: &[Attribute]) {
        if attributes.is_empty() {
            return;
        }
        self.out.push_str(", attributes: {");
        for (n, attribute) in attributes.iter().enumerate() {
            self.out.push_str(if n > 0 { ", " } else { "" });
            push_string(&mut self.out, &attribute.name);
            self.out.push_str(": ");
            push_string(&mut self.out, &attribute.value);
        }
        self.out.push('}');
    }

    fn confidence(&mut self, confidence: Option<Confidence>) {
        if let Some(confidence) = confidence {
            let _ = write!(self.out, ", confidence: {confidence}");
        }
    }

    /// Who and when, each empty where it is not recorded; nothing where neither is.
    fn stamp(&mut self, name: &str, stamp: Option<&Authorship>) {
        let Some(stamp) = stamp.filter(|stamp| !stamp.is_empty() && !self.judged) else {
            return;
        };
        let _ = write!(self.out, ", {name}: (");
        push_string(&mut self.out, &stamp.by);
        self.out.push_str(", \"");
        if let Some(at) = stamp.at {
            let _ = write!(self.out, "{at}");
        }
        self.out.push_str("\")");
    }

    fn origin(&mut self, origin: &Origin) {
        let (kind, name) = match origin {
            Origin::Annotator(name) => ("Annotator", name),
            Origin::Suggester(name) => ("Suggester", name),
            Origin::Import(name) => ("Import", name),
        };
        self.out.push_str(", by: ");
        self.out.push_str(kind);
        self.out.push('(');
        push_string(&mut self.out, name);
        self.out.push(')');
    }

    fn unknown(&mut self, fields: &[UnknownField]) {
        for field in fields {
            let _ = write!(self.out, ", {}: {}", field_name(&field.name), field.raw);
        }
    }

    fn first(&mut self, name: &str, value: &str) {
        self.out.push_str(name);
        self.out.push_str(": ");
        push_string(&mut self.out, value);
    }

    fn string(&mut self, name: &str, value: &str) {
        self.out.push_str(", ");
        self.first(name, value);
    }

    /// A string field that is left out when empty.
    fn optional(&mut self, name: &str, value: &str) {
        if !value.is_empty() {
            self.string(name, value);
        }
    }

    fn strings<'a>(&mut self, strings: impl Iterator<Item = &'a str>) {
        self.out.push('[');
        for (n, string) in strings.enumerate() {
            self.out.push_str(if n > 0 { ", " } else { "" });
            push_string(&mut self.out, string);
        }
        self.out.push(']');
    }
}
