use std::fmt;
use std::sync::Arc;

use super::{AnnotationId, Finding, LinkId, RecordClash, RecordList};
use crate::text::TextRange;
use crate::text::wording::{join_and, quoted};

/// Something doubtful in a document that someone should check. Not an error.
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
        /// The list it is in.
        list: String,
        /// Why.
        reason: String,
        /// Line of the sidecar, from 1.
        line: usize,
    },
    /// A record differs from another with the same id: two people changed it. The other record is
    /// carried along until someone decides.
    Clash(Arc<RecordClash>),
    /// The words of a tag are no longer in the article; its record is carried along.
    Lost {
        /// The words.
        words: String,
        /// Line of the sidecar, from 1.
        line: usize,
    },
    /// The article has changed, and someone should check a tag.
    WordsChanged {
        /// The words it covered.
        was: String,
        /// Whether it covers the same now, where they are more than once or elsewhere.
        same: bool,
    },
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
    /// What a rule of the project has found.
    Lint(Finding),
}

impl fmt::Display for ProblemKind {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Unread { list, reason, line } if list == RecordList::Damaged.name() => write!(
                f,
                "line {line} of the sidecar is kept but not shown: {reason}"
            ),
            Self::Unread { list, reason, line } => write!(
                f,
                "a record of `{list}` on line {line} of the sidecar is kept but not shown: {reason}"
            ),
            Self::Clash(record) => clash(record, f),
            Self::Lost { words, .. } => write!(
                f,
                "{} is no longer in the article; select the text the tag belongs to and place it \
                 there, or discard it",
                short_quoted(words)
            ),
            Self::WordsChanged { was, same: false } => write!(
                f,
                "the text was {} before the article changed; check its edges, then accept",
                short_quoted(was)
            ),
            Self::WordsChanged { was, same: true } => write!(
                f,
                "{} may belong elsewhere, because the article has changed; check its place, then \
                 accept",
                short_quoted(was)
            ),
            Self::UnknownLabel(label) => write!(
                f,
                "the label `{label}` is not in the schema; change the label or add it to the \
                 schema"
            ),
            Self::UnknownAttribute(name) => {
                write!(f, "the schema has no attribute `{name}` for this label")
            }
            Self::UnknownValue { name, value } => {
                write!(f, "`{value}` is not a value of `{name}` in the schema")
            }
            Self::CutsGrapheme => {
                f.write_str("an edge of this tag splits a character; move the edge to fix it")
            }
            Self::DanglingLink(id) => write!(
                f,
                "one end of a link no longer exists; choose the speaker again (link `{id}`)"
            ),
            Self::LinkNotAllowed(id) => write!(
                f,
                "the schema does not allow a link between these labels; change the label or \
                 remove the link (link `{id}`)"
            ),
            Self::UnknownPerson(id) => write!(
                f,
                "the person of this tag does not exist; press W to set it again (person `{id}`)"
            ),
            Self::SourceChanged => {
                f.write_str("the article has changed since this was saved; save it again")
            }
            Self::Lint(finding) => f.write_str(finding.rule.words()),
        }
    }
}

impl ProblemKind {
    /// What a rule has found, if it is that.
    #[must_use]
    pub fn finding(&self) -> Option<&Finding> {
        let Self::Lint(finding) = self else {
            return None;
        };
        Some(finding)
    }

    /// The words for those who see the article: without ids and lines of the file.
    #[must_use]
    pub fn words_on_screen(&self) -> String {
        match self {
            Self::Clash(clash) => format!(
                "you and someone else changed {}; keep yours or use the other",
                differing(clash)
            ),
            Self::DanglingLink(_) => {
                "one end of a link no longer exists; choose the speaker again".to_owned()
            }
            Self::LinkNotAllowed(_) => "the schema does not allow a link between these labels; \
                                        change the label or remove the link"
                .to_owned(),
            Self::UnknownPerson(_) => {
                "the person of this tag does not exist; press W to set it again".to_owned()
            }
            Self::Unread { .. }
            | Self::Lost { .. }
            | Self::WordsChanged { .. }
            | Self::UnknownLabel(_)
            | Self::UnknownAttribute(_)
            | Self::UnknownValue { .. }
            | Self::CutsGrapheme
            | Self::SourceChanged
            | Self::Lint(_) => self.to_string(),
        }
    }
}

/// "the note and the review"; who wrote it and when is no difference to decide about.
fn differing(clash: &RecordClash) -> String {
    let is_stamp = |words: &&String| words.starts_with("who ");
    let said: Vec<String> = clash
        .differs
        .iter()
        .filter(|words| !is_stamp(words))
        .cloned()
        .collect();
    match said.as_slice() {
        [] => "the same record".to_owned(),
        all => join_and(all),
    }
}

fn clash(clash: &RecordClash, f: &mut fmt::Formatter<'_>) -> fmt::Result {
    let what = match clash.other.list() {
        RecordList::Annotations | RecordList::Lost => "tag",
        RecordList::Links => "link",
        RecordList::People => "person",
        RecordList::Reviews => "review of",
        RecordList::Decisions => "decision on",
        RecordList::Ignored => "decision to ignore",
        RecordList::Sittings => "time of work",
        RecordList::Damaged => "header field",
    };
    let differs = match clash.differs.as_slice() {
        [] => "its text".to_owned(),
        [one] => one.clone(),
        [first @ .., last] => format!("{} and {last}", first.join(", ")),
    };
    write!(
        f,
        "two versions of the {what} `{}` differ in {differs} (line {} of the sidecar); keep yours \
         or use the other",
        clash.id, clash.line
    )
}

/// Words within a message, the middle of long ones left out.
fn short_quoted(words: &str) -> String {
    const SHOWN: usize = 30;
    let words: Vec<&str> = words.split_whitespace().collect();
    let chars: Vec<char> = words.join(" ").chars().collect();
    let text = |chars: &[char]| chars.iter().collect::<String>();
    match (chars.get(..SHOWN), chars.len().checked_sub(SHOWN)) {
        (Some(head), Some(tail)) if tail > SHOWN + 1 => {
            let tail = chars.get(tail..).unwrap_or_default();
            let shown = format!("{} … {}", text(head).trim_end(), text(tail).trim_start());
            quoted(&shown, '‘', '’')
        }
        _ => quoted(&text(&chars), '‘', '’'),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_words_of_a_lost_quote_have_one_pair_of_marks() {
        let lost = |words: &str| {
            let words = words.to_owned();
            ProblemKind::Lost { words, line: 1 }.to_string()
        };
        assert!(lost("Anna").starts_with("‘Anna’ is no longer"));
        assert!(lost("“We do not,”").starts_with("“We do not,” is no longer"));
        let long = format!("“{} end,”", "many words ".repeat(20));
        let shown = lost(&long);
        assert!(
            shown.starts_with("“many") && shown.contains("end,” is no longer"),
            "{shown}"
        );
    }
}
