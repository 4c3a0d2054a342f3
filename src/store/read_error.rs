use std::fmt;
use std::io;
use std::path::{Path, PathBuf};

use crate::text::TextTooLong;

/// Why a file cannot be read. `Display` names the file and what to do.
#[derive(Debug)]
pub enum ReadError {
    /// There is nothing of that name.
    Missing {
        /// The file.
        path: PathBuf,
    },
    /// It is a folder.
    Directory {
        /// The folder.
        path: PathBuf,
    },
    /// It is a device, a pipe or the like.
    NotAFile {
        /// What it is called.
        path: PathBuf,
    },
    /// A file names it, but it is not below that file's folder.
    Outside {
        /// What it is called there.
        path: PathBuf,
    },
    /// It is a link to a file outside the folder, and links out of it are not followed.
    LinkOutside {
        /// The link.
        path: PathBuf,
    },
    /// The system does not let us read it.
    Unreadable {
        /// The file.
        path: PathBuf,
        /// The error of the system.
        error: io::Error,
    },
    /// It holds nothing.
    Empty {
        /// The file.
        path: PathBuf,
    },
    /// It is too large.
    TooLarge {
        /// The file.
        path: PathBuf,
        /// Its length in bytes.
        bytes: u64,
        /// The most that is read, in bytes.
        limit: u64,
    },
    /// The text cannot be addressed.
    TooLong {
        /// The file.
        path: PathBuf,
        /// How long it is.
        error: TextTooLong,
    },
    /// It holds no text.
    Binary {
        /// The file.
        path: PathBuf,
    },
    /// It is not UTF-8, as schemas must be.
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
    OtherFormat {
        /// The file.
        path: PathBuf,
        /// What it is: "a PDF file".
        kind: &'static str,
    },
    /// It is a sidecar or a schema, not an article.
    Sidecar {
        /// The file.
        path: PathBuf,
    },
}

impl ReadError {
    /// The file.
    #[must_use]
    pub fn path(&self) -> &Path {
        match self {
            Self::Missing { path }
            | Self::Directory { path }
            | Self::NotAFile { path }
            | Self::Outside { path }
            | Self::LinkOutside { path }
            | Self::Unreadable { path, .. }
            | Self::Empty { path }
            | Self::TooLarge { path, .. }
            | Self::TooLong { path, .. }
            | Self::Binary { path }
            | Self::NotUtf8 { path, .. }
            | Self::OtherFormat { path, .. }
            | Self::Sidecar { path } => path,
        }
    }

    /// The line of the file it is about, from 1; `None`: the file as a whole.
    #[must_use]
    pub fn line(&self) -> Option<usize> {
        match self {
            Self::NotUtf8 { line, .. } => Some(*line),
            Self::Missing { .. }
            | Self::Directory { .. }
            | Self::NotAFile { .. }
            | Self::Outside { .. }
            | Self::LinkOutside { .. }
            | Self::Unreadable { .. }
            | Self::Empty { .. }
            | Self::TooLarge { .. }
            | Self::TooLong { .. }
            | Self::Binary { .. }
            | Self::OtherFormat { .. }
            | Self::Sidecar { .. } => None,
        }
    }

    /// What is wrong and what to do, without the name of the file.
    #[must_use]
    pub fn message(&self) -> String {
        match self {
            Self::Missing { .. } => {
                "there is no such file; it may have been moved or deleted".to_owned()
            }
            Self::Directory { .. } => {
                "this is a folder; open a file in it, or use Open folder".to_owned()
            }
            Self::NotAFile { .. } => {
                "this is not a regular file; copy its contents into one".to_owned()
            }
            Self::Outside { .. } => {
                "is not in the folder of the file that names it, so it was not read; copy it there"
                    .to_owned()
            }
            Self::LinkOutside { .. } => {
                "a link to a file outside this folder, so it was not read; put the file itself here \
                 to use it"
                    .to_owned()
            }
            Self::Unreadable { error, .. } => {
                format!("cannot be read ({error}); check its permissions and the disk")
            }
            Self::Empty { .. } => "the file is empty; add the article's text first".to_owned(),
            Self::TooLarge { bytes, limit, .. } => {
                let (bytes, limit) = sizes(*bytes, *limit);
                format!("the file has {bytes}; the limit is {limit}; split it")
            }
            Self::TooLong { error, .. } => error.to_string(),
            Self::Binary { .. } => {
                "this does not look like text (it is full of control characters); if it is, \
                                    name its encoding"
                    .to_owned()
            }
            Self::NotUtf8 {
                offset,
                line,
                guess,
                ..
            } => format!(
                "not UTF-8 (byte {offset} on line {line} is invalid). Save it as \
                 UTF-8 in an editor, or convert it: iconv -f {guess} -t UTF-8 OLD > NEW"
            ),
            Self::OtherFormat { kind, .. } => {
                format!("this is {kind}, which cannot be opened; import it as an article")
            }
            Self::Sidecar { .. } => {
                "this file belongs to an article; open the article itself".to_owned()
            }
        }
    }
}

/// A file that is too large, and the limit: in MB, or in bytes where both would be as many MB.
fn sizes(bytes: u64, limit: u64) -> (String, String) {
    let of = |bytes: u64| format!("{} MB", bytes / 1_048_576);
    match bytes / 1_048_576 == limit / 1_048_576 {
        true => (format!("{bytes} bytes"), format!("{limit} bytes")),
        false => (of(bytes), of(limit)),
    }
}

impl fmt::Display for ReadError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}: {}", self.path().display(), self.message())
    }
}

impl std::error::Error for ReadError {}

/// The error of a call of the system.
pub(super) fn from_io(path: &Path, error: io::Error) -> ReadError {
    let path = path.into();
    match error.kind() {
        io::ErrorKind::NotFound => ReadError::Missing { path },
        _ => ReadError::Unreadable { path, error },
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_file_that_is_too_large_says_by_how_much() {
        let words = |bytes, limit| {
            let path = PathBuf::from("a");
            ReadError::TooLarge { path, bytes, limit }.message()
        };
        let mb = 1_048_576;
        assert!(words(mb + 1, mb).contains("has 1048577 bytes; the limit is 1048576 bytes"));
        assert!(words(100 * mb + 5, 64 * mb).contains("has 100 MB; the limit is 64 MB"));
    }
}
