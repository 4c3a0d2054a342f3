//! Searching all articles of a folder and changing what is found, by keyboard alone.

use std::fs;
use std::path::{Path, PathBuf};

use super::window::Window;
use crate::support::TestCorpus;

const ONE: &str = "“No sanctions,” Rex Tillerson said. The sanctions stay.\n";
const TWO: &str = "Ada Cole spoke of sanctions on Tuesday.\n";
const THREE: &str = "Nothing of the kind.\n";

/// Three articles; a colleague has tagged one of them.
fn corpus(home: &Path) -> PathBuf {
    let folder = home.join("corpus");
    fs::create_dir_all(folder.join("sub")).unwrap();
    fs::write(folder.join("a.txt"), ONE).unwrap();
    fs::write(folder.join("sub/b.txt"), TWO).unwrap();
    fs::write(folder.join("c.txt"), THREE).unwrap();
    let theirs = home.join("theirs");
    let mut window = Window::open_as(&theirs, &[folder.join("sub/b.txt")], "maria");
    window.caret_at("Ada");
    window.press("s Enter Ctrl+s");
    assert!(folder.join("sub/b.txt.maria.ron").exists());
    folder
}

fn open(home: &Path, folder: &Path) -> Window {
    Window::open_as(home, &[folder.to_owned()], "jo")
}

fn bytes(folder: &Path) -> Vec<(PathBuf, Vec<u8>)> {
    [
        "a.txt.jo.ron",
        "c.txt.jo.ron",
        "sub/b.txt.jo.ron",
        "sub/b.txt.maria.ron",
    ]
    .iter()
    .filter_map(|name| Some((name.into(), fs::read(folder.join(name)).ok()?)))
    .collect()
}

#[test]
fn hits_are_found_gone_to_and_changed_in_one_step_by_keys_alone() {
    let home = tempfile::tempdir().unwrap();
    let folder = corpus(home.path());
    let before = bytes(&folder);
    let mut window = open(home.path(), &folder);
    window.press("Ctrl+Shift+f");
    window.type_text("sanctions");
    assert!(window.shows("3 hits in 2 of 3 articles"));
    // The other article, back to the search, and to where one was.
    window.press("Down Down Enter");
    assert_eq!(window.accessible_name(), "sub/b.txt — Pullquote");
    window.press("Alt+Left Alt+Left");
    assert_eq!(window.accessible_name(), "a.txt — Pullquote");
    window.press("F4");
    assert_eq!(window.accessible_name(), "sub/b.txt — Pullquote");
    // All places become claims, in one step.
    window.press("Ctrl+Shift+f Ctrl+Enter");
    assert!(window.shows("Tag as claim"));
    window.press("Down Down Enter");
    assert_eq!(
        window.status(),
        "Tagged 3 places as claim in 2 articles  ·  Ctrl+Z undoes"
    );
    let after = bytes(&folder);
    assert_eq!(after.len(), 3);
    assert!(
        after.contains(&before[0]),
        "the colleague's file is as it was"
    );
    // The open article has it at once and is saved.
    assert!(window.mentions("Claim: sanctions"));
    // The step is undone whole from the article.
    window.press("Escape Ctrl+z");
    assert_eq!(bytes(&folder), before);
    assert!(!window.mentions("Claim: sanctions"));
    window.press("Ctrl+Shift+z");
    assert_eq!(bytes(&folder), after);
    assert!(window.mentions("Claim: sanctions"));
    // After a restart, too.
    drop(window);
    let mut window = open(home.path(), &folder);
    window.press("Ctrl+Alt+z");
    assert_eq!(
        window.status(),
        "Undone: tagged 3 places as claim in 2 articles"
    );
    assert_eq!(bytes(&folder), before);
}

#[test]
fn unsaved_work_is_searched_and_chosen_hits_are_changed_alone() {
    let home = tempfile::tempdir().unwrap();
    let folder = corpus(home.path());
    let mut window = open(home.path(), &folder);
    window.caret_at("sanctions,");
    window.press("c");
    window.press("Ctrl+Shift+f");
    window.type_text("claim");
    assert!(window.mentions("1 hit in 1 of 3 articles"));
    // One of the words, not the other two.
    window.press("Ctrl+a");
    window.type_text("sanctions");
    window.press("Down Down Ctrl+Space");
    assert!(window.mentions("1 chosen of 3 hits"));
    window.press("Ctrl+Enter Down Enter");
    assert!(
        window
            .status()
            .starts_with("Tagged 1 place as speaker in 1 article")
    );
    assert!(folder.join("sub/b.txt.jo.ron").exists());
}

#[test]
fn what_somebody_else_has_changed_since_stops_the_whole_step() {
    let home = tempfile::tempdir().unwrap();
    let folder = corpus(home.path());
    let mut window = open(home.path(), &folder);
    window.press("Ctrl+Shift+f");
    window.type_text("sanctions");
    assert!(window.mentions("3 hits"));
    // The same person works in another window, which this one has not heard of.
    let elsewhere = home.path().join("elsewhere");
    let mut other = Window::open_as(&elsewhere, &[folder.join("sub/b.txt")], "jo");
    other.caret_at("Tuesday");
    other.press("c Ctrl+s");
    let before = bytes(&folder);
    window.press("Ctrl+Enter Enter");
    assert!(
        window.status().contains("it has changed since"),
        "{}",
        window.status()
    );
    assert_eq!(bytes(&folder), before);
}

#[test]
fn tags_are_accepted_and_set_to_a_person_and_tags_of_others_stay() {
    let home = tempfile::tempdir().unwrap();
    let folder = corpus(home.path());
    let mut window = open(home.path(), &folder);
    window.caret_at("Rex");
    window.press("s Ctrl+s");
    window.press("Ctrl+Shift+f");
    window.type_text("label:speaker");
    assert!(window.mentions("2 hits in 2 of 3 articles"));
    let theirs = fs::read(folder.join("sub/b.txt.maria.ron")).unwrap();
    // Accept, reject, unsure, clear, then the person.
    window.press("Ctrl+Enter Down Down Down Down Enter");
    window.type_text("Rex W. Tillerson");
    window.press("Enter");
    assert!(
        window
            .status()
            .starts_with("Set 1 tag to Rex W. Tillerson in 1 article"),
        "{}",
        window.status()
    );
    assert!(window.mentions("1 of other people stay as they are"));
    assert_eq!(
        fs::read(folder.join("sub/b.txt.maria.ron")).unwrap(),
        theirs
    );
    let own = fs::read_to_string(folder.join("a.txt.jo.ron")).unwrap();
    assert!(own.contains("Rex W. Tillerson"), "{own}");
}

#[test]
fn every_verdict_and_label_is_one_step_that_a_restart_can_undo() {
    let home = tempfile::tempdir().unwrap();
    let folder = corpus(home.path());
    let mut window = open(home.path(), &folder);
    window.press("Ctrl+Shift+f");
    window.type_text("sanctions");
    window.press("Ctrl+Enter Down Down Enter");
    let before = bytes(&folder);
    drop(window);
    // Accept, reject, unsure; then the person; then a label.
    let steps = [
        // One of them has no speaker yet: that is told.
        ("Enter", "review: Accepted", "Accepted 2 tags"),
        ("Down Enter", "review: Rejected", "Rejected 3 tags"),
        (
            "Down Down Enter",
            "review: Unsure",
            "Marked 3 tags as unsure",
        ),
        (
            "Down Down Down Down Down Enter",
            "label: \"quote\"",
            "Changed 3 tags to quote",
        ),
    ];
    for (keys, written, told) in steps {
        let mut window = open(home.path(), &folder);
        window.press("Ctrl+Shift+f Ctrl+a");
        window.type_text("label:claim");
        assert!(window.mentions("3 hits in 2 of 3 articles"), "{told}");
        window.press("Ctrl+Enter");
        window.press(keys);
        let status = window.status();
        assert!(status.starts_with(told), "{keys}: {status}");
        assert_eq!(
            window.mentions("Not done 1 time: the claim has no speaker yet"),
            keys == "Enter"
        );
        let after = bytes(&folder);
        for (name, text) in after
            .iter()
            .filter(|(name, _)| !name.ends_with("sub/b.txt.maria.ron"))
        {
            let text = String::from_utf8_lossy(text);
            assert!(text.contains(written), "{}: {text}", name.display());
        }
        drop(window);
        let mut window = open(home.path(), &folder);
        window.press("Ctrl+Alt+z");
        let undone = window.status().to_lowercase();
        assert!(undone.contains(&told.to_lowercase()), "{undone}");
        assert_eq!(bytes(&folder), before, "{told}");
    }
}

#[test]
fn a_query_is_buttons_too_sorted_and_exported() {
    let home = tempfile::tempdir().unwrap();
    let folder = corpus(home.path());
    let mut window = open(home.path(), &folder);
    window.press("Ctrl+Shift+f");
    window.click("Only speakers");
    assert_eq!(window.value("Search all articles"), "label:speaker");
    assert!(window.mentions("1 hit in 1 of 3 articles"));
    window.click("Only speakers");
    window.type_text("speeker:x");
    assert!(window.mentions("did you mean `speaker:`?"));
    window.press("Ctrl+a");
    window.type_text("sanctions");
    window.click("Sort by before");
    let rows = window.rects_of("⟦sanctions⟧");
    assert_eq!(rows.len(), 3);
    let table = home.path().join("hits.csv");
    window.answers.add(table.clone());
    window.command("Export hits");
    let text = fs::read_to_string(&table).unwrap();
    let keywords: Vec<&str> = text.lines().skip(1).map(|line| &line[..5]).collect();
    assert_eq!(
        keywords,
        ["a.txt", "sub/b", "a.txt"],
        "by no, of, the: {text}"
    );
}

#[test]
fn the_search_that_follows_a_dialog_has_the_keys() {
    let home = tempfile::tempdir().unwrap();
    let folder = corpus(home.path());
    let mut window = Window::open(home.path(), std::slice::from_ref(&folder));
    window.command("Your name");
    window.press("Ctrl+Shift+f");
    window.type_text("sanctions");
    assert_eq!(window.value("Search all articles"), "sanctions");
}

#[test]
fn what_is_only_suggested_is_told_where_no_tag_is_found() {
    let corpus = TestCorpus::new()
        .tagged(
            "a.txt",
            "jo",
            "<q1:quote>“No sanctions,”</q1> Ada said.\n---\nq1 verdict=open",
        )
        .file("b.txt", TWO);
    let home = tempfile::tempdir().unwrap();
    let mut window = open(home.path(), &corpus.path(""));
    window.press("Ctrl+Shift+f");
    window.type_text("nowhere at all");
    assert!(window.shows("Nothing found."));
    window.press("Ctrl+a");
    window.type_text("quote sanctions");
    assert!(window.shows("No tag found; 1 suggestion left out."));
    window.click("Show suggestions");
    assert!(window.shows("1 hit in 1 of 2 articles"));
}

#[test]
fn the_list_of_tags_keeps_a_row_beside_the_search_in_a_small_window() {
    let home = tempfile::tempdir().unwrap();
    let folder = corpus(home.path());
    let mut window = open(home.path(), &folder);
    window.caret_at("No sanctions");
    window.press("q Enter Ctrl+Shift+f");
    for (width, height) in [
        (1280.0, 800.0),
        (900.0, 600.0),
        (700.0, 500.0),
        (640.0, 420.0),
    ] {
        window.set_size(width, height);
        let search = window.rect("Export…").top();
        let row = window.rects_of("Quote: “No sanctions,”");
        let row = row.first().expect("the row of the tag");
        let filter = window.field_rect("Filter tags");
        assert!(
            row.top() >= filter.bottom() && row.bottom() <= search,
            "{width}: {row}, {filter}, {search}"
        );
    }
}

#[test]
fn typing_replaces_what_was_searched_for() {
    let home = tempfile::tempdir().unwrap();
    let folder = corpus(home.path());
    let mut window = open(home.path(), &folder);
    window.caret_at("Rex");
    window.press("Ctrl+Shift+Left Ctrl+Shift+f");
    window.type_text("stay");
    assert_eq!(window.value("Search all articles"), "stay");
    window.press("Escape Ctrl+Shift+f");
    window.type_text("sanctions");
    assert!(window.shows("3 hits in 2 of 3 articles"));
    window.press("Ctrl+Shift+f");
    window.type_text("Ada");
    assert!(window.shows("1 hit in 1 of 3 articles"));
}

#[test]
fn esc_leaves_the_search_below_a_page_and_then_the_page() {
    let home = tempfile::tempdir().unwrap();
    let folder = corpus(home.path());
    let mut window = open(home.path(), &folder);
    for size in [(1280.0, 800.0), (900.0, 600.0), (640.0, 420.0)] {
        window.set_size(size.0, size.1);
        window.press("F12 Ctrl+Shift+f");
        window.type_text("sanctions");
        assert!(window.shows("3 hits in 2 of 3 articles"), "{size:?}");
        window.press("Escape");
        assert!(!window.shows("Search all articles"), "{size:?}");
        assert!(window.shows("Project corpus"), "{size:?}");
        window.press("Escape");
        assert!(!window.shows("Project corpus"), "{size:?}");
    }
    // A hit is gone to in the article, in place of the page.
    window.press("F12 Ctrl+Shift+f");
    window.type_text("Ada");
    window.press("Enter");
    assert!(!window.shows("Project corpus"));
    assert_eq!(window.accessible_name(), "sub/b.txt — Pullquote");
}

#[test]
fn the_shell_undoes_a_step_of_the_window_and_the_window_one_of_the_shell() {
    let corpus = TestCorpus::new().file("a.txt", ONE).file("sub/b.txt", TWO);
    let state = corpus.state();
    let home = state.parent().unwrap();
    let folder = corpus.path("");
    let mut window = open(home, &folder);
    window.press("Ctrl+Shift+f");
    window.type_text("sanctions");
    window.press("Ctrl+Enter Down Down Enter");
    assert_eq!(bytes(&folder).len(), 2);
    drop(window);
    let undone = corpus.run(["change", "undo", "."]);
    assert!(
        undone
            .stdout
            .contains("undone: tagged 3 places as claim in 2 articles"),
        "{undone}"
    );
    assert!(bytes(&folder).is_empty());
    let tagged = corpus.run([
        "change",
        "hits",
        ".",
        "sanctions",
        "--tag",
        "quote",
        "--as",
        "jo",
    ]);
    assert!(
        tagged.stdout.contains("tagged 3 places as quote"),
        "{tagged}"
    );
    assert_eq!(bytes(&folder).len(), 2);
    let mut window = open(home, &folder);
    assert!(window.mentions("Quote: sanctions"));
    window.press("Ctrl+Alt+z");
    assert_eq!(
        window.status(),
        "Undone: tagged 3 places as quote in 2 articles"
    );
    assert!(bytes(&folder).is_empty());
    assert!(!window.mentions("Quote: sanctions"));
}

#[test]
fn a_value_that_cannot_be_is_told_while_typing() {
    let home = tempfile::tempdir().unwrap();
    let folder = corpus(home.path());
    let mut window = open(home.path(), &folder);
    for (query, words) in [
        ("form:diret", "did you mean `direct`?"),
        ("label:quotee", "did you mean `quote`?"),
        ("mention:pronoum", "did you mean `pronoun`?"),
        ("by:mariaa", "did you mean `maria`?"),
        ("by:zoe", "`zoe` is no value of `by`; use maria, unnamed"),
    ] {
        window.press("Ctrl+Shift+f Ctrl+a");
        window.type_text(query);
        assert!(window.mentions(words), "{query}");
    }
}

#[test]
fn alt_left_leads_from_a_hit_back_to_the_search() {
    let home = tempfile::tempdir().unwrap();
    let folder = corpus(home.path());
    let mut window = open(home.path(), &folder);
    window.caret_at("Ada");
    window.press("Ctrl+Shift+f Ctrl+a");
    window.type_text("sanctions");
    let field = "Search all articles";
    let rows = ["a.txt: “No ⟦", "a.txt: “No sanctions", "sub/b.txt: "];
    let rows = rows.map(|row| window.named(row));
    window.press("Down Enter");
    assert_ne!(window.focused(), field);
    // From hit to hit, and the search closed: it is there again as it was.
    window.press("F4");
    assert_eq!(window.accessible_name(), "sub/b.txt — Pullquote");
    window.press("Ctrl+Shift+f Escape");
    assert!(!window.shows(field));
    window.press("Alt+Left");
    assert_eq!(window.focused(), field);
    assert_eq!(window.value(field), "sanctions");
    assert!(window.is_chosen(&rows[2]));
    // The same hit, then the one before it.
    window.press("F4");
    assert_eq!(window.accessible_name(), "sub/b.txt — Pullquote");
    assert!(window.is_chosen(&rows[2]));
    window.press("Shift+F4");
    assert!(window.is_chosen(&rows[1]));
    assert_eq!(window.accessible_name(), "a.txt — Pullquote");
    // Another search leaves the way back to this one.
    window.press("Ctrl+Shift+f Ctrl+a");
    window.type_text("tariff");
    window.press("Alt+Left");
    assert_eq!(window.value(field), "sanctions");
    // Before: the hit from which one came back to the search, then where one began.
    for name in ["sub/b.txt", "a.txt"] {
        window.press("Alt+Left");
        assert_eq!(window.accessible_name(), format!("{name} — Pullquote"));
    }
    window.press("Alt+Left");
    assert_eq!(window.status(), "No place to go back to");
}
