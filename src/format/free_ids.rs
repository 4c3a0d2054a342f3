use std::collections::{BTreeMap, BTreeSet};

use smol_str::{SmolStr, format_smolstr};

/// Ids and names that are taken. However often the same one is asked for, each time takes as long, and no
/// id becomes long.
#[derive(Debug, Default, Clone)]
pub(super) struct FreeIds {
    taken: BTreeSet<SmolStr>,
    /// The number to try next for what was asked for before.
    next: BTreeMap<SmolStr, usize>,
}

impl FreeIds {
    /// Takes it; `false` where it is taken already.
    pub(super) fn insert(&mut self, id: &str) -> bool {
        !self.taken.contains(id) && self.taken.insert(id.into())
    }

    /// Takes the id, or the first that is free of `id+`, `id++`, `id+3`, `id+4`, …
    pub(super) fn take(&mut self, id: &str) -> SmolStr {
        self.first_free(id, 1, |n| match n {
            1 => format_smolstr!("{id}+"),
            2 => format_smolstr!("{id}++"),
            n => format_smolstr!("{id}+{n}"),
        })
    }

    /// Takes the name, or the first that is free of `name-2`, `name-3`, …
    pub(super) fn take_numbered(&mut self, name: &str) -> SmolStr {
        self.first_free(name, 2, |n| format_smolstr!("{name}-{n}"))
    }

    fn first_free(&mut self, id: &str, first: usize, other: impl Fn(usize) -> SmolStr) -> SmolStr {
        if self.insert(id) {
            return id.into();
        }
        let mut n = self.next.get(id).copied().unwrap_or(first);
        loop {
            let found = other(n);
            n += 1;
            if self.insert(&found) {
                self.next.insert(id.into(), n);
                return found;
            }
        }
    }
}

impl<S: Into<SmolStr>> FromIterator<S> for FreeIds {
    fn from_iter<I: IntoIterator<Item = S>>(taken: I) -> Self {
        Self {
            taken: taken.into_iter().map(Into::into).collect(),
            next: BTreeMap::new(),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn each_is_given_once_and_none_is_long() {
        let mut ids: FreeIds = ["a++"].into_iter().collect();
        let found: Vec<SmolStr> = (0..4).map(|_| ids.take("a")).collect();
        assert_eq!(found, ["a", "a+", "a+3", "a+4"]);
        let found: Vec<SmolStr> = (0..3).map(|_| ids.take_numbered("b")).collect();
        assert_eq!(found, ["b", "b-2", "b-3"]);
        let many: BTreeSet<SmolStr> = (0..10_000).map(|_| ids.take("c")).collect();
        assert_eq!(many.len(), 10_000);
        assert!(many.iter().all(|id| id.len() <= 6));
    }
}
