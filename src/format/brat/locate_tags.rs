//! Where the tags of a file are. The words they repeat show what their offsets count, and which
//! ones are wrong.

use std::cell::OnceCell;

use super::counting::{CountedText, Counting, in_other_line_ends};
use super::left_out::LeftOut;
use super::lines::Line;
use super::record::TagLine;
use crate::text::wording::count;
use crate::text::{Anchored, CodePointIndex, OffsetUnit, SourceText, TextSize, WordFinder};

/// A tag line and the line it was on.
pub(super) type TagRecord<'a> = (&'a str, TagLine<'a>, &'a Line<'a>);

/// A tag with fragments in code points.
pub(super) struct LocatedTag<'a> {
    pub(super) name: &'a str,
    pub(super) label: &'a str,
    pub(super) fragments: Vec<[u32; 2]>,
}

/// Words are looked for so far from their place, in code points.
const NEAR: u32 = 200;

/// The tags that are on the text; what is left out or was moved is told.
pub(super) fn locate_tags<'a>(
    text: &CodePointIndex<'_>,
    tags: &[TagRecord<'a>],
    left_out: &mut LeftOut,
) -> Vec<LocatedTag<'a>> {
    let other = in_other_line_ends(text.text());
    let counted = CountedText::new(text, other.as_deref());
    let counting = judge(&counted, tags);
    if let (true, Some((_, _, line))) = (counting.inclusive, tags.first()) {
        left_out.tell(
            line.number,
            line.text,
            format!(
                "the ends in this file are one too small, as if they were places of the last \
                 characters; the words of the tags show it, and {} read that way, such as",
                count(tags.len(), "tag")
            ),
        );
    }
    // What is wrong is rare; only then the text is prepared for a search.
    let source = OnceCell::new();
    let mut finder = None;
    let mut placed = Vec::with_capacity(tags.len());
    for (name, tag, line) in tags {
        let fragments = counted.converted(&tag.fragments, counting);
        let found = fragments
            .as_ref()
            .and_then(|list| counted.words(list).map(|words| (list, words)));
        let fit = found
            .as_ref()
            .map(|(_, words)| match_words(words, tag.words, line));
        let fragments = match (&found, fit) {
            (Some((list, _)), Some(WordMatch::Whole)) => (*list).clone(),
            (Some((list, _)), Some(WordMatch::Alone)) => {
                tell_unmatched(line, left_out);
                (*list).clone()
            }
            (None, _) | (_, Some(WordMatch::No) | None) => {
                let near = match &fragments {
                    Some(list) => list.first().map(|place| place[0]),
                    None => start_as_long_as_its_words(tag),
                };
                let source = source.get_or_init(|| SourceText::new(text.text(), "UTF-8").ok());
                let finder = source
                    .as_ref()
                    .map(|source| finder.get_or_insert_with(|| WordFinder::new(source)));
                let moved = finder.and_then(|finder| look_for(tag, line, near, text, finder));
                let there = match &found {
                    Some((_, words)) => format!(
                        "{} (the text has “{}” there)",
                        line.text,
                        words.chars().take(60).collect::<String>()
                    ),
                    None => line.text.to_owned(),
                };
                if let Some((moved, whole)) = moved {
                    let place = moved.first().map_or(0, |f| f[0]);
                    let text = format!("{there}, moved to {place}");
                    let cause = "the words of the tag are elsewhere, and were found".to_owned();
                    left_out.tell(line.number, &text, cause);
                    if !whole {
                        tell_unmatched(line, left_out);
                    }
                    moved
                } else {
                    let why = match found {
                        Some(_) => "the text there is different",
                        None => "it is outside the text",
                    };
                    left_out.add(line.number, &there, why);
                    if found.is_some() {
                        tell_unmatched(line, left_out);
                    }
                    continue;
                }
            }
        };
        placed.push(LocatedTag {
            name,
            label: tag.label,
            fragments,
        });
    }
    placed
}

fn tell_unmatched(line: &Line<'_>, left_out: &mut LeftOut) {
    for (number, text) in &line.rest {
        if !text.trim().is_empty() {
            left_out.add(*number, text, "it does not belong to a tag");
        }
    }
}

/// The start of a tag that may have slipped past the end: it is as long as its words.
fn start_as_long_as_its_words(tag: &TagLine<'_>) -> Option<u32> {
    let length = u32::try_from(tag.words?.chars().count()).ok()?;
    let [start, end] = *tag.fragments.first()?;
    (tag.fragments.len() == 1 && end.checked_sub(start)? == length).then_some(start)
}

/// Where the words of a tag are, if they are once and near; and whether these are all its lines.
fn look_for(
    tag: &TagLine<'_>,
    line: &Line<'_>,
    near: Option<u32>,
    text: &CodePointIndex<'_>,
    finder: &mut WordFinder<'_>,
) -> Option<(Vec<[u32; 2]>, bool)> {
    let words = tag.words?;
    let mut once = |words: &str| {
        if words.trim().is_empty() {
            return None;
        }
        let Anchored::Moved(place) = finder.find(words, TextSize::of(text.text())) else {
            return None;
        };
        let code_point = |at: TextSize| text.from_unit(u32::from(at), OffsetUnit::Bytes);
        let place = [code_point(place.start())?, code_point(place.end())?];
        let is_near = near.is_some_and(|near| near.abs_diff(place[0]) <= NEAR);
        is_near.then_some(place)
    };
    if tag.fragments.len() == 1 {
        let rest = line.rest.iter().map(|(_, text)| *text);
        let whole: Vec<&str> = std::iter::once(words).chain(rest).collect();
        if let Some(place) = once(&whole.join("\n")) {
            return Some((vec![place], true));
        }
        return once(words).map(|place| (vec![place], line.rest.is_empty()));
    }
    // The words of the fragments, by their lengths.
    let mut letters = words.chars();
    let mut places: Vec<[u32; 2]> = Vec::new();
    for (n, [start, end]) in tag.fragments.iter().enumerate() {
        if n > 0 && letters.next() != Some(' ') {
            return None;
        }
        let length = usize::try_from(end.checked_sub(*start)?).ok()?;
        let part: String = letters.by_ref().take(length).collect();
        let place = once(&part)?;
        if places.last().is_some_and(|last| last[1] > place[0]) {
            return None;
        }
        places.push(place);
    }
    letters
        .next()
        .is_none()
        .then_some((places, line.rest.is_empty()))
}

enum WordMatch {
    /// The words with the lines they are wrapped over.
    Whole,
    /// The line without those that follow it.
    Alone,
    No,
}

fn match_words(found: &str, words: Option<&str>, line: &Line<'_>) -> WordMatch {
    let Some(words) = words else {
        return if line.rest.is_empty() {
            WordMatch::Whole
        } else {
            WordMatch::Alone
        };
    };
    let letters = |text: &str| -> String { text.chars().filter(|c| !is_gap(*c)).collect() };
    let found = letters(found);
    let rest = line.rest.iter().map(|(_, text)| *text);
    let whole: String = std::iter::once(words).chain(rest).collect();
    if letters(&whole) == found {
        WordMatch::Whole
    } else if letters(words) == found {
        WordMatch::Alone
    } else {
        WordMatch::No
    }
}

/// What brat and others write in different ways.
fn is_gap(c: char) -> bool {
    c.is_whitespace() || c.is_control()
}

/// Whether a stretch begins or ends with what others do not write: one that is off by one does.
fn has_edge_gap(found: &str) -> bool {
    found.starts_with(is_gap) || found.ends_with(is_gap)
}

/// What offsets count: that by which most of the tags find their words, and find them exactly; the
/// usual way if in doubt.
fn judge(text: &CountedText<'_>, tags: &[TagRecord<'_>]) -> Counting {
    let worded: Vec<&TagRecord<'_>> = tags
        .iter()
        .filter(|(_, tag, _)| tag.words.is_some())
        .collect();
    let fitting = |counting| {
        let (mut alike, mut exact) = (0, 0);
        for (_, tag, line) in &worded {
            let found = text.converted(&tag.fragments, counting);
            let Some(found) = found.and_then(|list| text.words(&list)) else {
                continue;
            };
            if Some(&*found) == tag.words {
                exact += 1;
                alike += 1;
            } else if !has_edge_gap(&found)
                && !matches!(match_words(&found, tag.words, line), WordMatch::No)
            {
                alike += 1;
            }
        }
        (alike, exact)
    };
    let mut best = ((0, 0), Counting::PLAIN);
    for counting in Counting::all().filter(|counting| text.differs(*counting)) {
        if best.0 == (worded.len(), worded.len()) {
            break;
        }
        let fits = fitting(counting);
        if fits > best.0 {
            best = (fits, counting);
        }
    }
    best.1
}
