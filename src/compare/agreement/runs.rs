//! Sets of whole numbers, such as the tokens a tag covers, as runs.

/// Whole numbers from the first to before the second.
pub(super) type Run = (u32, u32);

/// A set of whole numbers: runs that are not empty, in order, none touching the next.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Default)]
pub(super) struct Runs(Vec<Run>);

impl Runs {
    /// The set of all numbers of runs in any order. O(n log n).
    pub(super) fn new(runs: impl IntoIterator<Item = Run>) -> Self {
        let mut runs: Vec<Run> = runs.into_iter().filter(|run| run.0 < run.1).collect();
        runs.sort_unstable();
        runs.dedup_by(|next, last| {
            let joins = next.0 <= last.1;
            if joins {
                last.1 = last.1.max(next.1);
            }
            joins
        });
        Self(runs)
    }

    pub(super) fn iter(&self) -> impl Iterator<Item = Run> + '_ {
        self.0.iter().copied()
    }

    pub(super) fn is_empty(&self) -> bool {
        self.0.is_empty()
    }

    /// The first number and the one behind the last; `None` for the empty set.
    pub(super) fn hull(&self) -> Option<Run> {
        Some((self.0.first()?.0, self.0.last()?.1))
    }

    /// How many numbers there are.
    pub(super) fn len(&self) -> u32 {
        self.0.iter().map(|run| run.1 - run.0).sum()
    }

    /// How many numbers two sets share. O(n).
    pub(super) fn shared(&self, other: &Self) -> u32 {
        let (mut some, mut others) = (self.0.iter().peekable(), other.0.iter().peekable());
        let mut shared = 0;
        while let (Some(one), Some(two)) = (some.peek(), others.peek()) {
            shared += one.1.min(two.1).saturating_sub(one.0.max(two.0));
            if one.1 < two.1 {
                some.next();
            } else {
                others.next();
            }
        }
        shared
    }
}

#[cfg(test)]
mod tests {
    use std::collections::BTreeSet;

    use proptest::prelude::*;

    use super::*;

    fn numbers(runs: &[Run]) -> BTreeSet<u32> {
        runs.iter().flat_map(|run| run.0..run.1).collect()
    }

    proptest! {
        #[test]
        fn runs_are_sets(
            some in prop::collection::vec((0_u32..40, 0_u32..9), 0..9),
            others in prop::collection::vec((0_u32..40, 0_u32..9), 0..9),
        ) {
            let runs = |from: Vec<Run>| -> Vec<Run> {
                from.into_iter().map(|(start, len)| (start, start + len)).collect()
            };
            let (some, others) = (runs(some), runs(others));
            let (one, two) = (Runs::new(some.clone()), Runs::new(others.clone()));
            let (in_one, in_two) = (numbers(&some), numbers(&others));
            prop_assert_eq!(one.len() as usize, in_one.len());
            prop_assert_eq!(one.shared(&two) as usize, in_one.intersection(&in_two).count());
            prop_assert_eq!(one.shared(&two), two.shared(&one));
            prop_assert_eq!(one.is_empty(), in_one.is_empty());
            let hull = in_one.first().zip(in_one.last()).map(|(first, last)| (*first, last + 1));
            prop_assert_eq!(one.hull(), hull);
            prop_assert!(one.iter().collect::<Vec<_>>().array_windows().all(|[a, b]| a.1 < b.0));
        }
    }
}
