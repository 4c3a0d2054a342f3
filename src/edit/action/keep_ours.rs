use super::with_tag;
use crate::edit::{Context, Refusal};
use crate::model::{
    AnnotationId, Change, Delta, RecordClash, Selection, Transaction, UnreadRecord,
};

/// Removes the other record of a conflict and keeps the one that is there; undo restores it.
///
/// # Errors
/// [`Refusal`] where the record is gone or clashes with nothing.
pub fn keep_ours(ctx: &Context<'_>, record: &UnreadRecord) -> Result<Transaction, Refusal> {
    let clash = require(ctx, record)?;
    Ok(Transaction {
        label: format!("kept `{}`", clash.id),
        changes: vec![Change::Unread(Delta::remove(record.clone()))],
        selection_after: show(ctx, record),
    })
}

/// What a record clashes with.
pub(super) fn require<'a>(
    ctx: &Context<'_>,
    record: &'a UnreadRecord,
) -> Result<&'a RecordClash, Refusal> {
    match &record.clash {
        _ if !ctx.document.unread().contains(record) => {
            Err(Refusal::new("this is already decided"))
        }
        Some(clash) => Ok(clash),
        None => Err(Refusal::new(
            "this record cannot be read; it is kept in the sidecar",
        )),
    }
}

/// The tag a clash is about as the current one.
pub(super) fn show(ctx: &Context<'_>, record: &UnreadRecord) -> Option<Selection> {
    let tag = AnnotationId::new(record.clash.as_ref()?.id.clone());
    let is_tag = record.list == "annotations" && ctx.document.set().annotation(&tag).is_some();
    is_tag.then(|| with_tag(ctx, &tag))
}
