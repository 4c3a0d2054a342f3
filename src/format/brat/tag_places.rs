//! Where the tags of a file are. The text they repeat shows the unit of their offsets and which
//! ones are wrong.

use super::lines::Line;
use super::record::TagLine;
use crate::text::{CodePointIndex, OffsetUnit};

/// A tag line and the line it was on.
pub(super) type Standing<'a> = (&'a str, TagLine<'a>, &'a Line<'a>);

/// A tag with fragments in code points.
pub(super) struct Placed<'a> {
    pub(super) name: &'a str,
    pub(super) label: &'a str,
    pub(super) fragments: Vec<[u32; 2]>,
}

/// A line that is left out.
pub(super) struct LeftOut<'a> {
    pub(super) line: usize,
    pub(super) text: &'a str,
    pub(super) why: &'static str,
}

/// The tags that are on the text, and the lines that are left out.
pub(super) fn place<'a>(
    text: &CodePointIndex<'_>,
    tags: &[Standing<'a>],
) -> (Vec<Placed<'a>>, Vec<LeftOut<'a>>) {
    let unit = guess_unit(text, tags);
    let mut placed = Vec::with_capacity(tags.len());
    let mut left_out = Vec::new();
    for (name, tag, line) in tags {
        let fragments = converted(&tag.fragments, text, unit);
        let found = fragments.as_ref().and_then(|list| words(text, list));
        let leave_out = |why| LeftOut {
            line: line.number,
            text: line.text,
            why,
        };
        let (Some(fragments), Some(found)) = (fragments, found) else {
            left_out.push(leave_out("it is outside the text"));
            continue;
        };
        match fits(&found, tag.words, line) {
            Fit::No => {
                left_out.push(leave_out("the text there is different"));
                left_out.extend(wrapped(line));
                continue;
            }
            Fit::Alone => left_out.extend(wrapped(line)),
            Fit::Whole => {}
        }
        placed.push(Placed {
            name,
            label: tag.label,
            fragments,
        });
    }
    (placed, left_out)
}

fn wrapped<'a>(line: &'a Line<'a>) -> impl Iterator<Item = LeftOut<'a>> {
    let rest = line.rest.iter().filter(|(_, text)| !text.trim().is_empty());
    rest.map(|&(line, text)| LeftOut {
        line,
        text,
        why: "it does not belong to a tag",
    })
}

enum Fit {
    /// The words with the lines they are wrapped over.
    Whole,
    /// The line without those that follow it.
    Alone,
    No,
}

fn fits(found: &str, words: Option<&str>, line: &Line<'_>) -> Fit {
    let Some(words) = words else {
        return if line.rest.is_empty() {
            Fit::Whole
        } else {
            Fit::Alone
        };
    };
    let letters = |text: &str| -> String { text.chars().filter(|c| !is_gap(*c)).collect() };
    let found = letters(found);
    let rest = line.rest.iter().map(|(_, text)| *text);
    let whole: String = std::iter::once(words).chain(rest).collect();
    if letters(&whole) == found {
        Fit::Whole
    } else if letters(words) == found {
        Fit::Alone
    } else {
        Fit::No
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
fn guess_unit(text: &CodePointIndex<'_>, tags: &[Standing<'_>]) -> OffsetUnit {
    if text.text().is_ascii() {
        return OffsetUnit::CodePoints;
    }
    let fitting = |unit| {
        let right = tags.iter().filter(|(_, tag, line)| {
            let found = converted(&tag.fragments, text, unit).and_then(|list| words(text, &list));
            found.is_some_and(|found| !matches!(fits(&found, tag.words, line), Fit::No))
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
