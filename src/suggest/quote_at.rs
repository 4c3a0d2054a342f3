//! Which quote a caret is at: in it, in the words that report it, or at the end of its sentence.

use std::cmp::Reverse;

use super::cues::Cues;
use super::lexicon::{ADVERB, CALENDAR, PREPOSITION};
use super::passages::bare;
use super::quotation_marks::{quoted_stretches, reads_as_speech};
use super::report_filter::is_aside;
use super::reporting_clauses::{Report, reports};
use super::speakers::speech_sentence;
use crate::model::{Annotation, Document, Schema, Target};
use crate::text::{SourceText, TextRange, TextSize};

/// How many tags a sentence is looked through for.
const LOOK: usize = 64;

/// What a caret is at.
#[derive(Debug, Clone, Copy)]
pub(super) struct Speech<'a> {
    /// The words, in bytes: of a tag with several fragments, the one that is nearest.
    pub(super) range: TextRange,
    /// `None`: not tagged yet.
    pub(super) tag: Option<&'a Annotation>,
}

/// The quote or claim a caret (bytes) is at: the innermost around it; else the one that the words
/// around it report, with their time and place; else the one before the end of its sentence. Of
/// several the nearest, of those the longest.
#[must_use]
pub fn quote_at<'a>(
    document: &'a Document,
    schema: &Schema,
    at: TextSize,
) -> Option<&'a Annotation> {
    let speaks = |tag: &Annotation| schema.speaks(&tag.label);
    speech_at(document, at, speaks)?.tag
}

/// The tag that [`quote_at`] says, among those `is_quote` takes in; what a report or its verb is about
/// where that is not tagged.
pub(super) fn speech_at<'a>(
    document: &'a Document,
    at: TextSize,
    is_quote: impl Fn(&Annotation) -> bool,
) -> Option<Speech<'a>> {
    let source = document.source();
    let scope = speech_sentence(source, TextRange::empty(at))?;
    let tagged: Vec<Tagged<'_>> = document
        .set()
        .overlapping(scope)
        .take(LOOK)
        .filter(|(_, tag)| is_quote(tag) && !tag.is_rejected() && !tag.is_open_suggestion())
        .collect();
    let around = tagged
        .iter()
        .filter(|(span, _)| span.contains_inclusive(at))
        .min_by_key(|(span, _)| span.len());
    if let Some((range, tag)) = around {
        return Some(Speech {
            range: *range,
            tag: Some(tag),
        });
    }
    let sentence = Sentence::new(document, scope, &tagged);
    sentence.reported_at(at).or_else(|| {
        // After its full stop.
        let ends = |(span, _): &&Tagged<'_>| {
            span.end() <= at && !has_words(source, TextRange::new(span.end(), at))
        };
        nearest(tagged.iter().filter(ends), at).or_else(|| sentence.content_before(at))
    })
}

/// A part of a tag in the sentence, and the tag.
type Tagged<'a> = (TextRange, &'a Annotation);

/// A sentence read for the words that report what is said in it.
struct Sentence<'s, 'a> {
    source: &'a SourceText,
    scope: TextRange,
    tagged: &'s [Tagged<'a>],
    frames: Vec<Frame>,
    /// What is said, tagged or not.
    said: Vec<TextRange>,
}

/// A reporter and the verb, or the mention that a quote is linked to.
#[derive(Debug, Clone, Copy)]
struct Frame {
    range: TextRange,
    /// What it reports, outside quotation marks.
    content: Option<TextRange>,
    is_report: bool,
}

impl<'s, 'a> Sentence<'s, 'a> {
    fn new(document: &'a Document, scope: TextRange, tagged: &'s [Tagged<'a>]) -> Self {
        let source = document.source();
        let quoted: Vec<TextRange> = quoted_stretches(source, scope)
            .into_iter()
            .filter(|quote| reads_as_speech(source, *quote))
            .collect();
        let mut frames: Vec<Frame> = reports(source, scope, &Cues::NONE)
            .iter()
            .map(|report| framed(source, report, &quoted))
            .collect();
        for (span, tag) in tagged {
            let mentions = document.set().links_from(&tag.id).take(LOOK);
            let mentions = mentions.filter_map(|link| match &link.to {
                Target::Annotation(id) => document.set().annotation(id),
                Target::Person(_) | Target::NotGiven => None,
            });
            let hulls = mentions.map(|mention| mention.fragments.hull());
            frames.extend(
                hulls
                    .filter(|hull| scope.contains_range(*hull))
                    .map(|range| Frame {
                        range,
                        content: Some(*span),
                        is_report: false,
                    }),
            );
        }
        let contents = frames.iter().filter_map(|frame| frame.content);
        let spans = tagged.iter().map(|(span, _)| *span);
        let said = contents.chain(spans).chain(quoted).collect();
        Self {
            source,
            scope,
            tagged,
            frames,
            said,
        }
    }

    /// What the words around a caret report.
    fn reported_at(&self, at: TextSize) -> Option<Speech<'a>> {
        let own = self.frames.iter().find(|frame| {
            // On the verb or its subject, or between them and "that".
            let range = frame.range;
            let content = frame
                .content
                .filter(|content| frame.is_report && content.start() >= range.end());
            let range = content.map_or(range, |content| {
                range.cover(TextRange::empty(content.start()))
            });
            range.contains_inclusive(at)
        });
        // Words around that are in no quote yet are perhaps a claim of their own.
        let beside = || {
            let reached = self.frames.iter().filter(|frame| self.reaches(frame, at));
            let nearest = reached.min_by_key(|frame| distance(frame.range, at));
            nearest.filter(|_| !self.tagged.is_empty())
        };
        let frame = own.or_else(beside)?;
        // Another report of the sentence has its own words.
        let meant = |(span, _): &&Tagged<'_>| {
            frame.content.is_none_or(|content| {
                let both = content.intersect(*span);
                both.is_some_and(|both| !both.is_empty())
            })
        };
        let untagged = |range: TextRange| Speech { range, tag: None };
        nearest(self.tagged.iter().filter(meant), at)
            .or_else(|| frame.content.map(untagged))
            .or_else(|| {
                let quoted = quoted_stretches(self.source, self.scope).into_iter();
                let speech = quoted.filter(|quote| reads_as_speech(self.source, *quote));
                speech
                    .min_by_key(|quote| distance(*quote, at))
                    .map(untagged)
            })
    }

    /// What is reported up to the end of the sentence, where nothing but marks is before the caret.
    fn content_before(&self, at: TextSize) -> Option<Speech<'a>> {
        let mut contents = self.frames.iter().filter_map(|frame| frame.content);
        let last = contents.find(|content| {
            content.end() <= at && !has_words(self.source, TextRange::new(content.end(), at))
        });
        last.map(|range| Speech { range, tag: None })
    }

    /// Whether a caret is in the words that go with a report: when and where it was made. Nothing that
    /// is said, no other report and no other clause is between.
    fn reaches(&self, frame: &Frame, at: TextSize) -> bool {
        let behind = frame.range.end() <= at;
        let between = if behind {
            TextRange::new(frame.range.end(), at)
        } else if at <= frame.range.start() {
            TextRange::new(at, frame.range.start())
        } else {
            return false;
        };
        let is_between = |range: &TextRange| {
            range
                .intersect(between)
                .is_some_and(|both| !both.is_empty())
        };
        let other = |other: &Frame| other.range != frame.range && is_between(&other.range);
        !self.said.iter().any(is_between)
            && !self.frames.iter().any(other)
            && if behind {
                !has_clause_break(self.source.slice(between))
            } else {
                self.opens_with_phrase(frame, between)
            }
    }

    /// "On Tuesday, Lee said": whether only a phrase is before a report.
    fn opens_with_phrase(&self, frame: &Frame, between: TextRange) -> bool {
        let from = self.said.iter().map(|said| said.end());
        let from = from.filter(|end| *end <= between.start()).max();
        let from = from.unwrap_or(self.scope.start()).max(self.scope.start());
        let before = TextRange::new(from, frame.range.start().max(from));
        let words = self.source.slice(before);
        let opener = words_of(words).next().unwrap_or_default();
        let last = words_of(words).last().unwrap_or_default();
        // Right after what was said: “…,” the president of the union, Lee, said.
        let follows = from > self.scope.start();
        (follows || is_phrase_opener(&opener))
            && !has_clause_break(self.source.slice(between))
            && !joins_clauses(&last)
    }
}

/// A report as a frame; what only says to whom or where it was said is not its content.
fn framed(source: &SourceText, report: &Report, quoted: &[TextRange]) -> Frame {
    let clause = &report.clause;
    let range = clause
        .subject
        .map_or(clause.verb, |subject| clause.verb.cover(subject));
    Frame {
        range,
        content: clause.content.filter(|_| !is_aside(source, report, quoted)),
        is_report: true,
    }
}

/// The tag nearest to a caret; of those equally near the longest.
fn nearest<'a: 'b, 'b>(
    tagged: impl Iterator<Item = &'b Tagged<'a>>,
    at: TextSize,
) -> Option<Speech<'a>> {
    tagged
        .min_by_key(|(span, _)| (distance(*span, at), Reverse(span.len())))
        .map(|(range, tag)| Speech {
            range: *range,
            tag: Some(tag),
        })
}

/// How far a caret is from a range, in bytes.
pub(super) fn distance(range: TextRange, at: TextSize) -> TextSize {
    let before = at.checked_sub(range.end()).unwrap_or_default();
    before.max(range.start().checked_sub(at).unwrap_or_default())
}

fn has_words(source: &SourceText, range: TextRange) -> bool {
    !bare(source, range).is_empty()
}

/// The words of a text in lower case.
fn words_of(text: &str) -> impl Iterator<Item = String> {
    let words = text.split(|c: char| !c.is_alphanumeric() && !matches!(c, '\'' | '’'));
    words.filter(|word| !word.is_empty()).map(str::to_lowercase)
}

/// Whether another clause begins in it: after a semicolon, or a comma and a word that joins it.
fn has_clause_break(text: &str) -> bool {
    let after_comma = text.split([',', '–', '—']).skip(1);
    text.contains([';', ':'])
        || after_comma
            .filter_map(|part| words_of(part).next())
            .any(|word| joins_clauses(&word) || word == "which")
}

/// What a phrase before a report begins with: "On Tuesday", "Later", "Asked about it".
fn is_phrase_opener(word: &str) -> bool {
    PREPOSITION.has(word)
        || ADVERB.has(word)
        || CALENDAR.has(word)
        || word.ends_with("ing")
        || matches!(
            word,
            "when" | "while" | "asked" | "today" | "yesterday" | "am" | "im"
        )
}

fn joins_clauses(word: &str) -> bool {
    matches!(
        word,
        "and"
            | "but"
            | "or"
            | "so"
            | "yet"
            | "nor"
            | "while"
            | "whereas"
            | "although"
            | "though"
            | "because"
            | "und"
            | "aber"
            | "oder"
            | "während"
            | "weil"
            | "obwohl"
    )
}
