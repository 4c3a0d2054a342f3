//! The fields of tasks and annotations beside the regions.

use smol_str::SmolStr;
use thin_vec::{ThinVec, thin_vec};

use crate::format::json::{Map, Value};
use crate::format::left_out::{LeftOut, says_nothing, shortened, shown};

/// Fields of an annotation that mean something to Label Studio only.
const OF_WORK: [&str; 29] = [
    "id",
    "pk",
    "created_at",
    "updated_at",
    "created_ago",
    "lead_time",
    "draft_created_at",
    "import_id",
    "last_action",
    "last_created_by",
    "bulk_created",
    "task",
    "project",
    "unique_id",
    "parent_prediction",
    "parent_annotation",
    "updated_by",
    "result_count",
    "honeypot",
    "model",
    "model_run",
    "cluster",
    "neighbors",
    "mislabeling",
    "version",
    "hash",
    "state",
    "agreement",
    "date_of_gt",
];

/// The records of a list; what is none is told, but for the bare numbers of some exports.
pub(super) fn entries(
    list: Option<Value>,
    field: &str,
    (line, task): (usize, &str),
    left_out: &mut LeftOut,
) -> Vec<Map> {
    let list = match list {
        None | Some(Value::Null) => return Vec::new(),
        Some(Value::Array(list)) => list,
        Some(other) => thin_vec![other],
    };
    let mut entries = Vec::new();
    for entry in list {
        match entry {
            Value::Object(map) => entries.push(map),
            // A prediction is repeated where somebody has worked on it.
            Value::Number(_) if field == "predictions" => left_out.bookkeeping(line, field),
            Value::Number(number) => {
                let cause = format!(
                    "{field} that are there as numbers only are not imported; export the tasks with \
                     their {field}"
                );
                left_out.skip(line, &cause, format!("{number} ({task})"));
            }
            other => {
                let cause = format!("what is not an object under `{field}` is not imported");
                left_out.skip(line, &cause, format!("{} ({task})", shown(&other)));
            }
        }
    }
    entries
}

pub(super) fn result_of(
    fields: &mut Map,
    (line, task): (usize, &str),
    left_out: &mut LeftOut,
) -> ThinVec<Value> {
    match fields.remove("result") {
        Some(Value::Array(result)) => result,
        Some(other) if !says_nothing(&other) => {
            let example = format!("{} ({})", shown(&other), task);
            left_out.skip(
                line,
                "a `result` that is not a list is not imported",
                example,
            );
            ThinVec::new()
        }
        _ => ThinVec::new(),
    }
}

/// The other fields of an annotation or prediction.
pub(super) fn work_fields(fields: Map, (line, task): (usize, &str), left_out: &mut LeftOut) {
    for (key, value) in fields {
        if key == "ground_truth" && value == Value::Bool(true) {
            let cause = "marks as ground truth are not imported";
            left_out.skip(line, cause, task);
        } else if OF_WORK.contains(&&*key) {
            left_out.bookkeeping(line, &key);
        } else if !says_nothing(&value) {
            let example = format!("`{key}`: {} ({})", shown(&value), task);
            left_out.skip(line, "facts of an annotation are not imported", example);
        }
    }
}

/// What Label Studio says about a person.
const OF_PERSON: [&str; 17] = [
    "id",
    "pk",
    "email",
    "username",
    "first_name",
    "last_name",
    "initials",
    "avatar",
    "phone",
    "active_organization",
    "active_organization_meta",
    "allow_newsletters",
    "custom_hotkeys",
    "date_joined",
    "last_activity",
    "lse_fields",
    "pause",
];

/// The other fields of a person who made an annotation.
pub(super) fn person_fields(person: Map, (line, task): (usize, &str), left_out: &mut LeftOut) {
    let is_said = |key: &str| person.get(key).is_some_and(|value| !says_nothing(value));
    if is_said("email") || is_said("username") {
        let names = ["first_name", "last_name"].map(|key| person.get(key).and_then(Value::as_str));
        let name: Vec<&str> = names
            .into_iter()
            .flatten()
            .filter(|name| !name.is_empty())
            .collect();
        if !name.is_empty() {
            let why =
                "annotators are called by their e-mail address or user name, not by their name";
            left_out.remark(line, why, name.join(" "));
        }
    }
    for (key, value) in person {
        if !OF_PERSON.contains(&&*key) && !says_nothing(&value) {
            let example = format!("`{key}`: {} ({task})", shown(&value));
            left_out.skip(line, "facts of an annotator are not imported", example);
        }
    }
}

/// What a region says about the text it is on.
pub(super) struct RegionHint {
    /// What the labelling configuration calls the text.
    pub(super) to_name: String,
    /// The words it repeats.
    pub(super) words: Option<String>,
}

/// The hints of all regions that are on a part of a text.
pub(super) fn region_hints<'a>(works: impl Iterator<Item = &'a Map>) -> Vec<RegionHint> {
    let regions = works
        .filter_map(|work| work.get("result")?.as_array())
        .flatten();
    let hints = regions.filter_map(|region| {
        let value = region.get("value")?;
        let answer = region.get("type").is_some_and(|kind| kind == "textarea");
        let words = value.get("text").and_then(Value::as_str);
        let words = words.filter(|_| !answer).map(str::to_owned);
        let placed = ["start", "globalOffsets"];
        let placed = placed.iter().any(|key| value.get(key).is_some());
        let to_name = region.get("to_name").and_then(Value::as_str);
        let to_name = to_name.unwrap_or_default().to_owned();
        (placed || words.is_some()).then_some(RegionHint { to_name, words })
    });
    hints.collect()
}

/// Labels and words of regions, for messages.
pub(super) fn summary(result: Option<&Value>) -> String {
    let regions = result.and_then(Value::as_array).into_iter().flatten();
    let parts: Vec<String> = regions
        .map(
            |region| match region.get("value").and_then(Value::as_object) {
                Some(value) => {
                    let named = |(key, _): &(&SmolStr, &Value)| {
                        !matches!(key.as_str(), "start" | "end" | "globalOffsets")
                    };
                    let words = value.iter().filter(named).map(|(_, value)| shown(value));
                    words.collect::<Vec<_>>().join(" ")
                }
                None => shown(region),
            },
        )
        .collect();
    shortened(&parts.join(", "))
}

/// [`summary`] of all of a task's regions.
pub(super) fn all_regions<'a>(works: impl Iterator<Item = &'a Map>) -> String {
    let all = works.map(|work| summary(work.get("result")));
    let all: Vec<String> = all.filter(|regions| !regions.is_empty()).collect();
    shortened(&all.join("; "))
}

/// A text that is only the address of one.
pub(super) fn address(text: &str) -> Option<&str> {
    let text = text.trim();
    let schemes = [
        "http://",
        "https://",
        "s3://",
        "gs://",
        "azure-blob://",
        "/data/",
    ];
    let is_one = schemes.iter().any(|scheme| text.starts_with(scheme));
    (is_one && !text.contains(char::is_whitespace)).then_some(text)
}
