use crate::edit::{Context, Refusal};
use crate::model::{AnnotationId, Transaction};

/// Deletes a tag.
///
/// # Errors
/// [`Refusal`]
pub fn delete(ctx: &Context<'_>, tag: &AnnotationId) -> Result<Transaction, Refusal> {
    let _ = (ctx, tag);
    Err(Refusal::new("not yet"))
}
