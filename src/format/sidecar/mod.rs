//! The sidecar: `article.txt.ron` beside `article.txt`, its annotations.
//!
//! A header, then one record a line, in canonical order, so that files diff, merge and can be
//! salvaged line by line. Offsets are Unicode **code points** into the decoded text, end-exclusive,
//! and every record repeats the words it covers. Nothing that cannot be read is dropped: records
//! become [`UnreadRecord`]s, fields become [`UnknownField`](crate::model::UnknownField)s, and both
//! are written back as they were.
//!
//! The header has `version`, `source`, `annotator` and `state`; the lists are, in this order, with
//! optional ones in parentheses:
//!
//! | List | A record has |
//! |---|---|
//! | (`sittings`) | `by`, `start` (RFC 3339), `seconds` |
//! | `people` | `id`, `name`, `kind`, `aliases`, `role`, `external_id`, `organisation`, `attributes` |
//! | `annotations` | `id`, `label`, `at`, `text`, `attributes`, `person`, `by`, `verdict`, `review`, `note`, `was`, `confidence`, `decided` |
//! | `links` | `id`, `role`, `from`, `to`, `by`, `confirmed`, `attributes`, `note`, `confidence` |
//! | (`reviews`) | `of` (an annotator), `tag`, `record` ([`record_hash`]), `verdict`, `reason`, what should change: `remove`, `label`, `at` with `text`, `speaker` (`Named`, `Words((start, end), "words")` that mention them, or `NotGiven`), `attributes` (an empty value: none); `replies`; `settled`: reviews by others that were taken or answered, as `(who, hash)` ([`review_hash`]); the `record` beside it is the tag as it was then, or what came of it where it was taken exactly. An empty `tag`: all the work of `of`. An empty `record` with `label`, `at` and `text`: a tag that `of` lacks and should have, `tag` being the id for it |
//! | (`decisions`), of a curated sidecar | `of`, `tag`, `record`: the first tag that was judged; `others`; `choice`: `Undecided`, `Agreed`, `Taken` with `parts`, `AllWrong`, `Nothing`; `curated`, the tag that came of it; `reason` |
//! | (`ignored`) | `rule`, then `tag` (an id) or `words` (of the article, untagged), `reason`: a hint that is not to be shown again |
//! | (`lost`) | an annotation whose words are gone, with `before` and `after` |
//! | (`damaged`) | strings: lines that are no records, and comments |
//!
//! People, annotations, links, reviews, decisions and what is ignored also have `made` and `changed`; they and
//! `decided` are
//! `(who, when)`, a reply is `(who, when, text)`, when in RFC 3339 (UTC). A field with its default is
//! left out, but for a person's `kind`.

mod canonical_file;
mod canonical_record;
mod canonical_text;
mod carried;
mod comments;
mod confirm;
mod header_fact;
mod interpret;
mod lost;
pub mod merge;
mod raw;
mod read;
mod read_record;
mod record;
mod record_hash;
mod ron_reason;
mod ron_text;
mod salvage;
mod stamp;
mod take_apart;
mod unplaced;
mod write;

use std::fmt;

use crate::format::draining::Draining;
use crate::model::{AnnotationSet, Document, DocumentMeta, DocumentParts, Sittings, UnreadRecord};
use crate::text::SourceText;

pub use confirm::confirm;
pub use read::{
    RecordedWork, read, read_bytes, read_same_text, read_unplaced, recorded_source, recorded_work,
};
pub use record_hash::{is_record, record_hash, review_hash};
pub use ron_reason::ron_reason;
pub use salvage::is_cut_short;
pub use unplaced::UnplacedTag;
pub use write::{annotation_text, write, write_in_parts};

pub(in crate::format) use carried::{RecordText, carried_record, clashing_record};
pub(in crate::format) use read_record::{
    read_annotation, read_decision, read_link, read_peer_review, read_person, read_suppression,
};
pub(in crate::format) use record::{Record, fields, options, parse, trimmed};
pub(in crate::format) use ron_text::{field_name, push_string};
pub(in crate::format) use write::{
    annotation_on, decision_record, link_record, peer_review_record, person_record,
    suppression_record,
};

/// The version written, and the newest that may be written over.
pub const VERSION: u32 = 1;

/// What a sidecar says.
#[derive(Debug, Clone)]
pub struct SidecarContents {
    /// Tags, links, people and reviews that could be read.
    pub set: AnnotationSet,
    /// State, annotator, unknown fields of the header.
    pub meta: DocumentMeta,
    /// Records that could not be read, in the order of the file.
    pub unread: Vec<UnreadRecord>,
    /// Times of work.
    pub sittings: Sittings,
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
    /// Whether it counts as damaged only because records stand in the list of another kind, as a merge by
    /// lines leaves them. Nothing is missing then.
    pub misplaced: bool,
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
            unread: Draining::new(self.unread).collect(),
            sittings: self.sittings,
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
mod canonical_tests;
#[cfg(test)]
mod properties;
#[cfg(test)]
mod recovery;
#[cfg(test)]
mod tests;
