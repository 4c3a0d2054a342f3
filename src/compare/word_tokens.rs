use std::collections::BTreeSet;

use unicode_normalization::char::is_combining_mark;

use crate::text::{SourceText, TextRange, TextSize};

/// What a tag covers, so that tags can be compared.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub(super) enum Token {
    /// A word, by its number in the text.
    Word(usize),
    /// Of a tag without words, where a fragment begins, in bytes.
    Mark(TextSize),
}

/// The words of a text.
pub(super) struct WordTokens(Vec<TextRange>);

impl WordTokens {
    /// Finds the words. O(n).
    pub(super) fn new(source: &SourceText) -> Self {
        Self(words(source, source.full_range()).collect())
    }

    /// The words that fragments touch, even in part; where they touch none, their punctuation.
    pub(super) fn covered(&self, fragments: &[TextRange]) -> BTreeSet<Token> {
        let mut covered = BTreeSet::new();
        for fragment in fragments {
            let first = self
                .0
                .partition_point(|word| word.end() <= fragment.start());
            let touched = (first..).zip(self.0.iter().skip(first));
            let touched = touched.take_while(|(_, word)| word.start() < fragment.end());
            covered.extend(touched.map(|(number, _)| Token::Word(number)));
        }
        if covered.is_empty() {
            covered.extend(
                fragments
                    .iter()
                    .map(|fragment| Token::Mark(fragment.start())),
            );
        }
        covered
    }
}

/// The words within a range of the text, cut off at its ends.
pub(super) fn words(
    source: &SourceText,
    within: TextRange,
) -> impl Iterator<Item = TextRange> + '_ {
    let mut rest = source.slice(within);
    let mut at = within.start();
    std::iter::from_fn(move || {
        let word = rest.trim_start_matches(|c| !is_word(c));
        at += TextSize::of(rest) - TextSize::of(word);
        rest = word.trim_start_matches(is_word);
        let found = TextRange::at(at, TextSize::of(word) - TextSize::of(rest));
        at = found.end();
        (!found.is_empty()).then_some(found)
    })
}

/// Whether Python's `\w` takes a character: letters, numbers and the underscore. Unlike Rust, it takes
/// neither combining marks nor letters in circles and squares.
fn is_word(c: char) -> bool {
    let framed = matches!(
        c,
        '\u{24b6}'..='\u{24e9}'
            | '\u{1f130}'..='\u{1f149}'
            | '\u{1f150}'..='\u{1f169}'
            | '\u{1f170}'..='\u{1f189}'
    );
    c == '_' || c.is_alphanumeric() && !is_combining_mark(c) && !framed
}

#[cfg(test)]
mod tests {
    use super::*;

    fn found(text: &str) -> Vec<String> {
        let source = SourceText::new(text, "UTF-8").unwrap();
        let found = words(&source, source.full_range());
        found.map(|word| source.slice(word).to_owned()).collect()
    }

    #[test]
    fn words_are_those_of_python() {
        for (text, expected) in [
            (
                "don't co-opt U.S. snake_case",
                "don|t|co|opt|U|S|snake_case",
            ),
            ("He\u{301} said Ⓐb 🅰c ½² 3.5", "He|said|b|c|½²|3|5"),
            ("हिंदी 好的 ไทย", "ह|द|好的|ไทย"),
            (" …—“”\n", ""),
        ] {
            assert_eq!(found(text).join("|"), expected, "{text}");
        }
    }

    #[test]
    fn a_tag_covers_the_words_it_touches() {
        let source = SourceText::new("One, two: three", "UTF-8").unwrap();
        let tokens = WordTokens::new(&source);
        let covered = |fragments: &[(u32, u32)]| {
            let range = |&(start, end): &(u32, u32)| TextRange::new(start.into(), end.into());
            let fragments: Vec<TextRange> = fragments.iter().map(range).collect();
            tokens.covered(&fragments).into_iter().collect::<Vec<_>>()
        };
        assert_eq!(covered(&[(0, 15)]), [0, 1, 2].map(Token::Word));
        assert_eq!(covered(&[(2, 6), (14, 15)]), [0, 1, 2].map(Token::Word));
        assert_eq!(covered(&[(3, 5), (5, 8)]), [Token::Word(1)]);
        assert_eq!(
            covered(&[(3, 4), (8, 9)]),
            [3, 8].map(|at: u32| Token::Mark(at.into()))
        );
        assert_eq!(covered(&[(3, 4), (9, 11)]), [Token::Word(2)]);
    }
}
