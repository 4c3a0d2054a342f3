use crate::edit::{Context, Refusal};
use crate::model::{IdSource, Transaction};

/// Tags the selection, or the natural unit at the caret, with the label.
///
/// # Errors
/// [`Refusal`]
pub fn tag(ctx: &Context<'_>, label: &str, ids: &mut dyn IdSource) -> Result<Transaction, Refusal> {
    let _ = (ctx, label, ids);
    Err(Refusal::new("not yet"))
}
