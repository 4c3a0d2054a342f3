//! Learns from tagged articles, and tries what was learned on articles that were kept apart.

use std::collections::BTreeMap;

use super::calibration::Calibration;
use super::features::{EndContext, end_features, start_features};
use super::logistic::{Examples, LogisticModel};
use super::segments::{ClauseModel, ends, segments, starts};
use super::sentence::{Sentence, words_of};
use super::speaker::{Clause, each_candidate};
use super::{HeldOut, LearnedModel, ReadArticle, each_sentence, plain, speaker_of_rule};
use crate::suggest::analysis::Analysis;
use crate::suggest::cues::Cues;
use crate::suggest::paragraph_cache::ParagraphCache;
use crate::suggest::proposals::{Experience, Proposal, TokenRange, USUAL_CONFIDENCE};
use crate::text::{SourceText, TextRange, TextSize, overlap, word_tokens};

/// Every so many articles are kept apart in turn.
const FOLDS: usize = 3;

/// F1 that makes no difference.
const NEARLY: f32 = 0.01;

/// A quote that a person has tagged or accepted. Ranges are bytes.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct TaggedQuote {
    /// Its parts, in order.
    pub fragments: Vec<TextRange>,
    /// The mentions it is linked to.
    pub speakers: Vec<TextRange>,
}

/// An article with all its quotes.
#[derive(Debug, Clone)]
pub struct TaggedArticle {
    /// Its text.
    pub source: SourceText,
    /// The words that report in its project besides those that do anywhere.
    pub cues: Cues,
    /// Its quotes.
    pub quotes: Vec<TaggedQuote>,
    /// Up to where it is tagged, in bytes.
    pub until: TextSize,
}

/// Learns from articles that are tagged whole. The same articles in the same order give the same model.
/// `None` where there are too few to keep some apart.
#[must_use]
pub fn train(articles: &[TaggedArticle]) -> Option<LearnedModel> {
    if articles.len() < FOLDS {
        return None;
    }
    let read: Vec<Read> = articles.iter().map(Read::new).collect();
    let mut outcome = Outcome::default();
    for fold in 0..FOLDS {
        let others = read.iter().enumerate().filter(|(at, _)| at % FOLDS != fold);
        let model = clause_model(others.map(|(_, article)| article));
        let own = articles.iter().zip(&read).skip(fold).step_by(FOLDS);
        for (article, read) in own {
            outcome.add(article, read, &model);
        }
    }
    let calibration = Calibration::fit(
        outcome
            .learned
            .iter()
            .map(|one| (one.score, one.right))
            .collect(),
    );
    let (threshold, learned) = outcome.best_threshold(&calibration);
    let mut leads: BTreeMap<String, Experience> = BTreeMap::new();
    let mut rules = BTreeMap::new();
    for article in &read {
        add_all(&mut leads, &article.leads);
        add_all(&mut rules, &article.rules);
    }
    leads.retain(|_, experience| experience.tagged > 0);
    Some(LearnedModel {
        clauses: clause_model(read.iter()),
        calibration,
        threshold,
        rules,
        leads,
        held_out: HeldOut {
            articles: articles.len(),
            quotes: outcome.tagged,
            rules: f1(outcome.rules_right, outcome.rules, outcome.tagged),
            learned,
        },
    })
}

fn add_all(all: &mut BTreeMap<String, Experience>, more: &BTreeMap<String, Experience>) {
    for (key, experience) in more {
        let known = all.entry(key.clone()).or_default();
        known.tagged += experience.tagged;
        known.seen += experience.seen;
    }
}

fn clause_model<'a>(articles: impl Iterator<Item = &'a Read> + Clone) -> ClauseModel {
    ClauseModel {
        start: LogisticModel::train(articles.clone().map(|article| &article.starts)),
        end: LogisticModel::train(articles.clone().map(|article| &article.ends)),
        speaker: LogisticModel::train(articles.map(|article| &article.speakers)),
    }
}

/// An article with what is learned from it.
struct Read {
    starts: Examples,
    ends: Examples,
    speakers: Examples,
    leads: BTreeMap<String, Experience>,
    rules: BTreeMap<String, Experience>,
    quoted: Vec<Proposal>,
    indirect: Vec<Proposal>,
}

impl Read {
    fn new(article: &TaggedArticle) -> Self {
        let analysis = Analysis::new(&ParagraphCache::new(&article.source), &article.cues);
        let ReadArticle {
            quoted,
            indirect,
            doubtful,
        } = ReadArticle::new(&analysis);
        let mut rules: BTreeMap<String, Experience> = BTreeMap::new();
        let words = Words::new(&article.source);
        let is_tagged = |proposal: &&Proposal| proposal.starts_before(article.until);
        for proposal in quoted.iter().chain(&doubtful).filter(is_tagged) {
            let known = rules.entry(proposal.rule.name().to_owned()).or_default();
            known.seen += 1;
            known.tagged += u32::from(is_right(&words, proposal, &article.quotes));
        }
        let mut read = Self {
            starts: Examples::default(),
            ends: Examples::default(),
            speakers: Examples::default(),
            leads: BTreeMap::new(),
            rules,
            quoted: Vec::new(),
            indirect: Vec::new(),
        };
        each_sentence(&analysis, &quoted, &indirect, &mut |sentence| {
            if sentence.view.scope.range.start() >= article.until {
                return;
            }
            read.learn(sentence, &indirect, &article.quotes);
        });
        Self {
            quoted,
            indirect,
            ..read
        }
    }

    fn learn(&mut self, sentence: &Sentence, indirect: &[Proposal], quotes: &[TaggedQuote]) {
        let tagged: Vec<(TokenRange, &TaggedQuote)> = quotes
            .iter()
            .filter_map(|quote| {
                let first = quote.fragments.first()?;
                let hull = first.cover(*quote.fragments.last()?);
                let own = sentence.view.scope.range.contains(first.start());
                let range = own
                    .then(|| words_of(sentence.view.tokens, hull))
                    .flatten()?;
                Some((range, quote))
            })
            .filter(|(range, _)| {
                let own = sentence.taken.get(range.0..range.1);
                own.is_some_and(|own| !own.contains(&true))
            })
            .collect();
        let mut features = Vec::new();
        for start in starts(sentence) {
            start_features(sentence, start, &mut features);
            let is_start = tagged.iter().any(|(range, _)| range.0 == start);
            self.starts.add(&features, is_start);
            if let Some((key, _)) = sentence.lead(start) {
                let known = self.leads.entry(key).or_default();
                known.seen += 1;
                known.tagged += u32::from(is_start);
            }
        }
        for &((start, last), quote) in &tagged {
            self.learn_speaker(sentence, indirect, (start, last), quote);
            let context = EndContext::new(sentence, start);
            for end in ends(sentence, start).take_while(|end| *end <= last) {
                end_features(sentence, &context, end, &mut features);
                self.ends.add(&features, end == last);
            }
        }
    }

    fn learn_speaker(
        &mut self,
        sentence: &Sentence,
        indirect: &[Proposal],
        tokens: TokenRange,
        quote: &TaggedQuote,
    ) {
        let Some(clause) = Clause::new(sentence, tokens) else {
            return;
        };
        let rule = speaker_of_rule(sentence, indirect, tokens);
        each_candidate(sentence, &clause, rule, &mut |candidate, features| {
            let Some(range) = sentence.view.span(candidate.tokens.0, candidate.tokens.1) else {
                return;
            };
            let is_speaker = quote.speakers.iter().any(|other| overlap(range, *other));
            self.speakers.add(features, is_speaker);
        });
    }
}

/// What came of a model on articles it had not seen.
#[derive(Default)]
struct Outcome {
    tagged: usize,
    rules: usize,
    rules_right: usize,
    learned: Vec<Tried>,
}

struct Tried {
    score: f32,
    /// Whether a quote with at least half of its words in common was tagged.
    overlaps: bool,
    /// Whether its speaker is right too, where both have one.
    right: bool,
}

impl Outcome {
    fn add(&mut self, article: &TaggedArticle, read: &Read, model: &ClauseModel) {
        let analysis = Analysis::new(&ParagraphCache::new(&article.source), &article.cues);
        let words = Words::new(&article.source);
        let is_taken = |part: &TextRange| {
            let mut taken = read.quoted.iter().flat_map(|one| &one.fragments);
            taken.any(|own| overlap(*own, *part))
        };
        let quotes: Vec<TaggedQuote> = article
            .quotes
            .iter()
            .filter(|quote| !quote.fragments.iter().any(is_taken))
            .cloned()
            .collect();
        self.tagged += quotes.len();
        for proposal in read
            .indirect
            .iter()
            .filter(|one| one.confidence >= USUAL_CONFIDENCE && one.starts_before(article.until))
        {
            self.rules += 1;
            self.rules_right += usize::from(overlapping(&words, proposal, &quotes).is_some());
        }
        each_sentence(&analysis, &read.quoted, &read.indirect, &mut |sentence| {
            if sentence.view.scope.range.start() >= article.until {
                return;
            }
            for segment in segments(sentence, model) {
                if let Some(proposal) = plain(
                    &article.source,
                    sentence,
                    &read.indirect,
                    segment,
                    &model.speaker,
                ) {
                    self.learned.push(Tried {
                        score: proposal.confidence,
                        overlaps: overlapping(&words, &proposal, &quotes).is_some(),
                        right: is_right(&words, &proposal, &quotes),
                    });
                }
            }
        });
    }

    /// The highest confidence from which on F1 is nearly as high as it can be, and that F1: of two that do
    /// as well, the one that is right more often.
    fn best_threshold(&self, calibration: &Calibration) -> (f32, f32) {
        let mut all: Vec<(f32, bool)> = self
            .learned
            .iter()
            .map(|one| (calibration.share(one.score), one.overlaps))
            .collect();
        all.sort_by(|a, b| b.0.total_cmp(&a.0));
        let mut right = 0;
        let mut curve = Vec::with_capacity(all.len());
        for (at, (confidence, overlaps)) in all.iter().enumerate() {
            right += usize::from(*overlaps);
            curve.push((*confidence, f1(right, at + 1, self.tagged)));
        }
        let most = curve.iter().map(|one| one.1).fold(0.0, f32::max);
        let found = curve.into_iter().find(|one| one.1 >= most - NEARLY);
        let (confidence, f1) = found.unwrap_or((1.0, 0.0));
        // Where nearly all was right, what is less sure is still likely right.
        (confidence.min(USUAL_CONFIDENCE), f1)
    }
}

fn f1(right: usize, proposed: usize, tagged: usize) -> f32 {
    2.0 * float(u32::try_from(right).unwrap_or(u32::MAX))
        / float(u32::try_from(proposed + tagged).unwrap_or(u32::MAX)).max(1.0)
}

#[expect(clippy::cast_precision_loss, reason = "counts of quotes are small")]
pub(super) fn float(count: u32) -> f32 {
    count as f32
}

/// The words of an article, in bytes.
struct Words {
    ranges: Vec<TextRange>,
}

impl Words {
    fn new(source: &SourceText) -> Self {
        Self {
            ranges: word_tokens(source, source.full_range()).collect(),
        }
    }

    /// The words of some ranges, by number.
    fn of(&self, ranges: &[TextRange]) -> Vec<usize> {
        let mut all: Vec<usize> = ranges
            .iter()
            .flat_map(|range| {
                let from = self
                    .ranges
                    .partition_point(|word| word.end() <= range.start());
                let to = self
                    .ranges
                    .partition_point(|word| word.start() < range.end());
                from..to.max(from)
            })
            .collect();
        all.dedup();
        all
    }
}

/// The quote that has at least half of the words of both in common with a proposal.
fn overlapping<'q>(
    words: &Words,
    proposal: &Proposal,
    quotes: &'q [TaggedQuote],
) -> Option<&'q TaggedQuote> {
    let own = words.of(&proposal.fragments);
    quotes.iter().find(|quote| {
        let other = words.of(&quote.fragments);
        let both = own
            .iter()
            .filter(|word| other.binary_search(word).is_ok())
            .count();
        both > 0 && 3 * both >= own.len() + other.len()
    })
}

fn is_right(words: &Words, proposal: &Proposal, quotes: &[TaggedQuote]) -> bool {
    overlapping(words, proposal, quotes).is_some_and(|quote| {
        proposal.speaker.is_none_or(|speaker| {
            let meets = |other: &TextRange| overlap(speaker, *other);
            quote.speakers.is_empty() || quote.speakers.iter().any(meets)
        })
    })
}
