//! Where the tags of a file are. The words they repeat show what their offsets count, and which
//! ones are wrong.

use std::borrow::Cow;
use std::cell::OnceCell;

use super::lines::{Line, cut, leave_out};
use super::record::TagLine;
use crate::format::counting::by_edges::judge_stretches;
use crate::format::counting::by_words::{WordSearch, has_edge_gap, letters, trimmed};
use crate::format::counting::normal_form::is_same;
use crate::format::counting::{Counting, Places, UnitHint};
use crate::format::interchange::{CodePointRanges, code_point_ranges};
use crate::format::left_out::LeftOut;
use crate::format::tally::Content;
use crate::text::CodePointIndex;
use crate::text::wording::count;

/// A tag line and the line it was on.
pub(super) type TagRecord<'a> = (&'a str, TagLine<'a>, &'a Line<'a>);

/// A tag with fragments in code points.
pub(super) struct LocatedTag<'a> {
    pub(super) line: &'a Line<'a>,
    pub(super) name: &'a str,
    pub(super) label: &'a str,
    pub(super) fragments: CodePointRanges,
}

/// The tags that are on the text; what is left out or was moved is told.
pub(super) fn locate_tags<'a>(
    text: &CodePointIndex<'_>,
    tags: &[TagRecord<'a>],
    unit: UnitHint,
    left_out: &mut LeftOut,
) -> Vec<LocatedTag<'a>> {
    let counting = match tags.iter().any(|(_, tag, _)| tag.words.is_some()) {
        true => judge(text, tags, unit),
        false => {
            let parts = tags.iter().flat_map(|(_, tag, _)| &tag.fragments);
            let parts: Vec<[u32; 2]> = parts.copied().collect();
            let judgement = judge_stretches(text.text(), unit, &parts);
            if let (Some(why), Some((_, _, line))) = (judgement.remark(), tags.first()) {
                left_out.remark(line.number, &why, cut(line.text));
            }
            judgement.counting
        }
    };
    let places = Places::new(text.text(), counting);
    let has_words = |(_, tag, _): &TagRecord<'_>| tag.words.is_some();
    if let (true, Some((_, _, line))) = (counting.inclusive, tags.iter().find(|tag| has_words(tag)))
    {
        let why = format!(
            "the ends in this file are one too small, as if they were places of the last \
             characters; the words show it, and {} read that way; check them, or add one to each \
             end in the file, such as in",
            match tags.len() {
                1 => "the only tag was".to_owned(),
                all => format!("{} were", count(all, "tag")),
            }
        );
        left_out.skip(line.number, &why, cut(line.text));
    }
    // What is wrong is rare; only then the text is prepared for a search.
    let search = OnceCell::new();
    let mut placed = Vec::with_capacity(tags.len());
    for (name, tag, line) in tags {
        let fragments = places.fragments(&tag.fragments);
        let found = fragments
            .as_ref()
            .and_then(|list| words_at(text, list).map(|words| (list, words)));
        let fit = found
            .as_ref()
            .map(|(_, words)| match_words(words, tag.words, line));
        let exact = |list: &[[u32; 2]]| {
            let trimmed = trimmed(text, list);
            let found = words_at(text, &trimmed);
            let edges = |words: &str| has_edge_gap(words);
            let words = found.as_deref().zip(tag.words);
            let same = words.is_some_and(|(found, words)| is_same(found, words));
            (same || !tag.words.is_some_and(edges)).then_some(trimmed)
        };
        let fragments = match (&found, fit) {
            (Some((list, words)), Some(WordMatch::Whole))
                if tag.words.is_some_and(|own| own != words.as_ref()) =>
            {
                exact(list).unwrap_or_else(|| (*list).clone())
            }
            (Some((list, _)), Some(WordMatch::Whole)) => (*list).clone(),
            (Some((list, _)), Some(WordMatch::Alone)) => {
                tell_unmatched(line, left_out);
                (*list).clone()
            }
            (None, _) | (_, Some(WordMatch::No) | None) => {
                let ends = tag.fragments.iter().flatten();
                let cuts = fragments.is_none() && ends.max() <= Some(&places.length());
                let near = match &fragments {
                    Some(list) => list.first().map(|place| place[0]),
                    None if cuts => tag.fragments.first().map(|place| places.near(place[0])),
                    None => start_as_long_as_its_words(tag),
                };
                let search = search.get_or_init(|| WordSearch::new(text.text()));
                let moved = near.and_then(|near| look_for(tag, line, near, search));
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
                    let why = "the words of the tag are elsewhere, and were found";
                    left_out.remark(line.number, why, cut(&text));
                    if !whole {
                        tell_unmatched(line, left_out);
                    }
                    moved
                } else {
                    let why = match found {
                        Some(_) => "the text there is different",
                        None if cuts => "it begins or ends within a character",
                        None => "it is outside the text",
                    };
                    leave_out(left_out, line.number, &there, why);
                    left_out.tally.left_out.add(Content::Tag, 1);
                    tell_unmatched(line, left_out);
                    continue;
                }
            }
        };
        placed.push(LocatedTag {
            line,
            name,
            label: tag.label,
            fragments: code_point_ranges(fragments),
        });
    }
    placed
}

fn tell_unmatched(line: &Line<'_>, left_out: &mut LeftOut) {
    for (number, text) in &line.rest {
        if !text.trim().is_empty() {
            leave_out(left_out, *number, text, "it does not belong to a tag");
        }
    }
}

/// The start of a tag that may have slipped past the end: it is as long as its words.
fn start_as_long_as_its_words(tag: &TagLine<'_>) -> Option<u32> {
    let length = u32::try_from(tag.words?.chars().count()).ok()?;
    let [start, end] = *tag.fragments.first()?;
    (tag.fragments.len() == 1 && end.checked_sub(start)? == length).then_some(start)
}

/// The words of fragments, joined by spaces as brat does; `None` where one is empty or outside.
fn words_at<'t>(text: &CodePointIndex<'t>, fragments: &[[u32; 2]]) -> Option<Cow<'t, str>> {
    let mut parts = Vec::with_capacity(fragments.len());
    for &[start, end] in fragments {
        parts.push(text.slice(start, end).filter(|part| !part.is_empty())?);
    }
    Some(match parts[..] {
        [only] => Cow::Borrowed(only),
        _ => Cow::Owned(parts.join(" ")),
    })
}

/// Where the words of a tag are, if it is clear; and whether these are all its lines.
fn look_for(
    tag: &TagLine<'_>,
    line: &Line<'_>,
    near: u32,
    search: &WordSearch,
) -> Option<(Vec<[u32; 2]>, bool)> {
    let words = tag.words?;
    let once = |words: &str| search.find(words, Some(near));
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

/// What offsets count: that by which most of the tags find their words, and find them exactly; the
/// usual way if in doubt.
fn judge(text: &CodePointIndex<'_>, tags: &[TagRecord<'_>], unit: UnitHint) -> Counting {
    let worded: Vec<&TagRecord<'_>> = tags
        .iter()
        .filter(|(_, tag, _)| tag.words.is_some())
        .collect();
    // One more that is alike is worth more than all that are alike to the letter.
    let alike = worded.len() + 1;
    let all = worded.len() * (alike + 1);
    Counting::best(text.text(), unit, all, |counting| {
        let places = Places::new(text.text(), counting);
        let fits = worded.iter().map(|(_, tag, line)| {
            let found = places.fragments(&tag.fragments);
            let Some(found) = found.and_then(|list| words_at(text, &list)) else {
                return 0;
            };
            if tag.words.is_some_and(|words| is_same(&found, words)) {
                alike + 1
            } else if !has_edge_gap(&found)
                && !matches!(match_words(&found, tag.words, line), WordMatch::No)
            {
                alike
            } else {
                0
            }
        });
        fits.sum()
    })
}
