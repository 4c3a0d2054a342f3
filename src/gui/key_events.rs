//! The keys among the events of a frame, as the keymap names them.

use egui::{Event, Key};

use crate::ops::keymap::{Modifiers, NamedKey, Press, char_of_key};

/// A press, and which events of the frame (from, to; end-exclusive) it came as.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct PressAt {
    /// The press.
    pub press: Press,
    /// First event.
    pub from: usize,
    /// After the last one.
    pub to: usize,
}

/// The presses among the events of a frame, in order. A key that writes arrives as a key and as
/// text after it: one press, by the text.
#[must_use]
pub fn presses(events: &[Event]) -> Vec<PressAt> {
    let mut found = Vec::new();
    let mut n = 0;
    while let Some(event) = events.get(n) {
        let from = n;
        n += 1;
        let text_behind = match (event, events.get(n)) {
            // What a key like Enter is followed by came from another key.
            (Event::Key { key, .. }, _) if char_of(*key).is_none() && *key != Key::Space => None,
            (_, Some(Event::Text(text))) => Some(text.as_str()),
            _ => None,
        };
        let press = match event {
            Event::Copy => of_key(Key::C, egui::Modifiers::COMMAND),
            Event::Key {
                key,
                physical_key,
                pressed: true,
                modifiers,
                ..
            } => match text_behind.filter(|_| char_of(*key).is_some() || *key == Key::Space) {
                Some(text) => {
                    n += 1;
                    if modifiers.alt || modifiers.ctrl || modifiers.command {
                        of_key(*key, *modifiers)
                    } else {
                        of_text(text, modifiers.shift, *physical_key)
                    }
                }
                // What it writes is still to come, or nothing: half of an accent.
                None if writes(*key, *modifiers) => None,
                None => of_key(*key, *modifiers),
            },
            Event::Text(text) => {
                let capital = text.chars().all(char::is_uppercase);
                of_text(text, capital, None)
            }
            _ => None,
        };
        if let Some(press) = press {
            found.push(PressAt { press, from, to: n });
        }
    }
    found
}

fn writes(key: Key, modifiers: egui::Modifiers) -> bool {
    let commands = modifiers.ctrl || modifiers.alt || modifiers.command || modifiers.mac_cmd;
    !commands && (char_of(key).is_some() || key == Key::Space)
}

fn of_text(text: &str, shift: bool, physical: Option<Key>) -> Option<Press> {
    let held = Modifiers {
        shift,
        ..Modifiers::default()
    };
    let mut chars = text.chars();
    let (Some(c), None) = (chars.next(), chars.next()) else {
        return None;
    };
    // A letter of another script: the key at that place of a Latin keyboard is meant.
    if c.is_alphabetic() && c > '\u{24f}' {
        return physical
            .and_then(char_of)
            .filter(char::is_ascii_alphabetic)
            .map(|c| Press::typed(c, held));
    }
    Some(Press::typed(c, held))
}

fn of_key(key: Key, modifiers: egui::Modifiers) -> Option<Press> {
    let held = Modifiers {
        ctrl: modifiers.ctrl || modifiers.command || modifiers.mac_cmd,
        alt: modifiers.alt,
        shift: modifiers.shift,
    };
    match char_of(key) {
        Some(c) => Some(Press::typed(c, held)),
        None => NamedKey::from_name(key.name()).map(|key| Press::named(key, held)),
    }
}

fn char_of(key: Key) -> Option<char> {
    char_of_key(key.name())
}

#[cfg(test)]
mod tests {
    use super::*;

    fn key(key: Key, physical: Key, modifiers: egui::Modifiers) -> Event {
        Event::Key {
            key,
            physical_key: Some(physical),
            pressed: true,
            repeat: false,
            modifiers,
        }
    }

    fn text(text: &str) -> Event {
        Event::Text(text.to_owned())
    }

    fn written(events: &[Event]) -> Vec<String> {
        presses(events)
            .iter()
            .map(|at| at.press.to_string())
            .collect()
    }

    #[test]
    fn a_letter_that_arrives_as_key_and_as_text_is_one_press() {
        let events = [key(Key::Q, Key::Q, egui::Modifiers::NONE), text("q")];
        assert_eq!(written(&events), ["q"]);
        assert_eq!(presses(&events)[0].to, 2);
    }

    #[test]
    fn text_that_comes_late_is_still_one_press() {
        assert!(written(&[key(Key::Q, Key::Q, egui::Modifiers::NONE)]).is_empty());
        assert_eq!(written(&[text("q")]), ["q"]);
    }

    #[test]
    fn presses_keep_their_order() {
        let events = [
            key(Key::Q, Key::Q, egui::Modifiers::NONE),
            text("q"),
            key(Key::Enter, Key::Enter, egui::Modifiers::NONE),
            text("+"),
            key(Key::Tab, Key::Tab, egui::Modifiers::SHIFT),
        ];
        assert_eq!(written(&events), ["q", "Enter", "+", "Shift+Tab"]);
    }

    #[test]
    fn a_sign_counts_as_what_it_writes_on_any_keyboard() {
        // German: ? is Shift+ß, ] is AltGr+9.
        let german = [
            key(Key::Questionmark, Key::Minus, egui::Modifiers::SHIFT),
            text("?"),
            key(Key::Num9, Key::Num9, egui::Modifiers::NONE),
            text("]"),
        ];
        assert_eq!(written(&german), ["?", "]"]);
    }

    #[test]
    fn a_letter_of_another_script_counts_as_the_key_at_its_place() {
        let russian = [
            key(Key::Q, Key::Q, egui::Modifiers::NONE),
            text("й"),
            key(Key::E, Key::E, egui::Modifiers::SHIFT),
            text("У"),
        ];
        assert_eq!(written(&russian), ["q", "Shift+e"]);
    }

    #[test]
    fn caps_lock_is_not_shift() {
        let locked = [key(Key::E, Key::E, egui::Modifiers::NONE), text("E")];
        assert_eq!(written(&locked), ["e"]);
        let shifted = [key(Key::E, Key::E, egui::Modifiers::SHIFT), text("E")];
        assert_eq!(written(&shifted), ["Shift+e"]);
    }

    #[test]
    fn text_behind_alt_is_swallowed() {
        let events = [
            key(Key::CloseBracket, Key::CloseBracket, egui::Modifiers::ALT),
            text("‘"),
        ];
        assert_eq!(written(&events), ["Alt+]"]);
    }

    /// What the window may report the keymap can name, and writes it the same way.
    #[test]
    fn every_key_has_a_name_in_the_keymap() {
        for &key in Key::ALL {
            let press = of_key(key, egui::Modifiers::NONE);
            let press = press.unwrap_or_else(|| panic!("{}", key.name()));
            assert_eq!(key.name().parse(), Ok(press));
        }
    }
}
