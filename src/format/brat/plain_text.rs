//! brat ends a line at more characters than the line feed; in its copy of the text each of them is a
//! blank, so that offsets hold.

use std::borrow::Cow;
use std::collections::BTreeMap;

use crate::format::whitespace::is_whitespace;

/// Which characters stood where blanks are now: code points by character.
pub(super) type Kept = BTreeMap<char, Vec<u32>>;

fn ends_line(c: char) -> bool {
    matches!(
        c,
        '\u{b}' | '\u{c}' | '\r' | '\u{1c}'..='\u{1e}' | '\u{85}' | '\u{2028}' | '\u{2029}'
    )
}

/// The text as brat can take it, and what it said instead of some blanks.
pub(super) fn plain(text: &str) -> (Cow<'_, str>, Kept) {
    let mut kept = Kept::new();
    if !text.contains(ends_line) {
        return (Cow::Borrowed(text), kept);
    }
    let mut plain = String::with_capacity(text.len());
    for (n, c) in text.chars().enumerate() {
        if ends_line(c) {
            kept.entry(c).or_default().extend(u32::try_from(n));
            plain.push(' ');
        } else {
            plain.push(c);
        }
    }
    (Cow::Owned(plain), kept)
}

/// The text as it was; `None` where something else than a blank stands there now.
pub(super) fn restored(plain: &str, kept: &Kept) -> Option<String> {
    let mut at: BTreeMap<u32, char> = BTreeMap::new();
    for (&c, places) in kept {
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
pub(super) fn cut(text: &[char], [start, end]: [u32; 2]) -> Vec<[u32; 2]> {
    let index = |at: u32| usize::try_from(at).unwrap_or(usize::MAX);
    let words = text.get(index(start)..index(end)).unwrap_or_default();
    let mut parts = Vec::new();
    let mut at = start;
    for line in words.split(|&c| c == '\n') {
        let length = |count: usize| u32::try_from(count).unwrap_or(0);
        let lead = line.iter().take_while(|c| is_whitespace(**c)).count();
        let tail = line.iter().rev().take_while(|c| is_whitespace(**c)).count();
        if lead < line.len() {
            let from = at.saturating_add(length(lead));
            let to = at.saturating_add(length(line.len().saturating_sub(tail)));
            parts.push([from, to]);
        }
        at = at.saturating_add(length(line.len())).saturating_add(1);
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
            let (plain, kept) = plain(&text);
            prop_assert_eq!(plain.chars().count(), text.chars().count());
            prop_assert!(!plain.contains(ends_line));
            prop_assert_eq!(restored(&plain, &kept), Some(text.clone()));
        }
    }

    #[test]
    fn a_text_that_was_edited_is_left_alone() {
        let (_, kept) = plain("a\rb");
        assert_eq!(restored("ab c", &kept), None);
        assert_eq!(restored("a", &kept), None);
    }

    #[test]
    fn lines_are_parts() {
        let text: Vec<char> = "ab \r\n cd\n\n".chars().collect();
        assert_eq!(cut(&text, [0, 10]), [[0, 2], [6, 8]]);
        assert_eq!(cut(&text, [8, 10]), Vec::<[u32; 2]>::new());
    }
}
