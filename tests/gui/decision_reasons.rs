//! Why a difference was decided: for which decision a reason is, and that it is not lost.

use super::adjudicating::corpus;
use super::window::Window;

#[test]
fn a_reason_is_for_the_decision_just_made() {
    let corpus = corpus();
    let home = tempfile::tempdir().unwrap();
    let mut window = Window::open_as(home.path(), &[corpus.path("a.txt")], "lead");
    window.command("Adjudicate");
    window.press("F5 2");
    assert!(window.mentions("1 difference left"));
    // The next difference is shown; the key and the button say which decision they mean.
    assert!(window.mentions("Take the tag of ben: no tag"));
    assert!(window.mentions("Reason for “He knew.”, decided just now…"));
    window.press("m");
    assert!(window.mentions("He knew.: boundary differs"));
    window.type_text("no stop");
    window.press("Enter Ctrl+s");
    let curated = corpus.read("a.txt.curated.ron");
    assert!(curated.contains("reason: \"no stop\""), "{curated}");
    // Once one has moved, it is for what one is at.
    window.press("F5 m");
    window.type_text("hers");
    window.press("Enter");
    assert!(!window.mentions("decided just now"));
    assert!(window.mentions("Reason: hers"));
    window.press("1");
    assert!(window.mentions("No differences left to decide on."));
    // Undone, it waits for the next decision.
    window.press("Ctrl+z F5");
    assert!(window.mentions("Reason: hers"));
    window.press("0 Ctrl+s");
    let curated = corpus.read("a.txt.curated.ron");
    assert!(curated.contains("reason: \"hers\""), "{curated}");
    // With its time, in the panel.
    window.click("Decided: He knew., took ben’s, by lead: no stop");
    assert!(window.mentions("Took ben’s, by lead on 20"));
}

#[test]
fn a_reason_waits_for_its_decision_over_a_restart() {
    let corpus = corpus();
    let home = tempfile::tempdir().unwrap();
    let open = || {
        let mut window = Window::open_as(home.path(), &[corpus.path("a.txt")], "lead");
        window.command("Adjudicate");
        window
    };
    let mut window = open();
    window.press("F5 m");
    window.type_text("no stop");
    window.press("Enter");
    assert!(window.mentions("Reason: no stop"));
    drop(window);
    let mut window = open();
    assert!(
        !window.mentions("The words you had typed"),
        "it was confirmed"
    );
    window.press("F5");
    assert!(window.mentions("Reason: no stop"));
    // It stays while one's own tags are shown.
    window.command("Adjudicate");
    window.command("Adjudicate");
    window.click("Boundary: He knew., boundary differs");
    window.press("2 Ctrl+s");
    let curated = corpus.read("a.txt.curated.ron");
    assert!(curated.contains("reason: \"no stop\""), "{curated}");
    drop(window);
    let mut window = open();
    window.press("F5");
    assert!(
        !window.mentions("Reason: no stop"),
        "it is kept with its decision"
    );

    // One that is half typed is offered as other words are, and leads to its difference.
    window.press("m");
    window.type_text("half a rea");
    assert!(window.end_session());
    let mut window = Window::open_as(home.path(), &[corpus.path("a.txt")], "lead");
    assert!(window.mentions("The words you had typed in “Reason for the decision” are kept"));
    window.click("Use");
    assert!(window.shows("lead adjudicates"));
    assert_eq!(window.value("Reason for the decision"), "half a rea");
    window.press("Enter");
    assert!(window.mentions("Reason: half a rea"), "{}", window.status());
    drop(window);
    let window = Window::open_as(home.path(), &[corpus.path("a.txt")], "lead");
    assert!(!window.mentions("The words you had typed"));
}
