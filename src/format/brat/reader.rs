use std::collections::{BTreeMap, BTreeSet};

use super::events::{Event, Events, Head, heads_named};
use super::lines::{Line, leave_out};
use super::locate_tags::{LocatedTag, TagRecord, locate_tags};
use super::notes::{About, DOCUMENT, DocumentNote, LinkNote, LinkRemarks, TYPE, TagNote};
use super::plain_text::{restore, taggable_parts};
use super::record::{Record, record};
use super::remarks::{Remark, What, add_reference};
use crate::format::counting::UnitHint;
use crate::format::free_ids::FreeIds;
use crate::format::interchange::{DocumentRecord, PersonRecord, SpanRecord};
use crate::format::json::Value;
use crate::format::json_values::own;
use crate::format::left_out::LeftOut;
use crate::format::tally::{Content, Counts};
use crate::text::CodePointIndex;
use crate::text::wording::one_line;

/// Puts the lines of a file together.
pub(super) struct Reader<'a> {
    pub(super) result: DocumentRecord,
    pub(super) left_out: LeftOut,
    unit: UnitHint,
    /// Where the tags are in the result, by the file's names.
    pub(super) at: BTreeMap<&'a str, usize>,
    /// Copies of tags that several events begin at, by event and tag: each event has its own.
    copies: BTreeMap<(&'a str, &'a str), usize>,
    pub(super) events: Events<'a>,
    pub(super) relations: Vec<Relation<'a>>,
    remarks: Vec<Remark<'a>>,
    tag_notes: BTreeMap<String, (usize, TagNote)>,
    pub(super) link_notes: BTreeMap<String, (usize, LinkNote)>,
    document: DocumentNote,
    /// What is said about links, by their ids in the result.
    pub(super) link_remarks: BTreeMap<String, LinkRemarks>,
}

pub(super) struct Relation<'a> {
    pub(super) line: usize,
    pub(super) name: &'a str,
    pub(super) role: &'a str,
    pub(super) from: &'a str,
    pub(super) to: &'a str,
    pub(super) remarks: LinkRemarks,
}

/// What the lines of a file gave.
pub(super) struct ReadLines {
    pub(super) document: DocumentRecord,
    /// What is said about links, by their ids.
    pub(super) link_remarks: BTreeMap<String, LinkRemarks>,
    pub(super) left_out: LeftOut,
}

impl<'a> Reader<'a> {
    /// Begins with a result that has a name and a text.
    pub(super) fn new(result: DocumentRecord, left_out: LeftOut, unit: UnitHint) -> Self {
        Self {
            result,
            left_out,
            unit,
            at: BTreeMap::new(),
            copies: BTreeMap::new(),
            events: BTreeMap::new(),
            relations: Vec::new(),
            remarks: Vec::new(),
            tag_notes: BTreeMap::new(),
            link_notes: BTreeMap::new(),
            document: DocumentNote::default(),
            link_remarks: BTreeMap::new(),
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
                Ok((name, Record::Note { kind, of, words })) if kind != TYPE => {
                    let rest = line.rest.iter().map(|(_, text)| *text);
                    let words: Vec<&str> = std::iter::once(words).chain(rest).collect();
                    self.remarks.push(Remark {
                        line: line.number,
                        name,
                        of,
                        what: What::note(kind, &words.join("\n")),
                    });
                    continue;
                }
                Ok((name, record)) => self.insert_record(line, name, record),
                Err(_) if line.text.is_empty() => {}
                Err(why) => {
                    self.leave_out(line.number, line.text, &why);
                    let tag = usize::from(line.text.starts_with('T'));
                    self.left_out.read(Content::Tag, tag);
                    self.left_out.tally.left_out.add(Content::Tag, tag);
                }
            }
            let rest = line.rest.iter().filter(|(_, text)| !text.trim().is_empty());
            for (number, text) in rest {
                let why = "it does not belong to a tag";
                self.leave_out(*number, text, why);
            }
        }
        self.left_out.read(Content::Tag, tags.len());
        self.left_out.read(Content::Document, 1);
        self.insert_tags(&tags);
        self.copy_shared_heads();
        self.apply_remarks();
        self.apply_own_notes(&tags);
        self.insert_relations();
        self.insert_events();
    }

    /// The result, and what was left out.
    pub(super) fn finish(mut self) -> ReadLines {
        let note = self.document;
        let mut note_counts = Counts::of(Content::Tag, note.blank_tags.len());
        note_counts.add(Content::Link, note.extra.links.len());
        for (id, remarks) in note.link_remarks {
            self.link_remarks.entry(id).or_insert(remarks);
        }
        let result = &mut self.result;
        let (annotator, people) = (result.annotator.clone(), std::mem::take(&mut result.people));
        note.extra.restore(result);
        if result.annotator.is_empty() {
            result.annotator = annotator;
        }
        for person in people {
            if !result.people.iter().any(|known| known.id == person.id) {
                result.people.push(person);
            }
        }
        let tally = &mut self.left_out.tally;
        tally.read.extend(note_counts);
        result.spans.extend(note.blank_tags);
        if let Some(text) = restore(&result.text, &note.line_ends) {
            result.text = text;
        }
        ReadLines {
            document: self.result,
            link_remarks: self.link_remarks,
            left_out: self.left_out,
        }
    }

    /// Notes a line that is left out, and why.
    pub(super) fn leave_out(&mut self, line: usize, text: &str, why: &str) {
        leave_out(&mut self.left_out, line, text, why);
    }

    fn insert_record(&mut self, line: &Line<'a>, name: &'a str, record: Record<'a>) {
        let number = line.number;
        let mut remark = |of, what| {
            self.remarks.push(Remark {
                line: number,
                name,
                of,
                what,
            });
        };
        match record {
            Record::Relation { role, from, to } => {
                self.insert_relation_line(number, name, role, from, to);
            }
            Record::Event {
                kind,
                trigger,
                parts,
            } => {
                if self.events.contains_key(name) {
                    let why = "an event of this name is there already";
                    self.leave_out(number, line.text, why);
                    return;
                }
                let event = Event {
                    line: number,
                    kind,
                    trigger,
                    parts,
                };
                self.events.insert(name, event);
            }
            Record::Attribute { key, of, value } => remark(of, What::Attribute(key, value)),
            Record::Reference {
                kind,
                of,
                to,
                name: entry,
            } => remark(of, What::reference(kind, to, entry)),
            Record::Equivalent(names) => {
                let pairs = names.iter().zip(names.iter().skip(1));
                for (from, to) in pairs {
                    self.insert_relation_line(number, "", "Equiv", from, to);
                }
            }
            Record::Note { kind, of, words } => {
                if !self.parse_own_note(number, name, of, words) {
                    let what = What::note(kind, words);
                    self.remarks.push(Remark {
                        line: number,
                        name,
                        of,
                        what,
                    });
                }
            }
            Record::Tag(_) => {}
        }
    }

    fn insert_relation_line(
        &mut self,
        line: usize,
        name: &'a str,
        role: &'a str,
        from: &'a str,
        to: &'a str,
    ) {
        self.relations.push(Relation {
            line,
            name,
            role,
            from,
            to,
            remarks: LinkRemarks::default(),
        });
    }

    /// Reads a note of ours; `false` where it is none.
    fn parse_own_note(&mut self, line: usize, name: &str, of: &str, words: &str) -> bool {
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
                self.document = note;
            }
        } else if of.starts_with('R') {
            if let Some(note) = own(&note, TYPE, line, left_out) {
                self.link_notes.insert(of, (line, note));
            }
        } else if let Some(note) = own(&note, TYPE, line, left_out) {
            self.tag_notes.insert(of, (line, note));
        }
        true
    }

    fn insert_tags(&mut self, tags: &[TagRecord<'a>]) {
        let text = CodePointIndex::new(&self.result.text);
        let placed = locate_tags(&text, tags, self.unit, &mut self.left_out);
        for LocatedTag {
            name,
            label,
            fragments,
        } in placed
        {
            if let Some(first) = self.at.get(name).and_then(|&at| self.result.spans.get(at)) {
                if first.label == label && first.fragments == fragments {
                    self.left_out.tally.merged.add(Content::Tag, 1);
                    continue;
                }
            } else {
                self.at.insert(name, self.result.spans.len());
            }
            self.result.spans.push(SpanRecord {
                id: name.to_owned(),
                label: label.to_owned(),
                fragments,
                ..SpanRecord::default()
            });
        }
    }

    /// Where several events begin at one tag, each after the first gets a copy of the tag, so that
    /// the parts of one are not those of another.
    fn copy_shared_heads(&mut self) {
        let mut events: Vec<(usize, &'a str)> = self
            .events
            .iter()
            .map(|(name, event)| (event.line, *name))
            .collect();
        events.sort_unstable();
        let mut begun = BTreeSet::new();
        for (_, name) in events {
            for head in heads_named(name, &self.events) {
                if head.event != Some(name) || begun.insert(head.tag) {
                    continue;
                }
                let original = self.at.get(head.tag);
                let Some(copy) = original.and_then(|&at| self.result.spans.get(at)).cloned() else {
                    continue;
                };
                self.left_out.tally.made.add(Content::Tag, 1);
                self.copies
                    .insert((name, head.tag), self.result.spans.len());
                self.result.spans.push(SpanRecord {
                    id: name.to_owned(),
                    ..copy
                });
            }
        }
    }

    /// Where the tag of a head is in the result.
    pub(super) fn place(&self, head: Head<'a>) -> Option<usize> {
        let copy = head
            .event
            .and_then(|event| self.copies.get(&(event, head.tag)));
        copy.or_else(|| self.at.get(head.tag)).copied()
    }

    /// The tags of a name, as indices into the result.
    pub(super) fn places(&self, name: &'a str) -> Vec<usize> {
        let heads = heads_named(name, &self.events).into_iter();
        heads.filter_map(|head| self.place(head)).collect()
    }

    fn apply_remarks(&mut self) {
        let remarks = std::mem::take(&mut self.remarks);
        let by_name: BTreeMap<&str, &Remark<'_>> = remarks.iter().map(|r| (r.name, r)).collect();
        for remark in &remarks {
            // What is said about a remark goes to what that one is about, with its words.
            let mut of = remark.of;
            let mut about = Vec::new();
            for _ in 0..remarks.len() {
                let Some(next) = by_name.get(of) else { break };
                if !matches!(next.what, What::Note(_)) {
                    about.push(next.what.shown());
                }
                if next.of == of {
                    break;
                }
                of = next.of;
            }
            let with_subject;
            let what = if about.is_empty() {
                &remark.what
            } else {
                with_subject = What::Note(format!("{}: {}", about.join(", "), remark.what.shown()));
                &with_subject
            };
            let mut used = false;
            for relation in self.relations.iter_mut().filter(|r| r.name == of) {
                what.apply_to_link(&mut relation.remarks);
                used = true;
            }
            let mut words = String::new();
            for at in self.places(of) {
                if let Some(span) = self.result.spans.get_mut(at) {
                    what.apply_to_span(span);
                    words = span_words(&self.result.text, span);
                    used = true;
                }
            }
            if !used {
                let shown = format!("{} about {}: {}", remark.name, remark.of, what.shown());
                let why = "what it is about is not there";
                self.leave_out(remark.line, &shown, why);
            } else if let What::Reference(to, name) = what
                && !self.result.people.iter().any(|person| person.id == *to)
                && self.result.spans.iter().any(|span| span.person == *to)
            {
                let name = match *name {
                    "" if words.is_empty() => to.clone(),
                    "" => words,
                    name => name.to_owned(),
                };
                self.result.people.push(PersonRecord {
                    id: to.clone(),
                    name,
                    external_id: to.clone(),
                    ..PersonRecord::default()
                });
            }
        }
    }

    /// What our own notes say about tags, if they are still about the same tags.
    fn apply_own_notes(&mut self, tags: &[TagRecord<'a>]) {
        let text = CodePointIndex::new(&self.result.text);
        let blank = self.document.blank_tags.iter();
        let mut ids: FreeIds = blank.map(|span| span.id.clone()).collect();
        let names: BTreeSet<&str> = tags.iter().map(|(name, _, _)| *name).collect();
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
                let extra = &note.extra;
                let said = !extra.note.is_empty()
                    || !extra.attributes.is_empty()
                    || !extra.person.is_empty()
                    || !note.links.is_empty();
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
                span.id = note.id;
                named.insert(at);
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
            span.note.clear();
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

    pub(super) fn id(&self, at: usize) -> String {
        let span = self.result.spans.get(at);
        span.map(|span| span.id.clone()).unwrap_or_default()
    }

    /// The ids of links that are not in brat.
    pub(super) fn ids_of_other_links(&self) -> FreeIds {
        let links = self.document.extra.links.iter();
        links.map(|link| link.id.clone()).collect()
    }
}

/// The words of a tag, in a line.
fn span_words(text: &str, span: &SpanRecord) -> String {
    let text = CodePointIndex::new(text);
    let parts = span.fragments.iter();
    let parts: Vec<&str> = parts.filter_map(|&[a, b]| text.slice(a, b)).collect();
    one_line(&parts.join(" "))
}
