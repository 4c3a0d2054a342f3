//! What we ourselves wrote beside an annotation.

use serde_json::{Map, Value};

use super::told::Told;
use super::wire::Own;
use super::write::creator;
use crate::format::left_out::{says_nothing, shown};

/// Takes our own record of an annotation; what of it cannot be read is told.
pub(super) fn take_own(fields: &mut Map<String, Value>, told: &mut Told<'_>) -> Own {
    let Some(value) = fields.remove("pullquote") else {
        return Own::default();
    };
    let own = serde_json::from_value::<Own>(value.clone());
    match own {
        Ok(own) => {
            if let Ok(read) = serde_json::to_value(&own) {
                compare(&value, &read, "pullquote", told);
            }
            own
        }
        Err(_) => {
            let what = shown(&value);
            told.skip(
                "what Pullquote noted with an annotation is damaged; only what other tools read of \
                 it is imported",
                &what,
            );
            Own::default()
        }
    }
}

/// Tells what of a record was not read.
pub(super) fn compare(given: &Value, read: &Value, path: &str, told: &mut Told<'_>) {
    match (given, read) {
        (Value::Object(given), Value::Object(read)) => {
            for (key, value) in given {
                let path = format!("{path}.{key}");
                match read.get(key) {
                    Some(read) => compare(value, read, &path, told),
                    None if says_nothing(value) => {}
                    None => {
                        let what = format!("`{path}`: {}", shown(value));
                        told.skip(
                            "fields that nothing here corresponds to are left out",
                            &what,
                        );
                    }
                }
            }
        }
        (Value::Array(given), Value::Array(read)) => {
            for (given, read) in given.iter().zip(read) {
                compare(given, read, path, told);
            }
        }
        _ => {}
    }
}

/// The creator we write for this author.
pub(super) fn written_by(by: Option<&str>) -> Option<String> {
    creator(by).map(|agent| agent.name)
}
