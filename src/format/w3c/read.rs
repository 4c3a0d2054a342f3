use serde_json::Value;

use super::group::{groups, record};
use super::iri::file_name;
use super::item::item;
use super::wire::OwnDocument;
use crate::format::{FormatError, Imported, Input, RecordProblem};
use crate::text::OffsetUnit;

/// Reads a page, a collection, a list or a single annotation; what Recogito and Hypothesis write, too.
/// A text that does not travel along is looked for beside the file, under the last part of its
/// address.
pub(super) fn read(input: &Input<'_>) -> Result<Imported, FormatError> {
    let mut imported = Imported::default();
    let Some(value) = input.json::<Value>(&mut imported)? else {
        return Ok(imported);
    };
    let without_tags = documents_without_tags(&value);
    let mut own: Vec<OwnDocument> = Vec::new();
    let mut items = Vec::new();
    for (n, value) in list(value).into_iter().enumerate() {
        match item(value) {
            Ok((item, document)) => {
                let begins = document.is_some().then_some(own.len());
                own.extend(document);
                items.push((n + 1, begins, item));
            }
            Err(why) => imported.skipped.push(RecordProblem {
                line: 1,
                message: format!("annotation {}: left out, {why}", n + 1),
            }),
        }
    }
    let with_tags = own.len();
    own.extend(without_tags);
    for group in groups(&items, &own, with_tags) {
        let document = group.own.and_then(|at| own.get(at));
        let text = match document {
            Some(document) => Some(document.text.clone()),
            None => beside(group.source, input),
        };
        let Some(text) = text else {
            let (source, name) = (group.source, file_name(group.source));
            let message =
                format!("the text `{source}` is missing; put it beside the file as `{name}`");
            imported.problems.push(RecordProblem { line: 1, message });
            continue;
        };
        let unit = document.map(|document| {
            if document.utf16 {
                OffsetUnit::Utf16
            } else {
                OffsetUnit::CodePoints
            }
        });
        let mut record = record(&group, text, unit, &mut imported.skipped);
        if let Some(document) = document {
            document.extra.clone().restore(&mut record);
        }
        let read = record.into_document(super::INFO.name, input.name, 1);
        imported.add(read, 1);
    }
    Ok(imported)
}

fn list(value: Value) -> Vec<Value> {
    let Value::Object(mut page) = value else {
        return match value {
            Value::Array(list) => list,
            _ => Vec::new(),
        };
    };
    // What the interface of Hypothesis answers has records, its exports have annotations.
    for key in ["items", "records", "annotations"] {
        if let Some(Value::Array(list)) = page.get_mut(key).map(Value::take) {
            return list;
        }
    }
    if let Some(first) = page.get_mut("first").map(Value::take) {
        return list(first);
    }
    vec![Value::Object(page)]
}

fn documents_without_tags(value: &Value) -> Vec<OwnDocument> {
    let documents = value.pointer("/pullquote/documents").cloned();
    let read = documents.map(serde_json::from_value);
    read.and_then(Result::ok).unwrap_or_default()
}

fn beside(address: &str, input: &Input<'_>) -> Option<String> {
    let name = file_name(address);
    let stem = name.rsplit_once('.').map_or(&*name, |(stem, _)| stem);
    let names = [name.clone(), format!("{name}.txt"), format!("{stem}.txt")];
    let text = names.iter().find_map(|name| input.text_beside(name))?;
    text.ok()
}
