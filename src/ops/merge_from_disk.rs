use std::path::{Path, PathBuf};

use super::DocumentFiles;
use super::merge_summary::merge_summary;
use super::reanchor::on_new_text;
use super::sidecar_versions::keep_version;
use crate::format::sidecar::merge::{Clash, MergeError, merge};
use crate::format::sidecar::{self, VERSION};
use crate::model::{Change, Delta, Document, Sittings, Transaction, document_diff};
use crate::store::{FileFingerprint, ReadError, confine_beside, sidecar_file};

/// What to bring together with what is on disk.
#[derive(Debug, Clone, Copy)]
pub struct MergeRequest<'a> {
    /// The document as it was last loaded or saved.
    pub base: &'a Document,
    /// The document as it is now.
    pub ours: &'a Document,
    /// Where it is.
    pub files: &'a DocumentFiles,
}

/// What someone else has written, as a step of the open document.
#[derive(Debug, Clone)]
pub struct MergedFromDisk {
    /// The merge, to apply to `ours`; empty if there is nothing new.
    pub transaction: Transaction,
    /// Where both changed one thing: both versions are in the document.
    pub clashes: Vec<Clash>,
    /// Times of work on either side, for [`super::OpenDocument::add_sittings`].
    pub sittings: Sittings,
    /// What the sidecar on disk looks like: expect this when saving.
    pub fingerprint: FileFingerprint,
    /// What is on disk: the base of the next merge.
    pub base: Document,
}

/// Why what is on disk cannot be merged. Nothing has changed.
#[derive(Debug, thiserror::Error)]
pub enum MergeFromDiskError {
    /// It cannot be read.
    #[error(transparent)]
    Read(#[from] ReadError),
    /// It is no sidecar any more.
    #[error("{}: {error}", path.display())]
    NotASidecar {
        /// The sidecar.
        path: PathBuf,
        /// What is wrong with it.
        error: sidecar::SidecarError,
    },
    /// It is damaged.
    #[error(
        "{} is damaged, so nothing was merged; reload it to see what is left, or save over it (a \
         copy is kept)",
        .0.display()
    )]
    Damaged(PathBuf),
    /// A newer version wrote it.
    #[error(
        "{} was written by a newer version of Pullquote (this one writes version {VERSION}); \
         update Pullquote to edit it",
        .0.display()
    )]
    Newer(PathBuf),
    /// It is about another text than the open one.
    #[error(
        "{} belongs to another version of the article; reload the article so that the tags follow \
         it",
        .0.display()
    )]
    OtherText(PathBuf),
    /// Something would be removed that is kept nowhere else.
    #[error(
        "{}: the disk lacks tags that are open here, and no copy of yours can be kept: {reason}",
        path.display()
    )]
    NoCopy {
        /// The sidecar.
        path: PathBuf,
        /// Why.
        reason: String,
    },
    /// The two cannot be made one.
    #[error("{}: {error}", path.display())]
    Merge {
        /// The sidecar.
        path: PathBuf,
        /// Why.
        error: MergeError,
    },
}

/// Makes one of the open document and what is on disk, as one step that can be undone. Nothing is
/// written; where the document has no unsaved change, the step is all that is new on disk.
///
/// # Errors
/// [`MergeFromDiskError`], in words.
pub fn merge_from_disk(request: &MergeRequest<'_>) -> Result<MergedFromDisk, MergeFromDiskError> {
    let MergeRequest { base, ours, files } = request;
    let path = &files.sidecar;
    confine_beside(&files.article, path)?;
    let Some(loaded) = sidecar_file::load(path)? else {
        // The file was removed. What is here stays; none of it is on disk.
        return Ok(MergedFromDisk {
            transaction: Transaction::default(),
            clashes: Vec::new(),
            sittings: Sittings::default(),
            fingerprint: FileFingerprint::Absent,
            base: Document::new(ours.source().clone()),
        });
    };
    let (theirs, base) = match read(path, &loaded.bytes, ours) {
        // We have edited the text since; they are still about the one on disk.
        Err(MergeFromDiskError::OtherText(_)) if base.source() != ours.source() => {
            let theirs = read(path, &loaded.bytes, base)?;
            let followed = |document: &Document| {
                on_new_text(document, ours.source()).map_err(|error| {
                    MergeFromDiskError::NotASidecar {
                        path: path.clone(),
                        error,
                    }
                })
            };
            (followed(&theirs)?, followed(base)?)
        }
        theirs => (theirs?, (*base).clone()),
    };
    let name = files.article.file_name().unwrap_or_default();
    let merged = merge_documents(path, Some(&base), ours, &theirs, "disk", name)?;
    Ok(MergedFromDisk {
        transaction: merged.transaction,
        clashes: merged.clashes,
        sittings: merged.sittings,
        fingerprint: loaded.fingerprint,
        base: theirs,
    })
}

/// Keeps what is open as an earlier version in the folder `state`, if the merge removes something of
/// it.
///
/// # Errors
/// [`MergeFromDiskError::NoCopy`] where the copy cannot be written.
pub fn keep_before_merge(
    request: &MergeRequest<'_>,
    merged: &MergedFromDisk,
    state: &Path,
) -> Result<(), MergeFromDiskError> {
    if merged.transaction.changes.iter().any(removes) {
        let kept = keep_version(request.ours, request.files, state);
        kept.map_err(|error| MergeFromDiskError::NoCopy {
            path: request.files.sidecar.clone(),
            reason: error.to_string(),
        })?;
    }
    Ok(())
}

/// Whether a change takes something away: a record, or what one said before.
fn removes(change: &Change) -> bool {
    fn had<T>(delta: &Delta<T>) -> bool {
        delta.before.is_some()
    }
    match change {
        Change::Annotation(delta) => had(delta),
        Change::Link(delta) => had(delta),
        Change::Person(delta) => had(delta),
        Change::PeerReview(delta) => had(delta),
        Change::Decision(delta) => had(delta),
        Change::Suppression(delta) => had(delta),
        Change::Meta(delta) => had(delta),
        Change::Unread(delta) => had(delta),
        Change::Source(delta) => had(delta),
    }
}

/// A sidecar that is whole, of a version we know and about the same text as `ours`.
pub(super) fn read(
    path: &Path,
    bytes: &[u8],
    ours: &Document,
) -> Result<Document, MergeFromDiskError> {
    let contents = sidecar::read_bytes(bytes, ours.source()).map_err(|error| {
        MergeFromDiskError::NotASidecar {
            path: path.to_owned(),
            error,
        }
    })?;
    match () {
        () if contents.newer => Err(MergeFromDiskError::Newer(path.to_owned())),
        () if contents.salvaged => Err(MergeFromDiskError::Damaged(path.to_owned())),
        () if !contents.source_matches => Err(MergeFromDiskError::OtherText(path.to_owned())),
        () => {
            let annotator = ours.meta().annotator.as_deref();
            Ok(contents.into_document(ours.source().clone(), annotator))
        }
    }
}

/// Two documents made one.
pub(super) struct MergedDocuments {
    /// Takes theirs into ours.
    pub(super) transaction: Transaction,
    /// Where both changed one thing.
    pub(super) clashes: Vec<Clash>,
    /// Times of work on either side, which no step changes.
    pub(super) sittings: Sittings,
}

/// Takes `theirs` into `ours`.
pub(super) fn merge_documents(
    path: &Path,
    base: Option<&Document>,
    ours: &Document,
    theirs: &Document,
    from: &str,
    name: &std::ffi::OsStr,
) -> Result<MergedDocuments, MergeFromDiskError> {
    let (result, clashes) = merged_document(path, base, ours, theirs, name)?;
    let changes = document_diff(ours, &result);
    let transaction = Transaction {
        label: merge_summary(&changes, from),
        changes,
        selection_after: None,
    };
    Ok(MergedDocuments {
        transaction,
        clashes,
        sittings: result.sittings().clone(),
    })
}

/// Both in one document, and where both changed one thing.
pub(super) fn merged_document(
    path: &Path,
    base: Option<&Document>,
    ours: &Document,
    theirs: &Document,
    name: &std::ffi::OsStr,
) -> Result<(Document, Vec<Clash>), MergeFromDiskError> {
    let name = name.to_string_lossy();
    let write = |document: &Document| sidecar::write(document, &name);
    let base = base.map(write);
    let base = base.as_ref().map(String::as_bytes);
    let merged = merge(base, write(ours).as_bytes(), write(theirs).as_bytes());
    let merged = merged.map_err(|error| MergeFromDiskError::Merge {
        path: path.to_owned(),
        error,
    })?;
    let result = read(path, merged.text.as_bytes(), ours)?;
    Ok((result, merged.clashes))
}
