use std::collections::{BTreeMap, VecDeque};

use super::placed_tag::PlacedTag;
use super::runs::Runs;

/// Pairs tags one to one that share at least half of the words either covers: those that share most
/// first, then by the place of the second, then of the first. Pairs are (place in `gold`, place in
/// `predicted`). Both lists are in the order of the text.
pub(super) fn overlap_matches(
    gold: &[&PlacedTag<'_>],
    predicted: &[&PlacedTag<'_>],
) -> Vec<(usize, usize)> {
    // Equal ones share most. Taken first, a thousand tags over one word are not a million candidates.
    let mut equal: BTreeMap<&Runs, VecDeque<usize>> = BTreeMap::new();
    for (place, tag) in gold.iter().enumerate() {
        if !tag.words.is_empty() {
            equal.entry(&tag.words).or_default().push_back(place);
        }
    }
    let mut matches = Vec::new();
    let mut left = Vec::new();
    for (predicted, tag) in predicted.iter().enumerate() {
        match equal.get_mut(&tag.words).and_then(VecDeque::pop_front) {
            Some(gold) => matches.push((gold, predicted)),
            None => left.push((predicted, *tag)),
        }
    }
    let mut free: Vec<usize> = equal.into_values().flatten().collect();
    free.sort_unstable();
    let mut candidates = candidates(gold, &free, &left);
    candidates.sort_by(|(a, of_a), (b, of_b)| {
        let by_predicted = |&(gold, predicted): &(usize, usize)| (predicted, gold);
        b.total_cmp(a)
            .then(by_predicted(of_a).cmp(&by_predicted(of_b)))
    });
    let (mut of_gold, mut of_predicted) = (vec![false; gold.len()], vec![false; predicted.len()]);
    for (_, (gold, predicted)) in candidates {
        let (Some(first), Some(second)) = (of_gold.get_mut(gold), of_predicted.get_mut(predicted))
        else {
            continue;
        };
        if !*first && !*second {
            (*first, *second) = (true, true);
            matches.push((gold, predicted));
        }
    }
    matches
}

/// The pairs that share at least half, and how much they share.
fn candidates(
    gold: &[&PlacedTag<'_>],
    free: &[usize],
    left: &[(usize, &PlacedTag<'_>)],
) -> Vec<(f64, (usize, usize))> {
    let hull = |words: &Runs| words.hull().unwrap_or_default();
    let mut by_start: Vec<(u32, u32, usize)> = free
        .iter()
        .filter_map(|place| {
            let (start, end) = hull(&gold.get(*place)?.words);
            Some((start, end, *place))
        })
        .collect();
    by_start.sort_unstable();
    // How far those up to each one reach: where to begin is found by halving.
    let mut reach = 0;
    let reaches: Vec<u32> = by_start
        .iter()
        .map(|(_, end, _)| {
            reach = reach.max(*end);
            reach
        })
        .collect();
    let mut found = Vec::new();
    for &(predicted, tag) in left {
        let (start, end) = hull(&tag.words);
        let first = reaches.partition_point(|reach| *reach <= start);
        let near = by_start.iter().skip(first);
        for &(_, other_end, place) in near.take_while(|(from, ..)| *from < end) {
            let Some(other) = gold.get(place).filter(|_| other_end > start) else {
                continue;
            };
            let shared = tag.words.shared(&other.words);
            let either = tag.words.len() + other.words.len() - shared;
            if shared > 0 && 2 * shared >= either {
                found.push((f64::from(shared) / f64::from(either), (place, predicted)));
            }
        }
    }
    found
}
