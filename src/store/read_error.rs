use std::io;
use std::path::{Path, PathBuf};

use crate::text::TextTooLong;

/// Why a file cannot be read. `Display` names the file and what to do.
#[derive(Debug, thiserror::Error)]
pub enum ReadError {
    /// There is nothing of that name.
    #[error("{}: there is no such file; check the name", path.display())]
    Missing {
        /// The file.
        path: PathBuf,
    },
    /// It is a folder.
    #[error("{}: this is a folder; open a file in it, or use Open folder", path.display())]
    Directory {
        /// The folder.
        path: PathBuf,
    },
    /// It is a device, a pipe or the like.
    #[error("{}: this is not a regular file; copy its contents into one", path.display())]
    NotAFile {
        /// What it is called.
        path: PathBuf,
    },
    /// The system does not let us read it.
    #[error("{}: cannot be read ({error}); check its permissions and the disk", path.display())]
    Unreadable {
        /// The file.
        path: PathBuf,
        /// What the system says.
        error: io::Error,
    },
    /// It holds nothing.
    #[error("{}: the file is empty; add the article's text first", path.display())]
    Empty {
        /// The file.
        path: PathBuf,
    },
    /// It is too large.
    #[error(
        "{}: the file has {} MB; the limit is {} MB; split it",
        path.display(), bytes / 1_048_576, limit / 1_048_576
    )]
    TooLarge {
        /// The file.
        path: PathBuf,
        /// Its length in bytes.
        bytes: u64,
        /// The most that is read, in bytes.
        limit: u64,
    },
    /// The text cannot be addressed.
    #[error("{}: {error}", path.display())]
    TooLong {
        /// The file.
        path: PathBuf,
        /// How long it is.
        error: TextTooLong,
    },
    /// It holds no text.
    #[error(
        "{}: this does not look like text (it is full of control characters); if it is, name its \
         encoding",
        path.display()
    )]
    Binary {
        /// The file.
        path: PathBuf,
    },
    /// It is not UTF-8, as schemas must be.
    #[error(
        "{}: not UTF-8 (byte {offset} on line {line} is invalid). Save it as UTF-8 in an editor, \
         or convert it: iconv -f {guess} -t UTF-8 OLD > NEW",
        path.display()
    )]
    NotUtf8 {
        /// The file.
        path: PathBuf,
        /// Offset of the first bad byte, from 0.
        offset: usize,
        /// Its line, from 1.
        line: usize,
        /// The encoding it is most likely in, as `iconv` calls it.
        guess: &'static str,
    },
    /// It is not text but a document of another program.
    #[error("{}: this is {kind}, which cannot be opened; save it as plain text", path.display())]
    OtherFormat {
        /// The file.
        path: PathBuf,
        /// What it is: "a PDF file".
        kind: &'static str,
    },
    /// It is a sidecar or a schema, not an article.
    #[error("{}: this file belongs to an article; open the article itself", path.display())]
    Sidecar {
        /// The file.
        path: PathBuf,
    },
}

/// The error of a call of the system.
pub(super) fn from_io(path: &Path, error: io::Error) -> ReadError {
    let path = path.into();
    match error.kind() {
        io::ErrorKind::NotFound => ReadError::Missing { path },
        _ => ReadError::Unreadable { path, error },
    }
}
