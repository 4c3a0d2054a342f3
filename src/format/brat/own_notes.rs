//! What we ourselves noted in a file, read and given back to the tags it is about.

use std::collections::BTreeSet;

use crate::format::json::Value;
use serde::Serialize;

use super::notes::{About, DOCUMENT, DocumentNote, TYPE};
use super::plain_text::taggable_parts;
use super::reader::Reader;
use super::remarks::add_reference;
use crate::format::free_ids::FreeIds;
use crate::format::interchange::code_point_ranges;
use crate::format::json_values::own;
use crate::text::CodePointIndex;
use crate::text::wording::one_line;

impl<'a> Reader<'a> {
    /// Reads a note of ours; `false` where it is none.
    pub(super) fn parse_own_note(
        &mut self,
        line: usize,
        name: &str,
        of: &str,
        words: &str,
    ) -> bool {
        let of = match serde_json::from_str::<About>(words) {
            Ok(about) if of == name => about.of,
            Ok(_) if of == DOCUMENT => String::new(),
            Ok(_) => of.to_owned(),
            Err(_) => return false,
        };
        let Ok(note) = serde_json::from_str::<Value>(words) else {
            return false;
        };
        let left_out = &mut self.left_out;
        if of.is_empty() {
            if let Some(note) = own::<DocumentNote>(&note, TYPE, line, left_out) {
                let before = std::mem::replace(&mut self.document, note);
                let said = |note: &DocumentNote| serde_json::to_value(note).ok();
                let any = said(&before) != said(&DocumentNote::default());
                self.replaced_note(any.then_some((line, before)));
            }
        } else if of.starts_with('R') {
            if let Some(note) = own(&note, TYPE, line, left_out) {
                let before = self.link_notes.insert(of, (line, note));
                self.replaced_note(before);
            }
        } else if let Some(note) = own(&note, TYPE, line, left_out) {
            let before = self.tag_notes.insert(of, (line, note));
            self.replaced_note(before);
        }
        true
    }

    /// Tells a note of ours that another one about the same follows.
    fn replaced_note(&mut self, before: Option<(usize, impl Serialize)>) {
        if let Some((line, note)) = before {
            let shown = serde_json::to_string(&note).unwrap_or_default();
            let why = "Pullquote has a later note on the same";
            self.leave_out(line, &shown, why);
        }
    }

    /// What our own notes say about tags, if they are still about the same tags.
    pub(super) fn apply_own_notes(&mut self, tags: &[&'a str]) {
        let text = CodePointIndex::new(&self.result.text);
        let blank = self.document.blank_tags.iter();
        let mut ids: FreeIds = blank.map(|span| span.id.clone()).collect();
        let asked = tags.iter().filter(|_| !self.tag_notes.is_empty());
        let names: BTreeSet<&str> = asked.copied().collect();
        let mut named = BTreeSet::new();
        let mut links = Vec::new();
        let mut gone = Vec::new();
        for (name, (line, note)) in std::mem::take(&mut self.tag_notes) {
            let at = self.at.get(&*name).copied();
            let found = at.and_then(|at| Some((at, self.result.spans.get_mut(at)?)));
            let moved = found.as_ref().is_some_and(|(_, span)| {
                let meets = |[a, b]: [u32; 2]| note.at.iter().any(|[c, d]| a < *d && *c < b);
                !note.at.is_empty() && !span.fragments.iter().copied().any(meets)
            });
            let Some((at, span)) = found.filter(|_| !moved) else {
                // A tag that was deleted in brat takes what was said about it along.
                let is_there = names.contains(&*name);
                let said = !note.extra.said().is_empty() || !note.links.is_empty();
                let shown = serde_json::to_string(&note).unwrap_or_default();
                if is_there && said {
                    gone.push((line, shown));
                } else if said {
                    let message = format!("what was said about {name} went with it: {shown}");
                    self.left_out.hint(line, message);
                } else {
                    let field = format!("Pullquote {name}");
                    self.left_out.bookkeeping(line, &field);
                }
                continue;
            };
            if !note.id.is_empty() && ids.insert(&note.id) {
                span.id = note.id.into();
                named.insert(at);
            }
            if !note.label.is_empty() {
                span.label = note.label.into();
            }
            let parts = note.fragments.iter();
            let parts: Vec<[u32; 2]> = parts
                .flat_map(|&part| taggable_parts(&text, part))
                .collect();
            if !note.fragments.is_empty() && *parts == *span.fragments {
                span.fragments = code_point_ranges(note.fragments);
            }
            let mut extra = note.extra;
            extra.review = std::mem::take(&mut span.review);
            if extra.note.is_empty() || one_line(&extra.note) != *span.note {
                extra.note = std::mem::take(&mut span.note);
            }
            drop(span.note.take());
            let own = std::mem::take(&mut span.attributes);
            let keys: BTreeSet<&str> = own.iter().map(|own| &*own.key).collect();
            extra.attributes.retain(|a| !keys.contains(&*a.key));
            extra.attributes.extend(own);
            let reference = std::mem::take(&mut span.person);
            if extra.person.is_empty() {
                extra.person = reference;
            } else if !reference.is_empty() && reference != extra.person {
                add_reference(&mut extra.attributes, &reference);
            }
            extra.restore(span);
            links.extend(note.links.into_iter().map(|link| (at, link)));
        }
        for (line, shown) in gone {
            let why = "what was said about a tag whose name now is that of another, or which is \
                       left out itself";
            self.leave_out(line, &shown, why);
        }
        // An id of our own comes back, whatever brat calls another tag.
        for (at, span) in self.result.spans.iter_mut().enumerate() {
            if !named.contains(&at) {
                span.id = ids.take(&span.id);
            }
        }
        for (at, mut link) in links {
            let from = self.id(at);
            if link.to == link.from && link.to_kind == "annotation" {
                link.to.clone_from(&from);
            }
            link.from = from;
            self.document.extra.links.push(link);
        }
    }
}
