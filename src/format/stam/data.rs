use std::collections::{BTreeMap, BTreeSet};

use serde_json::{Map, Value};

use super::load::Datum;
use super::{ATTRIBUTE, SET};
use crate::format::interchange::{AttributeList, FACT_LISTS, FACT_TEXTS};
use crate::format::left_out::{LeftOut, shortened};

/// Keys by which stores of other tools name the label, the most likely first.
const LABEL_KEYS: [&str; 5] = ["kind", "label", "type", "class", "category"];

/// The keys and values of an annotation, in the order of the file.
pub(super) struct Data(pub(super) Vec<Datum>);

impl Data {
    /// Takes the value of a key of ours.
    pub(super) fn own(&mut self, key: &str) -> Option<String> {
        let at = self
            .0
            .iter()
            .position(|datum| datum.set == SET && datum.key == key)?;
        Some(self.0.remove(at).value)
    }

    /// Takes what is known about the article, as a record has it.
    pub(super) fn article_facts(&mut self, left_out: &mut LeftOut) -> Option<Value> {
        let mut facts = Map::new();
        for key in FACT_TEXTS {
            let value = self.own(key);
            facts.extend(value.map(|value| (key.to_owned(), value.into())));
        }
        for key in FACT_LISTS {
            let Some(list) = self.own(key) else { continue };
            match serde_json::from_str::<Value>(&list) {
                Ok(list) => drop(facts.insert(key.to_owned(), list)),
                Err(_) => {
                    let why = "facts of the article that cannot be read are left out";
                    left_out.skip(1, why, format!("`{key}`: {}", shortened(&list)));
                }
            }
        }
        (!facts.is_empty()).then(|| facts.into())
    }

    /// Takes the first value of a key, whatever its set.
    pub(super) fn any(&mut self, key: &str) -> Option<String> {
        let at = self.0.iter().position(|datum| datum.key == key)?;
        Some(self.0.remove(at).value)
    }

    pub(super) fn label(&mut self) -> Option<String> {
        LABEL_KEYS.iter().find_map(|key| self.any(key))
    }

    /// All that is left, by key; keys that two sets have, with their set.
    pub(super) fn attributes(self, ours: bool) -> AttributeList {
        let mut sets: BTreeMap<String, BTreeSet<String>> = BTreeMap::new();
        for datum in &self.0 {
            let sets = sets.entry(datum.key.clone()).or_default();
            sets.insert(datum.set.clone());
        }
        let mut attributes = AttributeList::default();
        for datum in self.0 {
            let key = match datum.key.strip_prefix(ATTRIBUTE) {
                Some(key) if ours && datum.set == SET => key.to_owned(),
                _ => match sets.get(&datum.key) {
                    Some(sets) if sets.len() > 1 => format!("{}/{}", datum.set, datum.key),
                    _ => datum.key,
                },
            };
            attributes.join(&key, &datum.value);
        }
        attributes
    }

    pub(super) fn shown(&self) -> String {
        let data = self
            .0
            .iter()
            .map(|datum| format!("{}: {}", datum.key, datum.value));
        shortened(&data.collect::<Vec<_>>().join(", "))
    }
}
