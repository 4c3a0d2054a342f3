use std::fs;
use std::io;
use std::path::Path;

use super::WriteError;

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

pub(super) fn outside() -> io::Error {
    io::Error::other("a link leads out of the folder, and links out of it are not followed")
}
