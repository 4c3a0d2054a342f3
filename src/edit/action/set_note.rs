use crate::edit::{Context, Refusal};
use crate::model::{AnnotationId, Transaction};

/// Writes the note.
///
/// # Errors
/// [`Refusal`]
pub fn set_note(ctx: &Context<'_>, tag: &AnnotationId, note: &str) -> Result<Transaction, Refusal> {
    let _ = (ctx, tag, note);
    Err(Refusal::new("not yet"))
}
