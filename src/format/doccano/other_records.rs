//! Records of doccano that are not about a text.

use crate::format::json::{Map, Value};

/// Where the spans of a record can be.
pub(super) const SPANS: [&str; 5] = ["entities", "label", "labels", "annotations", "spans"];

/// What the names of files end in that are no texts.
const MEDIA: [&str; 12] = [
    "png", "jpg", "jpeg", "gif", "bmp", "tif", "tiff", "webp", "wav", "mp3", "flac", "mp4",
];

/// What a record is that is not about a text, and what to do; `None` where it may be.
pub(super) fn why_no_text(map: &Map) -> Option<String> {
    if is_label(map) {
        let why =
            "these are the labels of a project, not its texts; export the dataset there as JSONL";
        return Some(why.to_owned());
    }
    let is_text = |name: &&str| map.get(name).is_some_and(Value::is_string);
    if ["text", "data"].iter().any(is_text) || !is_of_media(map) {
        return None;
    }
    let names: Vec<String> = map.keys().map(|key| format!("`{key}`")).collect();
    Some(format!(
        "this record is about a picture, a sound or a film, not a text (it has {}); only projects about \
         texts can be imported",
        names.join(", ")
    ))
}

/// Whether a record is a label of a project, as doccano exports the list of them.
fn is_label(map: &Map) -> bool {
    let has = |name: &str| map.contains_key(name);
    (has("background_color") || has("backgroundColor"))
        && !SPANS.iter().any(|name| map.contains_key(name))
        && has("text")
}

fn is_of_media(map: &Map) -> bool {
    let file = map.get("filename").and_then(Value::as_str);
    let ending = file
        .and_then(|name| name.rsplit_once('.'))
        .map_or("", |(_, ending)| ending);
    let fields = ["bbox", "segmentation"];
    fields.iter().any(|name| map.contains_key(name))
        || MEDIA.iter().any(|media| media.eq_ignore_ascii_case(ending))
}
