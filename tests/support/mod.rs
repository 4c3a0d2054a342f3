//! What tests share: folders of articles that run the real program, a notation for tagged text, and
//! a person at work on one article, in memory and on disk.

mod any_command;
mod corpus;
mod desk;
mod notation;
pub(crate) mod synthetic;
mod work;

pub(crate) use any_command::{AnyCommand, any_command, undecided};
pub(crate) use corpus::{TestCorpus, sparse_file};
#[cfg(feature = "gui")]
pub(crate) use desk::distinct_ids;
pub(crate) use desk::{Desk, counted_ids};
pub(crate) use notation::{show, tagged};
pub(crate) use work::Work;
