use std::collections::BTreeMap;
use std::fmt;

use ron::value::RawValue;

use crate::format::sidecar::{fields, options, trimmed};

/// A field of a schema file that this version does not know.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct UnknownSchemaField {
    /// Its name: `colour`.
    pub name: String,
    /// Line of its name, from 1.
    pub line: usize,
    /// Column of its name in code points, from 1.
    pub column: usize,
}

impl fmt::Display for UnknownSchemaField {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(
            f,
            "this version does not know the field `{}` of a schema and ignores it; the \
             rest of the schema holds",
            self.name
        )
    }
}

/// Where a field is: the names and numbers that lead to it.
pub(super) type FieldPath = Vec<String>;

pub(super) fn field_path(path: &serde_ignored::Path<'_>) -> FieldPath {
    use serde_ignored::Path;
    match path {
        Path::Root => Vec::new(),
        Path::Seq { parent, index } => {
            let mut path = field_path(parent);
            path.push(index.to_string());
            path
        }
        Path::Map { parent, key } => {
            let mut path = field_path(parent);
            path.push(key.clone());
            path
        }
        Path::Some { parent }
        | Path::NewtypeStruct { parent }
        | Path::NewtypeVariant { parent } => field_path(parent),
    }
}

/// Finds the name of a field in the text.
pub(super) fn unknown_field(text: &str, path: &FieldPath) -> UnknownSchemaField {
    let name = path.last().cloned().unwrap_or_default();
    let value = value_at(text, path).map_or(0, |value| {
        let start = text.as_ptr().addr();
        value.as_ptr().addr().saturating_sub(start)
    });
    let before = text.get(..value).unwrap_or(text);
    let before = before
        .get(..before.rfind(&name).unwrap_or(0))
        .unwrap_or_default();
    let line_start = before.rfind('\n').map_or(0, |at| at + 1);
    UnknownSchemaField {
        line: before.matches('\n').count() + 1,
        column: before.get(line_start..).unwrap_or_default().chars().count() + 1,
        name,
    }
}

/// The value a path leads to, as it is in the text.
fn value_at<'a>(text: &'a str, path: &FieldPath) -> Option<&'a str> {
    let mut raw = text;
    let mut struct_name = "Schema";
    for step in path {
        raw = match step.parse::<usize>() {
            Ok(index) => {
                let items = options().from_str::<Vec<&'a RawValue>>(raw).ok()?;
                trimmed(items.get(index)?)
            }
            Err(_) => {
                let fields = fields(struct_name, raw).or_else(|_| {
                    let pairs = options().from_str::<BTreeMap<String, &'a RawValue>>(raw);
                    pairs.map(|pairs| pairs.into_iter().collect())
                });
                trimmed(fields.ok()?.iter().find(|(name, _)| name == step)?.1)
            }
        };
        struct_name = match step.as_str() {
            "labels" => "Label",
            "roles" => "Role",
            "attributes" => "Attribute",
            _ => struct_name,
        };
    }
    Some(raw)
}
