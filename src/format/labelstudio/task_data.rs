//! The text of a task among its data, and what the task is called.

use smol_str::SmolStr;

use super::region::as_text;
use super::task_fields::{RegionHint, address};
use super::text::{TaskText, is_html, other_fields};
use crate::format::json::{Map, Value};
use crate::format::left_out::{LeftOut, says_nothing, shown};

/// A text and its name.
pub(super) struct TaskData {
    pub(super) text: TaskText,
    /// What the text is called among the data.
    pub(super) key: String,
    /// What the other data are called.
    pub(super) others: Vec<String>,
    pub(super) name: Option<String>,
}

/// Why a task cannot be read.
#[derive(Debug)]
pub(super) enum Refusal {
    /// It has no text, which the other tasks of a file may have: why, and what it has.
    NoText(String, String),
    /// What is wrong with the file.
    Wrong(String),
}

impl Refusal {
    /// With the regions that are lost.
    pub(super) fn with(self, regions: &str) -> Self {
        match self {
            Self::NoText(message, data) if !regions.is_empty() => {
                Self::NoText(message, format!("{data}, {regions}"))
            }
            Self::NoText(..) | Self::Wrong(_) => self,
        }
    }
}

impl From<String> for Refusal {
    fn from(message: String) -> Self {
        Self::Wrong(message)
    }
}

/// So many regions tell which text they are on.
const ENOUGH: usize = 100;

/// What the text is called unless something else shows.
const USUAL: &str = "text";

/// What names a text, the best first.
const NAMES: [&str; 4] = ["name", "id", "filename", "title"];

/// Finds the text: the one the regions are on by its name and their words, under `text`, or the only
/// one there is. `rich` is whether the file has regions in HTML.
///
/// # Errors
/// [`Refusal`] where there is none, or several.
pub(super) fn read(
    data: Map,
    hints: &[RegionHint],
    rich: bool,
    (line, task): (usize, &str),
    left_out: &mut LeftOut,
) -> Result<TaskData, Refusal> {
    let key = text_key(&data, hints)?;
    let others = data.keys().filter(|other| **other != key);
    let others = others.map(SmolStr::to_string).collect();
    let mut text = None;
    let mut fields = data;
    match fields.remove(&key) {
        Some(Value::String(words)) => {
            text = Some(if rich && is_html(&words) {
                TaskText::html(&words)
            } else {
                TaskText::plain(&words)
            });
        }
        Some(Value::Array(turns)) => {
            text = TaskText::paragraphs(&turns);
            for turn in turns.iter().filter_map(Value::as_object) {
                for (key, value) in other_fields(turn).filter(|(_, value)| !says_nothing(value)) {
                    let cause =
                        "fields of paragraphs other than speaker and words are not imported";
                    left_out.skip(line, cause, format!("`{key}`: {} ({task})", shown(value)));
                }
            }
        }
        _ => {}
    }
    let text = text.ok_or_else(|| no_text(&fields))?;
    let mut name = None;
    for key in NAMES {
        let named = fields.get(key).and_then(Value::as_str);
        if name.is_none()
            && let Some(named) = named.filter(|named| !named.is_empty())
        {
            name = Some(named.to_owned());
            fields.remove(key);
        }
    }
    for (key, value) in fields {
        if key == "id" && !value.is_object() && !value.is_array() {
            left_out.bookkeeping(line, "data.id");
        } else if !says_nothing(&value) {
            let cause = "data other than the text is not imported";
            left_out.skip(line, cause, format!("`{key}`: {} ({task})", shown(&value)));
        }
    }
    Ok(TaskData {
        text,
        key,
        others,
        name,
    })
}

fn is_text(key: &str, value: &Value) -> bool {
    match value {
        Value::String(_) => !is_medium(key, value),
        Value::Array(turns) => TaskText::paragraphs(turns).is_some(),
        Value::Null | Value::Bool(_) | Value::Number(_) | Value::Object(_) => false,
    }
}

fn text_key(data: &Map, hints: &[RegionHint]) -> Result<String, Refusal> {
    let texts = data.iter().filter(|(key, value)| is_text(key, value));
    let texts: Vec<(&SmolStr, String)> = texts
        .map(|(key, value)| match value {
            Value::Array(_) => (key, value.to_string()),
            other => (key, as_text(other)),
        })
        .collect();
    let mut regions = vec![0_usize; texts.len()];
    for hint in hints.iter().take(ENOUGH) {
        let fits = |text: &str| {
            let words = hint.words.as_deref();
            words.is_none_or(|words| text.contains(words))
        };
        let named = texts.iter().position(|(key, _)| **key == hint.to_name);
        let named = named.filter(|&n| texts.get(n).is_some_and(|(_, text)| fits(text)));
        for (n, (count, (_, text))) in regions.iter_mut().zip(&texts).enumerate() {
            let is_on = match named {
                Some(named) => n == named,
                None => hint.words.is_some() && fits(text),
            };
            *count += usize::from(is_on);
        }
    }
    let most = regions.iter().copied().max().unwrap_or(0);
    let is_usual = |key: &str| key == USUAL;
    if most == 0 && data.get(USUAL).is_some_and(says_nothing) {
        return if texts.iter().any(|(key, _)| is_usual(key)) {
            Ok(USUAL.to_owned())
        } else {
            Err(no_text(data))
        };
    }
    if let [(only, _)] = &texts[..] {
        return Ok(only.to_string());
    }
    let mut best: Vec<&(&SmolStr, String)> = Vec::new();
    best.extend(
        texts
            .iter()
            .zip(&regions)
            .filter(|(_, n)| **n == most)
            .map(|(text, _)| text),
    );
    if best.is_empty() {
        return Err(no_text(data));
    }
    if best.iter().any(|(key, _)| is_usual(key)) {
        return Ok(USUAL.to_owned());
    }
    if best.len() > 1 && most == 0 {
        let names: Vec<String> = texts.iter().map(|(key, _)| format!("`{key}`")).collect();
        return Err(Refusal::Wrong(format!(
            "its data has no `text`, and the text could be any of {}; rename the right one to `text`",
            names.join(", ")
        )));
    }
    // Of texts with as many regions, the one that has most of all their words, or is longer.
    let words = || {
        hints
            .iter()
            .take(ENOUGH)
            .filter_map(|hint| hint.words.as_deref())
    };
    let best = best.into_iter().max_by_key(|(_, text)| {
        let there = words().filter(|words| text.contains(words)).count();
        (there, text.len())
    });
    best.map(|(key, _)| key.to_string())
        .ok_or_else(|| no_text(data))
}

/// Endings of files that hold no text.
const MEDIA: [&str; 12] = [
    ".jpg", ".jpeg", ".png", ".gif", ".tif", ".tiff", ".webp", ".wav", ".mp3", ".flac", ".ogg",
    ".mp4",
];

/// What data are called that are no texts.
const MEDIA_NAMES: [&str; 5] = ["image", "images", "audio", "video", "img"];

/// Whether data are the address of a file that holds no text.
fn is_medium(key: &str, value: &Value) -> bool {
    let place = value.as_str().unwrap_or_default().trim();
    let path = place.split(['?', '#']).next().unwrap_or_default();
    let path = path.to_ascii_lowercase();
    let named = MEDIA_NAMES.contains(&key) && address(place).is_some();
    let ends = MEDIA.iter().any(|ending| path.ends_with(ending));
    named || ends && !place.contains(char::is_whitespace)
}

fn no_text(data: &Map) -> Refusal {
    let media = data.iter().filter(|(key, value)| match value {
        Value::Array(list) => list.iter().any(|value| is_medium(key, value)),
        other => MEDIA_NAMES.contains(&key.as_str()) || is_medium(key, other),
    });
    let media: Vec<String> = media.map(|(key, _)| format!("`{key}`")).collect();
    let message = if !media.is_empty() {
        format!(
            "this task is about images, audio or video ({}); only projects about texts can be imported",
            media.join(", ")
        )
    } else if data.get(USUAL).is_some_and(says_nothing) {
        "its `text` is empty".to_owned()
    } else if let Some(other) = data.get(USUAL).filter(|value| !value.is_string()) {
        return Refusal::Wrong(format!(
            "its `text` is {}, not a text; write the text itself there, in quotation marks",
            shown(other)
        ));
    } else {
        let names: Vec<String> = data.keys().map(|key| format!("`{key}`")).collect();
        let message = if names.is_empty() {
            "its data has no `text`; use that name for the text".to_owned()
        } else {
            format!(
                "its data has no `text`, only {}; use that name for the text",
                names.join(", ")
            )
        };
        if data.contains_key(USUAL) {
            return Refusal::Wrong(message);
        }
        message
    };
    Refusal::NoText(message, shown(&Value::Object(data.clone())))
}

#[cfg(test)]
mod tests {
    use serde_json::{Value, json};

    use crate::format::labelstudio::LabelStudio;
    use crate::format::{Format, Imported, Input, RecordProblem};

    fn read(tasks: &Value) -> Imported {
        let tasks = tasks.to_string();
        let input = Input {
            name: "a.json",
            bytes: tasks.as_bytes(),
            beside: &|_| None,
        };
        LabelStudio.read(&input).unwrap()
    }

    fn words(list: &[RecordProblem]) -> Vec<&str> {
        list.iter().map(|p| &*p.message).collect()
    }

    fn result() -> Value {
        json!([{"result": [{"id": "r", "to_name": "text", "type": "labels",
            "value": {"start": 0, "end": 3, "labels": ["who"]}}]}])
    }

    #[test]
    fn tasks_without_a_text_do_not_keep_the_others_out() {
        let good = json!({"data": {"text": "Eve left.", "photo": "eve.png"}});
        let empty = json!({"data": {"text": null, "link": "x y"}, "annotations": result()});
        let picture = json!({"data": {"image": "/data/upload/2/eve"}});
        let imported = read(&json!([empty, good, picture]));
        assert_eq!(imported.problems, []);
        let documents = imported.documents.iter();
        let texts: Vec<_> = documents.map(|d| d.document.source().as_str()).collect();
        assert_eq!(texts, ["Eve left."]);
        let told = words(&imported.skipped).join("\n");
        assert!(
            told.contains("task 1: its `text` is empty") && told.contains("who"),
            "{told}"
        );
        assert!(told.contains("task 3: this task is about images"), "{told}");
    }

    #[test]
    fn files_without_any_text_are_refused() {
        let picture = json!({"data": {"image": "https://x.org/a.jpg?size=2", "id": 4},
            "annotations": [{"result": [{"id": "r", "type": "rectanglelabels",
                "value": {"x": 1, "rectanglelabels": ["Cat"]}}]}]});
        let imported = read(&json!([picture]));
        assert!(words(&imported.problems)[0].contains("images, audio or video (`image`)"));
        let empty = json!({"data": {"text": null}});
        let imported = read(&json!([empty, empty]));
        assert!(words(&imported.problems)[0].contains("task 1: its `text` is empty"));
        let address = json!({"data": {"text": "s3://x/a.txt"}, "annotations": result()});
        assert!(words(&read(&json!([address])).problems)[0].contains("the address of its text"));
    }

    #[test]
    fn a_text_that_is_none_is_told() {
        let read = read(&json!([{"id": 1, "data": {"text": 5}}]));
        let told = read.problems.iter().map(|told| &*told.message);
        let told: String = told.collect();
        assert!(told.contains("its `text` is 5, not a text"), "{told}");
    }
}
