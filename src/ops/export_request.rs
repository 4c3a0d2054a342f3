use std::path::PathBuf;

use smol_str::SmolStr;

use super::{ExportFilter, FileProblem, LeftOut, UndecidedArticle};
use crate::format::{Loss, SplitShare};
use crate::text::Encoding;

/// What to export, and how.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct ExportRequest {
    /// Articles and folders of articles.
    pub paths: Vec<PathBuf>,
    /// Name of the format, as in [`crate::format::ALL`].
    pub format: String,
    /// The file or folder to write; `None`: the writer given along.
    pub output: Option<PathBuf>,
    /// Whose work; the empty name means unnamed sidecars. Empty list: everyone's, but of articles with
    /// curated tags these alone.
    pub annotators: Vec<SmolStr>,
    /// Which tags and documents.
    pub filter: ExportFilter,
    /// What is chosen of the format's options, by name and value.
    pub options: Vec<(String, String)>,
    /// The encoding of articles that do not declare one; `None`: as in their sidecars.
    pub encoding: Option<Encoding>,
}

/// What an export wrote, left out and lost.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct ExportReport {
    /// How many documents were written: articles times annotators.
    pub documents: usize,
    /// How many articles they are of.
    pub articles: usize,
    /// Of how many of them the curated tags were taken alone.
    pub curated: usize,
    /// Those of them in which differences between annotators are undecided.
    pub undecided: Vec<UndecidedArticle>,
    /// How many tags.
    pub tags: usize,
    /// How many links.
    pub links: usize,
    /// What the request left out.
    pub left_out: LeftOut,
    /// The parts of a split export; none without one.
    pub splits: Vec<SplitShare>,
    /// The seed they were drawn with.
    pub seed: u64,
    /// What the format could not carry.
    pub losses: Vec<Loss>,
    /// Files that could not be read, and sidecars of which only a part could.
    pub problems: Vec<FileProblem>,
    /// Files that belong beside the export and were not written, as it went into a stream.
    pub not_beside: Vec<String>,
    /// Nothing was written and the file that was there was left as it was: there was nothing to export, or
    /// not all could be read.
    pub kept: bool,
    /// How many articles were found.
    pub found: usize,
    /// Articles and sidecars that could not be read, or only in part.
    pub unread: usize,
}
