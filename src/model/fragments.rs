use thin_vec::ThinVec;

use crate::text::{SourceText, TextRange, TextSize, overlap};

/// The ranges of an annotation: one or more ranges of the text in bytes, end-exclusive, non-empty,
/// in order, disjoint and not touching one another's inside. A split quote has several.
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
// Invariant: never empty; each range non-empty; each ends at or before the next one's start.
pub struct Fragments(Ranges);

/// Nearly every tag has one range, which needs no list.
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
enum Ranges {
    One(TextRange),
    // One pointer: there are very many tags.
    Several(ThinVec<TextRange>),
}

/// Why ranges cannot be the fragments of an annotation.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
pub enum InvalidFragments {
    /// There is no range at all.
    #[error("a tag needs at least one range of text")]
    None,
    /// A range covers nothing.
    #[error("a part of a tag cannot be empty (at byte {})", u32::from(.0.start()))]
    Empty(TextRange),
    /// Two ranges overlap or are in the wrong order.
    #[error("the parts of a tag overlap or are out of order (at byte {})", u32::from(.0.start()))]
    OutOfOrder(TextRange),
}

impl Fragments {
    /// What is between the texts of fragments where people read them.
    pub const GAP: &str = " … ";

    /// Checks `ranges` as they are.
    ///
    /// # Errors
    /// [`InvalidFragments`] where the invariant does not hold.
    pub fn new(ranges: Vec<TextRange>) -> Result<Self, InvalidFragments> {
        if ranges.is_empty() {
            return Err(InvalidFragments::None);
        }
        let mut end = TextSize::new(0);
        for &range in &ranges {
            if range.is_empty() {
                return Err(InvalidFragments::Empty(range));
            }
            if range.start() < end {
                return Err(InvalidFragments::OutOfOrder(range));
            }
            end = range.end();
        }
        Ok(Self(match ranges[..] {
            [one] => Ranges::One(one),
            _ => Ranges::Several(ranges.into_iter().collect()),
        }))
    }

    /// Sorts `ranges`, joins those that overlap or touch and drops empty ones.
    ///
    /// # Errors
    /// [`InvalidFragments::None`] when nothing is left.
    pub fn normalized(mut ranges: Vec<TextRange>) -> Result<Self, InvalidFragments> {
        ranges.retain(|range| !range.is_empty());
        ranges.sort_by_key(|range| (range.start(), range.end()));
        let mut joined: Vec<TextRange> = Vec::with_capacity(ranges.len());
        for range in ranges {
            match joined.last_mut() {
                Some(last) if range.start() <= last.end() => *last = last.cover(range),
                _ => joined.push(range),
            }
        }
        Self::new(joined)
    }

    /// The ranges, in order; never empty.
    #[must_use]
    pub fn as_slice(&self) -> &[TextRange] {
        match &self.0 {
            Ranges::One(range) => std::slice::from_ref(range),
            Ranges::Several(ranges) => ranges,
        }
    }

    /// The ranges, in order.
    pub fn iter(&self) -> impl DoubleEndedIterator<Item = TextRange> + ExactSizeIterator + '_ {
        self.as_slice().iter().copied()
    }

    /// How many there are; at least 1.
    #[must_use]
    #[allow(clippy::len_without_is_empty, reason = "never empty")]
    pub fn len(&self) -> usize {
        self.as_slice().len()
    }

    /// From the first start to the last end.
    #[must_use]
    pub fn hull(&self) -> TextRange {
        TextRange::new(self.start(), self.end())
    }

    /// Where the first fragment starts.
    #[must_use]
    pub fn start(&self) -> TextSize {
        self.as_slice()
            .first()
            .map_or(TextSize::new(0), |range| range.start())
    }

    /// Where the last fragment ends.
    #[must_use]
    pub fn end(&self) -> TextSize {
        self.as_slice()
            .last()
            .map_or(TextSize::new(0), |range| range.end())
    }

    /// The text each fragment covers.
    pub fn texts<'a>(&'a self, source: &'a SourceText) -> impl Iterator<Item = &'a str> {
        self.iter().map(|range| source.slice(range))
    }

    /// All the text they cover, joined by [`Self::GAP`].
    #[must_use]
    pub fn text(&self, source: &SourceText) -> String {
        self.texts(source).collect::<Vec<_>>().join(Self::GAP)
    }

    /// The first `limit` characters of [`Self::text`], without reading more, and whether there is
    /// more.
    #[must_use]
    pub fn excerpt(&self, source: &SourceText, limit: usize) -> (String, bool) {
        let gaps = std::iter::once("").chain(std::iter::repeat(Self::GAP));
        let parts = gaps.zip(self.texts(source));
        let mut characters = parts.flat_map(|(gap, text)| gap.chars().chain(text.chars()));
        let start = characters.by_ref().take(limit).collect();
        (start, characters.next().is_some())
    }

    /// The last `limit` characters of [`Self::text`], without reading more.
    #[must_use]
    pub fn end_excerpt(&self, source: &SourceText, limit: usize) -> String {
        let gaps = std::iter::once("").chain(std::iter::repeat(Self::GAP));
        let last_first = self.as_slice().iter().rev();
        let parts = gaps.zip(last_first.map(|range| source.slice(*range)));
        let characters = parts.flat_map(|(gap, text)| gap.chars().rev().chain(text.chars().rev()));
        let end: Vec<char> = characters.take(limit).collect();
        end.into_iter().rev().collect()
    }

    /// Whether a fragment holds the byte at `offset`, or ends there.
    #[must_use]
    pub fn touches(&self, offset: TextSize) -> bool {
        self.iter().any(|range| range.contains_inclusive(offset))
    }

    /// Whether a fragment shares at least one byte with `range`.
    #[must_use]
    pub fn overlaps(&self, range: TextRange) -> bool {
        self.iter().any(|own| overlap(own, range))
    }
}

impl TryFrom<TextRange> for Fragments {
    type Error = InvalidFragments;

    fn try_from(range: TextRange) -> Result<Self, Self::Error> {
        Self::new(vec![range])
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    proptest! {
        #[test]
        fn excerpts_are_the_ends_of_the_text(
            words in "[a-zü“ \n]{12,40}",
            limit in 0_usize..50,
        ) {
            let source = SourceText::new(words, "UTF-8").unwrap();
            let all: Vec<u32> = source.as_str().char_indices().map(|(at, _)| u32::try_from(at).unwrap()).collect();
            let range = |a: usize, b: usize| TextRange::new(all[a].into(), all[b].into());
            let fragments = Fragments::new(vec![range(0, 4), range(6, 9), range(10, 11)]).unwrap();
            let text: Vec<char> = fragments.text(&source).chars().collect();
            let first: String = text.iter().take(limit).collect();
            let last: String = text.iter().skip(text.len().saturating_sub(limit)).collect();
            prop_assert_eq!(fragments.excerpt(&source, limit), (first, text.len() > limit));
            prop_assert_eq!(fragments.end_excerpt(&source, limit), last);
        }
    }

    #[test]
    fn texts_are_joined_by_an_ellipsis() {
        let source = SourceText::new("“Yes,” he said. “No.”", "UTF-8").unwrap();
        let range = |start: u32, len: u32| TextRange::at(start.into(), len.into());
        let fragments = Fragments::new(vec![range(3, 4), range(23, 3)]).unwrap();
        assert_eq!(fragments.text(&source), "Yes, … No.");
        let excerpt = |limit| fragments.excerpt(&source, limit);
        assert_eq!(excerpt(2), ("Ye".to_owned(), true));
        assert_eq!(excerpt(6), ("Yes, …".to_owned(), true));
        assert_eq!(excerpt(99), (fragments.text(&source), false));
    }

    proptest! {
        #[test]
        fn normalized_ranges_keep_the_invariant(pairs in prop::collection::vec((0_u32..50, 0_u32..9), 0..9)) {
            let ranges: Vec<_> = pairs.iter().map(|&(s, l)| TextRange::at(s.into(), l.into())).collect();
            match Fragments::normalized(ranges.clone()) {
                Ok(fragments) => {
                    prop_assert!(Fragments::new(fragments.as_slice().to_vec()).is_ok());
                    for byte in 0..60 {
                        let within = |r: &TextRange| r.contains(byte.into());
                        prop_assert_eq!(ranges.iter().any(within), fragments.as_slice().iter().any(within));
                    }
                }
                Err(_) => prop_assert!(ranges.iter().all(|r| r.is_empty())),
            }
        }
    }
}
