use serde_json::{Map, Value};

/// The type of a structure.
pub(super) fn kind(structure: &Map<String, Value>) -> &str {
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
