//! Rank 4: one article being worked on ([`OpenDocument`]) and the use cases over files. Window and
//! shell fill the same requests and read the same reports; there is no second implementation.

mod command;
mod open_document;

pub use command::{Command, Outcome, TagFilter};

pub use crate::edit::{Edge, Motion, PersonChoice, Refusal, Step};
pub use open_document::{Chips, OpenDocument};
