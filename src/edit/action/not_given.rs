use crate::edit::draft::Draft;
use crate::edit::roster::accept;
use crate::edit::speaker_link::{answer_alone, speaker_role};
use crate::edit::{Context, Refusal};
use crate::model::{AnnotationId, IdSource, Target, Transaction};

use super::link::allowed;
use super::with_tag;

/// Marks that the text names no speaker of a quote or claim, in place of every other answer.
///
/// # Errors
/// [`Refusal`] where the tag is gone, has no speaker, or the answer is the same.
pub fn not_given(
    ctx: &Context<'_>,
    tag: &AnnotationId,
    ids: &mut dyn IdSource,
) -> Result<Transaction, Refusal> {
    let mut draft = Draft::new(ctx);
    answer_not_given(&mut draft, tag, ids)?;
    draft.finish_or(
        "marked: no speaker given",
        with_tag(ctx, tag),
        "already marked: no speaker given",
    )
}

/// The same in a draft.
pub(super) fn answer_not_given(
    draft: &mut Draft<'_>,
    tag: &AnnotationId,
    ids: &mut dyn IdSource,
) -> Result<(), Refusal> {
    let mut from = draft.require(tag)?;
    let role = speaker_role(draft.ctx.schema, &from.label)?;
    allowed(draft, &from, &role.key, &Target::NotGiven)?;
    answer_alone(draft, tag, &role.key, Target::NotGiven, ids);
    accept(draft, &mut from, ids);
    draft.insert_annotation(from);
    Ok(())
}

#[cfg(test)]
mod tests {
    use crate::edit::action;
    use crate::edit::testing::{TEXT, TestEditor};
    use crate::model::Target;

    #[test]
    fn no_speaker_given_takes_the_place_of_every_answer() {
        let mut editor = TestEditor::new(TEXT);
        let he = Target::Annotation(editor.tag("speaker", "He").id);
        let quote = editor.tag("quote", "“I think so,”").id;
        editor
            .run(|ctx, ids| action::link(ctx, &quote, &he, true, ids))
            .unwrap();
        assert_eq!(editor.links(&quote).len(), 2);
        editor
            .run(|ctx, ids| action::not_given(ctx, &quote, ids))
            .unwrap();
        let [link] = editor.links(&quote).try_into().unwrap();
        assert_eq!(link.to, Target::NotGiven);
        assert!(link.confirmed);
        assert_eq!(
            editor.document.set().annotation_count(),
            2,
            "the proposal is gone"
        );
        assert!(
            editor
                .run(|ctx, ids| action::not_given(ctx, &quote, ids))
                .is_err()
        );
        // Someone after all.
        editor
            .run(|ctx, ids| action::link(ctx, &quote, &he, true, ids))
            .unwrap();
        let [link] = editor.links(&quote).try_into().unwrap();
        assert_eq!(link.to, he);
    }
}
