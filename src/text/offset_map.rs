use super::TextSize;

/// Bytes between two milestones. Smaller is faster and larger; 512 costs 1.6 % of the text.
const STEP: u32 = 512;

/// Converts byte offsets to code points and back, by milestones every 512 bytes or so: O(log n)
/// and a short scan. The text itself is kept by the caller.
#[derive(Debug, Clone)]
pub struct OffsetMap {
    milestones: Vec<Milestone>,
    chars: u32,
    ascii: bool,
}

#[derive(Debug, Clone, Copy)]
struct Milestone {
    byte: u32,
    char: u32,
}

impl OffsetMap {
    /// Counts `text` in one pass.
    #[must_use]
    pub fn new(text: &str) -> Self {
        let mut milestones = vec![Milestone { byte: 0, char: 0 }];
        let (mut byte, mut char, mut next) = (0_u32, 0_u32, STEP);
        let ascii = text.is_ascii();
        if ascii {
            char = u32::from(TextSize::of(text));
        } else {
            for c in text.chars() {
                if byte >= next {
                    milestones.push(Milestone { byte, char });
                    next = byte + STEP;
                }
                byte += u32::from(TextSize::of(c));
                char += 1;
            }
        }
        Self {
            milestones,
            chars: char,
            ascii,
        }
    }

    /// Length of the text in code points.
    #[must_use]
    pub fn chars(&self) -> u32 {
        self.chars
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
    pub fn byte_of_char(&self, text: &str, chars: u32) -> Option<TextSize> {
        if chars > self.chars {
            return None;
        }
        if self.ascii {
            return Some(TextSize::new(chars));
        }
        let index = self.milestones.partition_point(|m| m.char <= chars);
        let from = self.milestones.get(index.checked_sub(1)?)?;
        let rest = text.get(from.byte as usize..)?;
        let skip = (chars - from.char) as usize;
        let within = rest
            .char_indices()
            .nth(skip)
            .map_or(rest.len(), |(byte, _)| byte);
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
