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
        let at = self.chunk_of(&key).min(self.chunks.len().saturating_sub(1));
        let Some(chunk) = self.chunks.get_mut(at) else {
            self.chunks.push(Arc::new(vec![key]));
            self.len = 1;
            return true;
        };
        let Err(place) = chunk.binary_search(&key) else {
            return false;
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
        self.len += 1;
        true
    }

    /// Removes a key; whether it was there.
    pub fn remove(&mut self, key: &K) -> bool {
        let at = self.chunk_of(key);
        let Some(chunk) = self.chunks.get_mut(at) else {
            return false;
        };
        let Ok(place) = chunk.binary_search(key) else {
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
        let chunk = self.chunks.get(self.chunk_of(key));
        chunk.is_some_and(|chunk| chunk.binary_search(key).is_ok())
    }

    /// How many keys are before `key`, whether it is there or not.
    #[must_use]
    pub fn rank(&self, key: &K) -> usize {
        let at = self.chunk_of(key);
        let before: usize = self.chunks.iter().take(at).map(|chunk| chunk.len()).sum();
        let within = self.chunks.get(at).map_or(0, |chunk| {
            chunk.binary_search(key).unwrap_or_else(|place| place)
        });
        before + within
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

    /// The keys from `key` on, in order, whether it is there or not.
    pub fn iter_from<'a>(&'a self, key: &K) -> impl Iterator<Item = &'a K> + use<'a, K> {
        let chunks = self.chunks.get(self.chunk_of(key)..).unwrap_or_default();
        let first = chunks.first().map_or(0, |chunk| {
            chunk.binary_search(key).unwrap_or_else(|place| place)
        });
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

    /// The chunk a key belongs in: the first whose last key is not before it; their number where there
    /// is none.
    fn chunk_of(&self, key: &K) -> usize {
        self.chunks
            .partition_point(|chunk| chunk.last().is_some_and(|last| last < key))
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
    use std::collections::BTreeSet;

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
            prop_assert!(ranked.iter().eq(plain.iter()));
            prop_assert!(ranked.iter().rev().eq(plain.iter().rev()));
            prop_assert_eq!(ranked.len(), plain.len());
            prop_assert_eq!(ranked.is_empty(), plain.is_empty());
            prop_assert_eq!(ranked.contains(&asked), plain.contains(&asked));
            prop_assert_eq!(ranked.rank(&asked), plain.range(..asked).count());
            prop_assert_eq!(ranked.nth(ranks.0), plain.iter().nth(ranks.0));
            prop_assert!(ranked.iter_from(&asked).eq(plain.range(asked..)));
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
    }
}
