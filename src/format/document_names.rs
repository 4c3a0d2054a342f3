//! Documents of an import that are called the same.

use std::collections::{BTreeMap, BTreeSet};

use sha2::{Digest, Sha256};

/// The names of documents so far, with text and annotators. There may be very many, so that a name which
/// was asked for once takes little.
#[derive(Debug, Default)]
pub(super) struct DocumentNames {
    /// By the name that is asked for.
    asked: BTreeMap<Box<str>, Asked>,
    /// Names that are not those which were asked for, but made of them.
    numbered: BTreeSet<String>,
}

#[derive(Debug)]
enum Asked {
    /// By one annotator of one text, who got the name.
    Once(TextHash, Box<str>),
    Often(Box<Often>),
}

/// Texts of which this is the same are the same.
type TextHash = [u8; 32];

#[derive(Debug, Default)]
struct Often {
    of_text: BTreeMap<TextHash, OfText>,
    /// The number of the last name.
    last: usize,
}

/// The names of one text.
#[derive(Debug, Default)]
struct OfText {
    /// With their annotators.
    names: Vec<(String, BTreeSet<String>)>,
    /// For annotators, the first of the names that they may share.
    first: BTreeMap<BTreeSet<String>, usize>,
}

impl Often {
    /// What a name is after it was given to one annotator.
    fn after_one(name: &str, text: TextHash, annotator: &str) -> Self {
        let annotators = BTreeSet::from([annotator.to_owned()]);
        let of_text = OfText {
            first: BTreeMap::from([(annotators.clone(), 1)]),
            names: vec![(name.to_owned(), annotators)],
        };
        Self {
            of_text: BTreeMap::from([(text, of_text)]),
            last: 1,
        }
    }
}

impl DocumentNames {
    /// The name, or one with a number where the name is that of another text, or of other work by the
    /// same annotator.
    pub(super) fn free(&mut self, name: &str, text: &str, annotators: BTreeSet<String>) -> String {
        let hash: TextHash = Sha256::digest(text.as_bytes()).into();
        let only = annotators.first().filter(|_| annotators.len() == 1);
        let mut often = match self.asked.remove(name) {
            None => match only {
                Some(only) if !self.numbered.contains(name) => {
                    let asked = Asked::Once(hash, only.as_str().into());
                    self.asked.insert(name.into(), asked);
                    return name.to_owned();
                }
                _ => Box::default(),
            },
            Some(Asked::Once(text, by)) => Box::new(Often::after_one(name, text, &by)),
            Some(Asked::Often(often)) => often,
        };
        let id = self.free_of(name, hash, annotators, &mut often);
        self.asked.insert(name.into(), Asked::Often(often));
        id
    }

    fn free_of(
        &mut self,
        name: &str,
        text: TextHash,
        annotators: BTreeSet<String>,
        asked: &mut Often,
    ) -> String {
        let OfText { names, first } = asked.of_text.entry(text).or_default();
        // What they cannot share now they never can: annotators are only added.
        let first = first.entry(annotators.clone()).or_default();
        while let Some((id, by)) = names.get_mut(*first) {
            *first += 1;
            if by.is_disjoint(&annotators) {
                by.extend(annotators);
                return id.clone();
            }
        }
        let id = loop {
            asked.last += 1;
            let id = match (asked.last, name.rsplit_once('.')) {
                (1, _) => name.to_owned(),
                (n, Some((stem, ending))) if !stem.is_empty() => format!("{stem}-{n}.{ending}"),
                (n, _) => format!("{name}-{n}"),
            };
            let free = !self.asked.contains_key(&*id) && !self.numbered.contains(&id);
            if free {
                if id != name {
                    self.numbered.insert(id.clone());
                }
                break id;
            }
        };
        *first += 1;
        names.push((id.clone(), annotators));
        id
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_other_annotators_of_a_text_share_its_name() {
        let mut names = DocumentNames::default();
        let mut free = |name: &str, text: &str, annotator: &str| {
            let annotators = BTreeSet::from([annotator.to_owned()]);
            names.free(name, text, annotators)
        };
        assert_eq!(free("a.txt", "one", "ann"), "a.txt");
        assert_eq!(free("a.txt", "one", "bo"), "a.txt");
        assert_eq!(free("a.txt", "one", "bo"), "a-2.txt");
        assert_eq!(free("a.txt", "two", "ann"), "a-3.txt");
        assert_eq!(free("a-2.txt", "two", "ann"), "a-2-2.txt");
        assert_eq!(free("b-2.txt", "one", "ann"), "b-2.txt");
        assert_eq!(free("b.txt", "one", "ann"), "b.txt");
        assert_eq!(free("b.txt", "two", "ann"), "b-3.txt");
    }
}
