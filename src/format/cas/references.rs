use std::collections::{BTreeMap, BTreeSet};

use smol_str::{SmolStr, format_smolstr};

use super::fields::{kind, reference};
use crate::format::interchange::{AttributeRecord, LinkRecord};
use crate::format::json::{Map, Value};
use crate::format::left_out::LeftOut;
use crate::format::link_facts::LinkFacts;
use crate::format::tally::Content;

/// Structures by their numbers, as features name them.
pub(super) struct References<'a> {
    by_id: BTreeMap<SmolStr, &'a Map>,
    /// The numbers that features and lists of others hold.
    named: BTreeSet<SmolStr>,
}

/// Why links are left out.
pub(super) const NO_TAG: &str = "links are left out whose ends are not tags in this text";

/// The features of a slot that lead to the tag in it.
const TARGETS: [&str; 2] = ["@target", "@value"];

impl<'a> References<'a> {
    pub(super) fn new(structures: &'a [Map]) -> Self {
        let numbered = structures.iter().filter_map(|structure| {
            let id = reference(Some(structure.get("%ID")?));
            Some((id, structure))
        });
        let mut named = BTreeSet::new();
        for structure in structures {
            for (_, value) in features(structure) {
                match value {
                    Value::Array(list) => named.extend(list.iter().map(|id| reference(Some(id)))),
                    one => drop(named.insert(reference(Some(one)))),
                }
            }
            let items = structure.get("%ELEMENTS").and_then(Value::as_array);
            named.extend(items.into_iter().flatten().map(|id| reference(Some(id))));
        }
        Self {
            by_id: numbered.collect(),
            named,
        }
    }

    /// The structure of this number.
    pub(super) fn structure(&self, id: &str) -> Option<&'a Map> {
        self.by_id.get(id).copied()
    }

    /// Whether a structure is an item of a feature: it leads to another and is on no words.
    pub(super) fn is_slot(&self, structure: &Map) -> bool {
        !structure.contains_key("begin") && TARGETS.iter().any(|name| structure.contains_key(name))
    }

    /// Whether other structures lead to this one: it is a list, or an item of a feature.
    pub(super) fn is_used(&self, structure: &Map) -> bool {
        let id = reference(structure.get("%ID"));
        let may_be = structure.contains_key("%ELEMENTS") || self.is_slot(structure);
        may_be && self.named.contains(&id)
    }

    /// The links that the features of a tag are, by the numbers of structures.
    pub(super) fn links(
        &self,
        structure: &Map,
        left_out: &mut LeftOut,
    ) -> Vec<(LinkRecord, LinkFacts)> {
        let from = reference(structure.get("%ID"));
        let mut links = Vec::new();
        for (feature, value) in features(structure) {
            for target in self.items(value) {
                left_out.read(Content::Link, 1);
                let id = reference(Some(target));
                let slot = self.by_id.get(&id).copied();
                let Some(slot) = slot.filter(|slot| self.is_slot(slot)) else {
                    let is_tag = slot.is_some_and(|slot| slot.contains_key("begin"));
                    if is_tag {
                        links.push((link(&from, &id, feature), LinkFacts::default()));
                    } else if slot.is_none_or(|slot| !slot.contains_key("%ELEMENTS")) {
                        let example = format!("`{feature}` to {}", self.described(&id));
                        left_out
                            .skip_counted(1, NO_TAG, example)
                            .add(Content::Link, 1);
                    } else {
                        // A list of words, which is an attribute.
                        left_out.tally.merged.add(Content::Link, 1);
                    }
                    continue;
                };
                let to = TARGETS.iter().find_map(|name| slot.get(name));
                let role = slot.get("role").and_then(Value::as_str);
                let role = role.filter(|role| !role.is_empty()).unwrap_or(feature);
                let mut facts = LinkFacts::default();
                if role != feature {
                    facts.add("feature", feature);
                }
                for (name, value) in slot {
                    if !name.starts_with(['%', '@', '^']) && name != "role" && !value.is_null() {
                        facts.add(name, &words(value));
                    }
                }
                let mut link = link(&from, &reference(to), role);
                if !facts.is_empty() {
                    link.id = format_smolstr!("slot-{id}");
                }
                left_out.tally.read.extend(facts.counts());
                links.push((link, facts));
            }
        }
        links
    }

    /// Lists of words among the features of a tag.
    pub(super) fn texts(&self, structure: &Map) -> Vec<AttributeRecord> {
        let mut found = Vec::new();
        for (feature, value) in features(structure) {
            let list = self.by_id.get(&reference(Some(value)));
            let items = list.and_then(|list| list.get("%ELEMENTS")?.as_array());
            let Some(items) = items.filter(|items| !items.iter().any(Value::is_number)) else {
                continue;
            };
            let items: Vec<String> = items
                .iter()
                .filter_map(Value::as_str)
                .map(str::to_owned)
                .collect();
            if !items.is_empty() {
                found.push(AttributeRecord {
                    key: feature.into(),
                    value: items.join("; ").into(),
                });
            }
        }
        found
    }

    /// What a structure is, for messages.
    pub(super) fn described(&self, id: &str) -> String {
        match self.by_id.get(id) {
            Some(structure) => format!("{} {id}", kind(structure)),
            None if id.is_empty() => "nothing".to_owned(),
            None => format!("the missing structure {id}"),
        }
    }

    /// The numbers a feature holds: its own, or those of the list it leads to.
    fn items<'v>(&'v self, value: &'v Value) -> Vec<&'v Value> {
        let numbers = |list: &'v [Value]| list.iter().filter(|item| item.is_number()).collect();
        if let Value::Array(list) = value {
            return numbers(list);
        }
        let list = self.by_id.get(&reference(Some(value)));
        match list.and_then(|list| list.get("%ELEMENTS")?.as_array()) {
            Some(list) => numbers(list),
            None => vec![value],
        }
    }
}

fn features(structure: &Map) -> impl Iterator<Item = (&str, &Value)> {
    structure.iter().filter_map(|(name, value)| {
        let feature = name.strip_prefix('@')?;
        (feature != "sofa" && !value.is_null()).then_some((feature, value))
    })
}

fn link(from: &str, to: &str, role: &str) -> LinkRecord {
    LinkRecord {
        from: from.into(),
        to: to.into(),
        role: role.into(),
        ..LinkRecord::default()
    }
}

fn words(value: &Value) -> String {
    match value {
        Value::String(text) => text.to_string(),
        other => other.to_string(),
    }
}
