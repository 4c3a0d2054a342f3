//! The sample article's first attributions, as a person makes them.

use pullquote::model::{Review, Target};
use pullquote::ops::{Edge, Edit, Gesture, Step, TagFilter};

use crate::support::TestEditor;

const THINK: &str = "the president has been quite clear";

#[test]
fn a_split_quote_is_one_tag_linked_to_its_speaker() {
    let mut editor = TestEditor::sample();
    editor.caret_in(THINK);
    editor.run(Edit::Tag("quote".into()));
    editor.run(Gesture::Confirm);

    let quote = editor.tag_at(THINK);
    assert_eq!(
        editor.words(&quote),
        [
            "“I think the president has been quite clear that he views it as extremely important \
             that the United States and Russia have a working relationship,”",
            "“Today we do not.”"
        ]
    );
    assert_eq!(editor.speaker_of(&quote), Some("Tillerson".to_owned()));
    assert!(editor.link_of(&quote).is_some_and(|link| link.confirmed));
    assert_eq!(editor.open.tally().without_speaker, 0);
}

#[test]
fn a_part_is_added_from_the_next_paragraph_only_when_asked_for_twice() {
    let mut editor = TestEditor::on("“One,” he said. “Two.”\n\n“Three,” she said.");
    editor.caret_in("One");
    editor.run(Edit::Tag("quote".into()));
    let quote = editor.tag_at("One");
    assert_eq!(editor.words(&quote), ["“One,”", "“Two.”"]);
    let refused = editor.refused(Edit::AddFragment);
    assert!(refused.contains("in this paragraph"), "{refused}");
    assert_eq!(editor.words(&quote).len(), 2);
    editor.run(Edit::AddFragment);
    assert_eq!(editor.words(&quote), ["“One,”", "“Two.”", "“Three,”"]);

    // Anything else in between, and it is asked for the first time again.
    editor.run(Gesture::Undo);
    editor.refused(Edit::AddFragment);
    editor.caret_in("One");
    editor.refused(Edit::AddFragment);
}

#[test]
fn every_caret_within_the_quote_tags_the_same_words() {
    let whole = "“I think the president has been quite clear that he views it as extremely \
                 important that the United States and Russia have a working relationship,”";
    let start = TestEditor::sample().place_of(whole);
    for (offset, _) in whole.char_indices() {
        let mut editor = TestEditor::sample();
        editor.caret_at(start.start() + pullquote::text::TextSize::try_from(offset).unwrap());
        editor.run(Edit::Tag("quote".into()));
        let tag = editor.open.current_tag().unwrap().id.clone();
        assert_eq!(
            editor.words(&tag),
            [whole, "“Today we do not.”"],
            "caret {offset} bytes into the quotation"
        );
    }
}

#[test]
fn tagging_neither_moves_the_caret_nor_keeps_the_selection() {
    let mut editor = TestEditor::sample();
    editor.select("United States and Russia have");
    let head = editor.open.selection().head;
    editor.run(Edit::Tag("claim".into()));
    assert_eq!(editor.open.selection().head, head);
    assert!(editor.open.selection().is_caret());
    let tag = editor.open.current_tag().unwrap().id.clone();
    assert_eq!(editor.words(&tag), ["United States and Russia have"]);
}

#[test]
fn a_speaker_under_the_caret_is_one_command() {
    let mut editor = TestEditor::sample();
    editor.caret_in("Rex Tiller");
    editor.run(Edit::Tag("speaker".into()));
    let tag = editor.open.current_tag().unwrap().id.clone();
    assert_eq!(editor.words(&tag), ["Secretary of State Rex Tillerson"]);
}

#[test]
fn the_same_name_tagged_again_is_the_same_person() {
    let mut editor = TestEditor::sample();
    editor.caret_in("Rex Tiller");
    editor.run(Edit::Tag("speaker".into()));
    editor.caret_in("Tillerson pointed out");
    editor.run(Edit::Tag("speaker".into()));
    let people: Vec<_> = editor
        .open
        .document()
        .set()
        .annotations()
        .map(|tag| tag.person.clone())
        .collect();
    assert_eq!(people.len(), 2);
    assert!(people.first().unwrap().is_some());
    assert_eq!(people.first(), people.last());
    assert_eq!(editor.open.document().set().person_count(), 1);
}

#[test]
fn undo_goes_back_to_the_untouched_article_and_redo_to_the_end() {
    let mut editor = TestEditor::sample();
    let untouched = editor.open.document().set().clone();
    editor.caret_in(THINK);
    editor.run(Edit::Tag("quote".into()));
    let candidates = editor.open.chips().unwrap().candidates.len();
    assert!(candidates > 1);
    for _ in 1..candidates {
        editor.run(Gesture::NextCandidate);
    }
    editor.run(Gesture::Confirm);
    editor.run(Edit::Nudge {
        edge: Edge::End,
        forward: true,
        step: Step::Word,
    });
    let finished = editor.open.document().set().clone();
    let mut steps = 0;
    while editor.open.undo_label().is_some() {
        editor.run(Gesture::Undo);
        steps += 1;
    }
    // The walk through the candidates is one step.
    assert_eq!(steps, 4);
    assert_eq!(editor.open.document().set(), &untouched);
    while editor.open.redo_label().is_some() {
        editor.run(Gesture::Redo);
    }
    assert_eq!(editor.open.document().set(), &finished);
}

#[test]
fn review_marks_and_goes_on() {
    let mut editor = TestEditor::sample();
    for words in [THINK, "despite differences", "been very supportive"] {
        editor.caret_in(words);
        editor.run(Edit::Tag("quote".into()));
        editor.run(Gesture::Confirm);
    }
    editor.caret_at(0.into());
    let quotes = TagFilter {
        label: Some("quote".into()),
        review: Some(Review::Unreviewed),
        ..TagFilter::default()
    };
    editor.run(Gesture::NextTag(quotes.clone()));
    for review in [Review::Accepted, Review::Rejected, Review::Unsure] {
        editor.run(Gesture::ReviewAndGoOn {
            tag: None,
            review,
            filter: quotes.clone(),
        });
    }
    let reviews: Vec<_> = editor
        .open
        .document()
        .set()
        .annotations()
        .filter(|tag| tag.label == "quote")
        .map(|tag| tag.review)
        .collect();
    assert_eq!(
        reviews,
        [Review::Accepted, Review::Rejected, Review::Unsure]
    );
    assert_eq!(
        (editor.open.tally().rejected, editor.open.tally().unsure),
        (1, 1)
    );
}

#[test]
fn nobody_named_is_an_answer() {
    let mut editor = TestEditor::sample();
    editor.caret_in(THINK);
    editor.run(Edit::Tag("quote".into()));
    editor.run(Edit::NotGiven);
    let quote = editor.tag_at(THINK);
    let link = editor.link_of(&quote).unwrap();
    assert_eq!((link.to, link.confirmed), (Target::NotGiven, true));
    // The proposed mention was never a tag of its own.
    assert_eq!(editor.open.document().set().annotation_count(), 1);
}
