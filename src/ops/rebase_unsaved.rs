use super::merge_from_disk::merge_documents;
use super::reanchor::on_new_text;
use super::{MergeFromDiskError, Opened};
use crate::model::{Document, Transaction};

/// The unsaved changes of an open article, as a step on the article as it was read again. What both
/// have changed differently is in the document twice, for someone to decide. `base` is what was
/// last known to be on disk, `ours` what is open; both may be about another text.
///
/// # Errors
/// [`MergeFromDiskError`] if the two cannot be merged.
pub fn rebase_unsaved(
    base: &Document,
    ours: &Document,
    opened: &Opened,
) -> Result<Transaction, MergeFromDiskError> {
    let path = &opened.files.sidecar;
    let now = opened.start();
    let now = now.document();
    let on_text = |document: &Document| {
        if document.source() == now.source() {
            return Ok(document.clone());
        }
        on_new_text(document, now.source()).map_err(|error| MergeFromDiskError::NotASidecar {
            path: path.clone(),
            error,
        })
    };
    let (base, ours) = (on_text(base)?, on_text(ours)?);
    let name = opened.files.article.file_name().unwrap_or_default();
    let merged = merge_documents(path, Some(&base), now, &ours, "the unsaved work", name)?;
    Ok(merged.transaction)
}
