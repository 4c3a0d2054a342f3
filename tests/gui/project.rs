//! The folder as a project: queues, order, the table of all articles, who is to tag what.

use std::fs;

use super::folder::corpus;
use super::window::Window;

#[test]
fn the_unsure_ones_are_gone_through_with_one_key() {
    let home = tempfile::tempdir().unwrap();
    let folder = corpus(home.path(), &["a.txt", "b.txt", "c.txt", "d.txt"]);
    let mut window = Window::open(home.path(), &[folder]);
    // Unsure in the first and the third, which are done all the same.
    window.press("q Enter ? Ctrl+Enter Ctrl+Enter q Enter ? Ctrl+Enter");
    window.press("Ctrl+PageUp Ctrl+PageUp Ctrl+PageUp");
    assert!(window.mentions("a.txt, done, 2 tags, 1 unsure"));
    window.click("Queue");
    window.click("With unsure tags");
    assert!(window.mentions("c.txt, done") && !window.mentions("b.txt, done"));
    // Solved: it keeps its place until it is left, and does not come back.
    window.caret_at("Not at all");
    window.press("p p Enter");
    assert!(window.mentions("a.txt, done, 2 tags") && !window.mentions("1 unsure, unsure"));
    window.press("Ctrl+Enter");
    assert!(
        !window.mentions("a.txt, done"),
        "{}",
        window.named("a.txt, done")
    );
    window.caret_at("Not at all");
    window.press("p p Enter Ctrl+Enter");
    assert!(window.mentions("arked c.txt as done"));
}

#[test]
fn articles_are_handed_out_in_the_table_and_found_in_the_queue() {
    let home = tempfile::tempdir().unwrap();
    let folder = corpus(home.path(), &["a.txt", "sub/b.txt", "sub/c.txt"]);
    let mut window = Window::open_as(home.path(), std::slice::from_ref(&folder), "ann");
    window.press("q Enter F12");
    assert!(window.shows("Project corpus"));
    // The article behind it is not touched by letters.
    window.press("q s Delete");
    assert!(window.mentions("3 articles: 0 done, 1 in progress"));
    window.click("Choose sub/b.txt");
    window.click("Choose sub/c.txt");
    window.focus("2 articles chosen: assign to");
    window.type_text("ann");
    window.press("Enter");
    assert!(window.mentions("2 articles assigned to ann."));
    let file = folder.join("pullquote.assignments.ron");
    let text = fs::read_to_string(&file).unwrap();
    assert!(text.contains("\"sub/b.txt\": [\"ann\"]"), "{text}");
    window.press("Escape");
    window.click("Queue");
    window.click("Assigned to me");
    assert!(window.mentions("sub/b.txt, new"));
    assert!(
        !window.mentions("a.txt, in progress"),
        "{}",
        window.named("a.txt, in progress")
    );
    window.press("Ctrl+PageDown");
    window.press("q");
    assert!(window.mentions("sub/b.txt, in progress"));
    window.click("Undo assignment");
    assert!(!fs::read_to_string(&file).unwrap().contains("ann"));
    assert!(!window.mentions("sub/c.txt, new"));
}

#[test]
fn the_list_is_sorted_grouped_and_folded_and_stays_so() {
    let home = tempfile::tempdir().unwrap();
    let folder = corpus(home.path(), &["a.txt", "sub/b.txt", "sub/c.txt"]);
    let mut window = Window::open(home.path(), std::slice::from_ref(&folder));
    window.press("Ctrl+PageDown q Enter F12");
    window.click("Sort by tags");
    window.click("Group by folder");
    assert!(window.shows("Sort by unsure"));
    window.click("Whose work");
    window.click("Everybody's work");
    window.click("Columns…");
    window.click("Show column unsure");
    window.click("Show column suggestions");
    window.press("Escape");
    assert!(!window.shows("Sort by unsure") && window.shows("Sort by outlet"));
    window.press("Escape");
    assert!(window.mentions("Folder sub, 0 of 2 done"));
    window.click("Folder sub, 0 of 2 done");
    assert!(!window.mentions("sub/c.txt, new") && window.mentions("a.txt, new"));
    window.click("Folder sub, 0 of 2 done");
    window.press("Ctrl+PageDown q");
    assert!(
        window.mentions("sub/c.txt, in progress"),
        "the one with tags comes first"
    );
    assert!(window.ask_to_close());
    drop(window);
    let mut window = Window::open(home.path(), std::slice::from_ref(&folder));
    assert!(window.mentions("Folder sub, 0 of 2 done"));
    assert!(window.mentions("Sort: By tags ↓"));
    window.press("F12");
    assert!(!window.shows("Sort by unsure"));
    assert!(window.says("Everybody's work"));
    window.click("Columns: 2 hidden…");
    window.click("Show all");
    assert!(window.shows("Sort by unsure"));
}

#[test]
fn facts_that_the_project_has_named_are_columns() {
    let home = tempfile::tempdir().unwrap();
    let folder = corpus(home.path(), &["a.txt", "b.txt"]);
    let schema = "(labels: [(key: \"quote\", name: \"Quote\", letter: 'Q', speaks: true), \
        (key: \"speaker\", name: \"Speaker\", letter: 'S', mentions: true)], \
        roles: [(key: \"speaker\", name: \"Speaker\", from: [\"quote\"], to: [\"speaker\"], \
        people: true)], fields: [\"edition\", \"press_run\"])";
    fs::write(folder.join("pullquote.ron"), schema).unwrap();
    for (name, edition) in [("a.txt", "night"), ("b.txt", "early")] {
        let facts = format!("(version: 1, fields: {{\"edition\": \"{edition}\"}})");
        fs::write(folder.join(format!("{name}.meta.ron")), facts).unwrap();
    }
    let mut window = Window::open(home.path(), &[folder]);
    window.press("F12");
    assert!(window.shows("Sort by edition") && window.shows("Sort by press_run"));
    // They stand right of what every article has.
    window.click("Columns…");
    for other in [
        "copies",
        "state",
        "tags",
        "suggestions",
        "without-speaker",
        "unreviewed",
    ] {
        window.click(&format!("Show column {other}"));
    }
    window.press("Escape");
    assert!(window.shows("night") && window.shows("early"));
    // They are hidden as the others are.
    window.click("Columns: 6 hidden…");
    window.focus("Show column edition");
    window.press("Space");
    window.press("Escape");
    assert!(!window.shows("Sort by edition") && window.shows("Sort by press_run"));
}

#[test]
fn the_queue_is_started_and_continued_from_the_page() {
    let home = tempfile::tempdir().unwrap();
    let folder = corpus(home.path(), &["a.txt", "b.txt", "c.txt"]);
    let mut window = Window::open_as(home.path(), std::slice::from_ref(&folder), "ann");
    window.press("F12");
    window.click("Choose b.txt");
    window.click("Choose c.txt");
    window.focus("2 articles chosen: assign to");
    window.type_text("ann");
    window.press("Enter");
    window.click_first("Queue");
    window.click("Assigned to me");
    window.press("Ctrl+Enter");
    assert!(!window.shows("Project corpus"));
    assert_eq!(window.accessible_name(), "b.txt — Pullquote");
    assert_eq!(window.status(), "2 articles are left in this list");
    // What is begun is gone on with.
    window.press("q Enter F12 Ctrl+Enter");
    assert_eq!(window.accessible_name(), "b.txt — Pullquote");
    window.press("Ctrl+Enter");
    assert_eq!(window.accessible_name(), "c.txt — Pullquote");
    window.press("Ctrl+Enter F12 Ctrl+Enter");
    assert!(window.shows("Project corpus"));
    assert_eq!(window.status(), "Nothing is left to do in this list");
}

#[test]
fn who_is_to_tag_what_is_in_view_and_the_files_keep_their_width() {
    let home = tempfile::tempdir().unwrap();
    let folder = corpus(home.path(), &["a.txt", "b.txt"]);
    let assigned =
        "(version: 1, assignments: {\"a.txt\": [\"a-very-long-name-of-somebody\", \"ann\"]})";
    fs::write(folder.join("pullquote.assignments.ron"), assigned).unwrap();
    let mut window = Window::open_as(home.path(), std::slice::from_ref(&folder), "ann");
    window.press("F12");
    let heading = window.rect("Sort by assigned");
    assert!(heading.right() < 1280.0, "{heading:?}");
    let width = |window: &Window| window.rect("Filter files").width();
    let before = width(&window);
    window.click("Sort by assigned");
    let choice = window.rects_of("Sort: By assigned to")[0].right();
    assert!(
        choice <= window.rect("Filter files").right() + 1.0,
        "{choice}"
    );
    for _ in 0..8 {
        window.click_at(egui::pos2(900.0, 700.0));
        window.settle();
    }
    assert!(
        (width(&window) - before).abs() < 1.0,
        "{before} {}",
        width(&window)
    );
}
