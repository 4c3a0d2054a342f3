//! Keys that would do something unseen, and what they say instead.

use super::window::Window;
use crate::support::TestCorpus;

#[test]
fn the_way_down_says_what_is_left_at_the_end_and_goes_there() {
    let home = tempfile::tempdir().unwrap();
    let mut window = Window::open(home.path(), &[]);
    window.caret_at("think the president");
    window.press("q Escape");
    window.press("Ctrl+End Shift+n");
    assert!(
        window.mentions("press again for the first of 1"),
        "what is left"
    );
    window.press("Shift+n");
    assert!(window.mentions("Back at the first tag without a confirmed speaker"));
}

#[test]
fn letters_typed_on_after_the_label_was_chosen_tag_nothing() {
    let home = tempfile::tempdir().unwrap();
    let mut window = Window::open(home.path(), &[]);
    window.caret_at("think the president");
    window.press("q Enter r");
    // "claim", typed fast: C is the answer.
    window.type_fast("claim");
    assert!(window.mentions("Claim: “I think the president"));
    assert!(!window.mentions("Write a note") && !window.shows("Note on the tag"));
    assert!(window.mentions("Tags 2"), "nothing else was tagged");
    window.wait();
    window.press("r q");
    assert!(window.mentions("Quote: “I think"), "{}", window.status());
    window.press("m");
    assert!(window.shows("Note on the tag"), "later keys act again");
}

#[test]
fn a_part_from_far_away_says_which_tag_it_was_added_to() {
    let text = "“We do not,” Tillerson said.\n\nOne.\n\nTwo.\n\nThree.\n\nIt goes on here.";
    let corpus = TestCorpus::new().file("one.txt", text);
    let mut window = Window::open(&corpus.path("home"), &[corpus.path("one.txt")]);
    window.caret_at("We do not");
    window.press("q Enter");
    window.caret_at("It goes");
    window.press("e e a");
    assert!(window.mentions("Added a part to quote “We do not"));
}
