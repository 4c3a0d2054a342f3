//! What is probably a slip: found, set right, ignored.

use std::fs;
use std::path::PathBuf;

use super::window::Window;
use crate::support::TestCorpus;

const SPLIT: &str = "<q1:quote>“We go,”</q1> <s1:speaker>An</s1>na said on Tuesday.\n---\n\
                     q1 -speaker-> s1";

fn open(notation: &str) -> (TestCorpus, Window, PathBuf) {
    let corpus = TestCorpus::new().tagged("a.txt", "", notation);
    let home = corpus.path("home");
    fs::create_dir(&home).unwrap();
    let window = Window::open(&home, &[corpus.path("a.txt")]);
    let sidecar = corpus.path("a.txt.ron");
    (corpus, window, sidecar)
}

#[test]
fn a_key_goes_to_a_slip_and_another_sets_it_right() {
    let (_corpus, mut window, sidecar) = open(SPLIT);
    let saved = || fs::read_to_string(&sidecar).unwrap();
    window.command("problems");
    assert!(window.mentions("an edge of this tag splits a word"));
    window.press("F8");
    assert!(
        window
            .status()
            .contains("An edge of this tag splits a word"),
        "{}",
        window.status()
    );
    assert!(window.shows("Move edge"));
    window.press("Ctrl+. Ctrl+s");
    assert!(saved().contains("text: [\"Anna\"]"), "{}", saved());
    assert!(window.mentions("No problems."));
    window.press("Ctrl+.");
    assert!(
        window.status().contains("No problem here"),
        "{}",
        window.status()
    );
    window.press("Ctrl+z Ctrl+s");
    assert!(saved().contains("text: [\"An\"]"), "{}", saved());
    window.click("Move edge");
    window.press("Ctrl+s");
    assert!(saved().contains("text: [\"Anna\"]"), "{}", saved());
}

#[test]
fn a_slip_is_ignored_with_a_reason_and_shown_again() {
    let (_corpus, mut window, sidecar) = open(SPLIT);
    let saved = || fs::read_to_string(&sidecar).unwrap();
    window.press("Ctrl+i");
    assert!(
        window.status().contains("No hint here"),
        "{}",
        window.status()
    );
    window.command("problems");
    window.press("F8 Ctrl+i");
    assert!(window.shows("Reason"));
    window.type_text("half a name");
    window.press("Enter Ctrl+s");
    let record = "(rule: \"edge-in-word\", tag: \"s1\", reason: \"half a name\"";
    assert!(saved().contains(record), "{}", saved());
    assert!(window.mentions("No problems."));
    window.click("1 hint ignored");
    assert!(window.mentions("half a name"));
    window.click("Show again: edge in word: “An”");
    window.press("Ctrl+s");
    assert!(!saved().contains("ignored"), "{}", saved());
    assert!(window.mentions("an edge of this tag splits a word"));
    window.press("Ctrl+z Ctrl+s");
    assert!(saved().contains(record), "{}", saved());
}

#[test]
fn what_is_looked_at_once_an_article_is_done_is_told_then() {
    let text = "“We go there every year,” Anna said. “We stay at home,” <s1:speaker>Lee</s1> said.";
    let (_corpus, mut window, _) = open(text);
    window.command("problems");
    let width = window.rects_of("No problems. ").pop().unwrap().width();
    assert!(width < 320.0, "wrapped in the panel: {width}");
    assert!(
        window.mentions("No problems. 2 hints will be listed once the article is marked as done.")
    );
    window.press("Ctrl+Enter");
    assert!(
        window.mentions("left to do: 2 hints under Problems"),
        "{}",
        window.status()
    );
    assert!(window.mentions("2 × this quoted passage has no tag"));
    window.press("F8 F8");
    window.click("Tag passage");
    assert!(window.mentions("this quoted passage has no tag"));
}

#[test]
fn the_next_problem_after_the_last_is_the_first_and_the_panel_shows_it() {
    let notation = "<q1:quote>“We go,”</q1> <s1:speaker>An</s1>na said on Tues<s2:speaker>day</s2>.\n---\n\
                    q1 -speaker-> s1";
    let (_corpus, mut window, _) = open(notation);
    window.command("facts");
    window.press("F8");
    assert!(window.shows("Move edge"), "the panel shows it");
    let mut steps = 1;
    while !window.status().ends_with("(back at the first problem)") {
        assert!(steps < 9, "{}", window.status());
        window.press("F8");
        steps += 1;
    }
    assert!(steps > 2, "each has its turn");
    window.press("Shift+F8");
    let status = window.status();
    assert!(status.ends_with("(on to the last problem)"), "{status}");
}

#[test]
fn problems_follow_the_rules_of_the_project_also_of_articles_that_are_not_open() {
    let text = "“We go,” <s1:speaker>An</s1>na said.";
    let corpus = TestCorpus::new()
        .tagged("a.txt", "", text)
        .tagged("b.txt", "", text)
        .file("pullquote.ron", "()");
    let home = tempfile::tempdir().unwrap();
    let mut window = Window::open(home.path(), &[corpus.path("")]);
    window.command("problems");
    assert!(window.mentions("an edge of this tag splits a word"));
    window.press("F12");
    window.click_first("Queue");
    window.click("With hints");
    assert!(window.shows("Choose a.txt") && window.shows("Choose b.txt"));
    let off = "(lint: {\"edge-in-word\": \"off\"})";
    let corpus = corpus.file("pullquote.ron", off);
    window.come_back();
    assert!(
        !window.shows("Choose b.txt"),
        "what is not open follows, too"
    );
    window.press("Escape");
    assert!(window.mentions("No problems."));
    let _corpus = corpus.file("pullquote.ron", "()");
    window.come_back();
    assert!(window.mentions("an edge of this tag splits a word"));
    window.press("F12");
    assert!(window.shows("Choose b.txt"));
}
