//! Rank 4: one article being worked on ([`OpenDocument`]) and the use cases over files. Window and
//! shell fill the same requests and read the same reports; there is no second implementation.

mod chips;
mod command;
mod open_document;
mod tag_filter;
mod tally;
mod walk;

pub use chips::Chips;
pub use command::{Command, Outcome};
pub use open_document::OpenDocument;
pub use tag_filter::{TagFilter, needs_speaker};
pub use tally::Tally;

pub use crate::edit::{Edge, Motion, PersonChoice, Refusal, Step};
