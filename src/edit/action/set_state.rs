use crate::edit::{Context, Refusal};
use crate::model::{DocumentState, Transaction};

/// Says how far the work is.
///
/// # Errors
/// [`Refusal`]
pub fn set_state(ctx: &Context<'_>, state: DocumentState) -> Result<Transaction, Refusal> {
    let _ = (ctx, state);
    Err(Refusal::new("not yet"))
}
