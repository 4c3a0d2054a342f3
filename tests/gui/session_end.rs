//! The system asks the program to end, as at a logout, or the program is killed: nobody answers, and
//! nothing typed is lost.

use std::fs;
use std::path::{Path, PathBuf};

use super::window::Window;

const TEXT: &str = "“We do not,” Tillerson said on Tuesday. “Not at all.”\n";

/// A window on the first of two articles, with a tagged quote.
fn with_quote(home: &Path) -> (Window, PathBuf) {
    let folder = home.join("articles");
    fs::create_dir(&folder).unwrap();
    for name in ["one.txt", "two.txt"] {
        fs::write(folder.join(name), TEXT).unwrap();
    }
    let mut window = Window::open(home, std::slice::from_ref(&folder));
    window.caret_at("We do not");
    window.press("q Enter");
    (window, folder)
}

#[test]
fn what_is_typed_in_any_dialog_when_the_session_ends_is_offered_at_the_next_start() {
    let home = tempfile::tempdir().unwrap();
    let (mut window, folder) = with_quote(home.path());
    window.press("w");
    window.type_text("Rex Till");
    window.command("edit the article");
    window.type_text("Yes. ");
    assert!(window.end_session(), "nobody answers");
    let one = fs::read_to_string(folder.join("one.txt")).unwrap();
    assert_eq!(one, TEXT, "nothing is done that was not finished");

    let mut window = Window::open(home.path(), std::slice::from_ref(&folder));
    assert!(window.mentions("The words you had typed in “Edit the article's text” are kept"));
    window.click("and 1 more");
    window.click_first("Use");
    assert_eq!(window.value("Name of the person"), "Rex Till");
    window.press("Escape");
    window.click("Use");
    assert!(
        window
            .value("Text of the paragraph")
            .starts_with("“Yes. We")
    );
    window.press("Enter");
    let one = fs::read_to_string(folder.join("one.txt")).unwrap();
    assert!(one.starts_with("“Yes. "));
    drop(window);
    let window = Window::open(home.path(), &[folder]);
    assert!(!window.mentions("The words you had typed"));
}

#[test]
fn a_note_is_saved_and_words_without_a_place_go_to_the_clipboard_when_the_session_ends() {
    let home = tempfile::tempdir().unwrap();
    let (mut window, folder) = with_quote(home.path());
    window.press("m");
    window.type_text("Half a");
    assert!(window.end_session());
    let saved = fs::read_to_string(folder.join("one.txt.ron")).unwrap();
    assert!(saved.contains("note: \"Half a\""), "{saved}");

    let mut window = Window::open(home.path(), std::slice::from_ref(&folder));
    window.command("edit the article");
    window.type_text("Yes. ");
    assert!(window.end_session());
    fs::write(folder.join("one.txt"), TEXT.replace("Tuesday", "Monday")).unwrap();
    let mut window = Window::open(home.path(), &[folder]);
    window.click("Use");
    assert!(window.mentions("Copied your words to the clipboard"));
    assert!(!window.mentions("The words you had typed"));
}

/// What is kept of the dialogs of living windows.
fn being_typed(home: &Path) -> String {
    let files = fs::read_dir(home.join("state/drafts/open"))
        .into_iter()
        .flatten();
    let files = files.map(|file| file.unwrap().path());
    let drafts = files.filter(|path| path.extension().is_some_and(|end| end == "ron"));
    drafts
        .map(|path| fs::read_to_string(path).unwrap())
        .collect()
}

#[test]
fn what_is_typed_when_the_program_is_killed_is_offered_at_the_next_start() {
    let home = tempfile::tempdir().unwrap();
    let (mut window, folder) = with_quote(home.path());
    window.press("w");
    window.type_text("Rex Till");
    window.wait();
    assert!(being_typed(home.path()).contains("Rex Till"));
    // Another window does not offer what is being typed here.
    let other = Window::open(home.path(), std::slice::from_ref(&folder));
    assert!(!other.mentions("The words you had typed"));
    drop(other);
    // Nothing is written any more: as good as killed.
    drop(window);

    let mut window = Window::open(home.path(), std::slice::from_ref(&folder));
    assert!(window.mentions("The words you had typed in “Who said it?” are kept: “Rex Till”"));
    window.click("Use");
    assert_eq!(window.value("Name of the person"), "Rex Till");
    window.wait();
    assert!(being_typed(home.path()).contains("Rex Till"), "again");
    window.press("Enter");
    assert_eq!(being_typed(home.path()), "", "it is finished");
    window.press("m");
    window.type_text("Half a");
    window.wait();
    assert!(being_typed(home.path()).contains("Half a"));
    drop(window);

    let mut window = Window::open(home.path(), std::slice::from_ref(&folder));
    window.click("Use");
    assert_eq!(window.value("Note on the tag"), "Half a");
    window.press("Escape");
    assert_eq!(being_typed(home.path()), "");
    drop(window);
    let window = Window::open(home.path(), &[folder]);
    assert!(!window.mentions("The words you had typed"));
}
