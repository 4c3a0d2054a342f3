//! What of an annotation is left out, and under which name it is told.

use thin_vec::{ThinVec, thin_vec};

use crate::format::json::{Map, Value};

use crate::format::left_out::{LeftOut, says_nothing, shortened, shown};

/// Fields by which tools keep their records.
const BOOKKEEPING: &[&str] = &[
    "accessibility",
    "annotation",
    "annotator_schema_version",
    "audience",
    "canonical",
    "client_version",
    "consumer",
    "created",
    "creationDate",
    "document",
    "email",
    "export_date",
    "export_userid",
    "flagged",
    "format",
    "generated",
    "generator",
    "group",
    "groupInfo",
    "hidden",
    "homepage",
    "id",
    "isFirstDraft",
    "language",
    "lastModified",
    "links",
    "mention",
    "mentions",
    "modified",
    "moderation",
    "moderation_status",
    "permissions",
    "processingLanguage",
    "renderedVia",
    "scope",
    "styleClass",
    "stylesheet",
    "textDirection",
    "type",
    "updated",
    "updatedBy",
    "user_info",
    "version",
    "via",
    "visibility",
];

/// Types of records, besides those of selectors and states.
const TYPES: [&str; 26] = [
    "Agent",
    "Annotation",
    "AnnotationCollection",
    "AnnotationList",
    "AnnotationPage",
    "Audience",
    "Choice",
    "Composite",
    "CssStylesheet",
    "Dataset",
    "EmbeddedContent",
    "Image",
    "Independents",
    "List",
    "Organization",
    "Person",
    "ResourceSelection",
    "Software",
    "SoftwareAgent",
    "Sound",
    "SpecificResource",
    "Tag",
    "Text",
    "TextualBody",
    "Video",
    "ContentAsText",
];

/// Notes what is left out of one annotation.
pub(super) struct Told<'a> {
    pub(super) left_out: &'a mut LeftOut,
    /// The line of the file, from 1.
    pub(super) line: usize,
    /// What messages call the annotation.
    pub(super) name: String,
}

impl Told<'_> {
    /// Notes contents that are left out: why, and which.
    pub(super) fn skip(&mut self, cause: &str, what: &str) {
        let example = match what {
            "" => self.name.clone(),
            _ => format!("{what} ({})", self.name),
        };
        self.left_out.skip(self.line, cause, example);
    }

    /// Notes that another tool has changed what Pullquote wrote.
    pub(super) fn changed(&mut self, what: &str, before: &str, now: &str) {
        if before != now {
            let (before, now) = (shortened(before), shortened(now));
            let message = format!(
                "{}: the {what} is “{now}” in the file, and was “{before}” when Pullquote wrote it",
                self.name
            );
            self.left_out.hint(self.line, message);
        }
    }

    /// Notes what is left of a record after all that is known was taken.
    pub(super) fn rest(&mut self, fields: Map, path: &str) {
        for (key, value) in fields {
            if says_nothing(&value) {
                continue;
            }
            let plain = key.trim_start_matches('@');
            let name = match path {
                "" => key.to_string(),
                _ => format!("{path}.{key}"),
            };
            if BOOKKEEPING.contains(&plain) || plain == "context" {
                match (&value, plain) {
                    (Value::String(_), "id") => {}
                    (value, "context") if is_usual_context(value) => {}
                    (value, "type") => self.types(&name, value),
                    (value, "id") => {
                        let what = format!("`{name}`: {}", shown(value));
                        self.skip("ids that are not texts are left out", &what);
                    }
                    _ => self.left_out.bookkeeping(self.line, &name),
                }
            } else {
                let what = format!("`{name}`: {}", shown(&value));
                self.skip(
                    "fields that nothing here corresponds to are left out",
                    &what,
                );
            }
        }
    }

    /// Names types that the Recommendation does not have.
    fn types(&mut self, name: &str, value: &Value) {
        for value in one_or_many(Some(value.clone())) {
            let known = value.as_str().is_some_and(|given| {
                let plain = given.rsplit([':', '#', '/']).next().unwrap_or(given);
                let of_kind = plain.ends_with("Selector") || plain.ends_with("State");
                TYPES.contains(&plain) || of_kind && plain.bytes().all(|b| b.is_ascii_alphabetic())
            });
            if !known {
                let what = format!("{name}: {}", shown(&value));
                self.left_out.bookkeeping(self.line, &what);
            }
        }
    }

    /// Notes an annotation that is left out, by its words.
    pub(super) fn annotation(&mut self, cause: &str, fields: &Map) {
        let mut words = Vec::new();
        for (key, value) in fields {
            if !matches!(&**key, "pullquote" | "document" | "permissions" | "links") {
                collect(key, value, &mut words);
            }
        }
        words.dedup();
        let words = match &words[..] {
            [] => String::new(),
            _ => format!("“{}”", shortened(&words.join("”, “"))),
        };
        self.skip(cause, &words);
    }
}

/// Whether a context is one of those that tools write.
fn is_usual_context(value: &Value) -> bool {
    match value {
        Value::String(address) => address.starts_with("http"),
        Value::Array(list) => list.iter().all(is_usual_context),
        Value::Null | Value::Bool(_) | Value::Number(_) | Value::Object(_) => false,
    }
}

/// The words that a person wrote or marked.
fn collect(key: &str, value: &Value, words: &mut Vec<String>) {
    match value {
        Value::String(text) => {
            let said = [
                "bodyValue",
                "value",
                "exact",
                "quote",
                "text",
                "tags",
                "chars",
                "body",
                "name",
                "label",
                "references",
                "target",
                "source",
                "user",
            ];
            if said.contains(&key.trim_start_matches('@')) && !text.is_empty() {
                words.push(text.to_string());
            }
        }
        Value::Array(list) => {
            for value in list {
                collect(key, value, words);
            }
        }
        Value::Object(fields) => {
            for (key, value) in fields {
                collect(key, value, words);
            }
        }
        Value::Null | Value::Bool(_) | Value::Number(_) => {}
    }
}

/// One value or a list of them.
pub(super) fn one_or_many(value: Option<Value>) -> ThinVec<Value> {
    match value {
        Some(Value::Array(list)) => list,
        Some(Value::Null) | None => ThinVec::new(),
        Some(one) => thin_vec![one],
    }
}

/// Takes a field, also with the mark that JSON-LD has for `id`, `type` and `value`.
pub(super) fn take(fields: &mut Map, key: &str) -> Option<Value> {
    let found = fields
        .remove(key)
        .or_else(|| fields.remove(&format!("@{key}")));
    found.filter(|value| !value.is_null())
}

/// Takes a field that is a text; others are left.
pub(super) fn take_text(fields: &mut Map, key: &str) -> Option<String> {
    for key in [key.to_owned(), format!("@{key}")] {
        if let Some(Value::String(text)) = fields.get(&key)
            && !text.is_empty()
        {
            let text = text.to_string();
            fields.remove(&key);
            return Some(text);
        }
    }
    None
}

/// Takes a field that is a text or a list of texts; others are left.
pub(super) fn take_texts(fields: &mut Map, key: &str) -> Vec<String> {
    let texts = |value: &Value| match value {
        Value::String(text) => Some(vec![text.to_string()]),
        Value::Array(list) => list.iter().map(|v| v.as_str().map(str::to_owned)).collect(),
        Value::Null | Value::Bool(_) | Value::Number(_) | Value::Object(_) => None,
    };
    for key in [key.to_owned(), format!("@{key}")] {
        if let Some(found) = fields.get(&key).and_then(texts) {
            fields.remove(&key);
            return found;
        }
    }
    Vec::new()
}

/// Whether a record has one of these types, with or without a prefix such as `oa:`.
pub(super) fn is_type(fields: &Map, types: &[&str]) -> bool {
    let given = fields.get("type").or_else(|| fields.get("@type"));
    let plain = |name: &str| {
        let name = name.rsplit([':', '#']).next().unwrap_or(name);
        types.contains(&name)
    };
    match given {
        Some(Value::String(name)) => plain(name),
        Some(Value::Array(list)) => list.iter().filter_map(Value::as_str).any(plain),
        _ => false,
    }
}
