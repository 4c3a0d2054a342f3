//! Clauses inside speech: what a claim usually covers.

use super::cues::Cues;
use super::lexicon::{AUXILIARY, DETERMINER, REPORTS, SUBJECT_PRONOUN};
use super::noun_group::{Group, groups, span};
use super::quotation_marks::{quoted_stretches, reads_as_speech};
use super::reporting_clauses::reports;
use super::speakers::speech_sentence;
use super::token::{Token, closes_inside, opens_inside, tokens};
use crate::text::{SourceText, TextRange, TextSize, sentence_at, snap_to_graphemes};

/// The clause at a caret inside a quotation or a report, without marks at its ends and without the
/// word that joins it on; `None` outside of both.
#[must_use]
pub fn clause_at(source: &SourceText, at: TextSize) -> Option<TextRange> {
    clause_with(source, at, &Cues::NONE)
}

/// The same, where `cues` report too.
pub(super) fn clause_with(source: &SourceText, at: TextSize, cues: &Cues) -> Option<TextRange> {
    clause_of(source, speech_around(source, at, cues)?, at)
}

/// The clause at a caret inside `speech`, as far as its sentence goes.
pub(super) fn clause_of(source: &SourceText, speech: TextRange, at: TextSize) -> Option<TextRange> {
    let sentence = sentence_at(source, at)?;
    let region = speech.intersect(sentence)?;
    let tokens = tokens(source, region, &[]);
    let groups = groups(&tokens);
    let pieces = pieces(&tokens, &groups);
    let (start, end) = pieces
        .iter()
        .rev()
        .find(|(start, _)| {
            tokens
                .get(*start)
                .is_some_and(|token| token.range.start() <= at)
        })
        .or(pieces.first())
        .copied()?;
    let start = innermost(&tokens, &groups, start, end, at);
    bare(&tokens, start, end)
}

/// The words of a quote as a claim: without marks at the ends and without the word that joins them to
/// what is before. Whether they are one clause or several is all the same.
pub(super) fn words_of(source: &SourceText, quote: TextRange) -> Option<TextRange> {
    let in_marks = quoted_stretches(source, quote).contains(&quote);
    let words = if in_marks {
        inside_marks(source, quote)
    } else {
        quote
    };
    let tokens = tokens(source, words, &[]);
    bare_of(&tokens, 0, tokens.len(), |lower| {
        matches!(lower, "that" | "and" | "but" | "or" | "so" | "yet")
    })
}

/// The quoted speech or the reported content around a caret, the smaller of the two.
fn speech_around(source: &SourceText, at: TextSize, cues: &Cues) -> Option<TextRange> {
    let quoted = quoted_stretches(source, TextRange::empty(at))
        .into_iter()
        .filter(|stretch| reads_as_speech(source, *stretch))
        .map(|stretch| inside_marks(source, stretch));
    let reported = speech_sentence(source, TextRange::empty(at))
        .map(|sentence| reports(source, sentence, cues))
        .unwrap_or_default()
        .into_iter()
        .filter_map(|report| report.clause.content)
        .filter(|content| content.contains_inclusive(at));
    quoted.chain(reported).min_by_key(|range| range.len())
}

/// A quoted passage without its outer marks, where it has both.
fn inside_marks(source: &SourceText, stretch: TextRange) -> TextRange {
    let is_mark = |c: char| !c.is_alphanumeric() && !c.is_whitespace();
    let words = source.slice(stretch);
    let rest = words.strip_prefix(is_mark).unwrap_or(words);
    let start = stretch.end() - TextSize::of(rest);
    let inner = match rest.chars().next_back() {
        Some('”' | '"' | '’' | '\'' | '»' | '“' | '」' | '』' | '›') => {
            rest.strip_suffix(is_mark).unwrap_or(rest)
        }
        _ => rest,
    };
    snap_to_graphemes(source, TextRange::at(start, TextSize::of(inner)))
}

fn starts_subject(tokens: &[Token], groups: &[Group], at: usize) -> bool {
    groups.iter().any(|group| group.start == at)
        || tokens.get(at).is_some_and(|token| {
            token.is(DETERMINER)
                || token.is(SUBJECT_PRONOUN)
                || token.lower == "there"
                || token.is_capital()
        })
}

fn is_subordinator(lower: &str) -> bool {
    matches!(
        lower,
        "because"
            | "although"
            | "though"
            | "while"
            | "whereas"
            | "if"
            | "when"
            | "unless"
            | "since"
    )
}

/// Clauses side by side: token ranges that cover the sentence.
fn pieces(tokens: &[Token], groups: &[Group]) -> Vec<(usize, usize)> {
    let mut starts = vec![0];
    let words = |from: usize, to: usize| {
        let part = tokens.get(from..to).unwrap_or_default();
        part.iter().filter(|token| token.is_word).count()
    };
    for (at, token) in tokens.iter().enumerate().skip(1) {
        let Some(before) = tokens.get(at - 1) else {
            continue;
        };
        let begun = starts.last().copied().unwrap_or(0);
        let comma = before.is_mark(&[","]);
        let opened = tokens.get(begun..).and_then(|piece| {
            piece
                .iter()
                .find(|token| token.is_word && token.lower != "that")
        });
        let breaks = before.is_mark(&[";", ":", "—", "–"])
            || comma
                && matches!(token.lower.as_str(), "and" | "but" | "or" | "so" | "yet")
                && (starts_subject(tokens, groups, at + 1))
            || is_subordinator(&token.lower)
                && (comma || matches!(token.lower.as_str(), "because" | "although" | "whereas"))
                && starts_subject(tokens, groups, at + 1)
            || comma
                && opened.is_some_and(|token| is_subordinator(&token.lower))
                && starts_subject(tokens, groups, at);
        // Too short a piece is no clause: a list, an aside.
        if breaks && words(begun, at) >= 3 && words(at, tokens.len()) >= 3 {
            starts.push(at);
        }
    }
    let ends = starts.iter().skip(1).copied().chain([tokens.len()]);
    starts.iter().copied().zip(ends).collect()
}

/// Whether a *that* after the word opens what it states, rather than more about a noun.
fn takes_that(before: &Token) -> bool {
    before.is(REPORTS)
        || matches!(
            before.lower.as_str(),
            "is" | "was"
                | "be"
                | "clear"
                | "important"
                | "likely"
                | "possible"
                | "true"
                | "sure"
                | "certain"
                | "confident"
                | "convinced"
                | "obvious"
                | "evident"
                | "aware"
                | "concerned"
                | "worried"
                | "afraid"
                | "glad"
                | "happy"
                | "hopeful"
                | "fact"
                | "idea"
                | "view"
                | "belief"
                | "me"
                | "him"
                | "us"
                | "them"
                | "you"
                | "so"
                | "see"
                | "mean"
                | "means"
                | "proud"
                | "ensure"
                | "prove"
                | "proves"
                | "proved"
        )
}

/// The start of the last *that* clause that opens before the caret; it reaches to the end.
fn innermost(tokens: &[Token], groups: &[Group], start: usize, end: usize, at: TextSize) -> usize {
    let opens = |place: usize| {
        place > start
            && place + 3 < end
            && tokens
                .get(place)
                .is_some_and(|token| token.lower == "that" && token.range.start() <= at)
            && starts_subject(tokens, groups, place + 1)
            && !tokens
                .get(place + 1)
                .is_some_and(|token| token.is(AUXILIARY))
            && tokens.get(place - 1).is_some_and(takes_that)
    };
    (start..end)
        .rev()
        .find(|&place| opens(place))
        .unwrap_or(start)
}

/// Without marks at the ends, and without the word that joins the clause to another.
fn bare(tokens: &[Token], start: usize, end: usize) -> Option<TextRange> {
    bare_of(tokens, start, end, |lower| {
        matches!(
            lower,
            "that" | "and" | "but" | "or" | "so" | "yet" | "while" | "whereas"
        )
    })
}

/// Without marks at the ends, and without the words at the start that join it to something.
fn bare_of(
    tokens: &[Token],
    start: usize,
    end: usize,
    joins: impl Fn(&str) -> bool,
) -> Option<TextRange> {
    let mut piece = tokens.get(start..end)?;
    while let Some((last, rest)) = piece.split_last() {
        if last.is_word || closes_inside(piece) {
            break;
        }
        piece = rest;
    }
    while let Some((first, rest)) = piece.split_first() {
        let goes = if first.is_word {
            joins(&first.lower) && rest.len() > 1
        } else {
            !opens_inside(piece)
        };
        if !goes {
            break;
        }
        piece = rest;
    }
    span(piece, 0, piece.len())
}
