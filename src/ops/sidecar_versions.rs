//! The versions of a sidecar that were read or written on this machine, and copies of them.

use std::path::{Path, PathBuf};

use super::DocumentFiles;
use crate::format::sidecar;
use crate::model::Document;
use crate::store::{
    FileFingerprint, WriteError, backup, backups, known_versions, note_version, sidecar_file,
};

/// What is known of a sidecar that was just read.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct SidecarVersions {
    /// The versions that were read or written here before, without the one on disk.
    pub earlier: Vec<FileFingerprint>,
    /// Whether the disk holds an earlier version again.
    pub went_back: bool,
    /// A copy of the latest version, where the disk holds an earlier one and there is a copy.
    pub latest: Option<PathBuf>,
}

/// Finds out whether a sidecar that was just read is an earlier version again, and remembers that it
/// was read.
#[must_use]
pub fn sidecar_versions(files: &DocumentFiles, state: &Path) -> SidecarVersions {
    let now = files.fingerprint;
    let mut earlier = known_versions(&files.sidecar, state);
    let last = earlier.last().copied();
    let went_back = last.is_some_and(|last| last != now) && earlier.contains(&now);
    earlier.retain(|version| *version != now);
    note_sidecar_version(files, state);
    SidecarVersions {
        earlier,
        went_back,
        latest: last
            .filter(|_| went_back)
            .and_then(|last| copy_of(&last, files, state)),
    }
}

/// Remembers the version of a sidecar that was read or written last.
pub fn note_sidecar_version(files: &DocumentFiles, state: &Path) {
    if let Err(error) = note_version(&files.sidecar, &files.fingerprint, state) {
        log::warn!("this version of the tags is not remembered: {error}");
    }
}

fn copy_of(version: &FileFingerprint, files: &DocumentFiles, state: &Path) -> Option<PathBuf> {
    let copies = backups(&files.sidecar, state).into_iter();
    let mut copies = copies.map(|copy| copy.path);
    copies.find(|copy| FileFingerprint::of_file(copy).is_ok_and(|found| found == *version))
}

/// Keeps a document as an earlier version of its sidecar. Returns where.
///
/// # Errors
/// [`WriteError`] where the copy cannot be written.
pub fn keep_version(
    document: &Document,
    files: &DocumentFiles,
    state: &Path,
) -> Result<PathBuf, WriteError> {
    let name = files.article.file_name().unwrap_or_default();
    let text = sidecar::write(document, &name.to_string_lossy());
    backup(&files.sidecar, text.as_bytes(), state)
}

/// Keeps a sidecar as it is on disk as an earlier version; nothing where there is none.
///
/// # Errors
/// [`WriteError`] where it cannot be read or the copy cannot be written.
pub fn keep_version_on_disk(files: &DocumentFiles, state: &Path) -> Result<(), WriteError> {
    match sidecar_file::load(&files.sidecar)? {
        Some(loaded) => backup(&files.sidecar, &loaded.bytes, state).map(drop),
        None => Ok(()),
    }
}
