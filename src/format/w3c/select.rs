//! Where a selector points: at its offsets, if its words are there; else where its words are.

use crate::text::{CodePointIndex, OffsetUnit};

/// The position of a target.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub(super) struct Selector {
    /// Offsets, in the unit of the file.
    pub(super) at: Option<(u32, u32)>,
    /// The words, where they are given.
    pub(super) exact: Option<String>,
    pub(super) prefix: String,
    pub(super) suffix: String,
}

/// Finds places in a text.
pub(super) struct Finder<'a> {
    text: CodePointIndex<'a>,
    /// What the offsets count.
    unit: OffsetUnit,
}

impl<'a> Finder<'a> {
    /// Finds the unit of offsets, if unknown, from the text of all selectors and the text around.
    pub(super) fn new<'s>(
        text: &'a str,
        known: Option<OffsetUnit>,
        selectors: impl Iterator<Item = &'s Selector> + Clone,
    ) -> Self {
        let mut finder = Self {
            text: CodePointIndex::new(text),
            unit: known.unwrap_or(OffsetUnit::CodePoints),
        };
        if known.is_some() || text.is_ascii() {
            return finder;
        }
        let mut best = (0, OffsetUnit::CodePoints);
        for unit in [OffsetUnit::CodePoints, OffsetUnit::Utf16, OffsetUnit::Bytes] {
            finder.unit = unit;
            let right = selectors.clone().filter(|s| finder.is_right(s)).count();
            if right > best.0 {
                best = (right, unit);
            }
        }
        finder.unit = best.1;
        finder
    }

    /// Whether words and surroundings are where the offsets say.
    fn is_right(&self, selector: &Selector) -> bool {
        let (Some([start, end]), Some(exact)) = (self.at(selector), &selector.exact) else {
            return false;
        };
        self.text.slice(start, end) == Some(exact)
            && self.text.slice_before(start, count(&selector.prefix)) == selector.prefix
            && self.text.slice_after(end, count(&selector.suffix)) == selector.suffix
    }

    fn at(&self, selector: &Selector) -> Option<[u32; 2]> {
        let (start, end) = selector.at?;
        // Offsets past the end still show which of several places is meant.
        if self.unit == OffsetUnit::CodePoints {
            return Some([start, end]);
        }
        let code_point = |offset| self.text.from_unit(offset, self.unit);
        Some([code_point(start)?, code_point(end)?])
    }

    /// The place in code points, or why there is none.
    pub(super) fn find(&self, selector: &Selector) -> Result<[u32; 2], String> {
        let at = self.at(selector);
        let words = at.and_then(|[start, end]| self.text.slice(start, end));
        match (at, words, &selector.exact) {
            (Some(at), Some(words), Some(exact)) if words == exact => Ok(at),
            (Some(at), Some(words), None) if !words.is_empty() => Ok(at),
            (_, _, Some(exact)) if !exact.is_empty() => self.find_by_quote(selector, exact, at),
            _ => Err("it has no position in the text".to_owned()),
        }
    }

    fn find_by_quote(
        &self,
        selector: &Selector,
        exact: &str,
        near: Option<[u32; 2]>,
    ) -> Result<[u32; 2], String> {
        let shown = || exact.chars().take(40).collect::<String>();
        let places: Vec<[u32; 2]> = self
            .text
            .text()
            .match_indices(exact)
            .filter_map(|(byte, words)| {
                let code_point = |byte: usize| {
                    let byte = u32::try_from(byte).ok()?;
                    self.text.from_unit(byte, OffsetUnit::Bytes)
                };
                Some([code_point(byte)?, code_point(byte + words.len())?])
            })
            .collect();
        if places.is_empty() {
            return Err(format!("`{}` is not in the text", shown()));
        }
        let fits = |&[start, end]: &[u32; 2]| {
            let before = count(&selector.prefix);
            let after = count(&selector.suffix);
            usize::from(self.text.slice_before(start, before) == selector.prefix)
                + usize::from(self.text.slice_after(end, after) == selector.suffix)
        };
        let best = places.iter().map(fits).max().unwrap_or(0);
        let mut best: Vec<[u32; 2]> = places.into_iter().filter(|at| fits(at) == best).collect();
        if let Some([near, _]) = near {
            best.sort_by_key(|[start, _]| start.abs_diff(near));
        }
        match best[..] {
            [only] => Ok(only),
            [first, ..] if near.is_some() => Ok(first),
            _ => Err(format!("`{}` is in the text several times", shown())),
        }
    }
}

fn count(words: &str) -> u32 {
    u32::try_from(words.chars().count()).unwrap_or(u32::MAX)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn selector(at: Option<(u32, u32)>, exact: &str, prefix: &str) -> Selector {
        Selector {
            at,
            exact: Some(exact.to_owned()),
            prefix: prefix.to_owned(),
            suffix: String::new(),
        }
    }

    #[test]
    fn words_decide_where_offsets_are_off() {
        let text = "he said yes, she said no";
        let find = |selector: &Selector| Finder::new(text, None, std::iter::empty()).find(selector);
        assert_eq!(find(&selector(Some((3, 7)), "said", "")), Ok([3, 7]));
        assert_eq!(find(&selector(Some((16, 20)), "said", "")), Ok([17, 21]));
        assert_eq!(find(&selector(None, "said", "she ")), Ok([17, 21]));
        assert!(find(&selector(None, "said", "")).is_err());
        assert!(find(&selector(Some((3, 7)), "sang", "")).is_err());
        let places = Selector {
            at: Some((0, 2)),
            ..Selector::default()
        };
        assert_eq!(find(&places), Ok([0, 2]));
    }

    #[test]
    fn the_unit_is_told_by_the_words() {
        let text = "😀 é said";
        for (start, end) in [(4, 8), (5, 9), (8, 12)] {
            let selector = selector(Some((start, end)), "said", "");
            let finder = Finder::new(text, None, std::iter::once(&selector));
            assert_eq!(finder.find(&selector), Ok([4, 8]));
        }
    }
}
