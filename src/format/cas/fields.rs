use crate::format::json::{Map, Value};

/// The type of a structure.
pub(super) fn kind(structure: &Map) -> &str {
    structure.get("%TYPE").and_then(Value::as_str).unwrap_or("")
}

/// The number of a structure as text.
pub(super) fn reference(value: Option<&Value>) -> String {
    match value {
        Some(Value::String(id)) => id.clone(),
        Some(id) => id.to_string(),
        None => String::new(),
    }
}

/// The field with the line of the file on which a structure is, from 1.
pub(super) const LINE: &str = "%LINE";

/// The line of the file on which a structure is, from 1; the first where it is not known.
pub(super) fn line_of(structure: &Map) -> usize {
    let line = structure.get(LINE).and_then(Value::as_u64);
    line.and_then(|line| usize::try_from(line).ok())
        .unwrap_or(1)
}
