//! What a person means by the place of the caret: the natural unit of a label, and the next larger
//! or smaller one.

use super::MentionKind;
use super::claim_unit::claim_in_quote;
use super::clauses::{clause_at, clause_with};
use super::complement::complement_at;
use super::conventions::Conventions;
use super::cues::Cues;
use super::mentions::{may_be_mention, mention_at, mention_kind};
use super::passages::{bare, is_tagged};
use super::proposals::{proposals_at, whole_mention_at};
use super::quotation_marks::{
    quoted_stretch_at, quoted_stretches, reads_as_speech, without_closing_marks,
};
use super::quote_at::distance;
use super::reporting_clauses::{Report, reports};
use super::speakers::speech_sentence;
use super::truncate::truncated;
use crate::model::{Document, QuoteForm, Schema};
use crate::text::{
    SourceText, TextRange, TextSize, paragraph_at, sentence_at, snap_to_graphemes, snap_to_words,
    trim, word_at,
};

/// How many tags a sentence is looked through for.
const LOOK: usize = 64;

/// What tagging with nothing selected covers, by the label's nature. A quote: the quoted passage
/// around the caret, else what the sentence reports and is not tagged, else a sentence without
/// quotes. Another label with speakers: in a quote its words, and once they or a clause of them are
/// tagged, the clause; the clause inside a quotation or a report; else the sentence. A mention: the noun group, else the word if it may be a noun. Reporting words: the verb group, else the
/// word. Any other: the sentence. Sentences go without their full stop, as clauses do. `None` where
/// there is no text, or the quotes of the sentence are tagged and the caret is in none of them.
#[must_use]
pub fn natural_unit(
    document: &Document,
    schema: &Schema,
    label: &str,
    at: TextSize,
) -> Option<TextRange> {
    let source = document.source();
    let kind = schema.label(label);
    let cues = &Cues::near(document, schema, at);
    if kind.is_some_and(|kind| kind.mentions) {
        return contracted_pronoun(source, at)
            .or_else(|| whole_mention_at(source, at, cues))
            .or_else(|| mention_at(source, at))
            .or_else(|| word_at(source, at).filter(|word| may_be_mention(source, *word)));
    }
    if kind.is_some_and(|kind| kind.reports) {
        return verb_group(source, at, cues).or_else(|| word_at(source, at));
    }
    if label == "quote" && kind.is_some_and(|kind| kind.speaks) {
        let pieces = quote_pieces(document, label, at, cues)?;
        let around = pieces.iter().find(|piece| piece.contains_inclusive(at));
        let unit = *around.or(pieces.first())?;
        let form = form(source, &[unit]);
        return Some(Conventions::of(schema).part(source, unit, form, true));
    }
    if kind.is_some_and(|kind| kind.speaks) {
        return claim_in_quote(document, schema, label, at)
            .or_else(|| clause_with(source, at, cues))
            .or_else(|| sentence_unit(source, at));
    }
    sentence_unit(source, at)
}

/// What tagging with nothing selected covers: the [`natural_unit`], and with a piece of a quote the pieces that go
/// with it and are not tagged, unless the project tags each on its own (`split: pieces`). In the order of the text.
#[must_use]
pub fn natural_parts(
    document: &Document,
    schema: &Schema,
    label: &str,
    at: TextSize,
) -> Option<Vec<TextRange>> {
    let conventions = Conventions::of(schema);
    if label != "quote" || !schema.speaks(label) || conventions.pieces {
        return Some(vec![natural_unit(document, schema, label, at)?]);
    }
    let pieces = quote_pieces(document, label, at, &Cues::near(document, schema, at))?;
    let source = document.source();
    let form = form(source, &pieces);
    let parts = pieces.into_iter().enumerate();
    let parts = parts.map(|(n, part)| conventions.part(source, part, form, n == 0));
    Some(parts.filter(|part| !part.is_empty()).collect())
}

/// The pieces of the quote that is meant at a caret, in the order of the text; at least one.
fn quote_pieces(
    document: &Document,
    label: &str,
    at: TextSize,
    cues: &Cues,
) -> Option<Vec<TextRange>> {
    let source = document.source();
    proposed(document, label, at, cues).or_else(|| {
        let unit = clause_around_words(document, label, at, cues)
            .or_else(|| quoted_stretch_at(source, at))
            .or_else(|| reported(document, label, at, cues))?;
        Some(vec![unit])
    })
}

/// "they" of "they’re": the pronoun at a caret without the verb that is joined to it.
fn contracted_pronoun(source: &SourceText, at: TextSize) -> Option<TextRange> {
    let word = word_at(source, at)?;
    let (pronoun, verb) = source.slice(word).split_once(['\'', '’'])?;
    let joined = matches!(verb, "s" | "re" | "ve" | "ll" | "d" | "m");
    let range = TextRange::at(word.start(), TextSize::of(pronoun));
    let fits =
        joined && mention_kind(pronoun) == MentionKind::Pronoun && range.contains_inclusive(at);
    fits.then_some(range)
}

/// How likely a proposal is that goes before the quotation around the caret: 0 to 1.
const SURE: f32 = 0.55;

/// The pieces of the surest proposed quote around a caret that no tag of `label` covers. Within quotation marks a
/// sentence in marks goes first, then what is sure.
fn proposed(document: &Document, label: &str, at: TextSize, cues: &Cues) -> Option<Vec<TextRange>> {
    let source = document.source();
    let is_free = |passage: &TextRange| !is_tagged(document, |tag| tag.label == label, *passage);
    let all = proposals_at(source, at, cues);
    let stretch = quoted_stretches(source, TextRange::empty(at))
        .into_iter()
        .max_by_key(|stretch| stretch.len());
    let least = stretch.map_or(0.0, |_| SURE);
    let sure = all.iter().filter(|proposal| proposal.confidence >= least);
    let pieces = sure.flat_map(|proposal| {
        let parts = proposal.fragments.iter();
        parts.map(move |part| (proposal, *part))
    });
    let around = pieces.filter(|(_, part)| part.contains_inclusive(at) && is_free(part));
    let (proposal, best) = around.max_by(|(a, _), (b, _)| a.confidence.total_cmp(&b.confidence))?;
    let sentence = stretch.filter(|stretch| {
        let words = source.slice(*stretch);
        let first = words.chars().find(|c| c.is_alphanumeric());
        let before = TextRange::new(best.start(), stretch.start().max(best.start()));
        // "that “No one is …”": a part of the clause.
        let joins = source
            .slice(before)
            .trim_end()
            .ends_with(char::is_alphanumeric);
        best.contains_range(*stretch)
            && !joins
            && first.is_some_and(char::is_uppercase)
            && without_closing_marks(words).ends_with(['.', ',', '!', '?'])
    });
    Some(match sentence {
        Some(sentence) if sentence != best => vec![sentence],
        Some(_) | None => proposal.fragments.iter().copied().filter(is_free).collect(),
    })
}

/// What a word of attitude is about around quoted words that are a part of it: "branded it “a farce”".
fn clause_around_words(
    document: &Document,
    label: &str,
    at: TextSize,
    cues: &Cues,
) -> Option<TextRange> {
    let source = document.source();
    let stretch = quoted_stretch_at(source, at)?;
    let words = source.slice(stretch);
    let first = words.chars().find(|c| c.is_alphanumeric())?;
    let before = source.as_str().get(..usize::from(stretch.start()))?;
    let joins = before
        .trim_end_matches(' ')
        .ends_with(char::is_alphanumeric);
    let clause = complement_at(source, stretch.start(), cues)?;
    // Once a clause around them is tagged, the words themselves are meant.
    let mut there = document.set().overlapping(stretch).take(LOOK);
    let is_free = !there.any(|(_, tag)| tag.label == label && !tag.is_open_suggestion());
    (joins && first.is_lowercase() && clause.contains_range(stretch) && is_free).then_some(clause)
}

/// The sentence at a caret as far as a clause would go: without its full stop.
fn sentence_unit(source: &SourceText, at: TextSize) -> Option<TextRange> {
    let sentence = sentence_at(source, at)?;
    let words = source.slice(sentence);
    let shorter = words
        .strip_suffix('.')
        .filter(|rest| rest.ends_with(char::is_alphanumeric) && rest.contains(' '));
    Some(shorter.map_or(sentence, |rest| {
        TextRange::at(sentence.start(), TextSize::of(rest))
    }))
}

/// What the sentence at the caret reports and no tag of `label` covers yet: the innermost content
/// around the caret, speech before thought; elsewhere in the sentence its quotation, else its first
/// report, else the sentence. What is tagged already only where the caret is in it.
fn reported(document: &Document, label: &str, at: TextSize, cues: &Cues) -> Option<TextRange> {
    let source = document.source();
    let sentence = speech_sentence(source, TextRange::empty(at))?;
    let is_free = |passage: &TextRange| !is_tagged(document, |tag| tag.label == label, *passage);
    let reports = reports(source, sentence, cues);
    let around: Vec<(bool, TextRange)> = reports
        .iter()
        .filter_map(|report| Some((report.weak, report.clause.content?)))
        .filter(|(_, content)| content.contains_inclusive(at))
        .collect();
    let innermost = |free: bool| {
        let fitting = around
            .iter()
            .filter(|(_, content)| !free || is_free(content));
        let best = fitting.min_by_key(|(weak, content)| (*weak, content.len()));
        best.map(|(_, content)| *content)
    };
    if let Some(content) = innermost(true).or_else(|| innermost(false)) {
        return Some(content);
    }
    // On the words that report, what they report is meant.
    let is_on_report = reports.iter().any(|report| {
        let mut words = report
            .clause
            .subject
            .into_iter()
            .chain([report.clause.verb]);
        words.any(|words| words.contains_inclusive(at))
    });
    if let Some(complement) =
        complement_at(source, at, cues).filter(|complement| !is_on_report && is_free(complement))
    {
        return Some(complement);
    }
    let quotations: Vec<TextRange> = quoted_stretches(source, sentence)
        .into_iter()
        .filter(|quote| reads_as_speech(source, *quote))
        .collect();
    let contents: Vec<(bool, TextRange)> = reports
        .iter()
        .filter_map(|report| Some((report.weak, report.clause.content?)))
        .collect();
    let free_content = |weak: bool| {
        let mut fitting = contents.iter().filter(|(is_weak, _)| *is_weak == weak);
        fitting
            .find(|(_, content)| is_free(content))
            .map(|(_, content)| *content)
    };
    quotations
        .iter()
        .copied()
        .filter(is_free)
        .min_by_key(|quote| distance(*quote, at))
        .or_else(|| free_content(false))
        .or_else(|| free_content(true))
        .or_else(|| {
            let sentence = sentence_unit(source, at)?;
            let mut tagged = document
                .set()
                .overlapping(sentence)
                .take(LOOK)
                .filter(|(_, tag)| tag.label == label && !tag.is_open_suggestion())
                .map(|(span, _)| span)
                .peekable();
            if tagged.peek().is_none() {
                return Some(sentence);
            }
            // The tag the caret is in; one beside it is not what is meant.
            let around = tagged.filter(|span| span.contains_inclusive(at));
            around.min_by_key(|span| span.len())
        })
}

/// The reporting verb group at the caret, else the first of the sentence.
fn verb_group(source: &SourceText, at: TextSize, cues: &Cues) -> Option<TextRange> {
    let sentence = speech_sentence(source, TextRange::empty(at))?;
    let verbs: Vec<TextRange> = reports(source, sentence, cues)
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
        let contents = reports(source, sentence, &Cues::NONE)
            .into_iter()
            .filter_map(|report| report.clause.content);
        units.extend(contents);
        units.push(sentence);
    }
    units.extend(sentence_unit(source, at));
    units.extend(sentence_at(source, at));
    units.push(paragraph_at(source, at));
    apart(source, units, paragraph_at(source, at))
}

/// The units without those that are another one without its final full stop, or with it: of a whole
/// paragraph the one with it stays, else the one without.
fn apart(source: &SourceText, units: Vec<TextRange>, paragraph: TextRange) -> Vec<TextRange> {
    let stopped = |unit: TextRange| {
        let rest = source.slice(unit).strip_suffix('.')?;
        Some(TextRange::at(unit.start(), TextSize::of(rest)))
    };
    let goes = |unit: &TextRange| {
        let is_paragraph = *unit == paragraph;
        let shorter = stopped(*unit).is_some_and(|short| units.contains(&short));
        !is_paragraph && shorter || stopped(paragraph) == Some(*unit)
    };
    units.iter().copied().filter(|unit| !goes(unit)).collect()
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
        units = apart(source, units, paragraphs);
    }
    let mut larger: Vec<TextRange> = units
        .into_iter()
        .filter(|unit| unit.contains_range(range) && unit.len() > range.len())
        .collect();
    larger.sort_by_key(|unit| unit.len());
    let only_stopped = |unit: &TextRange| {
        unit.start() == range.start()
            && source.slice(*unit).strip_suffix('.') == Some(source.slice(range))
    };
    let first = larger.first().copied();
    larger
        .into_iter()
        .find(|unit| !only_stopped(unit))
        .or(first)
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

/// The report within the quotation `stretch` that reports `fragment`.
fn inner_report(source: &SourceText, stretch: TextRange, fragment: TextRange) -> Option<Report> {
    let scope = sentence_at(source, fragment.start())?.intersect(stretch)?;
    let fragment = bare(source, fragment);
    if fragment == bare(source, stretch) {
        return None;
    }
    reports(source, scope, &Cues::NONE)
        .into_iter()
        .find(|report| {
            let content = report.clause.content;
            content.is_some_and(|content| bare(source, content) == fragment)
        })
}

/// Who reports `fragment` within a quotation: "the president" in “I think the president has been
/// clear that …”.
pub(super) fn inner_reporter(source: &SourceText, fragment: TextRange) -> Option<TextRange> {
    quoted_stretches(source, fragment)
        .into_iter()
        .filter(|stretch| stretch.contains_range(fragment))
        .find_map(|stretch| inner_report(source, stretch, fragment)?.clause.subject)
}

/// The form of a quote by its quotation marks: `direct` where all its words are between them,
/// `indirect` where none does, else `mixed`.
#[must_use]
pub fn quote_form(source: &SourceText, fragments: &[TextRange]) -> &'static str {
    form(source, fragments).word()
}

/// As [`quote_form`].
pub(super) fn form(source: &SourceText, fragments: &[TextRange]) -> QuoteForm {
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
            // What someone in the quotation reports is in the words of the one who is quoted.
            if stretch.contains_range(fragment) && inner_report(source, stretch, fragment).is_some()
            {
                continue;
            }
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
        (true, false) => QuoteForm::Direct,
        (true, true) => QuoteForm::Mixed,
        (false, _) => QuoteForm::Indirect,
    }
}
