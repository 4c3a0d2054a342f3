//! Coefficients over many texts, corrected for chance.

use std::collections::BTreeSet;

use super::alpha::{CoincidenceSums, Coincidences, ValueCoincidences};
use super::continuum::Value;
use super::figure::{Basis, Figure, Undefined};
use super::gamma::GammaCounts;
use super::kappa::{KappaCounts, kappa};
use super::resampling::{Measure, Samples};
use super::text_counts::TokenCounts;

/// Agreement that is corrected for chance.
#[derive(Debug, Clone, PartialEq)]
pub struct Coefficients {
    /// Cohen's κ on tokens, the mean of the pairs for which it is defined.
    pub kappa: Figure,
    /// Krippendorff's α on tokens.
    pub alpha: Figure,
    /// Krippendorff's α for unitizing.
    pub u_alpha: Figure,
    /// The same, whatever the labels of units: what is a unit, and what is none.
    pub u_alpha_without_labels: Figure,
    /// γ; `None` where it was not asked for.
    pub gamma: Option<Gamma>,
}

/// γ of one or several pairs and texts.
#[derive(Debug, Clone, PartialEq)]
pub struct Gamma {
    /// 1 − observed / expected.
    pub figure: Figure,
    /// The disorder of the best alignments, for each unit of a person.
    pub observed: f64,
    /// The mean disorder of random continua, for each unit of a person.
    pub expected: f64,
    /// The standard error of the figure that comes from drawing continua.
    pub error: f64,
}

/// What was counted on the tokens of an article, by its place, and the places of its pairs among all pairs.
pub(super) struct OnTokens<'a> {
    pub(super) article: usize,
    pub(super) counts: &'a TokenCounts,
    pub(super) pairs: &'a [usize],
}

/// κ and γ of one of the pairs; γ is `None` where it was not asked for.
pub(super) fn of_pair(
    texts: &[OnTokens<'_>],
    pair: usize,
    with_gamma: bool,
    samples: &Samples,
) -> (Figure, Option<Gamma>) {
    let own = |text: &OnTokens<'_>| text.pairs.iter().position(|place| *place == pair);
    let tables = texts.iter().filter_map(|text| {
        let counts = text.counts.kappa.get(own(text)?)?;
        Some((text.article, 0, counts))
    });
    let kappa = mean_kappa(&tables.collect::<Vec<_>>(), 1, samples);
    let gammas = texts.iter().filter_map(|text| {
        let counts = text.counts.gamma.get(own(text)?)?;
        Some((text.article, (*counts)?))
    });
    let gammas: Vec<_> = gammas.collect();
    (kappa, with_gamma.then(|| Gamma::new(&gammas, samples)))
}

impl Coefficients {
    /// Of all `pairs`.
    pub(super) fn new(
        texts: &[OnTokens<'_>],
        pairs: usize,
        with_gamma: bool,
        samples: &Samples,
    ) -> Self {
        let tables = texts.iter().flat_map(|text| {
            let of_text = text.pairs.iter().zip(&text.counts.kappa);
            of_text.map(|(pair, counts)| (text.article, *pair, counts))
        });
        let coincidences: Vec<_> = texts
            .iter()
            .map(|text| (text.article, &text.counts.coincidences))
            .collect();
        let values: BTreeSet<&Value> = coincidences
            .iter()
            .flat_map(|(_, counts)| counts.values.keys())
            .collect();
        let values: Vec<&Value> = values.into_iter().collect();
        let of_coincidences = |figure: fn(&CoincidenceSums<'_>) -> Result<f64, Undefined>| {
            let measure = coincidence_measure(&coincidences, &values, figure);
            Figure::new(&measure, Basis::Coefficient, samples)
        };
        let gammas = texts.iter().flat_map(|text| {
            let of_text = text.counts.gamma.iter().flatten();
            of_text.map(|counts| (text.article, *counts))
        });
        Self {
            kappa: mean_kappa(&tables.collect::<Vec<_>>(), pairs, samples),
            alpha: of_coincidences(|sums| sums.alpha()),
            u_alpha: of_coincidences(|sums| sums.unitized()),
            u_alpha_without_labels: of_coincidences(|sums| sums.unitized_without_values()),
            gamma: with_gamma.then(|| Gamma::new(&gammas.collect::<Vec<_>>(), samples)),
        }
    }
}

/// The mean of κ over so many pairs. Tables are of an article and a pair.
fn mean_kappa(tables: &[(usize, usize, &KappaCounts)], pairs: usize, samples: &Samples) -> Figure {
    let values: BTreeSet<&Value> = tables
        .iter()
        .flat_map(|(_, _, counts)| counts.said.keys())
        .collect();
    let values: Vec<&Value> = values.into_iter().collect();
    // Of each pair: all tokens, those with the same value, and for each value those of the first and the
    // second.
    let width = 2 + 2 * values.len();
    let mut measure = Measure::new(width * pairs, move |sums| {
        let of_pairs = sums.chunks(width).map(|sums| match sums {
            [tokens, same, said @ ..] => {
                let said = said.as_chunks::<2>().0;
                kappa(*tokens, *same, said.iter().copied())
            }
            _ => Err(Undefined::NobodyShares),
        });
        let (mut defined, mut sum, mut reason) = (0, 0.0, Undefined::NobodyShares);
        for kappa in of_pairs {
            match kappa {
                Ok(kappa) => {
                    sum += kappa;
                    defined += 1;
                }
                Err(why) => reason = why,
            }
        }
        match defined {
            0 => Err(reason),
            defined => Ok(sum / f64::from(defined)),
        }
    });
    for (article, pair, counts) in tables {
        let mut row = vec![0.0; width * pairs];
        if let Some(row) = row.chunks_mut(width).nth(*pair)
            && let [tokens, same, said @ ..] = row
        {
            *tokens = f64::from(counts.tokens);
            *same = f64::from(counts.same);
            for (said, value) in said.as_chunks_mut::<2>().0.iter_mut().zip(&values) {
                let counted = counts.said.get(*value).copied().unwrap_or_default();
                *said = counted.map(f64::from);
            }
        }
        measure.add(*article, &row);
    }
    Figure::new(&measure, Basis::Coefficient, samples)
}

fn coincidence_measure<'a>(
    coincidences: &[(usize, &Coincidences)],
    values: &'a [&Value],
    figure: fn(&CoincidenceSums<'_>) -> Result<f64, Undefined>,
) -> Measure<'a> {
    // All, both the gap, and of each value how often it is said, said together, and its squares.
    let mut measure = Measure::new(2 + 3 * values.len(), move |sums| {
        let [all, gap, rest @ ..] = sums else {
            return Err(Undefined::NobodyShares);
        };
        let values = rest.as_chunks::<3>().0.iter();
        let values = values.map(|[said, same, squares]| ValueCoincidences {
            said: *said,
            same: *same,
            squares: *squares,
        });
        figure(&CoincidenceSums {
            all: *all,
            gap: *gap,
            values: &values.collect::<Vec<_>>(),
        })
    });
    for (article, counts) in coincidences {
        let mut row = vec![counts.all, counts.gap];
        for value in values {
            let of_value = counts.values.get(*value).copied().unwrap_or_default();
            row.extend([of_value.said, of_value.same, of_value.squares]);
        }
        measure.add(*article, &row);
    }
    measure
}

impl Gamma {
    fn new(counts: &[(usize, GammaCounts)], samples: &Samples) -> Self {
        let mut measure = Measure::new(4, |sums| match sums {
            [_, observed, expected, _] if *expected > 0.0 => Ok(1.0 - observed / expected),
            // Wherever the units were, they would agree.
            [units, ..] if *units > 0.0 => Err(Undefined::BothMarkedEverything),
            _ => Err(Undefined::NobodyUsedIt),
        });
        for (article, counts) in counts {
            let GammaCounts {
                units,
                observed,
                expected,
                variance,
            } = *counts;
            measure.add(*article, &[units, observed, expected, variance]);
        }
        let totals = measure.totals();
        let (observed, expected, error) = match totals[..] {
            [units, observed, expected, variance] if units > 0.0 => {
                let error = observed / (expected * expected) * variance.sqrt();
                (observed / units, expected / units, error)
            }
            _ => (0.0, 0.0, 0.0),
        };
        Self {
            figure: Figure::new(&measure, Basis::Coefficient, samples),
            observed,
            expected,
            error,
        }
    }
}
