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
    use crate::edit::testing::{Desk, TEXT};

    #[test]
    fn only_what_is_unconfirmed_goes() {
        let mut desk = Desk::new(TEXT);
        let quote = desk.tag("quote", "“I think so,”").id;
        desk.run(|ctx, _| action::leave_undecided(ctx, &quote))
            .unwrap();
        assert!(desk.links(&quote).is_empty());
        assert_eq!(desk.document.set().annotation_count(), 1);
        assert!(
            desk.run(|ctx, _| action::leave_undecided(ctx, &quote))
                .is_err()
        );
        desk.undo();
        desk.run(|ctx, ids| action::confirm_link(ctx, &quote, ids))
            .unwrap();
        assert!(
            desk.run(|ctx, _| action::leave_undecided(ctx, &quote))
                .is_err()
        );
        assert_eq!(desk.links(&quote).len(), 1);
    }
}
