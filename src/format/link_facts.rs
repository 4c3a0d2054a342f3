//! Attributes and notes of links, which the records of a document have no place for.

use std::collections::BTreeMap;

use super::ImportedDocument;
use super::interchange::{AttributeList, AttributeRecord, extras};
use super::tally::Counts;
use crate::model::{Attribute, LinkId};

/// What is said about a link besides its role and ends.
#[derive(Debug, Clone, Default)]
pub(super) struct LinkFacts {
    pub(super) attributes: AttributeList,
    pub(super) note: String,
}

impl LinkFacts {
    /// Takes up a field: as the note, or as an attribute.
    pub(super) fn add(&mut self, name: &str, value: &str) {
        if self.note.is_empty() && matches!(name, "note" | "comment") {
            value.clone_into(&mut self.note);
        } else {
            let (key, value) = (name.to_owned(), value.to_owned());
            self.attributes.push(AttributeRecord { key, value });
        }
    }

    /// Its attributes and its note.
    pub(super) fn counts(&self) -> Counts {
        extras::facts(&self.attributes, &self.note)
    }

    /// What it says, for messages: with a comma before each.
    pub(super) fn shown(&self) -> String {
        let attributes = self.attributes.iter();
        let mut shown: String = attributes
            .map(|a| format!(", {}: “{}”", a.key, a.value))
            .collect();
        if !self.note.is_empty() {
            shown.push_str(&format!(", note: “{}”", self.note));
        }
        shown
    }

    pub(super) fn is_empty(&self) -> bool {
        self.attributes.is_empty() && self.note.is_empty()
    }
}

/// Gives the links of these ids what is said about them.
pub(super) fn restore(
    read: ImportedDocument,
    facts: BTreeMap<String, LinkFacts>,
) -> ImportedDocument {
    let mut parts = read.document.into_parts();
    for (id, facts) in facts {
        let Some(mut link) = parts.set.link(&LinkId::new(id)).cloned() else {
            continue;
        };
        link.note = facts.note;
        let attributes = facts.attributes.into_iter();
        link.attributes = attributes
            .map(|AttributeRecord { key, value }| Attribute {
                name: key.into(),
                value: value.into(),
            })
            .collect();
        parts.set.insert_link(link);
    }
    ImportedDocument {
        document: parts.into(),
        ..read
    }
}
