use crate::edit::{Context, Refusal};
use crate::model::{AnnotationId, Transaction};
use smol_str::SmolStr;

/// Sets or removes an attribute.
///
/// # Errors
/// [`Refusal`]
pub fn set_attribute(
    ctx: &Context<'_>,
    tag: &AnnotationId,
    name: &str,
    value: Option<SmolStr>,
) -> Result<Transaction, Refusal> {
    let _ = (ctx, tag, name, value);
    Err(Refusal::new("not yet"))
}
