//! Where the spans of a record are. The words that spans repeat show what their offsets count, and
//! which of them are wrong.

use crate::model::Fragments;
use crate::text::{CodePointIndex, OffsetMap, OffsetUnit};

/// Offsets as a file gives them, and the words it says are there.
#[derive(Debug, Clone, Copy)]
pub(super) struct Given<'a> {
    pub(super) fragments: &'a [[u32; 2]],
    pub(super) words: Option<&'a str>,
}

/// Fragments in code points of the text, or why there are none.
#[derive(Debug, PartialEq, Eq)]
pub(super) enum Located {
    /// Where the offsets say.
    There(Vec<[u32; 2]>),
    /// The offsets were wrong, and the words are only there.
    Found(Vec<[u32; 2]>),
    /// Outside the text, or without a character.
    Outside,
    /// Other words are there, and those of the span are not found, or not in one place.
    Different(String),
}

/// So far off (code points) an offset may be where the words are in the text more than once.
const NEAR: u32 = 10;
/// So far away the same words must not be again.
const APART: u32 = 30;

/// A text and what the offsets of its record count.
pub(super) struct SpanPlaces<'a> {
    index: CodePointIndex<'a>,
    counting: Counting,
}

/// A way to count.
struct Counting {
    unit: OffsetUnit,
    /// Whether a byte order mark before the text counts.
    mark: bool,
    /// Whether the end is the last character.
    inclusive: bool,
    lines: Option<Lines>,
}

/// The text with other line ends, by which the offsets count.
struct Lines {
    text: String,
    offsets: OffsetMap,
    /// In code points of that text: after each of these there is one character more or less.
    ends: Vec<u32>,
    longer: bool,
}

impl Lines {
    /// `\r\n` as one; `None` where there is none.
    fn joined(text: &str) -> Option<Self> {
        text.contains("\r\n").then(|| {
            let joined = text.replace("\r\n", "\n");
            let mut ends = Vec::new();
            let mut at = 0;
            let mut characters = text.chars().peekable();
            while let Some(c) = characters.next() {
                if c == '\r' && characters.peek() == Some(&'\n') {
                    ends.push(at);
                    characters.next();
                }
                at += 1;
            }
            Self {
                offsets: OffsetMap::new(&joined),
                text: joined,
                ends,
                longer: false,
            }
        })
    }

    /// `\n` as two; `None` where there is none, or where there is `\r` too.
    fn split(text: &str) -> Option<Self> {
        (text.contains('\n') && !text.contains('\r')).then(|| {
            let split = text.replace('\n', "\r\n");
            let ends = (0..).zip(split.chars());
            Self {
                ends: ends.filter(|(_, c)| *c == '\n').map(|(n, _)| n).collect(),
                offsets: OffsetMap::new(&split),
                text: split,
                longer: true,
            }
        })
    }

    /// The code point of the real text, and `more` after it.
    fn real(&self, offset: u32, unit: OffsetUnit, more: u32) -> Option<u32> {
        let to = OffsetUnit::CodePoints;
        let code_point = self.offsets.convert(&self.text, offset, unit, to)? + more;
        let before = self.ends.partition_point(|&end| end < code_point);
        let before = u32::try_from(before).ok()?;
        if self.longer {
            code_point.checked_sub(before)
        } else {
            code_point.checked_add(before)
        }
    }
}

impl<'a> SpanPlaces<'a> {
    /// Decides what the offsets count by the `evidence`: the way by which most of it finds its
    /// words; `unit` in doubt.
    pub(super) fn new(text: &'a str, unit: OffsetUnit, evidence: &[Given<'_>]) -> Self {
        let mut places = Self {
            index: CodePointIndex::new(text),
            counting: Counting {
                unit,
                mark: false,
                inclusive: false,
                lines: None,
            },
        };
        let evidence: Vec<_> = evidence.iter().filter(|g| g.words.is_some()).collect();
        let mut best = places.fitting(&evidence);
        if best == evidence.len() {
            return places;
        }
        let units: &[OffsetUnit] = if text.is_ascii() {
            &[OffsetUnit::CodePoints]
        } else {
            &[OffsetUnit::CodePoints, OffsetUnit::Utf16, OffsetUnit::Bytes]
        };
        let as_is: fn(&str) -> Option<Lines> = |_| None;
        for make in [as_is, Lines::joined, Lines::split] {
            for (mark, inclusive) in [(false, false), (true, false), (false, true), (true, true)] {
                for &unit in units {
                    let other = Counting {
                        unit,
                        mark,
                        inclusive,
                        lines: make(text),
                    };
                    let before = std::mem::replace(&mut places.counting, other);
                    let fitting = places.fitting(&evidence);
                    if fitting > best {
                        best = fitting;
                    } else {
                        places.counting = before;
                    }
                }
            }
            if best == evidence.len() {
                break;
            }
        }
        places
    }

    /// How much of the evidence is right.
    fn fitting(&self, evidence: &[&Given<'_>]) -> usize {
        let fits = |given: &&&Given<'_>| {
            let found = self.fragments(given).and_then(|list| self.words(&list));
            found.zip(given.words).is_some_and(|(a, b)| same(&a, b))
        };
        evidence.iter().filter(fits).count()
    }

    /// Where a span is. Words are looked for where the offsets give others.
    pub(super) fn locate(&self, given: &Given<'_>) -> Located {
        let there = self.fragments(given);
        let found = there.as_ref().and_then(|list| self.words(list));
        let words = given.words.filter(|words| !words.trim().is_empty());
        let (Some(there), Some(found)) = (there, found) else {
            let near = given.fragments.first().map_or(0, |[start, _]| *start);
            return match words.and_then(|words| self.search(words, near)) {
                Some(place) => Located::Found(vec![place]),
                None => Located::Outside,
            };
        };
        let Some(words) = words.filter(|words| !same(&found, words)) else {
            return Located::There(there);
        };
        let near = there.first().map_or(0, |[start, _]| *start);
        if there.len() == 1
            && let Some(place) = self.search(words, near)
        {
            return Located::Found(vec![place]);
        }
        if found.split_whitespace().eq(words.split_whitespace()) {
            return Located::There(there);
        }
        Located::Different(found)
    }

    fn fragments(&self, given: &Given<'_>) -> Option<Vec<[u32; 2]>> {
        let counting = &self.counting;
        let mark = match counting.unit {
            _ if !counting.mark => 0,
            OffsetUnit::CodePoints | OffsetUnit::Utf16 => 1,
            OffsetUnit::Bytes => 3,
        };
        let code_point = |offset: u32, more: u32| {
            let offset = offset.checked_sub(mark)?;
            match &counting.lines {
                Some(lines) => lines.real(offset, counting.unit, more),
                None => Some(self.index.from_unit(offset, counting.unit)? + more),
            }
        };
        let more = u32::from(counting.inclusive);
        let converted = given
            .fragments
            .iter()
            .map(|&[start, end]| Some([code_point(start, 0)?, code_point(end, more)?]));
        converted.collect()
    }

    /// The words of fragments; `None` where one is empty or outside.
    fn words(&self, fragments: &[[u32; 2]]) -> Option<String> {
        let parts = fragments.iter().map(|&[start, end]| {
            let part = self.index.slice(start, end);
            part.filter(|part| !part.is_empty())
        });
        let parts: Vec<&str> = parts.collect::<Option<_>>()?;
        (!parts.is_empty()).then(|| parts.join(Fragments::GAP))
    }

    /// The one place of these words, or the one that is near.
    fn search(&self, words: &str, near: u32) -> Option<[u32; 2]> {
        let text = self.index.text();
        let unix = words.replace("\r\n", "\n");
        let dos = unix.replace('\n', "\r\n");
        let spellings = [words, &unix, &dos];
        let words = spellings.into_iter().find(|words| text.contains(*words))?;
        let byte = |at: usize| {
            let at = u32::try_from(at).ok()?;
            self.index.from_unit(at, OffsetUnit::Bytes)
        };
        let mut starts = Vec::new();
        for (at, _) in text.match_indices(words) {
            starts.push(byte(at)?);
        }
        let length = u32::try_from(words.chars().count()).ok()?;
        let within = |distance: u32| {
            let mut close = starts.iter().filter(|&&s| s.abs_diff(near) <= distance);
            let first = close.next().copied();
            first.filter(|_| close.next().is_none())
        };
        let start = match starts[..] {
            [only] => only,
            _ => within(NEAR).filter(|_| within(APART).is_some())?,
        };
        Some([start, start + length])
    }
}

/// Whether words are those of the text, but for what spreadsheets and other tools make of line ends
/// and NUL.
fn same(found: &str, words: &str) -> bool {
    let plain = |text: &str| {
        let text = text.replace("\r\n", "\n").replace('\r', "\n");
        text.replace('\0', "\u{fffd}")
    };
    found == words || plain(found) == plain(words)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn places(text: &str, spans: &[(u32, u32, &str)]) -> Vec<String> {
        let fragments: Vec<[[u32; 2]; 1]> = spans.iter().map(|&(a, b, _)| [[a, b]]).collect();
        let given: Vec<Given<'_>> = fragments
            .iter()
            .zip(spans)
            .map(|(fragments, (_, _, words))| Given {
                fragments,
                words: (!words.is_empty()).then_some(*words),
            })
            .collect();
        let places = SpanPlaces::new(text, OffsetUnit::CodePoints, &given);
        let words = |list: Vec<[u32; 2]>| places.words(&list).unwrap();
        given
            .iter()
            .map(|given| match places.locate(given) {
                Located::There(list) => words(list),
                Located::Found(list) => {
                    let start = list[0][0];
                    format!("found {start} {}", words(list))
                }
                Located::Outside => "outside".to_owned(),
                Located::Different(found) => format!("not {found}"),
            })
            .collect()
    }

    #[test]
    fn most_spans_say_what_is_counted_and_the_odd_one_is_looked_for() {
        // UTF-16; the second is off by one, the third has no words.
        let spans = [(3, 6, "Ann"), (5, 9, "said"), (14, 16, "")];
        let found = places("😀 Ann said é Bo", &spans);
        assert_eq!(found, ["Ann", "found 6 said", "Bo"]);
        // Bytes after a byte order mark.
        assert_eq!(places("é b c", &[(6, 7, "b"), (8, 9, "c")]), ["b", "c"]);
        // Ends that are the last character.
        assert_eq!(
            places("Ann said no", &[(0, 2, "Ann"), (4, 7, "said")]),
            ["Ann", "said"]
        );
    }

    #[test]
    fn line_ends_count_one_or_two() {
        let spans = [(3, 4, "b"), (6, 7, "c")];
        assert_eq!(places("a\r\n b\r\n c", &spans), ["b", "c"]);
        let spans = [(4, 5, "b"), (8, 9, "c")];
        assert_eq!(places("a\n b\n c", &spans), ["b", "c"]);
        assert_eq!(places("a\nb c", &[(0, 3, "a\r\nb")]), ["a\nb"]);
    }

    #[test]
    fn words_in_many_places_are_not_guessed() {
        assert_eq!(places("no, no, no", &[(2, 4, "no")]), ["not , "]);
        assert_eq!(places("abc", &[(5, 9, "x")]), ["outside"]);
        assert_eq!(places("abc", &[(5, 9, "b")]), ["found 1 b"]);
        let text = format!("no {} no", "x".repeat(40));
        assert_eq!(places(&text, &[(43, 45, "no")]), ["found 44 no"]);
    }
}
