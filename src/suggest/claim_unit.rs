//! What a claim covers in a quote.

use super::clauses::{clause_at, clause_of, words_of};
use super::quote_at::speech_at;
use crate::model::{Annotation, Document, Schema};
use crate::text::{SourceText, TextRange, TextSize, snap_to_graphemes};

/// How many tags a quote is looked through for.
const LOOK: usize = 64;

/// What a claim covers at the quote that the caret is at, not in the sentence around it: the words of
/// the quote, else a clause of them.
pub(super) fn claim_in_quote(
    document: &Document,
    schema: &Schema,
    label: &str,
    at: TextSize,
) -> Option<TextRange> {
    let (source, is_quote) = (document.source(), speaking_but(schema, label));
    let speech = speech_at(document, at, &is_quote)?;
    let clause = clause_within(source, speech.range, at);
    if speech.tag.is_none() || has_claim(document, label, &is_quote, speech.range) {
        return clause;
    }
    // One clause is taken as a clause is.
    let ends = [speech.range.start(), speech.range.end()];
    let [first, last] = ends.map(|end| clause_within(source, speech.range, end));
    if first == last {
        return first;
    }
    words_of(source, speech.range).or(clause)
}

/// The words that tagging with `label` at a caret (bytes) takes from the quote there at first, if they
/// are more than a clause; see [`super::natural_unit`].
#[must_use]
pub fn words_of_quote(
    document: &Document,
    schema: &Schema,
    label: &str,
    at: TextSize,
) -> Option<TextRange> {
    let kind = schema.label(label).filter(|kind| kind.speaks);
    if label == "quote" || kind.is_none() {
        return None;
    }
    let speech = speech_at(document, at, speaking_but(schema, label))?;
    speech.tag?;
    words_of(document.source(), speech.range)
}

fn speaking_but(schema: &Schema, label: &str) -> impl Fn(&Annotation) -> bool {
    move |tag| tag.label != label && schema.speaks(&tag.label)
}

/// Whether there is a tag of `label` in a quote that is in no other quote within it.
fn has_claim(
    document: &Document,
    label: &str,
    is_quote: impl Fn(&Annotation) -> bool,
    quote: TextRange,
) -> bool {
    let there = || document.set().overlapping(quote).take(LOOK);
    let stands = |tag: &Annotation| !tag.is_rejected() && !tag.is_open_suggestion();
    let within: Vec<TextRange> = there()
        .filter(|(span, tag)| {
            is_quote(tag) && stands(tag) && *span != quote && quote.contains_range(*span)
        })
        .map(|(span, _)| span)
        .collect();
    there().any(|(span, tag)| {
        tag.label == label
            && stands(tag)
            && quote.contains_range(span)
            && !within.iter().any(|inner| inner.contains_range(span))
    })
}

/// The clause of `quote` at `at`, or at its edge nearest to there.
fn clause_within(source: &SourceText, quote: TextRange, at: TextSize) -> Option<TextRange> {
    let one = TextSize::new(1);
    let last = quote.end().checked_sub(one)?.max(quote.start());
    let at = snap_to_graphemes(source, TextRange::empty(at.clamp(quote.start(), last))).start();
    clause_at(source, at)
        .filter(|clause| quote.contains_range(*clause))
        .or_else(|| clause_of(source, quote, at))
}
