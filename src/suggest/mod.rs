//! Rank 2: proposals. Pure functions of the text and of what is tagged; nothing is changed here.

mod candidate;
mod lexicon;
mod mentions;
mod quotation_marks;
mod reporting_clauses;
mod token;

pub use candidate::{Candidate, CandidateTarget};
pub use mentions::{MentionKind, mention_at, mention_kind, mentions_in, same_name};
pub use quotation_marks::{quoted_stretch_at, quoted_stretches};
pub use reporting_clauses::{ReportingClause, reporting_clauses};
