//! brat ends a line at more characters than the line feed; in its copy of the text each of them is
//! a blank, so that offsets stay right.

use std::borrow::Cow;
use std::collections::BTreeMap;

use crate::text::CodePointIndex;
use crate::text::is_python_whitespace;

/// Which characters were where blanks are now: code points by character.
pub(super) type ReplacedChars = BTreeMap<char, Vec<u32>>;

fn ends_line(c: char) -> bool {
    matches!(
        c,
        '\u{b}' | '\u{c}' | '\r' | '\u{1c}'..='\u{1e}' | '\u{85}' | '\u{2028}' | '\u{2029}'
    )
}

/// The text as brat can take it, and what it said instead of some blanks.
pub(super) fn replace_line_ends(text: &str) -> (Cow<'_, str>, ReplacedChars) {
    let mut replaced = ReplacedChars::new();
    if !text.contains(ends_line) {
        return (Cow::Borrowed(text), replaced);
    }
    let mut plain = String::with_capacity(text.len());
    for (n, c) in text.chars().enumerate() {
        if ends_line(c) {
            replaced.entry(c).or_default().extend(u32::try_from(n));
            plain.push(' ');
        } else {
            plain.push(c);
        }
    }
    (Cow::Owned(plain), replaced)
}

/// The text as it was; `None` where something else than a blank is there now.
pub(super) fn restore(plain: &str, replaced: &ReplacedChars) -> Option<String> {
    let mut at: BTreeMap<u32, char> = BTreeMap::new();
    for (&c, places) in replaced {
        at.extend(places.iter().map(|&place| (place, c)));
    }
    let mut text = String::with_capacity(plain.len());
    for (n, c) in plain.chars().enumerate() {
        match at.remove(&u32::try_from(n).ok()?) {
            Some(was) if c == ' ' && ends_line(was) => text.push(was),
            Some(_) => return None,
            None => text.push(c),
        }
    }
    at.is_empty().then_some(text)
}

/// The parts of a stretch (code points) that brat can tag: each line of it, without the blanks around.
pub(super) fn taggable_parts(text: &CodePointIndex<'_>, [start, end]: [u32; 2]) -> Vec<[u32; 2]> {
    let words = text.slice(start, end).unwrap_or_default();
    let mut parts = Vec::new();
    let mut at = start;
    for line in words.split('\n') {
        let length = |part: &str| u32::try_from(part.chars().count()).unwrap_or(0);
        let core = line.trim_start_matches(is_python_whitespace);
        let from = at.saturating_add(length(line)).saturating_sub(length(core));
        at = at.saturating_add(length(line)).saturating_add(1);
        let core = core.trim_end_matches(is_python_whitespace);
        if !core.is_empty() {
            parts.push([from, from.saturating_add(length(core))]);
        }
    }
    parts
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    proptest! {
        #[test]
        fn the_text_comes_back(text in "(?s).{0,20}|[a\r\n\u{85}\u{2028} ]{0,30}") {
            let (plain, replaced) = replace_line_ends(&text);
            prop_assert_eq!(plain.chars().count(), text.chars().count());
            prop_assert!(!plain.contains(ends_line));
            prop_assert_eq!(restore(&plain, &replaced), Some(text.clone()));
        }
    }

    #[test]
    fn a_text_that_was_edited_is_left_alone() {
        let (_, replaced) = replace_line_ends("a\rb");
        assert_eq!(restore("ab c", &replaced), None);
        assert_eq!(restore("a", &replaced), None);
    }

    #[test]
    fn lines_are_parts() {
        let text = CodePointIndex::new("ab \r\n cd\n\n");
        assert_eq!(taggable_parts(&text, [0, 10]), [[0, 2], [6, 8]]);
        assert_eq!(taggable_parts(&text, [8, 10]), Vec::<[u32; 2]>::new());
    }
}
