//! The likely speaker of a new tag.

use super::link::allowed;
use super::speaker_candidates::{inherited, quote_around, speaker_candidates};
use crate::edit::Refusal;
use crate::edit::draft::Draft;
use crate::edit::speaker_link::{answer, target_of};
use crate::model::{Annotation, IdSource};
use crate::suggest::{CandidateTarget, quoted_stretch_at};
use crate::text::{paragraph_at, sentence_at};

/// Pre-fills the speaker of a new tag unless it has an answer.
pub(super) fn prefill(
    draft: &mut Draft<'_>,
    tag: &Annotation,
    ids: &mut dyn IdSource,
) -> Result<(), Refusal> {
    let (document, schema) = (draft.ctx.document, draft.ctx.schema);
    let Some(role) = schema
        .speaker_role(&tag.label)
        .filter(|_| schema.speaks(&tag.label))
    else {
        return Ok(());
    };
    if !draft.links_of_role(&tag.id, &role.key).is_empty() {
        return Ok(());
    }
    let ranges = tag.fragments.as_slice();
    if let Some(around) = inherited(document, schema, ranges, &tag.label) {
        // The same words by the same speaker: what is confirmed of the quote is of the claim.
        for link in draft.links_of_role(&around.from, &around.role) {
            let first = link.id == around.id;
            if first || allowed(draft, tag, &role.key, &link.to).is_ok() {
                answer(
                    draft,
                    &tag.id,
                    &role.key,
                    link.to,
                    link.confirmed,
                    None,
                    ids,
                );
            }
        }
        return Ok(());
    }
    // Within a quote whose speaker is open, its best candidate is the answer to confirm.
    let is_said = quote_around(document, schema, ranges, &tag.label).is_some();
    let best = speaker_candidates(document, schema, ranges, &tag.label)
        .into_iter()
        .next()
        .filter(|best| tag.label == "quote" || is_said || is_near(draft, &best.target, tag));
    if let Some(best) = best {
        let to = target_of(draft, &best.target, tag, false, ids)?;
        answer(draft, &tag.id, &role.key, to, false, None, ids);
    }
    Ok(())
}

/// Whether a mention is in the sentence of a tag; for words in quotation marks, in their paragraph. A
/// claim outside of what someone said is the author's, not that of the speaker before.
fn is_near(draft: &Draft<'_>, target: &CandidateTarget, tag: &Annotation) -> bool {
    let document = draft.ctx.document;
    let (source, start) = (document.source(), tag.fragments.start());
    let own = match (quoted_stretch_at(source, start), sentence_at(source, start)) {
        (None, Some(sentence)) => sentence,
        (Some(_), _) | (None, None) => paragraph_at(source, start),
    };
    let mention = match target {
        CandidateTarget::Untagged(range) => Some(*range),
        CandidateTarget::Tagged(id) => draft.annotation(id).map(|tag| tag.fragments.hull()),
        CandidateTarget::Person(_) => None,
    };
    mention.is_some_and(|mention| own.contains_range(mention))
}
