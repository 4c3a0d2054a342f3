use crate::edit::{Context, Refusal};
use crate::model::{FormerLabels, Transaction};

/// Gives all tags with a former key of a label the present one. Nothing else of them changes: who made and
/// changed them stays, and so does what is linked.
///
/// # Errors
/// [`Refusal`] where no tag has one.
pub fn rename_labels(ctx: &Context<'_>, former: &FormerLabels) -> Result<Transaction, Refusal> {
    let changes = former.changes(ctx.document);
    if changes.is_empty() {
        return Err(Refusal::new("no tag has a label that was renamed"));
    }
    Ok(Transaction {
        changes,
        ..Transaction::new("renamed labels")
    })
}

#[cfg(test)]
mod tests {
    use crate::edit::action;
    use crate::edit::testing::{TEXT, TestEditor};
    use crate::model::FormerLabels;

    #[test]
    fn tags_get_the_present_label_and_lose_nothing() {
        let mut editor = TestEditor::new(TEXT);
        let quote = editor.tag("quote", "“I think so,”");
        let former: FormerLabels = [("quote".into(), "utterance".into())].into_iter().collect();
        editor
            .run(|ctx, _| action::rename_labels(ctx, &former))
            .unwrap();
        let renamed = editor.document.set().annotation(&quote.id).unwrap();
        assert_eq!(
            (&*renamed.label, &renamed.attributes),
            ("utterance", &quote.attributes)
        );
        assert_eq!(editor.links(&quote.id).len(), 1);
        assert!(
            editor
                .run(|ctx, _| action::rename_labels(ctx, &former))
                .is_err()
        );
        assert!(editor.undo());
    }
}
