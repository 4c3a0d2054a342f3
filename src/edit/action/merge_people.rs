use crate::edit::{Context, Refusal};
use crate::model::{PersonId, Transaction};

/// Makes one person of two.
///
/// # Errors
/// [`Refusal`]
pub fn merge_people(
    ctx: &Context<'_>,
    from: &PersonId,
    into: &PersonId,
) -> Result<Transaction, Refusal> {
    let _ = (ctx, from, into);
    Err(Refusal::new("not yet"))
}
