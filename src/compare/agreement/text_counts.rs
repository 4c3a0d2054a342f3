//! What is counted on one text.

use std::collections::{BTreeMap, BTreeSet};

use sha2::{Digest, Sha256};
use smol_str::SmolStr;

use super::alpha::Coincidences;
use super::continuum::{Units, units_of, units_of_all};
use super::found::{FoundCounts, found, with_value};
use super::gamma::{GammaCounts, GammaUnit, gamma_counts, gamma_units, gamma_units_of_all};
use super::kappa::KappaCounts;
use super::placed_tag::{PersonTags, PlacedTag, person_tags};
use super::tokens::Tokens;
use crate::compare::ScoredTag;
use crate::text::SourceText;

/// A text with what at least two people tagged in it.
#[derive(Debug, Clone)]
pub struct AnnotatedText {
    /// Its id; samples are drawn from texts in the order of ids.
    pub id: String,
    /// The text.
    pub source: SourceText,
    /// Everybody's tags by name. Somebody without tags says that there is nothing here.
    pub people: BTreeMap<SmolStr, Vec<ScoredTag>>,
}

/// What to compare.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct AgreementOptions {
    /// Only tags with these labels; empty: all.
    pub labels: BTreeSet<SmolStr>,
    /// Also the tags with a value of an attribute by themselves; `None`: each value there is.
    pub by: Vec<(SmolStr, Option<SmolStr>)>,
    /// Whether to compute γ, which takes longest.
    pub gamma: bool,
    /// Whether it is the only text: then γ draws so many samples that it is exact to ± .02.
    pub single: bool,
}

/// What was counted on one text; sums of these give the figures.
#[derive(Debug, Clone, PartialEq)]
pub struct TextCounts {
    pub(super) id: String,
    /// Who annotated it, sorted.
    pub(super) people: Vec<SmolStr>,
    pub(super) tokens: u32,
    /// The labels that anyone used.
    pub(super) labels: BTreeMap<SmolStr, LabelCounts>,
    pub(super) all: TokenCounts,
}

/// What was counted for one label.
#[derive(Debug, Clone, PartialEq)]
pub(super) struct LabelCounts {
    /// How many tags each of the people has.
    pub(super) tags: Vec<usize>,
    /// For each pair: the first taken for gold, then the second.
    pub(super) found: Vec<[FoundCounts; 2]>,
    /// The same for tags with a value of an attribute, by name and value.
    pub(super) by_value: BTreeMap<(SmolStr, SmolStr), Vec<[FoundCounts; 2]>>,
    pub(super) tokens: TokenCounts,
}

/// What was counted on tokens; of each pair in the order of [`pairs`].
#[derive(Debug, Clone, PartialEq)]
pub(super) struct TokenCounts {
    pub(super) kappa: Vec<KappaCounts>,
    pub(super) coincidences: Coincidences,
    /// `None` where neither has a unit.
    pub(super) gamma: Vec<Option<GammaCounts>>,
}

/// All pairs of so many people, by place.
pub(super) fn pairs(people: usize) -> impl Iterator<Item = (usize, usize)> {
    (0..people).flat_map(move |first| (first + 1..people).map(move |second| (first, second)))
}

impl TextCounts {
    /// Counts one text.
    #[must_use]
    pub fn new(text: &AnnotatedText, options: &AgreementOptions) -> Self {
        let tokens = Tokens::new(&text.source);
        let names: Vec<SmolStr> = text.people.keys().cloned().collect();
        let taken = |label: &SmolStr| options.labels.is_empty() || options.labels.contains(label);
        let people: Vec<PersonTags<'_>> = text
            .people
            .values()
            .map(|tags| {
                let mut tags = person_tags(&text.source, &tokens, tags);
                tags.retain(|label, _| taken(label));
                tags
            })
            .collect();
        let labels: BTreeSet<&SmolStr> = people.iter().flat_map(BTreeMap::keys).collect();
        let labels: Vec<SmolStr> = labels.into_iter().cloned().collect();
        let counting = Counting {
            id: &text.id,
            names: &names,
            tokens: tokens.len(),
            options,
        };
        let of_label = |label: &SmolStr| {
            let tags: Vec<&[PlacedTag<'_>]> = people
                .iter()
                .map(|tags| tags.get(label).map_or(&[][..], Vec::as_slice))
                .collect();
            (label.clone(), counting.label(label, &tags))
        };
        let units: Vec<Units> = people.iter().map(units_of_all).collect();
        let gamma: Vec<Vec<GammaUnit>> = people
            .iter()
            .map(|tags| gamma_units_of_all(tags, &labels))
            .collect();
        Self {
            id: text.id.clone(),
            labels: labels.iter().map(of_label).collect(),
            all: counting.on_tokens("", &units, &gamma),
            tokens: tokens.len(),
            people: names,
        }
    }

    /// Whose tags were compared, sorted.
    #[must_use]
    pub fn people(&self) -> &[SmolStr] {
        &self.people
    }

    /// What is counted for a label that nobody used here.
    pub(super) fn without_label(&self) -> TokenCounts {
        let nothing: Vec<Units> = vec![Units::new(); self.people.len()];
        let people: Vec<&Units> = nothing.iter().collect();
        let empty = KappaCounts {
            tokens: self.tokens,
            same: self.tokens,
            said: BTreeMap::new(),
        };
        let pairs = pairs(self.people.len()).count();
        TokenCounts {
            kappa: vec![empty; pairs],
            coincidences: Coincidences::of(&people, self.tokens),
            gamma: vec![None; pairs],
        }
    }
}

/// The text that is counted.
struct Counting<'a> {
    id: &'a str,
    names: &'a [SmolStr],
    tokens: u32,
    options: &'a AgreementOptions,
}

impl Counting<'_> {
    fn label(&self, label: &SmolStr, people: &[&[PlacedTag<'_>]]) -> LabelCounts {
        let units: Vec<Units> = people.iter().map(|tags| units_of(tags, label)).collect();
        let gamma: Vec<Vec<GammaUnit>> = people
            .iter()
            .map(|tags| gamma_units(tags.iter().map(|tag| (0, tag))))
            .collect();
        let lists: Vec<Vec<&PlacedTag<'_>>> =
            people.iter().map(|tags| tags.iter().collect()).collect();
        let both = |compare: &dyn Fn(&[&PlacedTag<'_>], &[&PlacedTag<'_>]) -> FoundCounts| {
            let of_pair = |(first, second)| {
                let [first, second] =
                    [first, second].map(|place| lists.get(place).map_or(&[][..], Vec::as_slice));
                [compare(first, second), compare(second, first)]
            };
            pairs(people.len()).map(of_pair).collect::<Vec<_>>()
        };
        let by_value = self.values(people).into_iter().map(|(name, value)| {
            let found = both(&|gold, predicted| {
                let (gold, predicted) = with_value(gold, predicted, &name, &value);
                found(&gold, &predicted)
            });
            ((name, value), found)
        });
        LabelCounts {
            tags: people.iter().map(|tags| tags.len()).collect(),
            found: both(&found),
            by_value: by_value.collect(),
            tokens: self.on_tokens(label, &units, &gamma),
        }
    }

    /// The values that are asked for and that a tag has.
    fn values(&self, people: &[&[PlacedTag<'_>]]) -> BTreeSet<(SmolStr, SmolStr)> {
        let mut values = BTreeSet::new();
        for (name, wanted) in &self.options.by {
            let tags = people.iter().copied().flatten();
            let there = tags.filter_map(|tag| tag.tag.value(name));
            let there = there.filter(|value| wanted.as_ref().is_none_or(|wanted| wanted == *value));
            values.extend(there.map(|value| (name.clone(), value.clone())));
        }
        values
    }

    fn on_tokens(&self, label: &str, units: &[Units], gamma: &[Vec<GammaUnit>]) -> TokenCounts {
        let units: Vec<&Units> = units.iter().collect();
        let of_pair = |(first, second)| {
            let (first, second) = (*units.get(first)?, *units.get(second)?);
            Some(KappaCounts::of(first, second, self.tokens))
        };
        let aligned = |(first, second)| {
            let seed = self
                .options
                .gamma
                .then(|| self.seed(label, first, second))?;
            let (first, second) = (gamma.get(first)?, gamma.get(second)?);
            gamma_counts([first, second], self.tokens, seed, self.options.single)
        };
        TokenCounts {
            kappa: pairs(units.len()).filter_map(of_pair).collect(),
            coincidences: Coincidences::of(&units, self.tokens),
            gamma: pairs(units.len()).map(aligned).collect(),
        }
    }

    /// A number that text, pair and label alone decide.
    fn seed(&self, label: &str, first: usize, second: usize) -> u64 {
        let name = |place: usize| self.names.get(place).map_or("", SmolStr::as_str);
        let (first, second) = (name(first), name(second));
        let hash = Sha256::digest(format!("{}\n{first}\n{second}\n{label}", self.id));
        let bytes = hash.iter().take(8);
        bytes.fold(0, |seed, byte| (seed << 8) | u64::from(*byte))
    }
}
