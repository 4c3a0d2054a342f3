//! A text as a row of words and signs. White space is not in it: where lines break and how wide gaps
//! are changes no word.

use std::borrow::Cow;
use std::hash::Hash;

use gix_imara_diff::{Interner, Token};

use super::form::{form, form_of_letters};
use crate::text::{TextRange, size};

/// The words and signs of a text, in order.
pub(super) struct Tokens<'t> {
    pub(super) text: &'t str,
    /// Where they are, in bytes.
    pub(super) at: Vec<TextRange>,
    /// Words of either text that are the same but for their [`form_of_letters`] have equal numbers.
    pub(super) ids: Vec<Token>,
}

impl<'t> Tokens<'t> {
    pub(super) fn new<W: From<Cow<'t, str>> + Eq + Hash>(
        text: &'t str,
        interner: &mut Interner<W>,
    ) -> Self {
        let mut tokens = Self {
            text,
            at: Vec::with_capacity(text.len() / 5),
            ids: Vec::with_capacity(text.len() / 5),
        };
        let mut start = 0;
        let mut before = Kind::Space;
        let mut last = ' ';
        for (at, c) in text.char_indices() {
            let kind = Kind::of(c, last);
            let goes_on = match kind {
                Kind::Mark => before != Kind::Space,
                Kind::Letter => before == Kind::Letter,
                // One sign each, in place of dash, dots and quotation marks.
                Kind::Sign => {
                    let room = if matches!(c, '\'' | '`') { 2 } else { 64 };
                    before == Kind::Sign
                        && c == last
                        && matches!(c, '-' | '.' | '\'' | '`')
                        && at - start < room
                }
                Kind::Space => before == Kind::Space,
                Kind::Alone => false,
            };
            if !goes_on {
                tokens.push(start, at, before, interner);
                start = at;
                before = if kind == Kind::Mark { Kind::Sign } else { kind };
            }
            last = c;
        }
        tokens.push(start, text.len(), before, interner);
        tokens
    }

    fn push<W: From<Cow<'t, str>> + Eq + Hash>(
        &mut self,
        start: usize,
        end: usize,
        kind: Kind,
        interner: &mut Interner<W>,
    ) {
        let words = self.text.get(start..end).unwrap_or_default();
        if kind == Kind::Space || words.is_empty() {
            return;
        }
        self.at.push(TextRange::new(size(start), size(end)));
        self.ids
            .push(interner.intern(form_of_letters(words).into()));
    }

    /// The same words, numbered by their [`form`].
    pub(super) fn in_form(&self, interner: &mut Interner<String>) -> Self {
        let ids = (0..self.len()).map(|n| interner.intern(form(self.word(n)).into_owned()));
        Self {
            text: self.text,
            at: self.at.clone(),
            ids: ids.collect(),
        }
    }

    pub(super) fn len(&self) -> usize {
        self.ids.len()
    }

    /// The word at `index`; empty past the end.
    pub(super) fn word(&self, index: usize) -> &'t str {
        let slice = |at: &TextRange| {
            self.text
                .get(usize::from(at.start())..usize::from(at.end()))
        };
        self.at.get(index).and_then(slice).unwrap_or_default()
    }

    /// Whether the words and signs are the same as those of another text but for their form.
    pub(super) fn same_in_form(&self, other: &Self) -> bool {
        let same = |n: usize| {
            self.ids.get(n) == other.ids.get(n) || form(self.word(n)) == form(other.word(n))
        };
        self.len() == other.len() && (0..self.len()).all(same)
    }

    pub(super) fn id(&self, index: usize) -> Option<Token> {
        self.ids.get(index).copied()
    }

    /// Indices of the tokens that share a byte with `range`.
    pub(super) fn within(&self, range: TextRange) -> std::ops::Range<usize> {
        let first = self.at.partition_point(|at| at.end() <= range.start());
        let last = self.at.partition_point(|at| at.start() < range.end());
        first..last.max(first)
    }

    /// Whether a line ends between the token at `index` and the one before.
    pub(super) fn begins_line(&self, index: usize) -> bool {
        let Some((before, at)) = index
            .checked_sub(1)
            .and_then(|before| self.at.get(before))
            .zip(self.at.get(index))
        else {
            return true;
        };
        let gap = self
            .text
            .get(usize::from(before.end())..usize::from(at.start()));
        gap.unwrap_or_default().contains(['\n', '\r'])
    }
}

#[derive(Clone, Copy, PartialEq, Eq)]
enum Kind {
    Space,
    Letter,
    /// A letter of a script without spaces between words.
    Alone,
    Sign,
    /// Belongs to the character before.
    Mark,
}

impl Kind {
    fn of(c: char, before: char) -> Self {
        const JOINER: char = '\u{200d}';
        match c {
            c if c.is_whitespace() => Self::Space,
            c if c.is_ascii() => {
                if c.is_ascii_alphanumeric() || c == '_' {
                    Self::Letter
                } else {
                    Self::Sign
                }
            }
            '\u{300}'..='\u{36f}'
            | '\u{1ab0}'..='\u{1aff}'
            | '\u{1dc0}'..='\u{1dff}'
            | '\u{200c}'..=JOINER
            | '\u{20d0}'..='\u{20ff}'
            | '\u{fe00}'..='\u{fe0f}'
            | '\u{fe20}'..='\u{fe2f}'
            | '\u{1f3fb}'..='\u{1f3ff}'
            | '\u{e0100}'..='\u{e01ef}' => Self::Mark,
            _ if before == JOINER => Self::Mark,
            '\u{e00}'..='\u{eff}'
            | '\u{1000}'..='\u{109f}'
            | '\u{1780}'..='\u{17ff}'
            | '\u{3040}'..='\u{30ff}'
            | '\u{3400}'..='\u{9fff}'
            | '\u{f900}'..='\u{faff}'
            | '\u{20000}'..='\u{3ffff}' => Self::Alone,
            c if c.is_alphanumeric() => Self::Letter,
            _ => Self::Sign,
        }
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    fn words(text: &str) -> Vec<&str> {
        let tokens = Tokens::new::<Cow<str>>(text, &mut Interner::new(0));
        (0..tokens.len()).map(|n| tokens.word(n)).collect()
    }

    #[test]
    fn words_and_signs_are_told_apart() {
        assert_eq!(
            words("“Don't,” he said --\r\n e\u{301}té 👩‍🔬… 日本"),
            [
                "“",
                "Don",
                "'",
                "t",
                ",",
                "”",
                "he",
                "said",
                "--",
                "e\u{301}té",
                "👩‍🔬",
                "…",
                "日",
                "本"
            ]
        );
        assert!(words(" \n\t").is_empty());
    }

    proptest! {
        #[test]
        fn nothing_but_white_space_is_left_out(text in "(?s)[ \n]{0,3}.{0,60}|[a“ 😀\u{301}\n]{0,40}") {
            let visible: String = text.chars().filter(|c| !c.is_whitespace()).collect();
            let found: String = words(&text).concat().chars().filter(|c| !c.is_whitespace()).collect();
            prop_assert_eq!(found, visible);
        }
    }
}
