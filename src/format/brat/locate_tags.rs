//! Where the tags of a file are. The text they repeat shows the unit of their offsets and which
//! ones are wrong.

use super::lines::Line;
use super::record::TagLine;
use crate::text::{CodePointIndex, OffsetUnit};

/// A tag line and the line it was on.
pub(super) type TagRecord<'a> = (&'a str, TagLine<'a>, &'a Line<'a>);

/// A tag with fragments in code points.
pub(super) struct LocatedTag<'a> {
    pub(super) name: &'a str,
    pub(super) label: &'a str,
    pub(super) fragments: Vec<[u32; 2]>,
}

/// A line that is left out.
pub(super) struct SkippedLine<'a> {
    pub(super) line: usize,
    pub(super) text: &'a str,
    pub(super) why: &'static str,
}

/// The tags that are on the text, and the lines that are left out.
pub(super) fn locate_tags<'a>(
    text: &CodePointIndex<'_>,
    tags: &[TagRecord<'a>],
) -> (Vec<LocatedTag<'a>>, Vec<SkippedLine<'a>>) {
    let unit = guess_unit(text, tags);
    let mut placed = Vec::with_capacity(tags.len());
    let mut skipped = Vec::new();
    for (name, tag, line) in tags {
        let fragments = converted(&tag.fragments, text, unit);
        let found = fragments.as_ref().and_then(|list| words(text, list));
        let skip = |why| SkippedLine {
            line: line.number,
            text: line.text,
            why,
        };
        let (Some(fragments), Some(found)) = (fragments, found) else {
            skipped.push(skip("it is outside the text"));
            continue;
        };
        match match_words(&found, tag.words, line) {
            WordMatch::No => {
                skipped.push(skip("the text there is different"));
                skipped.extend(unmatched_lines(line));
                continue;
            }
            WordMatch::Alone => skipped.extend(unmatched_lines(line)),
            WordMatch::Whole => {}
        }
        placed.push(LocatedTag {
            name,
            label: tag.label,
            fragments,
        });
    }
    (placed, skipped)
}

fn unmatched_lines<'a>(line: &'a Line<'a>) -> impl Iterator<Item = SkippedLine<'a>> {
    let rest = line.rest.iter().filter(|(_, text)| !text.trim().is_empty());
    rest.map(|&(line, text)| SkippedLine {
        line,
        text,
        why: "it does not belong to a tag",
    })
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

fn words(text: &CodePointIndex<'_>, fragments: &[[u32; 2]]) -> Option<String> {
    let parts = fragments.iter().map(|&[start, end]| {
        let part = text.slice(start, end);
        part.filter(|part| !part.is_empty())
    });
    parts.collect()
}

/// Fragments in code points; `None` where one ends within a character or outside.
fn converted(
    fragments: &[[u32; 2]],
    text: &CodePointIndex<'_>,
    unit: OffsetUnit,
) -> Option<Vec<[u32; 2]>> {
    let code_point = |offset| text.from_unit(offset, unit);
    let converted = fragments
        .iter()
        .map(|&[start, end]| Some([code_point(start)?, code_point(end)?]));
    converted.collect()
}

/// What offsets count: that by which most of the tags find their words; code points if in doubt.
fn guess_unit(text: &CodePointIndex<'_>, tags: &[TagRecord<'_>]) -> OffsetUnit {
    if text.text().is_ascii() {
        return OffsetUnit::CodePoints;
    }
    let fitting = |unit| {
        let right = tags.iter().filter(|(_, tag, line)| {
            let found = converted(&tag.fragments, text, unit).and_then(|list| words(text, &list));
            found
                .is_some_and(|found| !matches!(match_words(&found, tag.words, line), WordMatch::No))
        });
        right.count()
    };
    let mut best = (fitting(OffsetUnit::CodePoints), OffsetUnit::CodePoints);
    for unit in [OffsetUnit::Utf16, OffsetUnit::Bytes] {
        if best.0 == tags.len() {
            break;
        }
        let right = fitting(unit);
        if right > best.0 {
            best = (right, unit);
        }
    }
    best.1
}
