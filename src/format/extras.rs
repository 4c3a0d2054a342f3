//! What formats of other tools have no place for, in one object of our own that they carry along and
//! nobody else needs to read. What says nothing is left out.

use serde::{Deserialize, Serialize};

use super::jsonl::{AttributeRow, LinkRow, PersonRow, Row, Span};

/// What is said about a document as a whole.
#[derive(Debug, Clone, Default, Serialize, Deserialize)]
#[serde(default)]
pub(super) struct DocumentExtra {
    #[serde(skip_serializing_if = "String::is_empty")]
    pub(super) id: String,
    #[serde(skip_serializing_if = "String::is_empty")]
    pub(super) annotator: String,
    #[serde(skip_serializing_if = "String::is_empty")]
    pub(super) state: String,
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub(super) people: Vec<PersonRow>,
    /// Links that lead to a person, to nobody, or to a tag that is not there.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub(super) links: Vec<LinkRow>,
}

/// What is said about a tag.
#[derive(Debug, Clone, Default, Serialize, Deserialize)]
#[serde(default)]
pub(super) struct SpanExtra {
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub(super) attributes: Vec<AttributeRow>,
    #[serde(skip_serializing_if = "String::is_empty")]
    pub(super) person: String,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub(super) by: Option<String>,
    #[serde(skip_serializing_if = "String::is_empty")]
    pub(super) verdict: String,
    #[serde(skip_serializing_if = "String::is_empty")]
    pub(super) review: String,
    #[serde(skip_serializing_if = "String::is_empty")]
    pub(super) note: String,
}

/// What is said about a link.
#[derive(Debug, Clone, Default, Serialize, Deserialize)]
#[serde(default)]
pub(super) struct LinkExtra {
    pub(super) id: String,
    pub(super) from: String,
    pub(super) to: String,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub(super) confirmed: Option<bool>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub(super) by: Option<String>,
}

impl DocumentExtra {
    /// Takes out of a row what is in no other place of the format: all links but those between tags
    /// that are there.
    pub(super) fn take(row: &mut Row) -> Self {
        let tags: std::collections::BTreeSet<&str> =
            row.spans.iter().map(|span| &*span.id).collect();
        let between = |link: &LinkRow| {
            link.to_kind == "annotation" && tags.contains(&*link.from) && tags.contains(&*link.to)
        };
        let (links, other) = std::mem::take(&mut row.links)
            .into_iter()
            .partition(between);
        row.links = links;
        Self {
            id: row.id.clone(),
            annotator: std::mem::take(&mut row.annotator),
            state: std::mem::take(&mut row.state),
            people: std::mem::take(&mut row.people),
            links: other,
        }
    }

    /// Puts it back into a row.
    pub(super) fn put(self, row: &mut Row) {
        if !self.id.is_empty() {
            row.id = self.id;
        }
        row.annotator = self.annotator;
        row.state = self.state;
        row.people = self.people;
        row.links.extend(self.links);
    }
}

impl SpanExtra {
    /// What a tag says beyond label and place.
    pub(super) fn take(span: &mut Span) -> Self {
        Self {
            attributes: std::mem::take(&mut span.attributes),
            person: std::mem::take(&mut span.person),
            by: span.by.take(),
            verdict: std::mem::take(&mut span.verdict),
            review: std::mem::take(&mut span.review),
            note: std::mem::take(&mut span.note),
        }
    }

    /// Puts it back into a tag.
    pub(super) fn put(self, span: &mut Span) {
        span.attributes = self.attributes;
        span.person = self.person;
        span.by = self.by;
        span.verdict = self.verdict;
        span.review = self.review;
        span.note = self.note;
    }
}

impl LinkExtra {
    /// What a link says beyond role and ends, which are repeated by id.
    pub(super) fn of(link: &LinkRow) -> Self {
        Self {
            id: link.id.clone(),
            from: link.from.clone(),
            to: link.to.clone(),
            confirmed: link.confirmed.filter(|confirmed| !confirmed),
            by: link.by.clone(),
        }
    }

    /// The link with this role.
    pub(super) fn into_link(self, role: String) -> LinkRow {
        LinkRow {
            id: self.id,
            from: self.from,
            to: self.to,
            to_kind: "annotation".to_owned(),
            role,
            confirmed: Some(self.confirmed.unwrap_or(true)),
            by: self.by,
        }
    }
}
