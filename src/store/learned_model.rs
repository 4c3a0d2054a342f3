//! Models that were learned from tags: one file for each folder, in the user's state folder, never in the
//! corpus.

use std::io;
use std::path::{Path, PathBuf};

use super::access::Access;
use super::read_limited::read_limited;
use super::state_dir::folder_for;
use super::{ReadError, WriteError, atomic_write, disk};

/// The largest model that is read, in bytes.
const MAX_MODEL_BYTES: u64 = 64 * 1024 * 1024;

const FOLDER: &str = "models";

/// Where the model of a folder of articles is kept.
#[must_use]
pub fn model_file(state: &Path, folder: &Path) -> PathBuf {
    let mut path = folder_for(state, FOLDER, folder).into_os_string();
    path.push(".json");
    path.into()
}

/// Reads the file of a model.
///
/// # Errors
/// [`ReadError`] where it is not there, too large or not UTF-8.
pub fn read_model_file(path: &Path) -> Result<String, ReadError> {
    let bytes = read_limited(path, MAX_MODEL_BYTES)?;
    String::from_utf8(bytes).map_err(|error| ReadError::Unreadable {
        path: path.to_owned(),
        error: io::Error::new(io::ErrorKind::InvalidData, error),
    })
}

/// Writes the file of a model for the user alone, completely or not at all; makes its folder.
///
/// # Errors
/// [`WriteError`] where the folder cannot be written.
pub fn write_model_file(path: &Path, json: &str) -> Result<(), WriteError> {
    if let Some(folder) = path.parent() {
        disk::make_folder(folder, Access::Private)
            .map_err(|error| WriteError::failed(folder, error))?;
    }
    atomic_write(path, json.as_bytes(), None, Access::Private)?;
    Ok(())
}

/// Removes the file of a model; `false` where there is none.
///
/// # Errors
/// [`WriteError`] where it stays.
pub fn remove_model_file(path: &Path) -> Result<bool, WriteError> {
    match disk::remove(path) {
        Ok(()) => Ok(true),
        Err(error) if error.kind() == io::ErrorKind::NotFound => Ok(false),
        Err(error) => Err(WriteError::failed(path, error)),
    }
}
