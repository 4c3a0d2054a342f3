//! The keys among the events of a frame, as the keymap names them.

use egui::{Event, Key};

use crate::ops::keymap::{Modifiers, NamedKey, Press, char_of_key};

/// A press, and which events of the frame (from, to; end-exclusive) it came as.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct PressAt {
    /// The press.
    pub press: Press,
    /// The key at its place of a Latin keyboard, where the press itself is a sign that may stand for
    /// a letter.
    pub latin_place: Option<Press>,
    /// The key, where it is known.
    pub key: Option<Key>,
    /// Whether the key has been held down since an earlier press.
    pub repeat: bool,
    /// First event.
    pub from: usize,
    /// After the last one.
    pub to: usize,
}

impl PressAt {
    /// What the press may mean, likeliest first.
    pub fn candidates(&self) -> impl Iterator<Item = Press> {
        std::iter::once(self.press).chain(self.latin_place)
    }
}

/// What is known of the keyboard layout from what was typed.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct KeyboardLayout {
    /// Whether its letters are Latin; `None`: no letter was typed yet.
    latin: Option<bool>,
}

impl KeyboardLayout {
    /// Learns from the letters among the events of a frame.
    pub fn learn(&mut self, events: &[Event]) {
        for event in events {
            let Event::Text(text) = event else {
                continue;
            };
            match text.chars().next() {
                Some(c) if is_of_other_script(c) => self.latin = Some(false),
                // Some layouts of other scripts write Latin capitals with Shift.
                Some(c) if c.is_lowercase() => self.latin = Some(true),
                _ => {}
            }
        }
    }

    /// Whether a sign is where Latin keyboards have a letter because the layout has no Latin letters,
    /// and not because it has the letter elsewhere, as Dvorak's.
    fn has_sign_for_letter(self, place: Key, sign: char, with_ctrl: bool) -> bool {
        match (place, sign) {
            // Hebrew; Bulgarian.
            (Key::Q, '/' | ',') | (Key::W, '\'') => true,
            // Greek; also Dvorak for programmers.
            (Key::Q, ';') => !with_ctrl || self.latin != Some(true),
            _ => self.latin == Some(false),
        }
    }
}

/// The presses among the events of a frame, in order. A key that writes arrives as a key and as
/// text after it: one press, by the text.
#[must_use]
pub fn presses(events: &[Event], layout: KeyboardLayout) -> Vec<PressAt> {
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
        let mut held = (None, false);
        let press = match event {
            Event::Copy => of_key(Key::C, egui::Modifiers::COMMAND).map(|press| (press, None)),
            Event::Key {
                key,
                physical_key,
                pressed: true,
                repeat,
                modifiers,
            } => {
                held = (Some(*key), *repeat);
                match text_behind.filter(|_| char_of(*key).is_some() || *key == Key::Space) {
                    Some(text) => {
                        n += 1;
                        if modifiers.alt || modifiers.ctrl || modifiers.command {
                            of_command(*key, *physical_key, *modifiers, layout)
                        } else {
                            of_text(text, modifiers.shift, *physical_key, layout)
                        }
                    }
                    // What it writes is still to come, or nothing: half of an accent.
                    None if writes(*key, *modifiers) => None,
                    None => of_command(*key, *physical_key, *modifiers, layout),
                }
            }
            Event::Text(text) => {
                let capital = text.chars().all(char::is_uppercase);
                of_text(text, capital, None, layout)
            }
            _ => None,
        };
        if let Some((press, latin_place)) = press {
            let (key, repeat) = held;
            found.push(PressAt {
                press,
                latin_place,
                key,
                repeat,
                from,
                to: n,
            });
        }
    }
    found
}

fn writes(key: Key, modifiers: egui::Modifiers) -> bool {
    let commands = modifiers.ctrl || modifiers.alt || modifiers.command || modifiers.mac_cmd;
    !commands && (char_of(key).is_some() || key == Key::Space)
}

/// A press, and what it may mean besides.
type Meant = (Press, Option<Press>);

fn of_text(
    text: &str,
    shift: bool,
    physical: Option<Key>,
    layout: KeyboardLayout,
) -> Option<Meant> {
    let held = Modifiers {
        shift,
        ..Modifiers::default()
    };
    // The key at that place of a Latin keyboard is meant.
    if text.chars().any(is_of_other_script) {
        let c = at_latin_place(physical?, shift)?;
        return Some((Press::typed(c, held), None));
    }
    let mut chars = text.chars();
    let (Some(c), None) = (chars.next(), chars.next()) else {
        return None;
    };
    let letter = physical
        .filter(|&place| !c.is_alphabetic() && layout.has_sign_for_letter(place, c, false))
        .and_then(char_of)
        .filter(char::is_ascii_alphabetic);
    let latin_place = letter.map(|letter| Press::typed(letter, held));
    Some((Press::typed(c, held), latin_place))
}

/// A key that writes nothing, because of what it is or what is held down with it.
fn of_command(
    key: Key,
    physical: Option<Key>,
    modifiers: egui::Modifiers,
    layout: KeyboardLayout,
) -> Option<Meant> {
    let sign = char_of(key).filter(|c| !c.is_alphabetic());
    let place = physical.filter(|&place| {
        let is_letter = char_of(place).is_some_and(|c| c.is_ascii_alphabetic());
        let means = |sign| layout.has_sign_for_letter(place, sign, true);
        is_letter && sign.is_some_and(means)
    });
    let latin_place = place.and_then(|place| of_key(place, modifiers));
    of_key(key, modifiers).map(|press| (press, latin_place))
}

/// Whether it is a letter or mark of another script than the Latin one.
fn is_of_other_script(c: char) -> bool {
    match c {
        // Latin with diacritics, and diacritics on their own.
        '\0'..='\u{24f}' | '\u{2b0}'..='\u{36f}' | '\u{1e00}'..='\u{1eff}' => false,
        // Of many scripts the marks above and below letters have keys of their own.
        '\u{370}'..='\u{1dff}' => true,
        _ => c.is_alphabetic(),
    }
}

/// What the key at this place of a US keyboard writes.
fn at_latin_place(place: Key, shift: bool) -> Option<char> {
    let c = char_of(place)?;
    match c {
        '[' if shift => Some('{'),
        ']' if shift => Some('}'),
        '[' | ']' => Some(c),
        _ => c.is_ascii_alphanumeric().then_some(c),
    }
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
        presses(events, KeyboardLayout::default())
            .iter()
            .map(|at| at.press.to_string())
            .collect()
    }

    /// What a key means where its sign alone means nothing, after what was typed before.
    fn place(before: &str, event: Event, writes: &str) -> Option<String> {
        let mut layout = KeyboardLayout::default();
        layout.learn(&[text(before)]);
        let mut events = vec![event];
        if !writes.is_empty() {
            events.push(text(writes));
        }
        let found = presses(&events, layout);
        let meant = found.first()?.candidates().last()?;
        Some(meant.to_string())
    }

    #[test]
    fn a_letter_that_arrives_as_key_and_as_text_is_one_press() {
        let events = [key(Key::Q, Key::Q, egui::Modifiers::NONE), text("q")];
        assert_eq!(written(&events), ["q"]);
        assert_eq!(presses(&events, KeyboardLayout::default())[0].to, 2);
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

    /// Each layout with the keys whose Latin place is Q, W and J, and what they write.
    #[test]
    fn where_there_are_no_latin_letters_the_place_of_the_key_counts() {
        let none = egui::Modifiers::NONE;
        for (layout, logical, physical, writes, means) in [
            ("Greek", Key::Semicolon, Key::Q, ";", "q"),
            ("Greek", Key::W, Key::W, "ς", "w"),
            ("Hebrew", Key::Slash, Key::Q, "/", "q"),
            ("Hebrew", Key::Quote, Key::W, "'", "w"),
            ("Hebrew", Key::J, Key::J, "ח", "j"),
            ("Bulgarian", Key::Comma, Key::Q, ",", "q"),
            ("Bulgarian", Key::W, Key::W, "у", "w"),
            ("Thai", Key::Q, Key::Q, "ๆ", "q"),
            ("Thai", Key::J, Key::J, "\u{e48}", "j"),
            ("Thai", Key::Num1, Key::Num1, "ๅ", "1"),
            ("Lao", Key::J, Key::J, "\u{ec8}", "j"),
            ("Arabic", Key::Q, Key::Q, "ض", "q"),
            ("Arabic", Key::B, Key::B, "لا", "b"),
            ("Hindi", Key::D, Key::D, "\u{94d}", "d"),
            ("Russian", Key::OpenBracket, Key::OpenBracket, "х", "["),
        ] {
            let event = key(logical, physical, none);
            let found = place("", event, writes);
            assert_eq!(found.as_deref(), Some(means), "{layout} {writes}");
        }
        for (logical, before) in [(Key::Semicolon, "λ"), (Key::Slash, ""), (Key::Comma, "")] {
            let quit = key(logical, Key::Q, egui::Modifiers::CTRL);
            assert_eq!(place(before, quit, "").as_deref(), Some("Ctrl+q"));
        }
        let open = key(Key::O, Key::O, egui::Modifiers::CTRL);
        assert_eq!(place("ο", open, "").as_deref(), Some("Ctrl+o"));
    }

    #[test]
    fn a_sign_on_a_latin_layout_that_has_the_letter_elsewhere_is_itself() {
        let dvorak = [
            (Key::Quote, Key::Q, "'"),
            (Key::Comma, Key::W, ","),
            (Key::Period, Key::E, "."),
            (Key::Semicolon, Key::Z, ";"),
        ];
        for (logical, physical, writes) in dvorak {
            let event = key(logical, physical, egui::Modifiers::NONE);
            let found = place("a", event, writes);
            assert_eq!(found.as_deref(), Some(writes));
        }
        let french = key(Key::Comma, Key::M, egui::Modifiers::NONE);
        assert_eq!(place("", french, ",").as_deref(), Some(","));
        let quit = key(Key::Semicolon, Key::Q, egui::Modifiers::CTRL);
        assert_eq!(place("a", quit, "").as_deref(), Some("Ctrl+;"));
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
