//! Krippendorff's α on tokens and his α for unitizing.
//!
//! α: Klaus Krippendorff, *Content Analysis*, 2nd edition, 2004, chapter 11, for nominal data. uα and |uα:
//! Klaus Krippendorff, Yann Mathet, Stéphane Bouvry and Antoine Widlöcher, *On the reliability of unitizing
//! textual continua: Further developments*, Quality & Quantity 50, 2016.

use std::collections::BTreeMap;

use super::continuum::{Units, Value, for_each_piece};
use super::figure::Undefined;

/// What several people say about the tokens of texts.
#[derive(Debug, Clone, PartialEq, Default)]
pub(super) struct Coincidences {
    /// Sum of all coincidences: tokens times people.
    pub(super) all: f64,
    /// Of these, both the gap.
    pub(super) gap: f64,
    /// By value, the gap left out.
    pub(super) values: BTreeMap<Value, ValueCoincidences>,
}

/// Coincidences of one value.
#[derive(Debug, Clone, Copy, PartialEq, Default)]
pub(super) struct ValueCoincidences {
    /// How often it is said.
    pub(super) said: f64,
    /// How often it is said by two together.
    pub(super) same: f64,
    /// Sum of the squared lengths of its units, in tokens.
    pub(super) squares: f64,
}

impl Coincidences {
    /// Counts one text; at least two people. O(units · people).
    pub(super) fn of(people: &[&Units], tokens: u32) -> Self {
        let mut counts = Self {
            all: f64::from(tokens) * people.len() as f64,
            ..Self::default()
        };
        for unit in people.iter().copied().flatten() {
            let length = f64::from(unit.end - unit.start);
            let value = counts.values.entry(unit.value.clone()).or_default();
            value.said += length;
            value.squares += length * length;
        }
        let others = (people.len() as f64 - 1.0).max(1.0);
        for_each_piece(people, tokens, |length, said| {
            let mut times: BTreeMap<Option<&Value>, f64> = BTreeMap::new();
            for value in said {
                *times.entry(*value).or_default() += 1.0;
            }
            for (value, times) in times {
                let pairs = f64::from(length) * times * (times - 1.0) / others;
                match value.and_then(|value| counts.values.get_mut(value)) {
                    Some(value) => value.same += pairs,
                    None => counts.gap += pairs,
                }
            }
        });
        counts
    }
}

/// Coincidences in numbers: all, both the gap, and each value.
pub(super) struct CoincidenceSums<'a> {
    pub(super) all: f64,
    pub(super) gap: f64,
    pub(super) values: &'a [ValueCoincidences],
}

impl CoincidenceSums<'_> {
    fn said_gap(&self) -> f64 {
        self.all - self.values.iter().map(|value| value.said).sum::<f64>()
    }

    /// Why nothing can differ: one value only.
    fn one_value(&self) -> Result<(), Undefined> {
        if self.all <= 0.0 {
            return Err(Undefined::NobodyShares);
        }
        let gap = self.said_gap();
        if gap >= self.all {
            return Err(Undefined::one_value(true));
        }
        let everything = self.values.iter().any(|value| value.said >= self.all);
        if everything {
            return Err(Undefined::one_value(false));
        }
        Ok(())
    }

    /// α for nominal data, every token a unit of analysis.
    pub(super) fn alpha(&self) -> Result<f64, Undefined> {
        self.one_value()?;
        let gap = self.said_gap();
        let values = self.values.iter();
        let (same, squares) = values.fold((self.gap, gap * gap), |(same, squares), value| {
            (same + value.same, squares + value.said * value.said)
        });
        let observed = self.all - same;
        Ok(1.0 - (self.all - 1.0) * observed / (self.all * self.all - squares))
    }

    /// Squares of the lengths of all units; tokens of the gap are units of one.
    fn unit_squares(&self) -> f64 {
        let squares = self.values.iter().map(|value| value.squares);
        self.said_gap() + squares.sum::<f64>()
    }

    /// uα: whether units and their values agree.
    pub(super) fn unitized(&self) -> Result<f64, Undefined> {
        self.one_value()?;
        let gap = self.said_gap();
        let values = self.values.iter();
        let (same, by_chance) =
            values.fold((self.gap, gap * gap - gap), |(same, by_chance), value| {
                let chance = value.said * value.said - value.squares;
                (same + value.same, by_chance + chance)
            });
        let by_chance = self.all * by_chance / (self.all * self.all - self.unit_squares());
        Ok(1.0 - (self.all - same) / (self.all - by_chance))
    }

    /// |uα: whether units and gaps agree, whatever the values.
    pub(super) fn unitized_without_values(&self) -> Result<f64, Undefined> {
        self.one_value()?;
        let gap = self.said_gap();
        if gap <= 0.0 {
            return Err(Undefined::one_value(false));
        }
        let differ = self.all * gap * (self.all - gap);
        let by_chance = differ / (self.all * self.all - self.unit_squares());
        Ok(1.0 - (gap - self.gap) / by_chance)
    }
}

/// α for nominal data of pairs of values: how often each pair comes.
pub(super) fn alpha_of_pairs<V: Ord>(
    pairs: impl IntoIterator<Item = (V, V, f64)>,
) -> Result<f64, Undefined> {
    let mut values: BTreeMap<V, ValueCoincidences> = BTreeMap::new();
    let mut all = 0.0;
    for (first, second, times) in pairs {
        all += 2.0 * times;
        let same = if first == second { 2.0 * times } else { 0.0 };
        values.entry(first).or_default().said += times;
        let value = values.entry(second).or_default();
        value.said += times;
        value.same += same;
    }
    let values: Vec<ValueCoincidences> = values.into_values().collect();
    CoincidenceSums {
        all,
        gap: 0.0,
        values: &values,
    }
    .alpha()
}
