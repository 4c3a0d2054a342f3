//! Rank 4: one article being worked on ([`OpenDocument`]) and the use cases over files. Window and
//! shell fill the same requests and read the same reports; there is no second implementation.

mod command;
mod open_document;
mod tag_filter;

pub use command::{Command, Outcome};
pub use open_document::{Chips, OpenDocument, Tally};
pub use tag_filter::{TagFilter, needs_speaker};

pub use crate::edit::{Edge, Motion, PersonChoice, Refusal, Step};
