//! Cohen's κ of two people on tokens.
//!
//! Jacob Cohen, *A Coefficient of Agreement for Nominal Scales*, Educational and Psychological Measurement
//! 20, 1960. For several people the mean over the pairs: Richard J. Light, *Measures of response agreement
//! for qualitative data*, Psychological Bulletin 76, 1971.

use std::collections::BTreeMap;

use super::continuum::{Units, Value, for_each_piece};
use super::figure::Undefined;

/// What two people say about the tokens of texts.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub(super) struct KappaCounts {
    /// How many tokens there are.
    pub(super) tokens: u32,
    /// For how many both say the same.
    pub(super) same: u32,
    /// For how many the first and the second say each value, the gap left out.
    pub(super) said: BTreeMap<Value, [u32; 2]>,
}

impl KappaCounts {
    /// Counts one text. O(units).
    pub(super) fn of(first: &Units, second: &Units, tokens: u32) -> Self {
        let mut counts = Self {
            tokens,
            ..Self::default()
        };
        for (units, person) in [(first, 0), (second, 1)] {
            for unit in units {
                let said = counts.said.entry(unit.value.clone()).or_default();
                if let Some(count) = said.get_mut(person) {
                    *count += unit.end - unit.start;
                }
            }
        }
        for_each_piece(&[first, second], tokens, |length, said| {
            if let [first, second] = said
                && first == second
            {
                counts.same += length;
            }
        });
        counts
    }
}

/// κ of one table: so many tokens, so many with the same value, and for each value but the gap how many
/// the first and the second gave it.
pub(super) fn kappa(
    tokens: f64,
    same: f64,
    said: impl Iterator<Item = [f64; 2]>,
) -> Result<f64, Undefined> {
    let mut gap = [tokens, tokens];
    let mut by_chance = 0.0;
    for [first, second] in said {
        gap = [gap[0] - first, gap[1] - second];
        by_chance += first * second;
    }
    by_chance += gap[0] * gap[1];
    let (observed, expected) = (same / tokens, by_chance / (tokens * tokens));
    if tokens == 0.0 || expected >= 1.0 {
        let nothing = gap[0] >= tokens;
        return Err(Undefined::one_value(nothing));
    }
    Ok((observed - expected) / (1.0 - expected))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn kappa_of_cohens_kind() {
        // 20 both, 5 and 10 one alone, 15 neither: p = .7, by chance .5.
        let found = kappa(50.0, 35.0, [[25.0, 30.0]].into_iter()).unwrap();
        assert!((found - 0.4).abs() < 1e-12, "{found}");
        // Nothing in common, one side empty: as by chance.
        assert_eq!(kappa(10.0, 6.0, [[0.0, 4.0]].into_iter()), Ok(0.0));
        let none = kappa(10.0, 10.0, std::iter::empty());
        assert_eq!(none, Err(Undefined::BothMarkedNothing));
        let all = kappa(10.0, 10.0, [[10.0, 10.0]].into_iter());
        assert_eq!(all, Err(Undefined::BothMarkedEverything));
    }
}
