//! The cheapest way to pair some of one list with some of another.
//!
//! Shortest augmenting paths with potentials: Harold W. Kuhn, *The Hungarian Method for the Assignment
//! Problem*, Naval Research Logistics Quarterly 2, 1955, in the form of R. Jonker and A. Volgenant, *A
//! Shortest Augmenting Path Algorithm for Dense and Sparse Linear Assignment Problems*, Computing 38,
//! 1987.

use std::cmp::Reverse;
use std::collections::BinaryHeap;

/// What pairing one of the left list with one of the right list costs.
#[derive(Debug, Clone, Copy, PartialEq)]
pub(super) struct Pairing {
    /// Place in the right list.
    pub(super) right: usize,
    /// Not negative.
    pub(super) cost: f64,
}

/// The lowest sum of costs where each of the left list is paired once or left alone for `alone`, and each
/// of the right list is paired at most once. `pairings` are the possible ones of each of the left list.
pub(super) fn lowest_cost(pairings: &[Vec<Pairing>], right: usize, alone: f64) -> f64 {
    let left = pairings.iter().map(|pairings| Left {
        pairings,
        potential: 0.0,
        paired: None,
    });
    let mut search = Search {
        left: left.collect(),
        right: vec![Right::default(); right],
        alone,
    };
    for place in 0..pairings.len() {
        search.add(place);
    }
    let costs = search.left.iter().map(|left| match left.paired {
        Some(pairing) => pairing.cost,
        None => alone,
    });
    costs.sum()
}

/// One of the left list.
struct Left<'a> {
    pairings: &'a [Pairing],
    potential: f64,
    /// `None`: left alone.
    paired: Option<Pairing>,
}

/// One of the right list.
#[derive(Debug, Clone, Default)]
struct Right {
    potential: f64,
    /// The place of the one of the left list it is paired with.
    paired: Option<usize>,
    /// In the search that goes on: how it was reached.
    reached: Option<Reached>,
}

#[derive(Debug, Clone, Copy)]
struct Reached {
    distance: f64,
    /// From which place of the left list, and by which pairing.
    from: usize,
    pairing: Pairing,
    /// Whether no shorter way can be found.
    is_final: bool,
}

/// A distance, which is never NaN.
#[derive(Debug, Clone, Copy, PartialEq)]
struct Distance(f64);

impl Eq for Distance {}

impl PartialOrd for Distance {
    fn partial_cmp(&self, other: &Self) -> Option<std::cmp::Ordering> {
        Some(self.cmp(other))
    }
}

impl Ord for Distance {
    fn cmp(&self, other: &Self) -> std::cmp::Ordering {
        self.0.total_cmp(&other.0)
    }
}

/// Places of the right list to go on from, the nearest first.
type Frontier = BinaryHeap<Reverse<(Distance, usize)>>;

struct Search<'a> {
    left: Vec<Left<'a>>,
    right: Vec<Right>,
    alone: f64,
}

impl Search<'_> {
    /// Adds one of the left list, along the shortest path: it is paired, others perhaps with someone else
    /// than before, or one of them is left alone.
    fn add(&mut self, root: usize) {
        let mut frontier = Frontier::new();
        let mut touched = Vec::new();
        let mut passed = vec![(root, 0.0)];
        let mut shortest_alone = (self.look_from(root, 0.0, &mut frontier, &mut touched), root);
        // Where the path ends: at one of the right list, or at one of the left that is left alone.
        let (end, length) = loop {
            let nearest = frontier
                .pop()
                .map(|Reverse((Distance(far), place))| (far, place));
            let Some((far, place)) = nearest.filter(|(far, _)| *far < shortest_alone.0) else {
                break (None, shortest_alone.0);
            };
            let Some(right) = self.right.get_mut(place) else {
                continue;
            };
            match &mut right.reached {
                Some(reached) if !reached.is_final => reached.is_final = true,
                Some(_) | None => continue,
            }
            let Some(left) = right.paired else {
                break (Some(place), far);
            };
            passed.push((left, far));
            let alone = self.look_from(left, far, &mut frontier, &mut touched);
            if alone < shortest_alone.0 {
                shortest_alone = (alone, left);
            }
        };
        for (place, far) in passed {
            if let Some(left) = self.left.get_mut(place) {
                left.potential += length - far;
            }
        }
        for place in &touched {
            if let Some(right) = self.right.get_mut(*place)
                && let Some(reached) = right.reached.filter(|reached| reached.is_final)
            {
                right.potential -= length - reached.distance;
            }
        }
        self.pair_along(end, shortest_alone.1, root);
        for place in touched {
            if let Some(right) = self.right.get_mut(place) {
                right.reached = None;
            }
        }
    }

    /// Looks at all pairings of one of the left list that is so far away, and returns how far the end is
    /// where it is left alone.
    fn look_from(
        &mut self,
        place: usize,
        far: f64,
        frontier: &mut Frontier,
        touched: &mut Vec<usize>,
    ) -> f64 {
        let Some(left) = self.left.get(place) else {
            return f64::INFINITY;
        };
        for pairing in left.pairings {
            let Some(right) = self.right.get_mut(pairing.right) else {
                continue;
            };
            // Rounding must not make a way back shorter.
            let step = (pairing.cost - left.potential - right.potential).max(0.0);
            let distance = far + step;
            let shorter = |reached: Reached| !reached.is_final && distance < reached.distance;
            if right.reached.is_none_or(shorter) {
                if right.reached.is_none() {
                    touched.push(pairing.right);
                }
                right.reached = Some(Reached {
                    distance,
                    from: place,
                    pairing: *pairing,
                    is_final: false,
                });
                frontier.push(Reverse((Distance(distance), pairing.right)));
            }
        }
        far + (self.alone - left.potential).max(0.0)
    }

    /// Pairs those along a path anew, from its end back to the root.
    fn pair_along(&mut self, end: Option<usize>, alone: usize, root: usize) {
        let mut free = end;
        if end.is_none()
            && let Some(left) = self.left.get_mut(alone)
        {
            free = left.paired.take().map(|pairing| pairing.right);
        }
        while let Some(place) = free {
            let Some(right) = self.right.get_mut(place) else {
                return;
            };
            let Some(reached) = right.reached else {
                return;
            };
            right.paired = Some(reached.from);
            let left = self.left.get_mut(reached.from);
            let before = left.and_then(|left| left.paired.replace(reached.pairing));
            free = before.map(|pairing| pairing.right);
            if reached.from == root {
                return;
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    /// By trying everything.
    fn tried(pairings: &[Vec<Pairing>], taken: &mut Vec<usize>, alone: f64) -> f64 {
        let Some((first, rest)) = pairings.split_first() else {
            return 0.0;
        };
        let mut best = alone + tried(rest, taken, alone);
        for pairing in first {
            if !taken.contains(&pairing.right) {
                taken.push(pairing.right);
                best = best.min(pairing.cost + tried(rest, taken, alone));
                taken.pop();
            }
        }
        best
    }

    #[test]
    fn a_cheaper_pair_may_have_to_wait() {
        let pairing = |right, cost| Pairing { right, cost };
        // The first would take 0 for nothing; both together cost least the other way round.
        let pairings = [
            vec![pairing(0, 0.0), pairing(1, 0.1)],
            vec![pairing(0, 0.2), pairing(1, 1.5)],
        ];
        assert!((lowest_cost(&pairings, 2, 2.0) - 0.3).abs() < 1e-12);
        // One pair is better than two dear ones.
        let pairings = [
            vec![pairing(0, 1.0), pairing(1, 1.9)],
            vec![pairing(0, 0.2)],
        ];
        assert!((lowest_cost(&pairings, 2, 1.5) - 1.7).abs() < 1e-12);
        assert_eq!(lowest_cost(&[Vec::new(), Vec::new()], 0, 2.0), 4.0);
        assert_eq!(lowest_cost(&[], 3, 2.0), 0.0);
    }

    proptest! {
        #[test]
        fn nothing_is_cheaper(
            costs in prop::collection::vec(prop::collection::vec(prop::option::of(0_u8..20), 6), 0..6),
        ) {
            let pairings: Vec<Vec<Pairing>> = costs.iter().map(|row| {
                let pairings = row.iter().enumerate().filter_map(|(right, cost)| {
                    Some(Pairing { right, cost: f64::from((*cost)?) / 7.0 })
                });
                pairings.collect()
            }).collect();
            let found = lowest_cost(&pairings, 6, 2.0);
            let expected = tried(&pairings, &mut Vec::new(), 2.0);
            prop_assert!((found - expected).abs() < 1e-9, "{found} {expected}");
        }
    }
}
