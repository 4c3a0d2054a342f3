//! A project lead settles what two annotators tagged differently, by keyboard alone.

use std::fs;

use super::window::Window;
use crate::support::TestCorpus;

const ANN: &str = "<q1:quote>“We do not,”</q1> <s1:speaker>Tillerson</s1> said on Tuesday. \
    <q2:quote>He knew.</q2> <c1:claim>Trade grew.</c1>
---
q1 form=direct
q1 -speaker-> s1";
const BEN: &str = "<r1:quote>“We do not,”</r1> <t1:speaker>Tillerson</t1> said on Tuesday. \
    <r2:quote>He knew</r2>. Trade grew.
---
r1 form=direct
r1 -speaker-> t1";

/// Two articles that both have tagged, and one that nobody has.
pub(super) fn corpus() -> TestCorpus {
    let mut corpus = TestCorpus::new();
    for (article, name, notation) in [
        ("a.txt", "ann", ANN),
        ("a.txt", "ben", BEN),
        ("b.txt", "ann", ANN),
        ("b.txt", "ben", ANN),
        ("d.txt", "ann", ANN),
        ("d.txt", "ben", BEN),
    ] {
        corpus = corpus.tagged(article, name, notation);
    }
    corpus.file("c.txt", "Nobody was here.\n")
}

/// The sidecars of annotators, with their bytes.
fn theirs(corpus: &TestCorpus) -> Vec<(String, Vec<u8>)> {
    let files = corpus.files().into_iter();
    let theirs = files.filter(|(name, _)| name.ends_with("ann.ron") || name.ends_with("ben.ron"));
    theirs.collect()
}

#[test]
fn a_lead_settles_a_folder_by_keyboard() {
    let corpus = corpus();
    let before = theirs(&corpus);
    assert_eq!(before.len(), 6);
    let home = tempfile::tempdir().unwrap();
    let mut window = Window::open_as(home.path(), &[corpus.path("")], "lead");
    window.command("Adjudicate");
    let words = "2 differences left; F5 goes to the next  ·  2 tags that all agree on will be taken with your \
                 first decision";
    assert!(window.status().contains(words), "{}", window.status());
    assert!(window.shows("lead adjudicates"));
    assert!(window.is_chosen("Differences 2"));
    assert!(window.shows("Boundary: He knew., boundary differs"));
    assert!(window.mentions("Not tagged by everybody: Trade grew., only ann"));

    // Not done before all is decided: it goes to what is left.
    window.press("Ctrl+Enter");
    assert!(window.mentions("2 differences left in this article"));
    assert!(window.mentions("Take the tag of ben: Quote: He knew"));
    window.press("2");
    let words = "Took the quote of ben, and 2 tags that all agree on; 1 difference left";
    assert!(window.mentions(words), "{}", window.status());
    assert!(window.mentions("Take the tag of ben: no tag"));
    window.press("0");
    assert!(window.mentions("No differences left to decide on."));
    window.press("Ctrl+z");
    assert!(window.is_chosen("Differences 1"));
    window.press("0 Ctrl+Enter");
    let curated = corpus.read("a.txt.curated.ron");
    assert!(!curated.contains("annotator:"), "nobody's: {curated}");
    assert!(curated.contains("state: Done"), "{curated}");
    assert!(curated.contains("text: [\"He knew\"]"), "{curated}");
    assert!(
        curated.contains("choice: Nothing, made: (\"lead\","),
        "{curated}"
    );
    assert!(curated.contains("\"boundary\": \"ben\""), "{curated}");

    // In the next article all agree; nobody has begun the one after that.
    assert!(window.mentions("All agree; Ctrl+Enter takes the 4 tags and goes on"));
    assert!(!corpus.names().contains(&"b.txt.curated.ron".to_owned()));
    window.press("Ctrl+Enter");
    let second = corpus.read("b.txt.curated.ron");
    assert!(
        second.contains("state: Done") && second.contains("Trade grew."),
        "{second}"
    );
    assert!(window.is_chosen("Differences 2"), "{}", window.status());
    window.press("F5 1 1 Ctrl+Enter");
    assert!(window.mentions("No other article has differences to decide on"));
    assert!(!corpus.names().contains(&"c.txt.curated.ron".to_owned()));
    let third = corpus.read("d.txt.curated.ron");
    assert!(third.contains("Trade grew."), "{third}");
    assert_eq!(theirs(&corpus), before, "no annotator's file is written");

    // What an annotator changes afterwards is open again.
    let ann = corpus.path("d.txt.ann.ron");
    let changed = fs::read_to_string(&ann).unwrap();
    let changed = changed.replace("label: \"claim\"", "label: \"quote\"");
    fs::write(&ann, changed).unwrap();
    window.come_back();
    assert!(window.is_chosen("Differences 1"));
    assert!(window.mentions("Not tagged by everybody: Trade grew., only ann"));
    window.press("F5 1");
    assert!(window.is_chosen("Differences"));
    window.press("Ctrl+s");
    let third = corpus.read("d.txt.curated.ron");
    assert!(!third.contains("label: \"claim\""), "{third}");

    // Back to one's own tags, which there are none of.
    window.command("Adjudicate");
    assert!(!window.mentions("Differences"));
    assert!(window.mentions("d.txt, new, no tags, also tagged by ann"));
    let ran = corpus.run(["export", "a.txt", "--to", "jsonl"]);
    assert!(
        ran.stderr.contains("of 1 article the curated tags alone"),
        "{ran}"
    );
}

#[test]
fn adjudicating_needs_a_name_and_two_people() {
    let corpus = TestCorpus::new().tagged("a.txt", "ann", ANN);
    let home = tempfile::tempdir().unwrap();
    let mut window = Window::open_as(home.path(), &[corpus.path("a.txt")], "lead");
    window.command("Adjudicate");
    assert!(window.mentions("Fewer than two people have tagged this article"));
    drop(window);
    let corpus = corpus.tagged("a.txt", "ben", BEN);
    let mut window = Window::open(home.path(), &[corpus.path("a.txt")]);
    window.command("Adjudicate");
    assert!(window.mentions("Set your name first"));
    // Once it is given, the command goes on.
    window.type_text("lead");
    window.press("Enter");
    assert!(window.shows("lead adjudicates"));
    assert!(window.is_chosen("Differences 2"));
    // The mouse does it as well.
    window.click("Boundary: He knew., boundary differs");
    window.click("Take the tag of ann: Quote: He knew., no speaker yet");
    assert!(
        window.mentions("Took the quote of ann, and 2 tags that all agree on; 1 difference left")
    );
}

#[test]
fn two_leads_settle_one_article_at_once() {
    let corpus = corpus();
    let homes = [tempfile::tempdir().unwrap(), tempfile::tempdir().unwrap()];
    let open = |n: usize, name: &str| {
        let mut window = Window::open_as(homes[n].path(), &[corpus.path("a.txt")], name);
        window.command("Adjudicate");
        window
    };
    let mut lead = open(0, "lead");
    let mut second = open(1, "second");
    lead.press("F5 2 Ctrl+s");
    second.press("Shift+F5 1 Ctrl+s");
    let curated = corpus.read("a.txt.curated.ron");
    assert!(curated.contains("text: [\"He knew\"]"), "{curated}");
    assert!(curated.contains("text: [\"Trade grew.\"]"), "{curated}");
    assert!(curated.contains("made: (\"lead\",") && curated.contains("made: (\"second\","));
    // What all agree on, both have taken.
    assert_eq!(
        curated.matches("text: [\"“We do not,”\"]").count(),
        1,
        "{curated}"
    );
    assert_eq!(curated.matches("role: \"speaker\"").count(), 1, "{curated}");
    lead.come_back();
    assert!(lead.is_chosen("Differences"), "all is decided");
}

#[test]
fn decisions_that_were_not_saved_are_restored_after_a_crash() {
    let corpus = corpus();
    // The shell looks into the same state folder.
    let state = corpus.state();
    let home = state.parent().unwrap();
    let open = || Window::open_as(home, &[corpus.path("a.txt")], "lead");
    let curated = corpus.path("a.txt.curated.ron");
    let repair = || fs::remove_dir(&curated).unwrap();
    // Decides on both differences; nothing can be saved where a folder has the name of the file.
    let decide = |window: &mut Window| {
        window.command("Adjudicate");
        window.press("Ctrl+s");
        fs::create_dir(&curated).unwrap();
        window.press("F5 2 0");
        assert!(window.mentions("No differences left to decide on."));
        assert!(window.mentions("Not saved"));
    };
    let mut window = open();
    decide(&mut window);
    // The power fails.
    drop(window);
    repair();

    let before = theirs(&corpus);
    let mut window = open();
    assert!(window.mentions("It is curated work"));
    assert!(!window.shows("Restore"), "one's own tags are shown");
    window.command("Adjudicate");
    assert!(window.is_chosen("Differences 2"));
    window.click("Restore");
    assert!(window.is_chosen("Differences"), "{}", window.status());
    window.press("Ctrl+s");
    let restored = fs::read_to_string(&curated).unwrap();
    assert!(restored.contains("text: [\"He knew\"]"), "{restored}");
    assert!(restored.contains("choice: Nothing"), "{restored}");
    assert_eq!(theirs(&corpus), before);
    // Each step can be undone.
    window.press("Ctrl+z");
    assert!(window.is_chosen("Differences 1"));
    drop(window);

    // The shell does the same.
    fs::remove_file(&curated).unwrap();
    let mut window = open();
    decide(&mut window);
    drop(window);
    repair();
    let waiting = corpus.run(["recover"]);
    assert!(waiting.stdout.contains("waiting: "), "{waiting}");
    let saved = corpus.run(["recover", "--write"]);
    assert!(saved.stdout.contains("saved: "), "{saved}");
    let saved = fs::read_to_string(&curated).unwrap();
    assert!(saved.contains("choice: Nothing"), "{saved}");
    assert!(!saved.contains("annotator:"), "{saved}");
    assert_eq!(theirs(&corpus), before);
    assert!(!open().mentions("unsaved work"));
}

#[test]
fn the_next_window_shows_tags_where_differences_were_shown() {
    let corpus = corpus();
    let home = tempfile::tempdir().unwrap();
    let mut window = Window::open_as(home.path(), &[corpus.path("")], "lead");
    window.command("Adjudicate");
    assert!(window.is_chosen("Differences 2"));
    if !window.ask_to_close() {
        assert!(window.closes());
    }
    let window = Window::open_as(home.path(), &[corpus.path("")], "lead");
    assert!(!window.mentions("Differences"));
    assert!(window.is_chosen("Tags"), "the first tab");
}

#[test]
fn all_five_tabs_stand_in_one_row_of_a_small_window() {
    let corpus = corpus();
    let home = tempfile::tempdir().unwrap();
    let mut window = Window::open_as(home.path(), &[corpus.path("a.txt")], "lead");
    window.command("Adjudicate");
    for (width, height) in [(900.0, 600.0), (700.0, 500.0), (640.0, 420.0)] {
        window.set_size(width, height);
        let first = window.rect("Differences 2");
        for tab in ["Tags", "People", "Problems", "Facts"] {
            let rect = window.rect(tab);
            let in_row = (rect.top() - first.top()).abs() < 1.0 && rect.right() <= width;
            assert!(in_row, "{tab} at {width}: {rect}, {first}");
        }
    }
}

#[test]
fn a_reason_is_typed_and_stays_with_the_decision() {
    let corpus = corpus();
    let home = tempfile::tempdir().unwrap();
    let mut window = Window::open_as(home.path(), &[corpus.path("a.txt")], "lead");
    window.command("Adjudicate");
    window.press("F5 m");
    window.type_text("the stop is hers");
    window.press("Enter");
    assert!(window.mentions("Reason: the stop is hers"));
    assert!(!corpus.names().contains(&"a.txt.curated.ron".to_owned()));
    window.press("1");
    assert!(window.mentions("Decided: He knew., took ann’s, by lead: the stop is hers"));
    // Changed afterwards, at the decided difference.
    window.click("Decided: He knew., took ann’s, by lead: the stop is hers");
    window.press("m");
    window.press("End");
    window.type_text(" alone");
    window.press("Enter Ctrl+s");
    let curated = corpus.read("a.txt.curated.ron");
    assert!(
        curated.contains("reason: \"the stop is hers alone\""),
        "{curated}"
    );
    // The next one sees it.
    drop(window);
    let mut window = Window::open_as(home.path(), &[corpus.path("a.txt")], "second");
    window.command("Adjudicate");
    assert!(window.mentions("by lead: the stop is hers alone"));
}

#[test]
fn ways_to_decide_stay_in_view_and_the_list_follows() {
    let text = |tag: &str, n: usize| format!("<{tag}{n}:quote>One {n} two</{tag}{n}> three. ");
    let ann: String = (0..30).map(|n| text("a", n)).collect();
    let ben: String = (0..30)
        .map(|n| format!("One <b{n}:claim>{n} two three</b{n}>. "))
        .collect();
    let corpus = TestCorpus::new()
        .tagged("a.txt", "ann", &ann)
        .tagged("a.txt", "ben", &ben);
    let home = tempfile::tempdir().unwrap();
    let mut window = Window::open_as(home.path(), &[corpus.path("a.txt")], "lead");
    window.set_size(900.0, 600.0);
    window.command("Adjudicate");
    for _ in 0..25 {
        window.press("F5");
    }
    let row = window.rect("Several things: One 24 two three, boundary and label differ; label: Quote (ann), Claim (ben)");
    assert!(row.top() > 0.0 && row.bottom() < 600.0, "{row}");
    for name in [
        "boundary B",
        "label L",
        "All wrong X",
        "Nothing here 0",
        "Reason… M",
    ] {
        let rect = window.rect(name);
        assert!(
            rect.bottom() <= 600.0 && rect.right() <= 900.0,
            "{name}: {rect}"
        );
    }
}

#[test]
fn marks_of_differences_cover_no_words() {
    let text = |n: usize, one: &str, other: &str| {
        format!("So they jumped {one} quickly by page {n}, happily {other} enough of it. ")
    };
    let notation = |tags: &dyn Fn(usize) -> (String, String)| -> String {
        let sentence = |n| {
            let (one, other) = tags(n);
            text(n, &one, &other)
        };
        (0..20).map(sentence).collect()
    };
    let ann = notation(&|n| {
        (
            format!("<a{n}:quote>very</a{n}>"),
            format!("<b{n}:claim>gypsy</b{n}>"),
        )
    });
    let ben = notation(&|n| (format!("<a{n}:quote>very</a{n}>"), "gypsy".to_owned()));
    let cleo = notation(&|n| (format!("<a{n}:claim>very</a{n}>"), "gypsy".to_owned()));
    let corpus = TestCorpus::new();
    let corpus = corpus
        .tagged("a.txt", "ann", &ann)
        .tagged("a.txt", "ben", &ben);
    let corpus = corpus.tagged("a.txt", "cleo", &cleo);
    let home = tempfile::tempdir().unwrap();
    let mut window = Window::open_as(home.path(), &[corpus.path("a.txt")], "lead");
    window.command("Adjudicate");
    for zooming in ["", "Ctrl++ Ctrl++ Ctrl++", "Ctrl+0 Ctrl+- Ctrl+- Ctrl+-"] {
        if !zooming.is_empty() {
            window.press(zooming);
        }
        let rows = window.drawn_rows();
        let in_article = |(words, _): &&(String, egui::Rect)| {
            words.contains("jumped") || words.contains("happily") || words.contains("enough")
        };
        let article: Vec<_> = rows.iter().filter(in_article).collect();
        let marks: Vec<_> = rows
            .iter()
            .filter(|(words, _)| ["Q label", "Q", "C only ann", "C"].contains(&words.as_str()))
            .filter(|(_, ink)| {
                article
                    .iter()
                    .any(|(_, row)| row.x_range().contains(ink.center().x))
            })
            .collect();
        assert!(marks.len() > 5 && article.len() > 5, "{zooming}: {rows:?}");
        for (mark, ink) in marks {
            let ink = ink.shrink(0.5);
            let covered = article
                .iter()
                .find(|(_, row)| row.shrink(0.5).intersects(ink));
            assert!(covered.is_none(), "{zooming}: {mark} {ink} {covered:?}");
        }
    }
}
