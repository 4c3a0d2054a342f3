//! Relations between regions.

use std::collections::BTreeSet;

use super::super::region::as_text;
use super::{BOOKKEEPING, Reader, note};
use crate::format::interchange::LinkRecord;
use crate::format::interchange::extras::{LinkExtra, add_attribute, join_notes};
use crate::format::json::{Map, Value};
use crate::format::json_values::own;
use crate::format::left_out::says_nothing;
use crate::format::link_facts::LinkFacts;
use crate::format::tally::{Content, Counts};

/// The role of a link from a region to the one it is grouped under.
const PARENT: &str = "parent";

impl Reader<'_> {
    /// Regions that are grouped under another one.
    pub(super) fn parents(&mut self) {
        let mut known = BTreeSet::new();
        for (child, parent) in std::mem::take(&mut self.parents) {
            if known.insert((child.clone(), parent.clone())) {
                self.link(&child, &parent, PARENT, None);
            }
        }
    }

    pub(super) fn relation(&mut self, mut map: Map, n: usize) {
        map.remove("type");
        let id = map.remove("id").map(|id| as_text(&id));
        let roles = match map.remove("labels") {
            Some(Value::Array(roles)) => roles.iter().map(as_text).collect(),
            Some(Value::Null) | None => Vec::new(),
            Some(role) => vec![as_text(&role)],
        };
        let mut end = |key: &str| map.remove(key).map(|id| as_text(&id)).unwrap_or_default();
        let (mut from, mut to) = (end("from_id"), end("to_id"));
        let direction = map.remove("direction");
        let mut facts = LinkFacts::default();
        let direction = match direction.as_ref().and_then(Value::as_str) {
            Some(known @ ("left" | "bi")) => known,
            Some("right" | "") => "right",
            _ => {
                if let Some(other) = direction.as_ref().filter(|value| !value.is_null()) {
                    add_attribute(&mut facts.attributes, "direction", as_text(other));
                }
                "right"
            }
        };
        if direction == "left" {
            std::mem::swap(&mut from, &mut to);
        }
        let mut ours = None;
        for (key, value) in map {
            match (&*key, value) {
                (key, _) if BOOKKEEPING.contains(&key) => {
                    self.left_out.bookkeeping(self.place.line, key);
                }
                ("meta", Value::Object(meta)) => {
                    for (key, value) in meta {
                        match &*key {
                            "pullquote_link" => {
                                let (line, field) = (self.place.line, "meta.pullquote_link");
                                ours = own::<LinkExtra>(&value, field, line, self.left_out);
                            }
                            "text" => drop(join_notes(&mut facts.note, &note(&value))),
                            _ if says_nothing(&value) => {}
                            key => {
                                add_attribute(&mut facts.attributes, key, as_text(&value));
                            }
                        }
                    }
                }
                (_, value) if says_nothing(&value) => {}
                (key, value) => {
                    add_attribute(&mut facts.attributes, key, as_text(&value));
                }
            }
        }
        let mut roles: Vec<String> = roles;
        if roles.is_empty() {
            roles.push("link".to_owned());
        }
        if let Some(ours) = &mut ours {
            facts.take_own(ours);
        }
        if let Some(ours) = ours {
            let there = |id: &str| self.used.contains(id);
            let known = roles.len() == 1 && there(&ours.from) && there(&ours.to);
            let first = |id: &str| self.tags.get(id).and_then(|tags| tags.first());
            if first(&from).is_none_or(|id| **id != *ours.from)
                || first(&to).is_none_or(|id| **id != *ours.to)
            {
                let other = if known {
                    format!("from_id, to_id ({from}, {to})")
                } else {
                    format!("meta.pullquote_link ({}, {})", ours.from, ours.to)
                };
                self.left_out.reference(self.place.line, other);
            }
            if known {
                let mut counts = facts.counts();
                self.tally().read.extend(*counts.add(Content::Link, 1));
                let link = ours.into_link(roles.swap_remove(0).into());
                if !facts.is_empty() {
                    self.work.links.insert(link.id.clone(), facts);
                }
                self.work.record.links.push(link);
                return;
            }
        }
        let id = id.filter(|id| !id.is_empty());
        let has_facts = !facts.note.is_empty() || !facts.attributes.is_empty();
        let mut id = id.or_else(|| has_facts.then(|| format!("relation-{}", n + 1)));
        let mut ends = vec![(&from, &to)];
        if direction == "bi" {
            ends.push((&to, &from));
        }
        for role in &roles {
            for (n, (from, to)) in ends.iter().enumerate() {
                let facts = id.as_ref().map(|id| {
                    let more = roles.len() > 1 || n > 0;
                    let id = if more {
                        format!("{id}/{role}/{}", n + 1)
                    } else {
                        id.clone()
                    };
                    (id, facts.clone())
                });
                self.link(from, to, role, facts);
            }
        }
        id.take();
    }

    /// A link between regions, if both are there.
    fn link(&mut self, from: &str, to: &str, role: &str, facts: Option<(String, LinkFacts)>) {
        let first = |id: &str| self.tags.get(id).and_then(|tags| tags.first()).cloned();
        let mut counts = facts
            .as_ref()
            .map_or_else(Counts::default, |(_, facts)| facts.counts());
        counts.add(Content::Link, 1);
        let ends = (first(from), first(to));
        self.tally().read.extend(counts);
        let (Some(start), Some(end)) = ends else {
            let said = facts.map(|(_, facts)| facts.shown()).unwrap_or_default();
            let cause = "relations from or to a region that is not there are left out";
            self.skip(cause, format!("`{role}` from `{from}` to `{to}`{said}"))
                .extend(counts);
            return;
        };
        let mut link = LinkRecord {
            from: start.into(),
            to: end.into(),
            to_kind: "annotation".into(),
            role: role.into(),
            ..LinkRecord::default()
        };
        if let Some((mut id, facts)) = facts {
            while self.work.links.contains_key(&*id) {
                id.push('+');
            }
            link.id = (&id).into();
            self.work.links.insert(id.into(), facts);
        }
        self.work.record.links.push(link);
    }
}
