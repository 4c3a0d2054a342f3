//! What formats of other tools have no field for, in one object of our own that they carry along.
//! Empty fields are left out.

use ecow::EcoString;
use serde::{Deserialize, Serialize};
use serde_json::Value;
use smol_str::SmolStr;

use super::{
    AttributeList, AttributeRecord, BoundedList, DocumentRecord, LinkRecord, PersonRecord, Rare,
    SpanRecord,
};
use crate::format::tally::{Content, Counts};
use crate::model::Review;

/// Adds an attribute under its name, or where that has another value, under a numbered one. `false`
/// where it is there already.
pub(in crate::format) fn add_attribute(
    list: &mut AttributeList,
    key: &str,
    value: impl Into<EcoString>,
) -> bool {
    list.add(key, value)
}

/// Adds a line to a note unless it is that; gives how many notes of the two are none any more.
pub(in crate::format) fn join_notes(note: &mut String, more: &str) -> usize {
    if more.is_empty() {
        return 0;
    }
    if note.is_empty() {
        more.clone_into(note);
        return 0;
    }
    if note != more {
        note.push('\n');
        note.push_str(more);
    }
    1
}

/// Facts of a document as a whole.
#[derive(Debug, Clone, Default, Serialize, Deserialize)]
#[serde(default)]
pub(in crate::format) struct DocumentExtra {
    #[serde(skip_serializing_if = "String::is_empty")]
    pub(in crate::format) id: String,
    #[serde(skip_serializing_if = "String::is_empty")]
    pub(in crate::format) annotator: String,
    #[serde(skip_serializing_if = "String::is_empty")]
    pub(in crate::format) state: String,
    #[serde(skip_serializing_if = "BoundedList::is_none")]
    pub(in crate::format) people: BoundedList<PersonRecord>,
    /// Links to a person, to no speaker, or to a missing tag.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub(in crate::format) links: Vec<LinkRecord>,
    /// What is known about the article.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub(in crate::format) facts: Option<Value>,
}

/// Facts of a tag.
#[derive(Debug, Clone, Default, Serialize, Deserialize)]
#[serde(default)]
pub(in crate::format) struct SpanExtra {
    #[serde(skip_serializing_if = "AttributeList::none")]
    pub(in crate::format) attributes: AttributeList,
    #[serde(skip_serializing_if = "Rare::none")]
    pub(in crate::format) person: Rare<SmolStr>,
    #[serde(skip_serializing_if = "Rare::none")]
    pub(in crate::format) by: Rare<Option<SmolStr>>,
    #[serde(skip_serializing_if = "Rare::none")]
    pub(in crate::format) verdict: Rare<SmolStr>,
    #[serde(skip_serializing_if = "Rare::none")]
    pub(in crate::format) review: Rare<SmolStr>,
    #[serde(skip_serializing_if = "Rare::none")]
    pub(in crate::format) note: Rare<String>,
}

/// Facts of a link.
#[derive(Debug, Clone, Default, Serialize, Deserialize)]
#[serde(default)]
pub(in crate::format) struct LinkExtra {
    pub(in crate::format) id: SmolStr,
    pub(in crate::format) from: SmolStr,
    pub(in crate::format) to: SmolStr,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub(in crate::format) confirmed: Option<bool>,
    #[serde(skip_serializing_if = "Rare::none")]
    pub(in crate::format) by: Rare<Option<SmolStr>>,
    #[serde(skip_serializing_if = "AttributeList::none")]
    pub(in crate::format) attributes: AttributeList,
    #[serde(skip_serializing_if = "Rare::none")]
    pub(in crate::format) note: Rare<String>,
}

impl DocumentExtra {
    /// Takes out of a record what is in no other place of the format: all links but those between tags
    /// that are there.
    pub(in crate::format) fn extract(record: &mut DocumentRecord) -> Self {
        let tags: std::collections::BTreeSet<&str> =
            record.spans.iter().map(|span| &*span.id).collect();
        let between = |link: &LinkRecord| {
            link.to_kind == "annotation" && tags.contains(&*link.from) && tags.contains(&*link.to)
        };
        let (links, other): (Vec<_>, Vec<_>) = std::mem::take(&mut record.links)
            .into_iter()
            .partition(between);
        record.links = links.into();
        Self {
            id: record.id.clone(),
            annotator: std::mem::take(&mut record.annotator),
            state: std::mem::take(&mut record.state),
            people: std::mem::take(&mut record.people),
            links: other,
            facts: record.facts.take(),
        }
    }

    /// Puts it back into a record.
    pub(in crate::format) fn restore(self, record: &mut DocumentRecord) {
        if !self.id.is_empty() {
            record.id = self.id;
        }
        record.annotator = self.annotator;
        record.state = self.state;
        record.people = self.people;
        record.links.extend(self.links);
        record.facts = self.facts;
    }
}

impl SpanExtra {
    /// The facts of a tag beyond label and range.
    pub(in crate::format) fn extract(span: &mut SpanRecord) -> Self {
        Self {
            attributes: std::mem::take(&mut span.attributes),
            person: std::mem::take(&mut span.person),
            by: std::mem::take(&mut span.by),
            verdict: std::mem::take(&mut span.verdict),
            review: std::mem::take(&mut span.review),
            note: std::mem::take(&mut span.note),
        }
    }

    /// Puts it back into a tag, before what other tools say about it. Gives what became one with
    /// something else.
    pub(in crate::format) fn restore(self, span: &mut SpanRecord) -> Counts {
        let attributes = std::mem::replace(&mut span.attributes, self.attributes);
        let note = std::mem::replace(&mut span.note, self.note);
        span.person = self.person;
        span.by = self.by;
        span.verdict = self.verdict;
        span.review = self.review;
        let mut merged = Counts::default();
        for AttributeRecord { key, value } in attributes {
            let added = add_attribute(&mut span.attributes, &key, value);
            merged.add(Content::Attribute, usize::from(!added));
        }
        if !note.is_empty() {
            merged.add(Content::Note, join_notes(&mut span.note, &note));
        }
        merged
    }

    /// Its attributes and its note.
    pub(in crate::format) fn counts(&self) -> Counts {
        facts(&self.attributes, &self.note)
    }

    /// Everything in it, for messages: with a comma before each.
    pub(in crate::format) fn said(&self) -> String {
        let mut shown = said(&self.attributes, &self.note);
        shown.push_str(&by_whom(self.by.as_deref()));
        for (name, value) in [
            ("person", &self.person),
            ("verdict", &self.verdict),
            ("review", &self.review),
        ] {
            // What every new tag has is not worth telling.
            if !value.is_empty() && Review::from_word(value) != Some(Review::Unreviewed) {
                shown.push_str(&format!(", {name}: “{value}”"));
            }
        }
        shown
    }
}

impl LinkExtra {
    /// The facts of a link beyond role and ends, which are repeated by id.
    pub(in crate::format) fn from_link(link: &LinkRecord) -> Self {
        Self {
            id: link.id.clone(),
            from: link.from.clone(),
            to: link.to.clone(),
            confirmed: link.confirmed.filter(|confirmed| !confirmed),
            by: link.by.clone(),
            attributes: link.attributes.clone(),
            note: link.note.clone(),
        }
    }

    /// The link with this role.
    pub(in crate::format) fn into_link(self, role: SmolStr) -> LinkRecord {
        LinkRecord {
            id: self.id,
            from: self.from,
            to: self.to,
            to_kind: "annotation".into(),
            role,
            confirmed: Some(self.confirmed.unwrap_or(true)),
            by: self.by,
            attributes: self.attributes,
            note: self.note,
            confidence: None,
        }
    }

    /// Whether it has neither attributes nor a note, nor says who made the link.
    pub(in crate::format) fn says_nothing(&self) -> bool {
        self.attributes.is_empty() && self.note.is_empty() && self.by.is_none()
    }
}

impl LinkRecord {
    /// A link with its attributes and its note.
    pub(in crate::format) fn counts(&self) -> Counts {
        let mut counts = facts(&self.attributes, &self.note);
        counts.add(Content::Link, 1);
        counts
    }
}

/// Attributes and a note, for messages: with a comma before each.
pub(in crate::format) fn said(attributes: &[AttributeRecord], note: &str) -> String {
    let mut said: String = attributes
        .iter()
        .map(|a| format!(", {}: “{}”", a.key, a.value))
        .collect();
    if !note.is_empty() {
        said.push_str(&format!(", note: “{note}”"));
    }
    said
}

/// Who made a tag or link, for messages: with a comma before.
pub(in crate::format) fn by_whom(by: Option<&str>) -> String {
    match by {
        Some(by) if !by.is_empty() => format!(", by: “{by}”"),
        _ => String::new(),
    }
}

/// How many attributes and notes these are.
pub(in crate::format) fn facts(attributes: &[AttributeRecord], note: &str) -> Counts {
    let mut counts = Counts::of(Content::Attribute, attributes.len());
    counts.add(Content::Note, usize::from(!note.is_empty()));
    counts
}

impl SpanRecord {
    /// A tag with its attributes and its note.
    pub(in crate::format) fn counts(&self) -> Counts {
        let mut counts = facts(&self.attributes, &self.note);
        counts.add(Content::Tag, 1);
        counts
    }

    /// Everything it says besides its label and place, for messages: with a comma before each.
    pub(in crate::format) fn said(&self) -> String {
        SpanExtra::extract(&mut self.clone()).said()
    }
}

impl DocumentRecord {
    /// Everything in it, and itself.
    pub(in crate::format) fn counts(&self) -> Counts {
        let mut counts = Counts::of(Content::Document, 1);
        counts.add(Content::Person, self.people.len());
        for span in &self.spans {
            counts.extend(span.counts());
        }
        for link in &self.links {
            counts.extend(link.counts());
        }
        counts
    }
}

impl DocumentExtra {
    /// The links and people in it.
    pub(in crate::format) fn counts(&self) -> Counts {
        let mut counts = Counts::of(Content::Person, self.people.len());
        for link in &self.links {
            counts.extend(link.counts());
        }
        counts
    }
}
