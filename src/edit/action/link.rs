use crate::edit::{Context, Refusal};
use crate::model::{AnnotationId, IdSource, Target, Transaction};

/// Links a tag to a target and confirms.
///
/// # Errors
/// [`Refusal`]
pub fn link(
    ctx: &Context<'_>,
    from: &AnnotationId,
    to: &Target,
    add: bool,
    ids: &mut dyn IdSource,
) -> Result<Transaction, Refusal> {
    let _ = (ctx, from, to, add, ids);
    Err(Refusal::new("not yet"))
}
