//! Relations between regions.

use std::collections::BTreeSet;

use serde_json::{Map, Value};

use super::super::region::as_text;
use super::{BOOKKEEPING, LinkFacts, Reader, add_attribute, join_notes, note};
use crate::format::interchange::LinkRecord;
use crate::format::interchange::extras::LinkExtra;
use crate::format::left_out::says_nothing;

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

    pub(super) fn relation(&mut self, mut map: Map<String, Value>, n: usize) {
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
        let direction = direction
            .as_ref()
            .and_then(Value::as_str)
            .unwrap_or("right");
        if direction == "left" {
            std::mem::swap(&mut from, &mut to);
        }
        let mut facts = LinkFacts::default();
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
                                ours = serde_json::from_value::<LinkExtra>(value).ok();
                            }
                            "text" => join_notes(&mut facts.note, &note(&value)),
                            _ if says_nothing(&value) => {}
                            key => add_attribute(&mut facts.attributes, key, as_text(&value)),
                        }
                    }
                }
                (_, value) if says_nothing(&value) => {}
                (key, value) => add_attribute(&mut facts.attributes, key, as_text(&value)),
            }
        }
        let mut roles: Vec<String> = roles;
        if roles.is_empty() {
            roles.push("link".to_owned());
        }
        if let Some(ours) = ours {
            let role = roles.swap_remove(0);
            self.work.record.links.push(ours.into_link(role));
            return;
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
        let (Some(start), Some(end)) = (first(from), first(to)) else {
            let note = facts
                .map(|(_, facts)| facts.note)
                .filter(|note| !note.is_empty());
            let note = note
                .map(|note| format!(" with the note “{note}”"))
                .unwrap_or_default();
            let cause = "relations from or to a region that is not there are left out";
            self.skip(cause, format!("`{role}` from `{from}` to `{to}`{note}"));
            return;
        };
        let mut link = LinkRecord {
            from: start,
            to: end,
            to_kind: "annotation".to_owned(),
            role: role.to_owned(),
            ..LinkRecord::default()
        };
        if let Some((mut id, facts)) = facts {
            while self.work.links.contains_key(&id) {
                id.push('+');
            }
            link.id.clone_from(&id);
            self.work.links.insert(id, facts);
        }
        self.work.record.links.push(link);
    }
}
