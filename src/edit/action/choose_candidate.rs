use crate::edit::draft::Draft;
use crate::edit::roster::accept;
use crate::edit::speaker_link::{answer, speaker_role, target_of};
use crate::edit::wording::target_words;
use crate::edit::{Context, Refusal};
use crate::model::{AnnotationId, IdSource, Transaction};
use crate::suggest::{Candidate, CandidateTarget};

use super::link::allowed;
use super::with_tag;

/// Points the speaker link of a quote or claim at a candidate; the unconfirmed one of several. An
/// untagged mention is tagged with it: open unless `confirmed`. The mention suggested before is
/// removed if nothing else links to it. A confirmed link stays confirmed if its new target is
/// tagged already.
///
/// # Errors
/// [`Refusal`] where the tag or candidate is gone, has no speaker, or the answer is the same.
pub fn choose_candidate(
    ctx: &Context<'_>,
    from: &AnnotationId,
    candidate: &Candidate,
    confirmed: bool,
    ids: &mut dyn IdSource,
) -> Result<Transaction, Refusal> {
    let mut draft = Draft::new(ctx);
    let mut tag = draft.require(from)?;
    let role = speaker_role(ctx.schema, &tag.label)?;
    let links = draft.links_of_role(from, &role.key);
    let old = links
        .iter()
        .find(|link| !link.confirmed)
        .or(links.first())
        .cloned();
    let untagged = matches!(candidate.target, CandidateTarget::Untagged(_));
    let confirmed = confirmed || (!untagged && old.as_ref().is_some_and(|old| old.confirmed));
    let to = target_of(&mut draft, &candidate.target, &tag, confirmed, ids)?;
    allowed(&draft, &tag, &role.key, &to)?;
    answer(&mut draft, from, &role.key, to.clone(), confirmed, old, ids);
    if confirmed {
        accept(&mut draft, &mut tag, ids);
        draft.insert_annotation(tag);
    }
    let words = target_words(&draft, &to);
    draft.finish_or(
        format!("linked to {words}"),
        with_tag(ctx, from),
        &format!("already linked to {words}; choose another speaker"),
    )
}

#[cfg(test)]
mod tests {
    use crate::edit::action;
    use crate::edit::testing::{TEXT, TestEditor};
    use crate::model::{Target, Verdict};
    use crate::suggest::{Candidate, CandidateTarget};

    fn untagged(editor: &TestEditor, words: &str) -> Candidate {
        Candidate {
            target: CandidateTarget::Untagged(editor.find(words)),
            words: words.to_owned(),
        }
    }

    #[test]
    fn walking_on_takes_the_proposed_mention_away() {
        let mut editor = TestEditor::new(TEXT);
        let quote = editor.tag("quote", "“I think so,”").id;
        let before = editor.links(&quote)[0].clone();
        let next = untagged(&editor, "Sanders");
        editor
            .run(|ctx, ids| action::choose_candidate(ctx, &quote, &next, false, ids))
            .unwrap();
        let [after] = editor.links(&quote).try_into().unwrap();
        assert_eq!(after.id, before.id);
        assert!(!after.confirmed);
        assert_eq!(editor.said, "linked to Sanders");
        assert_eq!(
            editor.document.set().annotation_count(),
            2,
            "the quote and one proposal"
        );
        assert!(editor.people().is_empty());
    }

    #[test]
    fn a_confirmed_choice_accepts_the_mention_and_knows_the_person() {
        let mut editor = TestEditor::new(TEXT);
        let quote = editor.tag("quote", "“I think so,”").id;
        let sanders = untagged(&editor, "Sanders");
        editor
            .run(|ctx, ids| action::choose_candidate(ctx, &quote, &sanders, true, ids))
            .unwrap();
        let link = editor.links(&quote)[0].clone();
        let Target::Annotation(id) = &link.to else {
            panic!("{link:?}")
        };
        let mention = editor.get(id).unwrap();
        assert!(link.confirmed);
        assert_eq!(mention.verdict, Verdict::Accepted);
        assert_eq!(editor.people()[0].name, "Sanders");
        // Chosen again, there is nothing to do; another one stays confirmed.
        assert!(
            editor
                .run(|ctx, ids| action::choose_candidate(ctx, &quote, &sanders, true, ids))
                .is_err()
        );
        let he = editor.tag("speaker", "He").id;
        let candidate = Candidate {
            target: CandidateTarget::Tagged(he.clone()),
            words: "He".to_owned(),
        };
        editor
            .run(|ctx, ids| action::choose_candidate(ctx, &quote, &candidate, false, ids))
            .unwrap();
        let [link] = editor.links(&quote).try_into().unwrap();
        assert!(link.confirmed);
        assert_eq!(link.to, Target::Annotation(he));
        assert_eq!(editor.get(id), None, "only this link had made it");
        assert!(editor.people().is_empty());
    }

    #[test]
    fn a_proposal_that_others_use_stays() {
        let mut editor = TestEditor::new(TEXT);
        let quote = editor.tag("quote", "“I think so,”").id;
        let proposal = editor.links(&quote)[0].to.clone();
        let Target::Annotation(id) = &proposal else {
            panic!("{proposal:?}")
        };
        let other = editor.tag("quote", "“Today we do not.”").id;
        let same = Candidate {
            target: CandidateTarget::Tagged(id.clone()),
            words: String::new(),
        };
        let _ = editor.run(|ctx, ids| action::choose_candidate(ctx, &other, &same, false, ids));
        let sanders = untagged(&editor, "Sanders");
        editor
            .run(|ctx, ids| action::choose_candidate(ctx, &quote, &sanders, false, ids))
            .unwrap();
        assert!(editor.get(id).is_some());
    }

    #[test]
    fn a_speaker_has_no_speaker() {
        let mut editor = TestEditor::new(TEXT);
        let he = editor.tag("speaker", "He").id;
        let sanders = untagged(&editor, "Sanders");
        let refused = editor
            .run(|ctx, ids| action::choose_candidate(ctx, &he, &sanders, true, ids))
            .unwrap_err();
        assert!(refused.to_string().contains("speaker"), "{refused}");
    }
}
