//! A key as a person presses it: by the text it writes where it writes any, so that `]` and `?` are
//! found on every keyboard, and by its name otherwise.

use std::fmt;
use std::str::FromStr;

use egui::{Event, Key, Modifiers};

/// A key with its modifiers. A capital letter is the small one with `shift`; other characters stand
/// for themselves, whatever it takes to write them.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Press {
    key: PressKey,
    ctrl: bool,
    alt: bool,
    shift: bool,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
enum PressKey {
    /// What it writes; letters are small.
    Char(char),
    /// A key that writes nothing, or the space bar.
    Named(Key),
}

/// The name is of no key.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error("`{0}` is no key; write a character (`e`, `]`) or a name such as `Enter`, `Left`, `F8`")]
pub struct UnknownKey(String);

impl Press {
    /// The character alone.
    #[must_use]
    pub fn char(c: char) -> Self {
        Self::new(PressKey::Char(c), Modifiers::NONE)
    }

    fn new(key: PressKey, modifiers: Modifiers) -> Self {
        let (key, shift) = match key {
            PressKey::Char(' ') => (PressKey::Named(Key::Space), modifiers.shift),
            PressKey::Char(c) if c.is_alphabetic() => {
                let small = c.to_lowercase().next().unwrap_or(c);
                (PressKey::Char(small), modifiers.shift)
            }
            PressKey::Char(c) => (PressKey::Char(c), false),
            PressKey::Named(key) => (PressKey::Named(key), modifiers.shift),
        };
        Self {
            key,
            ctrl: modifiers.ctrl || modifiers.command || modifiers.mac_cmd,
            alt: modifiers.alt,
            shift,
        }
    }

    fn of_key(key: Key, modifiers: Modifiers) -> Self {
        let key = char_of(key).map_or(PressKey::Named(key), PressKey::Char);
        Self::new(key, modifiers)
    }

    /// How the platform writes it: `Ctrl+Shift+Z`, or `⇧⌘Z` on macOS.
    #[must_use]
    pub fn words(self, mac: bool) -> String {
        let mut words = String::new();
        let mut push = |on: bool, here: &str, there: &str| {
            if on {
                words.push_str(if mac { there } else { here });
            }
        };
        push(self.ctrl && !mac, "Ctrl+", "");
        push(self.alt, "Alt+", "⌥");
        push(self.shift, "Shift+", "⇧");
        push(self.ctrl && mac, "", "⌘");
        match self.key {
            PressKey::Char(c) => words.extend(c.to_uppercase()),
            PressKey::Named(key) => words.push_str(match key {
                Key::ArrowLeft => "←",
                Key::ArrowRight => "→",
                Key::ArrowUp => "↑",
                Key::ArrowDown => "↓",
                Key::Escape => "Esc",
                Key::Delete => "Del",
                Key::PageUp => "PgUp",
                Key::PageDown => "PgDn",
                key => key.name(),
            }),
        }
        words
    }
}

/// As in `keymap.ron`.
impl fmt::Display for Press {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        for (on, name) in [
            (self.ctrl, "Ctrl+"),
            (self.alt, "Alt+"),
            (self.shift, "Shift+"),
        ] {
            if on {
                f.write_str(name)?;
            }
        }
        match self.key {
            PressKey::Char(c) => write!(f, "{c}"),
            PressKey::Named(key) => f.write_str(key.name()),
        }
    }
}

impl FromStr for Press {
    type Err = UnknownKey;

    fn from_str(text: &str) -> Result<Self, UnknownKey> {
        let mut modifiers = Modifiers::NONE;
        let mut rest = text;
        while let Some((name, behind)) = rest.split_once('+') {
            match name {
                "Ctrl" | "Cmd" => modifiers.ctrl = true,
                "Alt" => modifiers.alt = true,
                "Shift" => modifiers.shift = true,
                _ => break,
            }
            rest = behind;
        }
        let mut chars = rest.chars();
        let key = match (chars.next(), chars.next()) {
            (Some(c), None) => PressKey::Char(c),
            _ => PressKey::Named(Key::from_name(rest).ok_or_else(|| UnknownKey(text.to_owned()))?),
        };
        Ok(Self::new(key, modifiers))
    }
}

/// What a key writes; `None` for those that write nothing.
fn char_of(key: Key) -> Option<char> {
    Some(match key {
        Key::Colon => ':',
        Key::Comma => ',',
        Key::Backslash => '\\',
        Key::Slash => '/',
        Key::Pipe => '|',
        Key::Questionmark => '?',
        Key::Exclamationmark => '!',
        Key::OpenBracket => '[',
        Key::CloseBracket => ']',
        Key::OpenCurlyBracket => '{',
        Key::CloseCurlyBracket => '}',
        Key::Backtick => '`',
        Key::Minus => '-',
        Key::Period => '.',
        Key::Plus => '+',
        Key::Equals => '=',
        Key::Semicolon => ';',
        Key::Quote => '\'',
        key => {
            let mut name = key.name().chars();
            return match (name.next(), name.next()) {
                (Some(c), None) => Some(c.to_ascii_lowercase()),
                _ => None,
            };
        }
    })
}

/// A press, and which events of the frame (from, to; end-exclusive) it came as.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct PressAt {
    /// The press.
    pub press: Press,
    /// First event.
    pub from: usize,
    /// Behind the last one.
    pub to: usize,
}

/// The presses among the events of a frame, in order. A key that writes arrives as a key and as
/// text behind it: one press, by the text.
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
            Event::Copy => Some(Press::of_key(Key::C, Modifiers::COMMAND)),
            Event::Key {
                key,
                physical_key,
                pressed: true,
                modifiers,
                ..
            } => match text_behind.filter(|_| char_of(*key).is_some() || *key == Key::Space) {
                Some(text) => {
                    n += 1;
                    let by_key = Press::of_key(*key, *modifiers);
                    if modifiers.alt || modifiers.ctrl || modifiers.command {
                        Some(by_key)
                    } else {
                        of_text(text, modifiers.shift, *physical_key)
                    }
                }
                // What it writes is still to come, or nothing: half of an accent.
                None if writes(*key, *modifiers) => None,
                None => Some(Press::of_key(*key, *modifiers)),
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

fn writes(key: Key, modifiers: Modifiers) -> bool {
    let commands = modifiers.ctrl || modifiers.alt || modifiers.command || modifiers.mac_cmd;
    !commands && (char_of(key).is_some() || key == Key::Space)
}

fn of_text(text: &str, shift: bool, physical: Option<Key>) -> Option<Press> {
    let modifiers = Modifiers {
        shift,
        ..Modifiers::NONE
    };
    let mut chars = text.chars();
    let (Some(c), None) = (chars.next(), chars.next()) else {
        return None;
    };
    // A letter of another script: the key at that place of a Latin keyboard is meant.
    if c.is_alphabetic() && c > '\u{24f}' {
        return physical
            .filter(|key| char_of(*key).is_some_and(|c| c.is_ascii_alphabetic()))
            .map(|key| Press::of_key(key, modifiers));
    }
    Some(Press::new(PressKey::Char(c), modifiers))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn key(key: Key, physical: Key, modifiers: Modifiers) -> Event {
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
        let events = [key(Key::Q, Key::Q, Modifiers::NONE), text("q")];
        assert_eq!(written(&events), ["q"]);
        assert_eq!(presses(&events)[0].to, 2);
    }

    #[test]
    fn text_that_comes_late_is_still_one_press() {
        assert!(written(&[key(Key::Q, Key::Q, Modifiers::NONE)]).is_empty());
        assert_eq!(written(&[text("q")]), ["q"]);
    }

    #[test]
    fn presses_keep_their_order() {
        let events = [
            key(Key::Q, Key::Q, Modifiers::NONE),
            text("q"),
            key(Key::Enter, Key::Enter, Modifiers::NONE),
            text("+"),
            key(Key::Tab, Key::Tab, Modifiers::SHIFT),
        ];
        assert_eq!(written(&events), ["q", "Enter", "+", "Shift+Tab"]);
    }

    #[test]
    fn a_sign_counts_as_what_it_writes_on_any_keyboard() {
        // German: ? is Shift+ß, ] is AltGr+9.
        let german = [
            key(Key::Questionmark, Key::Minus, Modifiers::SHIFT),
            text("?"),
            key(Key::Num9, Key::Num9, Modifiers::NONE),
            text("]"),
        ];
        assert_eq!(written(&german), ["?", "]"]);
    }

    #[test]
    fn a_letter_of_another_script_counts_as_the_key_at_its_place() {
        let russian = [
            key(Key::Q, Key::Q, Modifiers::NONE),
            text("й"),
            key(Key::E, Key::E, Modifiers::SHIFT),
            text("У"),
        ];
        assert_eq!(written(&russian), ["q", "Shift+e"]);
    }

    #[test]
    fn caps_lock_is_not_shift() {
        let locked = [key(Key::E, Key::E, Modifiers::NONE), text("E")];
        assert_eq!(written(&locked), ["e"]);
        let shifted = [key(Key::E, Key::E, Modifiers::SHIFT), text("E")];
        assert_eq!(written(&shifted), ["Shift+e"]);
    }

    #[test]
    fn text_behind_alt_is_swallowed() {
        let events = [
            key(Key::CloseBracket, Key::CloseBracket, Modifiers::ALT),
            text("‘"),
        ];
        assert_eq!(written(&events), ["Alt+]"]);
    }

    #[test]
    fn names_are_read_as_they_are_written() {
        for name in [
            "e",
            "Shift+e",
            "]",
            "+",
            "Ctrl++",
            "Ctrl+-",
            "Ctrl+Shift+z",
            "Alt+]",
            "F8",
            "Enter",
            "Space",
            "Ctrl+Alt+Shift+Right",
            "0",
        ] {
            let press: Press = name.parse().unwrap();
            assert_eq!(press.to_string(), name);
        }
        let refused = "Ctrl+Strange".parse::<Press>().unwrap_err();
        assert!(refused.to_string().contains("Ctrl+Strange"));
    }

    #[test]
    fn each_platform_has_its_own_words() {
        let press: Press = "Ctrl+Shift+z".parse().unwrap();
        assert_eq!(press.words(false), "Ctrl+Shift+Z");
        assert_eq!(press.words(true), "⇧⌘Z");
    }
}
