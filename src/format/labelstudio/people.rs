//! Who made an annotation, and when.

use crate::format::json::{Map, Value};
use jiff::Timestamp;

use super::region::as_text;

/// A person: what tells them from others, and what they are called.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Person {
    pub(super) identity: String,
    pub(super) called: String,
}

/// The fields that say who made an annotation.
pub(super) const FIELDS: [&str; 4] = ["completed_by", "annotator", "user", "created_username"];

/// Who made an annotation: by number, by e-mail or as a record. `None` where it is not said.
pub(super) fn who(work: &Map) -> Option<Person> {
    let by = ["completed_by", "annotator", "user"];
    let by = by
        .iter()
        .filter_map(|key| work.get(key))
        .find(|by| !by.is_null());
    match by {
        Some(Value::Number(id)) => Some(numbered(&id.to_string())),
        Some(Value::String(name)) => called(name),
        Some(Value::Object(user)) => {
            let text = |key: &str| user.get(key).map(as_text).filter(|text| !text.is_empty());
            let full = [text("first_name"), text("last_name")];
            let full: Vec<String> = full.into_iter().flatten().collect();
            let full = (!full.is_empty()).then(|| full.join(" "));
            let id = text("id").or_else(|| text("pk"));
            let name = text("email").or_else(|| text("username")).or(full);
            match (id, name) {
                (Some(id), Some(called)) => Some(Person {
                    identity: id,
                    called,
                }),
                (Some(id), None) => Some(numbered(&id)),
                (None, Some(name)) => called(&name),
                (None, None) => None,
            }
        }
        Some(Value::Null | Value::Bool(_) | Value::Array(_)) | None => {
            // Old exports: `Ann Lee ann@example.org, 3`.
            let name = work.get("created_username").and_then(Value::as_str)?;
            let name = name.trim();
            match name
                .rsplit_once(',')
                .map(|(name, id)| (name.trim(), id.trim()))
            {
                Some((name, id)) if !id.is_empty() && id.bytes().all(|b| b.is_ascii_digit()) => {
                    if name.is_empty() {
                        return Some(numbered(id));
                    }
                    Some(Person {
                        identity: id.to_owned(),
                        called: email(name).to_owned(),
                    })
                }
                _ => called(name),
            }
        }
    }
}

fn numbered(id: &str) -> Person {
    Person {
        identity: id.to_owned(),
        called: format!("user-{id}"),
    }
}

fn called(name: &str) -> Option<Person> {
    let name = name.trim();
    if name.is_empty() {
        return None;
    }
    if name.bytes().all(|b| b.is_ascii_digit()) {
        return Some(numbered(name));
    }
    Some(Person {
        identity: name.to_owned(),
        called: name.to_owned(),
    })
}

fn email(name: &str) -> &str {
    let mut words = name.split_whitespace();
    words.find(|word| word.contains('@')).unwrap_or(name)
}

/// When it was made: a date, or seconds since 1970.
pub(super) fn made_at(work: &Map) -> Option<Timestamp> {
    match work.get("created_at")? {
        Value::String(date) => date.parse().ok(),
        Value::Number(seconds) => Timestamp::from_second(seconds.as_i64()?).ok(),
        Value::Null | Value::Bool(_) | Value::Array(_) | Value::Object(_) => None,
    }
}
