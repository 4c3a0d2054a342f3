use super::confirm_link::confirm;
use super::with_tag;
use crate::edit::draft::Draft;
use crate::edit::roster::accept;
use crate::edit::wording::{label_word, undecided};
use crate::edit::{Context, Refusal};
use crate::model::{AnnotationId, IdSource, Review, Target, Transaction, Verdict};

/// Marks a tag in review. On a suggestion, accepting and rejecting decide on the suggestion, which is
/// reviewed by that: with a quote or claim its speaker is accepted, and with a rejected mention go the
/// unconfirmed links to it. Where the mark is there already the transaction has no change, only words.
///
/// # Errors
/// [`Refusal`] where the tag is gone, or is to be accepted and has no speaker yet.
pub fn review(
    ctx: &Context<'_>,
    tag: &AnnotationId,
    review: Review,
    ids: &mut dyn IdSource,
) -> Result<Transaction, Refusal> {
    let mut draft = Draft::new(ctx);
    let mut changed = draft.require(tag)?;
    let word = label_word(ctx.schema, &changed.label);
    let asks = ctx.schema.speaker_role(&changed.label);
    if let (Review::Accepted, Some(role)) = (review, asks)
        && draft.links_of_role(tag, &role.key).is_empty()
    {
        return Err(Refusal::new(format!(
            "the {word} has no speaker yet; choose one (Tab) or press 0 for none, then accept it"
        )));
    }
    let mut unanswered = Vec::new();
    let takes = matches!(
        (changed.verdict, review),
        (Verdict::Open | Verdict::Rejected, Review::Accepted)
    );
    match (changed.verdict, review) {
        (Verdict::Open | Verdict::Rejected, Review::Accepted) => {
            changed.take(Verdict::Accepted);
            accept(&mut draft, &mut changed, ids);
        }
        (Verdict::Open, Review::Rejected) => {
            changed.verdict = Verdict::Rejected;
            for link in draft.links_to(&Target::Annotation(tag.clone())) {
                if link.confirmed {
                    continue;
                }
                draft.remove_link(&link.id);
                if draft.links_of_role(&link.from, &link.role).is_empty()
                    && let Some(from) = draft.annotation(&link.from)
                {
                    unanswered.push(from.label.clone());
                }
            }
        }
        (_, review) => changed.review = review,
    }
    if review != Review::Unreviewed {
        changed.former_words.clear();
    }
    let mut words = match review {
        Review::Accepted => format!("accepted {word}"),
        Review::Rejected => format!("rejected {word}"),
        Review::Unsure => format!("marked {word} as unsure"),
        Review::Unreviewed => format!("cleared the review of {word}"),
    };
    words.push_str(&undecided(ctx.schema, &unanswered));
    draft.insert_annotation(changed.clone());
    if takes {
        // Whoever takes a suggestion takes the speaker it comes with.
        confirm(&mut draft, changed, ids);
    }
    Ok(draft.finish(words, with_tag(ctx, tag)))
}

#[cfg(test)]
mod tests {
    use crate::edit::action;
    use crate::edit::testing::{TEXT, TestEditor};
    use crate::model::{Review, Target, Verdict};

    #[test]
    fn a_decision_on_a_suggestion_is_its_verdict() {
        let mut editor = TestEditor::new(TEXT);
        let quote = editor.tag("quote", "“I think so,”").id;
        let Target::Annotation(mention) = editor.links(&quote)[0].to.clone() else {
            panic!()
        };
        editor
            .run(|ctx, ids| action::review(ctx, &mention, Review::Accepted, ids))
            .unwrap();
        let accepted = editor.get(&mention).unwrap();
        assert_eq!(
            (accepted.verdict, accepted.review),
            (Verdict::Accepted, Review::Accepted)
        );
        assert!(accepted.person.is_some());
        editor.undo();
        editor
            .run(|ctx, ids| action::review(ctx, &mention, Review::Rejected, ids))
            .unwrap();
        assert_eq!(editor.get(&mention).unwrap().verdict, Verdict::Rejected);
        assert!(editor.links(&quote).is_empty());
        assert_eq!(editor.said, "rejected speaker; 1 quote has no speaker yet");
    }

    #[test]
    fn an_accepted_suggestion_takes_its_speaker() {
        let mut editor = TestEditor::new(TEXT);
        let quote = editor.tag("quote", "“I think so,”");
        editor.suggest(&quote);
        assert!(!editor.links(&quote.id)[0].confirmed);
        editor
            .run(|ctx, ids| action::review(ctx, &quote.id, Review::Accepted, ids))
            .unwrap();
        let link = &editor.links(&quote.id)[0];
        assert!(link.confirmed);
        let Target::Annotation(mention) = &link.to else {
            panic!()
        };
        let mention = editor.get(mention).unwrap();
        assert_eq!(mention.verdict, Verdict::Accepted);
        assert!(mention.person.is_some());
        assert_eq!(editor.get(&quote.id).unwrap().verdict, Verdict::Accepted);
    }

    #[test]
    fn a_tag_keeps_its_mark() {
        let mut editor = TestEditor::new(TEXT);
        let quote = editor.tag("quote", "“I think so,”").id;
        for review in [
            Review::Accepted,
            Review::Rejected,
            Review::Unsure,
            Review::Unreviewed,
        ] {
            editor
                .run(|ctx, ids| action::review(ctx, &quote, review, ids))
                .unwrap();
            let tag = editor.get(&quote).unwrap();
            assert_eq!((tag.verdict, tag.review), (Verdict::Accepted, review));
        }
        let steps = editor.history.state_id();
        editor
            .run(|ctx, ids| action::review(ctx, &quote, Review::Unreviewed, ids))
            .unwrap();
        assert_eq!(editor.history.state_id(), steps, "nothing to undo");
    }
}
