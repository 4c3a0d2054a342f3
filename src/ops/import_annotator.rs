//! The name of the annotator of an import that was asked for.

use std::collections::BTreeMap;

use sha2::{Digest, Sha256};
use smol_str::SmolStr;

use super::import_names::Hash;
use crate::format::ImportedDocument;

/// Names that replace those in the file: the one that was asked for; of several annotators of one
/// text, all but the first get numbers.
#[derive(Debug)]
pub(super) struct AnnotatorOverride {
    name: SmolStr,
    /// Who worked on a text, by the id of its document and the text.
    of_text: BTreeMap<(String, Hash), Vec<Numbered>>,
    /// The number that somebody got first.
    numbers: BTreeMap<Option<SmolStr>, usize>,
}

/// An annotator as in the file, and the number here.
type Numbered = (Option<SmolStr>, usize);

impl AnnotatorOverride {
    pub(super) fn new(name: SmolStr) -> Self {
        Self {
            name,
            of_text: BTreeMap::new(),
            numbers: BTreeMap::new(),
        }
    }

    /// The name for the annotator of a document. A message where it has a number, the first time.
    pub(super) fn name(&mut self, read: &ImportedDocument) -> (SmolStr, Option<String>) {
        let text: Hash = Sha256::digest(read.document.source().as_str().as_bytes()).into();
        let original = read.document.meta().annotator.clone();
        let all = self.of_text.entry((read.id.clone(), text)).or_default();
        let known = all.iter().find(|(known, _)| *known == original);
        let number = match known {
            Some((_, number)) => *number,
            None => {
                let is_free = |number: &usize| all.iter().all(|(_, taken)| taken != number);
                let usual = self.numbers.get(&original).copied().filter(is_free);
                let number = usual.or_else(|| (1..).find(is_free)).unwrap_or(1);
                all.push((original.clone(), number));
                number
            }
        };
        if number == 1 {
            self.numbers.entry(original).or_insert(1);
            return (self.name.clone(), None);
        }
        let name = SmolStr::from(format!("{}-{number}", self.name));
        let new = self.numbers.insert(original.clone(), number) != Some(number);
        let told = new.then(|| {
            let who = original.map_or("nobody in particular".to_owned(), |who| format!("`{who}`"));
            format!(
                "several annotators worked on one text, so what is by {who} in the file is by `{name}` \
                 here"
            )
        });
        (name, told)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::model::DocumentParts;
    use crate::text::SourceText;

    #[test]
    fn several_annotators_of_a_text_get_numbers() {
        let mut names = AnnotatorOverride::new("zed".into());
        let mut name = |id: &str, annotator: &str| {
            let source = SourceText::new("Text.", "UTF-8").unwrap();
            let mut parts = DocumentParts::new(source);
            parts.meta.annotator = (!annotator.is_empty()).then(|| annotator.into());
            let document = parts.into();
            let id = id.to_owned();
            let (name, told) = names.name(&ImportedDocument::new(1, id, document));
            (name.to_string(), told.is_some())
        };
        let mut plain = |id: &str, annotator: &str| name(id, annotator).0;
        assert_eq!(plain("a", "ann"), "zed");
        assert_eq!(plain("b", "bo"), "zed");
        assert_eq!(plain("c", "ann"), "zed");
        assert_eq!(name("c", "bo"), ("zed-2".to_owned(), true));
        assert_eq!(name("c", ""), ("zed-3".to_owned(), true));
        assert_eq!(name("c", "bo"), ("zed-2".to_owned(), false));
        assert_eq!(name("d", "ann"), ("zed".to_owned(), false));
        assert_eq!(name("d", "bo"), ("zed-2".to_owned(), false));
    }
}
