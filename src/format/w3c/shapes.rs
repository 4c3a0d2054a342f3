//! The ways in which files hold annotations: pages and collections of the Recommendation, lists,
//! lines, and what Hypothesis answers.

use serde_json::json;

use smol_str::SmolStr;

use super::own::compare;
use super::told::{Told, is_type, one_or_many, take, take_text};
use super::wire::OwnDocument;
use super::write::LABEL;
use crate::format::json::{self, Map, Value};
use crate::format::json_values::{each_json_value, whole_number};
use crate::format::left_out::{LeftOut, shortened, shown};
use crate::format::{Imported, RecordProblem};

/// What is in a file.
#[derive(Default)]
pub(super) struct Entries {
    /// Each with its line.
    pub(super) annotations: Vec<(usize, Value)>,
    /// Our own documents without tags.
    pub(super) documents: Vec<OwnDocument>,
}

/// Fields that hold annotations: of pages, of what Hypothesis answers and exports, and of others.
const LISTS: [&str; 6] = [
    "items",
    "rows",
    "records",
    "annotations",
    "resources",
    "@graph",
];

const DEEPEST: usize = 16;

/// All annotations of a file. What is none is told; a file without any is refused.
pub(super) fn entries(text: &str, imported: &mut Imported, left_out: &mut LeftOut) -> Entries {
    let mut entries = Entries::default();
    let mut values = Vec::new();
    each_json_value(text, imported, &mut |_, line, value| {
        values.push((line, value));
    });
    if values.is_empty() && imported.problems.is_empty() && text.trim().is_empty() {
        let message = "the file is empty; export the annotations again".to_owned();
        imported.problems.push(RecordProblem { line: 1, message });
    }
    let mut other = None;
    for (line, value) in values {
        let mut told = Told {
            left_out,
            line,
            name: "page".to_owned(),
        };
        let refused = entries.add(value, &mut told, 0);
        other = other.or(refused.map(|shape| (line, shape)));
    }
    if let (true, true, Some((line, shape))) = (
        entries.annotations.is_empty(),
        entries.documents.is_empty(),
        other,
    ) {
        let message = format!(
            "there is no Web Annotation in this file, but {shape}; choose the format it is in \
             (`pullquote formats` lists them), or export Web Annotations"
        );
        imported.problems.push(RecordProblem { line, message });
    }
    entries
}

impl Entries {
    /// Adds what is in a value; gives the shape of what is no annotation.
    fn add(&mut self, value: Value, told: &mut Told<'_>, depth: usize) -> Option<String> {
        let mut page = match value {
            Value::Array(list) if depth < DEEPEST => {
                let mut other = None;
                for value in list {
                    let refused = self.add(value, told, depth + 1);
                    other = other.or(refused);
                }
                return other;
            }
            Value::Object(fields) => fields,
            other => {
                let shape = shape(&other);
                told.name = "entry".to_owned();
                told.skip(
                    "entries that are not annotations are left out",
                    &shown(&other),
                );
                return Some(shape);
            }
        };
        if is_annotation(&page) {
            self.annotations.push((told.line, Value::Object(page)));
            return None;
        }
        let list = LISTS
            .iter()
            .find(|key| page.get(key).is_some_and(Value::is_array));
        let first = page.get("first").is_some_and(Value::is_object);
        let known = is_type(
            &page,
            &["AnnotationPage", "AnnotationCollection", "AnnotationList"],
        );
        if depth >= DEEPEST || list.is_none() && !first && !known {
            let names: Vec<&str> = page.keys().map(SmolStr::as_str).take(6).collect();
            let shape = match &names[..] {
                [] => "an empty record".to_owned(),
                _ => format!("records with the fields `{}`", names.join("`, `")),
            };
            let value = Value::Object(page);
            told.name = "entry".to_owned();
            told.skip(
                "entries that are not annotations are left out",
                &shown(&value),
            );
            return Some(shape);
        }
        let before = self.annotations.len();
        let mut other = None;
        for key in list.copied().into_iter().chain(["first", "last"]) {
            match page.remove(key) {
                Some(value @ (Value::Array(_) | Value::Object(_))) => {
                    let refused = self.add(value, told, depth + 1);
                    other = other.or(refused);
                }
                Some(value) => {
                    page.insert(key.to_owned(), value);
                }
                None => {}
            }
        }
        told.name = "page".to_owned();
        self.page(page, self.annotations.len() - before, told);
        other
    }

    /// The other fields of a page with this many annotations.
    fn page(&mut self, mut page: Map, here: usize, told: &mut Told<'_>) {
        if let Some(own) = take(&mut page, "pullquote") {
            self.own_documents(own, told);
        }
        let total = page.get("total").and_then(whole_number);
        if let Some(total) = total {
            page.remove("total");
            let total = usize::try_from(total).unwrap_or(usize::MAX);
            if total > here {
                let what = format!("{here} of {total} annotations are here");
                told.skip(
                    "the file says that there are more; export all of them",
                    &what,
                );
            }
        }
        for key in ["first", "next", "last"] {
            // The address of another page; of this one, if all is here.
            if let Some(address) = take_text(&mut page, key)
                && (here == 0 || key == "next" && total.is_none())
            {
                let what = format!("`{address}`");
                told.skip("further pages that are not in the file are left out", &what);
            }
        }
        let label = take_text(&mut page, "label");
        if let Some(label) = label.filter(|label| label != LABEL) {
            told.left_out
                .bookkeeping(told.line, &format!("label: “{}”", shortened(&label)));
        }
        if page.get("generator").is_some_and(|generator| {
            *generator == Value::from(json!({"type": "Software", "name": "Pullquote"}))
        }) {
            page.remove("generator");
        }
        for key in ["partOf", "prev", "startIndex"] {
            if page.remove(key).is_some() {
                told.left_out.bookkeeping(told.line, key);
            }
        }
        told.rest(page, "");
    }

    fn own_documents(&mut self, own: Value, told: &mut Told<'_>) {
        let Value::Object(mut own) = own else {
            let what = shown(&own);
            return told.skip("what Pullquote noted with the page is damaged", &what);
        };
        for value in one_or_many(own.remove("documents")) {
            match json::read::<OwnDocument>(&value) {
                Ok(document) => {
                    if let Ok(read) = json::value_of(&document) {
                        compare(&value, &read, "pullquote.documents", told);
                    }
                    self.documents.push(document);
                }
                Err(_) => {
                    told.skip(
                        "articles without tags whose record is damaged are left out",
                        &shown(&value),
                    );
                }
            }
        }
        for link in one_or_many(own.remove("links")) {
            if link.is_object() {
                self.annotations.push((told.line, link));
            } else {
                told.skip(
                    "entries that are not annotations are left out",
                    &shown(&link),
                );
            }
        }
        told.rest(own, "pullquote");
    }
}

/// Whether a record is an annotation, by its type or by what only annotations have.
fn is_annotation(fields: &Map) -> bool {
    if is_type(fields, &["Annotation"]) {
        return true;
    }
    let has = |key: &str| fields.contains_key(key);
    has("target")
        || has("hasTarget")
        || has("bodyValue")
        || has("quote")
        || has("ranges")
        || has("uri") && (has("text") || has("tags"))
}

fn shape(value: &Value) -> String {
    match value {
        Value::Null => "`null`".to_owned(),
        Value::Bool(_) => "a truth value".to_owned(),
        Value::Number(_) => "numbers".to_owned(),
        Value::String(_) => "texts".to_owned(),
        Value::Array(_) => "lists within lists".to_owned(),
        Value::Object(_) => "records".to_owned(),
    }
}
