//! Rank 2: proposals. Pure functions of the text and of what is tagged; nothing is changed here.

mod candidate;
mod quotation_marks;

pub use candidate::{Candidate, CandidateTarget};
pub use quotation_marks::{quoted_stretch_at, quoted_stretches};
