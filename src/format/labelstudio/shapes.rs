//! The shapes tasks come in: exports of tasks, of single annotations, and JSON-MIN.

use std::collections::{BTreeMap, BTreeSet};

use smol_str::SmolStr;
use thin_vec::{ThinVec, thin_vec};

use crate::format::json::{Map, Value};

use crate::format::json_values::whole_number;
use crate::format::left_out::LeftOut;

/// A task as `data` and lists of `annotations` and `predictions`, or why it is none.
pub(super) fn task(value: Value, line: usize, left_out: &mut LeftOut) -> Result<Map, String> {
    let Value::Object(mut map) = value else {
        return Err(
            "this is not a task of Label Studio; export the project as JSON and import that"
                .to_owned(),
        );
    };
    if map.contains_key("images") && map.contains_key("categories") {
        return Err(
            "this is a COCO export, which holds places in images; export the project as JSON"
                .to_owned(),
        );
    }
    if map.get("result").is_some_and(Value::is_array)
        && let Some(Value::Object(mut task)) = map.remove("task")
    {
        // A storage holds a file for each annotation, with its task in it.
        task.insert(
            "annotations".to_owned(),
            Value::Array(thin_vec![Value::Object(map)]),
        );
        return Ok(task);
    }
    // Before version 1.0.
    if let Some(old) = map.remove("completions") {
        match (map.get_mut("annotations"), old) {
            (Some(Value::Array(list)), Value::Array(old)) => list.extend(old),
            (_, old) => {
                map.insert("annotations".to_owned(), old);
            }
        }
    }
    if map.get("data").is_some_and(Value::is_object) {
        return Ok(map);
    }
    if is_minimal(&map) {
        let message = "this is JSON-MIN, which has no relations, notes and ids of regions; export \
                       as JSON to import them, too";
        left_out.hint(line, message.to_owned());
        return Ok(from_minimal(map));
    }
    if map.get("result").is_some_and(Value::is_array) {
        return Err(
            "this annotation comes without its task, so without the text; export the project as \
             JSON"
                .to_owned(),
        );
    }
    Err(
        "this task has no `data` with the text; export the project as JSON, or name another \
         format with --from"
            .to_owned(),
    )
}

const MINIMAL: [&str; 4] = ["annotation_id", "annotator", "lead_time", "updated_at"];

fn is_minimal(map: &Map) -> bool {
    let facts = MINIMAL.iter().any(|key| map.contains_key(key));
    let strings = map.values().any(Value::is_string);
    strings && (facts || map.values().any(is_region_list))
}

fn is_region_list(value: &Value) -> bool {
    let Value::Array(list) = value else {
        return false;
    };
    let mut items = list.iter();
    !list.is_empty() && items.all(|item| item.as_object().is_some_and(is_region))
}

fn is_region(map: &Map) -> bool {
    let number = |key: &str| map.get(key).and_then(whole_number).is_some();
    number("start") && number("end")
        || map.contains_key("globalOffsets")
        || map.contains_key("startOffset")
}

/// JSON-MIN has the values of all regions by control, beside the data.
fn from_minimal(map: Map) -> Map {
    let (mut data, mut work) = (Map::new(), Map::new());
    let mut task = Map::new();
    let mut result: ThinVec<Value> = ThinVec::new();
    // Without ids, what is at one place belongs together; but each list has it once.
    let mut places: BTreeMap<String, Vec<(String, BTreeSet<SmolStr>)>> = BTreeMap::new();
    let mut count = 0;
    for (key, value) in map {
        match &*key {
            "id" => {
                task.insert(key, value);
            }
            "annotator" => {
                work.insert("completed_by".to_owned(), value);
            }
            "annotation_id" => {
                work.insert("id".to_owned(), value);
            }
            "created_at" | "updated_at" | "lead_time" => {
                work.insert(key, value);
            }
            _ if is_region_list(&value) => {
                let Value::Array(list) = value else { continue };
                for item in list {
                    let place = ["start", "end", "startOffset", "endOffset", "globalOffsets"];
                    let place = place.iter().map(|key| item.get(key).cloned());
                    let place = Value::Array(place.map(Option::unwrap_or_default).collect());
                    let here = places.entry(place.to_string()).or_default();
                    // Each list is in the first so many of them.
                    let first = here.partition_point(|(_, by)| by.contains(&key));
                    let id = match here.get_mut(first) {
                        Some((id, by)) => {
                            by.insert(key.clone());
                            id.clone()
                        }
                        None => {
                            count += 1;
                            let id = format!("region-{count}");
                            here.push((id.clone(), BTreeSet::from([key.clone()])));
                            id
                        }
                    };
                    let kind = kind(&item);
                    let region = [
                        ("id", id.into()),
                        ("from_name", key.as_str().into()),
                        ("type", kind.into()),
                        ("value", item),
                    ];
                    result.push(Value::Object(region.into_iter().collect()));
                }
            }
            _ => {
                data.insert(key, value);
            }
        }
    }
    work.insert("result".to_owned(), Value::Array(result));
    task.insert("data".to_owned(), Value::Object(data));
    task.insert(
        "annotations".to_owned(),
        Value::Array(thin_vec![Value::Object(work)]),
    );
    task
}

/// The type of a region, by the fields of its value.
fn kind(value: &Value) -> String {
    let fields = value.as_object().into_iter().flatten();
    let names: Vec<&str> = fields.map(|(key, _)| key.as_str()).collect();
    let labels = names.iter().find(|key| key.ends_with("labels"));
    let place = [
        "start",
        "end",
        "text",
        "startOffset",
        "endOffset",
        "globalOffsets",
    ];
    let other = names.iter().find(|key| !place.contains(key));
    match labels.or(other) {
        Some(kind) => (*kind).to_owned(),
        None if value.get("text").is_some_and(Value::is_array) => "textarea".to_owned(),
        None => "labels".to_owned(),
    }
}
