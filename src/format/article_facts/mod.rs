//! The facts of an article: `article.txt.meta.ron` beside `article.txt`, which are the same for
//! every annotator.
//!
//! One fact a line, in canonical order, so that files diff and merge well:
//!
//! ```ron
//! #![enable(implicit_some)]
//! Article(version: 1,
//!     headline: "No deal",
//!     date: "2024-05-31",
//!     address: "https://example.org/no-deal",
//!     imported_from: (file: "week-22.docx", sha256: "…", index: 3),
//!     fields: {
//!         "edition": "late",
//!     },
//!     labels: [
//!         "politics",
//!     ],
//!     notes: [
//!         (text: "cut by the agency", by: "maria", when: "2024-06-02T09:00:00Z"),
//!     ],
//! )
//! ```
//!
//! Unknown facts are left out. What cannot be read is not dropped: it becomes an
//! [`UnknownField`](crate::model::UnknownField) and is written back where it was. Version 0.1 took
//! the file for the sidecar of an annotator called `meta`; the version is on the line of the name,
//! and no field is called `source`, so it refused the file and never overwrote it.

mod flat;
mod merge;
mod read;
mod write;

use std::fmt;

use crate::model::ArticleFacts;

pub use merge::{FactClash, FactClashKind, FactsMergeError, MergedFacts, merge};
pub use read::{is_facts, read, text_value};
pub use write::write;

/// The version written, and the newest that may be written over.
pub const VERSION: u32 = 1;

/// The facts of an article, as read from a file.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct FactsContents {
    /// The facts.
    pub facts: ArticleFacts,
    /// Version of the file; [`VERSION`] if it has none.
    pub version: u32,
    /// What is doubtful or cannot be read, in the order of the file. All of it is kept.
    pub problems: Vec<FactsProblem>,
}

impl FactsContents {
    /// Whether a newer version of the program wrote it: it may be shown, never written.
    #[must_use]
    pub fn is_newer(&self) -> bool {
        self.version > VERSION
    }
}

/// Something doubtful in a file of facts.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
pub struct FactsProblem {
    /// Line of the file, from 1.
    pub line: usize,
    /// What is wrong and what to do.
    pub message: String,
}

/// Why a file cannot be read as the facts of an article. It must not be written over.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum FactsError {
    /// It is damaged.
    Damaged {
        /// Line of the first error, from 1.
        line: usize,
        /// Column of the first error in code points, from 1.
        column: usize,
        /// What the parser found, in words.
        reason: String,
    },
    /// It is a sidecar: the work of an annotator called `meta`, from before the name was reserved.
    Sidecar,
}

impl FactsError {
    /// Line and column of the error, from 1.
    #[must_use]
    pub fn place(&self) -> (usize, usize) {
        match self {
            Self::Damaged { line, column, .. } => (*line, *column),
            Self::Sidecar => (1, 1),
        }
    }

    /// What is wrong and what to do, without the place.
    #[must_use]
    pub fn message(&self) -> String {
        match self {
            Self::Damaged { reason, .. } => format!(
                "the facts of the article cannot be read ({reason}); fix the line, or move the \
                 file away to start over"
            ),
            Self::Sidecar => "this is a sidecar, not the facts of an article".to_owned(),
        }
    }
}

impl fmt::Display for FactsError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let (line, column) = self.place();
        write!(f, "line {line}, column {column}: {}", self.message())
    }
}

impl std::error::Error for FactsError {}

#[cfg(test)]
mod properties;
#[cfg(test)]
mod tests;
