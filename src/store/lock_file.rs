//! Files that a living process of ours holds locked. The lock ends with the process.

use std::fs::{File, TryLockError};
use std::io;
use std::path::Path;

/// Whether a file is held.
#[derive(Debug)]
pub(super) enum Held {
    /// A living process holds it.
    Alive,
    /// Nobody did: this one does now, as long as the value lives.
    Free(File),
    /// Locks are unknown there: a living process cannot be told from one that is gone.
    Unknown(File),
}

/// Tries to take the lock of a file.
///
/// # Errors
/// Where it cannot be opened or is no regular file: to open a pipe would wait for its other end.
pub(super) fn try_hold(path: &Path) -> io::Result<Held> {
    if !path.metadata()?.is_file() {
        return Err(io::Error::other("not a regular file"));
    }
    let file = File::open(path)?;
    Ok(match file.try_lock() {
        Ok(()) => Held::Free(file),
        Err(TryLockError::WouldBlock) => Held::Alive,
        Err(TryLockError::Error(error)) => {
            log::debug!("{}: cannot be locked: {error}", path.display());
            Held::Unknown(file)
        }
    })
}

/// Locks a file that was just made.
pub(super) fn hold(file: &File, path: &Path) {
    if let Err(error) = file.try_lock() {
        log::debug!("{}: cannot be locked: {error}", path.display());
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_file_is_held_as_long_as_its_lock_lives() {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("lock");
        assert!(try_hold(&path).is_err() && try_hold(folder.path()).is_err());
        let file = File::create(&path).unwrap();
        hold(&file, &path);
        assert!(matches!(try_hold(&path), Ok(Held::Alive)));
        drop(file);
        assert!(matches!(try_hold(&path), Ok(Held::Free(_))));
    }

    #[cfg(unix)]
    #[test]
    fn a_pipe_keeps_nobody_waiting() {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("lock");
        let made = std::process::Command::new("mkfifo").arg(&path).status();
        assert!(made.unwrap().success());
        assert!(try_hold(&path).is_err());
    }
}
