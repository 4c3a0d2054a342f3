//! Words around a place: those of UAX 29, with hyphenated compounds and `1990's` kept whole.

use unicode_segmentation::UnicodeSegmentation;

use super::boundary::{REACH, floor, neighbourhood, snap_to_graphemes, trim};
use super::{SourceText, TextRange, TextSize, size};

fn is_word(segment: &str) -> bool {
    segment.chars().any(|c| c.is_alphanumeric() || is_symbol(c))
}

/// Emoji and the like: neither blank nor punctuation, so a caret may stop at them.
fn is_symbol(c: char) -> bool {
    u32::from(c) > 0x20CF && !c.is_whitespace() && !matches!(c, '\u{3000}'..='\u{303F}')
}

fn joins(segment: &str) -> bool {
    matches!(segment, "-" | "\u{2010}" | "\u{2011}" | "'" | "\u{2019}")
}

/// The words of `text`: byte ranges into it, in order.
fn words(text: &str) -> impl Iterator<Item = (usize, usize)> + '_ {
    let mut segments = text.split_word_bound_indices().peekable();
    std::iter::from_fn(move || {
        let (start, first) = segments.find(|(_, segment)| is_word(segment))?;
        let mut end = start + first.len();
        // A joiner belongs to the word only with a word directly after it.
        while let Some((at, joiner)) = segments.next_if(|(_, segment)| joins(segment)) {
            let Some((next, segment)) = segments.next_if(|(_, segment)| is_word(segment)) else {
                break;
            };
            debug_assert_eq!(next, at + joiner.len());
            end = next + segment.len();
        }
        Some((start, end))
    })
}

/// The end of the next word after `at`, across lines; the end of what was searched where there is
/// none within reach.
#[must_use]
pub fn next_word(source: &SourceText, at: TextSize) -> TextSize {
    let text = source.as_str();
    let from = floor(text, at);
    let to = text.ceil_char_boundary((from + usize::from(REACH)).min(text.len()));
    let end = text
        .get(from..to)
        .and_then(|near| words(near).next())
        .map_or(to, |(_, end)| from + end);
    snap_to_graphemes(source, TextRange::empty(size(end))).end()
}

/// The start of the word before `at`, across lines; the start of what was searched where there is
/// none within reach.
#[must_use]
pub fn previous_word(source: &SourceText, at: TextSize) -> TextSize {
    let text = source.as_str();
    let to = floor(text, at);
    let from = text.floor_char_boundary(to.saturating_sub(usize::from(REACH)));
    let start = text
        .get(from..to)
        .and_then(|near| words(near).last())
        .map_or(from, |(start, _)| from + start);
    snap_to_graphemes(source, TextRange::empty(size(start))).start()
}

/// The word at a caret, also at its end. Between punctuation that mark alone; `None` between
/// blanks.
#[must_use]
pub fn word_at(source: &SourceText, at: TextSize) -> Option<TextRange> {
    let near = neighbourhood(source, TextRange::empty(at));
    let text = source.slice(near);
    let caret = usize::from(at.checked_sub(near.start())?);
    let range = |(start, end)| {
        let base = near.start();
        snap_to_graphemes(source, TextRange::new(base + size(start), base + size(end)))
    };
    let touching = words(text)
        .take_while(|(start, _)| *start <= caret)
        .filter(|(_, end)| caret <= *end)
        .last();
    if let Some(word) = touching {
        return Some(range(word));
    }
    text.split_word_bound_indices()
        .map(|(start, segment)| (start, start + segment.len(), segment))
        .find(|(start, end, segment)| *start <= caret && caret < *end && !segment.trim().is_empty())
        .map(|(start, end, _)| range((start, end)))
}

/// `range` without blanks at its ends, then grown to whole words. Punctuation at an end stays in or
/// out as it was; an empty range or one of blanks alone stays what it is.
#[must_use]
pub fn snap_to_words(source: &SourceText, range: TextRange) -> TextRange {
    let trimmed = trim(source, range);
    if trimmed.is_empty() {
        return snap_to_graphemes(source, range);
    }
    let cut =
        |at: TextSize| word_at(source, at).filter(|word| word.start() < at && at < word.end());
    let mut range = trimmed;
    // Words and graphemes pair flags differently, so that a word may end within the next one.
    loop {
        let start = cut(range.start()).map_or(range.start(), |word| word.start());
        let end = cut(range.end()).map_or(range.end(), |word| word.end());
        let grown = TextRange::new(start, end);
        if grown == range {
            return range;
        }
        range = grown;
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    fn source(text: &str) -> SourceText {
        SourceText::new(text, "UTF-8").unwrap()
    }

    fn at(text: &str, needle: &str) -> TextSize {
        size(text.find(needle).unwrap())
    }

    #[test]
    fn a_word_keeps_its_apostrophe_and_its_hyphens() {
        let text = "They’ve co-opted the US-led, 14-year-old 1990's plan — so 👩‍👧 said.";
        let article = source(text);
        for (inside, word) in [
            ("ey’ve", "They’ve"),
            ("opted", "co-opted"),
            ("-led", "US-led"),
            ("year", "14-year-old"),
            ("'s plan", "1990's"),
            (" plan", "1990's"),
            (", 14", "US-led"),
            ("👩", "👩‍👧"),
            ("—", "—"),
            (".", "said"),
        ] {
            let found = word_at(&article, at(text, inside)).map(|range| article.slice(range));
            assert_eq!(found, Some(word), "at {inside:?}");
        }
        assert_eq!(word_at(&source("a  b"), 2.into()), None);
        assert_eq!(word_at(&source(""), 0.into()), None);
    }

    #[test]
    fn flags_that_pair_differently_are_snapped_once_and_for_all() {
        let article = source("🇩\u{301}🇩🇩🇩");
        let snapped = snap_to_words(&article, TextRange::new(0.into(), 8.into()));
        assert_eq!(snap_to_words(&article, snapped), snapped);
    }

    #[test]
    fn words_are_walked_across_lines() {
        let text = "One two,\n\n“three-four”.";
        let article = source(text);
        let mut stops = vec![];
        let mut caret = TextSize::new(0);
        for _ in 0..4 {
            caret = next_word(&article, caret);
            stops.push(article.slice(TextRange::up_to(caret)).len());
        }
        let end_of = |word: &str| text.find(word).unwrap() + word.len();
        assert_eq!(
            stops,
            [end_of("One"), end_of("two"), end_of("four"), text.len()]
        );
        let back = previous_word(&article, article.len());
        assert_eq!(back, at(text, "three"));
        assert_eq!(previous_word(&article, back), at(text, "two"));
        assert_eq!(previous_word(&article, 0.into()), 0.into());
    }

    #[test]
    fn a_rough_selection_snaps_to_whole_words() {
        let text = "He said, “We do not.” Then he left.";
        let article = source(text);
        for (rough, snapped) in [
            ("e do n", "We do not"),
            (", “We ", ", “We"),
            (" “We do not.” ", "“We do not.”"),
            ("hen h", "Then he"),
        ] {
            let start = at(text, rough);
            let range = TextRange::at(start, TextSize::of(rough));
            assert_eq!(article.slice(snap_to_words(&article, range)), snapped);
        }
    }

    proptest! {
        #[test]
        fn any_text_has_words_on_grapheme_boundaries(
            text in "(?s).{0,60}|[a-z' \\n\u{301}🇩🇪👩\u{200d}-]{0,60}",
            place in any::<prop::sample::Index>(),
            other in any::<prop::sample::Index>(),
        ) {
            let article = source(&text);
            let caret = size(place.index(text.len() + 2));
            let whole = |range| snap_to_graphemes(&article, range) == range;
            if let Some(word) = word_at(&article, caret) {
                prop_assert!(whole(word) && !word.is_empty());
            }
            let next = next_word(&article, caret);
            prop_assert!(whole(TextRange::empty(next)) && next >= caret.min(article.len()));
            let back = previous_word(&article, caret);
            prop_assert!(whole(TextRange::empty(back)) && back <= caret);
            let end = size(other.index(text.len() + 2));
            let range = TextRange::new(caret.min(end), caret.max(end));
            let snapped = snap_to_words(&article, range);
            prop_assert!(whole(snapped));
            prop_assert_eq!(snap_to_words(&article, snapped), snapped);
            prop_assert!(whole(trim(&article, range)));
        }
    }
}
