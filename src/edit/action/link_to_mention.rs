use crate::edit::draft::Draft;
use crate::edit::roster::accept;
use crate::edit::speaker_link::{answer_alone, speaker_role, target_of};
use crate::edit::wording::target_words;
use crate::edit::{Context, Refusal};
use crate::model::{AnnotationId, Document, IdSource, Transaction};
use crate::suggest::{CandidateTarget, mention_at};
use crate::text::{TextRange, TextSize, snap_to_graphemes, word_at};

use super::link::allowed;
use super::with_tag;

/// The words at a place that can be linked to as a mention of a speaker: the noun group there, else
/// a capitalised word. `None` if there is no mention.
#[must_use]
pub fn mention_to_link(document: &Document, at: TextSize) -> Option<TextRange> {
    let source = document.source();
    let name = || {
        let word = word_at(source, at)?;
        source
            .slice(word)
            .starts_with(char::is_uppercase)
            .then_some(word)
    };
    let range = mention_at(source, at).or_else(name)?;
    Some(snap_to_graphemes(source, range))
}

/// Links a quote or claim to the mention at a place (bytes) and confirms, in place of other
/// answers. An untagged mention is tagged in the same step.
///
/// # Errors
/// [`Refusal`] where there is no mention, or the tag is gone or has no speaker.
pub fn link_to_mention(
    ctx: &Context<'_>,
    from: &AnnotationId,
    at: TextSize,
    ids: &mut dyn IdSource,
) -> Result<Transaction, Refusal> {
    let mut draft = Draft::new(ctx);
    let mention = mention_to_link(ctx.document, at).ok_or_else(|| {
        Refusal::new("no name there; drop the line on a name, a pronoun or a speaker")
    })?;
    let label = put_mention(&mut draft, from, mention, ids)?;
    let already = format!("already {label}");
    draft.finish_or(label, with_tag(ctx, from), &already)
}

/// Links a tag to the mention in these words, as [`link_to_mention`] does; returns the words for it.
pub(super) fn put_mention(
    draft: &mut Draft<'_>,
    from: &AnnotationId,
    mention: TextRange,
    ids: &mut dyn IdSource,
) -> Result<String, Refusal> {
    let mut tag = draft.require(from)?;
    let role = speaker_role(draft.ctx.schema, &tag.label)?.key.clone();
    let target = CandidateTarget::Untagged(mention);
    let to = target_of(draft, &target, &tag, true, ids)?;
    allowed(draft, &tag, &role, &to)?;
    answer_alone(draft, from, &role, to.clone(), ids);
    accept(draft, &mut tag, ids);
    draft.insert_annotation(tag);
    Ok(format!("linked to {}", target_words(draft, &to)))
}

#[cfg(test)]
mod tests {
    use crate::edit::action;
    use crate::edit::testing::{TEXT, TestEditor};
    use crate::model::{Target, Verdict};

    #[test]
    fn a_mention_nobody_has_tagged_is_tagged_and_linked_in_one_step() {
        let mut editor = TestEditor::new(TEXT);
        let quote = editor.tag("quote", "“I think so,”").id;
        let before = editor.document.set().clone();
        let at = editor.find("Sanders").start();
        editor
            .run(|ctx, ids| action::link_to_mention(ctx, &quote, at, ids))
            .unwrap();
        let [link] = editor.links(&quote).try_into().unwrap();
        let Target::Annotation(id) = &link.to else {
            panic!("{link:?}")
        };
        let mention = editor.get(id).unwrap();
        assert!(link.confirmed);
        assert_eq!(mention.verdict, Verdict::Accepted);
        assert_eq!(editor.words(id), ["Sanders"]);
        editor.undo();
        assert_eq!(*editor.document.set(), before);
        let at = editor.find("said").start();
        let refused = editor
            .run(|ctx, ids| action::link_to_mention(ctx, &quote, at, ids))
            .unwrap_err();
        assert!(refused.to_string().contains("no name there"), "{refused}");
    }
}
