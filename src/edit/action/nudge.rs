use crate::edit::{Context, Edge, Refusal, Step};
use crate::model::{AnnotationId, Transaction};

/// Moves an edge by a step.
///
/// # Errors
/// [`Refusal`]
pub fn nudge(
    ctx: &Context<'_>,
    tag: &AnnotationId,
    edge: Edge,
    forward: bool,
    step: Step,
) -> Result<Transaction, Refusal> {
    let _ = (ctx, tag, edge, forward, step);
    Err(Refusal::new("not yet"))
}
