//! What imports of JSON lose in silence, for tests.

use super::{Format, Imported, Input};

/// Words that no document has.
const MARKER: &str = "Qzx7";

/// What an import loses in silence, if it is put anywhere into a file of JSON: in each text, beside
/// each field and each item, instead of each value. `names` are fields whose contents are no content.
/// Offsets are made wrong, too.
pub(in crate::format) fn silent_losses(
    format: &dyn Format,
    json: &[u8],
    names: &[&str],
) -> Vec<String> {
    let whole: serde_json::Value = serde_json::from_slice(json).unwrap();
    let before = read_json(format, &whole);
    let count = |imported: &Imported| -> usize {
        let documents = imported.documents.iter().map(|read| read.document.set());
        documents
            .map(|set| set.annotation_count() + set.link_count())
            .sum()
    };
    let mut pointers = Vec::new();
    pointers_in(&whole, String::new(), &mut pointers);
    let mut silent = Vec::new();
    for pointer in pointers {
        if pointer.split('/').any(|name| names.contains(&name)) {
            continue;
        }
        for (what, new) in changes(whole.pointer(&pointer).unwrap()) {
            let mut changed = whole.clone();
            *changed.pointer_mut(&pointer).unwrap() = new;
            let imported = read_json(format, &changed);
            let told = !imported.problems.is_empty() || !imported.skipped.is_empty();
            let mut texts = imported.documents.iter().map(|read| read.document.source());
            let kept = match what {
                "number" => count(&imported) >= count(&before),
                _ => {
                    texts.any(|text| text.as_str().contains(MARKER))
                        || format!("{imported:?}").contains(MARKER)
                }
            };
            if !kept && !told {
                silent.push(format!("{pointer}: {what}"));
            }
        }
    }
    silent
}

fn read_json(format: &dyn Format, value: &serde_json::Value) -> Imported {
    let bytes = serde_json::to_vec(value).unwrap();
    let input = Input {
        name: "in.json",
        bytes: &bytes,
        beside: &|_| None,
    };
    format.read(&input).unwrap()
}

fn pointers_in(value: &serde_json::Value, at: String, all: &mut Vec<String>) {
    use serde_json::Value;
    match value {
        Value::Array(list) => {
            for (n, item) in list.iter().enumerate() {
                pointers_in(item, format!("{at}/{n}"), all);
            }
        }
        Value::Object(fields) => {
            for (key, field) in fields {
                let key = key.replace('~', "~0").replace('/', "~1");
                pointers_in(field, format!("{at}/{key}"), all);
            }
        }
        Value::Null | Value::Bool(_) | Value::Number(_) | Value::String(_) => {}
    }
    all.push(at);
}

fn changes(value: &serde_json::Value) -> Vec<(&'static str, serde_json::Value)> {
    use serde_json::{Value, json};
    let mut all = vec![
        ("record", json!({ MARKER: MARKER })),
        ("list", json!([MARKER])),
    ];
    match value {
        Value::String(text) => all.push(("text", json!(format!("{text}{MARKER}")))),
        Value::Number(number) => {
            let more = number.as_u64().unwrap_or(0) + 1;
            all.extend([("number", json!(more)), ("number", json!(999_999))]);
        }
        Value::Array(list) => {
            for item in [json!(MARKER), json!({ MARKER: MARKER })] {
                let more = list.iter().cloned().chain([item]);
                all.push(("item", more.collect()));
            }
        }
        Value::Object(fields) => {
            let mut more = fields.clone();
            more.insert(MARKER.to_owned(), json!(MARKER));
            all.push(("field", Value::Object(more)));
        }
        Value::Null | Value::Bool(_) => {}
    }
    all
}
