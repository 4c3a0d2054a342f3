//! From all words of a quote to one clause of them.

use crate::edit::Context;
use crate::model::{Annotation, Fragments};
use crate::suggest::{natural_unit, words_of_quote};

/// The current claim at a caret where it has all words of a quote, and the clause there.
pub(super) fn to_narrow(ctx: &Context<'_>, label: &str) -> Option<(Annotation, Fragments)> {
    let (document, at) = (ctx.document, ctx.selection.head);
    if !ctx.selection.is_caret() {
        return None;
    }
    let current = match &ctx.selection.tag {
        Some(id) => document.set().annotation(id),
        None => document.set().innermost_at(at),
    };
    let stands = |tag: &&Annotation| !tag.is_open_suggestion() && !tag.is_rejected();
    let claim = current.filter(|tag| tag.label == label).filter(stands)?;
    let whole = words_of_quote(document, ctx.schema, label, at)?;
    let clause = natural_unit(document, ctx.schema, label, at)?;
    let is_whole = claim.fragments.as_slice() == [whole];
    (is_whole && whole.contains_range(clause) && clause.len() < whole.len())
        .then(|| Fragments::try_from(clause).ok())
        .flatten()
        .map(|clause| (claim.clone(), clause))
}
