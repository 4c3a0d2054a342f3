use crate::edit::{Context, Refusal};
use crate::model::{AnnotationId, IdSource, Transaction};
use crate::suggest::Candidate;

/// Links a quote or claim to a candidate.
///
/// # Errors
/// [`Refusal`]
pub fn choose_candidate(
    ctx: &Context<'_>,
    from: &AnnotationId,
    candidate: &Candidate,
    confirmed: bool,
    ids: &mut dyn IdSource,
) -> Result<Transaction, Refusal> {
    let _ = (ctx, from, candidate, confirmed, ids);
    Err(Refusal::new("not yet"))
}
