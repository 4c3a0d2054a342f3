//! The sample article's first attributions, as a person makes them.

use pullquote::model::{Review, Target};
use pullquote::ops::{Edge, Edit, Gesture, Step, TagFilter};

use crate::support::Desk;

const THINK: &str = "the president has been quite clear";

#[test]
fn a_split_quote_is_one_tag_linked_to_its_speaker() {
    let mut desk = Desk::sample();
    desk.caret_in(THINK);
    desk.run(Edit::Tag("quote".into()));
    desk.run(Edit::AddFragment);
    desk.run(Gesture::Confirm);

    let quote = desk.tag_at(THINK);
    assert_eq!(
        desk.words(&quote),
        [
            "“I think the president has been quite clear that he views it as extremely important \
             that the United States and Russia have a working relationship,”",
            "“Today we do not.”"
        ]
    );
    assert_eq!(desk.speaker_of(&quote), Some("Tillerson".to_owned()));
    assert!(desk.link_of(&quote).is_some_and(|link| link.confirmed));
    assert_eq!(desk.open.tally().without_speaker, 0);
}

#[test]
fn every_caret_within_the_quote_tags_the_same_words() {
    let whole = "“I think the president has been quite clear that he views it as extremely \
                 important that the United States and Russia have a working relationship,”";
    let start = Desk::sample().place_of(whole);
    for (offset, _) in whole.char_indices() {
        let mut desk = Desk::sample();
        desk.caret_at(start.start() + pullquote::text::TextSize::try_from(offset).unwrap());
        desk.run(Edit::Tag("quote".into()));
        let tag = desk.open.current_tag().unwrap().id.clone();
        assert_eq!(
            desk.words(&tag),
            [whole],
            "caret {offset} bytes into the quotation"
        );
    }
}

#[test]
fn tagging_neither_moves_the_caret_nor_keeps_the_selection() {
    let mut desk = Desk::sample();
    desk.select("United States and Russia have");
    let head = desk.open.selection().head;
    desk.run(Edit::Tag("claim".into()));
    assert_eq!(desk.open.selection().head, head);
    assert!(desk.open.selection().is_caret());
    let tag = desk.open.current_tag().unwrap().id.clone();
    assert_eq!(desk.words(&tag), ["United States and Russia have"]);
}

#[test]
fn a_speaker_under_the_caret_is_one_command() {
    let mut desk = Desk::sample();
    desk.caret_in("Rex Tiller");
    desk.run(Edit::Tag("speaker".into()));
    let tag = desk.open.current_tag().unwrap().id.clone();
    assert_eq!(desk.words(&tag), ["Secretary of State Rex Tillerson"]);
}

#[test]
fn the_same_name_tagged_again_is_the_same_person() {
    let mut desk = Desk::sample();
    desk.caret_in("Rex Tiller");
    desk.run(Edit::Tag("speaker".into()));
    desk.caret_in("Tillerson pointed out");
    desk.run(Edit::Tag("speaker".into()));
    let people: Vec<_> = desk
        .open
        .document()
        .set()
        .annotations()
        .map(|tag| tag.person.clone())
        .collect();
    assert_eq!(people.len(), 2);
    assert!(people.first().unwrap().is_some());
    assert_eq!(people.first(), people.last());
    assert_eq!(desk.open.document().set().person_count(), 1);
}

#[test]
fn undo_goes_back_to_the_untouched_article_and_redo_to_the_end() {
    let mut desk = Desk::sample();
    let untouched = desk.open.document().set().clone();
    desk.caret_in(THINK);
    desk.run(Edit::Tag("quote".into()));
    desk.run(Edit::AddFragment);
    let candidates = desk.open.chips().unwrap().candidates.len();
    assert!(candidates > 1);
    for _ in 1..candidates {
        desk.run(Gesture::NextCandidate);
    }
    desk.run(Gesture::Confirm);
    desk.run(Edit::Nudge {
        edge: Edge::End,
        forward: true,
        step: Step::Word,
    });
    let finished = desk.open.document().set().clone();
    let mut steps = 0;
    while desk.open.undo_label().is_some() {
        desk.run(Gesture::Undo);
        steps += 1;
    }
    // The walk through the candidates is one step.
    assert_eq!(steps, 5);
    assert_eq!(desk.open.document().set(), &untouched);
    while desk.open.redo_label().is_some() {
        desk.run(Gesture::Redo);
    }
    assert_eq!(desk.open.document().set(), &finished);
}

#[test]
fn review_marks_and_goes_on() {
    let mut desk = Desk::sample();
    for words in [THINK, "despite differences", "been very supportive"] {
        desk.caret_in(words);
        desk.run(Edit::Tag("quote".into()));
        desk.run(Gesture::Confirm);
    }
    desk.caret_at(0.into());
    let quotes = TagFilter {
        label: Some("quote".into()),
        review: Some(Review::Unreviewed),
        ..TagFilter::default()
    };
    desk.run(Gesture::NextTag(quotes.clone()));
    for review in [Review::Accepted, Review::Rejected, Review::Unsure] {
        desk.run(Gesture::ReviewAndGoOn {
            tag: None,
            review,
            filter: quotes.clone(),
        });
    }
    let reviews: Vec<_> = desk
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
        (desk.open.tally().rejected, desk.open.tally().unsure),
        (1, 1)
    );
}

#[test]
fn nobody_named_is_an_answer() {
    let mut desk = Desk::sample();
    desk.caret_in(THINK);
    desk.run(Edit::Tag("quote".into()));
    desk.run(Edit::NotGiven);
    let quote = desk.tag_at(THINK);
    let link = desk.link_of(&quote).unwrap();
    assert_eq!((link.to, link.confirmed), (Target::NotGiven, true));
    // The proposed mention was never a tag of its own.
    assert_eq!(desk.open.document().set().annotation_count(), 1);
}
