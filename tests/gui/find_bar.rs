//! The find bar and the palette: what is typed into them, and where they lead.

use super::window::Window;

#[test]
fn find_again_selects_what_is_in_the_field() {
    let home = tempfile::tempdir().unwrap();
    let mut window = Window::open(home.path(), &[]);
    window.press("Ctrl+f");
    window.type_text("Russia");
    window.press("Enter Ctrl+f");
    window.type_text("Trump");
    assert_eq!(window.value("Find in the article"), "Trump");
    assert!(window.mentions("1 of "));
    window.press("Escape Escape Ctrl+f");
    window.type_text("Tillerson");
    assert_eq!(window.value("Find in the article"), "Tillerson");
}

#[test]
fn find_with_what_was_looked_for_before_moves_nothing_until_a_step() {
    let home = tempfile::tempdir().unwrap();
    let mut window = Window::open(home.path(), &[]);
    window.press("Ctrl+f");
    window.type_text("McMaster");
    window.press("Escape Left Ctrl+f");
    // The hits before and after the caret.
    window.press("Enter");
    assert!(window.mentions("1 of "), "the one at the caret");
    window.press("Escape Ctrl+End Ctrl+f");
    assert!(window.mentions(" found"));
    assert!(window.mentions("Line 11, column"), "the caret stays");
    window.press("Escape");
    assert!(window.mentions("Line 11, column"));
    window.press("Ctrl+f Enter");
    assert!(window.mentions("1 of "), "around the end");
}

#[test]
fn the_pointer_moves_the_choice_of_the_palette_only_while_it_moves() {
    let home = tempfile::tempdir().unwrap();
    let mut window = Window::open(home.path(), &[]);
    window.press("Ctrl+k");
    window.type_text("tag as");
    assert!(window.is_chosen("Tag as quote"));
    let place = window.rect("Tag as claim").center();
    window.point_at(place);
    assert!(window.is_chosen("Tag as claim") && !window.is_chosen("Tag as quote"));
    window.press("ArrowUp");
    assert!(window.is_chosen("Tag as speaker") && !window.is_chosen("Tag as claim"));
    window.press("Escape");
    assert!(!window.shows("Find a command"));
}

#[test]
fn typed_words_to_find_outlive_the_palette() {
    let home = tempfile::tempdir().unwrap();
    let mut window = Window::open(home.path(), &[]);
    window.press("Ctrl+f");
    window.type_text("tru");
    window.type_text("mp");
    window.press("Ctrl+k");
    assert!(window.shows("Find a command"));
    window.press("Ctrl+f");
    assert_eq!(window.value("Find in the article"), "trump");
}

#[test]
fn find_and_the_palette_close_each_other() {
    let home = tempfile::tempdir().unwrap();
    let mut window = Window::open(home.path(), &[]);
    window.press("Ctrl+f Ctrl+k");
    assert!(window.shows("Find a command") && !window.shows("Find in the article"));
    window.press("Ctrl+f");
    assert!(!window.shows("Find a command") && window.shows("Find in the article"));
    assert_eq!(window.focused(), "Find in the article");
}
