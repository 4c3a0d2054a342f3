//! The text of a task among its data, and what the task is called.

use smol_str::SmolStr;

use super::region::as_text;
use super::text::{TaskText, is_html, other_fields};
use crate::format::json::{Map, Value};
use crate::format::left_out::{LeftOut, says_nothing, shown};

/// A text and its name.
pub(super) struct TaskData {
    pub(super) text: TaskText,
    pub(super) name: Option<String>,
}

/// So many of the regions' words tell which text they are in.
const ENOUGH_WORDS: usize = 100;

/// What names a text, the best first.
const NAMES: [&str; 4] = ["name", "id", "filename", "title"];

/// Finds the text: under `text`, the only one there is, or the one the regions' words are in.
/// `rich` is whether the file has regions in HTML.
///
/// # Errors
/// A message where there is none, or several.
pub(super) fn read(
    data: Map,
    words: &[&str],
    rich: bool,
    (line, task): (usize, &str),
    left_out: &mut LeftOut,
) -> Result<TaskData, String> {
    let key = text_key(&data, words)?;
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
    Ok(TaskData { text, name })
}

fn is_text(value: &Value) -> bool {
    match value {
        Value::String(_) => true,
        Value::Array(turns) => TaskText::paragraphs(turns).is_some(),
        Value::Null | Value::Bool(_) | Value::Number(_) | Value::Object(_) => false,
    }
}

fn text_key(data: &Map, words: &[&str]) -> Result<String, String> {
    let texts: Vec<(&SmolStr, &Value)> = data.iter().filter(|(_, value)| is_text(value)).collect();
    let there = |value: &Value| {
        let text = match value {
            Value::Array(_) => value.to_string(),
            other => as_text(other),
        };
        let some = words.iter().take(ENOUGH_WORDS);
        some.filter(|words| text.contains(**words)).count()
    };
    if let [(only, _)] = &texts[..] {
        return Ok(only.to_string());
    }
    let usual = data.get("text").filter(|value| is_text(value));
    let most = texts
        .iter()
        .map(|(_, value)| there(value))
        .max()
        .unwrap_or(0);
    if let Some(usual) = usual
        && there(usual) == most
    {
        return Ok("text".to_owned());
    }
    let mut best = texts.iter().filter(|(_, value)| there(value) == most);
    match (best.next(), best.next()) {
        (Some((only, _)), None) => Ok(only.to_string()),
        (Some(_), Some(_)) => {
            let names: Vec<String> = texts.iter().map(|(key, _)| format!("`{key}`")).collect();
            Err(format!(
                "its data has no `text`, and the text could be any of {}; rename the right one to \
                 `text`",
                names.join(", ")
            ))
        }
        (None, _) => Err(no_text(data)),
    }
}

/// Endings of files that hold no text.
const MEDIA: [&str; 12] = [
    ".jpg", ".jpeg", ".png", ".gif", ".tif", ".tiff", ".webp", ".wav", ".mp3", ".flac", ".ogg",
    ".mp4",
];

fn no_text(data: &Map) -> String {
    let names: Vec<String> = data.keys().map(|key| format!("`{key}`")).collect();
    let medium = |value: &Value| {
        let address = value.as_str().unwrap_or_default().to_ascii_lowercase();
        let path = address.split(['?', '#']).next().unwrap_or_default();
        MEDIA.iter().any(|ending| path.ends_with(ending))
    };
    let media = data.iter().filter(|(key, value)| {
        let named = ["image", "images", "audio", "video", "img"].contains(&key.as_str());
        named || medium(value)
    });
    let media: Vec<String> = media.map(|(key, _)| format!("`{key}`")).collect();
    if !media.is_empty() {
        return format!(
            "this task is about images, audio or video ({}); only projects about texts can be imported",
            media.join(", ")
        );
    }
    if names.is_empty() {
        "its data has no `text`; use that name for the text".to_owned()
    } else {
        format!(
            "its data has no `text`, only {}; use that name for the text",
            names.join(", ")
        )
    }
}
