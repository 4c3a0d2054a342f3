use crate::edit::{Context, Refusal};
use crate::model::{AnnotationId, IdSource, Transaction};

/// Answers that the text names no speaker.
///
/// # Errors
/// [`Refusal`]
pub fn not_given(
    ctx: &Context<'_>,
    tag: &AnnotationId,
    ids: &mut dyn IdSource,
) -> Result<Transaction, Refusal> {
    let _ = (ctx, tag, ids);
    Err(Refusal::new("not yet"))
}
