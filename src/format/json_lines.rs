//! Files with a JSON object on each line.

use serde::de::DeserializeOwned;
use serde_ignored::Path;
use serde_json::{Deserializer, Value};

use super::json;
use super::json_syntax::odd_json;
use super::left_out::{LeftOut, says_nothing, shown};
use super::{EachDocument, FormatError, Imported, ImportedDocument, Input};

/// Reads each line as `T`, makes a document of it with `document` and hands it over. Unknown fields are
/// left out; a line that cannot be read is a problem and the others are read. One that has values of
/// the wrong kind is given to `usable`, which may take them out.
pub(super) fn read_lines<T: DeserializeOwned>(
    input: &Input<'_>,
    imported: &mut Imported,
    left_out: &mut LeftOut,
    usable: impl Fn(&str, usize, &mut LeftOut) -> Option<Value>,
    mut document: impl FnMut(T, usize, &mut LeftOut) -> Result<ImportedDocument, Vec<String>>,
    each: &mut EachDocument<'_>,
) -> Result<(), FormatError> {
    for (index, text) in input.text()?.split('\n').enumerate() {
        if text.trim().is_empty() {
            continue;
        }
        let line = index + 1;
        if !text
            .trim_start_matches('\u{feff}')
            .trim_start()
            .starts_with(['{', '['])
        {
            let words =
                "this line is not JSON; JSON Lines has one article on each line, between { and }";
            imported.add_problems(vec![words.to_owned()], line);
            continue;
        }
        let mut json = Deserializer::from_str(text);
        let mut ignored = Vec::new();
        let mut row = serde_ignored::deserialize(&mut json, |path| {
            ignored.push((field_name(&path), pointer(&path)))
        })
        .and_then(|row: T| json.end().map(|()| row));
        let mut whole = None;
        if row.as_ref().is_err_and(serde_json::Error::is_data) {
            whole = usable(text, line, left_out);
        }
        if let Some(value) = &whole {
            ignored.clear();
            row = serde_ignored::deserialize(value, |path| {
                ignored.push((field_name(&path), pointer(&path)))
            });
        }
        if row.is_ok() && !ignored.is_empty() {
            let whole = whole.or_else(|| serde_json::from_str(text).ok());
            let whole = whole.unwrap_or_default();
            for (field, pointer) in ignored {
                match whole.pointer(&pointer).cloned().map(json::Value::from) {
                    Some(value) if !says_nothing(&value) => {
                        left_out.unknown(line, &field, &shown(&value));
                    }
                    _ => left_out.bookkeeping(line, &field),
                }
            }
        }
        let read = row
            .map_err(|error| {
                let odd = odd_json(&error, text);
                let column = error.column();
                let odd = odd.map(|what| format!("column {column}: {what}"));
                vec![odd.unwrap_or_else(|| wording(&error))]
            })
            .and_then(|row| document(row, line, left_out));
        imported.hand_over(read, line, each);
    }
    Ok(())
}

/// The reader counts lines within the one line it is given; the column says where. Column 0: the
/// record is shown beside it.
pub(super) fn wording(error: &serde_json::Error) -> String {
    let words = error.to_string();
    let words = words.split(" at line ").next().unwrap_or(&words);
    // What everybody meets who takes another file for one of these.
    if words == "missing field `text`" {
        return "the text of the article is missing (the field `text`); is this file of another \
                format?"
            .to_owned();
    }
    let column = error.column();
    if error.is_eof() {
        return "the line ends too early; export the file again".to_owned();
    }
    if error.is_syntax() {
        return format!(
            "column {column}: this is not valid JSON; look for a missing comma, bracket or quotation \
             mark there, or export the file again"
        );
    }
    let plain = if let Some(field) = words.strip_prefix("missing field ") {
        format!("the field {field} is missing")
    } else if let Some(field) = words.strip_prefix("duplicate field ") {
        format!("the field {field} is there twice")
    } else if let Some((found, expected)) = wrong_type(words) {
        format!(
            "{} is there, but it must be {}",
            found_words(found),
            kind_words(expected)
        )
    } else {
        "this value cannot be used".to_owned()
    };
    match column {
        0 => plain,
        column => format!("column {column}: {plain}; correct it or export the file again"),
    }
}

/// What was found and what was expected.
fn wrong_type(words: &str) -> Option<(&str, &str)> {
    let prefixes = ["invalid type: ", "invalid value: ", "invalid length "];
    let words = prefixes
        .iter()
        .find_map(|prefix| words.strip_prefix(prefix))?;
    words.rsplit_once(", expected ")
}

fn found_words(found: &str) -> String {
    match found {
        "null" => "nothing (`null`)".to_owned(),
        "map" => "an object".to_owned(),
        "sequence" => "a list".to_owned(),
        found => match found.split_once(' ') {
            Some(("string", text)) => format!("the text {text}"),
            Some(("integer" | "floating", value)) => {
                let value = value.trim_start_matches("point ");
                format!("the number {value}")
            }
            Some(("boolean", value)) => value.to_owned(),
            _ => format!("a list of {found}"),
        },
    }
}

fn kind_words(expected: &str) -> &'static str {
    match expected {
        "a string" | "a borrowed string" => "a text",
        "a boolean" => "`true` or `false`",
        "u8" | "u16" | "u32" | "u64" | "usize" | "i64" => "a whole number from 0",
        "f32" | "f64" => "a number",
        "a sequence" => "a list",
        kind if kind.contains("length 2") || kind.contains("size 2") => "a list of two numbers",
        kind if kind.contains("length") || kind.contains("size") => "a list",
        _ => "an object",
    }
}

/// The name of a field without the numbers of the list items around it.
fn field_name(path: &Path<'_>) -> String {
    let path = path.to_string();
    let names = path
        .split('.')
        .filter(|part| *part != "?" && part.parse::<usize>().is_err());
    names.collect::<Vec<_>>().join(".")
}

/// Where a field is in its line, as a JSON pointer.
fn pointer(path: &Path<'_>) -> String {
    match path {
        Path::Root => String::new(),
        Path::Seq { parent, index } => format!("{}/{index}", pointer(parent)),
        Path::Map { parent, key } => {
            let key = key.replace('~', "~0").replace('/', "~1");
            format!("{}/{key}", pointer(parent))
        }
        Path::Some { parent }
        | Path::NewtypeStruct { parent }
        | Path::NewtypeVariant { parent } => pointer(parent),
    }
}
