//! A record as it is in the file. Shapes differ between tools and versions; what is in none of the
//! places that are known is noted.

use thin_vec::ThinVec;

use super::parse_span::{array, into_array, is_bookkeeping, number, relation, scalar, span, take};
use super::parse_tokens::{analysis, placed, tokens};
use super::record::{ReadRelation, ReadSpan, Token};
use super::review::versions;
use crate::format::draining::Draining;
use crate::format::interchange::BoundedList;
use crate::format::interchange::extras::DocumentExtra;
use crate::format::json::{Map, Value};
use crate::format::json_syntax::odd_json;
use crate::format::json_values::own;
use crate::format::left_out::{LeftOut, shown_words as shown};
use crate::format::tally::Content;

/// A record of a file.
#[derive(Debug, Default)]
pub(super) struct ReadRecord {
    pub(super) text: String,
    /// What the file calls the article.
    pub(super) name: Option<String>,
    pub(super) annotator: Option<String>,
    /// What the file calls them, where that is another name.
    pub(super) made_by: String,
    pub(super) tokens: Vec<Token>,
    pub(super) spans: BoundedList<ReadSpan>,
    pub(super) relations: BoundedList<ReadRelation>,
    pub(super) answer: Option<String>,
    pub(super) pullquote: Option<Box<DocumentExtra>>,
    /// What annotators made of the text, where this is the outcome of a review.
    pub(super) versions: Vec<ReadRecord>,
}

const WHOLE_TEXT: &str = "labels of whole texts are not imported; only tags on words are";
const NOTE: &str = "notes on whole texts are not imported; put them on tags";

/// Reads a record, or says what it is instead.
pub(super) fn record(item: &str, line: usize, out: &mut LeftOut) -> Result<ReadRecord, String> {
    let value = serde_json::from_str(item).map_err(|error| broken(item, &error))?;
    match value {
        Value::Object(fields) => from_fields(fields, line, out),
        Value::Array(parts) => from_tuple(parts, line, out),
        Value::Null | Value::Bool(_) | Value::Number(_) | Value::String(_) => Err(format!(
            "`{}` is not a record; each record is an object with `text` and `spans`",
            shown(item)
        )),
    }
}

fn broken(item: &str, error: &serde_json::Error) -> String {
    if item.trim_start().starts_with(['(', '#']) || item.contains("TRAIN_DATA") {
        return "this is Python code, not JSON; write each record on a line of its own with \
                json.dumps, and import that file"
            .to_owned();
    }
    if error.is_eof() {
        return "this record ends in the middle; write each record whole, on a line of its own"
            .to_owned();
    }
    let column = error.column();
    match odd_json(error, item) {
        Some(what) => format!("column {column}: {what}"),
        None => format!("this is not JSON from column {column} on; fix or remove the record"),
    }
}

/// What spaCy is trained with: a text and an object with `entities`.
fn from_tuple(parts: ThinVec<Value>, line: usize, out: &mut LeftOut) -> Result<ReadRecord, String> {
    let mut parts = parts.into_iter();
    let fields = match (parts.next(), parts.next(), parts.next()) {
        (Some(Value::String(text)), Some(Value::Object(mut fields)), None) => {
            fields.insert("text".to_owned(), Value::String(text));
            fields
        }
        (Some(Value::String(text)), Some(Value::Array(spans)), None) => {
            let text = ("text".to_owned(), Value::String(text));
            [text, ("spans".to_owned(), Value::Array(spans))]
                .into_iter()
                .collect()
        }
        _ => {
            return Err(
                "this list is not a record; write [\"text\", {\"entities\": [[start, end, \
                 \"LABEL\"]]}], or an object with `text` and `spans`"
                    .to_owned(),
            );
        }
    };
    from_fields(fields, line, out)
}

fn from_fields(mut fields: Map, line: usize, out: &mut LeftOut) -> Result<ReadRecord, String> {
    let Some(Value::String(text)) = fields.remove("text") else {
        return Err(without_text(&fields).to_owned());
    };
    let mut record = ReadRecord {
        text: text.into(),
        ..ReadRecord::default()
    };
    let id = take(&mut fields, "id");
    let meta = match fields.remove("meta") {
        Some(Value::Object(meta)) => meta,
        None | Some(Value::Null) => Map::new(),
        Some(other) => Map::from_iter([("source".to_owned(), other)]),
    };
    record.name = name(id, meta, line, out);
    for key in ["_annotator_id", "_session_id", "annotator"] {
        let found = take(&mut fields, key).filter(|name| !name.is_empty());
        match (&record.annotator, found) {
            (None, found) => record.annotator = found,
            (Some(known), Some(other)) if *known != other => {
                out.unknown(line, key, &shown(&other));
            }
            (Some(_), _) => {}
        }
    }
    record.answer = take(&mut fields, "answer");
    let extra = fields.remove("pullquote");
    let extra = extra.and_then(|extra| own(&extra, "pullquote", line, out));
    record.pullquote = extra.map(Box::new);
    if let Some(extra) = &record.pullquote {
        out.tally.read.extend(extra.counts());
    }
    let label = match fields.get("label") {
        Some(Value::String(label)) if !label.is_empty() => Some(label.clone()),
        _ => None,
    };
    let given = fields.get("tokens").cloned();
    record.tokens = tokens(&mut fields, line, out);
    for version in versions(&mut fields, &record.text, given.as_ref(), line, out) {
        let mut version = from_fields(version, line, out)?;
        if version.name.is_none() {
            version.name.clone_from(&record.name);
        }
        // Versions of versions.
        record.versions.append(&mut version.versions);
        record.versions.push(version);
    }
    analysis(&mut fields, &record.tokens, line, out);
    let mut labelled = false;
    for key in ["spans", "entities", "ents"] {
        let groups = match fields.remove(key) {
            None | Some(Value::Null) => continue,
            Some(Value::Object(groups)) => groups,
            Some(list) => Map::from_iter([(String::new(), list)]),
        };
        let several = groups.len() > 1;
        for (group, list) in groups {
            let Some(list) = into_array(list) else {
                return Err(format!(
                    "`{key}` is not a list of spans; give [start, end, label]"
                ));
            };
            if !list.is_empty() && list.iter().all(Value::is_string) {
                return Err(format!(
                    "`{key}` labels each token (such as `{}`), not ranges of the text; give \
                     [start, end, label], as spaCy's biluo_tags_to_offsets does",
                    list.iter()
                        .filter_map(Value::as_str)
                        .next()
                        .unwrap_or_default()
                ));
            }
            for value in Draining::new(list.into()) {
                out.read(Content::Tag, 1);
                let whole = label.as_deref();
                match span(&placed(&value, &record.tokens), whole, line, out) {
                    Ok((mut span, used)) => {
                        labelled |= used;
                        if several {
                            span.attribute("group", &group);
                            out.tally.made.add(Content::Attribute, 1);
                        }
                        record.spans.push(span);
                    }
                    Err(why) => {
                        out.skip_counted(line, why, shown(&value.to_string()))
                            .add(Content::Tag, 1);
                    }
                }
            }
        }
    }
    if fields.get("relations").and_then(array).is_some()
        && let Some(list) = fields.remove("relations").and_then(into_array)
    {
        for value in Draining::new(list.into()) {
            out.read(Content::Link, 1);
            match relation(&value, line, out) {
                Ok(relation) => record.relations.push(relation),
                Err(why) => {
                    out.skip_counted(line, why, shown(&value.to_string()))
                        .add(Content::Link, 1);
                }
            }
        }
    }
    if labelled {
        fields.remove("label");
    }
    extensions(&mut fields, &mut record.spans, line, out);
    for (key, value) in fields {
        rest(&key, &value, line, out)?;
    }
    // Many may wait for the last.
    record.spans.shrink_to_fit();
    record.relations.shrink_to_fit();
    record.tokens.shrink_to_fit();
    Ok(record)
}

/// What a record without text is, and what to do.
fn without_text(fields: &Map) -> &'static str {
    if fields.contains_key("image") {
        "this record is about an image, and has no `text`; only texts can be imported, remove it"
    } else if fields.contains_key("audio") || fields.contains_key("video") {
        "this record is about a recording, and has no `text`; only texts can be imported, remove it"
    } else if fields.contains_key("html") {
        "this record has `html` and no `text`; write the text without markup as `text`"
    } else if fields.contains_key("paragraphs") {
        "this is spaCy's old training format (`paragraphs`); convert it with spacy convert, and \
         write each text with its spans as JSON Lines"
    } else if fields.contains_key("ents") || fields.contains_key("tokens") {
        "this is a spaCy document without its `text`; write `text` and `spans`"
    } else {
        "this record has no `text`; write the text of the article under that name"
    }
}

/// The name of an article; other facts are noted.
fn name(id: Option<String>, mut meta: Map, line: usize, out: &mut LeftOut) -> Option<String> {
    let mut found = id.filter(|id| !id.is_empty());
    for key in ["id", "source"] {
        if found.is_none() {
            let value = meta.get(key).and_then(scalar);
            found = value.filter(|value| !value.is_empty());
            if found.is_some() {
                meta.remove(key);
            }
        }
    }
    for (key, value) in meta {
        if value.as_str() != found.as_deref() || found.is_none() {
            rest_of_meta(&key, &value, line, out);
        }
    }
    found
}

fn rest_of_meta(key: &str, value: &Value, line: usize, out: &mut LeftOut) {
    if value.is_null() {
        return;
    }
    if is_note(key) {
        let example = format!("`meta.{key}` “{}”", shown(&words(value)));
        out.skip(line, NOTE, example);
    } else if is_bookkeeping(key) {
        out.bookkeeping(line, &format!("meta.{key}"));
    } else {
        out.unknown(line, &format!("meta.{key}"), &shown(&words(value)));
    }
}

fn is_note(key: &str) -> bool {
    let known = [
        "note",
        "notes",
        "comment",
        "comments",
        "remark",
        "remarks",
        "feedback",
        "user_input",
        "reason",
        "explanation",
    ];
    known.contains(&&*key.to_lowercase())
}

fn words(value: &Value) -> String {
    scalar(value).unwrap_or_else(|| value.to_string())
}

/// Makes attributes of spaCy's custom extensions of spans; those of the text are noted.
fn extensions(fields: &mut Map, spans: &mut [ReadSpan], line: usize, out: &mut LeftOut) {
    const ELSEWHERE: &str = "custom extensions of texts, tokens and places without a span are not \
                             imported";
    if let Some(Value::Object(named)) = fields.get("underscore_span") {
        for (name, list) in named {
            let entries = match list {
                Value::Array(list) => list.as_slice(),
                other => std::slice::from_ref(other),
            };
            for entry in entries {
                let at = |name: &str| entry.get(name).and_then(number);
                let place = at("start").zip(at("end"));
                let mut at_place = spans.iter_mut();
                let found = at_place.find(|span| Some((span.start, span.end)) == place);
                match (found, entry.get("value")) {
                    (_, Some(Value::Null)) => {}
                    (Some(span), Some(value)) => {
                        out.read(Content::Attribute, 1);
                        span.attribute(name, &words(value));
                    }
                    _ => out.skip(
                        line,
                        ELSEWHERE,
                        format!("`{name}`: {}", shown(&words(entry))),
                    ),
                }
            }
        }
        fields.remove("underscore_span");
    }
    for field in ["_", "underscore_doc", "underscore_token"] {
        let Some(Value::Object(named)) = fields.get(field) else {
            continue;
        };
        for (name, value) in named.iter().filter(|(_, value)| !value.is_null()) {
            out.skip(
                line,
                ELSEWHERE,
                format!("`{name}`: {}", shown(&words(value))),
            );
        }
        fields.remove(field);
    }
}

/// Notes a field of the record that has no place in a document.
fn rest(key: &str, value: &Value, line: usize, out: &mut LeftOut) -> Result<(), String> {
    let is_empty = match value {
        Value::Null => true,
        Value::String(text) => text.is_empty(),
        Value::Array(list) => list.is_empty(),
        Value::Object(fields) => fields.is_empty(),
        Value::Bool(_) | Value::Number(_) => false,
    };
    if is_empty {
        return Ok(());
    }
    let lists = array(value).is_some_and(|list| list.iter().any(Value::is_array));
    match key {
        "label" | "labels" if lists => {
            return Err(format!(
                "this record has its spans in `{key}`, as doccano writes them; import it with \
                 --from doccano"
            ));
        }
        "label" | "labels" | "accept" | "cats" | "category" | "categories" => {
            let labels = match value {
                Value::Array(list) => list.iter().map(words).collect::<Vec<_>>().join(", "),
                Value::Object(cats) => {
                    let cats = cats
                        .iter()
                        .map(|(label, v)| format!("{label} {}", words(v)));
                    cats.collect::<Vec<_>>().join(", ")
                }
                Value::Null | Value::Bool(_) | Value::Number(_) | Value::String(_) => words(value),
            };
            out.skip(line, WHOLE_TEXT, format!("`{key}` “{}”", shown(&labels)));
        }
        "links" => {
            let why = "links to a knowledge base are not imported; give `kb_id` on the span";
            out.skip(line, why, shown(&value.to_string()));
        }
        _ if is_note(key) => {
            let example = format!("`{key}` “{}”", shown(&words(value)));
            out.skip(line, NOTE, example);
        }
        _ if is_bookkeeping(key) => out.bookkeeping(line, key),
        _ => out.unknown(line, key, &shown(&words(value))),
    }
    Ok(())
}
