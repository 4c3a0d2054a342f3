//! Graphemes, words, sentences and paragraphs around a place. All offsets are bytes, ranges
//! end-exclusive; every function looks only at the neighbourhood of the place, never at the document.

use unicode_segmentation::GraphemeCursor;

use super::{SourceText, TextRange, TextSize};

fn floor(text: &str, at: TextSize) -> usize {
    text.floor_char_boundary(usize::from(at))
}

fn size(offset: usize) -> TextSize {
    // Texts are refused above 4 GiB, so every offset into one fits.
    TextSize::try_from(offset).unwrap_or(TextSize::new(u32::MAX))
}

/// The grapheme boundary after `at`; the end of the text at its end.
#[must_use]
pub fn next_grapheme(source: &SourceText, at: TextSize) -> TextSize {
    let text = source.as_str();
    let mut cursor = GraphemeCursor::new(floor(text, at), text.len(), true);
    cursor
        .next_boundary(text, 0)
        .ok()
        .flatten()
        .map_or(source.len(), size)
}

/// The grapheme boundary before `at`; 0 at the start of the text.
#[must_use]
pub fn previous_grapheme(source: &SourceText, at: TextSize) -> TextSize {
    let text = source.as_str();
    let mut cursor = GraphemeCursor::new(floor(text, at), text.len(), true);
    cursor
        .prev_boundary(text, 0)
        .ok()
        .flatten()
        .map_or(TextSize::new(0), size)
}

fn is_boundary(text: &str, at: usize) -> bool {
    GraphemeCursor::new(at, text.len(), true)
        .is_boundary(text, 0)
        .unwrap_or(true)
}

/// `range` grown outward to grapheme boundaries, and cut to the text.
#[must_use]
pub fn snap_to_graphemes(source: &SourceText, range: TextRange) -> TextRange {
    let text = source.as_str();
    let start = floor(text, range.start());
    let end = text.ceil_char_boundary(usize::from(range.end()).min(text.len()));
    let start = if is_boundary(text, start) {
        size(start)
    } else {
        previous_grapheme(source, size(start))
    };
    let end = if is_boundary(text, end) {
        size(end)
    } else {
        next_grapheme(source, size(end))
    };
    TextRange::new(start, end.max(start))
}
