//! Whether the place of words that were looked up by themselves is certain: long words are, and so are
//! short ones whose neighbours have kept their distance. A short name may be in any article.

use std::collections::BTreeMap;

/// So many characters of tagged text in the same arrangement are no chance.
const ENOUGH: u32 = 40;

/// How far away what speaks for a place may be, in characters.
const NEAR: u32 = 1_000;

/// Words that were found: where they were and where they are.
#[derive(Debug, Clone, Copy)]
pub(super) struct FoundWords {
    /// Where they were, in code points.
    pub(super) was: u32,
    /// Where they are, in code points.
    pub(super) is: u32,
    /// How long they are, in code points.
    pub(super) length: u32,
}

/// What was found, by how far it moved.
#[derive(Debug, Default)]
pub(super) struct Support {
    /// Ranges that do not touch, in order, of where the words were, each with how much is covered up
    /// to its end.
    by_shift: BTreeMap<i64, Vec<(u32, u32, u32)>>,
}

impl FoundWords {
    fn shift(self) -> i64 {
        i64::from(self.is) - i64::from(self.was)
    }
}

impl Support {
    /// Takes all that was found. O(n log n).
    pub(super) fn new(mut found: Vec<FoundWords>) -> Self {
        found.sort_by_key(|words| (words.was, words.length));
        let mut support = Self::default();
        for words in found {
            let end = words.was.saturating_add(words.length);
            let ranges = support.by_shift.entry(words.shift()).or_default();
            match ranges.last_mut() {
                Some((_, last, covered)) if *last >= words.was => {
                    *covered += end.saturating_sub(*last);
                    *last = end.max(*last);
                }
                last => {
                    let before = last.map_or(0, |(_, _, covered)| *covered);
                    ranges.push((words.was, end, before + words.length));
                }
            }
        }
        support
    }

    /// Whether enough of what was tagged around these words has moved as far as they have. O(log n).
    pub(super) fn is_enough(&self, words: FoundWords) -> bool {
        let Some(ranges) = self.by_shift.get(&words.shift()) else {
            return false;
        };
        let from = words.was.saturating_sub(NEAR);
        let to = words.was.saturating_add(words.length).saturating_add(NEAR);
        let first = ranges.partition_point(|(_, end, _)| *end < from);
        let behind = ranges.partition_point(|(start, _, _)| *start <= to);
        let covered = |n: usize| {
            n.checked_sub(1)
                .and_then(|n| ranges.get(n))
                .map_or(0, |r| r.2)
        };
        covered(behind).saturating_sub(covered(first)) >= ENOUGH
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn found(was: u32, is: u32, length: u32) -> FoundWords {
        FoundWords { was, is, length }
    }

    #[test]
    fn long_words_speak_for_themselves_and_for_their_neighbours() {
        let (long, near, far, other) = (
            found(100, 300, 40),
            found(150, 350, 5),
            found(5_000, 5_200, 5),
            found(160, 90, 5),
        );
        let support = Support::new(vec![other, far, near, long]);
        assert!(support.is_enough(long) && support.is_enough(near));
        assert!(!support.is_enough(far) && !support.is_enough(other));
    }

    #[test]
    fn what_overlaps_counts_once() {
        let one = found(10, 20, 25);
        let support = Support::new(vec![one, found(12, 22, 20), found(10, 20, 25)]);
        assert!(!support.is_enough(one));
        let support = Support::new(vec![one, found(12, 22, 38)]);
        assert!(support.is_enough(one));
    }
}
