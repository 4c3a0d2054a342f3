use crate::edit::{Context, Edge, Refusal};
use crate::model::{AnnotationId, Transaction};
use crate::text::TextSize;

/// Puts an edge at a place.
///
/// # Errors
/// [`Refusal`]
pub fn set_edge(
    ctx: &Context<'_>,
    tag: &AnnotationId,
    index: usize,
    edge: Edge,
    to: TextSize,
) -> Result<Transaction, Refusal> {
    let _ = (ctx, tag, index, edge, to);
    Err(Refusal::new("not yet"))
}
