//! Reads all the shapes that versions of doccano have exported.

use std::collections::{BTreeMap, BTreeSet};

use serde_json::{Map, Value};

use super::INFO;
use super::offsets::{Fit, Judgement, Offsets, UNITS, judge};
use crate::format::document_names::DocumentNames;
use crate::format::interchange::{AttributeRecord, DocumentRecord, LinkRecord, SpanRecord};
use crate::format::json_values::{json_values, whole_number};
use crate::format::labelstudio::AnnotatorNames;
use crate::format::left_out::{LeftOut, says_nothing, shortened, shown};
use crate::format::{FormatError, Imported, Input, RecordProblem};
use crate::text::CodePointIndex;

/// Where the spans of a record can be.
const SPANS: [&str; 5] = ["entities", "label", "labels", "annotations", "spans"];
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

/// The words of a record's spans.
struct Span {
    id: Option<String>,
    at: [u32; 2],
    label: String,
    user: Option<String>,
    attributes: Vec<AttributeRecord>,
}

struct Relation {
    from: String,
    to: String,
    role: String,
}

struct Record {
    line: usize,
    /// What it is called in messages.
    called: String,
    name: String,
    text: String,
    spans: Vec<Span>,
    relations: Vec<Relation>,
    /// What labels the whole text.
    categories: Vec<String>,
    /// The unit it says its offsets have, as an index in [`super::offsets::UNITS`].
    unit: Option<usize>,
    offsets: Option<Offsets>,
}

/// Reads the records of a file.
pub(super) fn read(input: &Input<'_>) -> Result<Imported, FormatError> {
    let mut imported = Imported::default();
    let mut left_out = LeftOut::default();
    let mut records = Vec::new();
    let values = json_values(input.text()?, &mut imported);
    for (n, (line, value)) in values.into_iter().enumerate() {
        match Record::new(value, line, n + 1, input.name, &mut left_out) {
            Ok(record) => records.push(record),
            Err(message) => imported.problems.push(RecordProblem { line, message }),
        }
    }
    let spans = records.iter().any(|record| !record.spans.is_empty());
    if !spans && let Some(first) = records.iter().find(|record| !record.categories.is_empty()) {
        let message = format!(
            "this file labels whole texts (“{}”), not spans of them; export a project for sequence \
             labelling",
            shortened(&first.categories.join("”, “"))
        );
        let line = first.line;
        imported.problems.push(RecordProblem { line, message });
        return Ok(imported);
    }
    for record in &records {
        for category in &record.categories {
            let cause = "labels of a whole text, not a span, are not imported";
            left_out.skip(
                record.line,
                cause,
                format!("“{category}” ({})", record.called),
            );
        }
    }
    let judgement = judge(records.iter().flat_map(|record| {
        let offsets = record.offsets.as_ref().filter(|_| record.unit.is_none());
        let spans = offsets.map(|offsets| record.spans.iter().map(move |span| (offsets, span.at)));
        spans.into_iter().flatten()
    }));
    let mut names = AnnotatorNames::default();
    let mut documents = DocumentNames::default();
    for record in records {
        let line = record.line;
        for record in record.documents(judgement, &mut names, &mut documents, &mut left_out) {
            imported.add(record.into_document(INFO.name, input.name, line), line);
        }
    }
    left_out.report(&mut imported);
    Ok(imported)
}

impl Record {
    fn new(
        value: Value,
        line: usize,
        number: usize,
        file: &str,
        left_out: &mut LeftOut,
    ) -> Result<Self, String> {
        let Value::Object(mut map) = value else {
            return Err(
                "this is not a record of doccano, which has a `text` and its labels; export the \
                 dataset as JSONL"
                    .to_owned(),
            );
        };
        let text = match (map.remove("text"), map.remove("data")) {
            (Some(Value::String(text)), None | Some(Value::Null)) => text,
            (None | Some(Value::Null), Some(Value::String(text))) => text,
            (Some(Value::String(text)), Some(data)) => {
                map.insert("data".to_owned(), data);
                text
            }
            _ => {
                let names: Vec<String> = map.keys().map(|key| format!("`{key}`")).collect();
                let message = "this record has no `text`";
                return Err(match &names[..] {
                    [] => format!("{message}; use that name for the text"),
                    _ => format!(
                        "{message}, only {}; use that name for the text",
                        names.join(", ")
                    ),
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
                let name = name.clone();
                map.remove(key);
                Some(name)
            }
            _ => None,
        };
        let name = named("name").or_else(|| named("filename"));
        let name = name.unwrap_or_else(|| match map.get("id") {
            Some(Value::Number(id)) => format!("document-{id}"),
            Some(Value::String(id)) if !id.is_empty() => id.clone(),
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
        let mut record = Self {
            line,
            called,
            name,
            offsets: (!Offsets::are_plain(&text)).then(|| Offsets::new(&text)),
            text,
            spans: Vec::new(),
            relations: Vec::new(),
            categories: Vec::new(),
            unit,
        };
        for (key, value) in map {
            record.field(&key, value, left_out);
        }
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
                    match relation(&item) {
                        Some(relation) => self.relations.push(relation),
                        None => {
                            let cause = "relations without two ends are not imported";
                            left_out.skip(self.line, cause, example(shown(&item)));
                        }
                    }
                }
            }
            ("Comments" | "comments", value) => {
                let list = match value {
                    Value::Array(list) => list,
                    other => vec![other],
                };
                for comment in list {
                    let by = ["username", "user"]
                        .iter()
                        .find_map(|key| comment.get(*key));
                    let by = by.map(|by| format!(" by {}", word(by))).unwrap_or_default();
                    let words = comment.get("text").unwrap_or(&comment);
                    let cause = "comments on a whole text are not imported";
                    left_out.skip(self.line, cause, example(format!("{}{by}", shown(words))));
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
                                let value = word(more);
                                attributes.push(AttributeRecord { key, value });
                            }
                        }
                        self.spans.push(Span {
                            id: None,
                            at,
                            label,
                            user: None,
                            attributes,
                        });
                    }
                    _ => self.without_place(&Value::Array(parts), left_out),
                }
            }
            Value::Object(map) => self.named_span(map, left_out),
            whole => self.categories.push(word(&whole)),
        }
    }

    fn named_span(&mut self, mut map: Map<String, Value>, left_out: &mut LeftOut) {
        let mut first = |keys: &[&str]| keys.iter().find_map(|key| map.remove(*key));
        let start = first(&["start_offset", "startOffset", "start"]);
        let end = first(&["end_offset", "endOffset", "end"]);
        let label = first(&["label", "label_name", "type", "tag"]);
        let user = first(&["user", "username", "annotator"]);
        let id = first(&["id"]);
        if start.is_none() && end.is_none() {
            let words = label.or_else(|| map.get("text").cloned());
            let words = words.map_or_else(|| Value::Object(map).to_string(), |words| word(&words));
            let by = user.filter(|user| !user.is_null());
            let by = by
                .map(|user| format!(" by {}", word(&user)))
                .unwrap_or_default();
            self.categories.push(format!("{words}{by}"));
            return;
        }
        let number = |value: &Option<Value>| value.as_ref().and_then(whole_number);
        let (Some(start), Some(end), Some(label)) = (number(&start), number(&end), &label) else {
            let all = [start, end, label].into_iter().flatten().collect();
            return self.without_place(&Value::Array(all), left_out);
        };
        if label.is_number() {
            let message = "labels are numbers here; name them with --map NUMBER=NAME";
            left_out.hint(self.line, message.to_owned());
        }
        let mut attributes = Vec::new();
        for (key, value) in map {
            if BOOKKEEPING.contains(&&*key) {
                left_out.bookkeeping(self.line, &key);
            } else if !says_nothing(&value) && value.as_f64() != Some(0.0) {
                let value = word(&value);
                attributes.push(AttributeRecord { key, value });
            }
        }
        let named =
            |value: Option<Value>| value.map(|value| word(&value)).filter(|v| !v.is_empty());
        self.spans.push(Span {
            id: named(id),
            at: [start, end],
            label: word(label),
            user: named(user),
            attributes,
        });
    }

    fn without_place(&self, item: &Value, left_out: &mut LeftOut) {
        let cause = "labels without a start, an end and a name are not imported";
        left_out.skip(
            self.line,
            cause,
            format!("{} ({})", shown(item), self.called),
        );
    }

    /// A document, or one for each person whose labels are told apart.
    fn documents(
        self,
        judgement: Judgement,
        names: &mut AnnotatorNames,
        documents: &mut DocumentNames,
        left_out: &mut LeftOut,
    ) -> Vec<DocumentRecord> {
        let Self {
            line,
            called,
            name,
            text,
            spans,
            relations,
            unit,
            offsets,
            ..
        } = self;
        let index = CodePointIndex::new(&text);
        let plain = offsets.is_none();
        let offsets = offsets.unwrap_or_else(|| Offsets::new(&text));
        let chosen = unit.unwrap_or(judgement.unit);
        let mut skip = |cause: &str, example: String| {
            left_out.skip(line, cause, format!("{example} ({called})"));
        };
        let mut by_user: BTreeMap<Option<String>, Vec<SpanRecord>> = BTreeMap::new();
        let mut whose: BTreeMap<String, Option<String>> = BTreeMap::new();
        let mut used = BTreeSet::new();
        let (mut judged, mut renumbered) = (false, false);
        for (n, span) in spans.into_iter().enumerate() {
            let [start, end] = span.at;
            let example = |place: &str| format!("`{}` {start} to {end}{place}", span.label);
            let there = offsets.place(chosen, span.at);
            let depends =
                !plain && (0..UNITS.len()).any(|unit| offsets.place(unit, span.at) != there);
            let words = there.and_then(|[start, end]| index.slice(start, end));
            let place = words
                .map(|words| format!(" “{}”", shortened(words)))
                .unwrap_or_default();
            let Some(there) = there else {
                skip(
                    "labels that end outside the text, or are empty, are left out; correct their \
                     offsets and import again",
                    example(&place),
                );
                continue;
            };
            if unit.is_none() && depends {
                judged |= chosen != 0;
                if offsets.fit(chosen, span.at) == Fit::Cut {
                    skip(
                        "labels that begin or end within a word are left out, because they count \
                         the emoji before them in another way; correct their offsets and import \
                         again",
                        example(&place),
                    );
                    continue;
                }
                if judgement.doubtful && offsets.place(1, span.at) != Some(there) {
                    let other = offsets.place(1, span.at);
                    let other = other.and_then(|[start, end]| index.slice(start, end));
                    let other = other
                        .map(|words| format!(", not “{words}”"))
                        .unwrap_or_default();
                    skip(
                        "nothing shows whether these offsets count code points or UTF-16; they were \
                         read as code points, so check them",
                        example(&format!("{place}{other}")),
                    );
                }
            }
            let given = span.id.is_some();
            let mut id = span.id.unwrap_or_else(|| format!("label-{}", n + 1));
            while !used.insert(id.clone()) {
                renumbered |= given;
                id.push('+');
            }
            whose.insert(id.clone(), span.user.clone());
            by_user.entry(span.user).or_default().push(SpanRecord {
                id,
                label: span.label,
                fragments: vec![there],
                attributes: span.attributes,
                ..SpanRecord::default()
            });
        }
        let mut links: BTreeMap<Option<String>, Vec<LinkRecord>> = BTreeMap::new();
        for Relation { from, to, role } in relations {
            let example = format!("`{role}` from `{from}` to `{to}`");
            match (whose.get(&from), whose.get(&to)) {
                (Some(user), Some(other)) if user == other => {
                    links.entry(user.clone()).or_default().push(LinkRecord {
                        from,
                        to,
                        to_kind: "annotation".to_owned(),
                        role,
                        ..LinkRecord::default()
                    });
                }
                (Some(_), Some(_)) => {
                    skip(
                        "relations between labels of two people are left out",
                        example,
                    );
                }
                (None, _) | (_, None) => {
                    skip(
                        "relations from or to a label that is not there are left out",
                        example,
                    );
                }
            }
        }
        if renumbered {
            left_out.hint(
                line,
                format!("{called}: two labels have the same id; one got a `+`"),
            );
        }
        if judged {
            let unit = [
                "code points",
                "UTF-16 units, as its editor does",
                "characters as people see them",
            ];
            let unit = unit.get(chosen).copied().unwrap_or_default();
            let message = format!("offsets count {unit}, as the beginnings and ends of words show");
            left_out.hint(line, message);
        }
        if by_user.is_empty() {
            by_user.insert(None, Vec::new());
        }
        let mut records = Vec::new();
        for (user, spans) in by_user {
            let annotator = user.as_ref().map(|user| {
                let number = user.bytes().all(|b| b.is_ascii_digit());
                let shown = if number {
                    format!("user-{user}")
                } else {
                    user.clone()
                };
                let name = names.name(user, 0, &shown);
                if name != *user && !number {
                    left_out.hint(
                        line,
                        format!("the annotator `{user}` is called `{name}` here"),
                    );
                }
                name
            });
            let mut record = DocumentRecord {
                text: text.clone(),
                spans,
                links: links.remove(&user).unwrap_or_default(),
                annotator: annotator.unwrap_or_default(),
                ..DocumentRecord::default()
            };
            record.join_split_spans();
            records.push(record);
        }
        let annotators = records.iter().map(|record| record.annotator.clone());
        let id = documents.free(&name, &text, annotators.collect());
        if id != name {
            let message = format!("{called}: another one is called `{name}`; this is `{id}` here");
            left_out.hint(line, message);
        }
        for record in &mut records {
            record.id.clone_from(&id);
        }
        records
    }
}

/// From, to and type, with names or as a list.
fn relation(item: &Value) -> Option<Relation> {
    let part = |keys: &[&str], n: usize| match item {
        Value::Object(map) => keys.iter().find_map(|key| map.get(*key)),
        Value::Array(list) => list.get(n),
        Value::Null | Value::Bool(_) | Value::Number(_) | Value::String(_) => None,
    };
    let end = |value: Option<&Value>| value.map(word).filter(|id| !id.is_empty());
    let role = part(&["type", "label", "relation"], 2).map(word);
    Some(Relation {
        from: end(part(&["from_id", "from"], 0))?,
        to: end(part(&["to_id", "to"], 1))?,
        role: role
            .filter(|role| !role.is_empty())
            .unwrap_or_else(|| "link".to_owned()),
    })
}

/// A label or id in words: the name of a record of one.
fn word(value: &Value) -> String {
    match value {
        Value::Null => String::new(),
        Value::String(text) => text.clone(),
        Value::Object(map) => {
            let mut names = ["text", "name", "label", "username"].iter();
            match names.find_map(|key| map.get(*key).and_then(Value::as_str)) {
                Some(name) => name.to_owned(),
                None => value.to_string(),
            }
        }
        Value::Bool(_) | Value::Number(_) | Value::Array(_) => value.to_string(),
    }
}
