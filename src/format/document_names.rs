//! Documents of an import that are called the same.

use std::collections::{BTreeMap, BTreeSet};

/// The names of documents so far, with text and annotators.
#[derive(Debug, Default)]
pub(super) struct DocumentNames {
    /// By the name that is asked for.
    asked: BTreeMap<String, Asked>,
    taken: BTreeSet<String>,
}

#[derive(Debug, Default)]
struct Asked {
    of_text: BTreeMap<String, OfText>,
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

impl DocumentNames {
    /// The name, or one with a number where the name is that of another text, or of other work by the
    /// same annotator.
    pub(super) fn free(&mut self, name: &str, text: &str, annotators: BTreeSet<String>) -> String {
        let asked = self.asked.entry(name.to_owned()).or_default();
        let OfText { names, first } = asked.of_text.entry(text.to_owned()).or_default();
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
            if self.taken.insert(id.clone()) {
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
        let mut free = |text: &str, annotator: &str| {
            let annotators = BTreeSet::from([annotator.to_owned()]);
            names.free("a.txt", text, annotators)
        };
        assert_eq!(free("one", "ann"), "a.txt");
        assert_eq!(free("one", "bo"), "a.txt");
        assert_eq!(free("one", "bo"), "a-2.txt");
        assert_eq!(free("two", "ann"), "a-3.txt");
    }
}
