//! What is counted where annotations are compared: words and marks of any script.

use unicode_normalization::char::is_combining_mark;
use unicode_properties::{GeneralCategory, UnicodeGeneralCategory};
use unicode_script::{Script, UnicodeScript};

use super::runs::{Run, Runs};
use crate::text::{SourceText, TextRange, TextSize};

/// The tokens of a text, from left to right.
///
/// A *word* is a run of letters, digits and connectors such as `_`, with the combining marks and joiners
/// that follow them. Han, Hiragana, Katakana, Thai, Lao, Khmer and Myanmar are written without blanks, so
/// there each letter is a word. A *mark* is any other character that is seen.
pub(super) struct Tokens {
    ranges: Vec<TextRange>,
    /// How many words there are before each token, and in all.
    words_before: Vec<u32>,
}

/// What a character does.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Kind {
    /// It makes words together with others.
    Letter,
    /// It is a word.
    Word,
    /// It belongs to the letter before it.
    Combining,
    /// It joins letters (zero width joiner and non-joiner).
    Joiner,
    /// It is seen and no part of a word.
    Mark,
    /// It is no part of a token.
    Unseen,
}

impl Tokens {
    /// Finds the tokens. O(n).
    pub(super) fn new(source: &SourceText) -> Self {
        let mut tokens = Self {
            ranges: Vec::new(),
            words_before: Vec::new(),
        };
        let mut words = 0;
        // The kind of the token that may go on.
        let mut open = None;
        let mut at = TextSize::new(0);
        for c in source.as_str().chars() {
            let start = at;
            at += TextSize::of(c);
            let kind = kind_of(c);
            let goes_on = match open {
                Some(Kind::Letter) => {
                    matches!(kind, Kind::Letter | Kind::Combining | Kind::Joiner)
                }
                Some(Kind::Word) => is_combining_mark(c),
                _ => false,
            };
            if goes_on {
                if let Some(last) = tokens.ranges.last_mut() {
                    *last = TextRange::new(last.start(), at);
                }
                continue;
            }
            open = Some(kind);
            let is_word = match kind {
                Kind::Letter | Kind::Word => true,
                Kind::Mark => false,
                // A joiner that joins nothing is a format character.
                Kind::Combining | Kind::Joiner | Kind::Unseen => continue,
            };
            tokens.ranges.push(TextRange::new(start, at));
            tokens.words_before.push(words);
            words += u32::from(is_word);
        }
        tokens.words_before.push(words);
        tokens
    }

    /// How many there are.
    pub(super) fn len(&self) -> u32 {
        // A text has less than 4 GiB.
        u32::try_from(self.ranges.len()).unwrap_or(u32::MAX)
    }

    /// The tokens that a range touches, even in part. O(log n).
    pub(super) fn touched(&self, range: TextRange) -> Run {
        let first = self
            .ranges
            .partition_point(|token| token.end() <= range.start());
        let end = self
            .ranges
            .partition_point(|token| token.start() < range.end());
        let number = |place| u32::try_from(place).unwrap_or(u32::MAX);
        (number(first), number(end.max(first)))
    }

    /// The words among tokens, or where there are none, the marks. Words are numbered first, then marks.
    pub(super) fn match_set(&self, tokens: &Runs) -> Runs {
        let words_before = |token: u32| {
            let place = usize::try_from(token).unwrap_or(usize::MAX);
            self.words_before.get(place).copied().unwrap_or_default()
        };
        let words = Runs::new(
            tokens
                .iter()
                .map(|run| (words_before(run.0), words_before(run.1))),
        );
        if !words.is_empty() {
            return words;
        }
        let all_words = self.words_before.last().copied().unwrap_or_default();
        let mark = |token: u32| all_words + token - words_before(token);
        Runs::new(tokens.iter().map(|run| (mark(run.0), mark(run.1))))
    }
}

fn kind_of(c: char) -> Kind {
    if c.is_ascii() {
        return match c {
            'a'..='z' | 'A'..='Z' | '0'..='9' | '_' => Kind::Letter,
            _ if c.is_ascii_graphic() => Kind::Mark,
            _ => Kind::Unseen,
        };
    }
    let category = c.general_category();
    if c.is_alphanumeric() || category == GeneralCategory::ConnectorPunctuation {
        return match c.script() {
            Script::Han
            | Script::Hiragana
            | Script::Katakana
            | Script::Thai
            | Script::Lao
            | Script::Khmer
            | Script::Myanmar => Kind::Word,
            _ => Kind::Letter,
        };
    }
    if is_combining_mark(c) {
        Kind::Combining
    } else if matches!(c, '\u{200c}' | '\u{200d}') {
        Kind::Joiner
    } else if c.is_whitespace()
        || matches!(category, GeneralCategory::Control | GeneralCategory::Format)
    {
        Kind::Unseen
    } else {
        Kind::Mark
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn found(text: &str) -> String {
        let source = SourceText::new(text, "UTF-8").unwrap();
        let tokens = Tokens::new(&source);
        let words = tokens.ranges.iter().map(|range| source.slice(*range));
        words.collect::<Vec<_>>().join("|")
    }

    #[test]
    fn words_and_marks_of_any_script() {
        for (text, expected) in [
            ("don't co-op, U.S.", "don|'|t|co|-|op|,|U|.|S|."),
            ("Cafe\u{301} ½ x² a_b", "Cafe\u{301}|½|x²|a_b"),
            ("水を飲む。ok", "水|を|飲|む|。|ok"),
            ("ที่นี่", "ที่|นี่"),
            ("नमस्ते", "नमस्ते"),
            ("می\u{200c}شود", "می\u{200c}شود"),
            ("👍🏽 \u{200d}", "👍|🏽"),
            ("a\u{ad}b\u{a0}\u{301}", "a|b"),
        ] {
            assert_eq!(found(text), expected, "{text}");
        }
    }

    #[test]
    fn a_range_covers_the_tokens_it_touches() {
        let source = SourceText::new("“No,” – she.", "UTF-8").unwrap();
        let tokens = Tokens::new(&source);
        assert_eq!(found("“No,” – she."), "“|No|,|”|–|she|.");
        let touched = |start: &str, end: &str| {
            let at = |words| u32::try_from(source.as_str().find(words).unwrap()).unwrap();
            tokens.touched(TextRange::new(at(start).into(), at(end).into()))
        };
        assert_eq!(touched("“", "–"), (0, 4));
        assert_eq!(touched("o,", "” "), (1, 3));
        assert_eq!(touched(" –", "–"), (4, 4));
        assert_eq!(touched("–", "e."), (4, 6));
        // Two words, numbered 0 and 1; then the marks.
        let set = |runs: &[Run]| tokens.match_set(&Runs::new(runs.iter().copied()));
        assert_eq!(set(&[(0, 3), (5, 7)]), Runs::new([(0, 2)]));
        assert_eq!(set(&[(0, 1), (2, 5)]), Runs::new([(2, 6)]));
        assert_eq!(set(&[(6, 7)]), Runs::new([(6, 7)]));
    }
}
