use std::ffi::OsString;
use std::fs::{self, File, OpenOptions};
use std::io::{self, Write};
use std::path::{Path, PathBuf};

use super::{ReadError, Stamp};

/// Why a file was not written. The file is as it was.
#[derive(Debug, thiserror::Error)]
pub enum WriteError {
    /// Somebody else has written it since it was read.
    #[error(
        "{}: another program has changed this file since it was opened; nothing was written. Copy \
         that file elsewhere to keep it, or open the article again to go on from it",
        path.display()
    )]
    Changed {
        /// The file.
        path: PathBuf,
    },
    /// It is marked read-only.
    #[error("{}: the file is read-only; allow writing to it and save again", path.display())]
    ReadOnly {
        /// The file.
        path: PathBuf,
    },
    /// What lies there cannot be read, so it cannot be kept safe either.
    #[error(transparent)]
    Unreadable(#[from] ReadError),
    /// The system refused.
    #[error("{}: cannot be written ({error}); check the disk and the folder's permissions, then save again", path.display())]
    Failed {
        /// The file.
        path: PathBuf,
        /// What the system says.
        error: io::Error,
    },
}

/// The steps that can fail, so that tests can let each of them fail.
trait Steps {
    fn create(&mut self, temp: &Path) -> io::Result<File> {
        OpenOptions::new().write(true).create_new(true).open(temp)
    }
    fn fill(&mut self, file: &mut File, bytes: &[u8]) -> io::Result<()> {
        file.write_all(bytes)
    }
    fn keep_mode(&mut self, file: &File, like: &fs::Metadata) -> io::Result<()> {
        #[cfg(unix)]
        {
            use std::os::unix::fs::MetadataExt;
            // Only members may give a file to a group; then the folder decides.
            let _ = std::os::unix::fs::fchown(file, None, Some(like.gid()));
        }
        file.set_permissions(like.permissions())
    }
    fn sync(&mut self, file: &File) -> io::Result<()> {
        file.sync_all()
    }
    fn rename(&mut self, temp: &Path, target: &Path) -> io::Result<()> {
        fs::rename(temp, target)
    }
    fn sync_folder(&mut self, folder: &Path) -> io::Result<()> {
        #[cfg(unix)]
        File::open(folder)?.sync_all()?;
        let _ = folder;
        Ok(())
    }
}

struct Disk;

impl Steps for Disk {}

/// Puts `bytes` in place of the file, whole or not at all: written beside it, synced, renamed over
/// it. Keeps its mode and group, writes through symbolic links, makes missing files but not
/// folders. With `expected` the file must be what it was. Returns the new stamp.
///
/// # Errors
/// [`WriteError`]; the file is then as it was.
pub fn atomic_write(
    path: &Path,
    bytes: &[u8],
    expected: Option<&Stamp>,
) -> Result<Stamp, WriteError> {
    write_by(&mut Disk, path, bytes, expected)
}

fn write_by(
    steps: &mut dyn Steps,
    path: &Path,
    bytes: &[u8],
    expected: Option<&Stamp>,
) -> Result<Stamp, WriteError> {
    let failed = |error| WriteError::Failed {
        path: path.into(),
        error,
    };
    let target = behind_links(path).map_err(failed)?;
    if let Some(expected) = expected
        && Stamp::of_file(&target)? != *expected
    {
        return Err(WriteError::Changed { path: path.into() });
    }
    let old = match fs::metadata(&target) {
        Ok(metadata) if metadata.permissions().readonly() => {
            return Err(WriteError::ReadOnly { path: path.into() });
        }
        Ok(metadata) => Some(metadata),
        Err(error) if error.kind() == io::ErrorKind::NotFound => None,
        Err(error) => return Err(failed(error)),
    };
    let folder = match target.parent() {
        Some(folder) if !folder.as_os_str().is_empty() => folder,
        _ => Path::new("."),
    };
    let (temp, mut file) = create_temp(steps, folder, &target).map_err(failed)?;
    let written = steps
        .fill(&mut file, bytes)
        .and_then(|()| match &old {
            Some(old) => steps.keep_mode(&file, old),
            None => Ok(()),
        })
        .and_then(|()| steps.sync(&file))
        .and_then(|()| {
            drop(file);
            steps.rename(&temp, &target)
        });
    if let Err(error) = written {
        if let Err(left) = fs::remove_file(&temp) {
            log::warn!("{}: left behind: {left}", temp.display());
        }
        return Err(failed(error));
    }
    // The new file is in place; a folder that cannot be synced only makes power loss riskier.
    if let Err(error) = steps.sync_folder(folder) {
        log::warn!("{}: cannot be synced: {error}", folder.display());
    }
    Ok(Stamp::of(bytes))
}

/// The file that symbolic links lead to, there or not.
fn behind_links(path: &Path) -> io::Result<PathBuf> {
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
    Err(io::Error::other("symbolic links that lead in a circle"))
}

/// `.NAME.PID.tmp` beside the target; with a number where one is left from before.
fn create_temp(steps: &mut dyn Steps, folder: &Path, target: &Path) -> io::Result<(PathBuf, File)> {
    // File names end at 255 bytes; the temporary one is longer than the target's.
    let name = target.file_name().filter(|name| name.len() <= 200);
    let mut last = io::Error::from(io::ErrorKind::AlreadyExists);
    for n in 0..100 {
        let mut temp = OsString::from(".");
        temp.push(name.unwrap_or("pullquote".as_ref()));
        temp.push(format!(".{}", std::process::id()));
        if n > 0 {
            temp.push(format!(".{n}"));
        }
        temp.push(".tmp");
        let temp = folder.join(temp);
        match steps.create(&temp) {
            Ok(file) => return Ok((temp, file)),
            Err(error) if error.kind() == io::ErrorKind::AlreadyExists => last = error,
            Err(error) => return Err(error),
        }
    }
    Err(last)
}
