//! The details of the current tag.

use super::window::Window;
use crate::support::TestCorpus;

const SCHEMA: &str = r#"(
    labels: [
        (key: "quote", name: "Quote", plural: "Quotes", letter: 'Q', color: Yellow, speaks: true),
        (key: "speaker", name: "Speaker", plural: "Speakers", letter: 'S', color: Pink, mentions: true),
        (key: "cue", name: "Cue", plural: "Cues", letter: 'U', color: Blue, reports: true),
    ],
    roles: [
        (key: "speaker", name: "Speaker", from: ["quote"], to: ["speaker"], people: true),
        (key: "cue", name: "Reporting words", from: ["quote"], to: ["cue"]),
    ],
)"#;

const ARTICLE: &str = "<q1:quote>“We do not,”</q1> <s1:speaker>Tillerson</s1> <k1:cue>said</k1>.
---
q1 -cue-> k1";

fn open(notation: &str) -> (TestCorpus, Window) {
    let corpus = TestCorpus::new()
        .file("pullquote.ron", SCHEMA)
        .tagged("one.txt", "", notation);
    let mut window = Window::open(&corpus.path("home"), &[corpus.path("one.txt")]);
    window.caret_at("We do not");
    (corpus, window)
}

#[test]
fn a_link_to_reporting_words_is_no_speaker() {
    let (_corpus, mut window) = open(ARTICLE);
    assert!(window.shows("No speaker yet"));
    assert!(window.shows("Reporting words") && window.shows("said"));
    window.click("Remove this link");
    assert!(!window.shows("Reporting words"));
    assert!(window.shows("No speaker yet"));
}

#[test]
fn links_stand_under_the_name_of_their_role() {
    let (_corpus, window) = open(&format!(
        "{ARTICLE}\nq1 -speaker-> s1\nq1 -heard_by-> nobody"
    ));
    assert!(!window.shows("No speaker yet"));
    for words in [
        "Said by",
        "Tillerson",
        "Reporting words",
        "said",
        "Heard_by",
    ] {
        assert!(window.shows(words), "{words}");
    }
}

#[test]
fn a_person_is_chosen_for_a_quote_that_has_reporting_words_and_no_mention() {
    let (corpus, mut window) = open(&format!("{ARTICLE}\np1 = Rex Tillerson"));
    window.press("w");
    window.type_text("Rex");
    window.press("Enter");
    let sidecar = corpus.read("one.txt.ron");
    assert!(
        sidecar.contains("role: \"speaker\", from: \"q1\", to: Person(\"p1\")"),
        "{sidecar}"
    );
}

#[test]
fn a_pronoun_says_whom_it_means() {
    let corpus = TestCorpus::new().file(
        "one.txt",
        "“We have waited for three weeks,” the old man said.\n\n“Nobody asked,” he said.\n\n\
         “Not me,” she said.",
    );
    let mut window = Window::open(&corpus.path("home"), &[corpus.path("one.txt")]);
    window.caret_at("We have waited");
    window.press("q Enter");
    window.caret_at("Nobody asked");
    window.press("q");
    let chip = "speaker candidate: he → the old man";
    assert_eq!(window.rects_of(chip).len(), 1);
    assert!(window.mentions("said by he → the old man, not confirmed"));
    window.press("Enter");
    assert!(
        window.mentions("said by he → the old man"),
        "{}",
        window.status()
    );
    window.caret_at("Not me");
    window.press("q");
    assert!(!window.mentions("she → "), "not the old man");
}

#[test]
fn chip_margin_list_and_details_call_the_proposed_speaker_the_same() {
    let corpus = TestCorpus::new().file(
        "one.txt",
        "Rex Tillerson arrived on Monday.\n\n“We do not,” Tillerson said.",
    );
    let mut window = Window::open(&corpus.path("home"), &[corpus.path("one.txt")]);
    window.caret_at("Rex Tillerson");
    window.press("s");
    window.caret_at("We do not");
    window.press("q");
    assert_eq!(window.rects_of("speaker candidate: Rex Tillerson").len(), 1);
    assert!(
        window.mentions("said by Rex Tillerson, not confirmed"),
        "in the text"
    );
    assert!(
        window.mentions("“We do not,”, Rex Tillerson?"),
        "in the list"
    );
    assert!(
        window.rects_of("speaker candidate: ").len() == 2,
        "and no speaker given"
    );
    window.press("Enter");
    assert!(window.mentions("said by Rex Tillerson"));
}

/// As on a screen of 1280 × 800 pixels that is shown larger, by a tenth or a quarter.
#[test]
fn what_a_narrow_panel_says_about_a_quote_is_in_view() {
    let corpus = TestCorpus::new()
        .tagged("one.txt", "", "<q1:quote>“We do not,”</q1> she said.")
        .file("two.txt", "Nothing.");
    let mut window = Window::open(&corpus.path("home"), &[corpus.path("")]);
    window.press("n");
    for (width, height) in [(1164.0, 727.0), (1024.0, 640.0), (900.0, 600.0)] {
        window.set_size(width, height);
        let note = window.field_rect("Note");
        // The lowest of that name: menus have it, too.
        for name in ["Form", "Review"] {
            let rect = window.rects_of(name).pop().expect("it is shown");
            assert!(
                rect.top() > height / 2.0 && rect.bottom() <= note.top(),
                "{name}: {rect}"
            );
            assert!(
                rect.right() <= width && note.bottom() <= height,
                "{name}: {rect}"
            );
        }
    }
}
