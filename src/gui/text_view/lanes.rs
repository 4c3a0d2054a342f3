//! Which lane each of several overlapping ranges is drawn in.

/// A lane (from 0) for each range `(start, end)`, end-exclusive, in the order given. Two that
/// overlap never share one; a range keeps its lane when one is added within it or after it;
/// enclosing ones come first. Beyond `most` lanes, ranges share lane `most`.
pub(super) fn assign(stretches: &[(u32, u32)], most: usize) -> Vec<usize> {
    let mut order: Vec<usize> = (0..stretches.len()).collect();
    order.sort_by_key(|&n| {
        let (start, end) = stretches.get(n).copied().unwrap_or_default();
        (start, std::cmp::Reverse(end), n)
    });
    let mut lanes = vec![0; stretches.len()];
    // End of the last range in each lane.
    let mut ends: Vec<u32> = Vec::new();
    for n in order {
        let (start, end) = stretches.get(n).copied().unwrap_or_default();
        let free = ends.iter().position(|&taken| taken <= start);
        let lane = free.unwrap_or(ends.len());
        match ends.get_mut(lane) {
            Some(taken) => *taken = end,
            None if lane < most => ends.push(end),
            None => {}
        }
        if let Some(of) = lanes.get_mut(n) {
            *of = lane;
        }
    }
    lanes
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    fn overlap(a: (u32, u32), b: (u32, u32)) -> bool {
        a.0 < b.1 && b.0 < a.1
    }

    proptest! {
        #[test]
        fn no_two_overlapping_stretches_share_a_lane_and_none_is_wasted(
            pairs in prop::collection::vec((0_u32..60, 1_u32..25), 0..25)
        ) {
            let stretches: Vec<_> = pairs.iter().map(|&(start, len)| (start, start + len)).collect();
            let lanes = assign(&stretches, usize::MAX);
            for (n, &a) in stretches.iter().enumerate() {
                for (m, &b) in stretches.iter().enumerate().skip(n + 1) {
                    prop_assert!(!overlap(a, b) || lanes[n] != lanes[m]);
                }
            }
            let deepest = (0..90)
                .map(|at| stretches.iter().filter(|s| s.0 <= at && at < s.1).count())
                .max()
                .unwrap_or(0);
            prop_assert_eq!(lanes.iter().max().map_or(0, |lane| lane + 1), deepest);
        }

        #[test]
        fn what_has_a_lane_of_its_own_keeps_it_however_few_there_are(
            pairs in prop::collection::vec((0_u32..60, 1_u32..25), 0..25),
            most in 1_usize..6,
        ) {
            let stretches: Vec<_> = pairs.iter().map(|&(start, len)| (start, start + len)).collect();
            let few = assign(&stretches, most);
            for (n, &a) in stretches.iter().enumerate() {
                prop_assert!(few[n] <= most);
                for (m, &b) in stretches.iter().enumerate().skip(n + 1) {
                    prop_assert!(!overlap(a, b) || few[n] != few[m] || few[n] == most);
                }
            }
        }

        #[test]
        fn a_tag_made_behind_the_start_of_all_others_moves_none(
            pairs in prop::collection::vec((0_u32..60, 1_u32..25), 1..12),
            len in 1_u32..30,
        ) {
            let mut stretches: Vec<_> = pairs.iter().map(|&(start, len)| (start, start + len)).collect();
            let start = stretches.iter().map(|s| s.0).max().unwrap_or(0) + 1;
            let before = assign(&stretches, usize::MAX);
            stretches.push((start, start + len));
            let after = assign(&stretches, usize::MAX);
            prop_assert_eq!(&before[..], &after[..before.len()]);
        }
    }
}
