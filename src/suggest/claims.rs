//! Statements that may be worth checking: of who is quoted, and of the article itself.

use smallvec::smallvec;

use super::analysis::Analysis;
use super::check_worthiness::check_worthiness;
use super::clauses::words_of;
use super::cues::Cues;
use super::lexicon::PREPOSITION;
use super::paragraph_cache::ParagraphCache;
use super::proposal_kind::ProposalKind;
use super::proposals::{Proposal, Rule, USUAL_CONFIDENCE};
use super::token::{Token, tokens};
use crate::text::{SourceText, TextRange, overlap, paragraph_pieces, sentences};

/// The claims of an article, in the order of the text: each sentence of the quotes that are proposed
/// for it, with their speaker, and each sentence in which nobody is quoted. [`Proposal::confidence`] is
/// how much one is worth checking, which ranks them.
#[must_use]
pub fn claims(cache: &ParagraphCache<'_>, cues: &Cues, quotes: &[Proposal]) -> Vec<Proposal> {
    let source = cache.source();
    let is_usual = |quote: &&Proposal| quote.confidence >= quote.usual_confidence;
    let mut said: Vec<TextRange> = Vec::new();
    let mut found = Vec::new();
    for quote in quotes.iter().filter(is_usual) {
        for part in &quote.fragments {
            // A quote within another is of the outer one's claims.
            if said.last().is_some_and(|known| known.contains_range(*part)) {
                continue;
            }
            said.push(*part);
            for sentence in sentences_within(source, *part) {
                found.extend(claim(source, sentence, quote.speaker));
            }
        }
    }
    said.sort_unstable_by_key(|part| part.start());
    let is_said = |range: TextRange| {
        let before = said.partition_point(|part| part.start() < range.end());
        let last = before.checked_sub(1).and_then(|last| said.get(last));
        last.is_some_and(|part| overlap(*part, range))
    };
    let analysis = Analysis::new(cache, cues);
    let paragraphs = analysis.paragraphs.iter().filter(|one| !one.is_headline);
    for scope in paragraphs.flat_map(|paragraph| &paragraph.scopes) {
        let reports = scope
            .reports
            .iter()
            .any(|report| report.clause.subject.is_some());
        let words = source.slice(scope.range);
        let is_sentence = words.ends_with(['.', '!', '…']);
        if is_sentence && !reports && !is_said(scope.range) {
            let first = scope.sentence.token(scope.dateline);
            let start = first.map_or(scope.range.start(), |first| first.range.start());
            let words = TextRange::new(start, scope.range.end());
            found.extend(claim(source, words, None));
        }
    }
    found.sort_by_key(|claim| claim.fragments.first().map(|part| part.start()));
    found
}

/// The sentences of a part of a quote, the last as far as it goes.
fn sentences_within(source: &SourceText, part: TextRange) -> Vec<TextRange> {
    let pieces = paragraph_pieces(source, part).filter_map(|piece| piece.intersect(part));
    pieces.flat_map(|piece| sentences(source, piece)).collect()
}

fn claim(source: &SourceText, sentence: TextRange, speaker: Option<TextRange>) -> Option<Proposal> {
    // The mark at the end says whether it asks.
    let end = source
        .slice(sentence)
        .trim_end_matches(['”', '"', '’', '\'', '»', '“']);
    if end.ends_with('?') {
        return None;
    }
    let words = words_of(source, sentence)?;
    let tokens = tokens(source, words, &[]);
    // "about the bridge", "to go": no statement.
    let opens_phrase = |first: &Token| {
        first.is(PREPOSITION) && !first.is_capital()
            || matches!(first.lower.as_str(), "to" | "whether")
    };
    if tokens.first().is_some_and(opens_phrase) {
        return None;
    }
    let (worth, reasons) = check_worthiness(&tokens)?;
    Some(Proposal {
        fragments: smallvec![words],
        kind: ProposalKind::Claim,
        speaker,
        cue: None,
        rule: Rule::Claim(reasons),
        confidence: worth,
        usual_confidence: USUAL_CONFIDENCE,
        learned_from: None,
    })
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;
    use crate::suggest::proposals;

    fn claimed(text: &str) -> Vec<(String, Option<String>)> {
        let source = SourceText::new(text, "UTF-8").unwrap();
        let words = |range: TextRange| source.slice(range).to_owned();
        claims(
            &ParagraphCache::new(&source),
            &Cues::NONE,
            &proposals(&source),
        )
        .into_iter()
        .filter(|claim| claim.confidence >= claim.usual_confidence)
        .map(|claim| (words(claim.fragments[0]), claim.speaker.map(words)))
        .collect()
    }

    #[test]
    fn each_sentence_of_a_quote_is_a_claim_of_its_speaker() {
        let text = "“We cut taxes by 12 percent. I love this town,” Ann Lee said. “Crime fell, and no \
                    school was closed.”";
        let lee = Some("Ann Lee".to_owned());
        assert_eq!(
            claimed(text),
            [
                ("We cut taxes by 12 percent".to_owned(), lee.clone()),
                ("Crime fell, and no school was closed".to_owned(), lee),
            ]
        );
    }

    #[test]
    fn what_is_reported_is_claimed_by_who_reports_it_and_the_rest_by_the_article() {
        let text = "Ann Lee said that the mill lost 40 jobs last year. She vowed to find 40 jobs in the \
                    town by May.\n\nBONN (Wire) — The mill was sold in May for two million \
                    dollars.\n\nWas it 40 jobs? Nobody knows.";
        assert_eq!(
            claimed(text),
            [
                (
                    "the mill lost 40 jobs last year".to_owned(),
                    Some("Ann Lee".to_owned())
                ),
                (
                    "The mill was sold in May for two million dollars".to_owned(),
                    None
                ),
            ]
        );
    }

    proptest! {
        #[test]
        fn claims_of_any_text_are_in_order_and_within_it(
            text in "(?s).{0,60}|([A-Za-z“”\".?! ]{0,12}(said|12 percent|\n)){0,8}",
        ) {
            let source = SourceText::new(text.as_str(), "UTF-8").unwrap();
            let cache = ParagraphCache::new(&source);
            let mut last = 0.into();
            for claim in claims(&cache, &Cues::NONE, &proposals(&source)) {
                prop_assert!((0.0..=1.0).contains(&claim.confidence));
                let range = claim.fragments[0];
                prop_assert!(range.start() >= last && !source.slice(range).trim().is_empty());
                last = range.start();
            }
        }
    }
}
