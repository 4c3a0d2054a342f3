//! Offsets without words beside them: what they count is judged by where words begin and end.

use std::collections::BTreeSet;

use unicode_segmentation::UnicodeSegmentation;

use super::{CountedUnit, Counting, Places, UnitHint};

/// The units, the most usual first.
pub(in crate::format) const UNITS: [CountedUnit; 4] = [
    CountedUnit::CodePoints,
    CountedUnit::Utf16,
    CountedUnit::Graphemes,
    CountedUnit::Bytes,
];

/// So many of them are judged; bytes are counted only where somebody says so.
pub(in crate::format) const JUDGED: usize = 3;

/// The text of a record and its offsets in every unit.
pub(in crate::format) struct Offsets {
    characters: Vec<char>,
    /// Code points at which no character as people see it is cut.
    bounds: BTreeSet<u32>,
    places: Vec<Places>,
}

/// How good a place is.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub(in crate::format) enum Fit {
    /// Outside the text, or within a character.
    No,
    /// Within a word.
    Cut,
    /// Words, but with blanks at the edge.
    Loose,
    /// Whole words.
    Words,
}

impl Offsets {
    /// Counts a text in every unit. O(n).
    pub(in crate::format) fn new(text: &str) -> Self {
        let mut bounds = BTreeSet::from([0]);
        let mut at = 0;
        for cluster in text.graphemes(true) {
            at += u32::try_from(cluster.chars().count()).unwrap_or(0);
            bounds.insert(at);
        }
        let places = UNITS
            .iter()
            .map(|unit| Places::new(text, Counting::of(*unit)));
        Self {
            characters: text.chars().collect(),
            bounds,
            places: places.collect(),
        }
    }

    /// Whether all ways to count give the same for a text.
    pub(in crate::format) fn are_plain(text: &str) -> bool {
        let one = |cluster: &str| cluster.encode_utf16().count() == 1;
        text.is_ascii() && !text.contains("\r\n") || text.graphemes(true).all(one)
    }

    /// The code points of a stretch in the unit of this index in [`UNITS`].
    pub(in crate::format) fn place(&self, unit: usize, [start, end]: [u32; 2]) -> Option<[u32; 2]> {
        let places = self.places.get(unit)?;
        let (start, end) = (places.start(start)?, places.end(end)?);
        (start < end).then_some([start, end])
    }

    /// How well a stretch fits in a unit.
    pub(in crate::format) fn fit(&self, unit: usize, stretch: [u32; 2]) -> Fit {
        self.fit_of(self.place(unit, stretch))
    }

    /// How well code points fit.
    fn fit_of(&self, place: Option<[u32; 2]>) -> Fit {
        let Some([start, end]) = place.filter(|[start, end]| start < end) else {
            return Fit::No;
        };
        let at = |at: u32| {
            let at = usize::try_from(at).ok()?;
            self.characters.get(at).copied()
        };
        let within = |place: u32| {
            let before = place.checked_sub(1).and_then(at);
            let cuts_word = before.is_some_and(is_of_word) && at(place).is_some_and(is_of_word);
            cuts_word || !self.bounds.contains(&place)
        };
        if within(start) || within(end) {
            return Fit::Cut;
        }
        let blank = |place: Option<u32>| place.and_then(at).is_some_and(char::is_whitespace);
        if blank(Some(start)) || blank(end.checked_sub(1)) {
            Fit::Loose
        } else {
            Fit::Words
        }
    }
}

/// Whether a character is part of a word in a script that has blanks between words.
fn is_of_word(c: char) -> bool {
    let unspaced = matches!(
        c,
        '\u{e00}'..='\u{eff}' | '\u{1000}'..='\u{109f}' | '\u{1780}'..='\u{17ff}'
            | '\u{3040}'..='\u{30ff}' | '\u{3400}'..='\u{9fff}' | '\u{ac00}'..='\u{d7af}'
            | '\u{f900}'..='\u{faff}' | '\u{20000}'..='\u{3ffff}'
    );
    c.is_alphanumeric() && !unspaced
}

/// What a file's offsets count.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(in crate::format) struct Judgement {
    /// An index in [`UNITS`].
    pub(in crate::format) unit: usize,
    /// Whether UTF-16 fits as well as code points.
    pub(in crate::format) doubtful: bool,
}

/// Decides by all stretches of a file whose place depends on the unit.
pub(in crate::format) fn judge<'a>(
    stretches: impl Iterator<Item = (&'a Offsets, [u32; 2])>,
) -> Judgement {
    let mut scores = [0_usize; JUDGED];
    let (mut all, mut differ) = (0, false);
    for (offsets, stretch) in stretches {
        let places: Vec<_> = (0..JUDGED)
            .map(|unit| offsets.place(unit, stretch))
            .collect();
        if places.iter().all(|place| Some(place) == places.first()) {
            continue;
        }
        all += 1;
        differ |= places.first() != places.get(1);
        for (unit, score) in scores.iter_mut().enumerate() {
            *score += match offsets.fit(unit, stretch) {
                Fit::No | Fit::Cut => 0,
                Fit::Loose => 1,
                Fit::Words => 2,
            };
        }
    }
    let [points, utf16, graphemes] = scores;
    let mut judgement = Judgement {
        unit: 0,
        doubtful: differ && utf16 == points,
    };
    // The less usual a unit, the more must speak for it.
    if graphemes >= 4 && points < all && graphemes > points.max(utf16) {
        judgement = Judgement {
            unit: 2,
            doubtful: false,
        };
    } else if utf16 > points {
        judgement = Judgement {
            unit: 1,
            doubtful: false,
        };
    }
    judgement
}

/// Another way to count than the usual one, in which nearly all stretches are whole words, where most
/// are not in the usual one.
pub(in crate::format) fn other_counting(
    text: &str,
    unit: UnitHint,
    stretches: &[[u32; 2]],
) -> Option<Counting> {
    let UnitHint::Usual(_) = unit else {
        return None;
    };
    let all = Counting::all_for(text, unit).into_iter();
    let mut all = all.filter(|counting| !counting.mark && !counting.inclusive);
    let usual = Places::new(text, all.next()?);
    let others: Vec<Counting> = all.collect();
    if others.is_empty() || stretches.is_empty() {
        return None;
    }
    let offsets = Offsets::new(text);
    let place = |places: &Places, [start, end]: [u32; 2]| {
        let ends = places.start(start).zip(places.end(end));
        ends.map(|(start, end)| [start, end])
    };
    let fits = |places: &Places, stretch| offsets.fit_of(place(places, stretch));
    if !stretches
        .iter()
        .any(|stretch| fits(&usual, *stretch) <= Fit::Cut)
    {
        return None;
    }
    let mut best: Option<(usize, Counting)> = None;
    for counting in others {
        let places = Places::new(text, counting);
        let moved = stretches.iter().copied();
        let moved = moved.filter(|stretch| place(&places, *stretch) != place(&usual, *stretch));
        let (mut number, mut cut, mut odd, mut odd_here) = (0, 0, 0, 0);
        for stretch in moved {
            let before = fits(&usual, stretch);
            number += 1;
            cut += usize::from(before <= Fit::Cut);
            odd += usize::from(before < Fit::Words);
            odd_here += usize::from(fits(&places, stretch) < Fit::Words);
        }
        let is_better = cut > 0 && odd * 2 > number && odd_here * 5 <= number;
        if is_better && best.as_ref().is_none_or(|(most, _)| number > *most) {
            best = Some((number, counting));
        }
    }
    best.map(|(_, counting)| counting)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn judged(text: &str, stretches: &[[u32; 2]]) -> (usize, bool) {
        let offsets = Offsets::new(text);
        let judgement = judge(stretches.iter().map(|stretch| (&offsets, *stretch)));
        (judgement.unit, judgement.doubtful)
    }

    #[test]
    fn words_show_what_is_counted() {
        let text = "👨🏻 firemen drive trucks";
        assert_eq!(judged(text, &[[3, 10], [11, 16]]), (0, false));
        assert_eq!(judged(text, &[[5, 12], [13, 18]]), (1, false));
        assert_eq!(judged(text, &[[2, 9], [10, 15]]), (2, false));
        // One that is off changes nothing.
        assert_eq!(judged(text, &[[5, 12], [14, 18]]), (1, false));
        // Both are words.
        assert!(!judged("😀 a b c", &[[3, 4]]).1);
        assert!(judged("😀,.;:", &[[2, 3]]).1);
        assert_eq!(judged("firemen 😀", &[[0, 7]]), (0, false));
    }

    #[test]
    fn most_stretches_show_another_way_to_count() {
        let other = |text: &str, stretches: &[[u32; 2]]| {
            other_counting(text, UnitHint::Usual(CountedUnit::CodePoints), stretches)
        };
        let utf16 = Counting::of(CountedUnit::Utf16);
        assert_eq!(other("😀 Ann said so", &[[3, 6], [7, 11]]), Some(utf16));
        assert_eq!(other("😀 Ann said so", &[[2, 5], [6, 10]]), None);
        let said = UnitHint::Said(CountedUnit::CodePoints);
        assert_eq!(other_counting("😀 Ann said so", said, &[[3, 6]]), None);
        let bytes = Counting::of(CountedUnit::Bytes);
        assert_eq!(other("Müller says: Öl", &[[8, 12], [14, 17]]), Some(bytes));
        // Parts of words are not wrong.
        assert_eq!(other("😀 unlikely", &[[4, 10]]), None);
        let pairs = other("Ann\r\nBo\r\nCy", &[[4, 6], [7, 9]]);
        assert!(pairs.is_some_and(|pairs| pairs != Counting::CODE_POINTS));
        assert_eq!(other("nothing else", &[[1, 3]]), None);
    }
}
