//! Which word of the old text is which of the new one.
//!
//! First what is only once in either text and in the same order in both, so that the cost stays
//! linear for any texts; then the gaps between; then, in what is left of a gap, words that are
//! nearly the same.

use gix_imara_diff::{Algorithm, Diff, InternedInput, Interner, Token};

use super::similar::likeness;
use super::tokens::Tokens;

/// For each token of the old text its place in the new one. In order: pairs never cross.
pub(super) struct Alignment {
    pairs: Vec<Option<Pair>>,
}

#[derive(Debug, Clone, Copy, PartialEq)]
pub(super) struct Pair {
    /// Index of the token in the new text.
    pub(super) to: usize,
    /// How much alike the words are: 1 for the same.
    pub(super) likeness: f32,
}

/// How many words in a row make a place that can be told from others.
const ROW: usize = 6;
/// Gaps with at most so many pairs of words are aligned word by word.
const SMALL: usize = 4096;
/// A gap with more words than that in both texts, of which no six are there once, is given up.
const LARGE: usize = 100_000;
/// How far an insertion is shifted at most, in words.
const FAR: usize = 200;
/// Words less alike than that have nothing to do with one another.
const ALIKE: f32 = 0.6;

impl Alignment {
    pub(super) fn new(old: &Tokens<'_>, new: &Tokens<'_>) -> Self {
        let mut work = Work {
            old,
            new,
            pairs: vec![None; old.len()],
        };
        let head = common(old.ids.iter(), new.ids.iter());
        let longest_tail = old.len().min(new.len()) - head;
        let tail = common(old.ids.iter().rev(), new.ids.iter().rev()).min(longest_tail);
        work.row(0, 0, head);
        work.row(old.len() - tail, new.len() - tail, tail);
        work.between(Gap {
            old: head..old.len() - tail,
            new: head..new.len() - tail,
        });
        work.settle();
        Self { pairs: work.pairs }
    }

    /// That of texts with the same words in the same order.
    pub(super) fn one_to_one(tokens: usize) -> Self {
        let pair = |to| Some(Pair { to, likeness: 1.0 });
        Self {
            pairs: (0..tokens).map(pair).collect(),
        }
    }

    pub(super) fn pair(&self, old: usize) -> Option<Pair> {
        self.pairs.get(old).copied().flatten()
    }
}

fn common<'a>(a: impl Iterator<Item = &'a Token>, b: impl Iterator<Item = &'a Token>) -> usize {
    a.zip(b).take_while(|(a, b)| a == b).count()
}

/// Stretches of both texts, as indices of tokens.
struct Gap {
    old: std::ops::Range<usize>,
    new: std::ops::Range<usize>,
}

struct Work<'a> {
    old: &'a Tokens<'a>,
    new: &'a Tokens<'a>,
    pairs: Vec<Option<Pair>>,
}

impl Work<'_> {
    fn pair(&mut self, old: usize, to: usize, likeness: f32) {
        if let Some(pair) = self.pairs.get_mut(old) {
            *pair = Some(Pair { to, likeness });
        }
    }

    fn row(&mut self, old: usize, new: usize, length: usize) {
        for n in 0..length {
            self.pair(old + n, new + n, 1.0);
        }
    }

    fn same(&self, old: usize, new: usize) -> bool {
        self.old.id(old).is_some() && self.old.id(old) == self.new.id(new)
    }

    /// Where something was put in or taken out whose end is as what is before it, either could be
    /// the new one: whole lines are the most likely.
    fn settle(&mut self) {
        for n in 1..self.old.len() {
            let here = self.pairs.get(n).copied().flatten();
            let Some(here) = here.filter(|pair| pair.likeness == 1.0) else {
                continue;
            };
            let Some((before, from)) = self.pair_before(n) else {
                continue;
            };
            let (out, put) = (n - before - 1, here.to - from - 1);
            let begins = |at: usize| {
                if put > 0 {
                    self.new.begins_line(from + 1 + at)
                } else {
                    self.old.begins_line(before + 1 + at)
                }
            };
            // Exactly one of the two.
            if (out == 0) == (put == 0) || begins(0) {
                continue;
            }
            let on = (0..FAR)
                .take_while(|at| self.is_row(n + at, here.to + at))
                .take_while(|at| self.same(before + 1 + at, from + 1 + at))
                .count();
            if let Some(by) = (1..=on).find(|at| begins(*at)) {
                for at in 0..by {
                    self.clear(n + at);
                }
                self.row(before + 1, from + 1, by);
                continue;
            }
            let back = (1..before.min(from).min(FAR))
                .take_while(|at| self.is_row(before + 1 - at, from + 1 - at))
                .take_while(|at| self.same(n - at, here.to - at))
                .count();
            let begins_back = |at: &usize| {
                if put > 0 {
                    self.new.begins_line(from + 1 - at)
                } else {
                    self.old.begins_line(before + 1 - at)
                }
            };
            if let Some(by) = (1..=back).find(begins_back) {
                for at in 1..=by {
                    self.clear(before + 1 - at);
                }
                self.row(n - by, here.to - by, by);
            }
        }
    }

    /// The last pair before the token `old`.
    fn pair_before(&self, old: usize) -> Option<(usize, usize)> {
        let before = self.pairs.get(..old)?;
        let at = before.iter().rposition(Option::is_some)?;
        Some((at, before.get(at).copied().flatten()?.to))
    }

    fn is_row(&self, old: usize, new: usize) -> bool {
        let pair = self.pairs.get(old).copied().flatten();
        pair.is_some_and(|pair| pair.to == new && pair.likeness == 1.0)
    }

    fn clear(&mut self, old: usize) {
        if let Some(pair) = self.pairs.get_mut(old) {
            *pair = None;
        }
    }

    /// Splits a gap at what is there once, and aligns the pieces.
    fn between(&mut self, gap: Gap) {
        let (mut old, mut new) = (gap.old.start, gap.new.start);
        for (a, b) in self.landmarks(&gap) {
            if a < old || b < new {
                continue;
            }
            let room = (a - old).min(b - new);
            let back = (1..=room).take_while(|n| self.same(a - n, b - n)).count();
            let room = (gap.old.end - a).min(gap.new.end - b);
            let on = (0..room).take_while(|n| self.same(a + n, b + n)).count();
            self.piece(Gap {
                old: old..a - back,
                new: new..b - back,
            });
            self.row(a - back, b - back, back + on);
            (old, new) = (a + on, b + on);
        }
        self.piece(Gap {
            old: old..gap.old.end,
            new: new..gap.new.end,
        });
    }

    /// Places of rows of words that are once in either side of a gap; the longest series of them
    /// that has the same order in both.
    fn landmarks(&self, gap: &Gap) -> Vec<(usize, usize)> {
        let old = once(&self.old.ids, &gap.old);
        let new = once(&self.new.ids, &gap.new);
        let mut both = Vec::new();
        let mut candidates = new.into_iter().peekable();
        for (hash, a) in old {
            while candidates.next_if(|(other, _)| *other < hash).is_some() {}
            if let Some((_, b)) = candidates.next_if(|(other, _)| *other == hash)
                && (0..ROW).all(|n| self.same(a + n, b + n))
            {
                both.push((a, b));
            }
        }
        both.sort_unstable();
        rising(&both)
    }

    /// Aligns a piece without landmarks.
    fn piece(&mut self, gap: Gap) {
        if gap.old.is_empty() || gap.new.is_empty() {
            return;
        }
        if gap.old.len().saturating_mul(gap.new.len()) <= SMALL {
            self.word_by_word(&gap);
            return;
        }
        if gap.old.len() > LARGE || gap.new.len() > LARGE {
            return;
        }
        let mut input = InternedInput {
            before: Vec::new(),
            after: Vec::new(),
            interner: Interner::new(gap.old.len() + gap.new.len()),
        };
        input.update_before(gap.old.clone().filter_map(|at| self.old.id(at)));
        input.update_after(gap.new.clone().filter_map(|at| self.new.id(at)));
        let diff = Diff::compute(Algorithm::Myers, &input);
        let (mut old, mut new) = (gap.old.start, gap.new.start);
        for hunk in diff.hunks() {
            let index = |start: usize, at: u32| start + usize::try_from(at).unwrap_or_default();
            let change = Gap {
                old: index(gap.old.start, hunk.before.start)..index(gap.old.start, hunk.before.end),
                new: index(gap.new.start, hunk.after.start)..index(gap.new.start, hunk.after.end),
            };
            self.row(old, new, change.old.start - old);
            (old, new) = (change.old.end, change.new.end);
            if change.old.len().saturating_mul(change.new.len()) <= SMALL {
                self.word_by_word(&change);
            }
        }
        self.row(old, new, gap.old.end - old);
    }

    /// Pairs the words of a small gap so that the pairs are most alike in all.
    fn word_by_word(&mut self, gap: &Gap) {
        let (rows, columns) = (gap.old.len(), gap.new.len());
        if rows == 0 || columns == 0 {
            return;
        }
        let width = columns + 1;
        let mut best = vec![0.0_f32; (rows + 1) * width];
        let mut alike = vec![0.0_f32; rows * columns];
        let cell = |cells: &[f32], at: usize| cells.get(at).copied().unwrap_or_default();
        for i in (0..rows).rev() {
            for j in (0..columns).rev() {
                let (a, b) = (
                    self.old.word(gap.old.start + i),
                    self.new.word(gap.new.start + j),
                );
                let like = likeness(a, b);
                let skip = cell(&best, (i + 1) * width + j).max(cell(&best, i * width + j + 1));
                let take = if like >= ALIKE {
                    // Long words say more, and the same word more than a like one.
                    let worth = like * like * (1.0 + 0.1 * weight(a));
                    cell(&best, (i + 1) * width + j + 1) + worth
                } else {
                    0.0
                };
                if let Some(best) = best.get_mut(i * width + j) {
                    *best = skip.max(take);
                }
                if let Some(alike) = alike.get_mut(i * columns + j) {
                    *alike = if take >= skip && like >= ALIKE {
                        like
                    } else {
                        0.0
                    };
                }
            }
        }
        let (mut i, mut j) = (0, 0);
        while i < rows && j < columns {
            let like = cell(&alike, i * columns + j);
            if like > 0.0 {
                self.pair(gap.old.start + i, gap.new.start + j, like);
                i += 1;
                j += 1;
            } else if cell(&best, (i + 1) * width + j) >= cell(&best, i * width + j + 1) {
                i += 1;
            } else {
                j += 1;
            }
        }
    }
}

fn weight(word: &str) -> f32 {
    let length = u8::try_from(word.len().min(20)).unwrap_or_default();
    f32::from(length)
}

/// The rows of words that are once in `range`, by hash.
fn once(ids: &[Token], range: &std::ops::Range<usize>) -> Vec<(u64, usize)> {
    let ids = ids.get(range.clone()).unwrap_or_default();
    let mut rows: Vec<(u64, usize)> = ids
        .windows(ROW)
        .enumerate()
        .map(|(at, row)| (hash(row), range.start + at))
        .collect();
    rows.sort_unstable();
    let mut found: Vec<(u64, usize)> = Vec::new();
    for group in rows.chunk_by(|a, b| a.0 == b.0) {
        if let [one] = group {
            found.push(*one);
        }
    }
    found
}

fn hash(row: &[Token]) -> u64 {
    row.iter().fold(0, |hash: u64, token| {
        (hash.rotate_left(23) ^ u64::from(token.0)).wrapping_mul(0x9e37_79b9_7f4a_7c15)
    })
}

/// The longest series of pairs, sorted by the first, that rises in the second, too.
fn rising(pairs: &[(usize, usize)]) -> Vec<(usize, usize)> {
    // Index of the pair that ends the best series of each length, and of the pair before each.
    let mut ends: Vec<usize> = Vec::new();
    let mut before: Vec<Option<usize>> = Vec::with_capacity(pairs.len());
    let second = |at: usize| pairs.get(at).map_or(0, |pair| pair.1);
    for (n, pair) in pairs.iter().enumerate() {
        let length = ends.partition_point(|&end| second(end) < pair.1);
        before.push(length.checked_sub(1).and_then(|at| ends.get(at)).copied());
        match ends.get_mut(length) {
            Some(end) => *end = n,
            None => ends.push(n),
        }
    }
    let mut series = Vec::with_capacity(ends.len());
    let mut at = ends.last().copied();
    while let Some(n) = at {
        series.extend(pairs.get(n));
        at = before.get(n).copied().flatten();
    }
    series.reverse();
    series
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    proptest! {
        /// Pairs rise in both texts, and what is called the same is the same.
        #[test]
        fn pairs_never_cross(old in "([abc]{1,2} ){0,40}", new in "([abc]{1,2} ){0,40}") {
            let mut interner = Interner::<std::borrow::Cow<str>>::new(0);
            let (old, new) = (Tokens::new(&old, &mut interner), Tokens::new(&new, &mut interner));
            let alignment = Alignment::new(&old, &new);
            let mut last = None;
            for n in 0..old.len() {
                let Some(pair) = alignment.pair(n) else { continue };
                prop_assert!(last < Some(pair.to) && pair.to < new.len());
                prop_assert_eq!(pair.likeness == 1.0, old.word(n) == new.word(pair.to));
                last = Some(pair.to);
            }
        }

        #[test]
        fn a_series_rises(pairs in prop::collection::vec((0_usize..30, 0_usize..30), 0..30)) {
            let mut pairs = pairs;
            pairs.sort_unstable();
            pairs.dedup_by_key(|pair| pair.0);
            let series = rising(&pairs);
            prop_assert!(series.array_windows().all(|[a, b]| a.0 < b.0 && a.1 < b.1));
            prop_assert_eq!(series.is_empty(), pairs.is_empty());
        }
    }
}
