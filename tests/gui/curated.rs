//! Curated tags as others meet them: in exports, figures and the list of files.

use std::fs;

use super::adjudicating::corpus;
use super::window::Window;
use crate::support::TestCorpus;

/// What the shell says that it exports of an article, or of all.
fn exported(corpus: &TestCorpus, path: &str) -> String {
    let ran = corpus.run(["export", path, "--to", "jsonl"]);
    let told = ran.stderr.lines().last().unwrap_or_default();
    told.strip_prefix("exported ").unwrap_or(told).to_owned()
}

#[test]
fn looking_writes_nothing_and_an_export_says_nothing_of_it() {
    let corpus = corpus();
    let before = corpus.files();
    let home = tempfile::tempdir().unwrap();
    let mut window = Window::open_as(home.path(), &[corpus.path("")], "lead");
    // One that is open already is read again, too.
    window.press("Ctrl+PageDown Ctrl+PageUp");
    window.command("Adjudicate");
    assert!(window.is_chosen("Differences 2"));
    assert!(window.mentions("All agree on 2 tags. Your first decision takes them."));
    assert!(window.mentions("a.txt, not curated, also tagged by ann"));
    window.press("F5 n p Ctrl+s Ctrl+PageDown");
    assert!(window.mentions("All agree; Ctrl+Enter takes the 4 tags"));
    window.press("Ctrl+s Ctrl+PageUp");
    // The window exports what the shell does.
    let told = exported(&corpus, "a.txt");
    assert_eq!(
        told,
        "2 documents (one for each annotator of 1 article), 7 tags, 2 links"
    );
    window.press("Ctrl+e");
    assert!(window.mentions(&told));
    assert!(!window.mentions("Nothing to export"));
    window.press("Escape");
    window.command("Adjudicate");
    assert!(window.ask_to_close() || window.closes());
    assert_eq!(corpus.files(), before);
    assert!(!exported(&corpus, ".").contains("curated"));
}

#[test]
fn whoever_takes_curated_tags_says_what_is_undecided() {
    let corpus = corpus();
    let home = tempfile::tempdir().unwrap();
    let mut window = Window::open_as(home.path(), &[corpus.path("")], "lead");
    window.command("Adjudicate");
    window.press("F5 2 Ctrl+s");
    let half = "a.txt: curated, 1 difference undecided";
    let told =
        "1 document, 3 tags, 1 link; of 1 article the curated tags alone (1 difference undecided)";
    assert_eq!(exported(&corpus, "a.txt"), told);
    for command in [
        "export . --to jsonl",
        "stats .",
        "check .",
        "search . label:quote",
    ] {
        let ran = corpus.run(command.split(' '));
        assert!(ran.stderr.contains(half), "{command}: {ran}");
        // Programs are told in one way.
        let json = command.replace("export .", "export . -o out.jsonl") + " --json";
        let ran = corpus.run(json.split(' '));
        let left = "\"article\":\"a.txt\",\"differences\":1,\"agreed_not_taken\":0";
        assert!(ran.stdout.contains(left), "{command}: {ran}");
    }
    let listed = corpus.run(["list", "a.txt", "--json"]);
    let left = "\"undecided\":{\"differences\":1,\"agreed_not_taken\":0}";
    assert!(listed.stdout.contains(left), "{listed}");
    let found = corpus.run(["search", ".", "Trade"]);
    assert!(
        !found.stderr.contains("undecided"),
        "no curated tags: {found}"
    );
    let strict = corpus.run(["export", "a.txt", "--to", "jsonl", "--strict"]);
    assert_eq!(strict.status, Some(1), "{strict}");
    let asked = corpus.run(["export", "a.txt", "--to", "jsonl", "--annotator", "ann"]);
    assert!(!asked.stderr.contains("undecided"), "{asked}");
    let listed = corpus.run(["list", ".", "--only", "undecided"]);
    assert!(listed.stdout.contains("a.txt"), "{listed}");
    assert!(listed.stdout.contains("1 undecided"), "{listed}");
    let listed = corpus.run(["list", "."]);
    let end = "; 1 curated (1 difference undecided)";
    assert!(listed.stderr.contains(end), "{listed}");

    window.press("Ctrl+e");
    assert!(window.mentions(told));
    assert!(window.mentions("a.txt: curated, 1 difference undecided; these are not exported."));
    window.press("Escape Ctrl+Shift+f");
    window.type_text("label:quote");
    window.wait();
    assert!(window.mentions("  ·  1 curated (1 difference undecided)"));
    window.press("Escape");
    assert!(window.mentions(", curated, 1 difference undecided"));
    window.press("F12");
    assert!(window.mentions("1 curated (1 difference undecided)"));
    assert!(window.shows("Sort by curated"));
    assert!(window.shows("1 undecided"));
    window.press("F12");

    // Decided to the end, it is told no more; what changes afterwards is.
    window.press("F5 0 Ctrl+s");
    assert_eq!(
        exported(&corpus, "a.txt"),
        "1 document, 3 tags, 1 link; of 1 article the curated tags alone"
    );
    window.command("Adjudicate");
    assert!(
        window.mentions("a.txt, new, no tags, also tagged by ann (4 tags), ben (3 tags), curated")
    );
    let ann = corpus.path("a.txt.ann.ron");
    let changed = fs::read_to_string(&ann).unwrap();
    fs::write(&ann, changed.replace("form\": \"direct", "form\": \"mixed")).unwrap();
    assert!(exported(&corpus, "a.txt").contains("(1 difference undecided)"));
}

#[test]
fn whose_figures_the_list_has_is_said_and_does_not_follow_to_another_folder() {
    let corpus = corpus();
    let home = tempfile::tempdir().unwrap();
    let mut window = Window::open_as(home.path(), &[corpus.path("")], "lead");
    assert!(!window.shows("Whose work"), "one's own");
    window.press("F12");
    window.click("Whose work");
    window.click("ann's work");
    window.press("F12");
    assert!(window.shows("Whose work") && window.says("ann's work"));
    assert!(window.mentions("a.txt, new, 4 tags"));
    // The next session of this folder says it, too.
    assert!(window.ask_to_close() || window.closes());
    drop(window);
    let mut window = Window::open_as(home.path(), &[corpus.path("")], "lead");
    assert!(window.shows("Whose work") && window.says("ann's work"));
    let other = tempfile::tempdir().unwrap();
    fs::write(other.path().join("z.txt"), "Nobody was here.").unwrap();
    window.drop_file(other.path());
    assert!(window.mentions("z.txt, new, no tags"));
    assert!(!window.shows("Whose work"));
    // While curated tags are shown, that is said.
    window.drop_file(&corpus.path(""));
    window.command("Adjudicate");
    assert!(window.shows("Whose work") && window.says("Curated tags"));
}
