use std::cmp::Ordering;
use std::ops::Range;
use std::sync::Arc;

/// Most keys in one chunk; a full one is cut in two.
const CHUNK: usize = 512;

/// A sorted set that knows which key is the n-th and how many are before one. A clone shares what
/// is not changed since; a change costs one chunk and a walk over the chunks, not over the keys.
#[derive(Debug, Clone)]
// Invariant: keys are sorted and there once, within and across chunks; no chunk is empty or longer
// than CHUNK.
pub struct OrderStatisticSet<K> {
    chunks: Vec<Arc<Vec<K>>>,
    len: usize,
}

impl<K> Default for OrderStatisticSet<K> {
    fn default() -> Self {
        Self {
            chunks: Vec::new(),
            len: 0,
        }
    }
}

impl<K: Ord + Clone> OrderStatisticSet<K> {
    /// How many keys there are.
    #[must_use]
    pub fn len(&self) -> usize {
        self.len
    }

    /// Whether there is none.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.len == 0
    }

    /// Adds a key; whether it was not there.
    pub fn insert(&mut self, key: K) -> bool {
        match self.search(&key) {
            Ok(_) => false,
            Err(at) => {
                self.insert_at(at, key);
                true
            }
        }
    }

    /// Adds a key or puts it in place of the one that equals it, which is returned.
    pub fn replace(&mut self, key: K) -> Option<K> {
        match self.search(&key) {
            Ok((chunk, place)) => {
                let keys = Arc::make_mut(self.chunks.get_mut(chunk)?);
                Some(std::mem::replace(keys.get_mut(place)?, key))
            }
            Err(at) => {
                self.insert_at(at, key);
                None
            }
        }
    }

    /// Chunk and place in it where a key is, or where it belongs.
    fn search(&self, key: &K) -> Result<(usize, usize), (usize, usize)> {
        let at = self.chunk_of(|other| other < key);
        let Some(chunk) = self.chunks.get(at) else {
            let last = at.saturating_sub(1);
            return Err((last, self.chunks.get(last).map_or(0, |chunk| chunk.len())));
        };
        match chunk.binary_search(key) {
            Ok(place) => Ok((at, place)),
            Err(place) => {
                let before = at.checked_sub(1).filter(|_| place == 0);
                let len = before.and_then(|before| Some((before, self.chunks.get(before)?.len())));
                // Between two chunks, at the end of the first: keys mostly come in order.
                let end = len.filter(|(_, len)| *len < CHUNK || chunk.len() == CHUNK);
                Err(end.unwrap_or((at, place)))
            }
        }
    }

    fn insert_at(&mut self, (at, place): (usize, usize), key: K) {
        self.len += 1;
        let Some(chunk) = self.chunks.get_mut(at) else {
            self.chunks.push(Arc::new(vec![key]));
            return;
        };
        if chunk.len() < CHUNK {
            Arc::make_mut(chunk).insert(place, key);
        } else if place == CHUNK {
            // Keys mostly come in order: the full chunk stays full then.
            self.chunks.insert(at + 1, Arc::new(vec![key]));
        } else {
            let keys = Arc::make_mut(chunk);
            let mut rest = keys.split_off(CHUNK / 2);
            match place.checked_sub(CHUNK / 2) {
                None | Some(0) => keys.insert(place, key),
                Some(place) => {
                    rest.insert(place, key);
                    // The next key is often the next in order: this half then stays as it is.
                    keys.shrink_to_fit();
                }
            }
            self.chunks.insert(at + 1, Arc::new(rest));
        }
    }

    /// Removes a key; whether it was there.
    pub fn remove(&mut self, key: &K) -> bool {
        let Ok((at, place)) = self.search(key) else {
            return false;
        };
        let Some(chunk) = self.chunks.get_mut(at) else {
            return false;
        };
        let keys = Arc::make_mut(chunk);
        keys.remove(place);
        if keys.is_empty() {
            self.chunks.remove(at);
        }
        self.len -= 1;
        true
    }

    /// Whether a key is there.
    #[must_use]
    pub fn contains(&self, key: &K) -> bool {
        self.search(key).is_ok()
    }

    /// How many keys are before `key`, whether it is there or not.
    #[must_use]
    pub fn rank(&self, key: &K) -> usize {
        self.partition_point(|other| other < key)
    }

    /// How many keys `is_before` holds for, which are the first ones.
    pub fn partition_point(&self, is_before: impl Fn(&K) -> bool) -> usize {
        let at = self.chunk_of(&is_before);
        let before: usize = self.chunks.iter().take(at).map(|chunk| chunk.len()).sum();
        let within = self.chunks.get(at);
        before + within.map_or(0, |chunk| chunk.partition_point(is_before))
    }

    /// The n-th key, from 0.
    #[must_use]
    pub fn nth(&self, n: usize) -> Option<&K> {
        let (chunk, place) = self.place(n);
        self.chunks.get(chunk)?.get(place)
    }

    /// All keys in order.
    pub fn iter(&self) -> impl DoubleEndedIterator<Item = &K> {
        self.chunks.iter().flat_map(|chunk| chunk.iter())
    }

    /// The first key that `is_before` does not hold for.
    pub fn first_after(&self, is_before: impl Fn(&K) -> bool) -> Option<&K> {
        let chunk = self.chunks.get(self.chunk_of(&is_before))?;
        chunk.get(chunk.partition_point(is_before))
    }

    /// The keys after those that `is_before` holds for, which are the first ones.
    pub fn iter_after<'a, F: Fn(&K) -> bool>(
        &'a self,
        is_before: F,
    ) -> impl Iterator<Item = &'a K> + use<'a, K, F> {
        let chunks = self.chunks.get(self.chunk_of(&is_before)..);
        let chunks = chunks.unwrap_or_default();
        let first = chunks.first();
        let first = first.map_or(0, |chunk| chunk.partition_point(is_before));
        chunks.iter().flat_map(|chunk| chunk.iter()).skip(first)
    }

    /// The keys with these ranks, in order; those beyond the last are left out.
    pub fn range(&self, ranks: Range<usize>) -> impl DoubleEndedIterator<Item = &K> {
        let (first, from) = self.place(ranks.start);
        let (last, to) = self.place(ranks.end.max(ranks.start));
        let part = self.chunks.get(first..).unwrap_or_default();
        let chunks = part.get(..=last - first).unwrap_or(part);
        chunks.iter().enumerate().flat_map(move |(n, chunk)| {
            let start = if n == 0 { from } else { 0 };
            let end = if n + first == last { to } else { chunk.len() };
            chunk.get(start..end).unwrap_or_default()
        })
    }

    /// Keys that are in this set only or in `to` only, and equal ones that both have in chunks of their own: in
    /// order, this one first. What a clone shares costs nothing.
    pub fn differences<'a>(&'a self, to: &'a Self) -> Vec<(Option<&'a K>, Option<&'a K>)> {
        let mut found = Vec::new();
        let (mut here, mut there) = ((0, 0), (0, 0));
        loop {
            let (one, other) = (self.chunks.get(here.0), to.chunks.get(there.0));
            if let (Some(one), Some(other), 0, 0) = (one, other, here.1, there.1)
                && Arc::ptr_eq(one, other)
            {
                here.0 += 1;
                there.0 += 1;
                continue;
            }
            let key = one.and_then(|chunk| chunk.get(here.1));
            let other_key = other.and_then(|chunk| chunk.get(there.1));
            let order = match (key, other_key) {
                (Some(key), Some(other)) => key.cmp(other),
                (Some(_), None) => Ordering::Less,
                (None, Some(_)) => Ordering::Greater,
                (None, None) => return found,
            };
            found.push((
                key.filter(|_| order.is_le()),
                other_key.filter(|_| order.is_ge()),
            ));
            if order.is_le() {
                here = self.next(here);
            }
            if order.is_ge() {
                there = to.next(there);
            }
        }
    }

    /// The place after one.
    fn next(&self, (chunk, place): (usize, usize)) -> (usize, usize) {
        let len = self.chunks.get(chunk).map_or(0, |chunk| chunk.len());
        if place + 1 < len {
            (chunk, place + 1)
        } else {
            (chunk + 1, 0)
        }
    }

    /// The first chunk with a key that `is_before` does not hold for; their number where there is none.
    fn chunk_of(&self, is_before: impl Fn(&K) -> bool) -> usize {
        // Keys mostly come in order.
        let last = self.chunks.last().and_then(|chunk| chunk.last());
        if last.is_some_and(&is_before) {
            return self.chunks.len();
        }
        self.chunks
            .partition_point(|chunk| chunk.last().is_some_and(&is_before))
    }

    /// Chunk and place in it of the n-th key; the number of chunks and 0 beyond the last.
    fn place(&self, n: usize) -> (usize, usize) {
        let mut left = n;
        for (at, chunk) in self.chunks.iter().enumerate() {
            if left < chunk.len() {
                return (at, left);
            }
            left -= chunk.len();
        }
        (self.chunks.len(), 0)
    }
}

impl<K: Ord + Clone> FromIterator<K> for OrderStatisticSet<K> {
    fn from_iter<I: IntoIterator<Item = K>>(keys: I) -> Self {
        let mut keys: Vec<K> = keys.into_iter().collect();
        keys.sort_unstable();
        keys.dedup();
        let len = keys.len();
        let mut keys = keys.into_iter();
        let chunk = || {
            let keys: Vec<K> = keys.by_ref().take(CHUNK).collect();
            (!keys.is_empty()).then(|| Arc::new(keys))
        };
        Self {
            chunks: std::iter::from_fn(chunk).collect(),
            len,
        }
    }
}

#[cfg(test)]
mod tests {
    use std::collections::{BTreeMap, BTreeSet};

    use proptest::prelude::*;

    use super::*;

    proptest! {
        /// It agrees with a sorted set, at any size and after any changes; a clone stays as it was.
        #[test]
        fn it_is_a_sorted_set_with_ranks(
            first in prop::collection::vec(0_u16..3000, 0..1600),
            changes in prop::collection::vec((any::<bool>(), 0_u16..3000), 0..300),
            ranks in (0_usize..1700, 0_usize..1700),
            asked in 0_u16..3100,
        ) {
            let mut plain: BTreeSet<u16> = first.iter().copied().collect();
            let mut ranked: OrderStatisticSet<u16> = first.into_iter().collect();
            let (kept, kept_plain) = (ranked.clone(), plain.clone());
            for (add, key) in changes {
                if add {
                    prop_assert_eq!(ranked.insert(key), plain.insert(key));
                } else {
                    prop_assert_eq!(ranked.remove(&key), plain.remove(&key));
                }
            }
            prop_assert!(kept.iter().eq(kept_plain.iter()));
            let differing = kept.differences(&ranked);
            let differing = differing.into_iter().filter(|(old, new)| old != new);
            let gone = kept_plain.difference(&plain).map(|key| (key, (Some(key), None)));
            let come = plain.difference(&kept_plain).map(|key| (key, (None, Some(key))));
            let expected: BTreeMap<_, _> = gone.chain(come).collect();
            prop_assert!(differing.eq(expected.into_values()));
            prop_assert!(ranked.iter().eq(plain.iter()));
            prop_assert!(ranked.iter().rev().eq(plain.iter().rev()));
            prop_assert_eq!(ranked.len(), plain.len());
            prop_assert_eq!(ranked.is_empty(), plain.is_empty());
            prop_assert_eq!(ranked.contains(&asked), plain.contains(&asked));
            prop_assert_eq!(ranked.rank(&asked), plain.range(..asked).count());
            prop_assert_eq!(ranked.nth(ranks.0), plain.iter().nth(ranks.0));
            prop_assert_eq!(ranked.first_after(|key| *key < asked), plain.range(asked..).next());
            prop_assert!(ranked.iter_after(|key| *key < asked).eq(plain.range(asked..)));
            let (from, to) = (ranks.0.min(ranks.1), ranks.0.max(ranks.1));
            let expected: Vec<_> = plain.iter().skip(from).take(to - from).collect();
            let found: Vec<_> = ranked.range(from..to).collect();
            prop_assert_eq!(&found, &expected);
            let backwards: Vec<_> = ranked.range(from..to).rev().collect();
            prop_assert!(backwards.into_iter().eq(expected.into_iter().rev()));
        }
    }

    #[test]
    fn keys_in_order_fill_the_chunks() {
        let ranked: OrderStatisticSet<u32> = (0..10_000).collect();
        assert!(ranked.chunks.len() <= 10_000 / CHUNK + 1);
        // In two runs by turns, too.
        let mut ranked = OrderStatisticSet::default();
        for key in 0..5_000 {
            assert!(ranked.insert(key) && ranked.insert(key + 10_000));
        }
        assert!(ranked.chunks.len() <= 10_000 / CHUNK + 3);
    }

    #[test]
    fn what_a_clone_shares_is_no_difference() {
        let old: OrderStatisticSet<u32> = (0..10_000).map(|n| 2 * n).collect();
        let mut new = old.clone();
        assert_eq!(new.replace(4_000), Some(4_000));
        assert!(new.insert(9_001));
        assert!(old.differences(&new).len() <= 2 * CHUNK + 1);
    }
}
