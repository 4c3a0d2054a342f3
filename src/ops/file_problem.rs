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
    /// Whose work it is in; `None`: nobody named, or the article itself.
    pub annotator: Option<SmolStr>,
    /// What is wrong and what to do.
    pub message: String,
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
        }
    }

    /// A file that cannot be read. The path, which the error names first, stands once.
    pub(super) fn unread(path: &Path, error: &ReadError) -> Self {
        let words = error.to_string();
        let named = format!("{}: ", path.display());
        let mut problem = Self::new(path, words.strip_prefix(&named).unwrap_or(&words));
        if let ReadError::NotUtf8 { line, .. } = error {
            problem.line = *line;
        }
        problem
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
