//! Figures of how many tags one person has of those of another.

use std::collections::{BTreeMap, BTreeSet};

use smol_str::SmolStr;

use super::alpha::alpha_of_pairs;
use super::figure::{Basis, Figure, Undefined};
use super::found::{FoundCounts, ValuePairs};
use super::resampling::{Measure, Samples};
use crate::compare::{Counts, Share};

/// How many tags of a label are found by another person, over all pairs of people, each taken for gold once.
#[derive(Debug, Clone, PartialEq)]
pub struct Found {
    /// The same fragments, blanks at their edges aside: F1.
    pub exact: Figure,
    /// The same without quotation marks and punctuation at the edges: F1.
    pub edge: Figure,
    /// At least half of the words shared, one to one: F1.
    pub overlap: Figure,
    /// Words covered by tags of the label: F1.
    pub token: Figure,
    /// Of the matches by overlap, those with the same fragments, blanks aside.
    pub same_fragments: Figure,
    /// Of the matches by overlap, those whose first fragments start together.
    pub same_start: Figure,
    /// Of the matches by overlap, those whose last fragments end together.
    pub same_end: Figure,
    /// By attribute: over matches by overlap where either has a value.
    pub attributes: BTreeMap<SmolStr, AttributeAgreement>,
    /// Of the matches by overlap whose gold one has a speaker, those with one of its speakers; `None` but for
    /// quotes and labels of which a tag has a speaker.
    pub speaker: Option<Figure>,
    /// Matches by overlap with the right speaker, of all tags with a speaker: F1; `None` as before.
    pub with_speaker: Option<Figure>,
}

/// How far people agree about an attribute of the tags both have.
#[derive(Debug, Clone, PartialEq)]
pub struct AttributeAgreement {
    /// The share of equal values; unset is unlike any value.
    pub equal: Figure,
    /// Krippendorff's α for nominal data, each match a unit with two values.
    pub alpha: Figure,
}

/// How many tags of a label of one pair of people match.
#[derive(Debug, Clone, PartialEq)]
pub struct PairFound {
    /// The share of the tags of the second that the first has.
    pub precision: Result<f64, Undefined>,
    /// The share of the tags of the first that the second has.
    pub recall: Result<f64, Undefined>,
    /// Their harmonic mean.
    pub f1: Figure,
}

/// What was counted of a pair of people on an article, by its place: the first taken for gold, then the
/// second.
pub(super) type OfPairs<'a> = [(usize, &'a [FoundCounts; 2])];

impl Found {
    /// `speaks`: tags of the label should have a speaker.
    pub(super) fn new(pairs: &OfPairs<'_>, speaks: bool, samples: &Samples) -> Self {
        let found = |of: fn(&FoundCounts) -> Counts| f1(pairs, of, samples);
        let share = |of: fn(&FoundCounts) -> Share, none: Undefined| {
            shares(pairs, |counts| Some(of(counts)), none, samples)
        };
        let both = || pairs.iter().flat_map(|(_, both)| both.iter());
        let names: BTreeSet<&SmolStr> = both().flat_map(|counts| counts.values.keys()).collect();
        let attributes = names.into_iter().map(|name| {
            let agreement = AttributeAgreement::new(pairs, name, samples);
            (name.clone(), agreement)
        });
        let speaks = speaks || both().any(|counts| counts.with_speaker.gold > 0);
        Self {
            exact: found(|counts| counts.exact),
            edge: found(|counts| counts.edge),
            overlap: found(|counts| counts.overlap),
            token: found(|counts| counts.token),
            same_fragments: share(|counts| counts.same_fragments, Undefined::NoMatchedTags),
            same_start: share(|counts| counts.same_start, Undefined::NoMatchedTags),
            same_end: share(|counts| counts.same_end, Undefined::NoMatchedTags),
            attributes: attributes.collect(),
            speaker: speaks.then(|| {
                let none = Undefined::NoMatchedTagsWith("a speaker".into());
                share(|counts| counts.speaker, none)
            }),
            with_speaker: speaks.then(|| found(|counts| counts.with_speaker)),
        }
    }
}

impl AttributeAgreement {
    fn new(pairs: &OfPairs<'_>, name: &SmolStr, samples: &Samples) -> Self {
        let none = || Undefined::NoMatchedTagsWith(format!("`{name}`").into());
        let equal = |counts: &FoundCounts| {
            let mut share = Share::default();
            for ((gold, predicted), times) in counts.values.get(name)? {
                share.right += if gold == predicted { *times } else { 0 };
                share.of += times;
            }
            Some(share)
        };
        Self {
            equal: shares(pairs, equal, none(), samples),
            alpha: alpha(pairs, name, none(), samples),
        }
    }
}

impl PairFound {
    /// Of the pair `names`.
    pub(super) fn new(
        pair: &OfPairs<'_>,
        of: fn(&FoundCounts) -> Counts,
        names: &(SmolStr, SmolStr),
        samples: &Samples,
    ) -> Self {
        let mut counts = Counts::default();
        for (_, [first, _]) in pair {
            counts += of(first);
        }
        let share = |of: usize, who: &SmolStr| match (of, counts.predicted + counts.gold) {
            (_, 0) => Err(Undefined::NobodyUsedIt),
            (0, _) => Err(Undefined::HasNone(who.clone())),
            (of, _) => Ok(counts.matched as f64 / of as f64),
        };
        let mut measure = f1_measure();
        for (article, [first, _]) in pair {
            measure.add(*article, &in_numbers(of(first)));
        }
        Self {
            precision: share(counts.predicted, &names.1),
            recall: share(counts.gold, &names.0),
            f1: Figure::new(&measure, Basis::Found(counts), samples),
        }
    }
}

impl Figure {
    pub(super) fn new(measure: &Measure<'_>, of: Basis, samples: &Samples) -> Self {
        Self {
            value: measure.value(),
            interval: samples.interval(measure),
            of,
        }
    }
}

fn in_numbers(counts: Counts) -> [f64; 3] {
    let Counts {
        matched,
        predicted,
        gold,
    } = counts;
    [matched as f64, predicted as f64, gold as f64]
}

/// F1 of matched, predicted and gold.
fn f1_measure<'a>() -> Measure<'a> {
    Measure::new(3, |sums| match sums {
        [matched, predicted, gold] if predicted + gold > 0.0 => {
            Ok(2.0 * matched / (predicted + gold))
        }
        _ => Err(Undefined::NobodyUsedIt),
    })
}

fn f1(pairs: &OfPairs<'_>, of: fn(&FoundCounts) -> Counts, samples: &Samples) -> Figure {
    let mut all = Counts::default();
    let mut measure = f1_measure();
    for (article, [first, second]) in pairs {
        let mut counts = of(first);
        counts += of(second);
        all += counts;
        measure.add(*article, &in_numbers(counts));
    }
    Figure::new(&measure, Basis::Found(all), samples)
}

fn shares(
    pairs: &OfPairs<'_>,
    of: impl Fn(&FoundCounts) -> Option<Share>,
    none: Undefined,
    samples: &Samples,
) -> Figure {
    let mut all = Share::default();
    let mut measure = Measure::new(2, move |sums| match sums {
        [right, of] if *of > 0.0 => Ok(right / of),
        _ => Err(none.clone()),
    });
    for (article, both) in pairs {
        let mut share = Share::default();
        for counts in both.iter() {
            share += of(counts).unwrap_or_default();
        }
        all += share;
        measure.add(*article, &[share.right as f64, share.of as f64]);
    }
    Figure::new(&measure, Basis::Share(all), samples)
}

/// α of the values of an attribute: each match once, so of one order of the pair.
fn alpha(pairs: &OfPairs<'_>, name: &SmolStr, none: Undefined, samples: &Samples) -> Figure {
    let values = |counts: &FoundCounts| counts.values.get(name).cloned().unwrap_or_default();
    let mut kinds = ValuePairs::new();
    for (_, [first, _]) in pairs {
        kinds.extend(values(first));
    }
    let kinds: Vec<_> = kinds.into_keys().collect();
    let mut measure = Measure::new(kinds.len(), |sums| {
        if sums.iter().all(|times| *times == 0.0) {
            return Err(none.clone());
        }
        let pairs = kinds.iter().zip(sums);
        let pairs = pairs.map(|((first, second), times)| (first, second, *times));
        alpha_of_pairs(pairs).map_err(|_| Undefined::OneValue)
    });
    for (article, [first, _]) in pairs {
        let counts = values(first);
        let of_kind = kinds
            .iter()
            .map(|kind| counts.get(kind).map_or(0.0, |times| *times as f64));
        measure.add(*article, &of_kind.collect::<Vec<_>>());
    }
    Figure::new(&measure, Basis::Coefficient, samples)
}
