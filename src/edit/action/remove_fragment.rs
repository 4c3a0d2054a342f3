use crate::edit::{Context, Refusal};
use crate::model::{AnnotationId, Transaction};

/// Takes a fragment off.
///
/// # Errors
/// [`Refusal`]
pub fn remove_fragment(
    ctx: &Context<'_>,
    tag: &AnnotationId,
    index: usize,
) -> Result<Transaction, Refusal> {
    let _ = (ctx, tag, index);
    Err(Refusal::new("not yet"))
}
