use std::fmt;

use super::{AnnotationId, LinkId, UnreadRecord};
use crate::text::TextRange;

/// Something doubtful in a document: not an error, the work goes on, somebody should look.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Problem {
    /// What is doubtful.
    pub kind: ProblemKind,
    /// Where in the article, in bytes, if it is about a place.
    pub range: Option<TextRange>,
    /// The tag it is about, to go there.
    pub annotation: Option<AnnotationId>,
}

/// What is doubtful. `Display` gives the words, with what to do next.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum ProblemKind {
    /// A record of the sidecar cannot be read; it is carried along.
    Unread {
        /// The list it stands in.
        list: String,
        /// Why.
        reason: String,
        /// Line of the sidecar, from 1.
        line: usize,
    },
    /// A record says something else than another of the same id: two people changed one thing. The
    /// other record is carried along until somebody decides.
    Clash(UnreadRecord),
    /// The label is not in the schema.
    UnknownLabel(String),
    /// The attribute is not in the schema for this label.
    UnknownAttribute(String),
    /// The attribute's value is not one the schema lists.
    UnknownValue {
        /// The attribute.
        name: String,
        /// Its value.
        value: String,
    },
    /// A fragment cuts a grapheme cluster in two.
    CutsGrapheme,
    /// A link starts at or points to something that is not there.
    DanglingLink(LinkId),
    /// A link the schema does not allow between these labels.
    LinkNotAllowed(LinkId),
    /// A tag names a person who is not on the roster.
    UnknownPerson(String),
    /// The text beside the sidecar is not the text that was annotated.
    SourceChanged,
}

impl fmt::Display for ProblemKind {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Unread { list, reason, line } => write!(
                f,
                "a record of `{list}` on line {line} of the sidecar is kept but not shown: {reason}"
            ),
            Self::Clash(record) => clash(record, f),
            Self::UnknownLabel(label) => write!(
                f,
                "the label `{label}` is not in the schema; relabel the tag or add the label"
            ),
            Self::UnknownAttribute(name) => {
                write!(f, "the schema has no attribute `{name}` for this label")
            }
            Self::UnknownValue { name, value } => {
                write!(f, "`{value}` is not a value of `{name}` in the schema")
            }
            Self::CutsGrapheme => f.write_str(
                "an edge of this tag cuts a character in two; nudge the edge to mend it",
            ),
            Self::DanglingLink(id) => {
                write!(
                    f,
                    "the link `{id}` leads to a tag or person that is not there"
                )
            }
            Self::LinkNotAllowed(id) => {
                write!(
                    f,
                    "the schema does not allow the link `{id}` between these labels"
                )
            }
            Self::UnknownPerson(id) => {
                write!(
                    f,
                    "the tag names the person `{id}`, who is not on the roster"
                )
            }
            Self::SourceChanged => f.write_str(
                "the article has changed since it was annotated; tags whose words are no longer at \
                 their place are kept in the sidecar but not shown",
            ),
        }
    }
}

fn clash(record: &UnreadRecord, f: &mut fmt::Formatter<'_>) -> fmt::Result {
    let what = match record.list.as_str() {
        "annotations" => "tag",
        "links" => "link",
        "people" => "person",
        _ => "header field",
    };
    let Some(clash) = &record.clash else {
        return f.write_str(&record.reason);
    };
    let differs = match clash.differs.as_slice() {
        [] => "its text".to_owned(),
        [one] => one.clone(),
        [first @ .., last] => format!("{} and {last}", first.join(", ")),
    };
    write!(
        f,
        "the {what} `{}` was changed in two places: {differs} differ on line {} of the sidecar; keep \
         this one or take the other",
        clash.id, record.line
    )
}
