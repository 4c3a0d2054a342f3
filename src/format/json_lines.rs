//! Files with a JSON object on each line.

use serde::de::DeserializeOwned;
use serde_json::Deserializer;

use super::{FormatError, Imported, ImportedDocument, Input};

/// Reads each line as `T` and makes a document of it with `document`. Unknown fields are noted; a
/// line that cannot be read is a problem and the others are read.
pub(super) fn read_lines<T: DeserializeOwned>(
    input: &Input<'_>,
    imported: &mut Imported,
    mut document: impl FnMut(T, usize) -> Result<ImportedDocument, Vec<String>>,
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
                "this line is no JSON; JSON Lines has one article on each line, between { and }";
            imported.add(Err(vec![words.to_owned()]), line);
            continue;
        }
        let mut ignored = Vec::new();
        let mut json = Deserializer::from_str(text);
        let row = serde_ignored::deserialize(&mut json, |path| ignored.push(field_name(&path)))
            .and_then(|row: T| json.end().map(|()| row));
        for message in ignored {
            imported.note_ignored(line, message);
        }
        let read = row
            .map_err(|error| vec![wording(&error)])
            .and_then(|row| document(row, line));
        imported.add(read, line);
    }
    Ok(())
}

/// The reader counts lines within the one line it is given; the column says where.
fn wording(error: &serde_json::Error) -> String {
    let words = error.to_string();
    let words = words.split(" at line ").next().unwrap_or(&words);
    // What everybody meets who takes another file for one of these.
    if words == "missing field `text`" {
        return "the text of the article is missing (the field `text`); is this file of another \
                format?"
            .to_owned();
    }
    format!("column {}: {words}", error.column())
}

/// The name of a field without the numbers of the list items around it.
fn field_name(path: &serde_ignored::Path<'_>) -> String {
    let path = path.to_string();
    let names = path
        .split('.')
        .filter(|part| *part != "?" && part.parse::<usize>().is_err());
    names.collect::<Vec<_>>().join(".")
}
