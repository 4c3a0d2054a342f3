use smol_str::SmolStr;
use thin_vec::ThinVec;

use super::{AnnotationId, Authorship, ReviewKey, UnknownField};

/// What an adjudicator decided about tags of several annotators that are one tag or compete. It stands in
/// the curated sidecar.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Decision {
    /// The first of the tags that were judged, by annotator.
    pub key: ReviewKey,
    /// The [`record_hash`](crate::format::sidecar::record_hash) of that tag and its links when they were
    /// judged.
    pub record: SmolStr,
    /// The other tags that were judged, by annotator.
    pub others: Vec<JudgedTag>,
    /// What was decided.
    pub choice: Choice,
    /// The curated tag that came of it; `None`: none.
    pub curated: Option<AnnotationId>,
    /// Why; empty: not said.
    pub reason: String,
    /// Who decided first and when; `None`: not recorded.
    pub made: Option<Box<Authorship>>,
    /// Who decided last and when; `None`: not recorded.
    pub changed: Option<Box<Authorship>>,
    /// Fields of its record that this version does not know, carried along as they are.
    pub unknown: ThinVec<UnknownField>,
}

/// A tag of an annotator in the version that was judged.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
pub struct JudgedTag {
    /// Which tag.
    pub key: ReviewKey,
    /// Its [`record_hash`](crate::format::sidecar::record_hash) then.
    pub record: SmolStr,
}

/// What an adjudicator chose.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub enum Choice {
    /// Nothing yet: the tag stands in the curated sidecar since a decided one leads to it.
    #[default]
    Undecided,
    /// All annotators had the same, so nobody had to choose.
    Agreed,
    /// Each part from this annotator (empty: the unnamed one), in the order of [`TagPart::ALL`].
    Taken(Vec<(TagPart, SmolStr)>),
    /// All are wrong; what is right, if anything, was tagged by hand.
    AllWrong,
    /// There is nothing to tag.
    Nothing,
}

/// A part of a tag that can be taken by itself.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum TagPart {
    /// Where it is.
    Boundary,
    /// Its label.
    Label,
    /// Its attributes, and its links but for the speaker.
    Attributes,
    /// Its speaker; of a mention, who it names.
    Speaker,
}

impl TagPart {
    /// All of them, in the order of files.
    pub const ALL: [Self; 4] = [Self::Boundary, Self::Label, Self::Attributes, Self::Speaker];

    /// Its word on screen and in files.
    #[must_use]
    pub fn word(self) -> &'static str {
        match self {
            Self::Boundary => "boundary",
            Self::Label => "label",
            Self::Attributes => "attributes",
            Self::Speaker => "speaker",
        }
    }

    /// The part of that name.
    #[must_use]
    pub fn named(word: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|part| part.word() == word)
    }
}

impl Decision {
    /// A decision without a choice.
    #[must_use]
    pub fn new(key: ReviewKey, record: impl Into<SmolStr>) -> Self {
        Self {
            key,
            record: record.into(),
            others: Vec::new(),
            choice: Choice::default(),
            curated: None,
            reason: String::new(),
            made: None,
            changed: None,
            unknown: ThinVec::new(),
        }
    }

    /// Who decided last and when; `None`: not recorded.
    #[must_use]
    pub fn last_stamp(&self) -> Option<&Authorship> {
        let last = self.changed.as_deref();
        last.or(self.made.as_deref())
    }

    /// The tags that were judged, and in which version.
    pub fn judged(&self) -> impl Iterator<Item = (&ReviewKey, &SmolStr)> {
        let others = self.others.iter().map(|one| (&one.key, &one.record));
        std::iter::once((&self.key, &self.record)).chain(others)
    }
}
