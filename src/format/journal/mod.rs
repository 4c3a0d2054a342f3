//! The journal: the steps on an article since its sidecar was last written, so that they can be
//! replayed after a crash. Kept in the user's state folder, never beside the article.
//!
//! Text for people and programs, a record a line: `CHECKSUM LENGTH RECORD`, the first 16 digits of
//! the record's SHA-256, its length in bytes, and the record in RON. The first record is the header
//! ([`JournalHeader`]), then come steps ([`Applied`]), with tags, links and people written as in
//! the sidecar: offsets in Unicode **code points**, before a step in the text as it was then, after
//! it in the text as it is then. Between them is the hash of the sidecar about to be written, so
//! that after a crash it is known which steps are already on disk. Records are only ever appended;
//! a last line that was cut short is passed over. Behind a damaged line, steps are read on as far as they
//! follow the state before it; the others are counted ([`JournalDamage`]).

mod frame;
mod read;
mod wire;
mod write;

use std::path::PathBuf;

use smol_str::SmolStr;

use crate::model::Transaction;

pub use read::{JournalDamage, JournalText, Place};
pub use write::{follows_line, header_line, saving_line, step_line};

/// The version written, and the newest that is read.
pub const VERSION: u32 = 1;

/// What a journal is about, and where it starts.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct JournalHeader {
    /// The article, an absolute path.
    pub article: PathBuf,
    /// Its sidecar, an absolute path.
    pub sidecar: PathBuf,
    /// Whose sidecar; `None`: the unnamed one.
    pub annotator: Option<SmolStr>,
    /// SHA-256 of the sidecar on disk that the first step follows, in hexadecimal; `None`: there was
    /// none.
    pub base: Option<String>,
    /// SHA-256 of the text that the first step is about, in hexadecimal.
    pub source: String,
    /// Name of the document's state before the first step.
    pub state: u64,
}

/// A transaction that was applied: done, undone or done again.
#[derive(Debug, Clone, PartialEq)]
pub struct Applied {
    /// The changes.
    pub transaction: Transaction,
    /// Name of the document's state before it.
    pub before: u64,
    /// Name of the document's state after it. The same name is the same state.
    pub after: u64,
}

#[cfg(test)]
mod tests;
