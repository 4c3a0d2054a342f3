use std::fmt;

use smol_str::SmolStr;

use super::{AnnotationId, Authorship, Review, UnknownField};

/// What a reviewer says about a tag in somebody else's sidecar. It stands in the reviewer's own.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct PeerReview {
    /// Which tag.
    pub key: ReviewKey,
    /// The [`record_hash`](crate::format::sidecar::record_hash) of the tag and its links when they
    /// were reviewed.
    pub record: SmolStr,
    /// The verdict on that version.
    pub verdict: Review,
    /// Why; empty for none.
    pub reason: String,
    /// What was said about it since, oldest first.
    pub replies: Vec<Reply>,
    /// Who reviewed it first and when; `None`: not recorded.
    pub made: Option<Box<Authorship>>,
    /// Who changed the review last and when; `None`: not recorded.
    pub changed: Option<Box<Authorship>>,
    /// Fields of its record that this version does not know, carried along as they are.
    pub unknown: Vec<UnknownField>,
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
            replies: Vec::new(),
            made: None,
            changed: None,
            unknown: Vec::new(),
        }
    }

    /// The verdict on the tag as it is now, given its
    /// [`record_hash`](crate::format::sidecar::record_hash): one that has changed is unreviewed
    /// again.
    #[must_use]
    pub fn verdict_on(&self, record_hash: &str) -> Review {
        if self.record == record_hash {
            self.verdict
        } else {
            Review::Unreviewed
        }
    }
}

/// Names a tag of another annotator of the same article; each reviewer has one review of it.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct ReviewKey {
    /// The annotator whose sidecar has the tag; empty for the unnamed one.
    pub of: SmolStr,
    /// The tag.
    pub tag: AnnotationId,
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
