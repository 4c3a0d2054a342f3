use smol_str::SmolStr;

use crate::edit::draft::Draft;
use crate::edit::{Context, Refusal};
use crate::model::{PeerReview, ProposedChange, Reply, Review, ReviewKey, Transaction};

/// What a reviewer says with one step.
#[derive(Debug, Clone, PartialEq)]
pub enum Statement {
    /// A verdict.
    Verdict(Review),
    /// Why; once somebody has answered, and about all the work of an annotator, a reply. Empty takes the reason back.
    Words {
        /// What is said.
        text: String,
        /// Whether somebody has answered.
        answered: bool,
    },
    /// What should change; the tag is then wrong as it is.
    Change(ProposedChange),
}

/// Says something about a tag of somebody else, or about all their work, in one's own document. `record` names the
/// version that is judged. What was said about another version goes to the thread.
///
/// # Errors
/// [`Refusal`] where that is said already, or there are no words.
pub fn review_of_others(
    ctx: &Context<'_>,
    key: &ReviewKey,
    record: &SmolStr,
    statement: &Statement,
) -> Result<Transaction, Refusal> {
    let mut draft = Draft::new(ctx);
    let known = draft.peer_review(key).cloned();
    let mut review = known.unwrap_or_else(|| PeerReview::new(key.clone(), record.clone()));
    if review.record != *record {
        begin_again(&mut review);
        review.record.clone_from(record);
    }
    let label = match statement {
        Statement::Verdict(verdict) => {
            review.verdict = *verdict;
            if *verdict == Review::Accepted {
                review.change = ProposedChange::default();
            }
            match verdict {
                Review::Accepted => "accepted",
                Review::Rejected => "marked as wrong",
                Review::Unsure => "marked as unsure",
                Review::Unreviewed => "took the verdict back",
            }
        }
        Statement::Words { text, answered } => say(ctx, &mut review, text, *answered)?,
        Statement::Change(change) => {
            review.change = change.clone();
            match review.verdict {
                // Nothing that is there is wrong.
                Review::Unreviewed if review.proposes_tag() => {}
                Review::Unreviewed | Review::Accepted if !change.is_empty() => {
                    review.verdict = Review::Rejected;
                }
                Review::Unreviewed | Review::Accepted | Review::Rejected | Review::Unsure => {}
            }
            "proposed a change"
        }
    };
    put(&mut draft, review);
    draft.finish_or(label, ctx.selection.clone(), "you have said that already")
}

/// Takes a review back with all that it says: a proposed tag that is not missing after all.
///
/// # Errors
/// [`Refusal`] where there is none.
pub fn withdraw_review(ctx: &Context<'_>, key: &ReviewKey) -> Result<Transaction, Refusal> {
    let mut draft = Draft::new(ctx);
    draft.remove_peer_review(key);
    let selection = ctx.selection.clone();
    draft.finish_or(
        "took the proposal back",
        selection,
        "nothing is proposed here",
    )
}

/// What was said about an earlier version stays in the thread.
fn begin_again(review: &mut PeerReview) {
    let said = review.changed.as_ref().or(review.made.as_ref());
    let said = said.map(|said| (**said).clone()).unwrap_or_default();
    let reason = std::mem::take(&mut review.reason);
    if !reason.is_empty() {
        let text = reason;
        review.replies.push(Reply { said, text });
    }
    review.verdict = Review::Unreviewed;
    review.change = ProposedChange::default();
}

fn say(
    ctx: &Context<'_>,
    review: &mut PeerReview,
    text: &str,
    answered: bool,
) -> Result<&'static str, Refusal> {
    let text = text.trim().to_owned();
    let goes_on = answered || !review.replies.is_empty() || review.key.is_whole();
    if !goes_on {
        review.reason = text;
        return Ok("wrote the reason");
    }
    if text.is_empty() {
        return Err(Refusal::new("write what you want to say"));
    }
    let said = ctx.authorship().unwrap_or_default();
    review.replies.push(Reply { said, text });
    Ok("replied")
}

/// A review that says nothing any more goes.
pub(super) fn put(draft: &mut Draft<'_>, review: PeerReview) {
    let key = review.key.clone();
    let unstamped = PeerReview {
        made: None,
        changed: None,
        ..review.clone()
    };
    if unstamped == PeerReview::new(key.clone(), review.record.clone()) {
        draft.remove_peer_review(&key);
    } else {
        draft.insert_peer_review(review);
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::edit::action;
    use crate::edit::testing::{TEXT, TestEditor};

    #[test]
    fn a_verdict_on_an_earlier_version_starts_again_and_keeps_the_words() {
        let mut editor = TestEditor::new(TEXT);
        let key = ReviewKey {
            of: "ann".into(),
            tag: "q1".into(),
        };
        let mut say = |record: &str, statement: Statement| {
            editor.run(|ctx, _| action::review_of_others(ctx, &key, &record.into(), &statement))?;
            Ok::<_, Refusal>(editor.document.set().peer_review(&key).cloned())
        };
        let words = |text: &str, answered| Statement::Words {
            text: text.to_owned(),
            answered,
        };
        let claim = ProposedChange {
            label: Some("claim".into()),
            ..ProposedChange::default()
        };
        say("1", Statement::Change(claim.clone())).unwrap();
        let review = say("1", words("no marks", false)).unwrap().unwrap();
        assert_eq!(review.verdict, Review::Rejected);
        assert_eq!(
            (&review.change, review.reason.as_str()),
            (&claim, "no marks")
        );
        assert!(say("1", words("no marks", false)).is_err(), "said already");
        let review = say("1", words("still", true)).unwrap().unwrap();
        assert_eq!(review.replies.len(), 1, "after an answer it is a reply");
        let review = say("2", Statement::Verdict(Review::Accepted))
            .unwrap()
            .unwrap();
        assert_eq!(
            (review.verdict, review.reason.as_str()),
            (Review::Accepted, "")
        );
        assert!(review.change.is_empty());
        let thread: Vec<_> = review.replies.iter().map(|one| one.text.as_str()).collect();
        assert_eq!(thread, ["still", "no marks"]);
    }

    #[test]
    fn a_review_that_says_nothing_goes() {
        let mut editor = TestEditor::new(TEXT);
        let key = ReviewKey::whole("ann");
        let run = |editor: &mut TestEditor, statement: Statement| {
            editor.run(|ctx, _| action::review_of_others(ctx, &key, &"".into(), &statement))
        };
        for verdict in [Review::Unsure, Review::Unreviewed] {
            run(&mut editor, Statement::Verdict(verdict)).unwrap();
        }
        assert!(editor.document.set().peer_review(&key).is_none());
        let nothing = Statement::Words {
            text: " ".to_owned(),
            answered: false,
        };
        assert!(run(&mut editor, nothing).is_err());
    }
}
