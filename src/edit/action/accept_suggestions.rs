use super::confirm_link::confirm;
use crate::edit::draft::Draft;
use crate::edit::{Context, Refusal};
use crate::model::{AnnotationId, IdSource, Transaction};
use crate::text::wording::count;

/// Accepts suggested quotes or claims with the speakers they are linked to, as one step. One that has no
/// speaker to confirm stays a suggestion.
///
/// # Errors
/// [`Refusal`] where none of them is a suggestion with a speaker.
pub fn accept_suggestions(
    ctx: &Context<'_>,
    tags: &[AnnotationId],
    ids: &mut dyn IdSource,
) -> Result<Transaction, Refusal> {
    let mut draft = Draft::new(ctx);
    draft.takes_many = true;
    let mut accepted = 0;
    for tag in tags {
        let suggestion = draft.annotation(tag).filter(|tag| tag.is_open_suggestion());
        let Some(suggestion) = suggestion.cloned() else {
            continue;
        };
        accepted += usize::from(!confirm(&mut draft, suggestion, ids).is_empty());
    }
    if accepted == 0 {
        return Err(Refusal::new(
            "no suggestion with a speaker to accept; go through them one by one",
        ));
    }
    let words = format!("accepted {}", count(accepted, "suggestion"));
    Ok(draft.finish(words, ctx.selection.clone()))
}

#[cfg(test)]
mod tests {
    use crate::edit::action;
    use crate::edit::testing::{TEXT, TestEditor};
    use crate::model::{Annotation, AnnotationId, Target, Verdict};

    /// A quote that is an open suggestion, with the mention it leads to.
    fn suggested() -> (TestEditor, Annotation, AnnotationId) {
        let mut editor = TestEditor::new(TEXT);
        let quote = editor.tag("quote", "“I think so,”");
        editor.suggest(&quote);
        let Target::Annotation(mention) = editor.links(&quote.id)[0].to.clone() else {
            panic!()
        };
        (editor, quote, mention)
    }

    #[test]
    fn many_at_once_stay_to_be_reviewed_and_one_by_one_they_are() {
        use crate::model::Review;
        let (mut editor, quote, mention) = suggested();
        let ids = [quote.id.clone(), mention];
        let reviews = |editor: &TestEditor| ids.clone().map(|id| editor.get(&id).unwrap().review);
        editor
            .run(|ctx, new| action::accept_suggestions(ctx, &ids[..1], new))
            .unwrap();
        assert_eq!(reviews(&editor), [Review::Unreviewed; 2]);
        editor.undo();
        editor
            .run(|ctx, new| action::confirm_link(ctx, &quote.id, new))
            .unwrap();
        assert_eq!(reviews(&editor), [Review::Accepted; 2]);
    }

    #[test]
    fn suggestions_are_accepted_with_their_speakers_in_one_step() {
        let (mut editor, quote, mention) = suggested();
        let both = [quote.id.clone(), mention.clone()];
        editor
            .run(|ctx, ids| action::accept_suggestions(ctx, &both, ids))
            .unwrap();
        assert_eq!(editor.said, "accepted 1 suggestion");
        assert_eq!(editor.get(&quote.id).unwrap().verdict, Verdict::Accepted);
        assert_eq!(editor.get(&mention).unwrap().verdict, Verdict::Accepted);
        assert!(editor.links(&quote.id)[0].confirmed);
        let refused = editor.run(|ctx, ids| action::accept_suggestions(ctx, &both, ids));
        assert!(refused.unwrap_err().to_string().contains("no suggestion"));
    }
}
