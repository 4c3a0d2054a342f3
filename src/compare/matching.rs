//! Which predicted tag is which gold one. Ties go to what is listed first among the predicted ones.

use std::collections::{BTreeMap, BTreeSet, VecDeque};

use super::word_tokens::Token;

/// A predicted tag and the gold tag it matches, by their places in the lists.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Match {
    pub(super) predicted: usize,
    pub(super) gold: usize,
}

/// Pairs what is equal, each once; of equal gold ones the last is taken first.
pub(super) fn match_equal<T: Ord>(gold: &[T], predicted: &[T]) -> Vec<Match> {
    let mut free: BTreeMap<&T, Vec<usize>> = BTreeMap::new();
    for (place, one) in gold.iter().enumerate() {
        free.entry(one).or_default().push(place);
    }
    let pairs = predicted.iter().enumerate().filter_map(|(predicted, one)| {
        let gold = free.get_mut(one)?.pop()?;
        Some(Match { predicted, gold })
    });
    pairs.collect()
}

/// Pairs tags one to one of whose tokens at least half are shared, those that share most first.
pub(super) fn match_overlap(gold: &[BTreeSet<Token>], predicted: &[BTreeSet<Token>]) -> Vec<Match> {
    // What covers the same shares most. Taken apart, a thousand equal tags are not a million candidates.
    let mut equal: BTreeMap<&BTreeSet<Token>, VecDeque<usize>> = BTreeMap::new();
    for (place, tokens) in gold.iter().enumerate() {
        equal.entry(tokens).or_default().push_back(place);
    }
    let mut matches = Vec::new();
    let mut left = Vec::new();
    for (predicted, tokens) in predicted.iter().enumerate() {
        match equal.get_mut(tokens).and_then(VecDeque::pop_front) {
            Some(gold) => matches.push(Match { predicted, gold }),
            None => left.push((predicted, tokens)),
        }
    }
    let free = equal
        .iter()
        .flat_map(|(tokens, places)| places.iter().map(|place| (*place, *tokens)));
    let index = TokenIndex::new(free);
    let mut candidates = Vec::new();
    for (predicted, tokens) in left {
        for (place, shared) in index.shared(tokens) {
            let other = gold.get(place).map_or(0, BTreeSet::len);
            let all = tokens.len() + other - shared;
            if 2 * shared >= all {
                let pair = Match {
                    predicted,
                    gold: place,
                };
                candidates.push((shared as f64 / all as f64, pair));
            }
        }
    }
    candidates.sort_by(|(a, of_a), (b, of_b)| {
        let places = |pair: &Match| (pair.predicted, pair.gold);
        b.total_cmp(a).then(places(of_a).cmp(&places(of_b)))
    });
    let (mut taken, mut found) = (BTreeSet::new(), BTreeSet::new());
    for (_, pair) in candidates {
        if !taken.contains(&pair.predicted) && found.insert(pair.gold) {
            taken.insert(pair.predicted);
            matches.push(pair);
        }
    }
    matches
}

/// Which tags cover a token.
pub(super) struct TokenIndex(BTreeMap<Token, Vec<usize>>);

impl TokenIndex {
    /// Of tags: the place of each, and what it covers.
    pub(super) fn new<'a>(tags: impl IntoIterator<Item = (usize, &'a BTreeSet<Token>)>) -> Self {
        let mut index: BTreeMap<Token, Vec<usize>> = BTreeMap::new();
        for (place, tokens) in tags {
            for token in tokens {
                index.entry(*token).or_default().push(place);
            }
        }
        Self(index)
    }

    /// The places of the tags that share tokens with these, in order, and how many they share.
    pub(super) fn shared(&self, tokens: &BTreeSet<Token>) -> BTreeMap<usize, usize> {
        let mut shared = BTreeMap::new();
        for place in tokens
            .iter()
            .filter_map(|token| self.0.get(token))
            .flatten()
        {
            *shared.entry(*place).or_insert(0) += 1;
        }
        shared
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn places(matches: &[Match]) -> Vec<(usize, usize)> {
        let places = matches.iter().map(|pair| (pair.predicted, pair.gold));
        places.collect()
    }

    #[test]
    fn equal_ones_are_paired_once() {
        let found = match_equal(&["a", "b", "a"], &["c", "a", "a", "a", "b"]);
        assert_eq!(places(&found), [(1, 2), (2, 0), (4, 1)]);
    }

    #[test]
    fn the_best_overlap_comes_first_and_half_is_enough() {
        let words = |range: std::ops::Range<usize>| range.map(Token::Word).collect();
        let gold: [BTreeSet<Token>; 3] = [words(0..4), words(4..8), words(10..12)];
        // Half of the first; all of the first; less than half of the second; half of the third.
        let predicted = [words(0..2), words(0..4), words(5..9), words(11..12)];
        assert_eq!(
            places(&match_overlap(&gold, &predicted)),
            [(1, 0), (2, 1), (3, 2)]
        );
        let less: [BTreeSet<Token>; 1] = [words(6..10)];
        assert_eq!(match_overlap(&gold, &less), []);
        // Of equal ones the first gets the first.
        let twice = [words(0..4), words(0..4)];
        assert_eq!(places(&match_overlap(&twice, &twice)), [(0, 0), (1, 1)]);
    }
}
