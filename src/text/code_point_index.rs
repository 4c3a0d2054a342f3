use super::{OffsetMap, OffsetUnit};

/// A text that is addressed by code points, as files do it. Ranges are end-exclusive.
#[derive(Debug)]
pub struct CodePointIndex<'a> {
    text: &'a str,
    offsets: OffsetMap,
}

impl<'a> CodePointIndex<'a> {
    /// Counts `text` in one pass.
    #[must_use]
    pub fn new(text: &'a str) -> Self {
        let offsets = OffsetMap::new(text);
        Self { text, offsets }
    }

    /// The whole text.
    #[must_use]
    pub fn text(&self) -> &'a str {
        self.text
    }

    /// Length of the text in code points.
    #[must_use]
    pub fn chars(&self) -> u32 {
        self.offsets.chars()
    }

    /// The text from `start` to `end`, in code points; `None` where that is outside.
    #[must_use]
    pub fn slice(&self, start: u32, end: u32) -> Option<&'a str> {
        let byte = |chars| self.offsets.byte_of_char(self.text, chars);
        self.text
            .get(usize::from(byte(start)?)..usize::from(byte(end)?))
    }

    /// The text before `at`, at most `count` code points.
    #[must_use]
    pub fn slice_before(&self, at: u32, count: u32) -> &'a str {
        self.slice(at.saturating_sub(count), at).unwrap_or_default()
    }

    /// The text from `at` on, at most `count` code points.
    #[must_use]
    pub fn slice_after(&self, at: u32, count: u32) -> &'a str {
        let end = at.saturating_add(count).min(self.chars());
        self.slice(at, end).unwrap_or_default()
    }

    /// The code point at an offset that counts `unit`; `None` past the end and within a character.
    #[must_use]
    pub fn from_unit(&self, offset: u32, unit: OffsetUnit) -> Option<u32> {
        self.offsets
            .convert(self.text, offset, unit, OffsetUnit::CodePoints)
    }

    /// The offset of a code point, counting `unit`; `None` past the end.
    #[must_use]
    pub fn to_unit(&self, code_point: u32, unit: OffsetUnit) -> Option<u32> {
        self.offsets
            .convert(self.text, code_point, OffsetUnit::CodePoints, unit)
    }

    /// The unit of offsets, judged by their text (start, end, text): the unit in which all of them
    /// match. Code points where none does.
    #[must_use]
    pub fn guess_unit(&self, words: &[(u32, u32, &str)]) -> OffsetUnit {
        let fits = |unit: &OffsetUnit| {
            words.iter().all(|&(start, end, words)| {
                let range = self.from_unit(start, *unit).zip(self.from_unit(end, *unit));
                range.and_then(|(start, end)| self.slice(start, end)) == Some(words)
            })
        };
        let units = [OffsetUnit::CodePoints, OffsetUnit::Utf16, OffsetUnit::Bytes];
        let found = units.into_iter().find(fits);
        found.unwrap_or(OffsetUnit::CodePoints)
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    proptest! {
        #[test]
        fn text_is_cut_by_code_points(text in "(?s).{0,30}", a in 0_u32..40, b in 0_u32..40) {
            let index = CodePointIndex::new(&text);
            let characters: Vec<char> = text.chars().collect();
            let expected = characters.get(a as usize..b as usize).map(|c| c.iter().collect::<String>());
            prop_assert_eq!(index.slice(a, b), expected.as_deref());
            prop_assert_eq!(index.chars() as usize, characters.len());
            let before = characters.get(a.saturating_sub(b) as usize..a as usize);
            prop_assert_eq!(index.slice_before(a, b), before.unwrap_or_default().iter().collect::<String>());
            let after = characters.iter().skip(a as usize).take(b as usize);
            prop_assert_eq!(index.slice_after(a, b), after.collect::<String>());
        }
    }

    #[test]
    fn the_unit_is_guessed_from_the_words() {
        let index = CodePointIndex::new("😀 é said");
        for (start, end, unit) in [
            (4, 8, OffsetUnit::CodePoints),
            (5, 9, OffsetUnit::Utf16),
            (8, 12, OffsetUnit::Bytes),
            (1, 3, OffsetUnit::CodePoints),
        ] {
            assert_eq!(index.guess_unit(&[(start, end, "said")]), unit);
        }
    }
}
