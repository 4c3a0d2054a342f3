//! What the offsets of other tools count, judged by what all spans of a document point at: the same
//! text is counted in code points, UTF-16 or bytes, with line ends as one or two, with or without a
//! byte order mark, letters with accents as one or two, and ends are exclusive or inclusive. The
//! evidence is the words that spans repeat ([`by_words`], which also finds the odd ones by their words),
//! or else where words begin and end ([`by_edges`]).

pub(super) mod by_edges;
pub(super) mod by_words;
pub(super) mod normal_form;

use unicode_normalization::{UnicodeNormalization, is_nfc, is_nfd};
use unicode_segmentation::UnicodeSegmentation;

use super::Options;

/// A way to count.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Counting {
    unit: CountedUnit,
    line_ends: LineEnds,
    form: Form,
    /// Whether a byte order mark before the text counts.
    mark: bool,
    /// Whether an end is the last unit, not the one after it.
    pub(super) inclusive: bool,
}

/// What makes one.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum CountedUnit {
    /// Unicode code points.
    CodePoints,
    /// UTF-16 code units.
    Utf16,
    /// Grapheme clusters.
    Graphemes,
    /// UTF-8 bytes.
    Bytes,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum LineEnds {
    AsTheyAre,
    /// `\r\n` counts as one.
    PairAsOne,
    /// `\n` alone counts as two.
    LoneAsTwo,
}

/// The Unicode normal form whose characters are counted.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Form {
    /// That of the text.
    AsItIs,
    /// NFC.
    Composed,
    /// NFD.
    Decomposed,
}

/// Within a character.
const INSIDE: u32 = u32::MAX;

impl Counting {
    /// Code points, end-exclusive, every character of the text and nothing else.
    pub(super) const CODE_POINTS: Self = Self::of(CountedUnit::CodePoints);

    /// Only the unit is another one.
    pub(super) const fn of(unit: CountedUnit) -> Self {
        Self {
            unit,
            line_ends: LineEnds::AsTheyAre,
            form: Form::AsItIs,
            mark: false,
            inclusive: false,
        }
    }

    /// "UTF-16 units, and line ends of two characters as one".
    fn in_words(self) -> String {
        let unit = match self.unit {
            CountedUnit::CodePoints => "code points",
            CountedUnit::Utf16 => "UTF-16 units",
            CountedUnit::Graphemes => "characters as people see them",
            CountedUnit::Bytes => "UTF-8 bytes",
        };
        let mut words = unit.to_owned();
        words += match self.line_ends {
            LineEnds::AsTheyAre => "",
            LineEnds::PairAsOne => ", line ends of two characters as one",
            LineEnds::LoneAsTwo => ", line ends as two characters",
        };
        words += match self.form {
            Form::AsItIs => "",
            Form::Composed => ", letters with accents as one character (NFC)",
            Form::Decomposed => ", letters with accents as several characters (NFD)",
        };
        if self.mark {
            words += ", a byte order mark before the text";
        }
        if self.inclusive {
            words += ", ends as the place of the last character";
        }
        words
    }

    /// The ways in which this text can be counted, the most usual first.
    fn all_for(text: &str, unit: UnitHint) -> Vec<Self> {
        let mut units = vec![unit.counted()];
        let mut add = |unit| {
            if !units.contains(&unit) {
                units.push(unit);
            }
        };
        if let UnitHint::Usual(_) = unit {
            if text.chars().any(|c| c > '\u{ffff}') {
                add(CountedUnit::CodePoints);
                add(CountedUnit::Utf16);
            }
            if !text.is_ascii() {
                add(CountedUnit::CodePoints);
                add(CountedUnit::Graphemes);
                add(CountedUnit::Bytes);
            }
        }
        let mut ends = vec![LineEnds::AsTheyAre];
        if text.contains("\r\n") {
            ends.push(LineEnds::PairAsOne);
        }
        if text.contains('\n') {
            ends.push(LineEnds::LoneAsTwo);
        }
        let mut all = Vec::new();
        for (mark, inclusive) in [(false, false), (true, false), (false, true), (true, true)] {
            for &line_ends in &ends {
                for &unit in &units {
                    all.push(Self {
                        unit,
                        line_ends,
                        form: Form::AsItIs,
                        mark,
                        inclusive,
                    });
                }
            }
        }
        let other_forms = [
            (Form::Composed, !is_nfc(text)),
            (Form::Decomposed, !is_nfd(text)),
        ];
        // A character as people see it is one in every form.
        units.retain(|unit| *unit != CountedUnit::Graphemes);
        for (form, _) in other_forms.into_iter().filter(|(_, differs)| *differs) {
            for &line_ends in &ends {
                all.extend(units.iter().map(|&unit| Self {
                    line_ends,
                    form,
                    ..Self::of(unit)
                }));
            }
        }
        all
    }

    /// The way in which the offsets of a text fit best, by `fitting`, which says how well they do,
    /// `all` where all of them do; the most usual one of several. The usual one where less than half of them
    /// fit in any other, as these may do so by chance.
    pub(super) fn best(
        text: &str,
        unit: UnitHint,
        all: usize,
        mut fitting: impl FnMut(Self) -> usize,
    ) -> Self {
        let usual = Self::of(unit.counted());
        let mut best = (fitting(usual), usual);
        if best.0 == all {
            return best.1;
        }
        for counting in Self::all_for(text, unit).into_iter().skip(1) {
            let fits = fitting(counting);
            if fits > best.0 && 2 * fits >= all {
                best = (fits, counting);
            }
            if fits == all {
                break;
            }
        }
        best.1
    }
}

/// What is known about the unit before any offset is looked at.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum UnitHint {
    /// The format counts so; its tools may not.
    Usual(CountedUnit),
    /// A person says so.
    Said(CountedUnit),
}

impl UnitHint {
    /// What was chosen of [`super::info::UNIT_OPTION`]; else what is usual.
    pub(super) fn new(options: &Options, usual: CountedUnit) -> Self {
        let said = [
            ("code-points", CountedUnit::CodePoints),
            ("utf16", CountedUnit::Utf16),
            ("bytes", CountedUnit::Bytes),
        ];
        let mut said = said.into_iter();
        match said.find(|(value, _)| options.chose("unit", value)) {
            Some((_, unit)) => Self::Said(unit),
            None => Self::Usual(usual),
        }
    }

    /// The usual way to count in this unit.
    pub(super) fn counting(self) -> Counting {
        Counting::of(self.counted())
    }

    fn counted(self) -> CountedUnit {
        match self {
            Self::Usual(unit) | Self::Said(unit) => unit,
        }
    }
}

/// Which code point is at an offset.
pub(super) struct Places {
    points: Vec<u32>,
    inclusive: bool,
}

impl Places {
    /// Counts a text. O(n).
    pub(super) fn new(text: &str, counting: Counting) -> Self {
        let mut points = Vec::with_capacity(text.len() + 1);
        let mut add = |point: u32, width: usize, within: u32| {
            if width > 0 {
                points.push(point);
                points.extend(std::iter::repeat_n(within, width - 1));
            }
        };
        let mut point = 0;
        if counting.mark {
            let width = match counting.unit {
                CountedUnit::Bytes => '\u{feff}'.len_utf8(),
                CountedUnit::CodePoints | CountedUnit::Utf16 | CountedUnit::Graphemes => 1,
            };
            add(INSIDE, width, INSIDE);
        }
        if counting.unit == CountedUnit::Graphemes {
            for cluster in text.graphemes(true) {
                let two = counting.line_ends == LineEnds::LoneAsTwo && cluster == "\n";
                add(point, if two { 2 } else { 1 }, point);
                point += u32::try_from(cluster.chars().count()).unwrap_or(0);
            }
        } else {
            let width = |c: char| match counting.unit {
                CountedUnit::Utf16 => c.len_utf16(),
                CountedUnit::Bytes => c.len_utf8(),
                CountedUnit::CodePoints | CountedUnit::Graphemes => 1,
            };
            let mut before = ' ';
            let pieces: Box<dyn Iterator<Item = &str>> = match counting.form {
                Form::AsItIs => Box::new(std::iter::once(text)),
                Form::Composed | Form::Decomposed => Box::new(text.graphemes(true)),
            };
            for piece in pieces {
                let other: Option<String> = match counting.form {
                    Form::AsItIs => None,
                    Form::Composed => Some(piece.nfc().collect()),
                    Form::Decomposed => Some(piece.nfd().collect()),
                };
                if let Some(other) = other.filter(|other| other != piece) {
                    add(point, other.chars().map(width).sum(), INSIDE);
                    point += u32::try_from(piece.chars().count()).unwrap_or(0);
                    before = ' ';
                    continue;
                }
                for c in piece.chars() {
                    let pair = before == '\r' && c == '\n';
                    match counting.line_ends {
                        LineEnds::PairAsOne if pair => {}
                        LineEnds::LoneAsTwo if c == '\n' && !pair => add(point, 2, point),
                        LineEnds::AsTheyAre | LineEnds::PairAsOne | LineEnds::LoneAsTwo => {
                            add(point, width(c), INSIDE);
                        }
                    }
                    before = c;
                    point += 1;
                }
            }
        }
        points.push(point);
        Self {
            points,
            inclusive: counting.inclusive,
        }
    }

    /// The greatest offset, which is the end of the text.
    pub(super) fn length(&self) -> u32 {
        let last = self.points.len().saturating_sub(1);
        u32::try_from(last).unwrap_or(u32::MAX)
    }

    /// The code point at the start of a stretch; `None` past the end and within a character.
    pub(super) fn start(&self, offset: u32) -> Option<u32> {
        let point = self.points.get(usize::try_from(offset).ok()?).copied()?;
        (point != INSIDE).then_some(point)
    }

    /// The code point after the end of a stretch.
    pub(super) fn end(&self, offset: u32) -> Option<u32> {
        self.start(offset.checked_add(u32::from(self.inclusive))?)
    }

    /// The code points of a stretch; `None` where it is empty, or not in the text.
    pub(super) fn stretch(&self, [start, end]: [u32; 2]) -> Option<[u32; 2]> {
        let (start, end) = (self.start(start)?, self.end(end)?);
        (start < end).then_some([start, end])
    }

    /// The code point nearest to an offset: that of the character it is in; as far behind the end as
    /// the offset is.
    pub(super) fn near(&self, offset: u32) -> u32 {
        let at = usize::try_from(offset).unwrap_or(usize::MAX);
        let within = self.points.get(..=at).unwrap_or(&self.points);
        let before = within.iter().rev().find(|point| **point != INSIDE);
        let before = before.copied().unwrap_or(0);
        let last = u32::try_from(self.points.len().saturating_sub(1)).unwrap_or(u32::MAX);
        before.saturating_add(offset.saturating_sub(last))
    }

    /// Fragments in code points; `None` where one is outside the text or ends within a character.
    pub(super) fn fragments(&self, fragments: &[[u32; 2]]) -> Option<Vec<[u32; 2]>> {
        let converted = fragments
            .iter()
            .map(|&[start, end]| Some([self.start(start)?, self.end(end)?]));
        converted.collect()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// The stretch of `words` in `text`, as counted from and to.
    fn unit(text: &str, stretches: &[(u32, u32, &str)]) -> Counting {
        Counting::best(
            text,
            UnitHint::Usual(CountedUnit::CodePoints),
            stretches.len(),
            |counting| {
                let places = Places::new(text, counting);
                let fits = stretches.iter().filter(|(start, end, words)| {
                    let range = places.start(*start).zip(places.end(*end));
                    range.is_some_and(|(start, end)| {
                        let length = end.saturating_sub(start) as usize;
                        let slice = text.chars().skip(start as usize).take(length);
                        slice.collect::<String>() == **words
                    })
                });
                fits.count()
            },
        )
    }

    #[test]
    fn offsets_without_a_place_are_near_one() {
        let bytes = Places::new("é日b", Counting::of(CountedUnit::Bytes));
        let near: Vec<u32> = (0..9).map(|offset| bytes.near(offset)).collect();
        assert_eq!(near, [0, 0, 1, 1, 1, 2, 3, 4, 5]);
    }

    #[test]
    fn the_unit_is_the_one_in_which_most_fit() {
        let text = "😀\r\ne\u{301}n she said it\nso";
        let plain = Counting::CODE_POINTS;
        for (start, end, counting) in [
            (7, 10, plain),
            (8, 11, Counting::of(CountedUnit::Utf16)),
            (5, 8, Counting::of(CountedUnit::Graphemes)),
            (11, 14, Counting::of(CountedUnit::Bytes)),
            (
                7,
                9,
                Counting {
                    inclusive: true,
                    ..plain
                },
            ),
            (
                6,
                9,
                Counting {
                    line_ends: LineEnds::PairAsOne,
                    ..plain
                },
            ),
        ] {
            assert_eq!(
                unit(text, &[(start, end, "she")]),
                counting,
                "{start} {end}"
            );
        }
        let two = Counting {
            line_ends: LineEnds::LoneAsTwo,
            ..plain
        };
        assert_eq!(unit("a\nb\nc", &[(3, 4, "b"), (6, 7, "c")]), two);
        let mark = Counting {
            mark: true,
            ..plain
        };
        assert_eq!(unit("a she", &[(3, 6, "she")]), mark);
        let composed = Counting {
            form: Form::Composed,
            ..plain
        };
        assert_eq!(unit("👨🏻👨🏻 e\u{301}n she", &[(8, 11, "she")]), composed);
        let decomposed = Counting {
            form: Form::Decomposed,
            ..plain
        };
        assert_eq!(unit("가 가 b c d", &[(6, 7, "b"), (8, 9, "c")]), decomposed);
        // One that fits by chance is no proof of another way.
        let odd = [(4, 7, " on"), (0, 3, "me"), (5, 9, "too")];
        assert_eq!(unit("a b on c", &odd), plain);
        assert_eq!(unit("a b on c", &[(4, 7, " on")]), mark);
        // An odd one out changes nothing.
        let odd = [(7, 10, "she"), (11, 15, "said"), (17, 19, "it")];
        assert_eq!(unit(text, &odd), plain);
    }
}
