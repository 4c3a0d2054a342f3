/// Cuts a text by code points.
pub(super) struct Slices<'a> {
    text: &'a str,
    /// Where each code point starts in bytes, and where the last one ends; empty for ASCII.
    starts: Vec<usize>,
}

impl<'a> Slices<'a> {
    pub(super) fn of(text: &'a str) -> Self {
        let starts = if text.is_ascii() {
            Vec::new()
        } else {
            let starts = text.char_indices().map(|(at, _)| at);
            starts.chain([text.len()]).collect()
        };
        Self { text, starts }
    }

    /// The words from `start` to `end`, exclusive; `None` where that lies outside.
    pub(super) fn get(&self, start: u32, end: u32) -> Option<&'a str> {
        self.text.get(self.byte(start)?..self.byte(end)?)
    }

    /// The words before `at`, at most `count` code points.
    pub(super) fn before(&self, at: u32, count: u32) -> &'a str {
        self.get(at.saturating_sub(count), at).unwrap_or_default()
    }

    /// The words from `at` on, at most `count` code points.
    pub(super) fn after(&self, at: u32, count: u32) -> &'a str {
        let end = at.saturating_add(count).min(self.chars());
        self.get(at, end).unwrap_or_default()
    }

    /// The length of the text in code points.
    pub(super) fn chars(&self) -> u32 {
        let chars = match self.starts.len() {
            0 => self.text.len(),
            n => n - 1,
        };
        u32::try_from(chars).unwrap_or(u32::MAX)
    }

    /// The code point that starts at a byte.
    pub(super) fn char_at(&self, byte: usize) -> Option<u32> {
        let at = if self.starts.is_empty() {
            (byte <= self.text.len()).then_some(byte)
        } else {
            self.starts.binary_search(&byte).ok()
        };
        u32::try_from(at?).ok()
    }

    fn byte(&self, at: u32) -> Option<usize> {
        let at = usize::try_from(at).ok()?;
        if self.starts.is_empty() {
            return Some(at);
        }
        self.starts.get(at).copied()
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    proptest! {
        #[test]
        fn words_are_cut_by_characters(text in "(?s).{0,30}", a in 0_u32..40, b in 0_u32..40) {
            let slices = Slices::of(&text);
            let characters: Vec<char> = text.chars().collect();
            let expected = characters.get(a as usize..b as usize).map(|c| c.iter().collect::<String>());
            prop_assert_eq!(slices.get(a, b), expected.as_deref());
            for (n, (byte, _)) in text.char_indices().enumerate() {
                prop_assert_eq!(slices.char_at(byte), u32::try_from(n).ok());
            }
            prop_assert_eq!(slices.chars() as usize, characters.len());
        }
    }
}
