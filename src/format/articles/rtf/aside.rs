//! The words of an RTF file that are not of its text: told by what they are, or passed over where they say
//! nothing to a reader.

use std::collections::BTreeMap;

/// What the words of a group are.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Goes {
    /// They are of the text.
    Text,
    /// They are the names of fonts.
    Fonts,
    /// They are the name of a place.
    Bookmark,
    /// They are a note.
    Note,
    /// They are of this kind, which is not taken over and told.
    Aside(&'static str),
    /// They are the entries of a table or bytes in hexadecimal, which say nothing to a reader.
    Table,
    /// They say nothing to a reader.
    Codes,
}

/// So many characters of each kind are told.
const LONG: usize = 200;

/// How much of each kind is left out, and how its words begin.
#[derive(Debug, Default)]
pub(super) struct LeftOut(BTreeMap<&'static str, (usize, Words)>);

impl LeftOut {
    /// Counts one more of a kind.
    pub(super) fn add(&mut self, kind: &'static str, words: &str) {
        let (count, beginning) = self.0.entry(kind).or_default();
        *count += 1;
        beginning.push(" ");
        beginning.push(words);
    }

    /// For a person: "pictures (2)", "comments (1: “Is this so?”)".
    pub(super) fn told(&self) -> impl Iterator<Item = String> {
        self.0.iter().map(|(kind, (count, words))| match words {
            words if words.are_blank() => format!("{kind} ({count})"),
            words => format!("{kind} ({count}: “{}”)", words.shown()),
        })
    }
}

/// The beginning of some words.
#[derive(Debug, Default)]
struct Words {
    text: String,
    is_cut: bool,
}

impl Words {
    fn push(&mut self, text: &str) {
        let room = LONG.saturating_sub(self.text.chars().count());
        let blank = |c: char| if c.is_whitespace() { ' ' } else { c };
        self.text.extend(text.chars().take(room).map(blank));
        self.is_cut |= text.chars().nth(room).is_some();
    }

    fn are_blank(&self) -> bool {
        !self.is_cut && !self.text.contains(char::is_alphanumeric)
    }

    fn shown(&self) -> String {
        let words: Vec<&str> = self.text.split_whitespace().collect();
        let end = if self.is_cut { "…" } else { "" };
        words.join(" ") + end
    }
}

/// The groups that are open and not of the text, the outermost first.
#[derive(Debug, Default)]
pub(super) struct Asides(Vec<Aside>);

#[derive(Debug)]
struct Aside {
    depth: usize,
    goes: Goes,
    words: Words,
    /// Whether all of it so far could be bytes in hexadecimal.
    is_hexadecimal: bool,
    /// Whether an entry of a table has begun and not ended.
    in_entry: bool,
    /// Whether there are paragraphs, lines or cells in it, as in a text, or groups where none should be.
    is_damaged: bool,
}

impl Asides {
    /// Says where the words of the group at this depth go from here on.
    pub(super) fn open(&mut self, depth: usize, goes: Goes) {
        if matches!(goes, Goes::Text | Goes::Note) {
            return;
        }
        self.0.push(Aside {
            depth,
            goes,
            words: Words::default(),
            is_hexadecimal: true,
            in_entry: false,
            is_damaged: false,
        });
    }

    /// Notes that a group begins in the innermost one.
    pub(super) fn open_group(&mut self) {
        if let Some(aside) = self.0.last_mut() {
            aside.is_damaged |= matches!(aside.goes, Goes::Bookmark | Goes::Codes);
        }
    }

    /// Takes up words of the innermost group.
    pub(super) fn push(&mut self, text: &str) {
        let Some(aside) = self.0.last_mut() else {
            return;
        };
        aside.words.push(text);
        aside.is_hexadecimal &= text.chars().all(|c| c.is_ascii_hexdigit() || c == ' ');
        aside.is_damaged |= matches!(text, "\n" | "\t");
        if let Some(end) = text.trim_end().chars().last() {
            aside.in_entry = end != ';';
        }
    }

    /// Ends what began at this depth.
    pub(super) fn close(&mut self, depth: usize, left_out: &mut LeftOut) {
        while let Some(aside) = self.0.pop_if(|aside| aside.depth >= depth) {
            aside.tell(left_out);
        }
    }

    /// Ends all at the end of a file.
    pub(super) fn end(&mut self, left_out: &mut LeftOut) {
        for mut aside in self.0.drain(..) {
            // It has no end, so it may have been something else.
            aside.is_damaged = true;
            aside.tell(left_out);
        }
    }
}

impl Aside {
    fn tell(&self, left_out: &mut LeftOut) {
        let damaged = "words where none of the text should be";
        let kind = match self.goes {
            Goes::Aside(kind) => kind,
            _ if self.is_damaged => damaged,
            Goes::Fonts | Goes::Table if self.in_entry && !self.is_hexadecimal => damaged,
            Goes::Fonts | Goes::Table | Goes::Codes | Goes::Bookmark | Goes::Text | Goes::Note => {
                return;
            }
        };
        if !self.words.are_blank() {
            left_out.add(kind, &self.words.shown());
        }
    }
}
