use std::collections::{BTreeMap, BTreeSet};

use super::events::{self, Event, Events, tags_named};
use super::lines::Line;
use super::locate_tags::{LocatedTag, TagRecord, locate_tags};
use super::notes::{DOCUMENT, DocumentNote, LinkNote, TYPE, TagNote};
use super::plain_text::{restore, taggable_parts};
use super::record::{Record, record};
use crate::format::RecordProblem;
use crate::format::interchange::{
    AttributeRecord, DocumentRecord, LinkRecord, PersonRecord, SpanRecord,
};
use crate::model::Review;
use crate::text::CodePointIndex;
use crate::text::wording::one_line;

/// Puts the lines of a file together.
pub(super) struct Reader<'a> {
    result: DocumentRecord,
    skipped: Vec<RecordProblem>,
    /// Where the tags are in the result, by the file's names.
    at: BTreeMap<&'a str, usize>,
    events: Events<'a>,
    relations: Vec<Relation<'a>>,
    /// Records about tags, in the order of the file.
    remarks: Vec<(usize, &'a str, Remark<'a>)>,
    tag_notes: BTreeMap<&'a str, TagNote>,
    link_notes: BTreeMap<&'a str, LinkNote>,
    document: DocumentNote,
}

struct Relation<'a> {
    line: usize,
    name: &'a str,
    role: &'a str,
    from: &'a str,
    to: &'a str,
}

enum Remark<'a> {
    Attribute(&'a str, &'a str),
    Reference(&'a str, &'a str),
    Note(String),
}

impl<'a> Reader<'a> {
    /// Begins with a result that has a name and a text.
    pub(super) fn new(result: DocumentRecord) -> Self {
        Self {
            result,
            skipped: Vec::new(),
            at: BTreeMap::new(),
            events: BTreeMap::new(),
            relations: Vec::new(),
            remarks: Vec::new(),
            tag_notes: BTreeMap::new(),
            link_notes: BTreeMap::new(),
            document: DocumentNote::default(),
        }
    }

    /// Reads the lines; what cannot be used is noted.
    pub(super) fn read(&mut self, lines: &'a [Line<'a>]) {
        let mut tags = Vec::new();
        for line in lines {
            match record(line.text) {
                Ok((name, Record::Tag(tag))) => {
                    tags.push((name, tag, line));
                    continue;
                }
                Ok((_, Record::Note { kind, of, words })) if kind != TYPE => {
                    let rest = line.rest.iter().map(|(_, text)| *text);
                    let words: Vec<&str> = std::iter::once(words).chain(rest).collect();
                    let note = Remark::Note(words.join("\n"));
                    self.remarks.push((line.number, of, note));
                    continue;
                }
                Ok((name, record)) => self.insert_record(line.number, name, record),
                Err(_) if line.text.is_empty() => {}
                Err(why) => self.skip(line.number, line.text, &why),
            }
            let rest = line.rest.iter().filter(|(_, text)| !text.trim().is_empty());
            for (number, text) in rest {
                self.skip(*number, text, "it does not belong to a tag");
            }
        }
        self.insert_tags(&tags);
        self.apply_remarks();
        self.apply_own_notes();
        self.insert_relations();
        self.insert_events();
    }

    /// The result, and the lines that were left out.
    pub(super) fn finish(mut self) -> (DocumentRecord, Vec<RecordProblem>) {
        let note = self.document;
        let result = &mut self.result;
        let (annotator, people) = (result.annotator.clone(), std::mem::take(&mut result.people));
        note.extra.restore(result);
        if result.annotator.is_empty() {
            result.annotator = annotator;
        }
        result.people.extend(people);
        result.spans.extend(note.blank_tags);
        if let Some(text) = restore(&result.text, &note.line_ends) {
            result.text = text;
        }
        self.skipped.sort();
        (self.result, self.skipped)
    }

    fn skip(&mut self, line: usize, text: &str, why: &str) {
        let shown: String = text.chars().take(80).collect();
        let message = format!("left out, {why}: {shown}");
        self.skipped.push(RecordProblem { line, message });
    }

    fn insert_record(&mut self, line: usize, name: &'a str, record: Record<'a>) {
        match record {
            Record::Relation { role, from, to } => self.relations.push(Relation {
                line,
                name,
                role,
                from,
                to,
            }),
            Record::Event {
                kind,
                trigger,
                parts,
            } => {
                let event = Event {
                    kind,
                    trigger,
                    parts,
                };
                if self.events.insert(name, event).is_some() {
                    self.skip(line, name, "this event is there twice");
                }
            }
            Record::Attribute { key, of, value } => {
                self.remarks.push((line, of, Remark::Attribute(key, value)));
            }
            Record::Reference { of, to, name } => {
                self.remarks.push((line, of, Remark::Reference(to, name)));
            }
            Record::Equivalent(names) => {
                let pairs = names.iter().zip(names.iter().skip(1));
                self.relations.extend(pairs.map(|(from, to)| Relation {
                    line,
                    name: "",
                    role: "Equiv",
                    from,
                    to,
                }));
            }
            Record::Note { of, words, .. } => {
                if !self.parse_own_note(of, words) {
                    self.remarks
                        .push((line, of, Remark::Note(words.to_owned())));
                }
            }
            Record::Tag(_) => {}
        }
    }

    /// Reads a note of ours; `false` where it is none.
    fn parse_own_note(&mut self, of: &'a str, words: &str) -> bool {
        if of == DOCUMENT {
            return serde_json::from_str(words)
                .map(|note| self.document = note)
                .is_ok();
        }
        if of.starts_with('R') {
            let note = serde_json::from_str(words);
            return note.map(|note| self.link_notes.insert(of, note)).is_ok();
        }
        let note = serde_json::from_str(words);
        note.map(|note| self.tag_notes.insert(of, note)).is_ok()
    }

    fn insert_tags(&mut self, tags: &[TagRecord<'a>]) {
        let (placed, skipped) = locate_tags(&CodePointIndex::new(&self.result.text), tags);
        for line in skipped {
            self.skip(line.line, line.text, line.why);
        }
        let mut ids = BTreeSet::new();
        for LocatedTag {
            name,
            label,
            fragments,
        } in placed
        {
            let mut id = name.to_owned();
            if let Some(first) = self.at.get(name).and_then(|&at| self.result.spans.get(at)) {
                if first.label == label && first.fragments == fragments {
                    continue;
                }
                while !ids.insert(id.clone()) {
                    id.push('+');
                }
            } else {
                self.at.insert(name, self.result.spans.len());
                ids.insert(id.clone());
            }
            self.result.spans.push(SpanRecord {
                id,
                label: label.to_owned(),
                fragments,
                ..SpanRecord::default()
            });
        }
    }

    /// The tags of a name, as indices into the result.
    fn places(&self, name: &'a str) -> Vec<usize> {
        let tags_named = tags_named(name, &self.events).into_iter();
        tags_named
            .filter_map(|head| self.at.get(head).copied())
            .collect()
    }

    fn apply_remarks(&mut self) {
        for (line, of, remark) in std::mem::take(&mut self.remarks) {
            let places = self.places(of);
            if places.is_empty() {
                self.skip(line, of, "its target is missing");
            }
            for at in places {
                if let Some(span) = self.result.spans.get_mut(at) {
                    apply(&remark, span);
                }
            }
            if let Remark::Reference(to, name) = remark
                && !self.result.people.iter().any(|person| person.id == to)
            {
                self.result.people.push(PersonRecord {
                    id: to.to_owned(),
                    name: if name.is_empty() { to } else { name }.to_owned(),
                    external_id: to.to_owned(),
                    ..PersonRecord::default()
                });
            }
        }
    }

    /// What our own notes say about tags, if they have not been changed since.
    fn apply_own_notes(&mut self) {
        let text = CodePointIndex::new(&self.result.text);
        let mut ids: BTreeSet<String> = self.result.spans.iter().map(|s| s.id.clone()).collect();
        for (name, note) in std::mem::take(&mut self.tag_notes) {
            let found = self
                .at
                .get(name)
                .and_then(|&at| self.result.spans.get_mut(at));
            let Some(span) = found else { continue };
            if !note.id.is_empty() && ids.insert(note.id.clone()) {
                span.id = note.id;
            }
            if !note.label.is_empty() {
                span.label = note.label;
            }
            let parts = note.fragments.iter();
            let parts: Vec<[u32; 2]> = parts
                .flat_map(|&part| taggable_parts(&text, part))
                .collect();
            if !note.fragments.is_empty() && parts == span.fragments {
                span.fragments = note.fragments;
            }
            let mut extra = note.extra;
            extra.review = std::mem::take(&mut span.review);
            if extra.note.is_empty() || one_line(&extra.note) != span.note {
                extra.note = std::mem::take(&mut span.note);
            }
            let own = std::mem::take(&mut span.attributes);
            extra
                .attributes
                .retain(|a| !own.iter().any(|o| o.key == a.key));
            extra.attributes.extend(own);
            extra.restore(span);
        }
    }

    fn id(&self, at: usize) -> String {
        let span = self.result.spans.get(at);
        span.map(|span| span.id.clone()).unwrap_or_default()
    }

    fn insert_relations(&mut self) {
        let mut ids = BTreeSet::new();
        for relation in std::mem::take(&mut self.relations) {
            let (from, to) = (self.places(relation.from), self.places(relation.to));
            if from.is_empty() || to.is_empty() {
                let ends = format!("{} {} {}", relation.role, relation.from, relation.to);
                self.skip(relation.line, &ends, "one of its ends is missing");
            }
            let note = self.link_notes.remove(relation.name).unwrap_or_default();
            for (from, to) in from
                .iter()
                .flat_map(|from| to.iter().map(move |to| (from, to)))
            {
                let id = match &*note.extra.id {
                    "" => relation.name,
                    id => id,
                };
                let id = if ids.insert(id.to_owned()) { id } else { "" };
                let role = match &*note.role {
                    "" => relation.role,
                    role => role,
                };
                self.result.links.push(LinkRecord {
                    id: id.to_owned(),
                    from: self.id(*from),
                    to: self.id(*to),
                    to_kind: "annotation".to_owned(),
                    role: role.to_owned(),
                    confirmed: Some(note.extra.confirmed.unwrap_or(true)),
                    by: note.extra.by.clone(),
                });
            }
        }
    }

    fn insert_events(&mut self) {
        let mut repeated = BTreeSet::new();
        let mut links = Vec::new();
        for (name, event) in &self.events {
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
            let parts = event.parts.iter().flat_map(|&(_, part)| self.places(part));
            let repeats = parts.into_iter().any(same_place);
            if repeats {
                repeated.extend(trigger);
            }
            for (role, from, to) in events::links(name, &self.events) {
                if to == event.trigger && repeats {
                    continue;
                }
                if let (Some(&from), Some(&to)) = (self.at.get(&*from), self.at.get(&*to)) {
                    links.push((role, from, to));
                }
            }
        }
        let mut known = BTreeSet::new();
        for (role, from, to) in links {
            repeated.remove(&from);
            repeated.remove(&to);
            if known.insert((role.clone(), from, to)) {
                let link = LinkRecord {
                    from: self.id(from),
                    to: self.id(to),
                    to_kind: "annotation".to_owned(),
                    role,
                    ..LinkRecord::default()
                };
                self.result.links.push(link);
            }
        }
        let linked: BTreeSet<String> = self
            .result
            .links
            .iter()
            .flat_map(|link| [link.from.clone(), link.to.clone()])
            .collect();
        let mut at = 0;
        self.result.spans.retain(|span| {
            at += 1;
            let plain = span.attributes.is_empty() && span.note.is_empty();
            !(plain && repeated.contains(&(at - 1)) && !linked.contains(&span.id))
        });
    }
}

fn apply(remark: &Remark<'_>, span: &mut SpanRecord) {
    match remark {
        Remark::Attribute("Review", review)
            if span.review.is_empty() && Review::from_word(review).is_some() =>
        {
            (*review).clone_into(&mut span.review);
        }
        Remark::Attribute(key, value) => {
            match span.attributes.iter_mut().find(|known| known.key == *key) {
                Some(known) if known.value != *value => {
                    known.value.push_str("; ");
                    known.value.push_str(value);
                }
                Some(_) => {}
                None => span.attributes.push(AttributeRecord {
                    key: (*key).to_owned(),
                    value: (*value).to_owned(),
                }),
            }
        }
        Remark::Reference(to, _) => (*to).clone_into(&mut span.person),
        Remark::Note(words) => {
            if !span.note.is_empty() {
                span.note.push('\n');
            }
            span.note.push_str(words);
        }
    }
}
