use std::collections::{BTreeMap, BTreeSet};

/// Ids and names that are taken. However often the same one is asked for, each time takes as long, and no
/// id becomes long.
#[derive(Debug, Default, Clone)]
pub(super) struct FreeIds {
    taken: BTreeSet<String>,
    /// The number to try next for what was asked for before.
    next: BTreeMap<String, usize>,
}

impl FreeIds {
    /// Takes it; `false` where it is taken already.
    pub(super) fn insert(&mut self, id: &str) -> bool {
        self.taken.insert(id.to_owned())
    }

    /// Takes the id, or the first that is free of `id+`, `id++`, `id+3`, `id+4`, …
    pub(super) fn take(&mut self, id: &str) -> String {
        self.first_free(id, 1, |n| match n {
            1 => format!("{id}+"),
            2 => format!("{id}++"),
            n => format!("{id}+{n}"),
        })
    }

    /// Takes the name, or the first that is free of `name-2`, `name-3`, …
    pub(super) fn take_numbered(&mut self, name: &str) -> String {
        self.first_free(name, 2, |n| format!("{name}-{n}"))
    }

    fn first_free(&mut self, id: &str, first: usize, other: impl Fn(usize) -> String) -> String {
        if self.insert(id) {
            return id.to_owned();
        }
        let mut n = self.next.get(id).copied().unwrap_or(first);
        loop {
            let found = other(n);
            n += 1;
            if self.insert(&found) {
                self.next.insert(id.to_owned(), n);
                return found;
            }
        }
    }
}

impl<S: Into<String>> FromIterator<S> for FreeIds {
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
        let found: Vec<String> = (0..4).map(|_| ids.take("a")).collect();
        assert_eq!(found, ["a", "a+", "a+3", "a+4"]);
        let found: Vec<String> = (0..3).map(|_| ids.take_numbered("b")).collect();
        assert_eq!(found, ["b", "b-2", "b-3"]);
        let many: BTreeSet<String> = (0..10_000).map(|_| ids.take("c")).collect();
        assert_eq!(many.len(), 10_000);
        assert!(many.iter().all(|id| id.len() <= 6));
    }
}
