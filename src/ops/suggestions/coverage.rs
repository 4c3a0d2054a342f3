//! What is tagged already.

use crate::model::{Annotation, Document};
use crate::text::{TextRange, TextSize};

/// Whether at least half of the words at `ranges` (bytes) are in tags that are `such`.
pub(super) fn is_covered(
    document: &Document,
    ranges: &[TextRange],
    such: impl Fn(&Annotation) -> bool,
) -> bool {
    let (mut all, mut covered) = (0, 0);
    for &range in ranges {
        let overlapping = document.set().overlapping(range);
        let there: Vec<TextRange> = overlapping
            .filter(|(_, tag)| such(tag))
            .map(|(span, _)| span)
            .collect();
        let words = word_ranges(document.source().slice(range), range.start());
        for word in words {
            let is_there =
                |span: &TextRange| span.start() < word.end() && word.start() < span.end();
            all += 1;
            covered += usize::from(there.iter().any(is_there));
        }
    }
    covered > 0 && 2 * covered >= all
}

/// Runs of letters and digits: where they are, in bytes, in a text that has `words` at `start`.
fn word_ranges(words: &str, start: TextSize) -> impl Iterator<Item = TextRange> {
    let mut at = start;
    words
        .split_inclusive(|c: char| !c.is_alphanumeric())
        .filter_map(move |piece| {
            let from = at;
            at += TextSize::of(piece);
            let word = piece.trim_end_matches(|c: char| !c.is_alphanumeric());
            (!word.is_empty()).then(|| TextRange::at(from, TextSize::of(word)))
        })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn words_are_runs_of_letters_and_digits() {
        let found: Vec<_> = word_ranges("“Né 12-x,”", 5.into()).collect();
        let range = |start: u32, end: u32| TextRange::new(start.into(), end.into());
        assert_eq!(found, [range(8, 11), range(12, 14), range(15, 16)]);
    }
}
