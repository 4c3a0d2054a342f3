/// A key that writes nothing, or the space bar, by its name.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct NamedKey(&'static str);

/// The names as `keymap.ron` has them, each followed by others it is known by.
const NAMES: &[&[&str]] = &[
    &["Down", "ArrowDown"],
    &["Left", "ArrowLeft"],
    &["Right", "ArrowRight"],
    &["Up", "ArrowUp"],
    &["Escape", "Esc"],
    &["Tab"],
    &["Backspace"],
    &["Enter", "Return", "NumpadEnter"],
    &["Space"],
    &["Insert"],
    &["Delete"],
    &["Home"],
    &["End"],
    &["PageUp"],
    &["PageDown"],
    &["Copy"],
    &["Cut"],
    &["Paste"],
    &["F1"],
    &["F2"],
    &["F3"],
    &["F4"],
    &["F5"],
    &["F6"],
    &["F7"],
    &["F8"],
    &["F9"],
    &["F10"],
    &["F11"],
    &["F12"],
    &["F13"],
    &["F14"],
    &["F15"],
    &["F16"],
    &["F17"],
    &["F18"],
    &["F19"],
    &["F20"],
    &["F21"],
    &["F22"],
    &["F23"],
    &["F24"],
    &["F25"],
    &["F26"],
    &["F27"],
    &["F28"],
    &["F29"],
    &["F30"],
    &["F31"],
    &["F32"],
    &["F33"],
    &["F34"],
    &["F35"],
    &["BrowserBack"],
    &["BrowserForward"],
    &["BrowserRefresh"],
    &["BrowserSearch"],
    &["BrowserHome"],
    &["BrowserFavorites"],
    &["BrowserStop"],
    &["MediaPlayPause"],
    &["MediaTrackNext"],
    &["MediaTrackPrevious"],
    &["MediaStop"],
    &["AudioVolumeMute"],
    &["AudioVolumeDown"],
    &["AudioVolumeUp"],
    &["LaunchMail"],
    &["LaunchApp1"],
    &["LaunchApp2"],
    &["ShiftLeft"],
    &["ShiftRight"],
    &["ControlLeft"],
    &["ControlRight"],
    &["AltLeft"],
    &["AltRight"],
    &["SuperLeft", "MetaLeft", "OSLeft"],
    &["SuperRight", "MetaRight", "OSRight"],
    &["IntlBackslash"],
    &["CapsLock"],
    &["NumLock"],
    &["ScrollLock"],
    &["PrintScreen"],
    &["Pause"],
    &["Menu", "ContextMenu", "Apps"],
    &["Fn", "FnLock", "Globe"],
    &["Eject"],
    &["Help"],
    &["Power"],
    &["Sleep", "Standby"],
    &["Clear"],
];

/// Names of keys that write a character.
const CHARACTERS: &[(&str, char)] = &[
    ("Colon", ':'),
    ("Comma", ','),
    ("Backslash", '\\'),
    ("Slash", '/'),
    ("Pipe", '|'),
    ("Questionmark", '?'),
    ("Exclamationmark", '!'),
    ("OpenBracket", '['),
    ("CloseBracket", ']'),
    ("OpenCurlyBracket", '{'),
    ("CloseCurlyBracket", '}'),
    ("Backtick", '`'),
    ("Minus", '-'),
    ("Period", '.'),
    ("Plus", '+'),
    ("Equals", '='),
    ("Semicolon", ';'),
    ("Quote", '\''),
];

impl NamedKey {
    /// The space bar.
    pub const SPACE: Self = Self("Space");

    /// The key with this name; case counts.
    #[must_use]
    pub fn from_name(name: &str) -> Option<Self> {
        let names = NAMES.iter().find(|names| names.contains(&name))?;
        names.first().map(|&name| Self(name))
    }

    /// Its name in `keymap.ron`.
    #[must_use]
    pub fn name(self) -> &'static str {
        self.0
    }

    /// How it is on the keyboard.
    pub(super) fn symbol(self) -> &'static str {
        match self.0 {
            "Left" => "←",
            "Right" => "→",
            "Up" => "↑",
            "Down" => "↓",
            "Escape" => "Esc",
            "Delete" => "Del",
            "PageUp" => "PgUp",
            "PageDown" => "PgDn",
            name => name,
        }
    }
}

/// The character that a key of this name writes, letters small; `None` where it writes nothing.
#[must_use]
pub fn char_of_key(name: &str) -> Option<char> {
    let mut chars = name.chars();
    if let (Some(c), None) = (chars.next(), chars.next()) {
        return Some(c.to_ascii_lowercase());
    }
    let found = CHARACTERS.iter().find(|(known, _)| *known == name);
    found.map(|&(_, c)| c)
}
