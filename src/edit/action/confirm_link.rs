use crate::edit::{Context, Refusal};
use crate::model::{AnnotationId, IdSource, Transaction};

/// Confirms the pre-filled links of a tag.
///
/// # Errors
/// [`Refusal`]
pub fn confirm_link(
    ctx: &Context<'_>,
    tag: &AnnotationId,
    ids: &mut dyn IdSource,
) -> Result<Transaction, Refusal> {
    let _ = (ctx, tag, ids);
    Err(Refusal::new("not yet"))
}
