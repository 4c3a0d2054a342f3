//! Rank 2: proposals. Pure functions of the text and of what is tagged; nothing is changed here.

mod candidate;

pub use candidate::{Candidate, CandidateTarget};
