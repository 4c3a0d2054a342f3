//! The reported clauses of a sentence, by what was learned of their starts and ends.
//!
//! A clause from a token to another is as likely as its start times its end given the start; the end is
//! the first of the possible ones that is taken (a discrete hazard). What is proposed are clauses that
//! do not overlap and together are most likely to share at least half of their words with one that is
//! there: minimum Bayes risk, by weighted interval scheduling.

use super::features::{EndContext, end_features, start_features};
use super::logistic::{Feature, LogisticModel};
use super::sentence::Sentence;
use crate::suggest::proposals::TokenRange;

/// No start that is less likely is looked at, and no clause.
const LEAST_START: f32 = 0.03;
const LEAST_CLAUSE: f32 = 0.005;
/// Nothing that is less likely to be there is proposed.
const LEAST: f32 = 0.1;
/// The most tokens of a clause.
const LONGEST: usize = 70;
/// How much the likeliest bounds count among clauses that are as likely to be there.
const BOUNDS: f32 = 0.05;

/// The models of starts, ends and speakers.
#[derive(Debug, Clone, PartialEq)]
pub(super) struct ClauseModel {
    pub(super) start: LogisticModel,
    pub(super) end: LogisticModel,
    pub(super) speaker: LogisticModel,
}

/// A clause that may be reported.
#[derive(Debug, Clone, Copy)]
pub(super) struct Segment {
    pub(super) tokens: TokenRange,
    /// How likely a quote is there that has at least half of its words in common, before calibration.
    pub(super) probability: f32,
    /// How likely exactly these are its words.
    exact: f32,
}

/// The tokens that a quote may begin at: none inside a quotation.
pub(super) fn starts<'s>(sentence: &'s Sentence) -> impl Iterator<Item = usize> + 's {
    let from = sentence.view.scope.dateline;
    (from..sentence.items.len())
        .filter(|at| sentence.is_word(*at) && sentence.taken.get(*at) == Some(&false))
        .filter(|at| !sentence.view.in_quote(*at))
}

/// The tokens that a quote may end before: not behind one that is taken, and not
/// within a quotation.
pub(super) fn ends<'s>(sentence: &'s Sentence, start: usize) -> impl Iterator<Item = usize> + 's {
    let limit = sentence.items.len().min(start + LONGEST);
    let mut rest = sentence.taken.iter().skip(start);
    let last = rest
        .position(|taken| *taken)
        .map_or(limit, |words| limit.min(start + words));
    (start + 1..=last).filter(|end| sentence.is_word(end - 1) && !sentence.divides_quotation(*end))
}

/// What is likely reported in a sentence, in order; nothing overlaps.
pub(super) fn segments(sentence: &Sentence, model: &ClauseModel) -> Vec<Segment> {
    let mut features: Vec<Feature> = Vec::with_capacity(128);
    let mut likely: Vec<Segment> = Vec::new();
    for start in starts(sentence) {
        start_features(sentence, start, &mut features);
        let begins = model.start.probability(&features);
        if begins < LEAST_START {
            continue;
        }
        let context = EndContext::new(sentence, start);
        let mut reached = begins;
        let mut last = start + 1;
        for end in ends(sentence, start) {
            end_features(sentence, &context, end, &mut features);
            let exact = reached * model.end.probability(&features);
            if exact > LEAST_CLAUSE {
                likely.push(Segment {
                    tokens: (start, end),
                    probability: 0.0,
                    exact,
                });
            }
            reached -= exact;
            last = end;
            if reached < LEAST_CLAUSE {
                break;
            }
        }
        if reached >= LEAST_CLAUSE {
            likely.push(Segment {
                tokens: (start, last),
                probability: 0.0,
                exact: reached,
            });
        }
    }
    let scored = scored(sentence, &likely);
    best(scored)
}

/// With the probability that something like it is there.
fn scored(sentence: &Sentence, likely: &[Segment]) -> Vec<Segment> {
    let mut words = vec![0usize];
    let mut count = 0;
    for at in 0..sentence.items.len() {
        count += usize::from(sentence.is_word(at));
        words.push(count);
    }
    let between = |from: usize, to: usize| {
        let at = |place: usize| words.get(place).copied().unwrap_or(count);
        at(to).saturating_sub(at(from))
    };
    let alike = |a: TokenRange, b: TokenRange| {
        let both = between(a.0.max(b.0), a.1.min(b.1));
        both > 0 && 3 * both >= between(a.0, a.1) + between(b.0, b.1)
    };
    likely
        .iter()
        .map(|one| {
            let like_it = likely
                .iter()
                .filter(|other| alike(one.tokens, other.tokens));
            let probability: f32 = like_it.map(|other| other.exact).sum();
            Segment {
                probability: probability.min(1.0),
                ..*one
            }
        })
        .collect()
}

/// Those that do not overlap and together gain most.
fn best(mut all: Vec<Segment>) -> Vec<Segment> {
    all.sort_by_key(|one| (one.tokens.1, one.tokens.0));
    // The gain of the first so many, and the last one taken of them with how many stay before it.
    let mut gains: Vec<(f32, Option<usize>)> = vec![(0.0, None)];
    for one in &all {
        let before = all.partition_point(|other| other.tokens.1 <= one.tokens.0);
        let gain = one.probability - LEAST + BOUNDS * one.exact;
        let with = gains.get(before).map_or(0.0, |gain| gain.0) + gain;
        let without = gains.last().map_or(0.0, |gain| gain.0);
        gains.push(if with > without {
            (with, Some(before))
        } else {
            (without, None)
        });
    }
    let mut chosen = Vec::new();
    let mut count = all.len();
    while count > 0 {
        count = match gains.get(count) {
            Some((_, Some(before))) => {
                chosen.extend(all.get(count - 1));
                *before
            }
            _ => count - 1,
        };
    }
    chosen.reverse();
    chosen
}
