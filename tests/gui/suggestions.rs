//! What the program suggests: shown at once, stored with a verdict only.

use std::time::Duration;

use super::window::Window;
use crate::support::TestCorpus;

const ARTICLE: &str = "“The bridge will open in May,” Mayor Ann Lee said on Monday.\n\n\
    “It was never safe,” she added.\n\n\
    Webb said that nobody was warned.\n\n\
    “We waited far too long,” Tom Webb said.\n";

/// An article, and settings as people find them at first: direct quotes are suggested.
fn corpus() -> TestCorpus {
    TestCorpus::new()
        .file("one.txt", ARTICLE)
        .file("home/config/settings.ron", "(asked_for_name: true)")
}

fn window(corpus: &TestCorpus) -> Window {
    Window::open(&corpus.path("home"), &[corpus.path("one.txt")])
}

fn open() -> (TestCorpus, Window) {
    let corpus = corpus();
    let window = window(&corpus);
    (corpus, window)
}

fn sidecar(corpus: &TestCorpus) -> Option<String> {
    let path = corpus.path("one.txt.ron");
    path.exists().then(|| corpus.read("one.txt.ron"))
}

#[test]
fn opening_an_article_shows_suggestions_and_writes_nothing() {
    let (corpus, mut window) = open();
    assert!(window.shows("3 suggested"));
    window.press("j");
    assert!(window.mentions("Suggested: “…,” she said · 9"));
    window.wait();
    assert_eq!(sidecar(&corpus), None);
}

#[test]
fn enter_accepts_and_goes_on_and_undo_takes_it_back() {
    let (corpus, mut window) = open();
    window.press("j Enter");
    assert!(
        window.status().contains("onfirmed Ann Lee; now at"),
        "{}",
        window.status()
    );
    assert!(window.shows("2 suggested"));
    window.wait();
    let written = sidecar(&corpus).unwrap();
    assert!(written.contains("The bridge will open in May"), "{written}");
    assert!(!written.contains("never safe"), "{written}");
    assert!(written.contains("rules/speaker-after"), "{written}");
    window.press("Ctrl+z");
    assert!(window.shows("3 suggested"));
    window.wait();
    let written = sidecar(&corpus).unwrap();
    assert!(!written.contains("The bridge"), "{written}");
}

#[test]
fn a_suggestion_stays_current_where_the_article_changes_above_it() {
    let (corpus, mut window) = open();
    window.press("j j");
    std::fs::write(corpus.path("one.txt"), format!("A new line.\n\n{ARTICLE}")).unwrap();
    window.come_back();
    window.wait();
    assert!(window.mentions("Line 5, column"), "the caret");
    window.press("Enter");
    window.wait();
    let written = sidecar(&corpus).unwrap();
    assert!(written.contains("never safe"), "{written}");
    assert!(!written.contains("open in May"), "{written}");
}

#[test]
fn a_rejected_suggestion_does_not_come_back() {
    let (corpus, mut window) = open();
    window.press("j x");
    assert!(
        window.status().contains("ejected quote; now at"),
        "{}",
        window.status()
    );
    window.press("Enter Enter");
    assert!(
        window.status().contains("no more suggestions below"),
        "{}",
        window.status()
    );
    window.wait();
    let written = sidecar(&corpus).unwrap();
    assert!(written.contains("verdict: Rejected"), "{written}");
    drop(window);
    assert!(self::window(&corpus).shows("1 rejected"));
}

#[test]
fn an_edge_key_corrects() {
    let (corpus, mut window) = open();
    window.press("j [");
    window.press("Enter");
    window.wait();
    let written = sidecar(&corpus).unwrap();
    assert!(written.contains("verdict: Corrected"), "{written}");
}

#[test]
fn kinds_are_turned_on_and_off_and_remembered() {
    let (corpus, mut window) = open();
    let palette = |window: &mut Window, words: &str| {
        window.press("Ctrl+k");
        window.type_text(words);
        window.press("Enter");
    };
    palette(&mut window, "suggest indirect");
    assert!(
        window.status().contains("ndirect quotes are suggested"),
        "{}",
        window.status()
    );
    assert!(window.shows("4 suggested"));
    palette(&mut window, "suggest direct");
    assert!(window.shows("1 suggested"));
    drop(window);
    let mut window = self::window(&corpus);
    assert!(window.shows("1 suggested"));
    palette(&mut window, "suggest indirect");
    assert!(!window.shows("1 suggested"));
    assert_eq!(sidecar(&corpus), None);
}

#[test]
fn less_sure_clauses_are_suggested_on_demand_and_that_is_remembered() {
    let corpus = corpus().file(
        "one.txt",
        "Ann Lee warned that the bridge was never safe.\n",
    );
    let palette = |window: &mut Window, words: &str| {
        window.press("Ctrl+k");
        window.type_text(words);
        window.press("Enter");
    };
    let mut first = window(&corpus);
    palette(&mut first, "suggest indirect");
    assert!(!first.shows("1 suggested"));
    palette(&mut first, "suggest what is less sure");
    assert!(first.shows("1 suggested"));
    drop(first);
    let mut again = window(&corpus);
    assert!(again.shows("1 suggested"));
    palette(&mut again, "suggest what is less sure");
    assert!(!again.shows("1 suggested"));
}

#[test]
fn all_of_a_kind_are_accepted_after_saying_how_many_may_be_wrong() {
    let (corpus, mut window) = open();
    window.press("Ctrl+k");
    window.type_text("accept suggestions");
    window.press("Enter");
    assert!(window.shows("Accept 3 direct quotes? Probably none is wrong."));
    window.click("Accept 3 direct quotes");
    assert!(
        window.status().contains("ccepted 3 suggestions"),
        "{}",
        window.status()
    );
    assert!(!window.shows("3 suggested"));
    window.wait();
    assert!(sidecar(&corpus).unwrap().contains("We waited far too long"));
    window.press("Ctrl+z");
    assert!(window.shows("3 suggested"));
}

#[test]
fn the_rest_of_a_paragraph_is_done_like_its_first_quote() {
    let text = "“The bridge is safe,” Mayor Ann Lee said. “We have checked it,” Lee said.\n\n\
        “It is closed,” Lee said.\n";
    let corpus = corpus().file("one.txt", text);
    let mut window = window(&corpus);
    window.press("Shift+Enter");
    assert!(
        window.status().contains("tag its first quote"),
        "{}",
        window.status()
    );
    window.press("q");
    let suggested = ["2 suggested", "3 suggested"];
    let before = suggested.into_iter().find(|words| window.shows(words));
    window.press("Shift+Enter");
    let said = "agged 1 quote more like this; probably none is wrong";
    assert!(window.status().contains(said), "{}", window.status());
    assert!(window.shows("1 suggested"));
    window.wait();
    let written = sidecar(&corpus).unwrap();
    assert!(written.contains("We have checked it"), "{written}");
    assert!(!written.contains("confirmed: false"), "{written}");
    window.press("Ctrl+z");
    assert!(window.shows(before.unwrap()));
    window.press("Shift+Enter Shift+Enter");
    let said = "nothing more is suggested";
    assert!(
        window.status().to_lowercase().contains(said),
        "{}",
        window.status()
    );
}

#[test]
fn all_occurrences_of_a_name_are_tagged_with_a_key_or_the_palette() {
    let text = "Ann Lee came. Ann Lee’s bridge is closed. Nobody saw Ann Lee.\n";
    let corpus = corpus().file("one.txt", text);
    let mut window = window(&corpus);
    window.type_text("*");
    assert!(
        window.status().contains("o tagged name here"),
        "{}",
        window.status()
    );
    window.press("s");
    window.type_text("*");
    assert!(
        window.status().contains("agged 2 more “Ann Lee”"),
        "{}",
        window.status()
    );
    window.wait();
    let written = sidecar(&corpus).unwrap();
    assert_eq!(
        written.matches("label: \"speaker\"").count(),
        3,
        "{written}"
    );
    window.press("Ctrl+z");
    window.wait();
    let written = sidecar(&corpus).unwrap();
    assert_eq!(
        written.matches("label: \"speaker\"").count(),
        1,
        "{written}"
    );
    window.command("Tag all occurrences");
    assert!(
        window.status().contains("agged 2 more “Ann Lee”"),
        "{}",
        window.status()
    );
}

#[test]
fn suggestions_follow_the_text_and_do_not_draw_without_end() {
    let corpus = corpus();
    let mut window = Window::open_threaded(&corpus.path("home"), &[corpus.path("one.txt")]);
    let (_, shown) = window.live(Duration::from_secs(20), |window| {
        window.shows("3 suggested")
    });
    assert!(shown);
    let _ = window.live(Duration::from_secs(2), |_| false);
    let (frames, _) = window.live(Duration::from_secs(2), |_| false);
    assert!(frames < 20, "{frames}");
}

/// A folder of finished articles in which a verb that no rule knows reports, and a new one.
fn floated() -> TestCorpus {
    let speakers = ["Ann Lee", "Bo Roe", "Eva Moss"];
    let clauses = [
        "that the mill would close",
        "that the bank should pay",
        "that nobody had warned the town",
    ];
    let mut lines = String::new();
    for article in 0..9 {
        let (mut text, mut spans) = (String::new(), Vec::new());
        for sentence in 0..6 {
            let clause = clauses[(article + sentence) % 3];
            let speaker = speakers[(article + 2 * sentence) % 3];
            let start = text.len() + speaker.len() + " floated ".len();
            let end = start + clause.len();
            spans.push(serde_json::json!({"label": "quote", "fragments": [[start, end]]}));
            text += &format!("{speaker} floated {clause}.\n{speaker} walked home before dark.\n");
        }
        let id = format!("old{article}");
        let document = serde_json::json!({"id": id, "text": text, "spans": spans, "state": "done"});
        lines += &(document.to_string() + "\n");
    }
    let corpus = TestCorpus::new()
        .file(
            "home/config/settings.ron",
            "(asked_for_name: true, suggestions: (direct: true, mixed: true, indirect: true))",
        )
        .file("old.jsonl", &lines)
        .file(
            "all/new.txt",
            "Tom Webb floated that the ferry was too old.\n",
        );
    let ran = corpus.run(["import", "old.jsonl", "--into", "all"]);
    assert_eq!(ran.status, Some(0), "{ran}");
    corpus
}

#[test]
fn it_learns_from_the_tags_of_the_folder_and_remembers_and_forgets() {
    let corpus = floated();
    let (home, new) = (corpus.path("home"), corpus.path("all/new.txt"));
    let mut window = Window::open(&home, &[corpus.path("all"), new.clone()]);
    assert!(!window.shows("1 suggested"));
    window.command("Learn from your tags");
    window.wait();
    assert!(
        window
            .status()
            .starts_with("Learned from 9 tagged articles with 54 quotes"),
        "{}",
        window.status()
    );
    assert!(window.shows("1 suggested"));
    window.press("j");
    assert!(window.mentions("learned from your tags: 54 of 54 after “floated that”"));
    assert!(!corpus.path("all/new.txt.ron").exists());
    drop(window);
    let mut window = Window::open(&home, &[corpus.path("all"), new]);
    window.wait();
    assert!(window.shows("1 suggested"));
    window.command("Forget what was learned");
    assert!(
        window.status().starts_with("Forgot what was learned"),
        "{}",
        window.status()
    );
    window.wait();
    assert!(!window.shows("1 suggested"));
}

#[test]
fn what_was_learned_is_handed_to_a_colleague() {
    let corpus = floated();
    let file = corpus.path("learned.json");
    let ours = [corpus.path("all"), corpus.path("all/new.txt")];
    let mut window = Window::open(&corpus.path("home"), &ours);
    window.command("Save what was learned…");
    assert!(window.status().contains("othing was learned"));
    window.command("Learn from your tags");
    window.wait();
    window.answers.add(file.clone());
    window.command("Save what was learned…");
    window.wait();
    assert!(
        window.status().starts_with("Wrote what was learned"),
        "{}",
        window.status()
    );
    // Their folder has no tags yet.
    let theirs = TestCorpus::new()
        .file(
            "home/config/settings.ron",
            "(asked_for_name: true, suggestions: (indirect: true))",
        )
        .file(
            "all/new.txt",
            "Tom Webb floated that the ferry was too old.\n",
        );
    let articles = [theirs.path("all"), theirs.path("all/new.txt")];
    let mut window = Window::open(&theirs.path("home"), &articles);
    assert!(!window.shows("1 suggested"));
    window.command("Use what was learned elsewhere…");
    window.focus("Path");
    window.press("Ctrl+a");
    window.type_text(&file.display().to_string());
    window.press("Enter");
    window.wait();
    assert_eq!(
        window.status(),
        "Suggestions follow what was learned from 9 articles"
    );
    assert!(window.shows("1 suggested"));
    drop(window);
    let mut window = Window::open(&theirs.path("home"), &articles);
    window.wait();
    assert!(window.shows("1 suggested"), "it is kept");
}

#[cfg(unix)]
#[test]
fn a_program_of_ones_own_suggests_in_one_step_and_is_remembered() {
    let good = r#"sed -e 's/"spans":\[\]/"spans":[{"id":"q","label":"quote","start":0,"end":6}]/'"#;
    let settings = "(asked_for_name: true, suggestions: (direct: false))";
    let corpus = TestCorpus::new()
        .file("one.txt", "“Yes,” Ann Lee said. Né.\n")
        .file("home/config/settings.ron", settings)
        .file("model.sh", good)
        .file("bad.sh", "exit 3");
    let command = |script: &str| format!("/bin/sh '{}'", corpus.path(script).display());
    let mut window = window(&corpus);
    window.command("Suggest with your own program…");
    window.type_text(&command("model.sh"));
    window.press("Enter");
    window.wait();
    assert!(
        window.status().contains("`model` suggests 1 tag"),
        "{}",
        window.status()
    );
    assert!(window.shows("1 suggested"));
    window.wait();
    assert!(sidecar(&corpus).unwrap().contains("model/model"));
    window.press("Ctrl+z");
    assert!(!window.shows("1 suggested"));
    let settings = corpus.read("home/config/settings.ron");
    assert!(settings.contains("model.sh"), "{settings}");
    // The command is there again, and the dialog no taller than it needs to be.
    window.command("Suggest with your own program…");
    let below = window.rect("Suggest").top() - window.field_rect("Command").bottom();
    assert!(below < 150.0, "{below}");
    window.press("Enter");
    window.wait();
    assert!(window.shows("1 suggested"));
    window.press("Ctrl+z");
    // A crash is told, and nothing changes.
    window.command("Suggest with your own program…");
    window.press("Ctrl+a");
    window.type_text(&command("bad.sh"));
    window.press("Enter");
    window.wait();
    assert!(
        window.status().contains("othing is suggested by `bad`"),
        "{}",
        window.status()
    );
    assert!(window.mentions("before it answered"));
    assert!(!window.shows("1 suggested"));
}
