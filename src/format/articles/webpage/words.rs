use std::ops::Add;

/// How many words a block has, and how many of them are in links.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub(super) struct Words {
    pub(super) all: u32,
    pub(super) linked: u32,
}

impl Add for Words {
    type Output = Self;

    fn add(self, other: Self) -> Self {
        Self {
            all: self.all.saturating_add(other.all),
            linked: self.linked.saturating_add(other.linked),
        }
    }
}

/// How many words a text has. Where no blanks separate them, two characters count as one.
pub(super) fn count_words(text: &str) -> u32 {
    let (mut words, mut close, mut within) = (0_u32, 0_u32, false);
    for c in text.chars() {
        if is_close(c) {
            close += 1;
            within = false;
        } else if c.is_alphanumeric() {
            words += u32::from(!within);
            within = true;
        } else if c.is_whitespace() {
            within = false;
        }
    }
    words + close.div_ceil(2)
}

/// Chinese, Japanese and Thai letters.
fn is_close(c: char) -> bool {
    matches!(u32::from(c), 0x3040..=0x30ff | 0x3400..=0x9fff | 0xf900..=0xfaff | 0x0e00..=0x0e7f | 0x20000..=0x3ffff)
}

/// The first words of a text for comparing, as far as a headline or a standfirst goes.
pub(super) fn compared_beginning(text: &str) -> Vec<String> {
    const LONGEST: usize = 1_500;
    compared(
        text.get(..text.floor_char_boundary(LONGEST.min(text.len())))
            .unwrap_or(text),
    )
}

/// [`compared()`] as one text, with a blank before and behind each.
pub(super) fn compared_text(text: &str) -> String {
    let mut words = String::with_capacity(text.len() + 2);
    words.push(' ');
    for word in text.split(|c: char| !c.is_alphanumeric()) {
        if word.chars().next().is_some_and(is_close) {
            word.chars().for_each(|c| words.extend([c, ' ']));
        } else if !word.is_empty() {
            words.push_str(&word.to_lowercase());
            words.push(' ');
        }
    }
    words
}

/// The words of a text for comparing: letters and figures only, in lower case.
pub(super) fn compared(text: &str) -> Vec<String> {
    let mut words = Vec::new();
    for word in text.split(|c: char| !c.is_alphanumeric()) {
        if word.chars().next().is_some_and(is_close) {
            words.extend(word.chars().map(String::from));
        } else if !word.is_empty() {
            words.push(word.to_lowercase());
        }
    }
    words
}
