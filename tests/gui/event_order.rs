//! Pointer and keys that arrive within one slow frame.

use egui::{Event, Key, Modifiers, PointerButton, Pos2};

use super::window::Window;

fn click(at: Pos2) -> Vec<Event> {
    let button = |pressed| Event::PointerButton {
        pos: at,
        button: PointerButton::Primary,
        pressed,
        modifiers: Modifiers::NONE,
    };
    vec![Event::PointerMoved(at), button(true), button(false)]
}

fn key(key: Key, text: Option<&str>, modifiers: Modifiers) -> Vec<Event> {
    let press = |pressed| Event::Key {
        key,
        physical_key: Some(key),
        pressed,
        repeat: false,
        modifiers,
    };
    let text = text.map(|text| Event::Text(text.to_owned()));
    std::iter::once(press(true))
        .chain(text)
        .chain([press(false)])
        .collect()
}

#[test]
fn a_click_and_a_key_of_one_frame_tag_where_the_click_was() {
    let home = tempfile::tempdir().unwrap();
    let mut window = Window::open(home.path(), &[]);
    let place = window.in_row("“I think the");
    let mut events = click(place);
    events.extend(key(Key::Q, Some("q"), Modifiers::NONE));
    window.in_one_frame(events);
    assert!(window.mentions("Quote: “I think the president"));
}

#[test]
fn a_key_and_a_click_of_one_frame_tag_where_the_caret_was() {
    let home = tempfile::tempdir().unwrap();
    let mut window = Window::open(home.path(), &[]);
    window.caret_at("By and large");
    let place = window.in_row("“I think the");
    let mut events = key(Key::Q, Some("q"), Modifiers::NONE);
    events.extend(click(place));
    window.in_one_frame(events);
    assert!(window.mentions("Quote: \"By and large"));
    assert!(!window.mentions("Quote: “I think the president"));
}

#[test]
fn what_is_typed_behind_a_key_that_opens_a_field_goes_into_the_field() {
    let home = tempfile::tempdir().unwrap();
    let mut window = Window::open(home.path(), &[]);
    let mut events = key(Key::F, None, Modifiers::CTRL | Modifiers::COMMAND);
    for (of, text) in [(Key::C, "c"), (Key::Q, "q")] {
        events.extend(key(of, Some(text), Modifiers::NONE));
    }
    window.in_one_frame(events);
    assert!(window.mentions("not found"), "cq is looked for");
    assert!(!window.mentions("Tags 1"), "and nothing is tagged");
}

#[test]
fn two_clicks_of_one_frame_both_count() {
    let home = tempfile::tempdir().unwrap();
    let mut window = Window::open(home.path(), &[]);
    let mut events = click(window.rect("People").center());
    events.extend(click(window.rect("Problems").center()));
    window.in_one_frame(events);
    assert!(window.mentions("No problems"));
}

#[test]
fn what_is_selected_is_told_to_the_window_system_once() {
    let home = tempfile::tempdir().unwrap();
    let mut window = Window::open(home.path(), &[]);
    window.press("Ctrl+Home");
    let extend = Modifiers::SHIFT | Modifiers::CTRL | Modifiers::COMMAND;
    let told = window.told_by(key(Key::ArrowRight, None, extend));
    assert_eq!(told, ["WASHINGTON"]);
    let told = window.told_by(key(Key::ArrowRight, None, Modifiers::NONE));
    assert!(told.is_empty(), "{told:?}");
}

/// Keys of one frame: one letter types it, other names are those of keys.
fn keys(names: &[&str]) -> Vec<Event> {
    let events = names.iter().flat_map(|name| match *name {
        "Ctrl+F" => key(Key::F, None, Modifiers::CTRL | Modifiers::COMMAND),
        "Ctrl+K" => key(Key::K, None, Modifiers::CTRL | Modifiers::COMMAND),
        "Space" => key(Key::Space, Some(" "), Modifiers::NONE),
        letter if letter.chars().count() == 1 => {
            let of = Key::from_name(&letter.to_uppercase()).unwrap();
            key(of, Some(letter), Modifiers::NONE)
        }
        other => key(Key::from_name(other).unwrap(), None, Modifiers::NONE),
    });
    events.collect()
}

#[test]
fn keys_of_one_frame_confirm_no_speaker_that_was_never_shown() {
    for next in ["Enter", "n"] {
        let home = tempfile::tempdir().unwrap();
        let mut window = Window::open(home.path(), &[]);
        window.caret_at("think the president");
        window.in_one_frame(keys(&["q", next]));
        assert!(window.mentions("Quote: “I think the president"));
        assert!(window.mentions("1 to confirm"), "{next}");
        assert!(window.mentions("was not shown yet"), "{next}");
        window.in_one_frame(keys(&["Tab", next]));
        assert!(window.mentions("1 to confirm"), "{next}");
        window.in_one_frame(keys(&[next]));
        assert!(!window.mentions("1 to confirm"), "{next}");
    }
}

#[test]
fn what_is_typed_behind_enter_does_not_go_into_the_field_it_closed() {
    let home = tempfile::tempdir().unwrap();
    let mut window = Window::open(home.path(), &[]);
    window.caret_at("By and large");
    window.press("q w");
    window.in_one_frame(keys(&[
        "P", "u", "t", "i", "n", "Enter", "m", "x", "Enter", "k",
    ]));
    assert!(window.mentions("Putin"));
    assert!(!window.mentions("Putinm") && !window.mentions("Putinn"));
    window.press("m");
    assert_eq!(
        window.value("Note on the tag"),
        "x",
        "M has opened the note"
    );
}

#[test]
fn what_is_typed_before_escape_goes_into_the_field_and_what_is_typed_behind_does_not() {
    let home = tempfile::tempdir().unwrap();
    let mut window = Window::open(home.path(), &[]);
    window.caret_at("By and large");
    window.press("q m");
    window.in_one_frame(keys(&["d", "e", "f", "Escape", "m", "g", "Escape", "k"]));
    window.press("m");
    assert_eq!(window.value("Note on the tag"), "defg");
}

#[test]
fn what_is_looked_for_and_left_in_one_frame_is_found() {
    let home = tempfile::tempdir().unwrap();
    let mut window = Window::open(home.path(), &[]);
    let typed = ["Ctrl+F", "l", "a", "r", "g", "e", "Enter", "Escape", "q"];
    window.in_one_frame(keys(&typed));
    assert!(!window.shows("Find in the article"));
    let tagged = ["Quote: large", "Quote: \"By and large"];
    let tagged = tagged.iter().any(|words| window.mentions(words));
    assert!(tagged, "at the match");
}

#[test]
fn a_command_of_the_palette_opens_a_field_for_what_is_typed_behind() {
    let home = tempfile::tempdir().unwrap();
    let mut window = Window::open(home.path(), &[]);
    let typed = ["Ctrl+K", "f", "i", "n", "d", "Enter", "c", "q", "z"];
    window.in_one_frame(keys(&typed));
    assert_eq!(window.value("Find in the article"), "cqz");
    assert!(!window.mentions("Tags 1"));
}
