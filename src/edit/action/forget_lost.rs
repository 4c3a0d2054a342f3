use crate::edit::draft::Draft;
use crate::edit::{Context, Refusal};
use crate::model::{Transaction, UnreadRecord};

/// Discards a lost tag.
///
/// # Errors
/// [`Refusal`] where the record is not a lost tag or no longer exists.
pub fn forget_lost(ctx: &Context<'_>, record: &UnreadRecord) -> Result<Transaction, Refusal> {
    let mut draft = Draft::new(ctx);
    if !record.is_lost() {
        return Err(Refusal::new(
            "this is not a lost tag; choose one under Problems",
        ));
    }
    draft.remove_unread(record)?;
    Ok(draft.finish("discarded a lost tag", ctx.selection.clone()))
}

#[cfg(test)]
mod tests {
    use crate::edit::action;
    use crate::edit::testing::{Desk, TEXT};
    use crate::model::UnreadRecord;

    #[test]
    fn a_lost_tag_is_forgotten_until_that_is_undone() {
        let mut desk = Desk::new(TEXT);
        let record = UnreadRecord {
            line: 7,
            list: UnreadRecord::LOST.to_owned(),
            raw: "(id: \"q9\")".to_owned(),
            reason: "gone".to_owned(),
            clash: None,
        };
        desk.document.parts_mut().unread.insert(record.clone());
        desk.run(|ctx, _| action::forget_lost(ctx, &record))
            .unwrap();
        assert!(desk.document.unread().is_empty());
        assert!(
            desk.run(|ctx, _| action::forget_lost(ctx, &record))
                .is_err()
        );
        desk.undo();
        assert!(desk.document.unread().contains(&record));
    }
}
