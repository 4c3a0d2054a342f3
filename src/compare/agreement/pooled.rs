use std::collections::{BTreeMap, BTreeSet};

use smol_str::SmolStr;

use super::coefficients::{Coefficients, Gamma, OnTokens, of_pair};
use super::figure::Figure;
use super::found::FoundCounts;
use super::found_figures::{Found, PairFound};
use super::resampling::Samples;
use super::text_counts::{LabelCounts, TextCounts, TokenCounts, pairs};

/// The label of quotes, each of which has a speaker.
const QUOTE: &str = "quote";

/// How far people agree, over all texts that at least two of them annotated.
#[derive(Debug, Clone, PartialEq)]
pub struct Agreement {
    /// Whose tags are compared, sorted.
    pub people: Vec<SmolStr>,
    /// Those that share a text, sorted.
    pub pairs: Vec<PairOfPeople>,
    /// How many texts there are.
    pub texts: usize,
    /// How many tokens, words and marks, they have.
    pub tokens: u64,
    /// By label.
    pub labels: BTreeMap<SmolStr, LabelAgreement>,
    /// All labels together: what a token is, is the set of the labels there.
    pub all: Coefficients,
    /// κ and γ of each pair for all labels together, in the order of `pairs`.
    pub all_pairs: Vec<PairCoefficients>,
}

/// Two people who share texts.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct PairOfPeople {
    /// Their names, in order.
    pub names: (SmolStr, SmolStr),
    /// How many texts they share.
    pub texts: usize,
}

/// How far people agree about one label.
#[derive(Debug, Clone, PartialEq)]
pub struct LabelAgreement {
    /// How many tags everybody has, in the order of `people`.
    pub tags: Vec<usize>,
    /// How many of them others have, too.
    pub found: Found,
    /// The same for tags with a value of an attribute, by name and value.
    pub by_value: BTreeMap<(SmolStr, SmolStr), Found>,
    /// Figures that are corrected for chance.
    pub coefficients: Coefficients,
    /// Each pair, in the order of `pairs`.
    pub pairs: Vec<PairAgreement>,
}

/// How far two people agree about one label.
#[derive(Debug, Clone, PartialEq)]
pub struct PairAgreement {
    /// The same fragments, blanks at their edges aside.
    pub exact: PairFound,
    /// At least half of the words shared, one to one.
    pub overlap: PairFound,
    /// κ and γ.
    pub coefficients: PairCoefficients,
}

/// Figures of two people that are corrected for chance.
#[derive(Debug, Clone, PartialEq)]
pub struct PairCoefficients {
    /// Cohen's κ on tokens.
    pub kappa: Figure,
    /// γ; `None` where it was not asked for.
    pub gamma: Option<Gamma>,
}

impl Agreement {
    /// The figures of texts, which are put into the order of their ids. `with_gamma` where γ was counted.
    #[must_use]
    pub fn new(mut texts: Vec<TextCounts>, with_gamma: bool) -> Self {
        texts.sort_by(|a, b| a.id.cmp(&b.id));
        let samples = Samples::new(texts.len());
        let all = Pooled::new(&texts, with_gamma, &samples);
        let labels: BTreeSet<&SmolStr> = texts.iter().flat_map(|text| text.labels.keys()).collect();
        let of_label = |label: &&SmolStr| ((*label).clone(), all.label(label));
        let whole = all.on_tokens(texts.iter().map(|text| &text.all));
        Self {
            texts: texts.len(),
            tokens: texts.iter().map(|text| u64::from(text.tokens)).sum(),
            labels: labels.iter().map(of_label).collect(),
            all: Coefficients::new(&whole, all.pairs.len(), with_gamma, &samples),
            all_pairs: all.pair_coefficients(&whole),
            people: all.people.clone(),
            pairs: all.pairs.clone(),
        }
    }
}

/// The texts and whose they are.
struct Pooled<'a> {
    texts: &'a [TextCounts],
    with_gamma: bool,
    samples: &'a Samples,
    people: Vec<SmolStr>,
    pairs: Vec<PairOfPeople>,
    /// Of each text, the places of its pairs among all pairs.
    places: Vec<Vec<usize>>,
}

impl<'a> Pooled<'a> {
    fn new(texts: &'a [TextCounts], with_gamma: bool, samples: &'a Samples) -> Self {
        let people: BTreeSet<&SmolStr> = texts.iter().flat_map(|text| &text.people).collect();
        let names = |text: &TextCounts| -> Vec<(SmolStr, SmolStr)> {
            let name = |place: usize| text.people.get(place).cloned().unwrap_or_default();
            let pairs = pairs(text.people.len());
            pairs
                .map(|(first, second)| (name(first), name(second)))
                .collect()
        };
        let mut shared: BTreeMap<(SmolStr, SmolStr), usize> = BTreeMap::new();
        for pair in texts.iter().flat_map(names) {
            *shared.entry(pair).or_default() += 1;
        }
        let all: Vec<&(SmolStr, SmolStr)> = shared.keys().collect();
        let places = |text: &TextCounts| -> Vec<usize> {
            let names = names(text).into_iter();
            names
                .map(|pair| all.partition_point(|known| **known < pair))
                .collect()
        };
        Self {
            texts,
            with_gamma,
            samples,
            people: people.into_iter().cloned().collect(),
            places: texts.iter().map(places).collect(),
            pairs: shared
                .into_iter()
                .map(|(names, texts)| PairOfPeople { names, texts })
                .collect(),
        }
    }

    fn on_tokens<'t>(
        &'t self,
        counts: impl IntoIterator<Item = &'t TokenCounts>,
    ) -> Vec<OnTokens<'t>> {
        let of_texts = counts.into_iter().zip(&self.places).enumerate();
        let on_tokens = of_texts.map(|(article, (counts, pairs))| OnTokens {
            article,
            counts,
            pairs,
        });
        on_tokens.collect()
    }

    fn pair_coefficients(&self, texts: &[OnTokens<'_>]) -> Vec<PairCoefficients> {
        let of_pair = |pair: usize| {
            let (kappa, gamma) = of_pair(texts, pair, self.with_gamma, self.samples);
            PairCoefficients { kappa, gamma }
        };
        (0..self.pairs.len()).map(of_pair).collect()
    }

    fn label(&self, label: &SmolStr) -> LabelAgreement {
        let counts: Vec<(usize, &LabelCounts)> = self
            .texts
            .iter()
            .enumerate()
            .filter_map(|(article, text)| Some((article, text.labels.get(label)?)))
            .collect();
        let found: Vec<(usize, &[FoundCounts; 2])> = counts
            .iter()
            .flat_map(|(article, counts)| counts.found.iter().map(|found| (*article, found)))
            .collect();
        let speaks = label == QUOTE;
        let values: BTreeSet<&(SmolStr, SmolStr)> = counts
            .iter()
            .flat_map(|(_, counts)| counts.by_value.keys())
            .collect();
        let by_value = values.into_iter().map(|value| {
            let found = counts.iter().flat_map(|(article, counts)| {
                let found = counts.by_value.get(value).into_iter().flatten();
                found.map(|found| (*article, found))
            });
            let found: Vec<_> = found.collect();
            (value.clone(), Found::new(&found, speaks, self.samples))
        });
        // Who does not use a label says so about every token.
        let tokens: Vec<TokenCounts> = self
            .texts
            .iter()
            .map(|text| match text.labels.get(label) {
                Some(counts) => counts.tokens.clone(),
                None => text.without_label(),
            })
            .collect();
        let tokens = self.on_tokens(&tokens);
        let coefficients = self.pair_coefficients(&tokens).into_iter();
        let pairs = self.pairs.iter().zip(coefficients).enumerate();
        let pairs = pairs.map(|(place, (pair, coefficients))| {
            let own = self.found_of_pair(&counts, place);
            let found = |of| PairFound::new(&own, of, &pair.names, self.samples);
            PairAgreement {
                exact: found(|counts| counts.exact),
                overlap: found(|counts| counts.overlap),
                coefficients,
            }
        });
        LabelAgreement {
            tags: self.tags(&counts),
            found: Found::new(&found, speaks, self.samples),
            by_value: by_value.collect(),
            pairs: pairs.collect(),
            coefficients: Coefficients::new(
                &tokens,
                self.pairs.len(),
                self.with_gamma,
                self.samples,
            ),
        }
    }

    /// What was found of one pair.
    fn found_of_pair<'t>(
        &self,
        counts: &[(usize, &'t LabelCounts)],
        pair: usize,
    ) -> Vec<(usize, &'t [FoundCounts; 2])> {
        let own = counts.iter().filter_map(|(article, counts)| {
            let places = self.places.get(*article)?;
            let place = places.iter().position(|place| *place == pair)?;
            Some((*article, counts.found.get(place)?))
        });
        let own: Vec<_> = own.collect();
        own
    }

    /// How many tags everybody has.
    fn tags(&self, counts: &[(usize, &LabelCounts)]) -> Vec<usize> {
        let mut tags: BTreeMap<&SmolStr, usize> = BTreeMap::new();
        for (article, counts) in counts {
            let people = self
                .texts
                .get(*article)
                .map_or(&[][..], |text| &text.people);
            for (name, count) in people.iter().zip(&counts.tags) {
                *tags.entry(name).or_default() += count;
            }
        }
        let of = |name: &SmolStr| tags.get(name).copied().unwrap_or_default();
        self.people.iter().map(of).collect()
    }
}
