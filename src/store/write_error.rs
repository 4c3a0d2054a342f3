use std::io::{self, ErrorKind};
use std::path::{Path, PathBuf};

use super::read_error::ReadError;

/// Why a file was not written. The file is as it was.
#[derive(Debug, thiserror::Error)]
pub enum WriteError {
    /// Someone else has written it since it was read.
    #[error(
        "{}: another program has changed this file since it was opened; nothing was written",
        path.display()
    )]
    Changed {
        /// The file.
        path: PathBuf,
    },
    /// It is a device, a pipe or the like, which cannot be replaced.
    #[error("{}: this is not a regular file, so it was left alone; name another file", path.display())]
    NotAFile {
        /// What it is called.
        path: PathBuf,
    },
    /// A link of that name leads to nothing.
    #[error(
        "{}: a link to something that is not there has this name; remove it, then try again",
        path.display()
    )]
    LinkToNothing {
        /// The link.
        path: PathBuf,
    },
    /// It is marked read-only.
    #[error("{}: the file is read-only; allow writing to it and save again", path.display())]
    ReadOnly {
        /// The file.
        path: PathBuf,
    },
    /// Nothing may be put into its folder. The file itself could perhaps be written, but not safely:
    /// a crash half-way would leave neither the old nor the new one.
    #[error(
        "{}: you may not write to the folder {}, so the file cannot be replaced safely; ask the \
         owner of the folder for write access, then try again",
        path.display(),
        folder.display()
    )]
    Folder {
        /// The file.
        path: PathBuf,
        /// Its folder.
        folder: PathBuf,
    },
    /// Of files that are replaced together one was refused, and one before it could not be put back.
    #[error("{error}; {} has its new contents already", path.display())]
    NotTakenBack {
        /// The file with the new contents.
        path: PathBuf,
        /// Why another was refused.
        error: Box<WriteError>,
    },
    /// What is there cannot be read, so it cannot be kept safe either.
    #[error(transparent)]
    Unreadable(#[from] ReadError),
    /// The system refused.
    #[error("{}: cannot be written: {}", path.display(), in_words(error))]
    Failed {
        /// The file.
        path: PathBuf,
        /// The error of the system.
        error: io::Error,
    },
}

impl WriteError {
    pub(super) fn failed(path: &Path, error: io::Error) -> Self {
        let path = path.to_owned();
        Self::Failed { path, error }
    }

    /// The system refuses to make a file in a folder.
    pub(super) fn in_folder(path: &Path, folder: &Path, error: io::Error) -> Self {
        if error.kind() == ErrorKind::PermissionDenied {
            return Self::Folder {
                path: path.to_owned(),
                folder: folder.to_owned(),
            };
        }
        Self::failed(path, error)
    }
}

/// What has happened when something was written, and what to do, in words.
#[must_use]
pub fn in_words(error: &io::Error) -> String {
    let words = match error.kind() {
        ErrorKind::StorageFull => "the disk is full; free some space, then try again",
        ErrorKind::QuotaExceeded => {
            "your quota on this disk is used up; delete something or ask for more, then try again"
        }
        ErrorKind::ReadOnlyFilesystem => {
            "the disk is read-only; make it writable or work on a copy elsewhere, then try again"
        }
        ErrorKind::FileTooLarge => {
            "it would be larger than files may be here (`ulimit -f`); raise the limit, then try again"
        }
        ErrorKind::PermissionDenied => {
            "you may not write to it; check the permissions of the file and its folder, then try again"
        }
        ErrorKind::AlreadyExists | ErrorKind::NotADirectory => {
            "something else has this name; move it away, then try again"
        }
        ErrorKind::IsADirectory => "a folder has this name; move it away, then try again",
        ErrorKind::NotFound => "its folder does not exist; create it, then try again",
        _ if too_many_open(error) => {
            "too many files are open; close some windows or programs, then try again"
        }
        _ => return format!("{error}; check the disk and the folder, then try again"),
    };
    words.to_owned()
}

/// Lets a write beyond the limit for files (`ulimit -f`) fail as other writes do. Unix would end the
/// program in the middle of it, with a temporary file left behind.
pub fn fail_beyond_size_limit() {
    #[cfg(unix)]
    {
        use std::sync::Arc;
        use std::sync::atomic::AtomicBool;

        use signal_hook::consts::SIGXFSZ;

        // Nobody reads the flag: what counts is that the signal is taken.
        let taken = Arc::new(AtomicBool::new(false));
        if let Err(error) = signal_hook::flag::register(SIGXFSZ, taken) {
            log::debug!("a limit for files will end the program: {error}");
        }
    }
}

fn too_many_open(error: &io::Error) -> bool {
    let code = error.raw_os_error();
    // ENFILE and EMFILE, the same on all Unix systems; ERROR_TOO_MANY_OPEN_FILES.
    (cfg!(unix) && matches!(code, Some(23 | 24))) || (cfg!(windows) && code == Some(4))
}
