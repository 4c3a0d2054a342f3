use crate::edit::{Context, Refusal};
use crate::model::{AnnotationId, Review, Transaction};

/// Marks a tag in review.
///
/// # Errors
/// [`Refusal`]
pub fn review(
    ctx: &Context<'_>,
    tag: &AnnotationId,
    review: Review,
) -> Result<Transaction, Refusal> {
    let _ = (ctx, tag, review);
    Err(Refusal::new("not yet"))
}
