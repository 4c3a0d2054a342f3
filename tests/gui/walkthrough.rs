use std::fs;

use super::window::Window;

const SAMPLE: &str = "sample/us-russia-relations.txt";

#[test]
fn a_person_tags_links_undoes_and_finds_everything_again() {
    let home = tempfile::tempdir().unwrap();
    let sidecar = home.path().join("data").join(format!("{SAMPLE}.ron"));
    let mut window = Window::open(home.path(), &[]);
    assert!(!sidecar.exists(), "opening alone writes nothing");

    window.caret_at("think the president");
    window.press("q + Enter");
    assert!(window.mentions("Tags 2"), "the quote and its speaker");
    let saved = fs::read_to_string(&sidecar).unwrap();
    assert!(saved.contains("“Today we do not.”"), "{saved}");
    assert!(saved.contains("confirmed: true"), "{saved}");
    assert!(window.shows("Saved 12:00"));

    window.press("m");
    window.type_text("Spokesman said it first");
    window.press("Enter x");
    let saved = fs::read_to_string(&sidecar).unwrap();
    assert!(saved.contains("Spokesman said it first"), "{saved}");
    assert!(saved.contains("Rejected"), "{saved}");
    window.press("Ctrl+z");
    let undone = fs::read_to_string(&sidecar).unwrap();
    assert!(!undone.contains("Rejected"), "{undone}");

    let again = Window::open(home.path(), &[]);
    assert!(again.mentions("Tags 2"));
    assert!(again.mentions("Quote: “I think the president"));
    let text = fs::read(home.path().join("data").join(SAMPLE)).unwrap();
    assert_eq!(text, include_bytes!("../../seeds/us-russia-relations.txt"));
}

#[test]
fn the_first_half_of_the_story_works_by_mouse_alone() {
    let home = tempfile::tempdir().unwrap();
    let mut window = Window::open(home.path(), &[]);
    window.caret_at("think the president");
    window.click("Quote");
    window.click("Confirm");
    window.click("accepted");
    assert!(window.mentions("Quote: “I think the president"));
    window.click("Undo");
    assert!(window.mentions("Undid"), "the status line says so");
    window.click("Delete");
    assert!(!window.mentions("Quote: “I think the president"));
}

#[test]
fn somebody_new_is_named_and_found_again() {
    let home = tempfile::tempdir().unwrap();
    let mut window = Window::open(home.path(), &[]);
    window.caret_at("Tillerson said on Tuesday");
    window.press("s w Ctrl+a");
    window.type_text("Rex Tillerson");
    window.press("Enter");
    window.click("People 1");
    assert!(window.mentions("Rex Tillerson, 1 mention"));
}

#[test]
fn hints_go_away_once_followed() {
    let home = tempfile::tempdir().unwrap();
    let mut window = Window::open(home.path(), &[]);
    assert!(window.shows("1 of 3"));
    window.caret_at("think the president");
    window.press("q");
    assert!(window.shows("2 of 3"));
    window.press("Enter");
    assert!(window.shows("3 of 3"));
    window.press("F1 Escape");
    assert!(!window.mentions("of 3"));
}
