//! A reviewer proposes tags that an annotator has not made: by keyboard alone.

use super::reviewing::{ANN, open};
use crate::support::TestCorpus;

fn corpus() -> TestCorpus {
    TestCorpus::new().tagged("a.txt", "ann", ANN)
}

#[test]
fn a_tag_that_is_missing_is_proposed_and_taken() {
    let corpus = corpus();
    let home = tempfile::tempdir().unwrap();
    let before = corpus.read("a.txt.ann.ron");
    let mut ben = open(&corpus, home.path(), "ben");
    ben.press("Shift+F7 q");
    assert!(
        ben.mentions("Select the words that are not tagged"),
        "{}",
        ben.status()
    );
    // Words, and the key of their label.
    ben.caret_at("on Tuesday");
    ben.press("Ctrl+Shift+Right Ctrl+Shift+Right c");
    assert!(
        ben.mentions("Proposed a change; ann sees it"),
        "{}",
        ben.status()
    );
    assert!(ben.shows("ann: missing") && ben.mentions("Claim: on Tuesday, missing"));
    assert!(ben.is_chosen("ann: 5 of 6 left"));
    // Who says so, and why.
    ben.caret_at("Tillerson");
    ben.press("Ctrl+Shift+Right s");
    assert!(
        ben.mentions("→ speaker: “Tillerson” in the text"),
        "{}",
        ben.status()
    );
    ben.press("m");
    ben.type_text("it is dated");
    ben.press("Enter");
    assert!(
        ben.mentions("Claim: on Tuesday, missing: speaker: “Tillerson” in the text, it is dated"),
        "{}",
        ben.status()
    );
    ben.press("[");
    assert!(ben.mentions("Claim: on, missing"), "{}", ben.status());
    ben.press("Ctrl+z");
    assert!(
        ben.mentions("Claim: on Tuesday, missing"),
        "{}",
        ben.status()
    );
    // What is proposed or tagged is not missing.
    ben.press("n");
    ben.caret_at("on Tuesday");
    ben.press("Ctrl+Shift+Right Ctrl+Shift+Right c");
    assert!(
        ben.mentions("You have proposed this already"),
        "{}",
        ben.status()
    );
    ben.caret_at("Trade");
    ben.press("c");
    assert!(
        ben.mentions("Ann has tagged this already"),
        "{}",
        ben.status()
    );
    // With nothing selected, the word at the caret; he thinks again.
    ben.caret_at("left");
    ben.press("s");
    assert!(ben.is_chosen("ann: 5 of 7 left"), "{}", ben.status());
    ben.press("Delete");
    assert!(ben.mentions("Took the proposal back"), "{}", ben.status());
    assert!(ben.is_chosen("ann: 5 of 6 left"));
    ben.press("Ctrl+z Ctrl+y Ctrl+s");
    assert_eq!(corpus.read("a.txt.ann.ron"), before, "her file is not his");
    let own = corpus.read("a.txt.ben.ron");
    assert!(
        own.contains("record: \"\", reason: \"it is dated\", label: \"claim\""),
        "{own}"
    );
    assert!(own.contains("text: [\"on Tuesday\"]"), "{own}");
    assert!(!own.contains("label: \"speaker\""), "{own}");
    drop(ben);
    let checked = corpus.run(["check", "."]);
    assert!(
        checked
            .stderr
            .contains("ben says missing: Claim: on Tuesday"),
        "{checked}"
    );

    // Ann sees what he misses, takes it, and takes that back.
    let mut ann = open(&corpus, home.path(), "ann");
    ann.press("Ctrl+F7");
    assert!(ann.shows("ben: missing") && ann.shows("Claim: on Tuesday"));
    assert!(ann.shows("→ speaker: “Tillerson” in the text"));
    ann.press("Enter");
    assert!(
        ann.mentions("Tagged claim, as proposed; ") && ann.mentions("no corrections left"),
        "{}",
        ann.status()
    );
    ann.press("Ctrl+z");
    assert!(ann.is_chosen("Review 1"), "{}", ann.status());
    ann.press("Ctrl+F7 Enter Ctrl+s");
    let taken = corpus.read("a.txt.ann.ron");
    assert!(
        taken.contains("label: \"claim\", at: [(28, 38)]"),
        "{taken}"
    );
    assert!(taken.contains("settled: [(\"ben\""), "{taken}");
    drop(ann);

    // It is hers now, as he has proposed it.
    let mut ben = open(&corpus, home.path(), "ben");
    ben.press("Shift+F7");
    assert!(ben.is_chosen("ann: 5 of 6 left"), "{}", ben.status());
    ben.click("Claim: on Tuesday, taken as you proposed");
    ben.press("Enter Ctrl+s");
    assert!(ben.is_chosen("ann: 5 of 6 left"), "{}", ben.status());
    assert!(!corpus.read("a.txt.ben.ron").contains("label: \"claim\""));
}

#[test]
fn a_proposal_that_is_not_taken_is_told_and_leaving_the_review_tags_for_oneself() {
    let corpus = corpus();
    let home = tempfile::tempdir().unwrap();
    let mut ann = open(&corpus, home.path(), "ann");
    let mut ben = open(&corpus, home.path(), "ben");
    ben.press("Shift+F7");
    ben.caret_at("on Tuesday");
    ben.press("Ctrl+Shift+Right Ctrl+Shift+Right q Ctrl+s");
    ann.come_back();
    ann.press("Ctrl+F7");
    assert!(ann.shows("Quote: on Tuesday"), "{}", ann.status());
    ann.press("x Ctrl+s");
    assert!(ann.is_chosen("Review"), "{}", ann.status());
    ben.come_back();
    assert!(ben.mentions("Quote: on Tuesday, missing; not taken"));
    assert!(
        !corpus
            .read("a.txt.ben.ron")
            .contains("annotations: [\n        (")
    );

    // After Esc his tags are his own.
    ben.press("Escape Escape");
    assert!(
        ben.mentions("No longer reviewing ann: what you tag is yours"),
        "{}",
        ben.status()
    );
    ben.caret_at("on Tuesday");
    ben.press("Ctrl+Shift+Right Ctrl+Shift+Right q Ctrl+s");
    let own = corpus.read("a.txt.ben.ron");
    assert!(own.contains("annotations: [\n        ("), "{own}");
}

#[test]
fn what_one_tags_away_from_the_review_is_ones_own() {
    let corpus = corpus();
    let home = tempfile::tempdir().unwrap();
    let mut ben = open(&corpus, home.path(), "ben");
    ben.press("Shift+F7");
    ben.click("People");
    ben.caret_at("on Tuesday");
    ben.press("Ctrl+Shift+Right Ctrl+Shift+Right q Ctrl+s");
    let own = corpus.read("a.txt.ben.ron");
    assert!(own.contains("annotations: [\n        ("), "{own}");
    assert!(!own.contains("reviews: [\n        ("), "{own}");
}

/// The speaker that a proposal names is tagged when it is taken; nobody has to look at it then.
#[test]
fn a_mention_that_comes_with_what_is_taken_is_reviewed() {
    let corpus = corpus();
    let home = tempfile::tempdir().unwrap();
    let unreviewed = || {
        let listed = corpus.run(["list", "a.txt", "--of", "ann", "--json"]);
        let told: serde_json::Value = serde_json::from_str(&listed.stdout).unwrap();
        told["articles"][0]["unreviewed"].as_u64().unwrap()
    };
    let mut ben = open(&corpus, home.path(), "ben");
    ben.press("Shift+F7");
    ben.caret_at("on Tuesday");
    ben.press("Ctrl+Shift+Right Ctrl+Shift+Right c");
    ben.caret_at("Tuesday");
    ben.press("Ctrl+Shift+Right s Ctrl+s");
    assert!(
        ben.mentions("→ speaker: “Tuesday” in the text"),
        "{}",
        ben.status()
    );
    let before = unreviewed();
    let mut ann = open(&corpus, home.path(), "ann");
    ann.press("Ctrl+F7 Enter Ctrl+s");
    let taken = corpus.read("a.txt.ann.ron");
    assert!(taken.contains("text: [\"Tuesday\"]"), "{taken}");
    assert_eq!(unreviewed(), before, "neither the claim nor its speaker");
    ben.come_back();
    assert!(ben.mentions("Speaker: Tuesday, taken as you proposed"));
    // What she changes in it is new.
    let file = corpus.read("a.txt.ann.ron");
    let changed = file.replace(
        "text: [\"Tuesday\"]",
        "text: [\"Tuesday\"], note: \"!\", changed: (\"ann\", \"2026-12-01T10:00:00Z\")",
    );
    assert_ne!(file, changed);
    let corpus = corpus.file("a.txt.ann.ron", changed);
    let listed = corpus.run(["list", "a.txt", "--of", "ann", "--json"]);
    let told: serde_json::Value = serde_json::from_str(&listed.stdout).unwrap();
    assert_eq!(told["articles"][0]["unreviewed"], before + 1);
}
