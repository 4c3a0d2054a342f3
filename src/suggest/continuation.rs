//! Where a split quote goes on.

use super::MentionKind;
use super::cues::Cues;
use super::mark_pairs::mark_at;
use super::mentions::mention_kind;
use super::quotation_marks::quoted_stretches;
use super::same_name::same_name;
use super::speakers::{Nearness, guesses};
use crate::model::{Annotation, Document};
use crate::text::{
    SourceText, TextRange, TextSize, next_paragraph, paragraph_at, snap_to_graphemes, trim,
};

/// How many tags a passage is looked through for.
const LOOK: usize = 64;

/// As far from its tag as a split quote may go on, in bytes: a paragraph can be a book.
const FAR: TextSize = TextSize::new(16_384);

/// Where a split quote goes on in its paragraph: the next quoted passage after the tag that no tag of
/// the same label covers; else the nearest before it. A quotation left open at the end of its
/// paragraph goes on in the next.
#[must_use]
pub fn continuation(document: &Document, tag: &Annotation) -> Option<TextRange> {
    let source = document.source();
    let (start, end) = (tag.fragments.start(), tag.fragments.end());
    let reporter = named_reporter(source, tag.fragments.as_slice());
    let own = paragraph_at(source, end);
    let rest = near(source, tag, TextRange::new(end.min(own.end()), own.end()));
    let behind = quoted_stretches(source, rest)
        .into_iter()
        .filter(|stretch| stretch.start() >= end)
        .take_while(|stretch| !is_of_another(source, reporter, *stretch))
        .find(|stretch| is_free(document, tag, *stretch));
    let open = || is_left_open(source, tag).then(|| continuation_below(document, tag));
    let before = || {
        let own = paragraph_at(source, start);
        let before = TextRange::new(own.start(), start.max(own.start()));
        quoted_stretches(source, near(source, tag, before))
            .into_iter()
            .rev()
            .filter(|stretch| stretch.end() <= start)
            .take_while(|stretch| !is_of_another(source, reporter, *stretch))
            .find(|stretch| is_free(document, tag, *stretch))
    };
    behind.or_else(|| open().flatten()).or_else(before)
}

/// Where it goes on below its paragraph: the quoted passage the next paragraph begins with, if no tag
/// of the same label covers it.
#[must_use]
pub fn continuation_below(document: &Document, tag: &Annotation) -> Option<TextRange> {
    let source = document.source();
    let reporter = named_reporter(source, tag.fragments.as_slice());
    let own = paragraph_at(source, tag.fragments.end());
    let next = near(source, tag, trim(source, next_paragraph(source, own)?));
    quoted_stretches(source, next)
        .into_iter()
        .next()
        .filter(|stretch| next.start() == stretch.start())
        .filter(|stretch| !is_of_another(source, reporter, *stretch))
        .filter(|stretch| is_free(document, tag, *stretch))
}

fn is_free(document: &Document, tag: &Annotation, stretch: TextRange) -> bool {
    let mut there = document.set().overlapping(stretch).take(LOOK);
    !there.any(|(_, other)| other.label == tag.label && !other.is_rejected())
}

/// The name of who reports what is in these ranges, where its sentence has one.
fn named_reporter<'a>(source: &'a SourceText, ranges: &[TextRange]) -> Option<&'a str> {
    let mut guesses = guesses(source, ranges, &Cues::NONE).into_iter();
    let own = guesses.find(|guess| guess.nearness == Nearness::Sentence)?;
    let words = source.slice(own.range);
    (mention_kind(words) == MentionKind::Named).then_some(words)
}

/// Whether the sentence of a quotation names another speaker than this one.
fn is_of_another(source: &SourceText, reporter: Option<&str>, stretch: TextRange) -> bool {
    let theirs = reporter.and_then(|_| named_reporter(source, &[stretch]));
    reporter
        .zip(theirs)
        .is_some_and(|(own, theirs)| !same_name(own, theirs))
}

/// The part of a range that is not too far from a tag.
fn near(source: &SourceText, tag: &Annotation, range: TextRange) -> TextRange {
    let (start, end) = (tag.fragments.start(), tag.fragments.end());
    let from = start.checked_sub(FAR).unwrap_or_default();
    let to = end.checked_add(FAR).unwrap_or(source.len());
    let part = range.intersect(TextRange::new(from, to));
    snap_to_graphemes(source, part.unwrap_or(TextRange::empty(end)))
}

/// Whether a tag ends with a quotation that is not closed at the end of its paragraph.
fn is_left_open(source: &SourceText, tag: &Annotation) -> bool {
    let Some(last) = tag.fragments.iter().last() else {
        return false;
    };
    let own = paragraph_at(source, last.end());
    let words = last.intersect(own).map_or("", |part| source.slice(part));
    let closes = words.trim_end().chars().next_back().is_some_and(|end| {
        let mut buffer = [0; 4];
        mark_at(end.encode_utf8(&mut buffer)).is_some()
    });
    mark_at(words.trim_start()).is_some() && !closes && last.end() >= trim(source, own).end()
}
