//! Graphemes and paragraphs around a place. All offsets are bytes, ranges end-exclusive; every
//! function looks only at the neighbourhood of the place, never at the document.

use unicode_segmentation::GraphemeCursor;

use super::{SourceText, TextRange, TextSize, size};

/// How far a search looks to either side of a place, in bytes. Lines longer than that are rare;
/// in them a far-away mark or sentence end is simply not seen.
pub(crate) const REACH: TextSize = TextSize::new(4096);

pub(super) fn floor(text: &str, at: TextSize) -> usize {
    text.floor_char_boundary(usize::from(at))
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

/// Whether graphemes meet at a byte between characters that nothing combines with, as nearly all in news are:
/// ASCII, and dashes, quotation marks and ellipses (U+2010 to U+2027).
fn is_plain_boundary(text: &str, at: usize) -> bool {
    let Some((before, after)) = text.as_bytes().split_at_checked(at) else {
        return false;
    };
    let ends = match before {
        [.., 0xe2, 0x80, 0x90..=0xa7] => true,
        [.., last] => last.is_ascii(),
        [] => false,
    };
    let starts = match after {
        [0xe2, 0x80, 0x90..=0xa7, ..] => true,
        // CR LF is one.
        [first, ..] => first.is_ascii() && *first != b'\n',
        [] => false,
    };
    ends && starts
}

fn is_boundary(text: &str, at: usize) -> bool {
    is_plain_boundary(text, at)
        || GraphemeCursor::new(at, text.len(), true)
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

/// The paragraph (line) that holds `at`, without its line break.
#[must_use]
pub fn paragraph_at(source: &SourceText, at: TextSize) -> TextRange {
    let lines = source.lines();
    lines.range(lines.line_at(at.min(source.len())))
}

/// The paragraph after the one at `range`, over a few blank lines at most.
pub(crate) fn next_paragraph(source: &SourceText, range: TextRange) -> Option<TextRange> {
    let lines = source.lines();
    let line = lines.line_at(range.end());
    (line + 1..lines.count().min(line + 5))
        .map(|next| lines.range(next))
        .find(|next| !source.slice(*next).trim().is_empty())
}

/// The paragraph before the one at `range`, over a few blank lines at most.
pub(crate) fn previous_paragraph(source: &SourceText, range: TextRange) -> Option<TextRange> {
    let lines = source.lines();
    let line = lines.line_at(range.start());
    (line.saturating_sub(4)..line)
        .rev()
        .map(|before| lines.range(before))
        .find(|before| !source.slice(*before).trim().is_empty())
}

/// The paragraphs that `range` touches, without the last line break, cut [`REACH`] beyond `range`.
#[must_use]
pub(crate) fn neighbourhood(source: &SourceText, range: TextRange) -> TextRange {
    let from = range.start().min(source.len());
    let to = range.end().min(source.len());
    let start = paragraph_at(source, from)
        .start()
        .max(from.checked_sub(REACH).unwrap_or_default());
    let far = to.checked_add(REACH).unwrap_or(TextSize::new(u32::MAX));
    let end = paragraph_at(source, to).end().min(far);
    snap_to_graphemes(source, TextRange::new(start, end.max(start)))
}

/// The paragraphs of [`neighbourhood`], each a piece; the first and the last may be cut.
pub(crate) fn paragraph_pieces(
    source: &SourceText,
    range: TextRange,
) -> impl Iterator<Item = TextRange> {
    let near = neighbourhood(source, range);
    let lines = source.lines();
    let touched = lines.line_at(near.start())..=lines.line_at(near.end());
    touched.filter_map(move |line| lines.range(line).intersect(near))
}

/// `range` without the blanks at its ends; empty at its start where there is nothing else.
#[must_use]
pub fn trim(source: &SourceText, range: TextRange) -> TextRange {
    let range = snap_to_graphemes(source, range);
    let words = source.slice(range);
    let rest = words.trim_start();
    if rest.is_empty() {
        return TextRange::empty(range.start());
    }
    let start = range.end() - TextSize::of(rest);
    let end = start + TextSize::of(rest.trim_end());
    snap_to_graphemes(source, TextRange::new(start, end))
}

/// Whether Python takes a character for white space: it also counts the four separators U+001C to
/// U+001F. Tools that read exported files do.
pub(crate) fn is_python_whitespace(c: char) -> bool {
    c.is_whitespace() || matches!(c, '\u{1c}'..='\u{1f}')
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;
    use unicode_segmentation::UnicodeSegmentation;

    use super::*;

    proptest! {
        #[test]
        fn boundaries_are_those_of_unicode(text in "[a \r\n“”’—…e\u{301}\u{200d}\u{600}é👍\u{2028}]{0,24}|(?s).{0,24}") {
            let starts = text.grapheme_indices(true).map(|(start, _)| start);
            let all: Vec<usize> = starts.chain([text.len()]).collect();
            for at in (0..=text.len()).filter(|at| text.is_char_boundary(*at)) {
                prop_assert_eq!(is_boundary(&text, at), all.contains(&at), "{:?} {}", text, at);
            }
        }
    }
}
