//! Who said it: candidates, confirming, and what depends on a deleted speaker.

use pullquote::model::{Review, Target, Verdict};
use pullquote::ops::{Edit, Gesture, Move, TagFilter};
use pullquote::text::SourceText;

use crate::support::{TestCorpus, TestEditor, Work};

const THINK: &str = "the president has been quite clear";

#[test]
fn the_proposed_speaker_is_no_tag_until_somebody_says_so() {
    let mut editor = TestEditor::sample();
    editor.caret_in(THINK);
    editor.run(Edit::Tag("quote".into()));
    let quote = editor.tag_at(THINK);
    assert!(!editor.link_of(&quote).unwrap().confirmed);
    assert_eq!(editor.open.tally().suggestions, 1);
    assert_eq!(editor.open.tally().unconfirmed, 1);

    editor.run(Gesture::Confirm);
    assert_eq!(editor.open.tally().suggestions, 0);
    let mention = editor.tag_at("Tillerson said on Tuesday. “Today");
    let mention = editor.open.document().set().annotation(&mention).unwrap();
    assert_eq!(mention.verdict, Verdict::Accepted);
}

#[test]
fn walking_the_candidates_comes_round_and_leaves_nothing_behind() {
    let mut editor = TestEditor::sample();
    editor.caret_in(THINK);
    editor.run(Edit::Tag("quote".into()));
    let quote = editor.tag_at(THINK);
    let first = editor.speaker_of(&quote);
    let count = editor.open.chips().unwrap().candidates.len();
    assert!(count >= 1);
    for _ in 0..count {
        editor.run(Gesture::NextCandidate);
        assert_eq!(
            editor.open.tally().suggestions,
            1,
            "only what is chosen is proposed"
        );
    }
    assert_eq!(editor.speaker_of(&quote), first);
    editor.run(Gesture::PreviousCandidate);
    editor.run(Gesture::NextCandidate);
    assert_eq!(editor.speaker_of(&quote), first);
}

#[test]
fn a_confirmed_speaker_is_changed_in_one_step_and_stays_confirmed() {
    let mut editor = TestEditor::sample();
    editor.caret_in("Rex Tiller");
    editor.run(Edit::Tag("speaker".into()));
    editor.caret_in(THINK);
    editor.run(Edit::Tag("quote".into()));
    editor.run(Gesture::Confirm);
    let quote = editor.tag_at(THINK);
    let before = editor.link_of(&quote).unwrap();
    editor.run(Gesture::NextCandidate);
    let after = editor.link_of(&quote).unwrap();
    assert_ne!(before.to, after.to);
    assert!(after.confirmed);
}

#[test]
fn escape_leaves_the_speaker_undecided() {
    let mut editor = TestEditor::sample();
    editor.caret_in(THINK);
    editor.run(Edit::Tag("quote".into()));
    editor.run(Gesture::Escape);
    let quote = editor.tag_at(THINK);
    assert!(editor.link_of(&quote).is_none());
    assert_eq!(editor.open.document().set().annotation_count(), 1);
    assert_eq!(editor.open.tally().without_speaker, 1);
}

#[test]
fn going_on_confirms_what_was_just_tagged_but_not_what_is_merely_visited() {
    let mut editor = TestEditor::sample();
    editor.caret_in("been very supportive");
    editor.run(Edit::Tag("quote".into()));
    let later = editor.tag_at("been very supportive");
    editor.caret_in(THINK);
    // The person turns to something else, so that the next tag is no yes.
    editor.run(Edit::SetNote {
        tag: Some(later.clone()),
        note: "who?".to_owned(),
    });
    editor.run(Edit::Tag("quote".into()));
    let quote = editor.tag_at(THINK);
    assert!(!editor.link_of(&quote).unwrap().confirmed);
    let quotes = TagFilter {
        label: Some("quote".into()),
        ..TagFilter::default()
    };
    editor.run(Gesture::NextTag(quotes.clone()));
    assert!(editor.link_of(&quote).unwrap().confirmed);
    assert_eq!(editor.open.current_tag().unwrap().id, later);

    editor.refused(Gesture::NextTag(quotes));
    assert!(!editor.link_of(&later).unwrap().confirmed, "visited only");
}

#[test]
fn a_deleted_mention_leaves_its_person_behind_the_quote() {
    let mut editor = TestEditor::sample();
    editor.caret_in(THINK);
    editor.run(Edit::Tag("quote".into()));
    editor.run(Gesture::Confirm);
    let quote = editor.tag_at(THINK);
    let Target::Annotation(mention) = editor.link_of(&quote).unwrap().to else {
        panic!("linked to a mention");
    };
    editor.run(Edit::Delete(Some(mention)));
    assert!(matches!(
        editor.link_of(&quote).unwrap().to,
        Target::Person(_)
    ));
    editor.run(Gesture::Undo);
    assert!(matches!(
        editor.link_of(&quote).unwrap().to,
        Target::Annotation(_)
    ));
}

/// A pre-filled link to a mention someone has accepted leaves the suggestions as they are; one to a
/// suggestion decides about it, too.
#[test]
fn a_suggestion_is_left_to_do_unless_a_link_that_waits_points_to_it() {
    let text = "“We do not,” Tillerson said on Tuesday.\n";
    let sha256 = SourceText::new(text, "UTF-8").unwrap().sha256().to_owned();
    let sidecar = |to: &str| {
        format!(
            "Pullquote(version: 1, source: (file: \"a.txt\", sha256: \"{sha256}\", \
             chars: 40, encoding: \"UTF-8\"), annotations: [\n\
             (id: \"q1\", label: \"quote\", at: [(0, 12)], text: [\"“We do not,”\"]),\n\
             (id: \"s1\", label: \"speaker\", at: [(13, 22)], text: [\"Tillerson\"]),\n\
             (id: \"s2\", label: \"speaker\", at: [(31, 38)], text: [\"Tuesday\"], \
             by: Suggester(\"rules\"), verdict: Open),\n], links: [\n\
             (id: \"l1\", role: \"speaker\", from: \"q1\", to: Annotation(\"{to}\"), \
             by: Suggester(\"rules\")),\n])\n"
        )
    };
    for (to, left) in [("s1", 1), ("s2", 0)] {
        let corpus = TestCorpus::new()
            .file("a.txt", text)
            .file("a.txt.ron", sidecar(to));
        let mut work = Work::open(&corpus.path("a.txt"), &corpus.state()).unwrap();
        let tally = work.open.tally();
        assert_eq!((tally.unconfirmed, tally.suggestions), (1, 1), "{to}");
        assert_eq!(tally.unlinked_suggestions, left, "{to}");
        // Without the link it is to be decided on by itself, or goes with the link.
        work.run(Edit::Unlink("l1".into()));
        let tally = work.open.tally();
        assert_eq!(tally.unlinked_suggestions, tally.suggestions, "{to}");
        work.run(Gesture::Undo);
        assert_eq!(work.open.tally().unlinked_suggestions, left, "{to}");
    }
}

#[test]
fn there_is_one_chip_for_a_person_while_a_mention_is_untagged() {
    let names = |editor: &TestEditor| -> Vec<String> {
        let list = editor.open.chips().unwrap();
        list.candidates
            .iter()
            .map(|candidate| candidate.words.clone())
            .collect()
    };
    // The full name is a tag with its person, the short one beside the quote is none.
    let mut editor = TestEditor::on(
        "Rex Tillerson arrived on Monday.\n\n“We do not,” Tillerson said. H.R. McMaster agreed.",
    );
    editor.caret_in("Rex Tiller");
    editor.run(Edit::Tag("speaker".into()));
    editor.caret_in("We do not");
    editor.run(Edit::Tag("quote".into()));
    let found = names(&editor);
    let of_one = found.iter().filter(|name| name.contains("Tillerson"));
    assert_eq!(of_one.count(), 1, "{found:?}");
    assert_eq!(found.first().map(String::as_str), Some("Tillerson"));

    // A name that fits two people stands for neither.
    let mut editor = TestEditor::on(
        "Hillary Clinton and Bill Clinton arrived on Monday.\n\n“We do not,” Clinton said.",
    );
    editor.caret_in("We do not");
    editor.run(Edit::Tag("quote".into()));
    let found = names(&editor);
    for name in ["Hillary Clinton", "Bill Clinton"] {
        let listed = found.iter().any(|one| one == name);
        assert!(listed || found.len() < 2, "{found:?}");
    }
}

#[test]
fn after_an_undo_going_on_confirms_again() {
    let mut editor = TestEditor::sample();
    editor.caret_in(THINK);
    editor.run(Edit::Tag("quote".into()));
    let quote = editor.tag_at(THINK);
    let on = Gesture::Untagged { forward: true };
    editor.run(on.clone());
    assert!(editor.link_of(&quote).unwrap().confirmed);
    editor.run(Move::PreviousTag(TagFilter::default()));
    editor.run(Gesture::Undo);
    assert!(!editor.link_of(&quote).unwrap().confirmed);
    assert!(editor.open.chips().is_some());
    editor.run(on);
    assert!(editor.link_of(&quote).unwrap().confirmed);
}

#[test]
fn a_tag_marked_in_review_stays_current_unless_one_goes_from_tag_to_tag() {
    let mut editor = TestEditor::sample();
    editor.caret_in("been very supportive");
    editor.run(Edit::Tag("quote".into()));
    let later = editor.tag_at("been very supportive");
    editor.caret_in(THINK);
    editor.run(Edit::Tag("quote".into()));
    editor.run(Gesture::Confirm);
    let quote = editor.tag_at(THINK);
    let mark = |review| Gesture::ReviewAndGoOn {
        tag: None,
        review,
        filter: TagFilter {
            label: Some("quote".into()),
            ..TagFilter::default()
        },
    };
    let outcome = editor.run(mark(Review::Rejected));
    assert_eq!(outcome.message, "rejected quote");
    editor.run(mark(Review::Unsure));
    assert_eq!(editor.open.current_tag().unwrap().id, quote);
    assert_eq!(editor.open.current_tag().unwrap().review, Review::Unsure);

    editor.caret_at(0.into());
    editor.run(Gesture::NextTag(TagFilter {
        label: Some("quote".into()),
        ..TagFilter::default()
    }));
    assert_eq!(editor.open.current_tag().unwrap().id, quote);
    let outcome = editor.run(mark(Review::Rejected));
    assert_eq!(editor.open.current_tag().unwrap().id, later);
    let said = &outcome.message;
    assert!(said.starts_with("rejected quote; now at quote "), "{said}");
}
