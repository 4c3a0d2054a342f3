//! How far annotators agree: the figures, and the tags behind each.

use std::fs;

use super::window::Window;
use crate::support::TestCorpus;

const ANN: &str = "<q1:quote>“We do not,”</q1> <s1:speaker>Tillerson</s1> said on Tuesday. \
    <q2:quote>He knew.</q2> <c1:claim>Trade grew.</c1>
---
q1 form=direct
q2 form=indirect
q1 -speaker-> s1";
const BEN: &str = "<r1:quote>“We do not,”</r1> <t1:speaker>Tillerson</t1> said on Tuesday. \
    <r2:quote>He knew</r2>. Trade grew.
---
r1 form=mixed
r2 form=indirect
r1 -speaker-> t1";

/// How many differences are listed.
fn differences(window: &Window) -> Option<usize> {
    (0..9).find(|number| match number {
        1 => window.shows("1 difference"),
        _ => window.shows(&format!("{number} differences")),
    })
}

/// An article that each of these has begun.
fn corpus(people: &[(&str, &str)]) -> TestCorpus {
    let mut corpus = TestCorpus::new();
    for (name, notation) in people {
        corpus = corpus.tagged("a.txt", name, notation);
        let sidecar = format!("a.txt.{name}.ron");
        let new = corpus.read(&sidecar);
        let begun = new.replace("    people: [", "    state: Done,\n    people: [");
        assert_ne!(new, begun);
        corpus = corpus.file(&sidecar, begun);
    }
    corpus
}

#[test]
fn a_figure_lists_the_tags_that_lower_it() {
    let corpus = corpus(&[("ann", ANN), ("ben", BEN)]);
    let home = tempfile::tempdir().unwrap();
    let mut window = Window::open_as(home.path(), &[corpus.path("")], "lead");
    window.press("Ctrl+F12");
    assert!(window.mentions("1 article by 2 people"));
    assert!(window.mentions("same boundaries") && window.mentions("ann and ben"));
    assert!(window.mentions("P 0.") && window.mentions(" R 0."));
    // One quote has another form, one another end.
    assert_eq!(differences(&window), Some(2));
    for (figure, expected) in [
        ("exact F1", 1),
        // The full stop may belong to it or not.
        ("edge F1", 0),
        ("overlap F1", 0),
        ("same boundaries", 1),
        ("same start", 0),
        ("same end", 1),
        ("same form", 1),
        ("same speaker", 0),
    ] {
        window.click(&format!("Tags that lower {figure}"));
        assert_eq!(differences(&window), Some(expected), "{figure}");
    }
    window.click("Tags in which ann and ben differ");
    assert_eq!(differences(&window), Some(2));
    assert!(window.shows("Quote: “We do not,”, a.txt, line 1  ·  attributes"));
    window.click("All labels");
    assert_eq!(differences(&window), Some(3));
    assert!(window.shows("Claim: Trade grew., a.txt, line 1  ·  only ann"));
    window.click("Quote: He knew., a.txt, line 1  ·  boundary");
    assert_eq!(differences(&window), None);
    assert!(window.mentions("ben"), "the tags of others are drawn");
    // Back to the row that led there; what was chosen is still there.
    window.press("Alt+Left");
    assert_eq!(differences(&window), Some(3));
    assert_eq!(
        window.focused(),
        "Quote: He knew., a.txt, line 1  ·  boundary"
    );
    window.press("Escape");
    // There and back by key.
    window.press("Ctrl+F12");
    assert_eq!(differences(&window), Some(3));
    window.press("Escape");
    assert_eq!(differences(&window), None);
}

#[test]
fn one_person_alone_has_nobody_to_agree_with() {
    let corpus = corpus(&[("ann", ANN)]);
    let home = tempfile::tempdir().unwrap();
    let mut window = Window::open_as(home.path(), &[corpus.path("")], "ann");
    window.press("Ctrl+F12");
    assert!(window.mentions("Agreement needs two people"));
}

#[test]
fn some_people_alone_have_their_own_figures() {
    let corpus = corpus(&[("ann", ANN), ("ben", BEN), ("cat", ANN), ("dan", ANN)]);
    let unnamed = corpus.read("a.txt.cat.ron");
    fs::remove_file(corpus.path("a.txt.cat.ron")).unwrap();
    let unnamed = unnamed.replace("    annotator: \"cat\",\n", "");
    let corpus = corpus.file("a.txt.ron", unnamed);
    let home = tempfile::tempdir().unwrap();
    let mut window = Window::open_as(home.path(), &[corpus.path("")], "lead");
    window.press("Ctrl+F12");
    assert!(window.mentions("1 article by 4 people"));
    window.click("Compared: Everybody");
    // One alone is not enough; the others are still counted.
    window.click("Compare ann");
    assert!(window.shows("Tick one more person"));
    assert!(window.mentions("1 article by 4 people"));
    window.click("Compare unnamed");
    assert!(window.mentions("1 article by 2 people"));
    assert_eq!(differences(&window), Some(0));
    // The others are still there to choose.
    window.click("Compare ben");
    assert!(window.mentions("1 article by 3 people"));
    assert!(window.shows("Compared: ann, ben and unnamed"));
    window.click("Compare unnamed");
    assert_eq!(differences(&window), Some(2));
    window.click("Everybody");
    assert!(window.mentions("1 article by 4 people"));
    assert!(window.shows("Compared: Everybody"));
}
