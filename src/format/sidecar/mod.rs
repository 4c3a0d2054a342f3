//! The sidecar: `article.txt.ron` beside `article.txt`, its annotations.
//!
//! A header, then one record a line, in canonical order, so that files diff, merge and can be
//! salvaged line by line. Offsets are Unicode **code points** into the decoded text, end-exclusive,
//! and every record repeats the words it covers. Nothing that cannot be read is dropped: records
//! become [`UnreadRecord`]s, fields become [`UnknownField`](crate::model::UnknownField)s, and both
//! are written back as they were.

mod confirm;
mod header_fact;
mod interpret;
mod markers;
pub mod merge;
mod read;
mod record;
mod ron_text;
mod salvage;
mod unplaced;
mod write;

use std::fmt;

use crate::model::{AnnotationSet, Document, DocumentMeta, DocumentParts, UnreadRecord};
use crate::text::SourceText;

pub use confirm::confirm;
pub use header_fact::{HeaderFact, header_fact};
pub use interpret::{OneRecord, read_record};
pub use read::{read, read_bytes, read_unplaced, recorded_annotator, recorded_source};
pub use unplaced::{LostTag, UnplacedTag, place_lost, read_lost};
pub use write::write;

pub(in crate::format) use interpret::{read_annotation, read_link, read_person};
pub(in crate::format) use record::{Record, fields, options, parse, trimmed};
pub(in crate::format) use ron_text::{field_name, push_string};
pub(in crate::format) use write::{annotation_on, link_record, person_record};

/// The version written, and the newest that may be written over.
pub const VERSION: u32 = 1;

/// Name of the list of lines that are damaged: kept as strings so that the file stays well formed.
pub const DAMAGED: &str = "damaged";

/// The contents of a sidecar.
#[derive(Debug, Clone)]
pub struct SidecarContents {
    /// Tags, links and people that could be read.
    pub set: AnnotationSet,
    /// State, annotator, unknown fields of the header.
    pub meta: DocumentMeta,
    /// Records that could not be read, in the order of the file.
    pub unread: Vec<UnreadRecord>,
    /// Version of the file; [`VERSION`] if it has none.
    pub version: u32,
    /// Whether a newer version of the program wrote it: it may be shown, never written.
    pub newer: bool,
    /// SHA-256 of the text that was annotated, in hexadecimal; empty if the file has none.
    pub source_sha256: String,
    /// Whether that is the given text.
    pub source_matches: bool,
    /// Where the file had conflict markers: what both sides had changed.
    pub clashes: Vec<merge::Clash>,
    /// Whether the file was damaged and read line by line: back it up before writing over it.
    pub salvaged: bool,
}

impl SidecarContents {
    /// The article with the annotations of the sidecar. `annotator` comes from the file name; the
    /// header has priority.
    #[must_use]
    pub fn into_document(self, source: SourceText, annotator: Option<&str>) -> Document {
        let mut meta = self.meta;
        meta.annotator = meta.annotator.or_else(|| annotator.map(Into::into));
        Document::from(DocumentParts {
            source,
            set: self.set,
            meta,
            unread: self.unread.into(),
        })
    }
}

/// The source fields of a sidecar.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct RecordedSource {
    /// SHA-256 of the text that was annotated, in hexadecimal.
    pub sha256: String,
    /// The encoding it was in; empty if the file has none.
    pub encoding: String,
}

/// Why a file cannot be read as a sidecar, not even in part.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum SidecarError {
    /// No line of it is a header or record of ours.
    NotASidecar {
        /// Line of the first error, from 1.
        line: usize,
        /// Column of the first error in code points, from 1.
        column: usize,
        /// What the parser found, in words.
        reason: String,
    },
}

impl SidecarError {
    /// Line and column of the error, from 1.
    #[must_use]
    pub fn place(&self) -> (usize, usize) {
        match self {
            Self::NotASidecar { line, column, .. } => (*line, *column),
        }
    }

    /// What is wrong and what to do, without the place.
    #[must_use]
    pub fn message(&self) -> String {
        match self {
            Self::NotASidecar { reason, .. } => format!(
                "this is not a sidecar ({reason}); move the file away to start over, or restore \
                 the right one"
            ),
        }
    }
}

impl fmt::Display for SidecarError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let (line, column) = self.place();
        write!(f, "line {line}, column {column}: {}", self.message())
    }
}

impl std::error::Error for SidecarError {}

#[cfg(test)]
mod properties;
#[cfg(test)]
mod recovery;
#[cfg(test)]
mod tests;
