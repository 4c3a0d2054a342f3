use std::collections::BTreeMap;

use rayon::prelude::*;
use smol_str::SmolStr;

use super::header_fact::header_fact;
use super::read::{RawField, RawRecord, RawSidecar};
use super::record::{
    AnnotationRecord, LinkRecord, PersonRecord, SourceRecord, WireState, WireVerdict, options,
    parse,
};
use super::unplaced::lost_words;
use super::write::IN_SOURCE;
use super::{DAMAGED, SidecarContents, VERSION};
use crate::model::{
    Annotation, AnnotationId, AnnotationSet, DocumentMeta, Fragments, Link, LinkId, Origin, Person,
    PersonId, RecordClash, UnknownField, UnreadRecord, Verdict,
};
use crate::text::{SourceText, TextRange};

/// Interprets a parsed file.
pub(super) fn interpret(raw: RawSidecar<'_>, source: &SourceText) -> SidecarContents {
    let mut contents = SidecarContents {
        set: AnnotationSet::default(),
        meta: DocumentMeta::default(),
        unread: Vec::new(),
        version: VERSION,
        newer: false,
        source_sha256: String::new(),
        source_matches: false,
        clashes: Vec::new(),
        salvaged: raw.salvaged,
    };
    let mut clashes = Vec::new();
    let mut said: BTreeMap<&str, &str> = BTreeMap::new();
    for field in &raw.fields {
        let before = said.insert(&field.name, field.raw);
        let read = match before {
            Some(before) if before == field.raw => continue,
            Some(_) => Err("the header has this twice with different values".to_owned()),
            None => contents.header_field(field),
        };
        if let Err(reason) = read {
            contents.salvaged = true;
            clashes.push(UnreadRecord {
                list: DAMAGED.to_owned(),
                raw: format!("{}: {}", field.name, field.raw),
                reason,
                line: field.line,
                clash: before.and_then(|_| clash_in_header(field, &contents.meta)),
            });
        }
    }
    // In the order they are written, so that a file reads back as the document it came from.
    let unknown = &mut contents.meta.unknown;
    unknown.sort_by_key(|field| !field.name.starts_with(IN_SOURCE));
    contents.source_matches = contents.source_sha256 == source.sha256();
    for record in raw.people {
        contents.person(record);
    }
    let own = contents.own_origin();
    let read: Vec<_> = raw
        .annotations
        .into_par_iter()
        // To wake another core takes longer than to read a few.
        .with_min_len(1024)
        .map(|record| {
            let read = read_annotation(&record.raw, source, || own.clone());
            (record, read)
        })
        .collect();
    for (record, read) in read {
        contents.annotation(record, read);
    }
    for record in raw.links {
        contents.link(record);
    }
    for record in raw.lost {
        let words = lost_words(&record.raw);
        contents.unread(UnreadRecord::LOST, record, words);
    }
    for record in raw.damaged {
        contents.damaged(record);
    }
    contents.unread.append(&mut clashes);
    contents
}

impl SidecarContents {
    fn header_field(&mut self, field: &RawField<'_>) -> Result<(), String> {
        match &*field.name {
            "version" => {
                let version = options().from_str(field.raw);
                self.newer = !version.as_ref().is_ok_and(|&version| version <= VERSION);
                self.version = version.map_err(|error| error.code.to_string())?;
            }
            "source" => {
                let (source, unknown) = parse::<SourceRecord>(field.raw)?;
                self.source_sha256 = source.sha256;
                let unknown = unknown.into_iter().map(|field| UnknownField {
                    name: format!("{IN_SOURCE}{}", field.name),
                    ..field
                });
                self.meta.unknown.extend(unknown);
            }
            "annotator" => {
                let name = options().from_str::<Option<SmolStr>>(field.raw);
                self.meta.annotator = name.map_err(|error| error.code.to_string())?;
            }
            "state" => {
                let state = options().from_str::<WireState>(field.raw);
                self.meta.state = state.map_err(|error| error.code.to_string())?.into();
            }
            name => self.meta.unknown.push(UnknownField {
                name: name.to_owned(),
                raw: field.raw.to_owned(),
            }),
        }
        Ok(())
    }

    pub(super) fn unread(&mut self, list: &str, record: RawRecord<'_>, why: impl Into<Unread>) {
        let why = why.into();
        self.unread.push(UnreadRecord {
            list: list.to_owned(),
            raw: record.raw.into_owned(),
            reason: why.reason,
            line: record.line,
            clash: why.clash,
        });
    }

    /// A line that is not a record: damaged, or a header field of another version of the file.
    fn damaged(&mut self, record: RawRecord<'_>) {
        if header_fact(&record.raw).is_some_and(|fact| fact.is_said(&self.meta)) {
            return;
        }
        let clash = clash_of(&record.raw, &self.meta);
        let reason = match &clash {
            Some(_) => "the header has another value",
            None => "the line is damaged",
        };
        let reason = reason.to_owned();
        self.unread(DAMAGED, record, Unread { reason, clash });
    }

    /// The author of a record that has none.
    pub(super) fn own_origin(&self) -> Origin {
        Origin::Annotator(self.meta.annotator.clone().unwrap_or_default())
    }

    fn person(&mut self, record: RawRecord<'_>) {
        let read = read_person(&record.raw);
        match settle(read, |new| self.set.person(&new.id)) {
            Ok(Some(person)) => drop(self.set.insert_person(person)),
            Ok(None) => {}
            Err(why) => self.unread("people", record, why),
        }
    }

    fn annotation(&mut self, record: RawRecord<'_>, read: Result<Annotation, String>) {
        match settle(read, |new| self.set.annotation(&new.id)) {
            Ok(Some(annotation)) => drop(self.set.insert_annotation(annotation)),
            Ok(None) => {}
            Err(why) => self.unread("annotations", record, why),
        }
    }

    fn link(&mut self, record: RawRecord<'_>) {
        let read = read_link(&record.raw, || self.own_origin());
        match settle(read, |new| self.set.link(&new.id)) {
            Ok(Some(link)) => drop(self.set.insert_link(link)),
            Ok(None) => {}
            Err(why) => self.unread("links", record, why),
        }
    }
}

/// Whether a line contradicts the header.
fn clash_of(line: &str, meta: &DocumentMeta) -> Option<RecordClash> {
    let fact = header_fact(line).filter(|fact| !fact.is_said(meta))?;
    Some(RecordClash {
        id: fact.name().into(),
        differs: vec![format!("`{}`", fact.name())],
    })
}

fn clash_in_header(field: &RawField<'_>, meta: &DocumentMeta) -> Option<RecordClash> {
    clash_of(&format!("{}: {}", field.name, field.raw), meta)
}

/// A record of a list, read alone.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum OneRecord {
    /// Of `annotations`.
    Annotation(Annotation),
    /// Of `links`.
    Link(Link),
    /// Of `people`.
    Person(Person),
}

/// Reads one record of the list with this name, as in a file of `annotator` about `source`.
///
/// # Errors
/// Why it cannot be read, in words.
pub fn read_record(
    list: &str,
    raw: &str,
    source: &SourceText,
    annotator: Option<&SmolStr>,
) -> Result<OneRecord, String> {
    let own = || Origin::Annotator(annotator.cloned().unwrap_or_default());
    match list {
        "annotations" => read_annotation(raw, source, own).map(OneRecord::Annotation),
        "links" => read_link(raw, own).map(OneRecord::Link),
        "people" => read_person(raw).map(OneRecord::Person),
        _ => Err("it does not belong to any list".to_owned()),
    }
}

/// Why a record is carried along instead of shown.
pub(super) struct Unread {
    pub(super) reason: String,
    pub(super) clash: Option<RecordClash>,
}

impl From<String> for Unread {
    fn from(reason: String) -> Self {
        let clash = None;
        Self { reason, clash }
    }
}

/// What to do with a record: take it, or with `None` leave it, as the same is there already.
fn settle<'a, T: Entry + 'a>(
    read: Result<T, String>,
    there: impl FnOnce(&T) -> Option<&'a T>,
) -> Result<Option<T>, Unread> {
    let new = read?;
    match there(&new) {
        None => Ok(Some(new)),
        Some(old) if *old == new => Ok(None),
        Some(old) => Err(Unread {
            reason: "another record has the same id and differs; keep one of the two".to_owned(),
            clash: Some(RecordClash {
                id: new.name().into(),
                differs: old.changed_fields(&new),
            }),
        }),
    }
}

/// A record with an id.
trait Entry: PartialEq {
    fn name(&self) -> &str;
    fn changed_fields(&self, other: &Self) -> Vec<String>;
}

macro_rules! entries {
    ($($entry:ty),+) => {$(
        impl Entry for $entry {
            fn name(&self) -> &str {
                self.id.as_str()
            }

            fn changed_fields(&self, other: &Self) -> Vec<String> {
                self.changed_fields(other)
            }
        }
    )+};
}

entries!(Annotation, Link, Person);

pub(super) fn checked(id: &SmolStr) -> Result<&str, String> {
    if id.is_empty() {
        return Err("its id is empty; give it one".to_owned());
    }
    Ok(id)
}

pub(in crate::format) fn read_person(raw: &str) -> Result<Person, String> {
    let (record, unknown) = parse::<PersonRecord>(raw)?;
    Ok(Person {
        kind: record.kind.into(),
        aliases: record.aliases,
        role: record.role,
        external_id: record.external_id,
        unknown,
        ..Person::new(PersonId::new(checked(&record.id)?), record.name)
    })
}

pub(in crate::format) fn read_annotation(
    raw: &str,
    source: &SourceText,
    own: impl FnOnce() -> Origin,
) -> Result<Annotation, String> {
    let (record, unknown) = parse::<AnnotationRecord>(raw)?;
    let fragments = place(&record.at, &record.text, source)?;
    annotation_at(fragments, record, unknown, own)
}

/// A record as a tag that is at `fragments`.
pub(super) fn annotation_at(
    fragments: Fragments,
    record: AnnotationRecord,
    unknown: Vec<UnknownField>,
    own: impl FnOnce() -> Origin,
) -> Result<Annotation, String> {
    checked(&record.id)?;
    Ok(annotation_of(fragments, record, unknown, own))
}

/// The same where the id is known to be one.
pub(super) fn annotation_of(
    fragments: Fragments,
    record: AnnotationRecord,
    unknown: Vec<UnknownField>,
    own: impl FnOnce() -> Origin,
) -> Annotation {
    let origin = record.by.map_or_else(own, Origin::from);
    // A program's suggestion is not a tag until someone accepts it.
    let verdict = match (record.verdict, &origin) {
        (Some(verdict), _) => verdict.into(),
        (None, Origin::Suggester(_)) => Verdict::Open,
        (None, _) => WireVerdict::default().into(),
    };
    Annotation {
        attributes: record.attributes.0,
        person: record.person.map(PersonId::new),
        verdict,
        review: record.review.into(),
        note: record.note,
        former_words: record.was,
        unknown,
        ..Annotation::new(
            AnnotationId::new(record.id),
            record.label,
            fragments,
            origin,
        )
    }
}

/// The places in bytes, where the words there are the words of the record. Whether a record can be
/// read never depends on the hash in the header, so that saving does not change the answer.
pub(super) fn place(
    at: &[(u32, u32)],
    words: &[String],
    source: &SourceText,
) -> Result<Fragments, String> {
    if at.len() != words.len() {
        return Err(format!(
            "it has {} ranges (`at`) but {} texts (`text`); give one text for each range",
            at.len(),
            words.len()
        ));
    }
    let mut ranges = Vec::with_capacity(at.len());
    for (&(start, end), words) in at.iter().zip(words) {
        if start >= end {
            return Err(format!("its range ({start}, {end}) is empty"));
        }
        let bounds = source.byte_of_char(start).zip(source.byte_of_char(end));
        let Some((from, to)) = bounds else {
            return Err(format!(
                "its range ({start}, {end}) is outside the text, which has {} characters",
                source.chars()
            ));
        };
        let range = TextRange::new(from, to);
        if source.get(range) != Some(words) {
            return Err(format!(
                "the text at ({start}, {end}) is {}, not {}",
                quoted(source.slice(range)),
                quoted(words)
            ));
        }
        ranges.push(range);
    }
    Fragments::new(ranges).map_err(|error| error.to_string())
}

/// The start of some words, to be shown within a message.
fn quoted(words: &str) -> String {
    const SHOWN: usize = 40;
    match words.char_indices().nth(SHOWN) {
        Some((end, _)) => format!("“{}…”", words.get(..end).unwrap_or_default()),
        None => format!("“{words}”"),
    }
}

pub(in crate::format) fn read_link(
    raw: &str,
    own: impl FnOnce() -> Origin,
) -> Result<Link, String> {
    let (record, unknown) = parse::<LinkRecord>(raw)?;
    Ok(Link {
        confirmed: record.confirmed,
        unknown,
        ..Link::new(
            LinkId::new(checked(&record.id)?),
            record.role,
            AnnotationId::new(record.from),
            record.to.into(),
            record.by.map_or_else(own, Origin::from),
        )
    })
}
