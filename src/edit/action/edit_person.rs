use crate::edit::{Context, Refusal};
use crate::model::{Person, Transaction};

/// Writes a person anew.
///
/// # Errors
/// [`Refusal`]
pub fn edit_person(ctx: &Context<'_>, person: &Person) -> Result<Transaction, Refusal> {
    let _ = (ctx, person);
    Err(Refusal::new("not yet"))
}
