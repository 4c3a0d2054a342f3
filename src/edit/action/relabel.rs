use crate::edit::{Context, Refusal};
use crate::model::{AnnotationId, Transaction};

/// Gives a tag another label.
///
/// # Errors
/// [`Refusal`]
pub fn relabel(ctx: &Context<'_>, tag: &AnnotationId, label: &str) -> Result<Transaction, Refusal> {
    let _ = (ctx, tag, label);
    Err(Refusal::new("not yet"))
}
