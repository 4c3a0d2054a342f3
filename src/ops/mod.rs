//! Rank 4: one article being worked on ([`OpenDocument`]) and the use cases over files. Window and
//! shell fill the same requests and read the same reports; there is no second implementation.

mod command;
mod ids;
mod open;
mod open_document;
mod save;
mod tag_filter;

pub use command::{Command, Outcome};
pub use ids::RandomIds;
pub use open::{DocumentFiles, OpenError, OpenRequest, Opened, open, open_in};
pub use open_document::{Chips, OpenDocument, Tally};
pub use save::{SaveError, SaveReport, SaveRequest, save, save_in};
pub use tag_filter::{TagFilter, needs_speaker};

pub use crate::edit::{Edge, Motion, PersonChoice, Refusal, Step};
