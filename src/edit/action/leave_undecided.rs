use crate::edit::{Context, Refusal};
use crate::model::{AnnotationId, Transaction};

/// Takes the pre-filled speaker away.
///
/// # Errors
/// [`Refusal`]
pub fn leave_undecided(ctx: &Context<'_>, tag: &AnnotationId) -> Result<Transaction, Refusal> {
    let _ = (ctx, tag);
    Err(Refusal::new("not yet"))
}
