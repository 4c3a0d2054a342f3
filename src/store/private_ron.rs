//! Files of a user's own in RON: settings, how the window was left,
//! places in articles, drafts.

use std::io;
use std::path::Path;

use ron::extensions::Extensions;
use serde::Serialize;

use super::access::Access;
use super::{WriteError, atomic_write, disk};

/// Writes a file for the user alone, replaced completely or not at all; makes its folder.
///
/// # Errors
/// [`WriteError`] where the folder cannot be written.
pub(super) fn write_private<T: Serialize + ?Sized>(
    path: &Path,
    what: &T,
) -> Result<(), WriteError> {
    let pretty = ron::ser::PrettyConfig::default().extensions(Extensions::IMPLICIT_SOME);
    let text = ron::ser::to_string_pretty(what, pretty)
        .map_err(|error| WriteError::failed(path, io::Error::other(error)))?;
    if let Some(folder) = path.parent() {
        disk::make_folder(folder, Access::Private)
            .map_err(|error| WriteError::failed(folder, error))?;
    }
    atomic_write(path, format!("{text}\n").as_bytes(), None, Access::Private)?;
    Ok(())
}
