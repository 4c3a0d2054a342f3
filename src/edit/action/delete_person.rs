use crate::edit::{Context, Refusal};
use crate::model::{PersonId, Transaction};

/// Takes a person off the roster.
///
/// # Errors
/// [`Refusal`]
pub fn delete_person(ctx: &Context<'_>, id: &PersonId) -> Result<Transaction, Refusal> {
    let _ = (ctx, id);
    Err(Refusal::new("not yet"))
}
