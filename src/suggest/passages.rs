//! Quotations and reports: where an untagged quote may be.

use super::cues::Cues;
use super::lexicon::SUBJECT_PRONOUN;
use super::quotation_marks::{quoted_stretches, reads_as_speech, without_closing_marks};
use super::report_filter::{announces_another, is_first_person, is_title_of_work, is_worth_a_stop};
use super::reporting_clauses::{Report, reports};
use super::speakers::speech_sentence;
use crate::model::{Annotation, Document, Schema};
use crate::text::{
    SourceText, TextRange, TextSize, next_paragraph, paragraph_at, previous_paragraph, sentence_at,
    sentences, trim,
};

/// As many paragraphs as one step looks at.
pub const PARAGRAPHS: usize = 500;
/// How many tags are looked at.
const LOOK: usize = 64;
/// As far from a quotation as its reporter may be, in bytes: the hearer is between.
const NEAR: TextSize = TextSize::new(24);
/// As long a paragraph as is read as one, in bytes.
const LONGEST: TextSize = TextSize::new(16_384);

/// A passage is before another where it starts first or, from the same place, is longer.
fn key(range: TextRange) -> (TextSize, std::cmp::Reverse<TextSize>) {
    (range.start(), std::cmp::Reverse(range.len()))
}

/// The nearest quotation or reported content after `from` that no quote covers, or before it. From a
/// selection, the passages after (before) that selection; from a caret, those that start there or
/// after. Looks at [`PARAGRAPHS`] at most.
#[must_use]
pub fn untagged_passage(
    document: &Document,
    schema: &Schema,
    from: TextRange,
    forward: bool,
) -> Option<TextRange> {
    let source = document.source();
    let beyond = |passage: &TextRange| {
        if forward {
            from.is_empty() && passage.start() >= from.start() || key(*passage) > key(from)
        } else {
            passage.start() < from.start() || !from.is_empty() && key(*passage) < key(from)
        }
    };
    let cues = Cues::near(document, schema, from.start());
    let mut paragraph = paragraph_at(source, from.start());
    for _ in 0..PARAGRAPHS {
        let mut found = passages_in(source, paragraph, &cues)
            .into_iter()
            .filter(beyond)
            .filter(|passage| !is_settled(document, |tag| is_quote(schema, &tag.label), *passage));
        let nearest = if forward {
            found.next()
        } else {
            found.next_back()
        };
        if nearest.is_some() {
            return nearest;
        }
        paragraph = if forward {
            next_paragraph(source, paragraph)?
        } else {
            previous_paragraph(source, paragraph)?
        };
    }
    None
}

/// The quotations and reported contents of a paragraph, by place; an outer one before those in it.
fn passages_in(source: &SourceText, paragraph: TextRange, cues: &Cues) -> Vec<TextRange> {
    let paragraph = trim(source, paragraph);
    if paragraph.is_empty() || paragraph.len() > LONGEST {
        return Vec::new();
    }
    let quoted: Vec<TextRange> = quoted_stretches(source, paragraph)
        .into_iter()
        .filter(|stretch| reads_as_speech(source, *stretch))
        .filter(|stretch| !is_title_of_work(source, *stretch))
        .collect();
    let mut scopes: Vec<TextRange> = Vec::new();
    for sentence in sentences(source, paragraph) {
        let scope = speech_sentence(source, sentence);
        for scope in scope.into_iter().chain([sentence]) {
            if !scopes.contains(&scope) {
                scopes.push(scope);
            }
        }
    }
    for quote in &quoted {
        let inside = sentences(source, paragraph)
            .into_iter()
            .filter_map(|sentence| sentence.intersect(*quote));
        scopes.extend(inside.filter(|part| !part.is_empty()));
    }
    let mut found = quoted.clone();
    for scope in scopes {
        let in_quote = quoted.iter().any(|quote| quote.contains_range(scope));
        let worth: Vec<Report> = reports(source, scope, cues)
            .into_iter()
            .filter(|report| !in_quote || !is_first_person(source, report))
            .filter(|report| is_worth_a_stop(source, report, &quoted))
            .collect();
        let contents = worth
            .iter()
            .filter(|report| !announces_another(source, report, &worth))
            .filter_map(|report| report.clause.content);
        for content in contents {
            let is_quotation = quoted.iter().any(|quote| {
                let (inner, whole) = (bare(source, *quote), bare(source, content));
                inner == whole || inner.start() == whole.start() && is_sentence(source, *quote)
            });
            if !is_quotation && !crosses_sentences(source, content) && !found.contains(&content) {
                found.push(content);
            }
        }
    }
    found.sort_by_key(|passage| key(*passage));
    found
}

/// Whether a report would run over the end of a sentence, but for quotations in it: it is read wrongly.
fn crosses_sentences(source: &SourceText, content: TextRange) -> bool {
    let Some(last) = sentences(source, content).pop() else {
        return false;
    };
    let edge = last.start();
    edge > content.start()
        && !quoted_stretches(source, content)
            .iter()
            .filter(|quote| !quote.contains_range(content))
            .any(|quote| quote.start() < edge && edge <= quote.end())
}

/// Whether a quotation ends as a sentence or a clause does: what follows is not said.
fn is_sentence(source: &SourceText, quote: TextRange) -> bool {
    without_closing_marks(source.slice(quote)).ends_with([',', '.', '?', '!'])
}

/// Whether a tag of such a kind is there already, give or take its edges.
pub(super) fn is_tagged(
    document: &Document,
    is_such: impl Fn(&Annotation) -> bool,
    passage: TextRange,
) -> bool {
    let source = document.source();
    let passage = bare(source, passage);
    let mut there = document.set().overlapping(passage).take(LOOK);
    there.any(|(span, tag)| {
        let span = bare(source, span);
        let shared = span
            .intersect(passage)
            .map_or(0, |both| u32::from(both.len()));
        let all = u32::from(span.cover(passage).len());
        // Well inside a tag, it is something else.
        let share = if span.contains_range(passage) { 4 } else { 2 };
        !tag.is_open_suggestion() && is_such(tag) && shared * share >= all * (share - 1)
    })
}

/// Whether nothing is left to tag in a passage: it is tagged, or only the rest of what is.
fn is_settled(
    document: &Document,
    is_such: impl Fn(&Annotation) -> bool,
    passage: TextRange,
) -> bool {
    if is_tagged(document, &is_such, passage) {
        return true;
    }
    let source = document.source();
    let inner = bare(source, passage);
    let is_quotation =
        inner.start() > passage.start() && quoted_stretches(source, passage).contains(&passage);
    let mut parts: Vec<TextRange> = Vec::new();
    for (span, tag) in document.set().overlapping(inner).take(LOOK) {
        if tag.is_open_suggestion() || !is_such(tag) {
            continue;
        }
        let span = bare(source, span);
        if span.contains_range(inner) {
            // What is in a quote is said by its speaker, unless somebody else in it says it; what they
            // wish or promise to do is no word of theirs.
            let starts = !is_quotation && span.start() == inner.start();
            let is_wish = source.slice(passage).starts_with("to ");
            if starts || is_wish || !is_reported_within(source, span, passage) {
                return true;
            }
            continue;
        }
        // The same report, cut shorter or longer.
        if span.start() == inner.start() || span.end() == inner.end() {
            return true;
        }
        if tag.fragments.len() > 1 {
            parts.push(span);
        }
    }
    // A quote in several parts: what is between them and beyond is no other quote, but for quotations
    // that are not in it.
    let is_free = |quotation: &TextRange| {
        inner.contains_range(bare(source, *quotation))
            && !is_tagged(document, &is_such, *quotation)
            && !parts
                .iter()
                .any(|part| part.contains_range(bare(source, *quotation)))
    };
    !parts.is_empty() && !quoted_stretches(source, passage).iter().any(is_free)
}

/// Whether a report with a speaker of its own, within a tag at `span`, reports a passage in it.
fn is_reported_within(source: &SourceText, span: TextRange, passage: TextRange) -> bool {
    let inner = bare(source, passage);
    let mut scopes: Vec<TextRange> = speech_sentence(source, passage).into_iter().collect();
    if let Some(sentence) = sentence_at(source, inner.start()) {
        let quoted = quoted_stretches(source, inner).into_iter();
        scopes.extend(quoted.filter_map(|quote| quote.intersect(sentence)));
        scopes.push(sentence);
    }
    let is_such = |report: &Report| {
        let Some(subject) = report.clause.subject else {
            return false;
        };
        if goes_on_with(source, subject) {
            return false;
        }
        let frame = report.clause.verb.cover(subject);
        let content = report.clause.content;
        let about = content.is_some_and(|content| bare(source, content).contains_range(inner));
        let is_beside = |gap: TextRange| gap.len() <= NEAR && !source.slice(gap).contains('.');
        let beside = || {
            let behind = frame.end() <= passage.start()
                && is_beside(TextRange::new(frame.end(), passage.start()));
            let before = passage.end() <= frame.start()
                && is_beside(TextRange::new(passage.end(), frame.start()));
            behind || before
        };
        let apart = frame.intersect(inner).is_none_or(|both| both.is_empty());
        span.contains_range(frame) && apart && (about || beside())
    };
    scopes
        .iter()
        .any(|scope| reports(source, *scope, &Cues::NONE).iter().any(is_such))
}

/// "…, and he accused Roe": the speaker of what is before goes on.
fn goes_on_with(source: &SourceText, subject: TextRange) -> bool {
    let is_pronoun = SUBJECT_PRONOUN.has(&source.slice(subject).to_lowercase());
    let before = source.as_str().get(..usize::from(subject.start()));
    let mut before = before.unwrap_or_default().split_whitespace().rev();
    let joins = before
        .next()
        .is_some_and(|word| matches!(word, "and" | "but"));
    is_pronoun && joins && before.next().is_some_and(|word| word.ends_with(','))
}

/// Whether a label is for what someone said; claims are for what is in it.
fn is_quote(schema: &Schema, label: &str) -> bool {
    label == "quote" || schema.label("quote").is_none() && schema.speaks(label)
}

/// A range without the marks and blanks at its ends.
pub(super) fn bare(source: &SourceText, range: TextRange) -> TextRange {
    let is_mark = |c: char| !c.is_alphanumeric();
    let words = source.slice(range);
    let rest = words.trim_start_matches(is_mark);
    let start = range.end() - TextSize::of(rest);
    TextRange::at(start, TextSize::of(rest.trim_end_matches(is_mark)))
}
