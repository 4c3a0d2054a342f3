//! Whether the place of words that were looked up by themselves is certain. Where they were before, long
//! words are. Elsewhere they are only with a wide context: other tagged words around them that have kept
//! their distance. A quote may be in any article about the matter, and a short name in any article.

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
    /// Ranges that do not touch, in order, of where the words were.
    by_shift: BTreeMap<i64, Vec<Stretch>>,
}

/// Words that overlap or touch, in code points.
#[derive(Debug, Clone, Copy)]
struct Stretch {
    start: u32,
    end: u32,
    /// The length of the longest of them.
    longest: u32,
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
            let new = Stretch {
                start: words.was,
                end: words.was.saturating_add(words.length),
                longest: words.length,
            };
            let stretches = support.by_shift.entry(words.shift()).or_default();
            match stretches.last_mut() {
                Some(last) if last.end >= new.start => {
                    last.end = last.end.max(new.end);
                    last.longest = last.longest.max(new.longest);
                }
                _ => stretches.push(new),
            }
        }
        support
    }

    /// Whether enough of what was tagged around these words has moved as far as they have. Where they have
    /// moved, the longest of it does not count. O(log n).
    pub(super) fn is_enough(&self, words: FoundWords) -> bool {
        let Some(stretches) = self.by_shift.get(&words.shift()) else {
            return false;
        };
        let from = words.was.saturating_sub(NEAR);
        let to = words.was.saturating_add(words.length).saturating_add(NEAR);
        let first = stretches.partition_point(|stretch| stretch.end < from);
        let near = stretches.iter().skip(first);
        let (mut covered, mut longest) = (0_u32, 0);
        // None is empty: it ends after as many as there must be characters, and one.
        for stretch in near.take_while(|stretch| stretch.start <= to) {
            covered = covered.saturating_add(stretch.end - stretch.start);
            longest = stretch.longest.max(longest);
            let alone = if words.shift() == 0 { 0 } else { longest };
            if covered.saturating_sub(alone) >= ENOUGH {
                return true;
            }
        }
        false
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn found(was: u32, is: u32, length: u32) -> FoundWords {
        FoundWords { was, is, length }
    }

    #[test]
    fn long_words_speak_for_their_old_place_and_for_their_neighbours() {
        let (long, near, far) = (
            found(100, 100, 40),
            found(150, 150, 5),
            found(5_000, 5_000, 5),
        );
        let other = found(160, 90, 5);
        let support = Support::new(vec![other, far, near, long]);
        assert!(support.is_enough(long) && support.is_enough(near));
        assert!(!support.is_enough(far) && !support.is_enough(other));
    }

    #[test]
    fn at_another_place_long_words_need_a_wide_context() {
        let (long, near) = (found(100, 300, 100), found(250, 450, 9));
        let support = Support::new(vec![near, long]);
        assert!(!support.is_enough(long) && !support.is_enough(near));
        let (second, within) = (found(400, 600, 31), found(110, 310, 80));
        let support = Support::new(vec![near, long, within]);
        assert!(!support.is_enough(long));
        let support = Support::new(vec![near, second, long, within]);
        assert!(
            [near, second, long]
                .iter()
                .all(|words| support.is_enough(*words))
        );
        // Whatever touches is one stretch of several tags.
        let rows = (0..5).map(|n| found(n * 30, n * 30 + 7, 30));
        let support = Support::new(rows.clone().collect());
        assert!({ rows }.all(|words| support.is_enough(words)));
    }

    #[test]
    fn what_overlaps_counts_once() {
        let one = found(10, 10, 25);
        let support = Support::new(vec![one, found(12, 12, 20), found(10, 10, 25)]);
        assert!(!support.is_enough(one));
        let support = Support::new(vec![one, found(12, 12, 38)]);
        assert!(support.is_enough(one));
    }
}
