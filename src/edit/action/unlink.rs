use crate::edit::draft::Draft;
use crate::edit::speaker_link::remove_link;
use crate::edit::wording::target_words;
use crate::edit::{Context, Refusal};
use crate::model::{LinkId, Transaction};

/// Removes a link, with the mention proposed for it alone.
///
/// # Errors
/// [`Refusal`] where the link is gone.
pub fn unlink(ctx: &Context<'_>, link: &LinkId) -> Result<Transaction, Refusal> {
    let mut draft = Draft::new(ctx);
    let link = draft
        .link(link)
        .cloned()
        .ok_or_else(|| Refusal::new("this link no longer exists; choose another"))?;
    let words = target_words(&draft, &link.to);
    remove_link(&mut draft, &link);
    Ok(draft.finish(
        format!("removed the link to {words}"),
        ctx.selection.clone(),
    ))
}

#[cfg(test)]
mod tests {
    use crate::edit::action;
    use crate::edit::testing::{TEXT, TestEditor};

    #[test]
    fn a_link_goes_with_its_proposal() {
        let mut editor = TestEditor::new(TEXT);
        let quote = editor.tag("quote", "“I think so,”").id;
        let link = editor.links(&quote)[0].id.clone();
        editor.run(|ctx, _| action::unlink(ctx, &link)).unwrap();
        assert_eq!(editor.document.set().link_count(), 0);
        assert_eq!(editor.document.set().annotation_count(), 1);
        assert!(editor.run(|ctx, _| action::unlink(ctx, &link)).is_err());
    }
}
