use super::DocumentFiles;
use crate::store::{FileFingerprint, ReadError};

/// What others have done to the files of an article since they were read or written here.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct ExternalChanges {
    /// The fingerprint of the sidecar, if it has changed; [`FileFingerprint::Absent`]: it is gone.
    pub sidecar: Option<FileFingerprint>,
    /// The same of the article.
    pub article: Option<FileFingerprint>,
}

impl ExternalChanges {
    /// Whether nothing has happened.
    #[must_use]
    pub fn is_quiet(&self) -> bool {
        *self == Self::default()
    }
}

/// Checks the files of an article. Reads both completely: time stamps are not reliable on shared
/// folders.
///
/// # Errors
/// [`ReadError`] where one is there but cannot be read.
pub fn external_changes(files: &DocumentFiles) -> Result<ExternalChanges, ReadError> {
    let changed = |path, was| -> Result<Option<FileFingerprint>, ReadError> {
        let now = FileFingerprint::of_file(path)?;
        Ok((now != was).then_some(now))
    };
    Ok(ExternalChanges {
        sidecar: changed(&files.sidecar, files.fingerprint)?,
        article: changed(&files.article, files.on_disk.fingerprint)?,
    })
}
