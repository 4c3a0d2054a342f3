//! Where selectors point: at their offsets, if their words are there; else where their words are.

use super::page::{NodeRange, Page};
use super::selector::{
    ELSEWHERE, Found, NO_ELEMENT, NO_PAGE, NO_PLACE, NotFound, OFTEN, OUTSIDE, Selector,
};
use super::unit::find_unit;
use super::word_index::WordIndex;
use crate::format::counting::normal_form::{canonical, is_same};
use crate::format::counting::{Counting, Places, UnitHint};
use crate::text::{CodePointIndex, OffsetUnit};

/// So far off (code points) offsets may be where words are in the text several times.
const NEAR: u32 = 10;

/// Finds places in a text.
pub(super) struct Finder<'a> {
    text: CodePointIndex<'a>,
    places: Places,
    counting: Counting,
    proven: bool,
    /// What is to be said about the unit of the offsets.
    pub(super) remark: Option<String>,
    words: WordIndex,
    page: Option<&'a Page>,
}

impl<'a> Finder<'a> {
    /// Finds the unit of offsets, if nobody says it, from the text of all selectors and the text around;
    /// and all places of words that are not where the offsets say, in one pass over the text.
    pub(super) fn new(
        text: &'a str,
        page: Option<&'a Page>,
        hint: UnitHint,
        selectors: &[&Selector],
    ) -> Self {
        let index = CodePointIndex::new(text);
        let unit = find_unit(&index, hint, selectors);
        let counting = unit.counting;
        let mut finder = Self {
            places: Places::new(text, counting),
            text: index,
            counting,
            proven: unit.proven,
            remark: unit.remark,
            words: WordIndex::default(),
            page,
        };
        let mut sought = Vec::new();
        if let Some(page) = page.filter(|page| page.plain() != text) {
            let ranges = selectors.iter().filter_map(|s| in_page(page, s));
            sought.extend(ranges.filter_map(|(start, end)| page.plain().get(start..end)));
        }
        for selector in selectors.iter().flat_map(|selector| selector.all()) {
            if let Some(exact) = &selector.exact
                && !finder.is_there(selector, exact)
            {
                sought.push(&**exact);
            }
        }
        finder.words = WordIndex::new(text, sought.clone());
        if let Some(page) = page.filter(|page| page.plain() == text) {
            sought.retain(|words| finder.words.places(words).is_empty());
            for (words, places) in page.over_breaks(&sought) {
                finder.words.add(words, places);
            }
        }
        finder
    }

    fn is_there(&self, selector: &Selector, exact: &str) -> bool {
        self.at(selector)
            .and_then(|[start, end]| self.text.slice(start, end))
            .is_some_and(|words| is_same(words, exact))
    }

    fn at(&self, selector: &Selector) -> Option<[u32; 2]> {
        let (start, end) = selector.at?;
        if selector.in_bytes {
            let point = |byte| self.text.from_unit(byte, OffsetUnit::Bytes);
            return Some([point(start)?, point(end)?]);
        }
        Some([self.places.start(start)?, self.places.end(end)?])
    }

    /// The place that several descriptions give, or why there is none.
    pub(super) fn find(&self, selectors: &[Selector]) -> Result<Found, NotFound> {
        let mut wrong = None;
        let words = selectors.iter().find_map(Selector::words);
        for selector in selectors {
            match self.find_one(selector) {
                // Words of another description hold for this one, too.
                Ok(found) if words.is_none_or(|words| self.has(found.at, words)) => {
                    return Ok(found);
                }
                Ok(_) => {
                    let shown = words.unwrap_or_default();
                    wrong.get_or_insert(NotFound::new(ELSEWHERE, shown));
                }
                Err(why) => {
                    wrong.get_or_insert(why);
                }
            }
        }
        Err(wrong.unwrap_or(NotFound::new(NO_PLACE, "")))
    }

    fn has(&self, at: [u32; 2], words: &str) -> bool {
        let found = self.text.slice(at[0], at[1]);
        found.is_some_and(|found| {
            let (found, words) = (canonical(found), canonical(words));
            found == words || found.split_whitespace().eq(words.split_whitespace())
        }) || self.has_over_breaks(at, words)
    }

    fn has_over_breaks(&self, at: [u32; 2], words: &str) -> bool {
        let page = self.page.filter(|page| page.plain() == self.text.text());
        let bytes = at.map(|point| self.text.to_unit(point, OffsetUnit::Bytes));
        let (Some(page), [Some(start), Some(end)]) = (page, bytes) else {
            return false;
        };
        page.reads(start as usize, end as usize, words)
    }

    fn find_one(&self, selector: &Selector) -> Result<Found, NotFound> {
        if self
            .page
            .is_some_and(|page| in_page(page, selector).is_some())
            && only_nodes(selector)
        {
            return self.nodes(selector);
        }
        let plain = self.find_plain(selector);
        let Some(inner) = selector.refined.as_deref() else {
            return plain;
        };
        match plain {
            Ok(outer) => self.find_within(inner, outer),
            // The words within may be found without what they are in.
            Err(_) if inner.words().is_some() => {
                let mut inner = inner.clone();
                inner.at = None;
                self.find_one(&inner)
            }
            Err(why) => Err(why),
        }
    }

    /// Offsets within a stretch count from its start.
    fn find_within(&self, inner: &Selector, outer: Found) -> Result<Found, NotFound> {
        let [from, to] = outer.at;
        let stretch = self.text.slice(from, to).unwrap_or_default();
        let part = Finder {
            page: self.page,
            ..Self::within(stretch, inner, self.counting)
        };
        let found = part.find_plain(inner);
        let found = found.map(|found| Found {
            at: found.at.map(|point| point + from),
            ..found
        });
        let found = match (found, &inner.exact, &inner.at) {
            // Some count from the start of the text all the same.
            (Err(_), None, Some(_)) => {
                let whole = self.find_plain(inner)?;
                let same = whole.at == outer.at;
                same.then_some(whole)
                    .ok_or(NotFound::new(OUTSIDE, stretch))?
            }
            (found, _, _) => found?,
        };
        match inner.refined.as_deref() {
            Some(inner) => self.find_within(inner, found),
            None => Ok(found),
        }
    }

    fn within(stretch: &'a str, inner: &Selector, counting: Counting) -> Self {
        let sought = inner.exact.iter().map(String::as_str).collect();
        Self {
            text: CodePointIndex::new(stretch),
            places: Places::new(stretch, counting),
            counting,
            proven: true,
            remark: None,
            words: WordIndex::new(stretch, sought),
            page: None,
        }
    }

    fn find_plain(&self, selector: &Selector) -> Result<Found, NotFound> {
        let at = self.at(selector);
        let words = at.and_then(|[start, end]| self.text.slice(start, end));
        let there = |at| Found {
            at,
            moved: false,
            doubtful: false,
        };
        match (at, words, &selector.exact) {
            (Some(at), Some(words), Some(exact)) if is_same(words, exact) => Ok(there(at)),
            (Some(at), Some(words), None) if !words.is_empty() => Ok(Found {
                doubtful: !self.proven && !selector.in_bytes && self.units_differ(at),
                ..there(at)
            }),
            (_, _, Some(exact)) if !exact.is_empty() => self.find_by_quote(selector, exact, at),
            _ => {
                if let Some((first, last)) = selector.lines {
                    return self.lines(first, last).map(there);
                }
                if selector.nodes.is_some() {
                    return self.nodes(selector);
                }
                if let Some([start, end]) = selector.between.as_deref() {
                    let at = [self.find_plain(start)?.at[0], self.find_plain(end)?.at[0]];
                    let is_some = at[0] < at[1];
                    return is_some
                        .then(|| there(at))
                        .ok_or(NotFound::new(NO_PLACE, ""));
                }
                Err(match selector.at {
                    Some((start, end)) => NotFound::new(OUTSIDE, &format!("{start} to {end}")),
                    None => NotFound::new(NO_PLACE, ""),
                })
            }
        }
    }

    /// Whether the offsets of a place are others in UTF-16.
    fn units_differ(&self, [_, end]: [u32; 2]) -> bool {
        self.text.to_unit(end, OffsetUnit::Utf16) != Some(end)
    }

    fn lines(&self, first: u32, last: u32) -> Result<[u32; 2], NotFound> {
        let text = self.text.text();
        let starts: Vec<usize> = std::iter::once(0)
            .chain(text.match_indices('\n').map(|(at, _)| at + 1))
            .collect();
        let start = |line: u32| {
            let line = usize::try_from(line).ok()?;
            starts.get(line).copied()
        };
        let end = start(last).map_or(text.len(), |at| at.saturating_sub(1));
        let place = start(first).filter(|start| *start < end);
        let place = place.and_then(|start| Some([self.point(start)?, self.point(end)?]));
        place.ok_or(NotFound::new(OUTSIDE, &format!("lines {first} to {last}")))
    }

    /// The words of the page between two places, in this text.
    fn nodes(&self, selector: &Selector) -> Result<Found, NotFound> {
        let shown = selector.nodes.as_ref().map(NodeRange::to_string);
        let shown = shown.unwrap_or_default();
        let page = self.page.ok_or(NotFound::new(NO_PAGE, &shown))?;
        let (start, end) = in_page(page, selector).ok_or(NotFound::new(NO_ELEMENT, &shown))?;
        let plain = page.plain();
        if plain == self.text.text() {
            return self.found(start, end - start, false);
        }
        let words = plain.get(start..end).unwrap_or_default();
        match self.words.places(words) {
            [(start, end)] => self.found(*start, end - start, false),
            [] => Err(NotFound::new(ELSEWHERE, words)),
            _ => Err(NotFound::new(OFTEN, words)),
        }
    }

    fn point(&self, byte: usize) -> Option<u32> {
        let byte = u32::try_from(byte).ok()?;
        self.text.from_unit(byte, OffsetUnit::Bytes)
    }

    fn found(&self, byte: usize, length: usize, moved: bool) -> Result<Found, NotFound> {
        let at = self.point(byte).zip(self.point(byte + length));
        let (start, end) = at.ok_or(NotFound::new(OUTSIDE, ""))?;
        Ok(Found {
            at: [start, end],
            moved,
            doubtful: false,
        })
    }

    fn find_by_quote(
        &self,
        selector: &Selector,
        exact: &str,
        at: Option<[u32; 2]>,
    ) -> Result<Found, NotFound> {
        let moved = selector.at.is_some();
        let text = self.text.text();
        let places = self.words.places(exact);
        let score = |&(start, end): &(usize, usize)| {
            let before = text.get(..start).unwrap_or_default();
            let after = text.get(end..).unwrap_or_default();
            let (prefix, suffix) = (canonical(&selector.prefix), canonical(&selector.suffix));
            // So much is enough in any normal form and with any white space.
            let before = last(before, 4 * prefix.chars().count() + 64);
            let after = first(after, 4 * suffix.chars().count() + 64);
            let (before, after) = (canonical(before), canonical(after));
            usize::from(alike(before.chars().rev(), prefix.chars().rev()))
                + usize::from(alike(after.chars(), suffix.chars()))
        };
        let mut best = 0;
        let mut found: Vec<(usize, usize)> = Vec::new();
        let alone = selector.prefix.is_empty() && selector.suffix.is_empty();
        if alone && selector.at.is_none() && places.len() > 1 {
            return Err(NotFound::new(OFTEN, exact));
        }
        for place in places {
            let score = score(place);
            if score > best {
                best = score;
                found.clear();
            }
            if score == best {
                found.push(*place);
            }
        }
        let (start, end) = match found[..] {
            [] => return Err(NotFound::new(ELSEWHERE, exact)),
            [only] => only,
            _ => {
                // Offsets past the end still show which of several places is meant.
                let near = at.map(|[start, _]| start).or(selector.at.map(|at| at.0));
                self.nearest(&found, near)
                    .ok_or(NotFound::new(OFTEN, exact))?
            }
        };
        self.found(start, end - start, moved)
    }

    /// The one place that is near.
    fn nearest(&self, places: &[(usize, usize)], near: Option<u32>) -> Option<(usize, usize)> {
        let near = near?.min(self.text.chars());
        let byte = self.text.to_unit(near, OffsetUnit::Bytes)?;
        let byte = usize::try_from(byte).ok()?;
        let after = places.partition_point(|(start, _)| *start < byte);
        let around = places.get(after.saturating_sub(2)..(after + 2).min(places.len()))?;
        let mut around: Vec<(u32, (usize, usize))> = around
            .iter()
            .filter_map(|place| Some((self.point(place.0)?.abs_diff(near), *place)))
            .collect();
        around.sort_unstable();
        match around[..] {
            [(first, place), (second, _), ..] => {
                (first <= NEAR && second - first >= NEAR).then_some(place)
            }
            [(_, place)] => Some(place),
            [] => None,
        }
    }
}

/// Whether a text begins with some words, whatever the white space: pages have other than their texts.
fn alike(text: impl Iterator<Item = char>, words: impl Iterator<Item = char>) -> bool {
    let mut text = text.filter(|c| !c.is_whitespace());
    let mut words = words.filter(|c| !c.is_whitespace());
    words.all(|c| text.next() == Some(c))
}

/// The first characters of a text.
fn first(text: &str, count: usize) -> &str {
    let end = text.char_indices().nth(count).map(|(at, _)| at);
    end.and_then(|end| text.get(..end)).unwrap_or(text)
}

/// The last characters of a text.
fn last(text: &str, count: usize) -> &str {
    let start = text.char_indices().rev().nth(count).map(|(at, _)| at);
    start.and_then(|start| text.get(start..)).unwrap_or(text)
}

/// Whether nothing but places between elements, and offsets within, describe a stretch.
fn only_nodes(selector: &Selector) -> bool {
    let offsets =
        |inner: &Selector| inner.at.is_some() && inner.exact.is_none() && inner.refined.is_none();
    selector.nodes.is_some()
        && selector.at.is_none()
        && selector.exact.is_none()
        && selector.refined.as_deref().is_none_or(offsets)
}

/// Where the elements of a selector are in the plain words of a page, in bytes; what of them offsets
/// within say.
fn in_page(page: &Page, selector: &Selector) -> Option<(usize, usize)> {
    let whole = page.range(selector.nodes.as_ref()?)?;
    let within = selector.refined.as_deref().and_then(|inner| inner.at);
    let Some((start, end)) = within.filter(|_| only_nodes(selector)) else {
        return Some(whole);
    };
    let range = (page.offset_in(whole, start)?, page.offset_in(whole, end)?);
    (range.0 < range.1).then_some(range)
}

/// The parts of a tag in order; those that overlap are one.
pub(super) fn joined(mut parts: Vec<[u32; 2]>) -> Vec<[u32; 2]> {
    parts.sort_unstable();
    let mut joined: Vec<[u32; 2]> = Vec::with_capacity(parts.len());
    for part in parts {
        match joined.last_mut() {
            Some(last) if part[0] < last[1] => last[1] = last[1].max(part[1]),
            _ => joined.push(part),
        }
    }
    joined
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::format::counting::CountedUnit;

    const USUAL: UnitHint = UnitHint::Usual(CountedUnit::CodePoints);

    fn selector(at: Option<(u32, u32)>, exact: &str, prefix: &str) -> Selector {
        Selector {
            at,
            exact: Some(exact.to_owned()),
            prefix: prefix.to_owned(),
            ..Selector::default()
        }
    }

    fn find(text: &str, selector: &Selector) -> Result<[u32; 2], NotFound> {
        let one = std::slice::from_ref(selector);
        let finder = Finder::new(text, None, USUAL, &[selector]);
        finder.find(one).map(|found| found.at)
    }

    #[test]
    fn words_decide_where_offsets_are_off() {
        let text = "he said yes, she said no";
        let find = |selector: &Selector| find(text, selector);
        assert_eq!(find(&selector(Some((3, 7)), "said", "")), Ok([3, 7]));
        assert_eq!(find(&selector(Some((16, 20)), "said", "")), Ok([17, 21]));
        assert_eq!(find(&selector(None, "said", "she ")), Ok([17, 21]));
        assert!(find(&selector(None, "said", "")).is_err());
        assert!(find(&selector(Some((10, 14)), "said", "")).is_err());
        assert!(find(&selector(Some((3, 7)), "sang", "")).is_err());
        let places = Selector {
            at: Some((0, 2)),
            ..Selector::default()
        };
        assert_eq!(find(&places), Ok([0, 2]));
        assert_eq!(find(&selector(None, "she  said", "")), Ok([13, 21]));
        assert_eq!(find(&selector(None, "said", "yes,\n she\n")), Ok([17, 21]));
    }

    #[test]
    fn words_are_the_same_in_any_normal_form() {
        let text = "Rene\u{301} said cafe\u{301}, Zoe\u{308} said no";
        for (start, end) in [(0, 5), (0, 4)] {
            let found = find(text, &selector(Some((start, end)), "René", ""));
            assert_eq!(found, Ok([0, 5]));
        }
        assert_eq!(find(text, &selector(None, "café", "")), Ok([11, 16]));
        assert_eq!(find(text, &selector(None, "said", "Zoë")), Ok([23, 27]));
        assert!(find(text, &selector(None, "Zoè", "")).is_err());
    }

    #[test]
    fn the_unit_is_told_by_the_words() {
        let text = "😀 é said";
        for (start, end) in [(4, 8), (5, 9), (8, 12)] {
            assert_eq!(
                find(text, &selector(Some((start, end)), "said", "")),
                Ok([4, 8])
            );
        }
    }

    #[test]
    fn a_stretch_within_a_stretch_counts_from_its_start() {
        let text = "no. He said no.";
        let refined = |inner| Selector {
            refined: Some(Box::new(inner)),
            ..selector(None, "He said no", "")
        };
        let place = |at| Selector {
            at: Some(at),
            ..Selector::default()
        };
        assert_eq!(find(text, &refined(place((3, 7)))), Ok([7, 11]));
        assert_eq!(find(text, &refined(selector(None, "no", ""))), Ok([12, 14]));
        // From the start of the text, against the rule.
        assert_eq!(find(text, &refined(place((4, 14)))), Ok([4, 14]));
        assert!(find(text, &refined(place((7, 40)))).is_err());
    }
}
