//! Attributes and notes of links, collected until it is known which link they are about.

use std::collections::BTreeMap;

use smol_str::SmolStr;

use super::ImportedDocument;
use super::free_ids::FreeIds;
use super::interchange::extras::{self, LinkExtra};
use super::interchange::{AttributeList, AttributeRecord};
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
            self.attributes.push(AttributeRecord {
                key: name.into(),
                value: value.into(),
            });
        }
    }

    /// Its attributes and its note.
    pub(super) fn counts(&self) -> Counts {
        extras::facts(&self.attributes, &self.note)
    }

    /// What it says, for messages: with a comma before each.
    pub(super) fn shown(&self) -> String {
        extras::said(&self.attributes, &self.note)
    }

    /// Takes what we ourselves wrote about the link, before what is there.
    pub(super) fn take_own(&mut self, own: &mut LinkExtra) {
        let attributes = std::mem::take(&mut own.attributes);
        for attribute in std::mem::replace(&mut self.attributes, attributes) {
            let AttributeRecord { key, value } = attribute;
            extras::add_attribute(&mut self.attributes, &key, value);
        }
        let note = std::mem::replace(&mut self.note, std::mem::take(&mut own.note));
        extras::join_notes(&mut self.note, &note);
    }

    pub(super) fn is_empty(&self) -> bool {
        self.attributes.is_empty() && self.note.is_empty()
    }
}

/// Gives the links of these ids what is said about them.
pub(super) fn restore(
    read: ImportedDocument,
    facts: BTreeMap<SmolStr, LinkFacts>,
) -> ImportedDocument {
    let mut parts = read.document.into_parts();
    for (id, facts) in facts {
        let Some(mut link) = parts.set.link(&LinkId::new(id)).cloned() else {
            continue;
        };
        let mut note = String::from(link.note);
        extras::join_notes(&mut note, &facts.note);
        link.note = note.into();
        let there = link.attributes.iter().map(|known| known.name.as_str());
        let mut names: FreeIds = there.collect();
        for AttributeRecord { key, value } in facts.attributes {
            link.attributes.push(Attribute {
                name: names.take_numbered(&key),
                value: value.as_str().into(),
            });
        }
        link.attributes.sort_by(|a, b| a.name.cmp(&b.name));
        parts.set.insert_link(link);
    }
    ImportedDocument {
        document: parts.into(),
        ..read
    }
}
