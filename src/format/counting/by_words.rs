//! Where the spans of a record are. The words that spans repeat show what their offsets count, and
//! which of them are wrong.

use std::borrow::Cow;
use std::cell::OnceCell;

use super::by_edges::judge_stretches;
use super::normal_form::{canonical, decomposed, is_same, whole_characters};
use super::{Counting, Places, UnitHint};
use crate::model::Fragments;
use crate::text::CodePointIndex;

/// Offsets as a file gives them, and the words it says are there.
#[derive(Debug, Clone, Copy)]
pub(in crate::format) struct Given<'a> {
    pub(in crate::format) fragments: &'a [[u32; 2]],
    pub(in crate::format) words: Option<&'a str>,
}

/// Fragments in code points of the text, or why there are none.
#[derive(Debug, PartialEq, Eq)]
pub(in crate::format) enum Located {
    /// Where the offsets say.
    There(Vec<[u32; 2]>),
    /// The offsets were wrong, and the words are only there.
    Found(Vec<[u32; 2]>),
    /// Outside the text, or without a character.
    Outside,
    /// Other words are there, and those of the span are not found, or not in one place.
    Different(String),
}

/// A text and what the offsets of its record count.
pub(in crate::format) struct SpanPlaces<'a> {
    index: CodePointIndex<'a>,
    places: Places,
    search: OnceCell<WordSearch>,
    /// What is to be told where no span has words and what the offsets count is judged without.
    pub(in crate::format) remark: Option<String>,
}

impl<'a> SpanPlaces<'a> {
    /// Decides what the offsets count by the `evidence`: the way by which most of it finds its
    /// words; `unit` in doubt.
    pub(in crate::format) fn new(text: &'a str, unit: UnitHint, evidence: &[Given<'_>]) -> Self {
        let index = CodePointIndex::new(text);
        let (evidence, silent): (Vec<&Given<'_>>, Vec<&Given<'_>>) =
            evidence.iter().partition(|given| given.words.is_some());
        if evidence.is_empty() {
            let fragments = silent.iter().flat_map(|given| given.fragments);
            let stretches: Vec<[u32; 2]> = fragments.copied().collect();
            let judgement = judge_stretches(text, unit, &stretches);
            return Self {
                index,
                places: Places::new(text, judgement.counting),
                search: OnceCell::new(),
                remark: judgement.remark(),
            };
        }
        let all = evidence.len() * BEST;
        let counting = Counting::best(text, unit, all, |counting| {
            let places = Places::new(text, counting);
            let fits = evidence.iter().map(|given| {
                let found = places.fragments(given.fragments);
                let found = found.and_then(|list| words(&index, &list));
                let fit = found.zip(given.words).map(|(a, b)| fit(&a, b));
                fit.unwrap_or_default()
            });
            fits.sum()
        });
        Self {
            index,
            places: Places::new(text, counting),
            search: OnceCell::new(),
            remark: None,
        }
    }

    /// Where a span is. Words are looked for where the offsets give others.
    pub(in crate::format) fn locate(&self, given: &Given<'_>) -> Located {
        let there = self.places.fragments(given.fragments);
        let found = there.as_ref().and_then(|list| words(&self.index, list));
        let words = given.words.filter(|words| !words.is_empty());
        let (Some(there), Some(found)) = (there, found) else {
            let start = given.fragments.first().map_or(0, |[start, _]| *start);
            let near = self.places.near(start);
            return match words.and_then(|words| self.search(words, Some(near))) {
                Some(place) => Located::Found(vec![place]),
                None => Located::Outside,
            };
        };
        let Some(words) = words.filter(|words| !same(&found, words)) else {
            return Located::There(there);
        };
        let trimmed = trimmed(&self.index, &there);
        if super::by_words::words(&self.index, &trimmed).is_some_and(|found| same(&found, words)) {
            return Located::There(trimmed);
        }
        if fit(&found, words) > 1 && !has_edge_gap(words) {
            return Located::There(there);
        }
        let near = there.first().map_or(0, |[start, _]| *start);
        match (&*there, self.search(words, Some(near))) {
            ([one], Some(place)) if *one == place => Located::There(there),
            ([_], Some(place)) => Located::Found(vec![place]),
            _ if found.split_whitespace().eq(words.split_whitespace()) => Located::There(there),
            _ => Located::Different(found),
        }
    }

    /// The place the offsets give, where the words of a span are only the beginning of those there.
    pub(in crate::format) fn beginning_with(&self, given: &Given<'_>) -> Option<Vec<[u32; 2]>> {
        let there = self.places.fragments(given.fragments)?;
        let found = words(&self.index, &there)?;
        letters(&found)
            .starts_with(&letters(given.words?))
            .then_some(there)
    }

    /// The words of fragments, where blanks part them in other places than those of the span.
    pub(in crate::format) fn parted(
        &self,
        there: &[[u32; 2]],
        words: Option<&str>,
    ) -> Option<String> {
        let words = words.filter(|words| !words.is_empty())?;
        let found = self::words(&self.index, there)?;
        let parts = |text: &str| -> Vec<String> {
            let parts = text.split(is_gap).filter(|part| !part.is_empty());
            parts.map(str::to_owned).collect()
        };
        let words = canonical(words);
        let (here, given) = (parts(&canonical(&found)), parts(&words));
        (here != given && here != parts(&words.replace("\\n", " "))).then_some(found)
    }

    /// The one place of words whose start is all that is known, or not even that.
    pub(in crate::format) fn search_from(
        &self,
        words: &str,
        start: Option<u32>,
    ) -> Option<[u32; 2]> {
        let near = start.and_then(|start| self.search(words, Some(self.places.near(start))));
        near.or_else(|| self.search(words, None))
    }

    /// The one place of these words that is meant, with the blanks at their edges.
    fn search(&self, words: &str, near: Option<u32>) -> Option<[u32; 2]> {
        let text = self.index.text();
        let search = self.search.get_or_init(|| WordSearch::new(text));
        let [mut start, mut end] = search.find(words, near)?;
        let count = |text: &str| u32::try_from(text.chars().count()).unwrap_or(0);
        let bare = words.trim_start_matches(is_gap);
        let before = words.strip_suffix(bare).unwrap_or_default();
        if self.index.slice_before(start, count(before)) == before {
            start -= count(before);
        }
        let after = words.strip_prefix(words.trim_end_matches(is_gap));
        let after = after.unwrap_or_default();
        if self.index.slice_after(end, count(after)) == after {
            end += count(after);
        }
        Some([start, end])
    }
}

/// The words of fragments; `None` where one is empty or outside.
fn words(index: &CodePointIndex<'_>, fragments: &[[u32; 2]]) -> Option<String> {
    let parts = fragments.iter().map(|&[start, end]| {
        let part = index.slice(start, end);
        part.filter(|part| !part.is_empty())
    });
    let parts: Vec<&str> = parts.collect::<Option<_>>()?;
    (!parts.is_empty()).then(|| parts.join(Fragments::GAP))
}

/// Fragments without the gaps at their edges.
pub(in crate::format) fn trimmed(
    index: &CodePointIndex<'_>,
    fragments: &[[u32; 2]],
) -> Vec<[u32; 2]> {
    let count = |text: &str| u32::try_from(text.chars().count()).unwrap_or(0);
    let trim = |&[start, end]: &[u32; 2]| {
        let part = index.slice(start, end).unwrap_or_default();
        let (from, to) = (
            part.trim_start_matches(is_gap),
            part.trim_end_matches(is_gap),
        );
        let bare = [
            start + (count(part) - count(from)),
            end.saturating_sub(count(part) - count(to)),
        ];
        if bare[0] < bare[1] {
            bare
        } else {
            [start, end]
        }
    };
    fragments.iter().map(trim).collect()
}

/// What is said where words are [parted](SpanPlaces::parted) in another way.
pub(in crate::format) const PARTED: &str =
    "the text has other blanks or marks in the words of these tags";

/// How well words fit that are the same to the letter.
pub(in crate::format) const BEST: usize = 3;

/// How well the words at a place are those of its span: to the letter, but for blanks between them,
/// or also but for those at the edges, which a place that is off by one has.
pub(in crate::format) fn fit(found: &str, words: &str) -> usize {
    if same(found, words) {
        BEST
    } else if !same_words(found, words) {
        0
    } else if has_edge_gap(found) {
        1
    } else {
        2
    }
}

/// Whether a stretch begins or ends with what tools write in different ways; one that is off by one
/// does.
pub(in crate::format) fn has_edge_gap(found: &str) -> bool {
    found.starts_with(is_gap) || found.ends_with(is_gap)
}

/// Whether words are those of the text, but for what spreadsheets and other tools make of line ends
/// and NUL, in whatever normal form.
fn same(found: &str, words: &str) -> bool {
    let plain = |text: &str| {
        let text = text.replace("\r\n", "\n").replace('\r', "\n");
        text.replace('\0', "\u{fffd}")
    };
    found == words || is_same(&plain(found), &plain(words))
}

/// Whether these are the same words, whatever blanks and line ends are between them and in whatever
/// normal form. A line end may also be written as `\n`.
pub(in crate::format) fn same_words(found: &str, words: &str) -> bool {
    let found = letters(found);
    same_letters(&found, &letters(words)) || found == letters(&words.replace("\\n", " "))
}

/// Whether these are the same letters, whatever marks a spreadsheet or word processor made of those that
/// were typed.
pub(in crate::format) fn same_letters(found: &str, letters: &str) -> bool {
    if found == letters {
        return true;
    }
    let typed = |letters: &str| letters.chars().flat_map(typed).collect::<String>();
    typed(found) == typed(letters)
}

/// The marks that are typed for a character.
fn typed(c: char) -> impl Iterator<Item = char> {
    let (mark, count) = match c {
        '“' | '”' | '„' | '‟' => ('"', 1),
        '‘' | '’' | '‚' | '‛' => ('\'', 1),
        '–' | '—' => ('-', 1),
        '…' => ('.', 3),
        other => (other, 1),
    };
    std::iter::repeat_n(mark, count)
}

/// The characters of words without the gaps between them, in one normal form.
pub(in crate::format) fn letters(text: &str) -> String {
    let letters: String = text.chars().filter(|c| !is_gap(*c)).collect();
    match canonical(&letters) {
        Cow::Borrowed(_) => letters,
        Cow::Owned(other) => other,
    }
}

/// What tools write in different ways.
pub(in crate::format) fn is_gap(c: char) -> bool {
    c.is_whitespace() || c.is_control() || matches!(c, '\u{feff}' | '\u{200b}')
}

/// Finds places of a text by the words there.
pub(in crate::format) struct WordSearch {
    /// The text without gaps, in canonical decomposition.
    letters: String,
    /// The code point that each byte of it comes from.
    points: Vec<u32>,
}

/// How far words may be from where they should be, in characters, if they are nowhere else: so much for each
/// letter of theirs, as short ones are soon there by chance, and no farther than so much.
const FAR_PER_LETTER: u32 = 40;
const FARTHEST: u32 = 1000;
/// So long words are not there by chance.
const LONG: usize = 24;

impl WordSearch {
    pub(in crate::format) fn new(text: &str) -> Self {
        let mut letters = String::with_capacity(text.len());
        let mut points = Vec::with_capacity(text.len());
        let all = (0..).zip(text.chars()).filter(|(_, c)| !is_gap(*c));
        for (point, c) in decomposed(all) {
            letters.push(c);
            points.extend(std::iter::repeat_n(point, c.len_utf8()));
        }
        Self { letters, points }
    }

    /// Where the words are: the only place, or the one that is much nearer to `near` than any other.
    /// In code points.
    pub(in crate::format) fn find(&self, words: &str, near: Option<u32>) -> Option<[u32; 2]> {
        let wanted = letters(words);
        let mut found = self.all(&wanted);
        if found.is_empty() {
            found = self.all(&letters(&words.replace("\\n", " ")));
        }
        let Some(near) = near else {
            return match found[..] {
                [only] => Some(only),
                _ => None,
            };
        };
        found.sort_by_key(|place| place[0].abs_diff(near));
        let (first, second) = (found.first()?, found.get(1));
        let distance = first[0].abs_diff(near);
        let count = wanted.chars().count();
        let letters = u32::try_from(count).unwrap_or(u32::MAX);
        let far = FARTHEST.min(letters.saturating_mul(FAR_PER_LETTER));
        let clear = match second {
            None => distance <= far || count >= LONG,
            Some(second) => distance <= far && second[0].abs_diff(near) > 3 * distance + 3,
        };
        clear.then_some(*first)
    }

    fn all(&self, wanted: &str) -> Vec<[u32; 2]> {
        if wanted.is_empty() {
            return Vec::new();
        }
        let places = self.letters.match_indices(wanted).filter_map(|(at, _)| {
            let range = at..at + wanted.len();
            let (first, last) = whole_characters(&self.letters, &self.points, range)?;
            Some([first, last + 1])
        });
        places.collect()
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::format::counting::CountedUnit;

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
        let places = SpanPlaces::new(text, UnitHint::Usual(CountedUnit::CodePoints), &given);
        let words = |list: Vec<[u32; 2]>| super::words(&places.index, &list).unwrap();
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
    fn blanks_within_words_are_noticed() {
        let places = SpanPlaces::new("a\n b, no", UnitHint::Usual(CountedUnit::CodePoints), &[]);
        let parted = |words| places.parted(&[[0, 5]], Some(words));
        for same in ["a b,", "a\r\nb,", "a\\n b,", ""] {
            assert_eq!(parted(same), None, "{same}");
        }
        assert_eq!(parted("ab,").as_deref(), Some("a\n b,"));
        assert_eq!(parted("a b ,").as_deref(), Some("a\n b,"));
        assert_eq!(places.parted(&[[0, 5]], None), None);
    }

    #[test]
    fn words_are_the_same_in_any_normal_form() {
        let text = "Rene\u{301} said cafe\u{301} no. Zoe\u{308} left.";
        let (first, second, third) = ("Rene\u{301}", "cafe\u{301}", "Zoe\u{308}");
        // As the text counts, as NFC does, and one that is off.
        let own = [(0, 5, "René"), (11, 16, "café"), (21, 25, "Zoë")];
        assert_eq!(places(text, &own), [first, second, third]);
        let composed = [(0, 4, "René"), (10, 14, "café"), (19, 22, "Zoë")];
        assert_eq!(places(text, &composed), [first, second, third]);
        let odd = [(0, 5, "René"), (13, 18, "café")];
        assert_eq!(places(text, &odd), [first, "found 11 cafe\u{301}"]);
        // Another letter is another word.
        assert_eq!(places(text, &[(11, 15, "cafe")]), ["cafe"]);
        assert_eq!(places("René café", &[(0, 4, "Rene")]), ["not René"]);
        assert_eq!(places(text, &[(2, 6, "cafe")]), ["not ne\u{301} "]);
        let composed = "René said 각 no";
        let spans = [(0, 4, "Rene\u{301}"), (10, 11, "\u{1100}\u{1161}\u{11a8}")];
        assert_eq!(places(composed, &spans), ["René", "각"]);
        let spans = [(0, 5, "Rene\u{301}"), (15, 17, "no")];
        assert_eq!(places(composed, &spans), ["René", "no"]);
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
