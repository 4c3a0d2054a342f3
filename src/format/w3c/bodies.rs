//! What annotations say about their passage: texts, tags, and resources elsewhere.

use super::creator::Creator;
use super::told::{Told, one_or_many, take, take_text, take_texts};
use crate::format::json::{Map, Value};
use crate::format::left_out::shown;

/// One thing an annotation says.
#[derive(Debug, Clone)]
pub(super) struct Body {
    /// Why it says so, where that is given: `tagging`, `commenting`, …
    pub(super) purpose: Option<String>,
    pub(super) says: Says,
    pub(super) by: Option<Creator>,
}

#[derive(Debug, Clone)]
pub(super) enum Says {
    Text(String),
    /// A resource by its address, and what it is called.
    Resource(String, Option<String>),
}

impl Says {
    pub(super) fn text(&self) -> &str {
        match self {
            Self::Text(text) | Self::Resource(text, _) => text,
        }
    }
}

/// Bodies within bodies are read so deep.
const DEEPEST: usize = 16;

/// Takes all bodies of an annotation.
pub(super) fn take_bodies(fields: &mut Map, told: &mut Told<'_>) -> Vec<Body> {
    let mut found = Vec::new();
    for key in ["body", "bodies", "hasBody"] {
        for value in one_or_many(take(fields, key)) {
            body(value, None, &mut found, told, 0);
        }
    }
    if let Some(text) = take_text(fields, "bodyValue") {
        found.push(Body {
            purpose: None,
            says: Says::Text(text),
            by: None,
        });
    }
    found
}

fn body(
    value: Value,
    purpose: Option<&str>,
    found: &mut Vec<Body>,
    told: &mut Told<'_>,
    depth: usize,
) {
    let mut fields = match value {
        Value::String(address) => {
            found.push(Body {
                purpose: purpose.map(str::to_owned),
                says: Says::Resource(address.into(), None),
                by: None,
            });
            return;
        }
        Value::Object(fields) if depth < DEEPEST => fields,
        other => {
            let what = format!("`body`: {}", shown(&other));
            told.skip(
                "bodies that are neither a text nor a resource are left out",
                &what,
            );
            return;
        }
    };
    let mut purposes = take_texts(&mut fields, "purpose");
    if purposes.is_empty() {
        purposes = take_texts(&mut fields, "role");
    }
    if purposes.len() > 1 {
        let what = format!("`{}`", purposes.join("`, `"));
        told.skip("all purposes of a body but its first are left out", &what);
    }
    let purpose = purposes.into_iter().next().or(purpose.map(str::to_owned));
    let mut by = Creator::take(&mut fields, told).into_iter();
    let creator = by.next();
    for other in by {
        told.skip(
            "all creators of a body but its first are left out",
            &other.called,
        );
    }
    for value in one_or_many(fields.remove("items")) {
        body(value, purpose.as_deref(), found, told, depth + 1);
    }
    let mut add = |says| {
        found.push(Body {
            purpose: purpose.clone(),
            says,
            by: creator.clone(),
        });
    };
    let mut any = false;
    for key in ["value", "chars", "cnt:chars", "rdf:value"] {
        match take(&mut fields, key) {
            Some(Value::String(text)) => {
                any = true;
                add(Says::Text(text.into()));
            }
            // A term with a name and an address.
            Some(Value::Object(mut term)) => {
                let says = resource(&mut term);
                match says {
                    Some(says) => add(says),
                    None => add(Says::Text(shown(&Value::Object(term.clone())))),
                }
                any = true;
                told.rest(term, "body.value");
            }
            Some(other @ (Value::Bool(_) | Value::Number(_))) => {
                any = true;
                add(Says::Text(other.to_string()));
            }
            Some(other @ Value::Array(_)) => {
                fields.insert(key.to_owned(), other);
            }
            Some(Value::Null) | None => {}
        }
    }
    for source in one_or_many(take(&mut fields, "source")) {
        match source {
            Value::String(address) => {
                any = true;
                add(Says::Resource(address.into(), None));
            }
            Value::Object(mut term) => {
                if let Some(says) = resource(&mut term) {
                    any = true;
                    add(says);
                }
                told.rest(term, "body.source");
            }
            other => {
                told.rest(Map::from_iter([("source".to_owned(), other)]), "body");
            }
        }
    }
    if !any && let Some(says) = resource(&mut fields) {
        add(says);
    }
    told.rest(fields, "body");
}

/// The resource a record describes.
fn resource(fields: &mut Map) -> Option<Says> {
    let label = ["label", "name", "prefLabel", "title"]
        .iter()
        .find_map(|key| take_text(fields, key));
    let id = ["id", "uri", "url"]
        .iter()
        .find_map(|key| take_text(fields, key));
    match (id, label) {
        (Some(id), label) => Some(Says::Resource(id, label)),
        (None, Some(label)) => Some(Says::Text(label)),
        (None, None) => None,
    }
}
