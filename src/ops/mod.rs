//! Rank 4: one article being worked on ([`OpenDocument`]) and the use cases over files. Window and
//! shell fill the same requests and read the same reports; there is no second implementation.

mod command;
mod open_document;

pub use command::{Command, Edge, Motion, Outcome, PersonChoice, Step, TagFilter};
pub use open_document::{Chips, OpenDocument};
