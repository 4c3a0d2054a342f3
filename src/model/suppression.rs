use std::fmt;

use thin_vec::ThinVec;

use super::{Authorship, FindingSubject, SuppressionKey, UnknownField};

/// The decision to ignore what a rule finds in one place.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Suppression {
    /// What is ignored.
    pub key: SuppressionKey,
    /// Why; empty for none.
    pub reason: String,
    /// Who decided it and when; `None`: not recorded.
    pub made: Option<Box<Authorship>>,
    /// Who changed it last and when; `None`: not recorded.
    pub changed: Option<Box<Authorship>>,
    /// Fields of its record that this version does not know, carried along as they are.
    pub unknown: ThinVec<UnknownField>,
}

impl Suppression {
    /// A decision with its reason.
    #[must_use]
    pub fn new(key: SuppressionKey, reason: impl Into<String>) -> Self {
        Self {
            key,
            reason: reason.into(),
            made: None,
            changed: None,
            unknown: ThinVec::new(),
        }
    }
}

impl SuppressionKey {
    /// The tag it is about, else the words.
    #[must_use]
    pub fn about_words(&self) -> &str {
        match &self.about {
            FindingSubject::Tag(id) => id.as_str(),
            FindingSubject::Words(words) => words,
        }
    }
}

impl fmt::Display for SuppressionKey {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match &self.about {
            FindingSubject::Tag(id) => write!(f, "{} {id}", self.rule),
            FindingSubject::Words(words) => write!(f, "{} “{words}”", self.rule),
        }
    }
}
