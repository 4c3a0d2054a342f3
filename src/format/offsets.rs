//! Offsets that count something else than code points.

use super::Unit;

/// Code points of a text in another unit and back.
pub(super) struct Offsets {
    /// Where each code point starts in that unit, and where the last one ends.
    starts: Vec<u32>,
}

impl Offsets {
    /// UTF-16 code units.
    pub(super) fn utf16(text: &str) -> Self {
        Self::new(text, char::len_utf16)
    }

    /// UTF-8 bytes.
    pub(super) fn bytes(text: &str) -> Self {
        Self::new(text, char::len_utf8)
    }

    fn new(text: &str, width: fn(char) -> usize) -> Self {
        let mut at = 0_u32;
        let mut starts = vec![0];
        for c in text.chars() {
            at = at.saturating_add(u32::try_from(width(c)).unwrap_or(0));
            starts.push(at);
        }
        Self { starts }
    }

    /// The offset of a code point; `None` past the end.
    pub(super) fn of(&self, code_point: u32) -> Option<u32> {
        let index = usize::try_from(code_point).ok()?;
        self.starts.get(index).copied()
    }

    /// The length of the text.
    pub(super) fn end(&self) -> u32 {
        self.starts.last().copied().unwrap_or(0)
    }

    /// The code point at an offset; `None` past the end and within a character.
    pub(super) fn code_point(&self, offset: u32) -> Option<u32> {
        let index = self.starts.binary_search(&offset).ok()?;
        u32::try_from(index).ok()
    }
}

/// Cuts a text at code points.
pub(super) struct Words<'a> {
    text: &'a str,
    bytes: Offsets,
}

impl<'a> Words<'a> {
    /// Ready to cut.
    pub(super) fn of(text: &'a str) -> Self {
        let bytes = Offsets::bytes(text);
        Self { text, bytes }
    }

    /// What stands between two code points; empty where they are none of the text.
    pub(super) fn between(&self, start: u32, end: u32) -> &'a str {
        let byte = |place| usize::try_from(self.bytes.of(place)?).ok();
        let range = byte(start).zip(byte(end));
        range
            .and_then(|(start, end)| self.text.get(start..end))
            .unwrap_or_default()
    }
}

/// What offsets count, told by the words they are said to stand for. Code points where the words
/// tell nothing or fit nothing.
pub(super) fn unit_of(text: &str, stretches: &[(u32, u32, &str)]) -> Unit {
    if text.is_ascii() {
        return Unit::CodePoints;
    }
    let characters: Vec<char> = text.chars().collect();
    let fits = |convert: &dyn Fn(u32) -> Option<u32>| {
        stretches.iter().all(|&(start, end, words)| {
            let range = convert(start).zip(convert(end));
            let range = range.and_then(|(start, end)| {
                characters.get(usize::try_from(start).ok()?..usize::try_from(end).ok()?)
            });
            range.is_some_and(|found| found.iter().copied().eq(words.chars()))
        })
    };
    if fits(&Some) {
        return Unit::CodePoints;
    }
    let utf16 = Offsets::utf16(text);
    if fits(&|offset| utf16.code_point(offset)) {
        return Unit::Utf16;
    }
    let bytes = Offsets::bytes(text);
    if fits(&|offset| bytes.code_point(offset)) {
        return Unit::Bytes;
    }
    Unit::CodePoints
}
