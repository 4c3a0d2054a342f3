//! Tagging with the mouse alone.

use egui::{Event, Modifiers, PointerButton, Pos2, vec2};

use super::window::Window;

/// A drag of about a hundred points over a row.
fn drag(from: Pos2) -> Vec<Event> {
    let to = from + vec2(100.0, 0.0);
    let button = |pos, pressed| Event::PointerButton {
        pos,
        button: PointerButton::Primary,
        pressed,
        modifiers: Modifiers::NONE,
    };
    vec![
        Event::PointerMoved(from),
        button(from, true),
        Event::PointerMoved(to),
        button(to, false),
    ]
}

#[test]
fn each_drag_tags_until_escape_and_the_next_one_confirms_the_speaker_shown() {
    let home = tempfile::tempdir().unwrap();
    let mut window = Window::open(home.path(), &[]);
    let first = window.in_row("“I think the");
    let second = window.in_row("Tillerson pointed");
    window.press("Shift+q");
    assert!(
        window.mentions("Each drag over words tags them as quote now"),
        "{}",
        window.status()
    );
    window.in_one_frame(drag(first));
    window.settle();
    assert!(
        window.mentions("Quote: think the"),
        "{}",
        window.named("Quote: ")
    );
    window.in_one_frame(drag(second));
    window.settle();
    assert!(
        !window.named("Quote: Tillerson").is_empty(),
        "{}",
        window.named("Quote: ")
    );
    let after_two = window.status();
    // The first Esc closes the choice of speakers, the next ends dragging.
    window.press("Escape Escape");
    assert!(window.mentions("Drags select words again"), "{after_two}");
    window.press("Ctrl+z Ctrl+z Ctrl+z Ctrl+z");
    window.in_one_frame(drag(first));
    window.settle();
    assert!(!window.mentions("Quote: think"), "selecting tags nothing");
}

#[test]
fn the_same_key_ends_it() {
    let home = tempfile::tempdir().unwrap();
    let mut window = Window::open(home.path(), &[]);
    window.press("Shift+c Shift+c");
    assert!(window.mentions("Drags select words again"));
    window.command("Drag to tag as quote");
    assert!(window.mentions("Each drag over words tags them as quote now"));
}
