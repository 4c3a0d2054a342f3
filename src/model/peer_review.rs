use std::fmt;

use smol_str::SmolStr;
use thin_vec::ThinVec;

use super::{
    Annotation, AnnotationId, Authorship, Fragments, Origin, ProposedChange, Review, UnknownField,
};
use crate::text::{SourceText, TextRange};

/// What somebody says about a tag, or about all the work of an annotator on the article. It stands in the sidecar
/// of who says it: a reviewer judges tags of others, and an annotator answers in their own file.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct PeerReview {
    /// What it is about.
    pub key: ReviewKey,
    /// The [`record_hash`](crate::format::sidecar::record_hash) of the tag and its links when they
    /// were reviewed; empty where it is about no single tag, and where the tag is proposed. Of an annotator's own
    /// answer: the tag as it was then, or what came of it where a review was taken exactly.
    pub record: SmolStr,
    /// The verdict on that version.
    pub verdict: Review,
    /// Why; empty for none.
    pub reason: String,
    /// What should change.
    pub change: ProposedChange,
    /// What was said about it since, oldest first.
    pub replies: Vec<Reply>,
    /// Reviews of the same by others that the annotator has taken or answered.
    pub settled: Vec<SettledReview>,
    /// Who reviewed it first and when; `None`: not recorded.
    pub made: Option<Box<Authorship>>,
    /// Who changed the review last and when; `None`: not recorded.
    pub changed: Option<Box<Authorship>>,
    /// Fields of its record that this version does not know, carried along as they are.
    pub unknown: ThinVec<UnknownField>,
}

impl PeerReview {
    /// A review without a verdict, reason or replies.
    #[must_use]
    pub fn new(key: ReviewKey, record: impl Into<SmolStr>) -> Self {
        Self {
            key,
            record: record.into(),
            verdict: Review::Unreviewed,
            reason: String::new(),
            change: ProposedChange::default(),
            replies: Vec::new(),
            settled: Vec::new(),
            made: None,
            changed: None,
            unknown: ThinVec::new(),
        }
    }

    /// Whether it asks the annotator for something: a change, a look at a tag that is wrong or doubtful, or an
    /// answer to words about all the work.
    #[must_use]
    pub fn asks(&self) -> bool {
        let says = !self.reason.is_empty() || !self.replies.is_empty();
        match self.verdict {
            Review::Rejected | Review::Unsure => true,
            Review::Accepted => false,
            Review::Unreviewed => !self.change.is_empty() || says,
        }
    }

    /// Whether it proposes a tag that the annotator does not have: no version of it was judged, and it says what the
    /// tag is and where.
    #[must_use]
    pub fn proposes_tag(&self) -> bool {
        let change = &self.change;
        let is_whole_tag = change.label.is_some() && !change.at.is_empty() && !change.remove;
        self.record.is_empty() && !self.key.is_whole() && is_whole_tag
    }

    /// The tag it proposes; `None` where it proposes none, or the words are not there in the article.
    #[must_use]
    pub fn proposed_tag(&self, source: &SourceText, origin: Origin) -> Option<Annotation> {
        let label = self.change.label.clone().filter(|_| self.proposes_tag())?;
        let places = self.change.at.iter().map(|range| range.place(source));
        let places: Option<Vec<TextRange>> = places.collect();
        let fragments = Fragments::new(places?).ok()?;
        let mut tag = Annotation::new(self.key.tag.clone(), label, fragments, origin);
        let attributes = self.change.attributes.iter();
        tag.attributes = attributes
            .filter(|one| !one.value.is_empty())
            .cloned()
            .collect();
        Some(tag)
    }

    /// Whether a review of the same is settled in this version.
    #[must_use]
    pub fn settles(&self, by: &str, review: &str) -> bool {
        let mut settled = self.settled.iter();
        settled.any(|one| one.by == by && one.review == review)
    }
}

/// Names a tag of an annotator of the same article; everybody has one review of it.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct ReviewKey {
    /// The annotator whose sidecar has the tag; empty for the unnamed one.
    pub of: SmolStr,
    /// The tag, or the id for one that is proposed; empty: all their work on the article.
    pub tag: AnnotationId,
}

impl ReviewKey {
    /// Names all the work of an annotator on the article.
    #[must_use]
    pub fn whole(of: &str) -> Self {
        Self {
            of: of.into(),
            tag: AnnotationId::new(""),
        }
    }

    /// Whether it names all the work of an annotator on the article.
    #[must_use]
    pub fn is_whole(&self) -> bool {
        self.tag.as_str().is_empty()
    }
}

/// A review that the annotator has taken or answered.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
pub struct SettledReview {
    /// Whose review; empty: the unnamed one.
    pub by: SmolStr,
    /// Its [`review_hash`](crate::format::sidecar::review_hash) then.
    pub review: SmolStr,
}

impl fmt::Display for ReviewKey {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}/{}", self.of, self.tag)
    }
}

/// What somebody said about a review.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
pub struct Reply {
    /// Who said it and when.
    pub said: Authorship,
    /// The words.
    pub text: String,
}
