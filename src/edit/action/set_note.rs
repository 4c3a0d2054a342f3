use super::with_tag;
use crate::edit::draft::Draft;
use crate::edit::{Context, Refusal};
use crate::model::{AnnotationId, Transaction};

/// Writes the note of a tag; an empty one removes it.
///
/// # Errors
/// [`Refusal`] where the note is the same.
pub fn set_note(ctx: &Context<'_>, tag: &AnnotationId, note: &str) -> Result<Transaction, Refusal> {
    let mut draft = Draft::new(ctx);
    let mut changed = draft.require(tag)?;
    changed.note = note.into();
    draft.insert_annotation(changed);
    let words = if note.is_empty() {
        "removed note"
    } else {
        "saved note"
    };
    draft.finish_or(words, with_tag(ctx, tag), "the note has not changed")
}

#[cfg(test)]
mod tests {
    use crate::edit::action;
    use crate::edit::testing::{TEXT, TestEditor};

    #[test]
    fn a_note_is_written_and_removed() {
        let mut editor = TestEditor::new(TEXT);
        let quote = editor.tag("quote", "“I think so,”").id;
        let mut write = |note: &str| {
            editor.run(|ctx, _| action::set_note(ctx, &quote, note))?;
            Ok::<_, crate::edit::Refusal>(editor.current().note)
        };
        assert_eq!(write("Is this irony?").unwrap(), "Is this irony?");
        assert!(write("Is this irony?").is_err());
        assert_eq!(write("").unwrap(), "");
    }
}
