use std::collections::BTreeSet;

use crate::text::{SourceText, TextRange, TextSize, word_tokens};

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
        Self(word_tokens(source, source.full_range()).collect())
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

#[cfg(test)]
mod tests {
    use super::*;

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
