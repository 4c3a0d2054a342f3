//! Every call that changes the file system, in one place, so that tests can let each of them fail
//! or be the last before the power fails.

use std::fs::{self, DirBuilder, File, Metadata, OpenOptions};
use std::io::{self, Write};
use std::path::{Path, PathBuf};

use super::access::{self, Access};

#[cfg(test)]
pub(crate) mod faults;

#[cfg(test)]
use faults::{call, write_all};

#[cfg(not(test))]
fn call<T>(act: impl FnOnce() -> io::Result<T>) -> io::Result<T> {
    act()
}

#[cfg(not(test))]
fn write_all(file: &mut File, bytes: &[u8]) -> io::Result<()> {
    file.write_all(bytes)
}

/// So many files are waited for at the same time: the disk does not work harder, only together.
#[cfg(not(test))]
const SYNCS: usize = 16;

/// A file that grows; each write is a call of its own.
#[derive(Debug)]
pub(super) struct Out(File);

impl Out {
    pub(super) fn file(&self) -> &File {
        &self.0
    }

    pub(super) fn into_file(self) -> File {
        self.0
    }
}

impl Write for Out {
    fn write(&mut self, bytes: &[u8]) -> io::Result<usize> {
        write_all(&mut self.0, bytes)?;
        Ok(bytes.len())
    }

    fn flush(&mut self) -> io::Result<()> {
        Ok(())
    }
}

/// Makes a file that is not there yet.
pub(super) fn create_new(path: &Path, access: Access<'_>) -> io::Result<Out> {
    open_as(
        path,
        access,
        OpenOptions::new().write(true).create_new(true),
    )
}

/// Opens a file to write at its end; makes it where it is not there.
pub(super) fn open_to_append(path: &Path, access: Access<'_>) -> io::Result<Out> {
    open_as(path, access, OpenOptions::new().append(true).create(true))
}

fn open_as(path: &Path, access: Access<'_>, options: &mut OpenOptions) -> io::Result<Out> {
    call(|| {
        #[cfg(unix)]
        {
            use std::os::unix::fs::OpenOptionsExt;
            options.mode(access.first_mode());
        }
        let _ = access;
        options.open(path)
    })
    .map(Out)
}

/// Opens a device or a pipe to be written to.
pub(super) fn open_stream(path: &Path) -> io::Result<Out> {
    call(|| OpenOptions::new().write(true).open(path)).map(Out)
}

/// Gives a file the access that one in its place had.
pub(super) fn copy_access(file: &Out, old: &Metadata, path: &Path) -> io::Result<()> {
    call(|| access::copy_access(&file.0, old, path))
}

/// Gives a new file its access.
pub(super) fn settle_access(file: &Out, access: Access<'_>) -> io::Result<()> {
    match access {
        Access::Private | Access::Usual => Ok(()),
        Access::Like(_) => call(|| access.settle(&file.0)),
    }
}

/// Takes a file from those who may not read the one it is beside.
pub(super) fn narrow_access(file: &Out, access: Access<'_>) -> io::Result<()> {
    match access {
        Access::Private | Access::Usual => Ok(()),
        Access::Like(like) => call(|| access::narrow(&file.0, like)),
    }
}

/// As [`narrow_access`], of a file that stays as it is.
pub(super) fn narrow_access_of(path: &Path, like: &Path) -> io::Result<()> {
    call(|| access::narrow(&File::open(path)?, like))
}

/// Gives a file that is there the access a new one would get.
pub(super) fn set_access(path: &Path, access: Access<'_>) -> io::Result<()> {
    call(|| access.settle(&File::open(path)?))
}

/// Lets those who may read `like` read a file, too.
pub(super) fn widen_access(path: &Path, like: &Path) -> io::Result<()> {
    #[cfg(unix)]
    {
        use std::os::unix::fs::{MetadataExt, PermissionsExt};
        let (there, like) = (fs::metadata(path)?, fs::metadata(like)?);
        let readers = if there.gid() == like.gid() {
            0o044
        } else {
            0o004
        };
        let mode = there.permissions().mode() & 0o777;
        let wider = mode | like.permissions().mode() & readers;
        if wider != mode {
            return call(|| fs::set_permissions(path, fs::Permissions::from_mode(wider)));
        }
    }
    let _ = (path, like);
    Ok(())
}

/// Whether others than its owner may do anything with a file or folder.
pub(super) fn is_open_to_others(path: &Path) -> bool {
    #[cfg(unix)]
    {
        use std::os::unix::fs::PermissionsExt;
        let found = fs::symlink_metadata(path);
        found.is_ok_and(|found| !found.is_symlink() && found.permissions().mode() & 0o077 != 0)
    }
    #[cfg(not(unix))]
    {
        let _ = path;
        false
    }
}

/// Takes a file or folder of this user's away from everybody else.
pub(super) fn make_private(path: &Path) {
    #[cfg(unix)]
    {
        use std::os::unix::fs::PermissionsExt;
        let Ok(found) = fs::symlink_metadata(path) else {
            return;
        };
        let mode = found.permissions().mode();
        if !found.is_symlink() && mode & 0o077 != 0 {
            let private = fs::Permissions::from_mode(mode & 0o700);
            if let Err(error) = call(|| fs::set_permissions(path, private)) {
                log::debug!("{}: {error}", path.display());
            }
        }
    }
    let _ = path;
}

/// Waits until all of a file is on the disk.
pub(super) fn sync(file: &Out) -> io::Result<()> {
    call(|| file.0.sync_all())
}

/// Waits until what a file holds is on the disk.
pub(super) fn sync_data(file: &Out) -> io::Result<()> {
    call(|| file.0.sync_data())
}

/// Cuts a file off after so many bytes; what is written next follows there.
pub(super) fn truncate(file: &mut Out, bytes: u64) -> io::Result<()> {
    call(|| {
        file.0.set_len(bytes)?;
        io::Seek::seek(&mut file.0, io::SeekFrom::Start(bytes)).map(drop)
    })
}

/// Gives a file another name, in place of what has that name.
pub(super) fn rename(from: &Path, to: &Path) -> io::Result<()> {
    call(|| patiently(|| fs::rename(from, to)))
}

/// Gives a file one more name, which nothing has yet.
pub(super) fn hard_link(file: &Path, name: &Path) -> io::Result<()> {
    call(|| fs::hard_link(file, name))
}

/// Windows refuses while another program (often one that looks for viruses) has the file open: tries
/// for about a second.
#[cfg(windows)]
fn patiently(rename: impl Fn() -> io::Result<()>) -> io::Result<()> {
    use std::time::Duration;
    // ERROR_ACCESS_DENIED, ERROR_SHARING_VIOLATION, ERROR_LOCK_VIOLATION
    let busy = |error: &io::Error| matches!(error.raw_os_error(), Some(5 | 32 | 33));
    for wait in [10, 20, 40, 80, 160, 320, 400] {
        match rename() {
            Err(error) if busy(&error) => std::thread::sleep(Duration::from_millis(wait)),
            done => return done,
        }
    }
    rename()
}

#[cfg(not(windows))]
fn patiently(rename: impl Fn() -> io::Result<()>) -> io::Result<()> {
    rename()
}

/// Waits until the names in a folder are on the disk. Other systems than Unix see to it themselves.
pub(super) fn sync_folder(folder: &Path) -> io::Result<()> {
    call(|| {
        #[cfg(unix)]
        File::open(folder)?.sync_all()?;
        let _ = folder;
        Ok(())
    })
}

/// Removes a file.
pub(super) fn remove(path: &Path) -> io::Result<()> {
    call(|| fs::remove_file(path))
}

/// Makes a folder and those it is in, where they are not there.
pub(super) fn make_folder(path: &Path, access: Access<'_>) -> io::Result<()> {
    if path.is_dir() {
        return Ok(());
    }
    call(|| {
        let mut builder = DirBuilder::new();
        builder.recursive(true);
        #[cfg(unix)]
        if access == Access::Private {
            use std::os::unix::fs::DirBuilderExt;
            builder.mode(0o700);
        }
        builder.create(path)?;
        #[cfg(unix)]
        if matches!(access, Access::Like(_)) {
            access.settle(&File::open(path)?)?;
        }
        Ok(())
    })
}

/// Makes a folder that is not there yet, for this user only.
pub(super) fn make_new_folder(path: &Path) -> io::Result<()> {
    call(|| {
        let mut builder = DirBuilder::new();
        #[cfg(unix)]
        {
            use std::os::unix::fs::DirBuilderExt;
            builder.mode(0o700);
        }
        builder.create(path)
    })
}

/// Removes a folder if it is empty.
pub(super) fn remove_folder(path: &Path) -> io::Result<()> {
    call(|| fs::remove_dir(path))
}

/// Waits until all of many files are on the disk, at the same time rather than one by one.
pub(super) fn sync_files(paths: &[PathBuf]) -> io::Result<()> {
    let sync = |path: &PathBuf| call(|| OpenOptions::new().write(true).open(path)?.sync_all());
    #[cfg(not(test))]
    if let Ok(waiting) = rayon::ThreadPoolBuilder::new().num_threads(SYNCS).build() {
        use rayon::prelude::*;
        return waiting.install(|| paths.par_iter().try_for_each(sync));
    }
    paths.iter().try_for_each(sync)
}
