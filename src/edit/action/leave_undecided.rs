use crate::edit::draft::Draft;
use crate::edit::speaker_link::{remove_link, speaker_role};
use crate::edit::{Context, Refusal};
use crate::model::{AnnotationId, Transaction};

use super::with_tag;

/// Takes the pre-filled, unconfirmed speaker of a quote or claim away, with the mention proposed
/// for it. Confirmed answers stay.
///
/// # Errors
/// [`Refusal`] where no unconfirmed speaker is there.
pub fn leave_undecided(ctx: &Context<'_>, tag: &AnnotationId) -> Result<Transaction, Refusal> {
    let mut draft = Draft::new(ctx);
    let from = draft.require(tag)?;
    let role = speaker_role(ctx.schema, &from.label)?;
    for link in draft.links_of_role(tag, &role.key) {
        if !link.confirmed {
            remove_link(&mut draft, &link);
        }
    }
    draft.finish_or(
        "speaker left open",
        with_tag(ctx, tag),
        "no speaker to leave open",
    )
}

#[cfg(test)]
mod tests {
    use crate::edit::action;
    use crate::edit::testing::{TEXT, TestEditor};

    #[test]
    fn only_what_is_unconfirmed_goes() {
        let mut editor = TestEditor::new(TEXT);
        let quote = editor.tag("quote", "“I think so,”").id;
        editor
            .run(|ctx, _| action::leave_undecided(ctx, &quote))
            .unwrap();
        assert!(editor.links(&quote).is_empty());
        assert_eq!(editor.document.set().annotation_count(), 1);
        assert!(
            editor
                .run(|ctx, _| action::leave_undecided(ctx, &quote))
                .is_err()
        );
        editor.undo();
        editor
            .run(|ctx, ids| action::confirm_link(ctx, &quote, ids))
            .unwrap();
        assert!(
            editor
                .run(|ctx, _| action::leave_undecided(ctx, &quote))
                .is_err()
        );
        assert_eq!(editor.links(&quote).len(), 1);
    }
}
