use std::collections::BTreeMap;

/// For each of some ranges known from the start, the first of the wider ranges that it is in, which
/// are given one after the other. All of it takes O((n + m) log n).
pub(super) struct FirstCover<T> {
    /// Sorted by their starts.
    ranges: Vec<(T, T)>,
    /// A tree over the ranges that are in none yet: the least end of each half; `None` where all are
    /// in one.
    least: Vec<Option<T>>,
    first: BTreeMap<(T, T), usize>,
}

impl<T: Ord + Copy> FirstCover<T> {
    pub(super) fn new(ranges: impl Iterator<Item = (T, T)>) -> Self {
        let mut ranges: Vec<(T, T)> = ranges.collect();
        ranges.sort_unstable();
        ranges.dedup();
        let leaves = ranges.len().next_power_of_two();
        let mut least = vec![None; leaves];
        least.extend(ranges.iter().map(|&(_, end)| Some(end)));
        least.resize(2 * leaves, None);
        let mut cover = Self {
            ranges,
            least,
            first: BTreeMap::new(),
        };
        for node in (1..leaves).rev() {
            cover.update(node);
        }
        cover
    }

    /// Takes the next of the wider ranges, both ends included; `n` is its name.
    pub(super) fn cover(&mut self, (start, end): (T, T), n: usize) {
        let from = self.ranges.partition_point(|range| range.0 < start);
        while let Some(place) = self.next_within(from, end) {
            if let Some(range) = self.ranges.get(place) {
                self.first.insert(*range, n);
            }
            let mut node = self.least.len() / 2 + place;
            if let Some(leaf) = self.least.get_mut(node) {
                *leaf = None;
            }
            while node > 1 {
                node /= 2;
                self.update(node);
            }
        }
    }

    /// The first that a range is in.
    pub(super) fn of(&self, range: &(T, T)) -> Option<usize> {
        self.first.get(range).copied()
    }

    /// A range from this place on that is in none yet and ends by `end`.
    fn next_within(&self, from: usize, end: T) -> Option<usize> {
        let leaves = self.least.len() / 2;
        let fits = |node: usize| {
            let least = self.least.get(node).copied().flatten();
            least.is_some_and(|least| least <= end)
        };
        // Up to the first node to the right that holds one, then down to it.
        let mut node = leaves + from;
        if from >= leaves {
            return None;
        }
        while !fits(node) {
            while node % 2 == 1 {
                node /= 2;
                if node <= 1 {
                    return None;
                }
            }
            if node == 0 {
                return None;
            }
            node += 1;
        }
        while node < leaves {
            node = if fits(2 * node) {
                2 * node
            } else {
                2 * node + 1
            };
        }
        Some(node - leaves)
    }

    fn update(&mut self, node: usize) {
        let half = |node: usize| self.least.get(node).copied().flatten();
        let least = half(2 * node).into_iter().chain(half(2 * node + 1)).min();
        if let Some(of_both) = self.least.get_mut(node) {
            *of_both = least;
        }
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    proptest! {
        #[test]
        fn the_first_is_the_one_that_a_search_finds(
            ranges in prop::collection::vec((0_u32..20, 0_u32..20), 0..20),
            wider in prop::collection::vec((0_u32..20, 0_u32..20), 0..20),
        ) {
            let mut cover = FirstCover::new(ranges.iter().copied());
            for (n, range) in wider.iter().enumerate() {
                cover.cover(*range, n);
            }
            for range in &ranges {
                let found = wider.iter().position(|w| w.0 <= range.0 && range.1 <= w.1);
                prop_assert_eq!(cover.of(range), found);
            }
        }
    }
}
