use crate::model::{AnnotationId, PersonId};
use crate::text::TextRange;

/// Somebody who may stand behind a quote or claim.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Candidate {
    /// What a link would point to.
    pub target: CandidateTarget,
    /// The words to show: those of the mention, or the person's name.
    pub words: String,
}

/// What a link to a candidate would point to.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum CandidateTarget {
    /// A speaker mention that is tagged.
    Tagged(AnnotationId),
    /// A name, pronoun or description not tagged yet (bytes); choosing it tags it.
    Untagged(TextRange),
    /// A person of the roster.
    Person(PersonId),
}
