use crate::edit::{Context, Refusal};
use crate::model::{AnnotationId, Transaction};

/// Adds the selection or the continuation.
///
/// # Errors
/// [`Refusal`]
pub fn add_fragment(ctx: &Context<'_>, tag: &AnnotationId) -> Result<Transaction, Refusal> {
    let _ = (ctx, tag);
    Err(Refusal::new("not yet"))
}
