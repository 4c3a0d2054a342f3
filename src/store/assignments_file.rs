//! Where it stands who is to tag what.

use std::fs;
use std::path::{Path, PathBuf};

use super::confine::leads_out;
use super::project_folder::find_schema;
use super::read_error::ReadError;
use super::replacement::folder_of;
use super::sidecar_file::{self, LoadedSidecar};
use crate::format::{assignments, schema_file};

/// The file that says who is to tag what in a folder: the nearest from there upwards, else where one would be,
/// beside the schema that holds there or in the folder.
#[must_use]
pub fn find_assignments(folder: &Path) -> PathBuf {
    let folder = std::path::absolute(folder).unwrap_or_else(|_| folder.to_owned());
    let there = folder
        .ancestors()
        .map(|above| above.join(assignments::FILE_NAME))
        .find(|path| fs::symlink_metadata(path).is_ok());
    there.unwrap_or_else(|| {
        let schema = find_schema(&folder.join(schema_file::FILE_NAME));
        let project = schema.as_deref().map_or(&*folder, folder_of);
        project.join(assignments::FILE_NAME)
    })
}

/// Reads a file of assignments; `None` where there is none. A link out of its folder is not followed.
///
/// # Errors
/// [`ReadError`] in words.
pub fn load_assignments(path: &Path) -> Result<Option<LoadedSidecar>, ReadError> {
    if leads_out(path, folder_of(path)) {
        return Err(ReadError::LinkOutside { path: path.into() });
    }
    sidecar_file::load(path)
}
