use std::cmp::Ordering;
use std::sync::Arc;

use smol_str::SmolStr;

use super::{
    Annotation, AnnotationId, Decision, DocumentState, Fragments, Link, PeerReview, Person,
    Suppression,
};

/// A list of a sidecar.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum RecordList {
    /// Times of work.
    Sittings,
    /// The roster.
    People,
    /// Tags.
    Annotations,
    /// Links.
    Links,
    /// Reviews of somebody else's tags.
    Reviews,
    /// Decisions between tags of several annotators.
    Decisions,
    /// What is ignored of what rules find.
    Ignored,
    /// Tags whose words are no longer in the article.
    Lost,
    /// Lines that are no records, kept as strings.
    Damaged,
}

impl RecordList {
    /// All of them, in the order of the file.
    pub const ALL: [Self; 9] = [
        Self::Sittings,
        Self::People,
        Self::Annotations,
        Self::Links,
        Self::Reviews,
        Self::Decisions,
        Self::Ignored,
        Self::Lost,
        Self::Damaged,
    ];

    /// Its name in the file.
    #[must_use]
    pub fn name(self) -> &'static str {
        match self {
            Self::Sittings => "sittings",
            Self::People => "people",
            Self::Annotations => "annotations",
            Self::Links => "links",
            Self::Reviews => "reviews",
            Self::Decisions => "decisions",
            Self::Ignored => "ignored",
            Self::Lost => "lost",
            Self::Damaged => "damaged",
        }
    }

    /// The list of that name.
    #[must_use]
    pub fn named(name: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|list| list.name() == name)
    }
}

/// A record of the sidecar that is not part of the set of tags, links and people. Its text is carried
/// along verbatim until somebody decides what becomes of it.
///
/// Two are equal where they stand on the same line with the same text for the same reason: what a
/// record says is a function of its text.
#[derive(Debug, Clone)]
pub enum UnreadRecord {
    /// It cannot be read: from a newer version, damaged, or about text that is not there.
    Damaged(DamagedRecord),
    /// A tag whose words are no longer in the article.
    Lost(Arc<LostTag>),
    /// It can be read, but something else stands under its id.
    Clash(Arc<RecordClash>),
}

/// A record that cannot be read.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct DamagedRecord {
    /// Line of the sidecar it stood on, from 1; 0 for one that was never in a file.
    pub line: usize,
    /// The list it stood in.
    pub list: RecordList,
    /// Its text, verbatim, without the comma behind it.
    pub raw: SmolStr,
    /// Why it cannot be read, in words.
    pub reason: SmolStr,
}

/// A tag whose words are no longer in the article.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct LostTag {
    /// Line of the sidecar it stood on, from 1; 0 for one that was never in a file.
    pub line: usize,
    /// Its text, verbatim, without the comma behind it.
    pub raw: SmolStr,
    /// The words it covered, a string for each fragment.
    pub words: Vec<String>,
    /// What stood before it; empty where that is not known.
    pub before: String,
    /// What stood after it; empty where that is not known.
    pub after: String,
    /// All but its place, which is of no text at hand.
    tag: Box<Annotation>,
}

/// A record that says something else than the one of the same id: somebody has to decide.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct RecordClash {
    /// Line of the sidecar it stood on, from 1; 0 for one that was never in a file.
    pub line: usize,
    /// Its text, verbatim, without the comma behind it.
    pub raw: SmolStr,
    /// The id both have; of a field of the header its name.
    pub id: SmolStr,
    /// What differs, in words: "the note".
    pub differs: Vec<String>,
    /// What it says.
    pub other: ClashingRecord,
}

/// What the other record of a clash says.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum ClashingRecord {
    /// Another version of a tag.
    Annotation(Box<Annotation>),
    /// Another version of a tag that has no place in this text, and why.
    Unplaced(String),
    /// Another version of a link.
    Link(Box<Link>),
    /// Another version of a person.
    Person(Box<Person>),
    /// Another version of a review.
    PeerReview(Box<PeerReview>),
    /// Another version of a decision.
    Decision(Box<Decision>),
    /// Another version of a decision to ignore something.
    Suppression(Box<Suppression>),
    /// Another state of the document.
    State(DocumentState),
    /// Another annotator of the document.
    Annotator(Option<SmolStr>),
}

impl ClashingRecord {
    /// The list such a record stands in; a field of the header stands among damaged lines.
    #[must_use]
    pub fn list(&self) -> RecordList {
        match self {
            Self::Annotation(_) | Self::Unplaced(_) => RecordList::Annotations,
            Self::Link(_) => RecordList::Links,
            Self::Person(_) => RecordList::People,
            Self::PeerReview(_) => RecordList::Reviews,
            Self::Decision(_) => RecordList::Decisions,
            Self::Suppression(_) => RecordList::Ignored,
            Self::State(_) | Self::Annotator(_) => RecordList::Damaged,
        }
    }
}

impl LostTag {
    /// A lost tag; `around` is what stood before and after it. The place of `tag` says nothing.
    #[must_use]
    pub fn new(
        raw: SmolStr,
        words: Vec<String>,
        around: (String, String),
        tag: Annotation,
    ) -> Self {
        Self {
            line: 0,
            raw,
            words,
            before: around.0,
            after: around.1,
            tag: Box::new(tag),
        }
    }

    /// Its id.
    #[must_use]
    pub fn id(&self) -> &AnnotationId {
        &self.tag.id
    }

    /// Key of its label.
    #[must_use]
    pub fn label(&self) -> &SmolStr {
        &self.tag.label
    }

    /// The tag, put in a place.
    #[must_use]
    pub fn placed(&self, fragments: Fragments) -> Annotation {
        Annotation {
            fragments,
            ..Annotation::clone(&self.tag)
        }
    }
}

impl From<LostTag> for UnreadRecord {
    fn from(lost: LostTag) -> Self {
        Self::Lost(Arc::new(lost))
    }
}

impl From<RecordClash> for UnreadRecord {
    fn from(clash: RecordClash) -> Self {
        Self::Clash(Arc::new(clash))
    }
}

impl UnreadRecord {
    /// Line of the sidecar it stood on, from 1; 0 for one that was never in a file.
    #[must_use]
    pub fn line(&self) -> usize {
        match self {
            Self::Damaged(record) => record.line,
            Self::Lost(record) => record.line,
            Self::Clash(record) => record.line,
        }
    }

    /// Puts it on another line.
    pub fn set_line(&mut self, line: usize) {
        match self {
            Self::Damaged(record) => record.line = line,
            Self::Lost(record) => Arc::make_mut(record).line = line,
            Self::Clash(record) => Arc::make_mut(record).line = line,
        }
    }

    /// The list it stands in.
    #[must_use]
    pub fn list(&self) -> RecordList {
        match self {
            Self::Damaged(record) => record.list,
            Self::Lost(_) => RecordList::Lost,
            Self::Clash(record) => record.other.list(),
        }
    }

    /// Its text, verbatim, without the comma behind it.
    #[must_use]
    pub fn raw(&self) -> &str {
        match self {
            Self::Damaged(record) => &record.raw,
            Self::Lost(record) => &record.raw,
            Self::Clash(record) => &record.raw,
        }
    }

    /// Why it is not part of the set, in words; of a lost tag the words it covered.
    #[must_use]
    pub fn reason(&self) -> String {
        match self {
            Self::Damaged(record) => record.reason.to_string(),
            Self::Lost(record) => record.words.join(" … "),
            Self::Clash(record) => match record.other.list() {
                RecordList::Damaged => "the header says something else".to_owned(),
                RecordList::Sittings
                | RecordList::People
                | RecordList::Annotations
                | RecordList::Links
                | RecordList::Reviews
                | RecordList::Decisions
                | RecordList::Ignored
                | RecordList::Lost => {
                    "another record has the same id and says something else; keep one of the two"
                        .to_owned()
                }
            },
        }
    }

    /// Whether it stands among the tags whose words are no longer in the article, readable or not.
    #[must_use]
    pub fn is_lost(&self) -> bool {
        self.list() == RecordList::Lost
    }

    /// What it clashes with, if it does.
    #[must_use]
    pub fn clash(&self) -> Option<&RecordClash> {
        match self {
            Self::Clash(clash) => Some(clash),
            Self::Damaged(_) | Self::Lost(_) => None,
        }
    }

    /// What tells it from other records, the line it stands on aside.
    #[must_use]
    pub fn identity(&self) -> impl Ord + '_ {
        let reason = match self {
            Self::Damaged(record) => record.reason.as_str(),
            Self::Lost(_) | Self::Clash(_) => "",
        };
        let clash = self.clash();
        let clash = clash.map(|clash| (&clash.id, clash.differs.as_slice()));
        (self.list(), self.raw(), reason, clash)
    }
}

impl PartialEq for UnreadRecord {
    fn eq(&self, other: &Self) -> bool {
        self.cmp(other) == Ordering::Equal
    }
}

impl Eq for UnreadRecord {}

impl PartialOrd for UnreadRecord {
    fn partial_cmp(&self, other: &Self) -> Option<Ordering> {
        Some(self.cmp(other))
    }
}

impl Ord for UnreadRecord {
    fn cmp(&self, other: &Self) -> Ordering {
        let lines = self.line().cmp(&other.line());
        lines.then_with(|| self.identity().cmp(&other.identity()))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_copy_of_a_record_shares_its_text() {
        let record = UnreadRecord::Damaged(DamagedRecord {
            line: 7,
            list: RecordList::Annotations,
            raw: "(id: \"a\", label: \"quote\", at: [(0, 2)])".into(),
            reason: "it has no `text`, and so its words are not known".into(),
        });
        let copy = record.clone();
        assert_eq!(copy.raw().as_ptr(), record.raw().as_ptr());
        assert!(size_of::<UnreadRecord>() <= 64);
    }
}
