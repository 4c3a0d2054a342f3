//! A reviewer goes through the tags of an annotator, who takes or answers what comes back: by keyboard alone.

use std::fs;
use std::path::Path;

use super::window::Window;
use crate::support::TestCorpus;

pub(super) const ANN: &str =
    "<q1:quote>“We do not,”</q1> <s1:speaker>Tillerson</s1> said on Tuesday. \
    <c1:claim>Trade grew.</c1> <q2:quote>He knew.</q2> Dubois left <c2:claim>early</c2>.
---
p1 = Tillerson
s1 is p1
q1 form=direct
q1 -speaker-> s1
q2 -speaker-> s1
c1 -speaker-> nobody
c2 -speaker-> nobody";

fn corpus() -> TestCorpus {
    TestCorpus::new()
        .tagged("a.txt", "ann", ANN)
        .tagged("b.txt", "ann", ANN)
}

pub(super) fn open(corpus: &TestCorpus, home: &Path, name: &str) -> Window {
    Window::open_as(&home.join(name), &[corpus.path("")], name)
}

#[test]
fn a_review_goes_to_the_annotator_and_back_until_none_is_left() {
    let corpus = corpus();
    let home = tempfile::tempdir().unwrap();
    let before = corpus.read("a.txt.ann.ron");

    // Ben reviews: one key each.
    let mut ben = open(&corpus, home.path(), "ben");
    ben.press("Shift+F7");
    assert!(
        ben.mentions("Reviewing ann: 5 of 5 tags left"),
        "{}",
        ben.status()
    );
    assert!(ben.is_chosen("ann: 5 of 5 left"));
    ben.press("Enter");
    assert!(ben.mentions("Accepted; 4 tags left"), "{}", ben.status());
    ben.press("Enter");
    // The claim is a quote, says Ben, and why.
    ben.press("r q m");
    ben.type_text("somebody says so");
    ben.press("Enter");
    assert!(ben.mentions("Claim: Trade grew., wrong: label: Quote, somebody says so"));
    ben.press("x");
    assert!(ben.mentions("Wrong; 2 tags left"), "{}", ben.status());
    // Somebody else said it, and the full stop is no part of it.
    ben.press("w");
    ben.type_text("Dubois");
    ben.press("Enter [");
    assert!(ben.mentions("→ words: “He"), "{}", ben.status());
    ben.press("n Delete");
    assert!(ben.mentions("→ remove the tag"));
    ben.press("Shift+m");
    ben.type_text("Mind the claims.");
    ben.press("Enter");
    ben.press("Ctrl+s");
    assert_eq!(corpus.read("a.txt.ann.ron"), before, "her file is not his");
    let own = corpus.read("a.txt.ben.ron");
    assert!(own.contains("verdict: Accepted"), "{own}");
    assert!(own.contains("label: \"quote\""), "{own}");
    assert!(own.contains("speaker: Named(\"Dubois\")"), "{own}");
    assert!(own.contains("text: [\"He"), "{own}");
    assert!(own.contains("remove: true"), "{own}");
    assert!(own.contains("tag: \"\""), "about all the tags: {own}");
    // All is reviewed: on to the next article.
    ben.press("Ctrl+Enter");
    assert!(
        ben.mentions("Reviewing ann: 5 of 5 tags left"),
        "{}",
        ben.status()
    );
    drop(ben);

    let listed = corpus.run(["list", ".", "--only", "corrections", "--paths-only"]);
    assert_eq!(listed.stdout, "./a.txt\n", "{listed}");
    let found = corpus.run(["search", ".", "is:to-correct review:rejected"]);
    assert_eq!(found.stdout.lines().count(), 3, "{found}");
    let checked = corpus.run(["check", "."]);
    assert!(
        checked
            .stderr
            .contains("ben says wrong: label: Quote (somebody says so)"),
        "{checked}"
    );

    // Ann sees what he would change, one by one.
    let bens = corpus.read("a.txt.ben.ron");
    let mut ann = open(&corpus, home.path(), "ann");
    assert!(
        ann.mentions("Reviewers have 4 corrections to your tags here"),
        "{}",
        ann.status()
    );
    assert!(ann.mentions("4 to correct"), "in the list of files");
    ann.press("Ctrl+F7");
    assert!(ann.shows("ben, about all your tags"));
    ann.press("m");
    ann.type_text("I will.");
    ann.press("Enter");
    assert!(ann.shows("→ label: Quote"));
    ann.press("Enter");
    assert!(
        ann.mentions("As proposed: changed claim to quote; 2 corrections left"),
        "{}",
        ann.status()
    );
    assert!(ann.shows("→ speaker: Dubois"));
    ann.press("Enter");
    assert!(ann.shows("→ remove the tag"));
    // She undoes a step and thinks again.
    ann.press("Ctrl+z");
    assert!(ann.is_chosen("Review 2"), "{}", ann.status());
    ann.press("Ctrl+F7 Enter");
    ann.press("x");
    assert!(
        ann.mentions("Left as it is; no corrections left"),
        "{}",
        ann.status()
    );
    ann.press("Ctrl+s");
    assert_eq!(corpus.read("a.txt.ben.ron"), bens, "his file is not hers");
    let own = corpus.read("a.txt.ann.ron");
    assert!(own.contains("id: \"c1\", label: \"quote\""), "{own}");
    assert!(!own.contains("text: [\"He knew.\"]"), "{own}");
    assert!(own.contains("name: \"Dubois\""), "{own}");
    assert!(own.contains("I will."), "{own}");
    drop(ann);
    let listed = corpus.run(["list", ".", "--only", "corrections", "--paths-only"]);
    assert_eq!(listed.stdout, "", "{listed}");

    // Back to Ben: what she has taken is as he wants it, the mention that came with it is new, and her answer is
    // there.
    let mut ben = open(&corpus, home.path(), "ben");
    ben.press("Shift+F7");
    assert!(
        ben.mentions("Reviewing ann: 1 of 6 tags left"),
        "{}",
        ben.status()
    );
    assert!(ben.shows("I will."));
    ben.press("Enter");
    assert!(
        ben.mentions("Accepted; no tags left to review"),
        "{}",
        ben.status()
    );
}

#[test]
fn the_review_of_a_colleague_comes_into_an_open_window() {
    let corpus = corpus();
    let home = tempfile::tempdir().unwrap();
    let mut ann = open(&corpus, home.path(), "ann");
    let mut ben = open(&corpus, home.path(), "ben");
    ben.press("Shift+F7 x Ctrl+s");
    ann.come_back();
    assert!(
        ann.mentions("Reviewers have 1 correction to your tags here"),
        "{}",
        ann.status()
    );
    ann.press("Ctrl+F7");
    assert!(ann.shows("ben: wrong"));
    ann.press("m");
    ann.type_text("It stands so in the text.");
    ann.press("Enter");
    ann.press("Ctrl+s");
    ben.come_back();
    assert!(
        ben.mentions("1 correction of yours settled here"),
        "{}",
        ben.status()
    );
    ben.press("p");
    assert!(ben.shows("It stands so in the text."));
    assert!(ben.shows("ann left the tag as it is."));
    // He insists: it is open again.
    ben.press("m");
    ben.type_text("Look again.");
    ben.press("Enter Ctrl+s");
    ann.come_back();
    assert!(ann.is_chosen("Review 1"), "{}", ann.status());
    ann.press("Ctrl+F7");
    assert!(ann.shows("Look again."));
    ann.press("x Ctrl+s");
    assert!(ann.is_chosen("Review"));
}

#[test]
fn half_typed_reasons_wait_at_their_tags() {
    let corpus = corpus();
    let home = tempfile::tempdir().unwrap();
    let mut ben = open(&corpus, home.path(), "ben");
    ben.press("Shift+F7 m");
    ben.type_text("no marks");
    // On to another tag, whose reason is another one.
    ben.click("Claim: Trade grew., not reviewed");
    assert!(!ben.shows("Keep"), "{}", ben.status());
    ben.press("m");
    assert!(ben.mentions("Claim: Trade grew.") && ben.value("Reason").is_empty());
    ben.type_text("who says so?");
    ben.press("Enter");
    assert!(ben.mentions("Claim: Trade grew., not reviewed: who says so?"));
    // Back at the first, what was typed is there.
    ben.click("Quote: “We do not,”, not reviewed");
    assert_eq!(ben.value("Reason"), "no marks");
    ben.press("Enter");
    assert!(ben.mentions("Quote: “We do not,”, not reviewed: no marks"));
    // And at the next start, about its tag, wherever one is then.
    ben.press("n n n m");
    ben.type_text("is it he");
    assert!(ben.end_session());
    let mut ben = open(&corpus, home.path(), "ben");
    assert!(ben.mentions("“Reason” are kept: “is it he”"));
    ben.press("Shift+F7");
    ben.click("Use");
    assert!(ben.mentions("Quote: He knew."), "{}", ben.status());
    ben.press("End");
    ben.type_text("?");
    ben.press("Enter");
    assert!(
        ben.mentions("Quote: He knew., not reviewed: is it he?"),
        "{}",
        ben.status()
    );
    assert!(ben.mentions("Quote: “We do not,”, not reviewed: no marks"));

    // So do answers of the annotator.
    ben.press("Ctrl+s");
    drop(ben);
    let mut ann = open(&corpus, home.path(), "ann");
    ann.press("Ctrl+F7 m");
    ann.type_text("It is");
    assert!(ann.end_session());
    let mut ann = open(&corpus, home.path(), "ann");
    ann.click("Use");
    ann.press("End");
    ann.type_text(" so.");
    ann.press("Enter");
    assert!(ann.mentions("Answered; "), "{}", ann.status());
    ann.press("Ctrl+s");
    assert!(corpus.read("a.txt.ann.ron").contains("It is so."));
}

#[test]
fn what_a_reviewer_proposes_is_one_change() {
    let corpus = corpus();
    let home = tempfile::tempdir().unwrap();
    let mut ben = open(&corpus, home.path(), "ben");
    ben.press("Shift+F7 a");
    ben.type_text("indirect");
    ben.press("Enter");
    assert!(ben.mentions("→ form: indirect"), "{}", ben.status());
    // A tag that goes has no other change, and one that changes does not go.
    ben.press("Delete");
    assert!(ben.mentions("→ remove the tag") && !ben.mentions("→ form: indirect"));
    ben.press("a");
    ben.type_text("mixed");
    ben.press("Enter");
    assert!(ben.mentions("→ form: mixed") && !ben.mentions("→ remove the tag"));
    // The value it has takes the proposal back.
    ben.press("a");
    ben.type_text("direct");
    ben.press("Enter");
    assert!(!ben.mentions("→ form"));
    ben.press("a");
    ben.type_text("form: mixed");
    ben.press("Enter Ctrl+s");
    let own = corpus.read("a.txt.ben.ron");
    assert!(own.contains("attributes: {\"form\": \"mixed\"}"), "{own}");
    // A dialog about a tag says which.
    ben.press("m");
    assert!(ben.mentions("Quote: “We do not,”"));
    ben.press("Escape");
    // A reviewer is no annotator.
    let listed = corpus.run(["list", "a.txt", "--json"]);
    assert!(!listed.stdout.contains("\"annotator\":\"ben\""), "{listed}");
    let counted = corpus.run(["stats", "a.txt"]);
    assert!(!counted.stdout.contains("ben"), "{counted}");

    let mut ann = open(&corpus, home.path(), "ann");
    ann.press("Ctrl+F7 Enter");
    assert!(
        ann.mentions("As proposed: set form to mixed; no corrections left"),
        "{}",
        ann.status()
    );
    assert!(
        !ann.shows("→ form: mixed"),
        "the card goes with the last one"
    );
}

#[test]
fn parts_and_mentions_in_the_text_are_proposed_and_taken() {
    let corpus = corpus();
    let home = tempfile::tempdir().unwrap();
    let mut ben = open(&corpus, home.path(), "ben");
    ben.press("Shift+F7 s");
    assert!(
        ben.mentions("Select the words in the article that say who it is"),
        "{}",
        ben.status()
    );
    ben.caret_at("Dubois");
    ben.press("Ctrl+Shift+Right s");
    assert!(
        ben.mentions("→ speaker: “Dubois” in the text"),
        "{}",
        ben.status()
    );
    // What is selected is one more part of the quote; the last part can go again.
    ben.caret_at("He knew");
    ben.press("Ctrl+Shift+Right Ctrl+Shift+Right +");
    assert!(ben.mentions("→ words: “"), "{}", ben.status());
    ben.press("-");
    assert!(!ben.mentions("→ words: "), "{}", ben.status());
    ben.caret_at("He knew");
    ben.press("Ctrl+Shift+Right Ctrl+Shift+Right + Ctrl+s");
    let own = corpus.read("a.txt.ben.ron");
    assert!(
        own.contains("text: [\"“We do not,”\", \"He knew\"]"),
        "{own}"
    );
    assert!(
        own.contains("speaker: Words((61, 67), \"Dubois\")"),
        "{own}"
    );
    drop(ben);
    let mut ann = open(&corpus, home.path(), "ann");
    ann.press("Ctrl+F7 Enter");
    assert!(ann.mentions("inked to Dubois"), "{}", ann.status());
    ann.press("Ctrl+s");
    let taken = corpus.read("a.txt.ann.ron");
    assert!(
        taken.contains("text: [\"“We do not,”\", \"He knew\"]"),
        "{taken}"
    );
    assert!(
        taken.contains("label: \"speaker\", at: [(61, 67)]"),
        "{taken}"
    );
}

#[test]
fn a_label_with_another_name_leaves_a_review_as_it_is() {
    let corpus = corpus();
    let home = tempfile::tempdir().unwrap();
    let mut ben = open(&corpus, home.path(), "ben");
    ben.press("Shift+F7 Enter Enter Enter Enter Enter Ctrl+s");
    drop(ben);
    // Who only reviews has annotated nothing.
    let exported = corpus.run(["export", "a.txt", "--to", "jsonl"]);
    assert!(
        !exported.stdout.contains("\"annotator\":\"ben\""),
        "{exported}"
    );
    let agreed = corpus.run(["agree", "."]);
    assert!(!agreed.stdout.contains("ben"), "{agreed}");
    let schema = "(labels: [(key: \"utterance\", name: \"Utterance\", letter: 'U', speaks: true, \
        was: [\"quote\"]), (key: \"speaker\", name: \"Speaker\", letter: 'S', mentions: true), \
        (key: \"claim\", name: \"Claim\", letter: 'C', speaks: true)], roles: [(key: \"speaker\", \
        name: \"Speaker\", from: [\"utterance\", \"claim\"], to: [\"speaker\"], people: true)])";
    fs::write(corpus.path("pullquote.ron"), schema).unwrap();
    let listed = corpus.run(["list", "a.txt", "--of", "ann", "--json"]);
    assert!(listed.stdout.contains("\"unreviewed\":0"), "{listed}");
}

#[test]
fn one_reviews_with_the_mouse_and_under_a_name() {
    let corpus = corpus();
    let home = tempfile::tempdir().unwrap();
    let mut window = Window::open(home.path(), &[corpus.path("a.txt")]);
    window.press("Shift+F7");
    assert!(window.mentions("Set your name first"));
    // Once it is given, the command goes on.
    window.type_text("ben");
    window.press("Enter");
    window.click("Accept Enter");
    assert!(
        window.mentions("Accepted; 4 tags left"),
        "{}",
        window.status()
    );
}

#[test]
fn whatever_asks_for_the_name_goes_on_once_it_is_given() {
    let corpus = corpus();
    let home = tempfile::tempdir().unwrap();
    let mut window = Window::open(&home.path().join("1"), &[corpus.path("")]);
    window.press("Shift+m");
    assert!(window.mentions("Set your name first"));
    window.type_text("ben");
    window.press("Enter");
    assert_eq!(window.value("Remark on all tags"), "");
    window.press("Escape");
    // Whoever gives none, or turns away, is not asked for anything.
    for answer in ["Enter", "Escape"] {
        let home = home.path().join(answer);
        let mut window = Window::open(&home, &[corpus.path("")]);
        window.press("Shift+F7");
        window.press(answer);
        assert!(!window.mentions("Reviewing ann"));
        window.command("Your name");
        window.type_text("cleo");
        window.press("Enter");
        assert!(window.mentions("Working as cleo"), "{}", window.status());
        assert!(!window.mentions("Reviewing ann"));
    }
}

#[test]
fn what_is_taken_as_it_was_proposed_is_reviewed() {
    let corpus = corpus();
    let home = tempfile::tempdir().unwrap();
    let unreviewed = || {
        let listed = corpus.run(["list", "a.txt", "--of", "ann", "--json"]);
        let told: serde_json::Value = serde_json::from_str(&listed.stdout).unwrap();
        told["articles"][0]["unreviewed"].as_u64().unwrap()
    };
    let mut ben = open(&corpus, home.path(), "ben");
    // Another label, other edges and another label; the first two tags are right.
    ben.press("Shift+F7 Enter Enter r q x [ x r q x Ctrl+s");
    assert_eq!(unreviewed(), 0);
    let mut ann = open(&corpus, home.path(), "ann");
    ann.press("Ctrl+F7 Enter Enter Enter Ctrl+s");
    assert!(ann.mentions("No corrections left"), "{}", ann.status());
    assert_eq!(unreviewed(), 0, "nobody has to look again");
    // Ben sees what became of it.
    ben.come_back();
    assert!(ben.is_chosen("ann: 0 of 5 left"), "{}", ben.status());
    assert!(ben.mentions("Quote: Trade grew., taken as you proposed"));

    // What she changes besides is new.
    let file = corpus.read("a.txt.ann.ron");
    let corpus = corpus.file(
        "a.txt.ann.ron",
        file.replace("text: [\"early\"]", "text: [\"early\"], note: \"!\""),
    );
    let listed = corpus.run(["list", "a.txt", "--of", "ann", "--json"]);
    assert!(listed.stdout.contains("\"unreviewed\":1"), "{listed}");
}
