//! One record, and its fields.

use smol_str::SmolStr;
use thin_vec::{ThinVec, thin_vec};

use crate::format::sidecar::read_record::{
    annotation_at, read_decision, read_link, read_peer_review, read_person, read_sitting,
    read_suppression,
};
use crate::format::sidecar::record::{
    AnnotationRecord, DecisionRecord, LinkRecord, PeerReviewRecord, PersonRecord, Record,
    SittingRecord, SuppressionRecord, fields, options, parse, trimmed,
};
use crate::format::sidecar::ron_text::field_name;
use crate::format::sidecar::ron_text::push_string;
use crate::format::sidecar::write::{
    annotation_record, decision_record, link_record, peer_review_record, person_record,
    sitting_record, suppression_record,
};
use crate::model::{FindingSubject, Fragments, Origin, ReviewKey, Target};
use crate::text::TextRange;

/// No annotator has this name, so every record names its author while versions are compared.
const NOBODY: &str = "\0";

/// The list a record is in.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub(super) enum Kind {
    Sittings,
    People,
    Annotations,
    Links,
    Reviews,
    Decisions,
    Ignored,
}

/// All of them, in the order of the file.
pub(super) const LISTS: [Kind; 7] = [
    Kind::Sittings,
    Kind::People,
    Kind::Annotations,
    Kind::Links,
    Kind::Reviews,
    Kind::Decisions,
    Kind::Ignored,
];

impl Kind {
    /// The list's name.
    pub(super) fn name(self) -> &'static str {
        match self {
            Self::Sittings => "sittings",
            Self::People => "people",
            Self::Annotations => "annotations",
            Self::Links => "links",
            Self::Reviews => "reviews",
            Self::Decisions => "decisions",
            Self::Ignored => "ignored",
        }
    }

    /// Its place among [`LISTS`].
    pub(super) fn index(self) -> usize {
        match self {
            Self::Sittings => 0,
            Self::People => 1,
            Self::Annotations => 2,
            Self::Links => 3,
            Self::Reviews => 4,
            Self::Decisions => 5,
            Self::Ignored => 6,
        }
    }

    /// Whether the list is written also when empty.
    pub(super) fn is_always_written(self) -> bool {
        match self {
            Self::People | Self::Annotations | Self::Links => true,
            Self::Sittings | Self::Reviews | Self::Decisions | Self::Ignored => false,
        }
    }

    /// The fields that name a record.
    fn id_fields(self) -> &'static [&'static str] {
        match self {
            Self::People | Self::Annotations | Self::Links => &["id"],
            Self::Sittings => &["by", "start"],
            Self::Reviews | Self::Decisions => &["of", "tag"],
            Self::Ignored => &["rule", "tag", "words"],
        }
    }

    fn record_name(self) -> &'static str {
        match self {
            Self::Sittings => SittingRecord::NAME,
            Self::Reviews => PeerReviewRecord::NAME,
            Self::Decisions => DecisionRecord::NAME,
            Self::Ignored => SuppressionRecord::NAME,
            Self::People => PersonRecord::NAME,
            Self::Annotations => AnnotationRecord::NAME,
            Self::Links => LinkRecord::NAME,
        }
    }

    fn fields(self) -> &'static [&'static str] {
        match self {
            Self::Sittings => SittingRecord::FIELDS,
            Self::Reviews => PeerReviewRecord::FIELDS,
            Self::Decisions => DecisionRecord::FIELDS,
            Self::Ignored => SuppressionRecord::FIELDS,
            Self::People => PersonRecord::FIELDS,
            Self::Annotations => AnnotationRecord::FIELDS,
            Self::Links => LinkRecord::FIELDS,
        }
    }
}

/// A record of one version of the file.
#[derive(Debug, Clone)]
pub(super) struct Entry {
    /// Empty where it has none that can be read.
    pub(super) id: SmolStr,
    /// Canonical where it is `known`, with who made it said; else as it was in the file.
    pub(super) raw: SmolStr,
    /// Whether this version can read it, but for the article.
    pub(super) known: bool,
    /// Where a tag starts and ends, in code points.
    pub(super) place: (u32, u32),
    /// Records it refers to: the person of a tag, the ends of a link.
    pub(super) needs: ThinVec<(Kind, SmolStr)>,
    /// Line of its file, from 1.
    pub(super) line: usize,
}

impl Entry {
    /// Reads one record of a file of `annotator`.
    pub(super) fn read(kind: Kind, raw: &str, annotator: &str, line: usize) -> Self {
        let known = known(kind, raw, annotator, NOBODY);
        let mut entry = known.unwrap_or_else(|| Self {
            id: id_of(kind, raw),
            raw: raw.into(),
            known: false,
            place: (0, 0),
            needs: ThinVec::new(),
            line: 0,
        });
        entry.line = line;
        entry
    }

    /// What distinguishes it from others of its list that this version cannot read.
    pub(super) fn key(&self) -> &str {
        if self.known || self.id.is_empty() {
            &self.raw
        } else {
            &self.id
        }
    }

    /// As it is in a file of `annotator`.
    pub(super) fn text(&self, kind: Kind, annotator: &str) -> SmolStr {
        let known = self
            .known
            .then(|| known(kind, &self.raw, annotator, annotator));
        known
            .flatten()
            .map_or_else(|| self.raw.clone(), |entry| entry.raw)
    }

    /// Its fields, in order; an attribute is a field of its own, place and words are one.
    pub(super) fn fields(&self, kind: Kind) -> Vec<Field> {
        let Ok(found) = fields(kind.record_name(), &self.raw) else {
            return Vec::new();
        };
        let mut all: Vec<Field> = Vec::with_capacity(found.len());
        let words = found.iter().find(|(name, _)| name == "text");
        let at = found.iter().any(|(name, _)| name == "at");
        let words = words.filter(|_| at).map(|(_, value)| trimmed(value));
        for (name, value) in &found {
            let raw = trimmed(value).to_owned();
            match name.as_str() {
                "at" => all.push(Field {
                    key: Key::Field(name.to_string()),
                    value: Value {
                        raw,
                        words: words.map(str::to_owned),
                    },
                }),
                "text" if words.is_some() => {}
                "attributes" if self.known => match attributes(&raw) {
                    Some(attributes) => all.extend(attributes),
                    None => all.push(Field::new(Key::Field(name.to_string()), raw)),
                },
                _ => all.push(Field::new(Key::Field(name.to_string()), raw)),
            }
        }
        all
    }

    /// Puts a record together of its fields.
    pub(super) fn of_fields(kind: Kind, fields: &[Field], line: usize) -> Self {
        let mut parts: Vec<String> = Vec::with_capacity(fields.len());
        let mut known: Vec<&Field> = fields.iter().collect();
        let order = |field: &&Field| {
            let all = kind.fields();
            let place = all.iter().position(|name| *name == field.key.name());
            place.unwrap_or(all.len())
        };
        known.sort_by_key(order);
        let mut attributes = String::new();
        for field in &known {
            if let Key::Attribute(name) = &field.key {
                attributes.push_str(if attributes.is_empty() { "{" } else { ", " });
                push_string(&mut attributes, name);
                attributes.push_str(": ");
                attributes.push_str(&field.value.raw);
            }
        }
        for field in known {
            match &field.key {
                Key::Attribute(_) if attributes.is_empty() => {}
                Key::Attribute(_) => {
                    parts.push(format!("attributes: {}}}", std::mem::take(&mut attributes)));
                }
                Key::Field(name) => {
                    parts.push(format!("{}: {}", field_name(name), field.value.raw));
                    if let Some(words) = &field.value.words {
                        parts.push(format!("text: {words}"));
                    }
                }
            }
        }
        Self::read(kind, &format!("({})", parts.join(", ")), "", line)
    }
}

/// What a field is called.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) enum Key {
    Field(String),
    Attribute(String),
}

impl Key {
    fn name(&self) -> &str {
        match self {
            Self::Field(name) => name,
            Self::Attribute(_) => "attributes",
        }
    }

    /// For people: `note`, `attributes.form`, `at and text`.
    pub(super) fn words(&self) -> String {
        match self {
            Self::Field(name) if name == "at" => "`at` and `text`".to_owned(),
            Self::Field(name) => format!("`{name}`"),
            Self::Attribute(name) => format!("the attribute `{name}`"),
        }
    }
}

/// A field's value as it is written.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Value {
    pub(super) raw: String,
    /// The words that belong to a place.
    pub(super) words: Option<String>,
}

/// A field of a record.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Field {
    pub(super) key: Key,
    pub(super) value: Value,
}

impl Field {
    pub(super) fn new(key: Key, raw: String) -> Self {
        let value = Value { raw, words: None };
        Self { key, value }
    }
}

/// The attributes of a known record, which is canonical; `None` where they are carried along unread.
fn attributes(raw: &str) -> Option<Vec<Field>> {
    let read = options().from_str::<std::collections::BTreeMap<String, String>>(raw);
    let read = read.ok()?;
    let field = |(name, value): (String, String)| {
        let mut raw = String::new();
        push_string(&mut raw, &value);
        Field::new(Key::Attribute(name), raw)
    };
    Some(read.into_iter().map(field).collect())
}

fn id_of(kind: Kind, raw: &str) -> SmolStr {
    let Ok(fields) = fields(kind.record_name(), raw) else {
        return SmolStr::default();
    };
    let part = |name: &&str| {
        let (_, value) = fields.iter().find(|(known, _)| known == name)?;
        options().from_str::<SmolStr>(trimmed(value)).ok()
    };
    let parts: Option<Vec<SmolStr>> = kind.id_fields().iter().map(part).collect();
    parts.map_or_else(SmolStr::default, |parts| id_of_parts(&parts))
}

/// Between the parts of an id. Ids of parts sort as their parts do, whatever characters are in them.
const BETWEEN_PARTS: &str = "\0\0";

pub(super) fn id_of_parts(parts: &[impl AsRef<str>]) -> SmolStr {
    let parts = parts
        .iter()
        .map(|part| part.as_ref().replace('\0', "\0\u{1}"));
    SmolStr::from(parts.collect::<Vec<_>>().join(BETWEEN_PARTS))
}

/// An id as people read it.
pub(super) fn id_for_people(id: &str) -> SmolStr {
    let parts = id.split(BETWEEN_PARTS);
    let parts: Vec<&str> = parts.filter(|part| !part.is_empty()).collect();
    parts.join("/").replace("\0\u{1}", "\0").into()
}

fn id_of_key(key: &ReviewKey) -> SmolStr {
    id_of_parts(&[key.of.as_str(), key.tag.as_str()])
}

/// Reads a record of a file of `annotator` and writes it for a file of `into`.
fn known(kind: Kind, raw: &str, annotator: &str, into: &str) -> Option<Entry> {
    let own = || Origin::Annotator(annotator.into());
    let mut entry = Entry {
        id: SmolStr::default(),
        raw: SmolStr::default(),
        known: true,
        place: (0, 0),
        needs: ThinVec::new(),
        line: 0,
    };
    match kind {
        Kind::Sittings => {
            let sitting = read_sitting(raw).ok()?;
            entry.id = id_of_parts(&[sitting.by.as_str(), &sitting.start.to_string()]);
            entry.raw = sitting_record(&sitting).into();
        }
        Kind::Reviews => {
            let review = read_peer_review(raw).ok()?;
            entry.id = id_of_key(&review.key);
            entry.raw = peer_review_record(&review).into();
        }
        Kind::Decisions => {
            let decision = read_decision(raw).ok()?;
            entry.id = id_of_key(&decision.key);
            entry.raw = decision_record(&decision).into();
        }
        Kind::Ignored => {
            let one = read_suppression(raw).ok()?;
            let about = match &one.key.about {
                FindingSubject::Tag(_) => "",
                FindingSubject::Words(_) => "words",
            };
            entry.id = id_of_parts(&[&one.key.rule, about, one.key.about_words()]);
            entry.raw = suppression_record(&one).into();
        }
        Kind::People => {
            let person = read_person(raw).ok()?;
            entry.id = person.id.as_str().into();
            entry.raw = person_record(&person).into();
        }
        Kind::Links => {
            let link = read_link(raw, own).ok()?;
            entry.id = link.id.as_str().into();
            entry.needs = thin_vec![(Kind::Annotations, link.from.as_str().into())];
            match &link.to {
                Target::Annotation(id) => {
                    entry.needs.push((Kind::Annotations, id.as_str().into()));
                }
                Target::Person(id) => entry.needs.push((Kind::People, id.as_str().into())),
                Target::NotGiven => {}
            }
            entry.raw = link_record(&link, into).into();
        }
        Kind::Annotations => {
            let (record, unknown) = parse::<AnnotationRecord>(raw).ok()?;
            if record.at.len() != record.text.len() {
                return None;
            }
            let ordered = record.at.iter().all(|&(start, end)| start < end);
            let range = |&(start, end): &(u32, u32)| TextRange::new(start.into(), end.into());
            let ranges = ordered.then(|| record.at.iter().map(range).collect())?;
            let fragments = Fragments::new(ranges).ok()?;
            let words = record.text.clone();
            let tag = annotation_at(fragments, record, unknown, own).ok()?;
            entry.id = tag.id.as_str().into();
            entry.place = (tag.fragments.start().into(), tag.fragments.end().into());
            if let Some(person) = &tag.person {
                entry.needs.push((Kind::People, person.as_str().into()));
            }
            entry.raw = annotation_record(&tag, &words, into).into();
        }
    }
    Some(entry)
}
