use std::fs;
use std::io;
use std::path::Path;

use super::WriteError;
use super::replacement::folder_of;

/// Refuses a place below a folder that links lead out of it: a link in a shared folder could let
/// anything be written anywhere. `root` is canonical.
pub(super) fn confine(root: &Path, to: &Path) -> Result<(), WriteError> {
    let there = to
        .ancestors()
        .skip(1)
        .find(|above| fs::symlink_metadata(above).is_ok());
    let inside =
        there.is_none_or(|above| fs::canonicalize(above).is_ok_and(|real| real.starts_with(root)));
    match inside {
        true => Ok(()),
        false => Err(WriteError::failed(to, outside())),
    }
}

/// The same for what is there already, which may be a link itself.
pub(super) fn confine_file(root: &Path, to: &Path) -> Result<(), WriteError> {
    confine(root, to)?;
    match leads_out(to, root) {
        true => Err(WriteError::failed(to, outside())),
        false => Ok(()),
    }
}

/// Whether a file is a link to something outside a folder.
#[must_use]
pub fn leads_out(path: &Path, root: &Path) -> bool {
    if !fs::symlink_metadata(path).is_ok_and(|found| found.is_symlink()) {
        return false;
    }
    let here = Path::new(".");
    let root = if root.as_os_str().is_empty() {
        here
    } else {
        root
    };
    // What it leads to may not be there yet.
    let folder = || {
        let to = folder_of(path).join(fs::read_link(path)?);
        fs::canonicalize(folder_of(&to))
    };
    let real = fs::canonicalize(path).or_else(|_| folder());
    match (real, fs::canonicalize(root)) {
        (Ok(real), Ok(root)) => !real.starts_with(root),
        _ => true,
    }
}

/// What has a name and is no file itself, in words; `None`: a file has it, or nothing.
#[must_use]
pub fn not_a_file(path: &Path) -> Option<&'static str> {
    let found = fs::symlink_metadata(path).ok()?.file_type();
    if found.is_file() {
        None
    } else if found.is_symlink() && !path.exists() {
        Some("a link to something that is not there")
    } else if found.is_symlink() {
        Some("a link")
    } else if found.is_dir() {
        Some("a folder")
    } else {
        Some("a pipe or a device")
    }
}

pub(super) fn outside() -> io::Error {
    io::Error::other("a link leads out of the folder, and links out of it are not followed")
}
