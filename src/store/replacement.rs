use std::fs;
use std::io::{self, Write};
use std::path::{Path, PathBuf};

use super::access::Access;
use super::disk::{self, Out};
use super::lock_file::hold;
use super::temp_file::temp_name;
use super::{FileFingerprint, WriteError};

/// The new contents of a file, written beside it until they are complete. Dropped before that, it
/// is gone and the file is as it was.
///
/// Mode, owner and group of the old file are kept. Symbolic links are written through. Of a file with
/// several names (hard links) only the name that was asked for gets the new contents; the others keep
/// the old, as writing through them would mean writing in place.
#[derive(Debug)]
pub(super) struct Replacement {
    /// The given path, for messages.
    path: PathBuf,
    target: PathBuf,
    temp: Temp,
    out: Out,
}

/// A replacement that is complete and closed.
#[derive(Debug)]
pub(super) struct Complete {
    path: PathBuf,
    target: PathBuf,
    temp: Temp,
}

impl Complete {
    /// The file it replaces, without links.
    pub(super) fn target(&self) -> &Path {
        &self.target
    }

    /// Puts it in the file's place.
    pub(super) fn put_in_place(self) -> Result<(), WriteError> {
        let failed = |error| WriteError::failed(&self.path, error);
        self.temp.move_to(&self.target).map_err(failed)
    }
}

/// A file that is removed unless it is moved into place.
#[derive(Debug)]
pub(super) struct Temp(Option<PathBuf>);

impl Temp {
    /// A file of ours with a temporary name.
    pub(super) fn new(path: PathBuf) -> Self {
        Self(Some(path))
    }

    /// Gives it its name, in place of what has that name.
    pub(super) fn move_to(mut self, target: &Path) -> io::Result<()> {
        if let Some(temp) = &self.0 {
            disk::rename(temp, target)?;
        }
        self.0 = None;
        Ok(())
    }
}

impl Drop for Temp {
    fn drop(&mut self) {
        if let Some(temp) = self.0.take()
            && let Err(error) = disk::remove(&temp)
        {
            log::warn!("{}: left behind: {error}", temp.display());
        }
    }
}

impl Replacement {
    /// Begins a file beside `path`; folders are not made. One that replaces no other gets this access; one
    /// that does keeps its own, but for those who may not read the file it is to be like.
    pub(super) fn begin(path: &Path, access: Access<'_>) -> Result<Self, WriteError> {
        let failed = |error| WriteError::failed(path, error);
        let target = resolve_symlinks(path).map_err(failed)?;
        let old = match fs::metadata(&target) {
            Ok(metadata) if metadata.is_dir() => {
                return Err(failed(io::ErrorKind::IsADirectory.into()));
            }
            Ok(metadata) if !metadata.is_file() => {
                return Err(WriteError::NotAFile { path: path.into() });
            }
            Ok(metadata) if metadata.permissions().readonly() => {
                return Err(WriteError::ReadOnly { path: path.into() });
            }
            Ok(metadata) => Some(metadata),
            Err(error) if error.kind() == io::ErrorKind::NotFound => None,
            Err(error) => return Err(failed(error)),
        };
        let (temp, out) = create_temp(&target, old.as_ref().map_or(access, |_| Access::Private))
            .map_err(|error| WriteError::in_folder(path, folder_of(&target), error))?;
        let replacement = Self {
            path: path.to_owned(),
            target,
            temp: Temp(Some(temp)),
            out,
        };
        // Shows the clean-up that a process is still at work.
        hold(replacement.out.file(), path);
        match old {
            Some(old) => {
                note_other_names(path, &old);
                // Before there is anything to read in it.
                disk::copy_access(&replacement.out, &old, &replacement.target).map_err(failed)?;
                // The article may have become private since.
                disk::narrow_access(&replacement.out, access).map_err(failed)?;
            }
            None => disk::settle_access(&replacement.out, access).map_err(failed)?,
        }
        Ok(replacement)
    }

    /// Puts it in the file's place, all on the disk; with `expected` only where the file still is
    /// what it was. Gives the open file.
    pub(super) fn finish(self, expected: Option<&FileFingerprint>) -> Result<Out, WriteError> {
        let folder = folder_of(&self.target).to_owned();
        disk::sync(&self.out).map_err(|error| WriteError::failed(&self.path, error))?;
        // Held until the file is in place, so that of two programs one sees what the other wrote.
        let lock = expected.and_then(|_| lock_folder(&folder));
        if let Some(expected) = expected
            && FileFingerprint::of_file(&self.target)? != *expected
        {
            let path = self.path;
            return Err(WriteError::Changed { path });
        }
        let moved = self.temp.move_to(&self.target);
        moved.map_err(|error| WriteError::failed(&self.path, error))?;
        drop(lock);
        // The new file is in place; a folder that cannot be synced only makes power loss riskier.
        if let Err(error) = disk::sync_folder(&folder) {
            log::warn!("{}: cannot be synced: {error}", folder.display());
        }
        Ok(self.out)
    }

    /// Closes it, as there may be more of them than files that can be open; with `sync` when all of it is
    /// on the disk. Without, it may be empty after a power failure.
    pub(super) fn complete(self, sync: bool) -> Result<Complete, WriteError> {
        let Self {
            path,
            target,
            temp,
            out,
        } = self;
        if sync {
            disk::sync(&out).map_err(|error| WriteError::failed(&path, error))?;
        }
        Ok(Complete { path, target, temp })
    }
}

impl Write for Replacement {
    fn write(&mut self, bytes: &[u8]) -> io::Result<usize> {
        self.out.write(bytes)
    }

    fn flush(&mut self) -> io::Result<()> {
        self.out.flush()
    }
}

/// The folder a file is in.
pub(super) fn folder_of(path: &Path) -> &Path {
    match path.parent() {
        Some(folder) if !folder.as_os_str().is_empty() => folder,
        _ => Path::new("."),
    }
}

/// The file that symbolic links lead to, there or not.
fn resolve_symlinks(path: &Path) -> io::Result<PathBuf> {
    let mut path = path.to_owned();
    for _ in 0..40 {
        match fs::symlink_metadata(&path) {
            Ok(metadata) if metadata.is_symlink() => {
                let to = fs::read_link(&path)?;
                path = path.parent().unwrap_or(Path::new("")).join(to);
            }
            _ => return Ok(path),
        }
    }
    Err(io::Error::other("symbolic links form a loop"))
}

/// A temporary file beside the target; with a number where one is left from before.
fn create_temp(target: &Path, access: Access<'_>) -> io::Result<(PathBuf, Out)> {
    let mut last = io::Error::from(io::ErrorKind::AlreadyExists);
    for n in 0..100 {
        let temp = folder_of(target).join(temp_name(target, n));
        match disk::create_new(&temp, access) {
            Ok(file) => return Ok((temp, file)),
            Err(error) if error.kind() == io::ErrorKind::AlreadyExists => last = error,
            Err(error) => return Err(error),
        }
    }
    Err(last)
}

/// A temporary name beside the target that nothing has yet.
pub(super) fn new_temp_name(target: &Path) -> Option<PathBuf> {
    let folder = folder_of(target);
    let mut names = (0..100).map(|n| folder.join(temp_name(target, n)));
    names.find(|name| fs::symlink_metadata(name).is_err())
}

/// Logs other names that keep the old contents.
fn note_other_names(path: &Path, old: &fs::Metadata) {
    #[cfg(unix)]
    {
        use std::os::unix::fs::MetadataExt;
        if old.nlink() > 1 {
            log::warn!(
                "{}: has {} names (hard links); the others keep the earlier version",
                path.display(),
                old.nlink()
            );
        }
    }
    let _ = (path, old);
}

/// Holds a folder against other windows of ours on this machine, for as long as the value lives.
/// `None` where that cannot be had: then what is on disk is still compared, a moment earlier.
#[cfg(unix)]
pub(super) fn lock_folder(folder: &Path) -> Option<fs::File> {
    // To open a pipe of that name would wait for its other end.
    let file = folder.is_dir().then(|| fs::File::open(folder).ok())??;
    // A program that hangs while it locks the folder must not stop the others.
    for _ in 0..200 {
        match file.try_lock() {
            Ok(()) => return Some(file),
            Err(fs::TryLockError::WouldBlock) => {
                std::thread::sleep(std::time::Duration::from_millis(10));
            }
            Err(fs::TryLockError::Error(_)) => return None,
        }
    }
    None
}

#[cfg(not(unix))]
pub(super) fn lock_folder(_: &Path) -> Option<fs::File> {
    None
}
