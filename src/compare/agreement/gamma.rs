//! γ of two people: how well their units align, beside how well units at random places do.
//!
//! Yann Mathet, Antoine Widlöcher and Jean-Philippe Métivier, *The Unified and Holistic Method Gamma (γ) for
//! Inter-Annotator Agreement Measure and Alignment*, Computational Linguistics 41(3), 2015.

use smol_str::SmolStr;

use super::alignment::{Pairing, lowest_cost};
use super::placed_tag::{PersonTags, PlacedTag};
use super::split_mix::SplitMix64;

/// What a unit costs that is not aligned.
const ALONE: f64 = 1.0;
/// So many random continua are drawn.
const SAMPLES: usize = 30;
/// How exact the figure of a single article shall be, and of what share of drawings.
const PRECISION: f64 = 0.02;
const SHARE: f64 = 1.96;

/// A unit of γ: the tokens from the first to the last of a tag, and the place of its label among all.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub(super) struct GammaUnit {
    start: u32,
    end: u32,
    label: usize,
}

impl GammaUnit {
    fn length(&self) -> u32 {
        self.end - self.start
    }
}

/// What γ of one text and two people is made of.
#[derive(Debug, Clone, Copy, PartialEq, Default)]
pub(super) struct GammaCounts {
    /// The mean number of units of the two.
    pub(super) units: f64,
    /// Disorder of the best alignment times the mean number of units.
    pub(super) observed: f64,
    /// The mean disorder of random continua times the mean number of units.
    pub(super) expected: f64,
    /// The variance of the latter, since it is a mean of samples.
    pub(super) variance: f64,
}

/// The units of a person, in order; equal ones once.
pub(super) fn gamma_units<'a, 't: 'a>(
    tags: impl IntoIterator<Item = (usize, &'a PlacedTag<'t>)>,
) -> Vec<GammaUnit> {
    let mut units: Vec<GammaUnit> = tags
        .into_iter()
        .filter_map(|(label, tag)| {
            let (start, end) = tag.tokens.hull()?;
            Some(GammaUnit { start, end, label })
        })
        .collect();
    units.sort_unstable();
    units.dedup();
    units
}

/// The units of all labels of a person; `labels` are all there are, sorted.
pub(super) fn gamma_units_of_all(tags: &PersonTags<'_>, labels: &[SmolStr]) -> Vec<GammaUnit> {
    gamma_units(tags.iter().flat_map(|(label, tags)| {
        let place = labels.partition_point(|known| known < label);
        tags.iter().map(move |tag| (place, tag))
    }))
}

/// Compares the units of two people on a text of so many tokens; `None` where neither has any. `alone`: it
/// is the only article, and so many continua are drawn that the figure is exact.
pub(super) fn gamma_counts(
    people: [&[GammaUnit]; 2],
    tokens: u32,
    seed: u64,
    alone: bool,
) -> Option<GammaCounts> {
    let [first, second] = people;
    let units = first.len() + second.len();
    if units == 0 || tokens == 0 {
        return None;
    }
    let mean_units = units as f64 / 2.0;
    let lengths = first
        .iter()
        .chain(second)
        .map(|unit| u64::from(unit.length()));
    let mean_length = lengths.sum::<u64>() as f64 / units as f64;
    let mut sampler = Sampler {
        people,
        tokens,
        apart: (mean_length / 2.0).ceil() as u32,
        random: SplitMix64::new(seed),
    };
    let mut samples: Vec<f64> = (0..SAMPLES).map(|_| sampler.disorder()).collect();
    if alone {
        let (mean, deviation) = mean_and_deviation(&samples);
        let wanted = (SHARE * deviation / mean / PRECISION).powi(2).ceil();
        while (samples.len() as f64) < wanted {
            samples.push(sampler.disorder());
        }
    }
    let (mean, deviation) = mean_and_deviation(&samples);
    Some(GammaCounts {
        units: mean_units,
        observed: disorder(first, second),
        expected: mean_units * mean,
        variance: (mean_units * deviation).powi(2) / samples.len() as f64,
    })
}

/// The mean of samples and the standard deviation they show.
fn mean_and_deviation(samples: &[f64]) -> (f64, f64) {
    let count = samples.len() as f64;
    let mean = samples.iter().sum::<f64>() / count;
    let squares = samples.iter().map(|sample| (sample - mean).powi(2));
    (mean, (squares.sum::<f64>() / (count - 1.0)).sqrt())
}

/// The sum of the dissimilarities of the best alignment. Both lists are sorted.
fn disorder(first: &[GammaUnit], second: &[GammaUnit]) -> f64 {
    let longest = second.iter().map(GammaUnit::length).max().unwrap_or(0);
    let pairings: Vec<Vec<Pairing>> = first
        .iter()
        .map(|unit| {
            // Units that are as far apart as one and a half times their lengths are never aligned.
            let reach = unit.length().saturating_add(longest);
            let reach = reach.saturating_add(reach / 2);
            let from = second.partition_point(|other| other.start + reach < unit.start);
            let near = (from..).zip(second.iter().skip(from));
            let near = near.take_while(|(_, other)| other.start <= unit.start + reach);
            let pairings = near.filter_map(|(right, other)| {
                let cost = dissimilarity(unit, other);
                (cost < 2.0 * ALONE).then_some(Pairing { right, cost })
            });
            pairings.collect()
        })
        .collect();
    // One alone on the left leaves one alone on the right, too, of as many.
    let left = lowest_cost(&pairings, second.len(), 2.0 * ALONE);
    left + ALONE * (second.len() as f64 - first.len() as f64)
}

/// How unlike two units are: their places in relation to their lengths, and their labels.
fn dissimilarity(one: &GammaUnit, other: &GammaUnit) -> f64 {
    let places = one.start.abs_diff(other.start) + one.end.abs_diff(other.end);
    let lengths = one.length() + other.length();
    let positional = (f64::from(places) / f64::from(lengths)).powi(2);
    positional + f64::from(u8::from(one.label != other.label))
}

/// Draws random continua: two people with replacement, each turned around the text by a random number of
/// tokens.
struct Sampler<'a> {
    people: [&'a [GammaUnit]; 2],
    tokens: u32,
    /// So far apart are the two turns, where that is possible.
    apart: u32,
    random: SplitMix64,
}

impl<'a> Sampler<'a> {
    /// The disorder of one continuum, for each unit.
    fn disorder(&mut self) -> f64 {
        let (first, second) = loop {
            let [first, second] = [0, 1].map(|_| self.random.below(2));
            let (first, second) = (self.person(first), self.person(second));
            if !(first.is_empty() && second.is_empty()) {
                break (first, second);
            }
        };
        let all = u64::from(self.tokens);
        let turn = self.random.below(all);
        let apart = u64::from(self.apart);
        let other = match all.checked_sub(2 * apart) {
            Some(free) => (turn + apart + self.random.below(free + 1)) % all,
            None => self.random.below(all),
        };
        let mean_units = (first.len() + second.len()) as f64 / 2.0;
        let (first, second) = (self.turned(first, turn), self.turned(second, other));
        disorder(&first, &second) / mean_units
    }

    fn person(&self, place: u64) -> &'a [GammaUnit] {
        let [first, second] = self.people;
        if place == 0 { first } else { second }
    }

    /// Units further along, those behind the end at the beginning. None is cut.
    fn turned(&self, units: &[GammaUnit], by: u64) -> Vec<GammaUnit> {
        let by = u32::try_from(by).unwrap_or_default();
        let turn = |unit: &GammaUnit| {
            let start = (unit.start + by) % self.tokens;
            GammaUnit {
                start,
                end: start + unit.length(),
                label: unit.label,
            }
        };
        let mut turned: Vec<GammaUnit> = units.iter().map(turn).collect();
        turned.sort_unstable();
        turned
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn unit(start: u32, end: u32, label: usize) -> GammaUnit {
        GammaUnit { start, end, label }
    }

    #[test]
    fn places_and_labels_make_units_unlike() {
        let one = unit(10, 20, 0);
        assert_eq!(dissimilarity(&one, &one), 0.0);
        // (2 + 3) / (10 + 11), squared; and another label.
        let other = unit(12, 23, 1);
        let expected = (5.0_f64 / 21.0).powi(2) + 1.0;
        assert!((dissimilarity(&one, &other) - expected).abs() < 1e-12);
    }

    #[test]
    fn the_best_alignment_leaves_alone_what_is_too_far() {
        let (first, second) = ([unit(0, 4, 0), unit(10, 14, 0)], [unit(1, 5, 0)]);
        // (2 / 8)² and one alone, either way round.
        for found in [disorder(&first, &second), disorder(&second, &first)] {
            assert!((found - 1.0625).abs() < 1e-12, "{found}");
        }
        assert_eq!(disorder(&first, &[]), 2.0);
        assert_eq!(disorder(&[unit(0, 1, 0)], &[unit(90, 91, 0)]), 2.0);
    }

    #[test]
    fn equal_ones_agree_wholly_and_one_empty_not_at_all() {
        let units = [unit(3, 6, 0), unit(20, 30, 1), unit(50, 51, 0)];
        let same = gamma_counts([&units, &units], 100, 7, true).unwrap();
        assert_eq!(same.observed, 0.0);
        assert!(same.expected > 3.0 && same.variance > 0.0, "{same:?}");
        let empty = gamma_counts([&units, &[]], 100, 7, true).unwrap();
        assert!(1.0 - empty.observed / empty.expected <= 0.0, "{empty:?}");
        assert_eq!(gamma_counts([&[], &[]], 100, 7, true), None);
        // The same seed, the same figure.
        assert_eq!(gamma_counts([&units, &units], 100, 7, true), Some(same));
    }
}
