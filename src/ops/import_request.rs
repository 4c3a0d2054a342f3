use std::collections::BTreeMap;
use std::path::PathBuf;

use smol_str::SmolStr;

use super::export::UnknownFormat;
use super::{ArticleFate, FileProblem, FoundArticles, SchemaFileError};
use crate::format::{FormatError, ImportedDocument, OptionError};
use crate::store::sidecar_file::AnnotatorNameError;
use crate::store::{BatchError, FinishedBatches, ReadError, RecordedStep, WriteError};
use crate::text::wording::{count, grouped};

/// What to import, and where to.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct ImportRequest {
    /// The files to read, in order.
    pub inputs: Vec<ImportInput>,
    /// Name of the format, as in [`crate::format::ALL`].
    pub format: String,
    /// The folder the articles go to; made where it is missing.
    pub into: PathBuf,
    /// The annotator of all of it; `None`: as in the file.
    pub annotator: Option<SmolStr>,
    /// What labels and roles of the file become, by name; those not named stay.
    pub rename: Vec<(SmolStr, SmolStr)>,
    /// What is chosen of the format's options for imports, by name and value.
    pub options: Vec<(String, String)>,
    /// Whether to look only and write nothing.
    pub dry_run: bool,
    /// Whether to write nothing where anything would be left out.
    pub strict: bool,
    /// Whether the text of a newer version takes the place of that of an article that is there.
    pub update: bool,
    /// The user's state folder, where what takes the import back is kept; `None`: it cannot be taken back.
    pub state: Option<PathBuf>,
}

/// Where documents come from.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum ImportInput {
    /// A file, or a folder with files that end like those of the format.
    File(PathBuf),
    /// Bytes that are available, such as the standard input, and what to call them.
    Bytes(String, Vec<u8>),
}

/// What an import wrote, or would have.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct ImportReport {
    /// How many documents were read.
    pub documents: usize,
    /// Articles that were written.
    pub articles: Vec<PathBuf>,
    /// Sidecars that were written.
    pub sidecars: Vec<PathBuf>,
    /// What is known about articles, in files that were written.
    pub facts: Vec<PathBuf>,
    /// Copies of files that articles were found in.
    pub kept: Vec<PathBuf>,
    /// Articles and facts that newer versions took the place of.
    pub replaced: Vec<PathBuf>,
    /// What takes all of it back; `None` where nothing was written or it cannot be taken back.
    pub step: Option<RecordedStep>,
    /// What was found in files of articles.
    pub found: FoundArticles,
    /// What became of an earlier import that was cut short.
    pub finished: FinishedBatches,
    /// How many documents were there already, the same.
    pub unchanged: usize,
    /// How many tags there are of each label, after renaming.
    pub labels: BTreeMap<SmolStr, usize>,
    /// The labels among them that the schema of the folder does not have.
    pub unknown_labels: Vec<SmolStr>,
    /// Content that was left out, with its place.
    pub skipped: Vec<FileProblem>,
    /// Bookkeeping of the other program and unknown fields, with their first place; they are not
    /// imported.
    pub ignored: Vec<FileProblem>,
    /// Why nothing was written, if anything is here.
    pub problems: Vec<FileProblem>,
}

impl ImportReport {
    /// How many articles were found and what becomes of them: "3 articles found: 2 new, 1 there already".
    #[must_use]
    pub fn found_words(&self) -> String {
        let mut parts = Vec::new();
        for (fate, words) in [
            (ArticleFate::New, "new"),
            (ArticleFate::Replaces, "in the place of another version"),
            (ArticleFate::Newer, "of which another version stays"),
            (ArticleFate::There, "there already"),
            (ArticleFate::NoText, "left out, without a text"),
        ] {
            match self.found.of(fate) {
                0 => {}
                number => parts.push(format!("{number} {words}")),
            }
        }
        let found = count(self.found.count(), "article");
        let listed = match self.found.more() {
            0 => String::new(),
            _ => format!("; the first {} are listed", grouped(self.found.len())),
        };
        format!("{found} found: {}{listed}", parts.join(", "))
    }

    /// How much of each kind is in the files and not in the texts: "captions (2), links (1)"; empty for
    /// nothing.
    #[must_use]
    pub fn left_out_words(&self) -> String {
        let kinds = self.found.left_out().iter();
        let kinds: Vec<String> = kinds.map(|(kind, n)| format!("{kind} ({n})")).collect();
        kinds.join(", ")
    }
}

/// Why an import could not be carried out.
#[derive(Debug, thiserror::Error)]
pub enum ImportError {
    /// One of the files cannot be read.
    #[error(transparent)]
    Read(#[from] ReadError),
    /// No such format.
    #[error(transparent)]
    UnknownFormat(#[from] UnknownFormat),
    /// The format has no such option or value.
    #[error(transparent)]
    Option(#[from] OptionError),
    /// The built-in schema is broken.
    #[error(transparent)]
    Schema(#[from] SchemaFileError),
    /// A folder without files of the format.
    #[error("{}: no files that end in {endings}; name the files", .folder.display())]
    NothingThere {
        /// The folder.
        folder: PathBuf,
        /// What they would end in.
        endings: String,
    },
    /// The annotator's name cannot be part of a file name.
    #[error(transparent)]
    Annotator(#[from] AnnotatorNameError),
    /// The file as a whole is not of the format.
    #[error("{file}: {error}")]
    Format {
        /// The file.
        file: String,
        /// What is wrong.
        error: FormatError,
    },
    /// The folder cannot be written to.
    #[error("{0}; nothing was imported")]
    Write(#[from] WriteError),
    /// The files did not all get to their places.
    #[error(transparent)]
    Batch(#[from] BatchError),
    /// A file would not read back as it is.
    #[error("{}: cannot be written: {reason}; nothing was imported", path.display())]
    CannotWrite {
        /// The file.
        path: PathBuf,
        /// Why.
        reason: String,
    },
}

/// A document and where it came from.
#[derive(Debug, Clone)]
pub(super) struct Incoming {
    pub(super) read: ImportedDocument,
    pub(super) file: PathBuf,
}
