//! What a person means by the place of the caret: the natural unit of a label, and the next larger
//! or smaller one.

use super::clauses::clause_at;
use super::mentions::mention_at;
use super::quotation_marks::{quoted_stretch_at, quoted_stretches, reads_as_speech};
use super::reporting_clauses::reports;
use super::speakers::speech_sentence;
use super::truncate::truncated;
use crate::model::{Annotation, Document, Schema};
use crate::text::{
    SourceText, TextRange, TextSize, next_paragraph, paragraph_at, sentence_at, snap_to_graphemes,
    snap_to_words, trim, word_at,
};

/// What tagging with nothing selected covers, by the label's nature. A quote: the quoted passage
/// around the caret, else what the sentence reports, else the sentence. Another label with
/// speakers: the clause inside a quotation or a report, else the sentence. A mention: the noun
/// group, else the word. Reporting words: the verb group, else the word. Any other: the sentence.
/// `None` where there is no text.
#[must_use]
pub fn natural_unit(
    document: &Document,
    schema: &Schema,
    label: &str,
    at: TextSize,
) -> Option<TextRange> {
    let source = document.source();
    let kind = schema.label(label);
    if kind.is_some_and(|kind| kind.mentions) {
        return mention_at(source, at).or_else(|| word_at(source, at));
    }
    if kind.is_some_and(|kind| kind.reports) {
        return verb_group(source, at).or_else(|| word_at(source, at));
    }
    if kind.is_some_and(|kind| kind.speaks) {
        let unit = if label == "quote" {
            quoted_stretch_at(source, at).or_else(|| reported(source, at))
        } else {
            clause_at(source, at)
        };
        return unit.or_else(|| sentence_at(source, at));
    }
    sentence_at(source, at)
}

/// What the sentence at the caret reports: the innermost content around the caret, speech before
/// thought; elsewhere in the sentence its quotation, else its first report.
fn reported(source: &SourceText, at: TextSize) -> Option<TextRange> {
    let sentence = speech_sentence(source, TextRange::empty(at))?;
    let reports = reports(source, sentence);
    let around = reports
        .iter()
        .filter_map(|report| Some((report.weak, report.clause.content?)))
        .filter(|(_, content)| content.contains_inclusive(at))
        .min_by_key(|(weak, content)| (*weak, content.len()));
    if let Some((_, content)) = around {
        return Some(content);
    }
    let distance = |range: &TextRange| {
        let before = at.checked_sub(range.end()).unwrap_or_default();
        before.max(range.start().checked_sub(at).unwrap_or_default())
    };
    quoted_stretches(source, sentence)
        .into_iter()
        .filter(|quote| reads_as_speech(source, *quote))
        .min_by_key(distance)
        .or_else(|| {
            let mut contents = reports
                .iter()
                .filter(|report| report.clause.content.is_some());
            contents
                .clone()
                .find(|report| !report.weak)
                .or_else(|| contents.next())
                .and_then(|report| report.clause.content)
        })
}

/// The reporting verb group at the caret, else the first of the sentence.
fn verb_group(source: &SourceText, at: TextSize) -> Option<TextRange> {
    let sentence = speech_sentence(source, TextRange::empty(at))?;
    let verbs: Vec<TextRange> = reports(source, sentence)
        .into_iter()
        .map(|report| report.clause.verb)
        .collect();
    verbs
        .iter()
        .find(|verb| verb.contains_inclusive(at))
        .or(verbs.first())
        .copied()
}

/// Everything a caret is in: word, noun group, quoted passagees, clause, reported content,
/// sentence, paragraph.
fn units_at(source: &SourceText, at: TextSize) -> Vec<TextRange> {
    let mut units = quoted_stretches(source, TextRange::empty(at));
    units.extend(word_at(source, at));
    units.extend(mention_at(source, at));
    units.extend(clause_at(source, at));
    if let Some(sentence) = speech_sentence(source, TextRange::empty(at)) {
        let contents = reports(source, sentence)
            .into_iter()
            .filter_map(|report| report.clause.content);
        units.extend(contents);
        units.push(sentence);
    }
    units.extend(sentence_at(source, at));
    units.push(paragraph_at(source, at));
    units
}

/// The next larger selection: word, name or quoted passage, clause, sentence, paragraph, and where
/// several are touched, all of them. `None` once whole paragraphs are selected.
#[must_use]
pub fn grow(source: &SourceText, range: TextRange) -> Option<TextRange> {
    let range = snap_to_graphemes(source, range);
    let mut units = units_at(source, range.start());
    if !range.is_empty() {
        let last = range.end() - TextSize::new(1);
        let inside = snap_to_graphemes(source, TextRange::empty(last)).start();
        units.extend(units_at(source, inside));
        units.push(snap_to_words(source, range));
        if let (Some(first), Some(last)) = (
            sentence_at(source, range.start()),
            sentence_at(source, inside),
        ) {
            units.push(first.cover(last));
        }
        let paragraphs = paragraph_at(source, range.start()).cover(paragraph_at(source, inside));
        units.push(trim(source, paragraphs));
        units.push(paragraphs);
    }
    units
        .into_iter()
        .filter(|unit| unit.contains_range(range) && unit.len() > range.len())
        .min_by_key(|unit| unit.len())
}

/// The next smaller selection around `caret`: the reverse of [`grow`]. `None` where nothing smaller
/// is there.
#[must_use]
pub fn shrink(source: &SourceText, range: TextRange, caret: TextSize) -> Option<TextRange> {
    let caret = caret.clamp(range.start(), range.end());
    units_at(source, caret)
        .into_iter()
        .filter(|unit| {
            range.contains_range(*unit)
                && unit.len() < range.len()
                && unit.contains_inclusive(caret)
                && !unit.is_empty()
        })
        .max_by_key(|unit| unit.len())
}

/// As far from its tag as a split quote may go on, in bytes: a paragraph can be a book.
const FAR: TextSize = TextSize::new(16_384);

/// Where a split quote goes on: the next quoted passage after the tag in its paragraph that no tag
/// of the same label covers; else the one the next paragraph begins with, as speech over several
/// paragraphs does; else the nearest before the tag in its paragraph.
#[must_use]
pub fn continuation(document: &Document, tag: &Annotation) -> Option<TextRange> {
    let source = document.source();
    let (start, end) = (tag.fragments.start(), tag.fragments.end());
    let free = |stretch: &TextRange| {
        !document
            .set()
            .overlapping(*stretch)
            .take(64)
            .any(|(_, other)| other.label == tag.label && !other.is_rejected())
    };
    let own = paragraph_at(source, end);
    let near = |range: TextRange| {
        let from = start.checked_sub(FAR).unwrap_or_default();
        let to = end.checked_add(FAR).unwrap_or(source.len());
        let part = range.intersect(TextRange::new(from, to));
        snap_to_graphemes(source, part.unwrap_or(TextRange::empty(end)))
    };
    let rest = near(TextRange::new(end.min(own.end()), own.end()));
    let behind = quoted_stretches(source, rest)
        .into_iter()
        .filter(|stretch| stretch.start() >= end)
        .find(free);
    let below = || {
        let next = next_paragraph(source, own)?;
        let next = near(trim(source, next));
        quoted_stretches(source, next)
            .into_iter()
            .next()
            .filter(|stretch| next.start() == stretch.start())
            .filter(free)
    };
    let before = || {
        let own = paragraph_at(source, start);
        let before = near(TextRange::new(own.start(), start.max(own.start())));
        quoted_stretches(source, before)
            .into_iter()
            .rev()
            .filter(|stretch| stretch.end() <= start)
            .find(free)
    };
    behind.or_else(below).or_else(before)
}

/// The form of a quote by its quotation marks: `direct` where all its words are between them,
/// `indirect` where none does, else `mixed`.
#[must_use]
pub fn quote_form(source: &SourceText, fragments: &[TextRange]) -> &'static str {
    let (mut inside, mut outside) = (false, false);
    for fragment in truncated(source, fragments) {
        let mut at = fragment.start();
        let plain = |from: TextSize, to: TextSize| {
            from < to
                && source
                    .slice(TextRange::new(from, to))
                    .contains(char::is_alphanumeric)
        };
        for stretch in quoted_stretches(source, fragment) {
            let Some(part) = stretch.intersect(fragment) else {
                continue;
            };
            inside |= plain(part.start(), part.end());
            outside |= plain(at, part.start());
            at = at.max(part.end());
        }
        outside |= plain(at, fragment.end());
    }
    match (inside, outside) {
        (true, false) => "direct",
        (true, true) => "mixed",
        (false, _) => "indirect",
    }
}
