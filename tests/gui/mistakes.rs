//! Mistakes by the user, and how the window handles them.

use std::fs;

use super::window::Window;

const TEXT: &str = "“We do not,” Tillerson said on Tuesday. “Not at all.”\n";

fn folder(home: &std::path::Path, texts: &[(&str, &str)]) -> std::path::PathBuf {
    let folder = home.join("articles");
    fs::create_dir(&folder).unwrap();
    for (name, text) in texts {
        fs::write(folder.join(name), text).unwrap();
    }
    folder
}

#[test]
fn shift_and_enter_add_a_line_to_what_is_typed() {
    let home = tempfile::tempdir().unwrap();
    let folder = folder(home.path(), &[("one.txt", TEXT)]);
    let mut window = Window::open(home.path(), std::slice::from_ref(&folder));
    window.caret_at("We do not");
    window.press("q Enter m");
    window.type_text("first");
    window.press("Shift+Enter");
    window.type_text("cc");
    window.press("Enter Ctrl+s");
    let saved = fs::read_to_string(folder.join("one.txt.ron")).unwrap();
    assert!(saved.contains("note: \"first\\ncc\""), "{saved}");
    assert!(!saved.contains("claim"), "{saved}");

    window.command("edit the article");
    assert!(window.shows("Text of the paragraph"));
    window.press("Shift+Enter");
    window.type_text("So far.");
    window.press("Enter Ctrl+s");
    let article = fs::read_to_string(folder.join("one.txt")).unwrap();
    assert!(article.contains("\nSo far."), "{article}");
}

#[test]
fn an_article_marked_done_with_work_left_says_so() {
    let home = tempfile::tempdir().unwrap();
    let folder = folder(home.path(), &[("one.txt", TEXT), ("two.txt", TEXT)]);
    let mut window = Window::open(home.path(), &[folder]);
    window.caret_at("We do not");
    window.press("q Ctrl+Enter");
    assert!(window.mentions("Marked one.txt as done; left to do: 1 speaker to confirm"));
    assert!(window.mentions("To reopen it: Ctrl+PgUp, then File › Mark as in progress"));
    assert!(window.mentions("one.txt, done, 1 tag, 1 without a confirmed speaker"));
    window.press("Ctrl+Enter");
    let words = "Marked two.txt as done; left to do: 2 hints under Problems  ·  To reopen it: File";
    assert!(window.mentions(words));
}

#[test]
fn what_is_found_is_meant_and_not_the_tag_before() {
    let home = tempfile::tempdir().unwrap();
    let mut window = Window::open(home.path(), &[]);
    window.caret_at("think the president");
    window.press("q Enter Ctrl+f Ctrl+a");
    window.type_text("denuclearize");
    window.press("Escape Delete");
    assert!(window.mentions("Quote: “I think the president"));
    assert!(window.mentions("No tag here"));
}

#[test]
fn deleting_twice_deletes_one_tag() {
    let home = tempfile::tempdir().unwrap();
    let mut window = Window::open(home.path(), &[]);
    window.caret_at("think the president");
    window.press("q Enter c Enter Delete Delete");
    assert!(window.mentions("Quote: “I think the president"));
    assert!(!window.mentions("Claim: "));
    window.press("Right Delete");
    assert!(!window.mentions("Quote: “I think"), "with the caret moved");
}

#[test]
fn a_part_is_taken_off_where_the_caret_is() {
    let home = tempfile::tempdir().unwrap();
    let mut window = Window::open(home.path(), &[]);
    window.caret_at("think the president");
    window.press("q a Enter");
    window.caret_at("Today we do not");
    window.press("-");
    assert!(window.mentions("Removed a part of quote"));
    assert!(!window.mentions("“Today we do not.”, "));
    window.caret_at("think the president");
    window.press("Shift+a");
    assert!(window.mentions("Only one part"));
}

#[test]
fn the_button_for_a_part_can_be_pressed_where_the_key_would_work() {
    let home = tempfile::tempdir().unwrap();
    let mut window = Window::open(home.path(), &[]);
    window.caret_at("McMaster certainly");
    window.press("q Enter");
    window.press("Ctrl+f Ctrl+a");
    window.type_text("Today we do not");
    window.press("Escape");
    window.click("Add part");
    assert!(window.mentions("Added a part to quote"));
}

#[test]
fn enter_never_accepts_a_quote_nobody_has_answered_for() {
    let home = tempfile::tempdir().unwrap();
    let mut window = Window::open(home.path(), &[]);
    window.caret_at("think the president");
    window.press("q Escape");
    assert!(
        !window.mentions("speaker candidate"),
        "the chips are closed"
    );
    window.press("Enter");
    assert!(window.mentions("Linked to Tillerson; press Enter again to confirm"));
    assert!(window.mentions("speaker candidate: Rex Tillerson"));
    assert!(window.mentions("1 to confirm"));
    window.press("Enter");
    assert!(window.mentions("Confirmed Rex Tillerson"));

    window.caret_at("relying on Russia");
    window.press("q Escape");
    window.click("accepted");
    assert!(window.mentions("has no speaker yet"));
    window.press("0 Enter");
    assert!(window.mentions("Accepted quote"));
}

#[test]
fn enter_accepts_nothing_that_was_scrolled_out_of_view() {
    let home = tempfile::tempdir().unwrap();
    let mut window = Window::open(home.path(), &[]);
    window.caret_at("think the president");
    window.press("q");
    window.point_at(window.row("think the president").center());
    window.wheel(-4000.0);
    window.press("Enter");
    assert!(window.mentions("Back at the current tag"));
    assert!(window.mentions("1 to confirm"));
    window.press("Enter");
    assert!(window.mentions("Confirmed Rex Tillerson"));
}

#[test]
fn a_round_of_speakers_says_where_it_begins_again() {
    let home = tempfile::tempdir().unwrap();
    let mut window = Window::open(home.path(), &[]);
    window.caret_at("think the president");
    window.press("q Shift+Tab");
    assert!(window.mentions("Back to the last: "));
    window.press("Tab");
    assert!(window.mentions("Back to the first: Tillerson"));
}

#[test]
fn a_folder_opens_with_its_first_article_that_can_be_read() {
    let home = tempfile::tempdir().unwrap();
    let texts = [("a.txt", ""), ("b.txt", ""), ("c.txt", TEXT)];
    let folder = folder(home.path(), &texts);
    let mut window = Window::open(home.path(), &[folder]);
    assert!(window.mentions("a.txt, cannot be read"));
    assert!(
        !window.shows("Try again"),
        "what was not asked for needs no message"
    );
    window.caret_at("We do not");
    window.press("q");
    assert!(window.mentions("Quote: “We do not,”"));
}

#[test]
fn a_note_is_kept_however_one_leaves_it() {
    let home = tempfile::tempdir().unwrap();
    let mut window = Window::open(home.path(), &[]);
    window.caret_at("think the president");
    window.press("q Enter m");
    window.type_text("Look at this again");
    window.press("Escape");
    let sidecar = home.path().join("data/sample/us-russia-relations.txt.ron");
    let saved = fs::read_to_string(sidecar).unwrap();
    assert!(saved.contains("Look at this again"), "{saved}");
}

#[test]
fn messages_beyond_two_lines_wait_behind_a_button() {
    let home = tempfile::tempdir().unwrap();
    let missing: Vec<_> = (1..6)
        .map(|n| home.path().join(format!("missing{n}.txt")))
        .collect();
    let mut window = Window::open(home.path(), &missing);
    assert!(!window.mentions("missing1.txt: there is no such file"));
    window.click("and 3 more");
    assert!(window.mentions("missing1.txt: there is no such file"));
}

#[test]
fn undo_in_a_field_with_nothing_typed_is_about_the_article() {
    let home = tempfile::tempdir().unwrap();
    let mut window = Window::open(home.path(), &[]);
    window.caret_at("think the president");
    window.press("q Enter");
    window.focus("Filter tags");
    window.press("Ctrl+z");
    assert!(window.mentions("Undid: confirmed Rex Tillerson"));
    window.press("Ctrl+y");
    assert!(window.mentions("Redid: confirmed Rex Tillerson"));
}

/// Texts out of PDF files have a form feed at each page.
#[test]
fn an_article_with_control_characters_is_shown_and_tagged_whole() {
    let text = "Page one.\n\u{c}\u{1}\u{2} \"We go,\" Ann Lee said. \"Now.\"\n";
    let home = tempfile::tempdir().unwrap();
    let folder = folder(home.path(), &[("one.txt", text)]);
    let mut window = Window::open(home.path(), std::slice::from_ref(&folder));
    window.row("\"Now.\"");
    window.caret_at("We go");
    window.press("q");
    assert!(window.mentions("Quote: \"We go,\""), "{}", window.status());
    window.press("Ctrl+s");
    let saved = fs::read_to_string(folder.join("one.txt.ron")).unwrap();
    assert!(saved.contains(r#""\"We go,\"""#), "{saved}");
}
