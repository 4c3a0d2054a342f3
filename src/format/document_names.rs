//! Documents of an import that are called the same.

use std::collections::{BTreeMap, BTreeSet};

/// The names of documents so far, with text and annotators.
#[derive(Debug, Default)]
pub(super) struct DocumentNames(BTreeMap<String, (String, BTreeSet<String>)>);

impl DocumentNames {
    /// The name, or one with a number where the name is that of another text, or of other work by the
    /// same annotator.
    pub(super) fn free(&mut self, name: &str, text: &str, annotators: BTreeSet<String>) -> String {
        let mut id = name.to_owned();
        let mut n = 1;
        while let Some((known, by)) = self.0.get_mut(&id) {
            if known == text && by.is_disjoint(&annotators) {
                by.extend(annotators);
                return id;
            }
            n += 1;
            id = match name.rsplit_once('.') {
                Some((stem, ending)) if !stem.is_empty() => format!("{stem}-{n}.{ending}"),
                _ => format!("{name}-{n}"),
            };
        }
        self.0.insert(id.clone(), (text.to_owned(), annotators));
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
