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
    use crate::edit::testing::{TEXT, TestEditor};
    use crate::model::{DamagedRecord, RecordList, UnreadRecord};

    #[test]
    fn a_lost_tag_is_forgotten_until_that_is_undone() {
        let mut editor = TestEditor::new(TEXT);
        let record = UnreadRecord::Damaged(DamagedRecord {
            line: 7,
            list: RecordList::Lost,
            raw: "(id: \"q9\")".into(),
            reason: "gone".into(),
        });
        editor.document.parts_mut().unread.insert(record.clone());
        editor
            .run(|ctx, _| action::forget_lost(ctx, &record))
            .unwrap();
        assert!(editor.document.unread().is_empty());
        assert!(
            editor
                .run(|ctx, _| action::forget_lost(ctx, &record))
                .is_err()
        );
        editor.undo();
        assert!(editor.document.unread().contains(&record));
    }
}
