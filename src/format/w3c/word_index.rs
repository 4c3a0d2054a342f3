//! All places of many words in a text, found in few passes.

use std::collections::BTreeMap;

use aho_corasick::{AhoCorasick, MatchKind};

use crate::format::counting::normal_form::{decomposed, whole_characters};

/// Words are looked for by so many bytes of their beginning, which bounds the automaton.
const BEGINNING: usize = 48;

/// So many are looked for in one pass: to build an automaton of all can take time that grows with their square.
const AT_ONCE: usize = 4_096;

/// Where words are, in bytes.
#[derive(Debug, Default)]
pub(super) struct WordIndex {
    places: BTreeMap<String, Vec<(usize, usize)>>,
}

impl WordIndex {
    /// Looks for all words; those that are not there as they are written, with other white space and in
    /// another normal form.
    pub(super) fn new(text: &str, mut words: Vec<&str>) -> Self {
        words.sort_unstable();
        words.dedup();
        words.retain(|words| !words.is_empty());
        let mut places: BTreeMap<String, Vec<(usize, usize)>> = BTreeMap::new();
        for (word, start) in occurrences(text, &words) {
            let place = (start, start + word.len());
            places.entry(word.to_owned()).or_default().push(place);
        }
        words.retain(|words| !places.contains_key(*words));
        if !words.is_empty() {
            let spaced = Spaced::new(text);
            let plain: Vec<String> = words.iter().map(|words| Spaced::new(words).text).collect();
            let mut by_plain: BTreeMap<&str, Vec<&str>> = BTreeMap::new();
            for (plain, words) in plain.iter().zip(&words) {
                by_plain.entry(plain.trim()).or_default().push(words);
            }
            let sought: Vec<&str> = by_plain.keys().copied().filter(|w| !w.is_empty()).collect();
            for (word, start) in occurrences(&spaced.text, &sought) {
                let Some(place) = spaced.place(start, start + word.len()) else {
                    continue;
                };
                for words in by_plain.get(word).into_iter().flatten() {
                    places.entry((*words).to_owned()).or_default().push(place);
                }
            }
        }
        Self { places }
    }

    /// Adds places of words that were found in another way.
    pub(super) fn add(&mut self, words: &str, found: Vec<(usize, usize)>) {
        if !found.is_empty() {
            self.places.insert(words.to_owned(), found);
        }
    }

    /// The starts and ends of words, in order.
    pub(super) fn places(&self, words: &str) -> &[(usize, usize)] {
        self.places.get(words).map_or(&[], Vec::as_slice)
    }
}

/// Each word with the byte it begins at, also within others.
fn occurrences<'w>(text: &str, words: &[&'w str]) -> Vec<(&'w str, usize)> {
    let mut by_beginning: BTreeMap<&str, Vec<&'w str>> = BTreeMap::new();
    for words in words {
        let mut end = words.len().min(BEGINNING);
        while !words.is_char_boundary(end) {
            end -= 1;
        }
        let beginning = words.get(..end).unwrap_or(words);
        by_beginning.entry(beginning).or_default().push(words);
    }
    let beginnings: Vec<&str> = by_beginning.keys().copied().collect();
    let mut found = Vec::new();
    let mut take = |beginning: &str, start: usize| {
        let rest = text.get(start..).unwrap_or_default();
        let fitting = by_beginning.get(beginning).into_iter().flatten();
        found.extend(
            fitting
                .filter(|words| rest.starts_with(**words))
                .map(|words| (*words, start)),
        );
    };
    for beginnings in beginnings.chunks(AT_ONCE) {
        let automaton = AhoCorasick::builder()
            .match_kind(MatchKind::Standard)
            .build(beginnings);
        match automaton {
            Ok(automaton) => {
                for hit in automaton.find_overlapping_iter(text) {
                    if let Some(beginning) = beginnings.get(hit.pattern().as_usize()) {
                        take(beginning, hit.start());
                    }
                }
            }
            // Too long for one automaton.
            Err(_) => {
                for beginning in beginnings {
                    for (start, _) in text.match_indices(beginning) {
                        take(beginning, start);
                    }
                }
            }
        }
    }
    found
}

/// A text in canonical decomposition, in which all white space is one blank.
struct Spaced {
    text: String,
    /// Where in the text before the character is that each byte comes from: its start and end.
    places: Vec<(usize, usize)>,
}

impl Spaced {
    fn new(from: &str) -> Self {
        let mut characters = Vec::new();
        let mut blank = false;
        for (at, c) in from.char_indices() {
            if c.is_whitespace() {
                blank = true;
                continue;
            }
            if blank && !characters.is_empty() {
                characters.push(((at, at), ' '));
            }
            blank = false;
            characters.push(((at, at + c.len_utf8()), c));
        }
        let (mut text, mut places) = (String::with_capacity(from.len()), Vec::new());
        for (place, c) in decomposed(characters.into_iter()) {
            text.push(c);
            places.extend(std::iter::repeat_n(place, c.len_utf8()));
        }
        Self { text, places }
    }

    /// Start and end in the text before; `None` within a character.
    fn place(&self, start: usize, end: usize) -> Option<(usize, usize)> {
        let (first, last) = whole_characters(&self.text, &self.places, start..end)?;
        Some((first.0, last.1))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn places(text: &str, words: &[&str]) -> Vec<Vec<(usize, usize)>> {
        let index = WordIndex::new(text, words.to_vec());
        words
            .iter()
            .map(|words| index.places(words).to_vec())
            .collect()
    }

    #[test]
    fn words_are_found_within_each_other_and_whatever_their_white_space() {
        let found = places("a b\n c, a", &["a", "b c", "a b", "x", ""]);
        assert_eq!(
            found,
            [
                vec![(0, 1), (8, 9)],
                vec![(2, 6)],
                vec![(0, 3)],
                vec![],
                vec![]
            ]
        );
    }

    #[test]
    fn words_are_found_in_another_normal_form() {
        let text = "Rene\u{301}  said cafe\u{301}.";
        let found = places(text, &["René said", "café", "Caf"]);
        assert_eq!(found, [vec![(0, 12)], vec![(13, 19)], vec![]]);
        assert_eq!(
            places("René said", &["Rene", "René"]),
            [vec![], vec![(0, 5)]]
        );
    }

    #[test]
    fn words_that_begin_alike_are_told_apart() {
        let long = "x".repeat(60);
        let other = format!("{}y", "x".repeat(59));
        let text = format!("{long} {other}");
        assert_eq!(
            places(&text, &[&long, &other]),
            [vec![(0, 60)], vec![(61, 121)]]
        );
    }
}
