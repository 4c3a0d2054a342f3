//! A key as a person presses it: by the text it writes where it writes any, so that `]` and `?` are
//! found on every keyboard, and by its name otherwise.

use std::fmt;
use std::str::FromStr;

use super::key::{NamedKey, char_of_key};

/// What is held down beside a key.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct Modifiers {
    /// Ctrl, or Cmd on macOS.
    pub ctrl: bool,
    /// Alt.
    pub alt: bool,
    /// Shift.
    pub shift: bool,
}

/// A key with its modifiers. A capital letter is the small one with `shift`; other characters mean
/// themselves, with any modifiers needed to type them.
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
    Named(NamedKey),
}

/// The name is of no key.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error("`{0}` is not a key; write a character (`e`, `]`) or a name such as `Enter`, `Left`, `F8`")]
pub struct UnknownKey(String);

impl Press {
    /// The character alone.
    #[must_use]
    pub fn char(c: char) -> Self {
        Self::typed(c, Modifiers::default())
    }

    /// A key that writes this character.
    #[must_use]
    pub fn typed(c: char, held: Modifiers) -> Self {
        if c == ' ' {
            return Self::named(NamedKey::SPACE, held);
        }
        let small = c.to_lowercase().next().unwrap_or(c);
        let letter = c.is_alphabetic();
        Self {
            key: PressKey::Char(if letter { small } else { c }),
            ctrl: held.ctrl,
            alt: held.alt,
            shift: held.shift && letter,
        }
    }

    /// A key that writes nothing, or the space bar.
    #[must_use]
    pub fn named(key: NamedKey, held: Modifiers) -> Self {
        Self {
            key: PressKey::Named(key),
            ctrl: held.ctrl,
            alt: held.alt,
            shift: held.shift,
        }
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
            PressKey::Named(key) => words.push_str(key.symbol()),
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
        let mut held = Modifiers::default();
        let mut rest = text;
        while let Some((name, behind)) = rest.split_once('+') {
            match name {
                "Ctrl" | "Cmd" => held.ctrl = true,
                "Alt" => held.alt = true,
                "Shift" => held.shift = true,
                _ => break,
            }
            rest = behind;
        }
        let mut chars = rest.chars();
        if let (Some(c), None) = (chars.next(), chars.next()) {
            return Ok(Self::typed(c, held));
        }
        let named = NamedKey::from_name(rest).map(|key| Self::named(key, held));
        let written = || char_of_key(rest).map(|c| Self::typed(c, held));
        named
            .or_else(written)
            .ok_or_else(|| UnknownKey(text.to_owned()))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

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
        assert_eq!("Comma".parse::<Press>(), Ok(Press::char(',')));
        assert_eq!("ArrowLeft".parse::<Press>(), "Left".parse());
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
