//! The text of a document, put together from its words.

use super::columns::Row;
use crate::text::{CodePointIndex, OffsetUnit};

/// The most characters that are put between two words.
const WIDEST: u32 = 10_000;

/// A text that grows, counted in every way.
#[derive(Default)]
pub(super) struct Text {
    pub(super) text: String,
    /// Its length in code points.
    pub(super) points: u32,
    utf16: u32,
}

impl Text {
    pub(super) fn push(&mut self, more: &str) {
        let count = |n: usize| u32::try_from(n).unwrap_or(0);
        self.points += count(more.chars().count());
        self.utf16 += count(more.encode_utf16().count());
        self.text.push_str(more);
    }

    pub(super) fn gap(&mut self, long: u32, c: char) {
        self.text.extend((0..long).map(|_| c));
        self.points += long;
        self.utf16 += long;
    }

    /// How far on a place is; `None` where it is before the end, or too far on.
    pub(super) fn distance(&self, place: u32, unit: OffsetUnit) -> Option<u32> {
        let end = match unit {
            OffsetUnit::CodePoints => self.points,
            OffsetUnit::Utf16 => self.utf16,
            OffsetUnit::Bytes => u32::try_from(self.text.len()).ok()?,
        };
        place.checked_sub(end).filter(|gap| *gap <= WIDEST)
    }
}

/// Where the words are in the text of their sentence, in code points; `None` where one is not there.
pub(super) fn found(text: &str, words: &[(&Row<'_>, &str)]) -> Option<Vec<[u32; 2]>> {
    let index = CodePointIndex::new(text);
    let mut at = 0;
    let mut places = Vec::with_capacity(words.len());
    for (_, word) in words {
        let rest = text.get(at..)?;
        let trimmed = rest.trim_start();
        if !trimmed.starts_with(word) {
            return None;
        }
        let from = at + rest.len() - trimmed.len();
        at = from + word.len();
        let point = |byte: usize| {
            let byte = u32::try_from(byte).ok()?;
            index.from_unit(byte, OffsetUnit::Bytes)
        };
        places.push([point(from)?, point(at)?]);
    }
    Some(places)
}
