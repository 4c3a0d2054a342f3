use crate::edit::{Context, Refusal};
use crate::model::{LinkId, Transaction};

/// Takes a link away.
///
/// # Errors
/// [`Refusal`]
pub fn unlink(ctx: &Context<'_>, link: &LinkId) -> Result<Transaction, Refusal> {
    let _ = (ctx, link);
    Err(Refusal::new("not yet"))
}
