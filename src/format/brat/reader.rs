use std::collections::{BTreeMap, BTreeSet};

use smol_str::SmolStr;

use super::events::{Event, Events, Head, heads_named, remove_missing};
use super::lines::{Line, cut, leave_out};
use super::locate_tags::{LocatedTag, TagRecord, locate_tags};
use super::notes::{DocumentNote, LinkNote, LinkRemarks, TYPE, TagNote};
use super::plain_text::restore;
use super::record::{Record, record};
use super::remarks::{Remark, What};
use crate::format::counting::UnitHint;
use crate::format::draining::Draining;
use crate::format::free_ids::FreeIds;
use crate::format::interchange::{DocumentRecord, PersonRecord, SpanRecord};
use crate::format::left_out::LeftOut;
use crate::format::limits::{MOST_ENDS, within};
use crate::format::tally::{Content, Counts};
use crate::text::CodePointIndex;
use crate::text::wording::one_line;

/// What is said of a line that is there again.
pub(super) const TWICE: &str = "lines that are there twice are read once";

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
    /// The lines that say something about something else.
    remarks: Vec<&'a Line<'a>>,
    pub(super) tag_notes: BTreeMap<String, (usize, TagNote)>,
    pub(super) link_notes: BTreeMap<String, (usize, LinkNote)>,
    pub(super) document: DocumentNote,
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
                Ok((_, Record::Note { kind, .. })) if kind != TYPE => {
                    self.remarks.push(line);
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
        let names = self.insert_tags(tags);
        let missing = remove_missing(&mut self.events, |tag| self.at.contains_key(tag));
        for (line, shown, why) in missing {
            self.leave_out(line, &shown, why);
        }
        self.copy_shared_heads();
        self.keep_event_types();
        self.apply_remarks();
        self.apply_own_notes(&names);
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
        result.read_facts(1, &mut self.left_out);
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

    fn insert_record(&mut self, line: &'a Line<'a>, name: &'a str, record: Record<'a>) {
        let number = line.number;
        match record {
            Record::Relation {
                role,
                from,
                to,
                named,
            } => {
                if named {
                    let why = "the ends of relations have no names here; the first is where the link begins";
                    self.left_out.remark(number, why, cut(line.text));
                }
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
                if let Err(why) = within(parts.len(), MOST_ENDS, "ends of one event") {
                    self.leave_out(number, line.text, &why);
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
            Record::Attribute { .. } | Record::Reference { .. } => self.remarks.push(line),
            Record::Equivalent(kind, names) => {
                let pairs = names.iter().zip(names.iter().skip(1));
                for (from, to) in pairs {
                    self.insert_relation_line(number, "", kind, from, to);
                }
            }
            Record::Note { of, words, .. } => {
                if !self.parse_own_note(number, name, of, words) {
                    self.remarks.push(line);
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

    /// The names of the tags in the file.
    fn insert_tags(&mut self, tags: Vec<TagRecord<'a>>) -> Vec<&'a str> {
        let text = CodePointIndex::new(&self.result.text);
        let placed = locate_tags(&text, &tags, self.unit, &mut self.left_out);
        let names = Draining::new(tags).map(|(name, ..)| name).collect();
        for LocatedTag {
            line,
            name,
            label,
            fragments,
        } in Draining::new(placed)
        {
            if let Some(first) = self.at.get(name).and_then(|&at| self.result.spans.get(at)) {
                if first.label == label && first.fragments == fragments {
                    self.left_out.remark(line.number, TWICE, cut(line.text));
                    self.left_out.tally.merged.add(Content::Tag, 1);
                    continue;
                }
                let why = "a tag of this name is there already; it gets another name here, and \
                           what is said about the name is said about the first";
                self.left_out.remark(line.number, why, cut(line.text));
            } else {
                self.at.insert(name, self.result.spans.len());
            }
            self.result.spans.push(SpanRecord {
                id: name.into(),
                label: label.into(),
                fragments,
                ..SpanRecord::default()
            });
        }
        names
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
                    id: name.into(),
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
        let read = || remarks.iter().filter_map(|line| Remark::of_line(line));
        // Few are about others.
        let about_others = read().map(|remark| remark.of);
        let about_others: BTreeSet<&str> = about_others.filter(|of| Remark::is_name(of)).collect();
        let named = read().filter(|remark| about_others.contains(remark.name));
        let by_name: BTreeMap<&str, Remark<'_>> = named.map(|r| (r.name, r)).collect();
        for remark in read() {
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
                    id: to.clone().into(),
                    name,
                    external_id: to.clone(),
                    ..PersonRecord::default()
                });
            }
        }
    }

    pub(super) fn id(&self, at: usize) -> SmolStr {
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
