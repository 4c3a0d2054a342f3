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
        "{}: another program has changed this file since it was opened; nothing was written",
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

#[cfg(test)]
mod tests {
    use super::*;

    /// The n-th step fails; steps before it work.
    struct FailAt(usize);

    impl FailAt {
        fn step(&mut self) -> io::Result<()> {
            let now = self.0;
            self.0 = now.wrapping_sub(1);
            if now == 0 {
                Err(io::Error::from(io::ErrorKind::StorageFull))
            } else {
                Ok(())
            }
        }
    }

    impl Steps for FailAt {
        fn create(&mut self, temp: &Path) -> io::Result<File> {
            self.step()?;
            Disk.create(temp)
        }
        fn fill(&mut self, file: &mut File, bytes: &[u8]) -> io::Result<()> {
            // A full disk takes a part first.
            let (part, _) = bytes.split_at(bytes.len() / 2);
            Disk.fill(file, part)?;
            self.step()?;
            Disk.fill(file, &bytes[part.len()..])
        }
        fn keep_mode(&mut self, file: &File, like: &fs::Metadata) -> io::Result<()> {
            self.step()?;
            Disk.keep_mode(file, like)
        }
        fn sync(&mut self, file: &File) -> io::Result<()> {
            self.step()?;
            Disk.sync(file)
        }
        fn rename(&mut self, temp: &Path, target: &Path) -> io::Result<()> {
            self.step()?;
            Disk.rename(temp, target)
        }
        fn sync_folder(&mut self, folder: &Path) -> io::Result<()> {
            self.step()?;
            Disk.sync_folder(folder)
        }
    }

    fn names(folder: &Path) -> Vec<OsString> {
        let mut names: Vec<_> = fs::read_dir(folder)
            .unwrap()
            .map(|entry| entry.unwrap().file_name())
            .collect();
        names.sort();
        names
    }

    #[test]
    fn a_new_file_appears_whole_and_alone() {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("a.txt.ron");
        let stamp = atomic_write(&path, b"one", Some(&Stamp::Absent)).unwrap();
        assert_eq!(fs::read(&path).unwrap(), b"one");
        assert_eq!(stamp, Stamp::of_file(&path).unwrap());
        assert_eq!(names(folder.path()), ["a.txt.ron"]);
    }

    /// Whatever step fails, the old file is whole, or the new one is, and nothing is left behind.
    #[test]
    fn a_failed_step_leaves_the_old_file() {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("a.txt.ron");
        fs::write(&path, b"the old file").unwrap();
        let mut failures = 0;
        for n in 0.. {
            let mut steps = FailAt(n);
            let result = write_by(&mut steps, &path, b"the new file", None);
            assert_eq!(names(folder.path()), ["a.txt.ron"], "step {n}");
            match result {
                Err(WriteError::Failed { .. }) => {
                    failures += 1;
                    assert_eq!(fs::read(&path).unwrap(), b"the old file", "step {n}");
                }
                Err(other) => panic!("{other}"),
                Ok(_) => {
                    assert_eq!(fs::read(&path).unwrap(), b"the new file", "step {n}");
                    break;
                }
            }
        }
        // Making, filling, mode, syncing, renaming.
        assert_eq!(failures, 5);
    }

    #[test]
    fn what_somebody_else_has_written_is_not_overwritten() {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("a.txt.ron");
        let stamp = atomic_write(&path, b"mine", None).unwrap();
        fs::write(&path, b"hers").unwrap();
        let error = atomic_write(&path, b"more", Some(&stamp)).unwrap_err();
        assert!(matches!(error, WriteError::Changed { .. }), "{error}");
        assert!(error.to_string().contains("a.txt.ron"));
        assert_eq!(fs::read(&path).unwrap(), b"hers");
        // Gone, and come from nowhere.
        fs::remove_file(&path).unwrap();
        assert!(matches!(
            atomic_write(&path, b"more", Some(&stamp)),
            Err(WriteError::Changed { .. })
        ));
        fs::write(&path, b"hers").unwrap();
        assert!(matches!(
            atomic_write(&path, b"more", Some(&Stamp::Absent)),
            Err(WriteError::Changed { .. })
        ));
        assert_eq!(names(folder.path()), ["a.txt.ron"]);
    }

    #[test]
    fn a_missing_folder_and_a_folder_in_the_way_are_errors() {
        let folder = tempfile::tempdir().unwrap();
        let lost = folder.path().join("gone").join("a.ron");
        let error = atomic_write(&lost, b"x", Some(&Stamp::Absent)).unwrap_err();
        assert!(matches!(error, WriteError::Failed { .. }), "{error}");
        let taken = folder.path().join("b.ron");
        fs::create_dir(&taken).unwrap();
        assert!(atomic_write(&taken, b"x", None).is_err());
        assert_eq!(names(folder.path()), ["b.ron"]);
    }

    #[test]
    fn a_temporary_file_left_from_before_is_not_in_the_way() {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("a.ron");
        let left = format!(".a.ron.{}.tmp", std::process::id());
        fs::write(folder.path().join(&left), b"left").unwrap();
        atomic_write(&path, b"x", None).unwrap();
        assert_eq!(fs::read(&path).unwrap(), b"x");
        assert_eq!(names(folder.path()), [OsString::from(left), "a.ron".into()]);
    }

    #[test]
    fn the_longest_name_can_be_written() {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("n".repeat(255));
        atomic_write(&path, b"x", None).unwrap();
        assert_eq!(fs::read(&path).unwrap(), b"x");
    }

    #[cfg(unix)]
    mod unix {
        use std::os::unix::fs::{PermissionsExt, symlink};

        use super::*;

        fn mode(path: &Path) -> u32 {
            fs::metadata(path).unwrap().permissions().mode() & 0o777
        }

        #[test]
        fn the_mode_stays() {
            let folder = tempfile::tempdir().unwrap();
            let path = folder.path().join("a.ron");
            fs::write(&path, b"old").unwrap();
            for kept in [0o664, 0o600, 0o640] {
                fs::set_permissions(&path, fs::Permissions::from_mode(kept)).unwrap();
                atomic_write(&path, b"new", None).unwrap();
                assert_eq!(mode(&path), kept);
            }
        }

        #[test]
        fn a_file_marked_read_only_is_left_alone() {
            let folder = tempfile::tempdir().unwrap();
            let path = folder.path().join("a.ron");
            fs::write(&path, b"old").unwrap();
            fs::set_permissions(&path, fs::Permissions::from_mode(0o444)).unwrap();
            let error = atomic_write(&path, b"new", None).unwrap_err();
            assert!(matches!(error, WriteError::ReadOnly { .. }), "{error}");
            assert_eq!(fs::read(&path).unwrap(), b"old");
        }

        #[test]
        fn links_are_written_through() {
            let folder = tempfile::tempdir().unwrap();
            let elsewhere = folder.path().join("elsewhere");
            fs::create_dir(&elsewhere).unwrap();
            let link = folder.path().join("a.ron");
            // To a file that is not there yet, by a way relative to the link.
            symlink("elsewhere/real.ron", &link).unwrap();
            atomic_write(&link, b"one", Some(&Stamp::Absent)).unwrap();
            atomic_write(&link, b"two", Some(&Stamp::of(b"one"))).unwrap();
            assert!(link.is_symlink());
            assert_eq!(fs::read(elsewhere.join("real.ron")).unwrap(), b"two");
            assert_eq!(names(&elsewhere), ["real.ron"]);
            let circle = folder.path().join("circle");
            symlink("circle", &circle).unwrap();
            assert!(atomic_write(&circle, b"x", None).is_err());
        }
    }
}
