//! Records that cannot be used, and what is told about them.

use super::extras::{by_whom, said};
use super::{LinkRecord, PersonRecord, SpanRecord};
use crate::format::left_out::{LeftOut, shortened, shown_words};
use crate::format::tally::{Content, Counts};

/// A record that cannot be used.
pub(super) enum Refused<'a> {
    Person(&'a PersonRecord),
    Span(&'a SpanRecord),
    Link(&'a LinkRecord),
    /// A link with an end that is not in the document.
    LooseLink(&'a LinkRecord),
    /// A person that a tag names and the document does not list.
    UnknownPerson,
    State,
}

/// What happens to records that cannot be used.
pub(super) enum Policy<'a> {
    /// The document is not read, and these messages say why.
    Refuse(Vec<String>),
    /// They are left out and told.
    SetAside(&'a mut LeftOut),
}

impl Policy<'_> {
    /// Whether ends of links must be in the document.
    pub(super) fn sets_aside(&self) -> bool {
        matches!(self, Self::SetAside(_))
    }

    /// Takes up what is wrong with a record on a line.
    pub(super) fn refuse(&mut self, line: usize, message: String, refused: &Refused<'_>) {
        match self {
            Self::Refuse(messages) => messages.push(message),
            Self::SetAside(left_out) => {
                let example = format!("{message}{}", refused.shown());
                let counts = left_out.skip_counted(line, refused.why(), example);
                counts.extend(refused.counts());
            }
        }
    }
}

impl Refused<'_> {
    fn why(&self) -> &'static str {
        match self {
            Self::Person(_) => "people that cannot be read are left out",
            Self::Span(_) => "tags that cannot be read are left out",
            Self::Link(_) => "links that cannot be read are left out",
            Self::LooseLink(_) => "links from or to what is not in the document are left out",
            Self::UnknownPerson => "tags name people that the document does not list",
            Self::State => "states that are not known are left out",
        }
    }

    fn counts(&self) -> Counts {
        match self {
            Self::Person(_) => Counts::of(Content::Person, 1),
            Self::Span(span) => span.counts(),
            Self::Link(link) | Self::LooseLink(link) => link.counts(),
            Self::UnknownPerson | Self::State => Counts::default(),
        }
    }

    /// What the record says, after the message.
    fn shown(&self) -> String {
        match self {
            Self::Person(person) => {
                let facts = [&person.role, &person.external_id].into_iter();
                let facts = facts.chain(&person.aliases).filter(|fact| !fact.is_empty());
                let facts: String = facts
                    .map(|fact| format!(", “{}”", shown_words(fact)))
                    .collect();
                format!(" (“{}”{facts})", shown_words(&person.name))
            }
            Self::Span(span) => {
                let words = span.text.iter();
                let words: String = words.map(|w| format!(" “{}”", shown_words(w))).collect();
                let facts = span.said();
                format!(" (`{}`{words}{facts})", shortened(&span.label))
            }
            Self::Link(link) | Self::LooseLink(link) => {
                let facts = said(&link.attributes, &link.note) + &by_whom(link.by.as_deref());
                let (from, to) = (shortened(&link.from), shortened(&link.to));
                format!(
                    " (`{}` from `{from}` to `{to}`{facts})",
                    shortened(&link.role)
                )
            }
            Self::UnknownPerson | Self::State => String::new(),
        }
    }
}
