use smol_str::SmolStr;

use super::text::{Position, TaskText};
use crate::format::json::{Map, Value};
use crate::format::json_values::whole_number;
use crate::format::left_out::shortened;

/// An entry of a result that is about a stretch of the text, or the whole of it.
#[derive(Debug)]
pub(super) struct Region {
    pub(super) id: String,
    /// The control of the labelling configuration.
    pub(super) from_name: String,
    /// The text of the task it is on, as the labelling configuration calls it.
    pub(super) to_name: String,
    /// Whether that is another text than the one that is read.
    pub(super) elsewhere: bool,
    pub(super) kind: String,
    pub(super) position: Option<Position>,
    /// The words it repeats; `None` where there are none.
    pub(super) words: Option<String>,
    pub(super) value: Map,
    /// All other fields.
    pub(super) rest: Map,
}

/// Where a region is, in its value.
const PLACE: [&str; 8] = [
    "start",
    "end",
    "text",
    "startOffset",
    "endOffset",
    "globalOffsets",
    "hypertext",
    "paragraphs",
];

/// Types whose values are not called like them.
const TYPES: [&str; 7] = [
    "",
    "labels",
    "textarea",
    "region",
    "text",
    "hypertext",
    "paragraphs",
];

impl Region {
    pub(super) fn new(mut map: Map, n: usize, text: &TaskText) -> Self {
        let mut word = |key: &str| match map.remove(key) {
            None | Some(Value::Null) => String::new(),
            Some(value) => as_text(&value),
        };
        let (mut id, from_name, kind) = (word("id"), word("from_name"), word("type"));
        if id.is_empty() {
            id = format!("region-{}", n + 1);
        }
        let to_name = word("to_name");
        let mut value = match map.remove("value") {
            Some(Value::Object(value)) => value,
            None | Some(Value::Null) => Map::new(),
            Some(other) => Map::from_iter([(kind.clone(), other)]),
        };
        // A relation of its own has none; what is only text is the answer.
        let mut words = None;
        if kind != "textarea"
            && let Some(Value::String(repeated)) = value.get("text")
            && !repeated.trim().is_empty()
        {
            words = Some(repeated.to_string());
        }
        let position = position(&value, text);
        // Places and words that are none are fields like others.
        let is_path = |value: &Value| value.as_str().is_some_and(|path| path.starts_with('/'));
        for key in PLACE {
            let Some(other) = value.get(key) else {
                continue;
            };
            let used = match key {
                "text" => kind == "textarea" || other.is_string(),
                "globalOffsets" => other.is_object(),
                "hypertext" | "paragraphs" => true,
                _ => whole_number(other).is_some() || is_path(other),
            };
            if !used && let Some(other) = value.remove(key) {
                map.insert(key.to_owned(), other);
            }
        }
        if let Some(Value::Object(whole)) = value.get("globalOffsets") {
            for (key, other) in whole {
                if !matches!(&**key, "start" | "end") || whole_number(other).is_none() {
                    map.insert(format!("globalOffsets.{key}"), other.clone());
                }
            }
        }
        if !value.contains_key(&kind) && !TYPES.contains(&&*kind) {
            map.insert("type".to_owned(), kind.as_str().into());
        }
        Self {
            id,
            from_name,
            to_name,
            elsewhere: false,
            kind,
            position,
            words,
            value,
            rest: map,
        }
    }

    /// Whether it is a stretch of the text of itself, not an answer about one.
    pub(super) fn is_tag(&self) -> bool {
        self.kind.ends_with("labels")
            || matches!(&*self.kind, "text" | "hypertext" | "paragraphs" | "region")
            || self.kind.is_empty() && self.position.is_some()
    }

    /// The labels it has.
    pub(super) fn labels(&self) -> Vec<String> {
        let own = self.value.get(self.label_key());
        let mut labels = match own {
            Some(Value::Array(labels)) => labels.iter().map(as_text).collect(),
            None | Some(Value::Null) => Vec::new(),
            Some(other) => vec![as_text(other)],
        };
        labels.retain(|label: &String| !label.is_empty());
        labels
    }

    /// Whether it has one.
    pub(super) fn has_labels(&self) -> bool {
        match self.value.get(self.label_key()) {
            Some(Value::Array(labels)) => labels.iter().any(|label| !as_text(label).is_empty()),
            Some(label) => !as_text(label).is_empty(),
            None => false,
        }
    }

    /// [`Self::labels`], whose room in the region is given back.
    pub(super) fn take_labels(&mut self) -> Vec<SmolStr> {
        let key = self.label_key().to_owned();
        let label = |value: Value| match value {
            Value::String(label) => label,
            other => as_text(&other).into(),
        };
        let mut labels = match self.value.get_mut(&key).map(std::mem::take) {
            Some(Value::Array(labels)) => labels.into_iter().map(label).collect(),
            None | Some(Value::Null) => Vec::new(),
            Some(other) => vec![label(other)],
        };
        labels.retain(|label| !label.is_empty());
        labels
    }

    fn label_key(&self) -> &str {
        if self.value.contains_key(&self.kind) {
            return &self.kind;
        }
        let mut keys = self.value.keys();
        keys.find(|key| key.ends_with("labels"))
            .map_or("labels", SmolStr::as_str)
    }

    /// The fields of its value that are in a tag: label and place, or the answer.
    pub(super) fn own_fields(&self) -> Vec<String> {
        let place = PLACE.iter().map(|key| (*key).to_owned());
        let own = if self.is_tag() {
            self.label_key().to_owned()
        } else {
            self.kind.clone()
        };
        place.chain([own]).collect()
    }

    /// Labels and words, for messages.
    pub(super) fn in_words(&self) -> String {
        let labels = self.labels().join(", ");
        let words = match (&self.words, self.position) {
            (Some(words), _) => format!("“{words}”"),
            (None, Some(position)) => format!("{} to {}", position.start.1, position.end.1),
            (None, None) => {
                let value = self.value.iter();
                let other: Map = value
                    .filter(|(key, _)| key.as_str() != self.label_key())
                    .map(|(key, value)| (key.clone(), value.clone()))
                    .collect();
                Value::Object(other).to_string()
            }
        };
        shortened(&format!("{labels} {words}"))
    }
}

/// Where a region is: by offsets into the whole text, into paragraphs, or into the only text.
fn position(value: &Map, text: &TaskText) -> Option<Position> {
    let number = |of: &Map, key: &str| of.get(key).and_then(whole_number);
    if text.in_paragraphs {
        let piece = |key: &str| usize::try_from(number(value, key)?).ok();
        return Some(Position {
            start: (piece("start")?, number(value, "startOffset")?),
            end: (piece("end")?, number(value, "endOffset")?),
        });
    }
    let whole = match value.get("globalOffsets") {
        Some(Value::Object(whole)) => whole,
        _ => value,
    };
    Some(Position {
        start: (0, number(whole, "start")?),
        end: (0, number(whole, "end")?),
    })
}

/// What an answer is called, and what it says.
pub(super) fn answer(region: &Region) -> (String, String) {
    let name = match (&*region.from_name, &*region.kind) {
        ("", "") => "answer",
        ("", kind) => kind,
        (name, _) => name,
    };
    let value = match &*region.kind {
        "textarea" => region.value.get("text"),
        kind => region.value.get(kind),
    };
    let words = match (value, &*region.kind) {
        (Some(Value::Array(lines)), "textarea") => {
            lines.iter().map(as_text).collect::<Vec<_>>().join("\n")
        }
        (Some(value), _) => as_text(value),
        (None, _) => {
            let fields = region.value.iter();
            let others: Map = fields
                .filter(|(key, _)| !PLACE.contains(&key.as_str()))
                .map(|(key, value)| (key.clone(), value.clone()))
                .collect();
            match others.len() {
                0 => String::new(),
                1 => others.values().map(as_text).collect(),
                _ => Value::Object(others).to_string(),
            }
        }
    };
    (name.to_owned(), words)
}

/// A value in words: lists with commas, paths of a taxonomy with `>`.
pub(super) fn as_text(value: &Value) -> String {
    match value {
        Value::Null => String::new(),
        Value::String(text) => text.to_string(),
        Value::Bool(_) | Value::Number(_) => value.to_string(),
        Value::Array(list) if list.iter().any(Value::is_array) => {
            let paths = list.iter().map(|path| match path {
                Value::Array(steps) => steps.iter().map(as_text).collect::<Vec<_>>().join(" > "),
                other => as_text(other),
            });
            paths.collect::<Vec<_>>().join("; ")
        }
        Value::Array(list) if !list.iter().any(Value::is_object) => {
            list.iter().map(as_text).collect::<Vec<_>>().join(", ")
        }
        Value::Array(_) | Value::Object(_) => value.to_string(),
    }
}
