use std::fmt;
use std::path::{Path, PathBuf};

use smol_str::SmolStr;

use crate::store::ReadError;

/// Something wrong at a place of a file. `Display` is one line that editors can follow:
/// `file:line:column: message`.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct FileProblem {
    /// The file.
    pub path: PathBuf,
    /// Line, from 1.
    pub line: usize,
    /// Column in code points, from 1.
    pub column: usize,
    /// The annotator; `None`: unnamed, or the article itself.
    pub annotator: Option<SmolStr>,
    /// What is wrong and what to do.
    pub message: String,
    /// How many problems of its kind it stands for, itself included: 1 but where there are too many.
    pub count: usize,
}

impl fmt::Display for FileProblem {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let (path, line, column) = (self.path.display(), self.line, self.column);
        write!(f, "{path}:{line}:{column}: {}", self.message)?;
        match &self.annotator {
            Some(annotator) => write!(f, " [{annotator}]"),
            None => Ok(()),
        }
    }
}

impl FileProblem {
    /// A problem with a file as a whole.
    pub(super) fn new(path: &Path, message: impl Into<String>) -> Self {
        Self {
            path: path.to_owned(),
            line: 1,
            column: 1,
            annotator: None,
            message: message.into(),
            count: 1,
        }
    }

    /// A problem at a line and column of a file, both from 1.
    pub(super) fn at(path: &Path, (line, column): (usize, usize), message: String) -> Self {
        Self {
            line,
            column,
            ..Self::new(path, message)
        }
    }

    /// A file that cannot be read.
    pub(super) fn unreadable(error: &ReadError) -> Self {
        let place = (error.line().unwrap_or(1), 1);
        Self::at(error.path(), place, error.message())
    }

    /// Words for a person who does not look at the file: a sentence.
    #[must_use]
    pub fn notice(&self) -> String {
        let Self {
            path,
            line,
            column,
            message,
            ..
        } = self;
        let path = path.display();
        match (line, column) {
            (1, 1) => format!("{path}: {message}."),
            _ => format!("{path}: line {line}, column {column}: {message}."),
        }
    }
}

/// How far work on many files is.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Progress {
    /// Files done.
    pub done: usize,
    /// Files in all.
    pub total: usize,
}
