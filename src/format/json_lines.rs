//! Files with a JSON object on each line.

use std::cell::Cell;
use std::io::{self, Read};

use serde::de::DeserializeOwned;
use serde_ignored::Path;
use serde_json::Deserializer;

use super::json;
use super::json_syntax::odd_json;
use super::left_out::{LeftOut, says_nothing, shown};
use super::{EachDocument, FormatError, Imported, ImportedDocument, Input};

/// Reads each line as `T`, makes a document of it with `document` and hands it over. Unknown fields are
/// left out; a line that cannot be read is a problem and the others are read. One that has values of
/// the wrong kind is given to `usable` with the error, which may take them out.
pub(super) fn read_lines<T: DeserializeOwned>(
    input: &Input<'_>,
    imported: &mut Imported,
    left_out: &mut LeftOut,
    usable: impl Fn(&str, &serde_json::Error, usize, &mut LeftOut) -> Option<json::Value>,
    mut document: impl FnMut(T, usize, &mut LeftOut) -> Result<ImportedDocument, Vec<String>>,
    each: &mut EachDocument<'_>,
) -> Result<(), FormatError> {
    for (index, text) in input.text()?.split('\n').enumerate() {
        if text.trim().is_empty() {
            continue;
        }
        let line = index + 1;
        let read = read_line(text, line, left_out, &usable, &mut document);
        imported.hand_over(read, line, each);
    }
    Ok(())
}

/// Reads one line as [`read_lines`] does.
///
/// # Errors
/// What is wrong with it, in words.
pub(super) fn read_line<T: DeserializeOwned>(
    text: &str,
    line: usize,
    left_out: &mut LeftOut,
    usable: impl Fn(&str, &serde_json::Error, usize, &mut LeftOut) -> Option<json::Value>,
    document: impl FnOnce(T, usize, &mut LeftOut) -> Result<ImportedDocument, Vec<String>>,
) -> Result<ImportedDocument, Vec<String>> {
    if !text
        .trim_start_matches('\u{feff}')
        .trim_start()
        .starts_with(['{', '['])
    {
        let words =
            "this line is not JSON; JSON Lines has one article on each line, between { and }";
        return Err(vec![words.to_owned()]);
    }
    let (mut row, mut ignores) = parse::<T>(text);
    let mut whole = None;
    if let Err(error) = &row
        && error.is_data()
    {
        whole = usable(text, error, line, left_out).map(|value| value.to_string());
    }
    if let Some(whole) = &whole {
        (row, ignores) = parse(whole);
    }
    if row.is_ok() && ignores {
        drop(row);
        row = read_with_ignored(whole.as_deref().unwrap_or(text), line, left_out);
    }
    row.map_err(|error| {
        let odd = odd_json(&error, text);
        let column = error.column();
        let odd = odd.map(|what| format!("column {column}: {what}"));
        vec![odd.unwrap_or_else(|| wording(&error))]
    })
    .and_then(|row| document(row, line, left_out))
}

/// Reads a line, and says whether it has fields that are ignored.
fn parse<T: DeserializeOwned>(text: &str) -> (serde_json::Result<T>, bool) {
    let mut json = Deserializer::from_str(text);
    let mut ignores = false;
    let row = serde_ignored::deserialize(&mut json, |_| ignores = true);
    (row.and_then(|row: T| json.end().map(|()| row)), ignores)
}

/// Reads a line again and tells each field that is ignored, with its value. Neither all of their paths
/// nor the line as a tree are ever in memory.
fn read_with_ignored<T: DeserializeOwned>(
    text: &str,
    line: usize,
    left_out: &mut LeftOut,
) -> serde_json::Result<T> {
    let reached = Cell::new(0);
    let read = Counted {
        rest: text.as_bytes(),
        reached: &reached,
    };
    let mut json = Deserializer::from_reader(read);
    let row = serde_ignored::deserialize(&mut json, |path| {
        // The colon before the value is the last byte that was read.
        let rest = text.get(reached.get()..).unwrap_or_default();
        let value = Deserializer::from_str(rest).into_iter().next();
        let field = field_name(&path);
        match value {
            Some(Ok(value)) if !says_nothing(&value) => {
                left_out.unknown(line, &field, &shown(&value));
            }
            _ => left_out.bookkeeping(line, &field),
        }
    });
    row.and_then(|row| json.end().map(|()| row))
}

/// Text that says how far it is read.
struct Counted<'a> {
    rest: &'a [u8],
    /// In bytes.
    reached: &'a Cell<usize>,
}

impl Read for Counted<'_> {
    fn read(&mut self, into: &mut [u8]) -> io::Result<usize> {
        let read = self.rest.read(into)?;
        self.reached.set(self.reached.get() + read);
        Ok(read)
    }
}

/// How the error about a field that is there twice begins.
const DUPLICATE: &str = "duplicate field ";

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
    } else if let Some(field) = words.strip_prefix(DUPLICATE) {
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

/// Whether a record cannot be read because one of its fields is there twice.
pub(super) fn is_field_twice(error: &serde_json::Error) -> bool {
    error.to_string().starts_with(DUPLICATE)
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

#[cfg(test)]
mod tests {
    use serde::Deserialize;

    use super::*;

    #[derive(Debug, Deserialize)]
    struct Row {
        a: u32,
        #[serde(default)]
        items: Vec<Item>,
    }

    #[derive(Debug, Deserialize)]
    struct Item {
        b: Option<String>,
    }

    #[test]
    fn ignored_fields_are_told_with_their_values() {
        let text = r#" {"x" : {"y":[1,"é 😀"]} ,"a":7,"none":null, "items":[{"b":"w","c":-1.5},
            {"d/~":true,"b":null,"c":-2}],"x":"twice"} "#;
        let (row, ignores) = parse::<Row>(text);
        assert!(row.is_ok() && ignores);
        let mut left_out = LeftOut::default();
        let row = read_with_ignored::<Row>(text, 3, &mut left_out).unwrap();
        assert_eq!(row.a, 7);
        assert_eq!(row.items.iter().filter(|item| item.b.is_some()).count(), 1);
        let mut imported = Imported::default();
        left_out.report(&mut imported);
        let told: Vec<&str> = imported.skipped.iter().map(|p| &*p.message).collect();
        let wanted = [
            "the unknown field `items.c` is left out: -1.5; -2",
            "the unknown field `items.d/~` is left out: true",
            "the unknown field `x` is left out: {\"y\":[1,\"é 😀\"]}; “twice”",
        ];
        assert_eq!(told, wanted);
        assert_eq!(imported.ignored[0].message, "none");
    }
}
