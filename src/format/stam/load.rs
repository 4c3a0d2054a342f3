//! A store, with the stores, sets and texts it includes, as records without references.

use std::collections::{BTreeMap, BTreeSet};
use std::string::FromUtf8Error;

use smol_str::SmolStr;
use thin_vec::{ThinVec, thin_vec};

use crate::format::json::{Map, Value};

use crate::format::left_out::{LeftOut, says_nothing, shortened, shown};

/// A key and its value.
#[derive(Debug, Clone, Default)]
pub(super) struct Datum {
    pub(super) set: String,
    pub(super) key: String,
    pub(super) value: String,
}

/// A text.
#[derive(Debug)]
pub(super) struct Text {
    pub(super) id: String,
    pub(super) text: String,
}

/// Everything of a store.
#[derive(Debug, Default)]
pub(super) struct Loaded {
    pub(super) texts: Vec<Text>,
    /// Texts that are not there: what to do.
    pub(super) missing: Vec<String>,
    pub(super) sets: BTreeSet<String>,
    /// By set and id.
    pub(super) data: BTreeMap<(String, String), Datum>,
    pub(super) annotations: Vec<Map>,
}

/// Reads a file beside the store.
pub(super) type ReadBeside<'a> = &'a dyn Fn(&str) -> Option<Result<String, FromUtf8Error>>;

/// Takes a store apart.
pub(super) struct Loader<'a> {
    beside: ReadBeside<'a>,
    pub(super) left_out: &'a mut LeftOut,
    included: BTreeSet<String>,
    /// By the id of a text: which one it is.
    known: BTreeMap<String, usize>,
    loaded: Loaded,
}

/// Fields that only the other tool needs.
const BOOKKEEPING: [&str; 4] = ["@type", "@id", "checksum", "@context"];

impl<'a> Loader<'a> {
    pub(super) fn new(beside: ReadBeside<'a>, left_out: &'a mut LeftOut) -> Self {
        Self {
            beside,
            left_out,
            included: BTreeSet::new(),
            known: BTreeMap::new(),
            loaded: Loaded::default(),
        }
    }

    /// Everything of a store, or why it is none.
    pub(super) fn load(mut self, store: Value) -> Result<Loaded, String> {
        let Value::Object(store) = store else {
            return Err(format!(
                "a STAM store is a record with `resources` and `annotations`, and this is {}; export \
                 the store as STAM JSON",
                match store {
                    Value::Array(_) => "a list",
                    Value::Null => "`null`",
                    Value::Bool(_) | Value::Number(_) | Value::String(_) | Value::Object(_) =>
                        "a single value",
                }
            ));
        };
        let known = ["resources", "annotations", "annotationsets", "@include"];
        if !known.iter().any(|key| store.contains_key(key)) {
            let names: Vec<&str> = store.keys().map(SmolStr::as_str).take(6).collect();
            let has = match names[..] {
                [] => "is empty".to_owned(),
                _ => format!("has `{}`", names.join("`, `")),
            };
            return Err(format!(
                "a STAM store is a record with `resources` and `annotations`, and this one {has}; \
                 choose the format the file is in"
            ));
        }
        self.store(store);
        let loaded = self.loaded;
        match &loaded.missing[..] {
            [first, ..] if loaded.texts.is_empty() => Err(first.clone()),
            [] if loaded.texts.is_empty() => {
                Err("it has no text; a STAM store needs resources".to_owned())
            }
            _ => {
                for message in &loaded.missing {
                    let (what, why) = message.split_once("; ").unwrap_or((message, ""));
                    self.left_out.skip(
                        1,
                        &format!(
                            "texts that are missing are left out with their annotations; {why}"
                        ),
                        what,
                    );
                }
                Ok(loaded)
            }
        }
    }

    fn store(&mut self, mut store: Map) {
        for name in list(store.remove("@include")) {
            if let Some(Value::Object(other)) = self.include(&name, "store") {
                self.store(other);
            }
        }
        for resource in list(store.remove("resources")) {
            self.resource(resource);
        }
        for key in ["annotationsets", "annotationdatasets"] {
            for set in list(store.remove(key)) {
                self.set(set, 0);
            }
        }
        for annotation in list(store.remove("annotations")) {
            match annotation {
                Value::Object(annotation) => self.loaded.annotations.push(annotation),
                other => self.left_out.skip(
                    1,
                    "entries that are not annotations are left out",
                    shown(&other),
                ),
            }
        }
        self.rest(store, "");
    }

    /// A file that a store names. It may only name what is beside it, wherever it came from.
    fn include(&mut self, name: &Value, what: &str) -> Option<Value> {
        let Some(name) = name.as_str() else {
            self.left_out
                .skip(1, "includes that name no file are left out", shown(name));
            return None;
        };
        if !self.included.insert(name.to_owned()) {
            return None;
        }
        let plain = plain_name(name);
        let cause = match (self.beside)(plain)
            .map(|text| text.map(|text| serde_json::from_str(&text)))
        {
            Some(Ok(Ok(value))) => return Some(value),
            Some(Ok(Err(_))) => {
                "included files that are not valid JSON are left out; export them again"
            }
            Some(Err(_)) => "included files that are not UTF-8 are left out; save them as UTF-8",
            None => "included files that are not beside the file are left out; put them there",
        };
        self.left_out.skip(1, cause, format!("{what} `{plain}`"));
        None
    }

    fn resource(&mut self, value: Value) {
        let Value::Object(mut resource) = value else {
            return self.left_out.skip(
                1,
                "entries that are not resources are left out",
                shown(&value),
            );
        };
        let file = text(&mut resource, "@include");
        let id = text(&mut resource, "@id").or_else(|| file.clone());
        let id = id.unwrap_or_else(|| format!("text-{}", self.loaded.texts.len() + 1));
        let inline = match resource.remove("text") {
            Some(Value::String(text)) => Some(text.into()),
            Some(other) => {
                resource.insert("text".to_owned(), other);
                None
            }
            None => None,
        };
        let name = plain_name(file.as_deref().unwrap_or(&id)).to_owned();
        let found = match inline {
            Some(text) => Ok(text),
            None => match (self.beside)(&name) {
                Some(Ok(text)) => Ok(resource_text(&text).unwrap_or(text)),
                Some(Err(_)) => Err(format!("the text `{name}` is not UTF-8; save it as UTF-8")),
                None if name.is_empty() => Err(format!(
                    "the text of `{id}` is missing, and that is no name of a file; write the text \
                     into this file as `text`"
                )),
                None => Err(format!(
                    "the text of `{id}` is missing; put it beside the file as `{name}`"
                )),
            },
        };
        self.rest(resource, "resource");
        match found {
            Err(message) => self.loaded.missing.push(message),
            Ok(text) => match self
                .known
                .get(&id)
                .and_then(|&at| self.loaded.texts.get(at))
            {
                Some(known) if known.text == text => {}
                Some(_) => self.left_out.skip(
                    1,
                    "texts whose id another text has are left out; give them ids of their own",
                    format!("`{id}`"),
                ),
                None => {
                    self.known.insert(id.clone(), self.loaded.texts.len());
                    self.loaded.texts.push(Text { id, text });
                }
            },
        }
    }

    fn set(&mut self, value: Value, depth: usize) {
        let Value::Object(mut set) = value else {
            return self
                .left_out
                .skip(1, "entries that are not sets are left out", shown(&value));
        };
        let id = text(&mut set, "@id");
        if let Some(name) = set.remove("@include")
            && depth == 0
            && let Some(Value::Object(mut other)) = self.include(&name, "set")
        {
            if let Some(id) = &id {
                other.insert("@id".to_owned(), id.as_str().into());
            }
            self.set(Value::Object(other), depth + 1);
        }
        let id = id.unwrap_or_default();
        for datum in list(set.remove("data")) {
            let Value::Object(mut fields) = datum else {
                self.left_out
                    .skip(1, "entries that are not data are left out", shown(&datum));
                continue;
            };
            let name = text(&mut fields, "@id");
            let value = fields.remove("value").unwrap_or_default();
            rest_of_value(&value, name.as_deref().unwrap_or_default(), self.left_out);
            let datum = Datum {
                set: id.clone(),
                key: text(&mut fields, "key").unwrap_or_default(),
                value: plain_value(value),
            };
            self.rest(fields, "data");
            if let Some(name) = name {
                self.loaded.data.insert((id.clone(), name), datum);
            }
        }
        // Keys are named by the data that use them.
        for key in list(set.remove("keys")) {
            match key {
                Value::Object(key) => self.rest(key, "keys"),
                other => {
                    self.left_out
                        .skip(1, "entries that are not keys are left out", shown(&other))
                }
            }
        }
        self.loaded.sets.insert(id);
        self.rest(set, "annotationset");
    }

    fn rest(&mut self, fields: Map, path: &str) {
        rest(fields, path, "", self.left_out);
    }
}

/// Whether this is a type of STAM.
pub(super) fn is_type(name: &str) -> bool {
    let of_values = [
        "String", "Int", "Float", "Bool", "List", "Map", "Null", "Datetime",
    ];
    let of_records = [
        "AnnotationStore",
        "Annotation",
        "AnnotationData",
        "AnnotationDataSet",
        "DataKey",
        "TextResource",
        "Offset",
    ];
    of_values.contains(&name)
        || of_records.contains(&name)
        || name.ends_with("Selector")
        || name.ends_with("AlignedCursor")
}

/// Tells what is left of a record after all that is known was taken.
pub(super) fn rest(fields: Map, path: &str, name: &str, left_out: &mut LeftOut) {
    for (key, value) in fields {
        if says_nothing(&value) {
            continue;
        }
        if let (true, Value::String(text)) = (BOOKKEEPING.contains(&&*key), &value) {
            if key == "@type" && !is_type(text) {
                left_out.bookkeeping(1, &format!("@type “{}”", shortened(text)));
            }
            continue;
        }
        let dot = if path.is_empty() { "" } else { "." };
        let of = if name.is_empty() {
            String::new()
        } else {
            format!(" ({name})")
        };
        let what = format!("`{path}{dot}{key}`: {}{of}", shown(&value));
        left_out.skip(
            1,
            "fields that nothing here corresponds to are left out",
            what,
        );
    }
}

/// Tells what is in a typed value beside type and value.
pub(super) fn rest_of_value(value: &Value, name: &str, left_out: &mut LeftOut) {
    if let Value::Object(typed) = value
        && typed.contains_key("value")
    {
        let mut typed = typed.clone();
        typed.remove("value");
        rest(typed, "data.value", name, left_out);
    }
}

/// The text of a resource that is a file of its own.
fn resource_text(text: &str) -> Option<String> {
    if !text.trim_start().starts_with('{') {
        return None;
    }
    let Ok(Value::Object(mut resource)) = serde_json::from_str(text) else {
        return None;
    };
    let known = resource
        .get("@type")
        .is_some_and(|kind| kind == "TextResource");
    match resource.remove("text") {
        Some(Value::String(text)) if known => Some(text.into()),
        _ => None,
    }
}

/// The name of a file without its folder.
fn plain_name(name: &str) -> &str {
    let name = name.rsplit(['/', '\\']).next().unwrap_or(name);
    if matches!(name, "." | "..") { "" } else { name }
}

/// A value without its type; what is no text as its JSON.
pub(super) fn plain_value(value: Value) -> String {
    let value = match value {
        Value::Object(mut typed) if typed.contains_key("value") => {
            typed.remove("value").unwrap_or_default()
        }
        Value::Object(typed) if typed.get("@type").is_some_and(|kind| kind == "Null") => {
            Value::Null
        }
        other => other,
    };
    match value {
        Value::String(text) => text.into(),
        Value::Null => String::new(),
        Value::Array(list) => {
            let items: Vec<String> = list.into_iter().map(plain_value).collect();
            serde_json::to_string(&items).unwrap_or_default()
        }
        other => other.to_string(),
    }
}

pub(super) fn text(fields: &mut Map, key: &str) -> Option<String> {
    match fields.get(key) {
        Some(Value::String(text)) => {
            let text = text.to_string();
            fields.remove(key);
            Some(text)
        }
        _ => None,
    }
}

pub(super) fn list(value: Option<Value>) -> ThinVec<Value> {
    match value {
        Some(Value::Array(list)) => list,
        Some(Value::Null) | None => ThinVec::new(),
        Some(one) => thin_vec![one],
    }
}

/// The files that a store names: of other stores, of sets and of texts.
pub(super) fn includes(store: &serde_json::Value) -> Vec<String> {
    let named = |value: &serde_json::Value| match value {
        serde_json::Value::Array(list) => list.clone(),
        one => vec![one.clone()],
    };
    let lists = ["resources", "annotationsets", "annotationdatasets"];
    let within = lists.iter().filter_map(|key| store.get(*key));
    let within = within.flat_map(named);
    let all = within.chain([store.clone()]);
    all.filter_map(|record| record.get("@include").map(named))
        .flatten()
        .filter_map(|name| name.as_str().map(str::to_owned))
        .collect()
}
