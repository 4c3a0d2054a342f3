use std::path::{Path, PathBuf};

use super::DocumentFiles;
use super::merge_from_disk::{MergeFromDiskError, merge_documents, read};
use crate::format::sidecar::merge::Clash;
use crate::model::{Document, Sittings, Transaction};
use crate::store::{
    CopyKind, FileFingerprint, ReadError, WriteError, confine_beside, conflict_copies, is_merged,
    note_merged, private_state_dir, sidecar_file,
};

/// A copy of the sidecar beside it with records that the sidecar lacks.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ConflictCopy {
    /// The copy.
    pub path: PathBuf,
    /// Who makes such copies.
    pub kind: CopyKind,
    /// How many changes it brings; 0 where it cannot be merged, see [`Self::problem`].
    pub adds: usize,
    /// Why it cannot be merged, in words.
    pub problem: Option<String>,
}

/// A copy as a step of the open document.
#[derive(Debug, Clone)]
pub struct MergedCopy {
    /// Takes it in; empty where there is nothing new.
    pub transaction: Transaction,
    /// Where both differ, both versions are in the document.
    pub clashes: Vec<Clash>,
    /// Times of work on either side, for [`super::OpenDocument::add_sittings`].
    pub sittings: Sittings,
    /// What the copy looked like; for [`note_copy_merged`].
    pub copy: FileFingerprint,
}

/// Merges a conflict copy of the sidecar into the open document. The common ancestor is unknown, so
/// nothing counts as deleted. Nothing is written, the copy stays.
///
/// # Errors
/// [`MergeFromDiskError`], in words.
pub fn merge_copy(
    ours: &Document,
    files: &DocumentFiles,
    copy: &Path,
) -> Result<MergedCopy, MergeFromDiskError> {
    confine_beside(&files.article, copy)?;
    let loaded = sidecar_file::load(copy)?.ok_or_else(|| ReadError::Missing {
        path: copy.to_owned(),
    })?;
    let theirs = read(copy, &loaded.bytes, ours)?;
    let name = files.article.file_name().unwrap_or_default();
    let merged = merge_documents(copy, None, ours, &theirs, "a copy", name)?;
    Ok(MergedCopy {
        transaction: merged.transaction,
        clashes: merged.clashes,
        sittings: merged.sittings,
        copy: loaded.fingerprint,
    })
}

/// Remembers that a copy has been merged, so that it is not offered again. Call it when the merged
/// document is saved.
///
/// # Errors
/// [`WriteError`] where the state folder cannot be written.
pub fn note_copy_merged(files: &DocumentFiles, copy: &FileFingerprint) -> Result<(), WriteError> {
    note_copy_merged_in(files, copy, private_state_dir().as_deref())
}

/// [`note_copy_merged`] with the folder that remembers.
///
/// # Errors
/// As [`note_copy_merged`].
pub fn note_copy_merged_in(
    files: &DocumentFiles,
    copy: &FileFingerprint,
    state: Option<&Path>,
) -> Result<(), WriteError> {
    match state {
        Some(state) => note_merged(&files.sidecar, copy, state),
        None => Ok(()),
    }
}

/// The copies beside a sidecar with something new.
pub(super) fn copies_worth_merging(
    document: &Document,
    files: &DocumentFiles,
    state: Option<&Path>,
) -> Vec<ConflictCopy> {
    let mut found = Vec::new();
    for copy in conflict_copies(&files.sidecar) {
        let merged = merge_copy(document, files, &copy.path);
        let (adds, problem) = match merged {
            Ok(merged) => {
                let known =
                    state.is_some_and(|state| is_merged(&files.sidecar, &merged.copy, state));
                if known || merged.transaction.changes.is_empty() {
                    continue;
                }
                (merged.transaction.changes.len(), None)
            }
            Err(error) => (0, Some(error.to_string())),
        };
        found.push(ConflictCopy {
            path: copy.path,
            kind: copy.kind,
            adds,
            problem,
        });
    }
    found
}
