//! A record in any of the shapes that versions of doccano have exported.

use super::other_records::{SPANS, why_no_text};
use crate::format::json::{Map, Value};

use crate::format::counting::by_edges::Offsets;
use crate::format::interchange::extras::said;
use crate::format::interchange::{AttributeList, AttributeRecord, BoundedList};
use crate::format::json_values::{own as own_value, whole_number};
use crate::format::left_out::{LeftOut, says_nothing, shortened, shown};
use crate::format::link_facts::LinkFacts;
use crate::format::own_names::OwnNames;
use crate::format::tally::{Content, Counts};

/// What is no content of a record, and of a span.
const BOOKKEEPING: [&str; 10] = [
    "id",
    "uuid",
    "example_uuid",
    "upload_name",
    "created_at",
    "updated_at",
    "example",
    "document",
    "manual",
    "color",
];

/// Fields of a span that hold its words.
const WORDS: [&str; 5] = ["text", "word", "words", "exact", "span_text"];

/// A label on a part of the text.
pub(super) struct Span {
    pub(super) id: Option<String>,
    pub(super) at: [u32; 2],
    /// The words it says are there.
    pub(super) words: Option<String>,
    pub(super) label: String,
    pub(super) user: Option<String>,
    pub(super) attributes: AttributeList,
}

pub(super) struct Relation {
    /// Its number in the file.
    pub(super) id: Option<String>,
    pub(super) from: String,
    pub(super) to: String,
    pub(super) role: String,
    pub(super) facts: LinkFacts,
}

impl Span {
    /// A tag with its attributes.
    pub(super) fn counts(&self) -> Counts {
        let mut counts = Counts::of(Content::Attribute, self.attributes.len());
        counts.add(Content::Tag, 1);
        counts
    }

    /// What it says besides its label, for messages.
    pub(super) fn said(&self) -> String {
        said(&self.attributes, "")
    }
}

pub(super) struct Record {
    pub(super) line: usize,
    /// What it is called in messages.
    pub(super) called: String,
    pub(super) name: String,
    pub(super) text: String,
    pub(super) spans: BoundedList<Span>,
    pub(super) relations: Vec<Relation>,
    /// What labels the whole text.
    pub(super) categories: Vec<String>,
    /// The unit it says its offsets have, as an index in the table of units.
    pub(super) unit: Option<usize>,
    pub(super) offsets: Option<Offsets>,
    pub(super) own: Option<OwnNames>,
}

/// Why a record cannot be read.
pub(super) enum Refusal {
    /// It has no text, which the other records of a file may have: why, and what it has.
    NoText(String, String),
    /// What is wrong with the file.
    Wrong(String),
}

impl Record {
    pub(super) fn new(
        value: Value,
        line: usize,
        number: usize,
        file: &str,
        left_out: &mut LeftOut,
    ) -> Result<Self, Refusal> {
        let Value::Object(mut map) = value else {
            return Err(Refusal::Wrong(
                "this is not a record of doccano, which has a `text` and its labels; export the \
                 dataset as JSONL"
                    .to_owned(),
            ));
        };
        if let Some(why) = why_no_text(&map) {
            return Err(Refusal::Wrong(why));
        }
        let text = match (map.remove("text"), map.remove("data")) {
            (Some(Value::String(text)), None | Some(Value::Null)) => text,
            (None | Some(Value::Null), Some(Value::String(text))) => text,
            (Some(Value::String(text)), Some(data)) => {
                map.insert("data".to_owned(), data);
                text
            }
            (Some(Value::Null), None) => {
                let rest = shown(&Value::Object(map));
                return Err(Refusal::NoText("its `text` is empty".to_owned(), rest));
            }
            (text, data) => {
                let names: Vec<String> = map.keys().map(|key| format!("`{key}`")).collect();
                let message = "this record has no `text`";
                let message = match &names[..] {
                    [] => format!("{message}; use that name for the text"),
                    _ => format!(
                        "{message}, only {}; use that name for the text",
                        names.join(", ")
                    ),
                };
                let rest = shown(&Value::Object(map));
                return Err(match (text, data) {
                    (None, None) => Refusal::NoText(message, rest),
                    _ => Refusal::Wrong(message),
                });
            }
        };
        let called = match map.get("id") {
            Some(Value::Number(id)) => format!("record {id}"),
            Some(Value::String(id)) => format!("record {id}"),
            _ => format!("record {number}"),
        };
        let mut named = |key: &str| match map.get(key) {
            Some(Value::String(name)) if !name.is_empty() => {
                let name = name.to_string();
                map.remove(key);
                Some(name)
            }
            _ => None,
        };
        let name = named("name").or_else(|| named("filename"));
        let name = name.unwrap_or_else(|| match map.get("id") {
            // Those of more than 64 bits are not read digit by digit.
            Some(Value::Number(id)) if !id.is_f64() => format!("document-{id}"),
            Some(Value::String(id)) if !id.is_empty() => id.to_string(),
            _ => {
                let stem = file.rsplit_once('.').map_or(file, |(stem, _)| stem);
                format!("{stem}-{line}")
            }
        });
        let unit = match map.get(super::UNIT_FIELD).and_then(Value::as_str) {
            Some("code-points") => Some(0),
            Some("utf16") => Some(1),
            _ => None,
        };
        if unit.is_some() {
            map.remove(super::UNIT_FIELD);
        }
        let own = map.remove("pullquote");
        let own = own.and_then(|value| own_value(&value, "pullquote", line, left_out));
        let mut record = Self {
            line,
            called,
            name,
            offsets: (!Offsets::are_plain(&text)).then(|| Offsets::new(&text)),
            text: text.into(),
            spans: BoundedList::default(),
            relations: Vec::new(),
            categories: Vec::new(),
            unit,
            own,
        };
        for (key, value) in map {
            record.field(&key, value, left_out);
        }
        if let Some(own) = &record.own {
            let labels = record.spans.iter_mut().map(|span| &mut span.label);
            let roles = record
                .relations
                .iter_mut()
                .map(|relation| &mut relation.role);
            labels.chain(roles).for_each(|name| own.lengthen(name));
        }
        record.spans.shrink_to_fit();
        Ok(record)
    }

    fn field(&mut self, key: &str, value: Value, left_out: &mut LeftOut) {
        let example = |text: String| format!("{text} ({})", self.called);
        match (key, value) {
            (_, value) if says_nothing(&value) => {}
            (key, Value::Array(list)) if SPANS.contains(&key) => {
                for item in list {
                    self.span(item, left_out);
                }
            }
            (key, Value::Object(within)) if SPANS.contains(&key) && are_spans(&within) => {
                for (name, mut item) in within {
                    if let Value::Object(fields) = &mut item {
                        fields.insert_missing("id", || Value::String(name));
                    }
                    self.span(item, left_out);
                }
            }
            // One label, or the lists within a record of their own.
            (key, Value::Object(within)) if SPANS.contains(&key) => {
                for (key, value) in within {
                    if SPANS.contains(&&*key) || key == "relations" {
                        self.field(&key, value, left_out);
                    } else {
                        let words = format!("{key}: {}", word(&value));
                        self.categories.push(shortened(&words));
                    }
                }
            }
            (key, value) if SPANS.contains(&key) || key == "cats" || key == "categories" => {
                match value {
                    Value::Array(list) => self.categories.extend(list.iter().map(word)),
                    Value::Object(map) => self.categories.extend(
                        map.iter()
                            .map(|(key, value)| format!("{key}: {}", word(value))),
                    ),
                    other => self.categories.push(word(&other)),
                }
            }
            ("relations" | "relation" | "connections", Value::Array(list)) => {
                for item in list {
                    left_out.read(Content::Link, 1);
                    match relation(&item) {
                        Some(mut relation) => {
                            if relation.role.is_empty() {
                                let words = "relations without a type are called `link` here";
                                left_out.hint(self.line, words.to_owned());
                                "link".clone_into(&mut relation.role);
                            }
                            left_out.tally.read.extend(relation.facts.counts());
                            self.relations.push(relation);
                        }
                        None => {
                            let cause = "relations without two ends are not imported";
                            left_out
                                .skip_counted(self.line, cause, example(shown(&item)))
                                .add(Content::Link, 1);
                        }
                    }
                }
            }
            ("Comments" | "comments", value) => {
                let list = match value {
                    Value::Array(list) => list,
                    other => thin_vec::thin_vec![other],
                };
                for comment in list {
                    let by = ["username", "user"].iter().find_map(|key| comment.get(key));
                    let by = by.map(|by| format!(" by {}", word(by))).unwrap_or_default();
                    let words = comment.get("text").unwrap_or(&comment);
                    let mut words = format!("{}{by}", shown(words));
                    for (key, value) in comment.as_object().into_iter().flatten() {
                        let known = ["text", "username", "user"].contains(&&**key);
                        if !known && !BOOKKEEPING.contains(&&**key) && comment.get("text").is_some()
                        {
                            words.push_str(&format!(", {key}: {}", shown(value)));
                        }
                    }
                    let cause = "comments on a whole text are not imported";
                    left_out.skip(self.line, cause, example(words));
                }
            }
            (key, _) if BOOKKEEPING.contains(&key) => {
                if key != "id" {
                    left_out.bookkeeping(self.line, key);
                }
            }
            (key, value) => {
                let cause = "facts about a text are not imported";
                left_out.skip(
                    self.line,
                    cause,
                    example(format!("`{key}`: {}", shown(&value))),
                );
            }
        }
    }

    /// Start, end and label as a list or with names; or a label of the whole text.
    fn span(&mut self, item: Value, left_out: &mut LeftOut) {
        match item {
            Value::Array(parts) => {
                let number = |n: usize| parts.get(n).and_then(whole_number);
                let places = [(0, 1, 2), (1, 2, 0)];
                let found = places.into_iter().find_map(|(start, end, label)| {
                    let label = parts.get(label)?;
                    Some(([number(start)?, number(end)?], word(label)))
                });
                match found {
                    Some((at, label)) if !label.is_empty() => {
                        let mut attributes = Vec::new();
                        for (n, more) in parts.iter().enumerate().skip(3) {
                            if !says_nothing(more) {
                                let key = format!("value-{}", n + 1);
                                attributes.push(AttributeRecord {
                                    key: key.into(),
                                    value: word(more).into(),
                                });
                            }
                        }
                        let span = Span {
                            id: None,
                            at,
                            words: None,
                            label,
                            user: None,
                            attributes: attributes.into(),
                        };
                        left_out.tally.read.extend(span.counts());
                        self.spans.push(span);
                    }
                    _ => self.without_place(&Value::Array(parts), left_out),
                }
            }
            Value::Object(map) => self.named_span(map, left_out),
            whole => self.categories.push(word(&whole)),
        }
    }

    fn named_span(&mut self, mut map: Map, left_out: &mut LeftOut) {
        let mut first = |keys: &[&str]| keys.iter().find_map(|key| map.remove(key));
        let start = first(&["start_offset", "startOffset", "start"]);
        let end = first(&["end_offset", "endOffset", "end"]);
        let label = first(&["label", "label_name", "type", "tag"]);
        let user = first(&["user", "username", "annotator"]);
        let id = first(&["id"]);
        if start.is_none() && end.is_none() {
            let words = label.or_else(|| map.remove("text"));
            let words = match words {
                Some(words) => {
                    for (key, value) in &map {
                        if BOOKKEEPING.contains(&&**key) {
                            left_out.bookkeeping(self.line, key);
                        } else if !says_nothing(value) {
                            left_out.unknown(self.line, key, &shown(value));
                        }
                    }
                    word(&words)
                }
                None => Value::Object(map).to_string(),
            };
            let by = user.filter(|user| !user.is_null());
            let by = by
                .map(|user| format!(" by {}", word(&user)))
                .unwrap_or_default();
            self.categories.push(format!("{words}{by}"));
            return;
        }
        let number = |value: &Option<Value>| value.as_ref().and_then(whole_number);
        let named = label.as_ref().filter(|label| !word(label).is_empty());
        let (Some(start), Some(end), Some(label)) = (number(&start), number(&end), named) else {
            let user = user.filter(|user| !user.is_null());
            let all = [start, end, label, user].into_iter().flatten();
            let rest = map
                .into_iter()
                .map(|field| Value::Object(Map::from_iter([field])));
            return self.without_place(&Value::Array(all.chain(rest).collect()), left_out);
        };
        if let Value::Object(fields) = label {
            for (key, value) in fields {
                if !says_nothing(value) && word(label) != word(value) {
                    left_out.bookkeeping(self.line, &format!("label.{key}"));
                }
            }
        }
        if label.is_number() {
            let message = "labels are numbers here; name them with --map NUMBER=NAME";
            left_out.hint(self.line, message.to_owned());
        }
        let words = take_words(&mut map);
        let mut attributes = Vec::new();
        for (key, value) in map {
            // Of what a person has labelled, a model is not sure at all.
            let unsure = key == "prob" && value.as_f64() == Some(0.0);
            if unsure || BOOKKEEPING.contains(&&*key) {
                left_out.bookkeeping(self.line, &key);
            } else if !says_nothing(&value) {
                attributes.push(AttributeRecord {
                    key,
                    value: word(&value).into(),
                });
            }
        }
        let named =
            |value: Option<Value>| value.map(|value| word(&value)).filter(|v| !v.is_empty());
        let span = Span {
            id: named(id),
            at: [start, end],
            words,
            label: word(label),
            user: named(user),
            attributes: attributes.into(),
        };
        left_out.tally.read.extend(span.counts());
        self.spans.push(span);
    }

    fn without_place(&self, item: &Value, left_out: &mut LeftOut) {
        let cause = "labels without a start, an end and a name are not imported";
        left_out.read(Content::Tag, 1);
        let example = format!("{} ({})", shown(item), self.called);
        left_out
            .skip_counted(self.line, cause, example)
            .add(Content::Tag, 1);
    }
}

/// Whether the values of an object are spans, each under its id.
fn are_spans(within: &Map) -> bool {
    let is_span = |item: &Value| {
        let keys = ["start_offset", "startOffset", "start"];
        keys.iter().any(|key| item.get(key).is_some())
    };
    !within.is_empty() && within.values().all(is_span)
}

/// From, to and type, with names or as a list.
fn relation(item: &Value) -> Option<Relation> {
    let part = |keys: &[&str], n: usize| match item {
        Value::Object(map) => keys.iter().find_map(|key| map.get(key)),
        Value::Array(list) => list.get(n),
        Value::Null | Value::Bool(_) | Value::Number(_) | Value::String(_) => None,
    };
    let end = |value: Option<&Value>| value.map(word).filter(|id| !id.is_empty());
    let role = part(&["type", "label", "relation"], 2).map(word);
    let mut facts = LinkFacts::default();
    let used = [
        "from_id", "from", "to_id", "to", "type", "label", "relation",
    ];
    match item {
        Value::Object(map) => {
            for (key, value) in map {
                let known = used.contains(&&**key) || BOOKKEEPING.contains(&&**key);
                if !known && !says_nothing(value) {
                    facts.add(key, &word(value));
                }
            }
        }
        Value::Array(list) => {
            for (n, value) in list.iter().enumerate().skip(3) {
                if !says_nothing(value) {
                    facts.add(&format!("value-{}", n + 1), &word(value));
                }
            }
        }
        Value::Null | Value::Bool(_) | Value::Number(_) | Value::String(_) => {}
    }
    let id = item.get("id").filter(|id| !says_nothing(id));
    let id = id.map(word);
    Some(Relation {
        id,
        from: end(part(&["from_id", "from"], 0))?,
        to: end(part(&["to_id", "to"], 1))?,
        role: role.unwrap_or_default(),
        facts,
    })
}

/// A label or id in words: the name of a record of one.
fn word(value: &Value) -> String {
    match value {
        Value::Null => String::new(),
        Value::String(text) => text.to_string(),
        Value::Object(map) => {
            let mut names = ["text", "name", "label", "username"].iter();
            match names.find_map(|key| map.get(key).and_then(Value::as_str)) {
                Some(name) => name.to_owned(),
                None => value.to_string(),
            }
        }
        Value::Bool(_) | Value::Number(_) | Value::Array(_) => value.to_string(),
    }
}

/// Takes the words out of the fields of a span.
fn take_words(fields: &mut Map) -> Option<String> {
    let is_words = |value: &Value| value.as_str().is_some_and(|text| !text.trim().is_empty());
    let key = WORDS
        .iter()
        .find(|key| fields.get(key).is_some_and(is_words))?;
    match fields.remove(key) {
        Some(Value::String(words)) => Some(words.into()),
        _ => None,
    }
}
