//! What tests share: folders of articles that run the real program, and a notation for tagged text.

mod corpus;
mod notation;

pub(crate) use corpus::{TestCorpus, sparse_file};
pub(crate) use notation::{show, tagged};
