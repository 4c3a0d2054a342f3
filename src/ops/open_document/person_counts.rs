use std::collections::BTreeMap;

use crate::model::{Annotation, Document, PersonId, Target};

/// How often each person of the roster is named and how much they said. Kept up to date change by
/// change, never counted again.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct PersonCounts(BTreeMap<PersonId, PersonCount>);

/// How often a person is named, and how much they said.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct PersonCount {
    /// Tags that name the person.
    pub mentions: usize,
    /// Links to the person, or to a tag that names the person.
    pub said: usize,
}

impl PersonCounts {
    /// What is counted of a person.
    #[must_use]
    pub fn of(&self, person: &PersonId) -> PersonCount {
        self.0.get(person).copied().unwrap_or_default()
    }

    /// Adds (`there`) or removes what one tag contributes.
    pub(super) fn count(&mut self, document: &Document, tag: &Annotation, there: bool) {
        if let Some(person) = &tag.person {
            step(&mut self.entry(person).mentions, there);
        }
        for link in document.set().links_from(&tag.id) {
            let person = match &link.to {
                Target::Annotation(id) => document
                    .set()
                    .annotation(id)
                    .and_then(|mention| mention.person.as_ref()),
                Target::Person(id) => Some(id),
                Target::NotGiven => None,
            };
            if let Some(person) = person {
                step(&mut self.entry(person).said, there);
            }
        }
    }

    fn entry(&mut self, person: &PersonId) -> &mut PersonCount {
        self.0.entry(person.clone()).or_default()
    }
}

fn step(number: &mut usize, up: bool) {
    *number = if up {
        *number + 1
    } else {
        number.saturating_sub(1)
    };
}
