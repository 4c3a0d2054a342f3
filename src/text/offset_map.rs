use str_indices::{chars, utf16};

use super::TextSize;

/// Bytes between two milestones. Smaller is faster and larger; 512 costs 2.3 % of the text.
const STEP: usize = 512;

/// What offsets into a text count. Inside Pullquote they count bytes, in files mostly code points.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum OffsetUnit {
    /// Unicode code points.
    CodePoints,
    /// UTF-16 code units.
    Utf16,
    /// UTF-8 bytes.
    Bytes,
}

/// Converts between offsets in bytes, code points and UTF-16 units, by milestones every 512 bytes or
/// so: O(log n) and a short scan. The text itself is kept by the caller.
#[derive(Debug, Clone)]
pub struct OffsetMap {
    milestones: Vec<Place>,
    end: Place,
    ascii: bool,
}

/// A place in the text, in each unit.
#[derive(Debug, Clone, Copy, Default)]
struct Place {
    byte: u32,
    char: u32,
    utf16: u32,
}

impl Place {
    /// The place after a character that is here.
    fn after(self, c: char) -> Self {
        Self {
            byte: self.byte + u32::from(TextSize::of(c)),
            char: self.char + 1,
            utf16: self.utf16 + if c > '\u{ffff}' { 2 } else { 1 },
        }
    }

    /// The place after all of a text that begins here.
    fn after_all(self, text: &str) -> Self {
        let pairs = TextSize::try_from(utf16::count_surrogates(text)).unwrap_or_default();
        let chars = TextSize::try_from(chars::count(text)).unwrap_or_default();
        Self {
            byte: self.byte + u32::from(TextSize::of(text)),
            char: self.char + u32::from(chars),
            utf16: self.utf16 + u32::from(chars + pairs),
        }
    }

    fn in_unit(self, unit: OffsetUnit) -> u32 {
        match unit {
            OffsetUnit::CodePoints => self.char,
            OffsetUnit::Utf16 => self.utf16,
            OffsetUnit::Bytes => self.byte,
        }
    }
}

impl OffsetMap {
    /// Counts `text` in one pass.
    #[must_use]
    pub fn new(text: &str) -> Self {
        let mut milestones = vec![Place::default()];
        let ascii = text.is_ascii();
        let mut end = Place::default();
        let mut rest = text;
        while !ascii && rest.len() > STEP {
            let (part, behind) = rest.split_at(rest.ceil_char_boundary(STEP));
            end = end.after_all(part);
            milestones.push(end);
            rest = behind;
        }
        end = end.after_all(rest);
        Self {
            milestones,
            end,
            ascii,
        }
    }

    /// Length of the text in code points.
    #[must_use]
    pub fn chars(&self) -> u32 {
        self.end.char
    }

    /// Converts an offset from one unit to another; `None` past the end of `text` and within a
    /// character.
    #[must_use]
    pub fn convert(
        &self,
        text: &str,
        offset: u32,
        from: OffsetUnit,
        to: OffsetUnit,
    ) -> Option<u32> {
        if offset > self.end.in_unit(from) {
            return None;
        }
        if self.ascii {
            return Some(offset);
        }
        let before = |place: &Place| place.in_unit(from) <= offset;
        let index = self.milestones.partition_point(before);
        let mut place = *self.milestones.get(index.checked_sub(1)?)?;
        let mut characters = text.get(place.byte as usize..)?.chars();
        while place.in_unit(from) < offset {
            place = place.after(characters.next()?);
        }
        (place.in_unit(from) == offset).then(|| place.in_unit(to))
    }

    /// Byte offset to code points; `None` outside `text` or within a character.
    #[must_use]
    pub fn char_of_byte(&self, text: &str, offset: TextSize) -> Option<u32> {
        if !text.is_char_boundary(usize::from(offset)) {
            return None;
        }
        if self.ascii {
            return Some(offset.into());
        }
        let offset = u32::from(offset);
        let index = self.milestones.partition_point(|m| m.byte <= offset);
        let from = self.milestones.get(index.checked_sub(1)?)?;
        let between = text.get(from.byte as usize..offset as usize)?;
        Some(from.char + u32::try_from(between.chars().count()).ok()?)
    }

    /// Code points to byte offset; `None` past the end of `text`.
    #[must_use]
    pub fn byte_of_char(&self, text: &str, char: u32) -> Option<TextSize> {
        if char > self.end.char {
            return None;
        }
        if self.ascii {
            return Some(TextSize::new(char));
        }
        let index = self.milestones.partition_point(|m| m.char <= char);
        let from = self.milestones.get(index.checked_sub(1)?)?;
        let rest = text.get(from.byte as usize..)?;
        let skip = (char - from.char) as usize;
        let within = chars::to_byte_idx(rest, skip);
        Some(TextSize::new(from.byte) + TextSize::try_from(within).ok()?)
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    proptest! {
        /// Every character boundary converts to code points and back.
        #[test]
        fn offsets_convert_both_ways(text in "(?s).{0,1200}|[a-z ]{0,1500}|[é😀a]{0,900}") {
            let map = OffsetMap::new(&text);
            for (n, (byte, _)) in text.char_indices().chain([(text.len(), ' ')]).enumerate() {
                let (byte, n) = (TextSize::try_from(byte).unwrap(), u32::try_from(n).unwrap());
                prop_assert_eq!(map.char_of_byte(&text, byte), Some(n));
                prop_assert_eq!(map.byte_of_char(&text, n), Some(byte));
            }
            prop_assert_eq!(map.byte_of_char(&text, map.chars() + 1), None);
        }

        /// Every unit converts to every other one, and nothing is within a character.
        #[test]
        fn units_convert(text in "(?s).{0,700}|[é😀a]{0,500}") {
            let map = OffsetMap::new(&text);
            let mut place = Place::default();
            let mut places = vec![place];
            for c in text.chars() {
                place = place.after(c);
                places.push(place);
            }
            let units = [OffsetUnit::CodePoints, OffsetUnit::Utf16, OffsetUnit::Bytes];
            for from in units {
                for offset in 0..=place.in_unit(from) + 1 {
                    let expected = places.iter().find(|place| place.in_unit(from) == offset);
                    for to in units {
                        let found = map.convert(&text, offset, from, to);
                        prop_assert_eq!(found, expected.map(|place| place.in_unit(to)));
                    }
                }
            }
            prop_assert_eq!(place.utf16 as usize, text.encode_utf16().count());
        }

        /// An offset within a character has no place in code points.
        #[test]
        fn offsets_within_a_character_are_refused(text in "[é😀a]{1,700}") {
            let map = OffsetMap::new(&text);
            for byte in 0..=text.len() {
                let offset = TextSize::try_from(byte).unwrap();
                prop_assert_eq!(map.char_of_byte(&text, offset).is_some(), text.is_char_boundary(byte));
            }
        }
    }
}
