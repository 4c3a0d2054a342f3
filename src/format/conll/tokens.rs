use unicode_segmentation::UnicodeSegmentation;

use crate::text::is_python_whitespace;
use crate::text::{SourceText, TextRange, TextSize};

/// The words and marks of a text without the white space between them. A token ends at each of
/// `cuts` (sorted).
pub(super) fn tokens(source: &SourceText, cuts: &[TextSize]) -> Vec<TextRange> {
    let mut tokens = Vec::new();
    let mut start: Option<TextSize> = None;
    let mut at = TextSize::new(0);
    let mut end_here = |start: &mut Option<TextSize>, at: TextSize| {
        if let Some(from) = start.take() {
            tokens.push(TextRange::new(from, at));
        }
    };
    for word in source.as_str().split_word_bounds() {
        end_here(&mut start, at);
        for c in word.chars() {
            if is_python_whitespace(c) || cuts.binary_search(&at).is_ok() {
                end_here(&mut start, at);
            }
            if !is_python_whitespace(c) && start.is_none() {
                start = Some(at);
            }
            at += TextSize::of(c);
        }
    }
    end_here(&mut start, at);
    tokens
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    proptest! {
        /// Between tokens there is only white space, within none, and cuts are kept.
        #[test]
        fn tokens_cover_all_but_white_space(
            text in "(?s).{0,30}|[a\u{301}é😀 \r\n.]{0,30}",
            cuts in prop::collection::vec(any::<prop::sample::Index>(), 0..5),
        ) {
            let source = SourceText::new(text.as_str(), "UTF-8").unwrap();
            let bounds: Vec<TextSize> = text
                .char_indices()
                .map(|(at, _)| TextSize::try_from(at).unwrap())
                .chain([source.len()])
                .collect();
            let mut cuts: Vec<TextSize> = cuts.iter().map(|cut| *cut.get(&bounds)).collect();
            cuts.sort_unstable();
            cuts.dedup();
            let tokens = tokens(&source, &cuts);
            let words: String = tokens.iter().map(|range| source.slice(*range)).collect();
            let all: String = text.chars().filter(|c| !is_python_whitespace(*c)).collect();
            prop_assert_eq!(words, all);
            for range in &tokens {
                prop_assert!(!source.slice(*range).contains(is_python_whitespace));
                prop_assert!(!cuts.iter().any(|&cut| range.start() < cut && cut < range.end()));
            }
        }
    }
}
