//! Offsets without words beside them: what they count is judged by where words begin and end.

use std::cell::OnceCell;
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
    edges: WordEdges,
    places: Vec<Places>,
}

/// Where words begin and end in a text.
pub(in crate::format) struct WordEdges {
    characters: Vec<char>,
    /// Code points at which no character as people see it is cut.
    bounds: BTreeSet<u32>,
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
        let places = UNITS
            .iter()
            .map(|unit| Places::new(text, Counting::of(*unit)));
        Self {
            edges: WordEdges::new(text),
            places: places.collect(),
        }
    }

    /// Whether all ways to count give the same for a text.
    pub(in crate::format) fn are_plain(text: &str) -> bool {
        let one = |cluster: &str| cluster.encode_utf16().count() == 1;
        text.is_ascii() && !text.contains("\r\n") || text.graphemes(true).all(one)
    }

    /// The code points of a stretch in the unit of this index in [`UNITS`].
    pub(in crate::format) fn place(&self, unit: usize, stretch: [u32; 2]) -> Option<[u32; 2]> {
        self.places.get(unit)?.stretch(stretch)
    }

    /// How well a stretch fits in a unit.
    pub(in crate::format) fn fit(&self, unit: usize, stretch: [u32; 2]) -> Fit {
        self.edges.fit(self.place(unit, stretch))
    }
}

impl WordEdges {
    /// Looks at every character. O(n).
    pub(in crate::format) fn new(text: &str) -> Self {
        let mut bounds = BTreeSet::from([0]);
        let mut at = 0;
        for cluster in text.graphemes(true) {
            at += u32::try_from(cluster.chars().count()).unwrap_or(0);
            bounds.insert(at);
        }
        Self {
            characters: text.chars().collect(),
            bounds,
        }
    }

    /// How good a place is, in code points.
    pub(in crate::format) fn fit(&self, place: Option<[u32; 2]>) -> Fit {
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

/// What the offsets of a text count, and how sure that is.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(in crate::format) struct EdgeJudgement {
    pub(in crate::format) counting: Counting,
    /// Most stretches begin or end within a word, whatever is counted.
    cut: bool,
    /// Another way than the usual is taken.
    unusual: bool,
}

impl EdgeJudgement {
    /// What a report says about it; `None` where nothing is to be said.
    pub(in crate::format) fn remark(&self) -> Option<String> {
        if self.cut {
            return Some(
                "no words are given beside the offsets, and most tags begin or end within a word; check \
                 the tags, and say what the offsets count with --set unit=code-points, unit=utf16 or \
                 unit=bytes if they are wrong"
                    .to_owned(),
            );
        }
        self.unusual.then(|| {
            format!(
                "no words are given beside the offsets; tags begin and end with words if the offsets \
                 count {}, so they were read that way; check the tags",
                self.counting.in_words()
            )
        })
    }
}

/// Decides by all stretches of a text that repeat no words. `place` gives where they are, in code
/// points, as counted in one way. Another way than the usual is taken only where by it nearly all
/// are whole words and by the usual one many are not.
pub(in crate::format) fn judge_text(
    text: &str,
    unit: UnitHint,
    mut place: impl FnMut(Counting) -> Vec<Option<[u32; 2]>>,
) -> EdgeJudgement {
    let usual = unit.counting();
    if let UnitHint::Said(_) = unit {
        return EdgeJudgement {
            counting: usual,
            cut: false,
            unusual: false,
        };
    }
    let edges = OnceCell::new();
    let mut count = |counting: Counting| {
        let places = place(counting);
        let edges = edges.get_or_init(|| WordEdges::new(text));
        let fits: Vec<Fit> = places.into_iter().map(|place| edges.fit(place)).collect();
        let of = |least: Fit| fits.iter().filter(|fit| **fit >= least).count();
        (of(Fit::Words), of(Fit::Loose), of(Fit::Cut), fits.len())
    };
    let (words, loose, within, all) = count(usual);
    let mut judgement = EdgeJudgement {
        counting: usual,
        cut: all > 1 && 2 * loose < all,
        unusual: false,
    };
    // One word in the wrong place may be an odd one; a tag beside the text is none.
    if words == all || all < 2 && within == all {
        return judgement;
    }
    let mut best = words;
    for counting in Counting::all_for(text, unit).into_iter().skip(1) {
        let (words, ..) = count(counting);
        if words > best && 10 * words >= 9 * all {
            best = words;
            judgement = EdgeJudgement {
                counting,
                cut: false,
                unusual: true,
            };
        }
    }
    judgement
}

/// The same where the stretches count from the start of the text.
pub(in crate::format) fn judge_stretches(
    text: &str,
    unit: UnitHint,
    stretches: &[[u32; 2]],
) -> EdgeJudgement {
    judge_text(text, unit, |counting| {
        let places = Places::new(text, counting);
        let place = |&[start, end]: &[u32; 2]| Some([places.start(start)?, places.end(end)?]);
        stretches.iter().map(place).collect()
    })
}

/// What the end of a stretch seems to be.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(in crate::format) enum EndFit {
    /// The last character.
    Inclusive,
    /// The place behind the last character.
    Exclusive,
    /// Either.
    Unclear,
}

/// What the ends of stretches of a text seem to be, in code points.
pub(in crate::format) fn end_fits(
    text: &str,
    stretches: impl Iterator<Item = [u32; 2]>,
) -> Vec<EndFit> {
    let characters: Vec<char> = text.chars().collect();
    let at = |place: u32| characters.get(usize::try_from(place).ok()?).copied();
    let letter = |place: Option<u32>| place.and_then(at).is_some_and(is_of_word);
    let fits = stretches.map(|[start, end]| {
        let (before, after) = (end.checked_sub(1), end.checked_add(1));
        match at(end) {
            None => EndFit::Exclusive,
            Some(c) if c.is_whitespace() => EndFit::Exclusive,
            Some(_) if start == end => EndFit::Inclusive,
            Some(c) if is_of_word(c) && letter(before) && !letter(after) => EndFit::Inclusive,
            // Before a full stop, or with it.
            Some(_) => EndFit::Unclear,
        }
    });
    fits.collect()
}

/// What is said where the ends of a file are the last characters, which all of them show: an odd one out
/// changes nothing, and one alone may be a part of a word. `None` where they are not.
pub(in crate::format) fn inclusive(fits: &[Vec<EndFit>], what: &str) -> Option<String> {
    let count = |wanted: EndFit| fits.iter().flatten().filter(|fit| **fit == wanted).count();
    let inclusive = count(EndFit::Inclusive);
    (inclusive > 1 && inclusive >= 3 * count(EndFit::Exclusive)).then(|| {
        format!(
            "the ends of {inclusive} {what} are one before the end of a word, as if they were places \
             of the last characters, and were read that way; if they are right, use --set \
             unit=code-points"
        )
    })
}

/// Why an end was read in another way than those of its file.
pub(in crate::format) const EXCLUSIVE_END: &str =
    "ends that are behind the last characters, unlike the others, were read as they are";

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

#[cfg(test)]
mod tests {
    use super::*;

    fn judged(text: &str, stretches: &[[u32; 2]]) -> (usize, bool) {
        let offsets = Offsets::new(text);
        let judgement = judge(stretches.iter().map(|stretch| (&offsets, *stretch)));
        (judgement.unit, judgement.doubtful)
    }

    /// What the stretches are, as judged by the edges of words.
    fn whole(text: &str, stretches: &[[u32; 2]]) -> (Vec<String>, bool) {
        let usual = UnitHint::Usual(CountedUnit::CodePoints);
        let place = |counting| {
            let places = Places::new(text, counting);
            let place = |&[start, end]: &[u32; 2]| Some([places.start(start)?, places.end(end)?]);
            stretches.iter().map(place).collect()
        };
        let judgement = judge_text(text, usual, place);
        let characters: Vec<char> = text.chars().collect();
        let words = place(judgement.counting).into_iter().map(|place| {
            let [start, end] = place.unwrap_or_default();
            let (start, end) = (start as usize, end as usize);
            characters
                .get(start..end)
                .unwrap_or_default()
                .iter()
                .collect()
        });
        (words.collect(), judgement.cut)
    }

    #[test]
    fn without_words_the_edges_show_what_a_text_counts() {
        let is = |text: &str, stretches: &[[u32; 2]], words: &[&str]| {
            assert_eq!(
                whole(text, stretches),
                (words.iter().map(|w| (*w).to_owned()).collect(), false)
            );
        };
        is("Ann met Bo.", &[[0, 3], [8, 10]], &["Ann", "Bo"]);
        // UTF-16, bytes, line ends as one, the last character for the end.
        is("😀 Ann met Bo.", &[[3, 6], [11, 13]], &["Ann", "Bo"]);
        is(
            "Müller: Ärger. Öl.",
            &[[0, 7], [9, 15], [17, 20]],
            &["Müller", "Ärger", "Öl"],
        );
        is("A\r\nBo met\r\nCarl", &[[2, 4], [9, 13]], &["Bo", "Carl"]);
        is("Ann met Bo", &[[0, 2], [8, 9]], &["Ann", "Bo"]);
        // One beside the text shows it as well.
        is("😀😀 Ann met Bo", &[[5, 8], [13, 15]], &["Ann", "Bo"]);
        // Parts of words and an odd one change nothing.
        let parts = whole("unhappy and unkind", &[[0, 2], [12, 14]]);
        assert_eq!(parts, (vec!["un".to_owned(), "un".to_owned()], true));
        is(
            "Ann met Bo. Carl left.",
            &[[0, 3], [8, 10], [13, 16]],
            &["Ann", "Bo", "arl"],
        );
        assert!(whole("unhappy, unkind", &[[1, 3], [10, 12]]).1);
    }

    #[test]
    fn ends_show_whether_they_are_the_last_characters() {
        let text = "Ann said I know. Bo";
        let fits = |ends: &[[u32; 2]]| end_fits(text, ends.iter().copied());
        assert_eq!(
            fits(&[[0, 2], [9, 9], [11, 15], [4, 8], [17, 18], [17, 19]]),
            [
                EndFit::Inclusive,
                EndFit::Inclusive,
                EndFit::Unclear,
                EndFit::Exclusive,
                EndFit::Inclusive,
                EndFit::Exclusive,
            ]
        );
        let inclusive = |ends: &[[u32; 2]]| inclusive(&[fits(ends)], "tags").is_some();
        assert!(inclusive(&[[0, 2], [4, 7], [9, 9], [4, 8]]));
        assert!(!inclusive(&[[0, 2], [4, 7], [4, 8]]));
        assert!(!inclusive(&[[0, 2], [11, 15]]));
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
}
