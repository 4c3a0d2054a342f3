//! The links of a file: relations, and the parts of events.

use std::collections::BTreeSet;

use smol_str::SmolStr;

use super::events;
use super::lines::cut;
use super::notes::LinkNote;
use super::reader::{Reader, TWICE};
use crate::format::draining::Draining;
use crate::format::interchange::LinkRecord;
use crate::format::tally::Content;
use crate::text::wording::one_line;

/// The attribute for the type of an event whose trigger is called otherwise.
const EVENT_TYPE: &str = "event";

impl Reader<'_> {
    /// Inserts the links of relations, with what our own notes say about them.
    pub(super) fn insert_relations(&mut self) {
        let mut relations = std::mem::take(&mut self.relations);
        let mut known = BTreeSet::new();
        relations.retain(|relation| {
            let (name, role, ends) = (relation.name, relation.role, (relation.from, relation.to));
            let is_new = name.is_empty() || known.insert((name, role, ends));
            if !is_new {
                let shown = format!("{name} {role} {} {}", relation.from, relation.to);
                self.left_out.remark(relation.line, TWICE, cut(&shown));
            }
            is_new
        });
        let mut ids = self.ids_of_other_links();
        let mut notes: Vec<Option<Box<LinkNote>>> = Vec::with_capacity(relations.len());
        for relation in &relations {
            let Some((_, note)) = self.link_notes.remove(relation.name) else {
                notes.push(None);
                continue;
            };
            let extra = &note.extra;
            let same =
                extra.from.is_empty() || (&*extra.from, &*extra.to) == (relation.from, relation.to);
            if same {
                notes.push(Some(note.into()));
                continue;
            }
            if !note.extra.says_nothing() {
                let shown = serde_json::to_string(&note).unwrap_or_default();
                let why = "what was said about a link whose name now is that of another";
                self.leave_out(relation.line, &shown, why);
            }
            notes.push(None);
        }
        for (name, (line, note)) in std::mem::take(&mut self.link_notes) {
            if !note.extra.says_nothing() {
                let shown = serde_json::to_string(&note).unwrap_or_default();
                let message = format!("what was said about {name} went with it: {shown}");
                self.left_out.hint(line, message);
            } else {
                let field = format!("Pullquote {name}");
                self.left_out.bookkeeping(line, &field);
            }
        }
        self.left_out.read(Content::Link, relations.len());
        // An id of our own comes back, whatever brat calls another link.
        for note in notes.iter_mut().flatten() {
            if !note.extra.id.is_empty() && !ids.insert(&note.extra.id) {
                note.extra.id = SmolStr::default();
            }
        }
        let mut named = BTreeSet::new();
        for (relation, note) in Draining::new(relations).zip(notes) {
            let mut note = note.map(|note| *note).unwrap_or_default();
            let (from, to) = (self.places(relation.from), self.places(relation.to));
            let mut said = relation.remarks;
            if one_line(&note.extra.note) == said.note && !said.note.is_empty() {
                said.note = note.extra.note.take();
            } else if said.note.is_empty() && one_line(&note.extra.note).is_empty() {
                // What brat cannot show comes from our note alone.
                said.note = note.extra.note.take();
            }
            for attribute in note.extra.attributes {
                if !said.attributes.iter().any(|own| own.key == attribute.key) {
                    said.attributes.push(attribute);
                }
            }
            if from.is_empty() || to.is_empty() {
                let mut shown = format!("{} {} {}", relation.role, relation.from, relation.to);
                for attribute in &said.attributes {
                    shown.push_str(&format!(", {} {}", attribute.key, attribute.value));
                }
                if !said.note.is_empty() {
                    shown.push_str(&format!(", {}", said.note));
                }
                self.leave_out(relation.line, &shown, "one of its ends is missing");
                self.left_out.tally.left_out.add(Content::Link, 1);
            }
            let links = (from.len() * to.len()).saturating_sub(1);
            self.left_out.tally.made.add(Content::Link, links);
            let pairs = from
                .iter()
                .flat_map(|from| to.iter().map(move |to| (*from, *to)));
            for (n, (from, to)) in pairs.enumerate() {
                let own = (n == 0 && !note.extra.id.is_empty()).then(|| note.extra.id.clone());
                let id = own.unwrap_or_else(|| {
                    if relation.name.is_empty() {
                        return SmolStr::default();
                    }
                    let id = ids.take(relation.name);
                    if n == 0 && !named.insert(relation.name) {
                        let shown = format!(
                            "{} {} {} {}, `{id}` here",
                            relation.name, relation.role, relation.from, relation.to
                        );
                        let why = "a link of this name is there already; what is said about the \
                                   name is said about both";
                        self.left_out.remark(relation.line, why, cut(&shown));
                    }
                    id
                });
                let role = match &*note.role {
                    "" => relation.role,
                    role => role,
                };
                if !said.is_empty() {
                    self.link_remarks.insert(id.to_string(), said.clone());
                }
                self.result.links.push(LinkRecord {
                    id,
                    from: self.id(from),
                    to: self.id(to),
                    to_kind: "annotation".into(),
                    role: role.into(),
                    confirmed: Some(note.extra.confirmed.unwrap_or(true)),
                    by: note.extra.by.clone(),
                    ..LinkRecord::default()
                });
            }
        }
    }

    /// Gives tags that stand for an event of another type than their label that type as an attribute, so
    /// far as no link is called so.
    pub(super) fn keep_event_types(&mut self) {
        let mut types: Vec<(usize, &str)> = Vec::new();
        for (&name, event) in &self.events {
            for head in events::heads_named(name, &self.events) {
                let linked = head.tag != event.trigger && self.at.contains_key(event.trigger);
                if let Some(at) = self.place(head).filter(|_| !linked) {
                    types.push((at, event.kind));
                }
            }
        }
        for (at, kind) in types {
            let span = self.result.spans.get_mut(at);
            if let Some(span) = span.filter(|span| span.label != kind) {
                span.attributes.join_new(EVENT_TYPE, kind);
            }
        }
    }

    /// Inserts the links of events.
    pub(super) fn insert_events(&mut self) {
        let mut repeated = BTreeSet::new();
        let mut told = BTreeSet::new();
        let mut links = Vec::new();
        for (&name, event) in &self.events {
            let trigger = self.at.get(event.trigger).copied();
            let same_place = |at: usize| {
                let spans = (
                    self.result.spans.get(at),
                    trigger.and_then(|t| self.result.spans.get(t)),
                );
                trigger != Some(at)
                    && matches!(spans, (Some(a), Some(b)) if a.fragments == b.fragments)
            };
            // Some corpora tag the reporting word twice: as a part, and as the trigger.
            let tags = event.parts.iter().map(|(_, part)| *part);
            let tags = tags.filter(|part| !self.events.contains_key(part));
            let repeats = tags.flat_map(|tag| self.places(tag)).any(same_place);
            if repeats {
                repeated.extend(trigger);
            }
            for (role, from, to) in events::links(name, &self.events) {
                if to.tag == event.trigger && repeats {
                    let label = trigger.and_then(|at| self.result.spans.get(at));
                    let label = label.map_or("", |span| &*span.label);
                    told.insert((
                        event.line,
                        format!("{name} {}:{} `{label}`", event.kind, event.trigger),
                    ));
                    continue;
                }
                if let (Some(from), Some(to)) = (self.place(from), self.place(to)) {
                    links.push((role.to_owned(), from, to));
                }
            }
        }
        for (line, event) in told {
            let why = "no link leads to the trigger of an event that is in the place of one of its \
                       parts, so the type of the event is not kept";
            self.left_out.remark(line, why, event);
        }
        let mut known = BTreeSet::new();
        for (role, from, to) in links {
            repeated.remove(&from);
            repeated.remove(&to);
            if known.insert((role.clone(), from, to)) {
                let link = LinkRecord {
                    from: self.id(from),
                    to: self.id(to),
                    to_kind: "annotation".into(),
                    role: role.into(),
                    ..LinkRecord::default()
                };
                self.left_out.read(Content::Link, 1);
                self.result.links.push(link);
            }
        }
        let linked: BTreeSet<SmolStr> = self
            .result
            .links
            .iter()
            .flat_map(|link| [link.from.clone(), link.to.clone()])
            .collect();
        let mut at = 0;
        let before = self.result.spans.len();
        self.result.spans.retain(|span| {
            at += 1;
            let plain = span.attributes.is_empty() && span.note.is_empty();
            !(plain && repeated.contains(&(at - 1)) && !linked.contains(&*span.id))
        });
        let merged = before - self.result.spans.len();
        self.left_out.tally.merged.add(Content::Tag, merged);
    }
}
