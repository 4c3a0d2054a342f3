use crate::edit::draft::Draft;
use crate::edit::{Context, Refusal};
use crate::model::{DocumentState, Transaction};

/// Sets the state of the document.
///
/// # Errors
/// [`Refusal`] where it is in that state.
pub fn set_state(ctx: &Context<'_>, state: DocumentState) -> Result<Transaction, Refusal> {
    let mut draft = Draft::new(ctx);
    draft.put_state(state);
    draft.finish_or(
        format!("marked the article as {}", state.word()),
        ctx.selection.clone(),
        &format!("the article is already {}", state.word()),
    )
}

#[cfg(test)]
mod tests {
    use crate::edit::action;
    use crate::edit::testing::TestEditor;
    use crate::model::DocumentState;

    #[test]
    fn the_state_changes_alone() {
        let mut editor = TestEditor::new("");
        assert!(
            editor
                .run(|ctx, _| action::set_state(ctx, DocumentState::New))
                .is_err()
        );
        editor
            .run(|ctx, _| action::set_state(ctx, DocumentState::Done))
            .unwrap();
        assert_eq!(editor.document.meta().state, DocumentState::Done);
        assert_eq!(editor.said, "marked the article as done");
    }
}
