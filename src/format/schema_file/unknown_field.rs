use std::collections::BTreeMap;
use std::fmt;

use ron::value::RawValue;
use smol_str::SmolStr;

use crate::format::sidecar::{fields, options, trimmed};
use crate::text::{CodePointIndex, OffsetUnit};

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

/// Finds fields in the text of a schema by the paths that lead to them. Each part of the text is read once,
/// however many fields are looked for.
pub(super) struct FieldPlaces<'a> {
    index: CodePointIndex<'a>,
    /// Where the lines begin, in bytes.
    lines: Vec<usize>,
    /// The parts of the values that were read, by their paths.
    known: BTreeMap<FieldPath, Parts<'a>>,
}

/// What a value is made of, by name or number, as it is in the text.
type Parts<'a> = BTreeMap<String, &'a str>;

impl<'a> FieldPlaces<'a> {
    pub(super) fn new(text: &'a str) -> Self {
        let further = text.match_indices('\n').map(|(at, _)| at + 1);
        Self {
            index: CodePointIndex::new(text),
            lines: std::iter::once(0).chain(further).collect(),
            known: BTreeMap::new(),
        }
    }

    /// Finds the name of a field.
    pub(super) fn find(&mut self, path: &FieldPath) -> UnknownSchemaField {
        let text = self.index.text();
        let name = path.last().cloned().unwrap_or_default();
        let value = self.value_at(path).map_or(0, |value| {
            let start = text.as_ptr().addr();
            value.as_ptr().addr().saturating_sub(start)
        });
        let before = text.get(..value).unwrap_or(text);
        let at = before.rfind(&name).unwrap_or(0);
        let line = self.lines.partition_point(|start| *start <= at);
        let line_start = self.lines.get(line.saturating_sub(1));
        let line_start = line_start.copied().unwrap_or_default();
        UnknownSchemaField {
            line,
            column: self.points(at).saturating_sub(self.points(line_start)) + 1,
            name,
        }
    }

    /// How many code points are before a place in bytes.
    fn points(&self, at: usize) -> usize {
        let points = u32::try_from(at)
            .ok()
            .and_then(|at| self.index.from_unit(at, OffsetUnit::Bytes));
        points.map_or(0, |points| points as usize)
    }

    /// The value a path leads to, as it is in the text.
    fn value_at(&mut self, path: &FieldPath) -> Option<&'a str> {
        let mut raw = self.index.text();
        let mut struct_name = "Schema";
        for (depth, step) in path.iter().enumerate() {
            let above = path.get(..depth)?;
            if !self.known.contains_key(above) {
                let parts = parts(raw, step, struct_name);
                self.known.insert(above.to_vec(), parts);
            }
            raw = self.known.get(above)?.get(step).copied()?;
            struct_name = match step.as_str() {
                "labels" => "Label",
                "roles" => "Role",
                "attributes" => "Attribute",
                _ => struct_name,
            };
        }
        Some(raw)
    }
}

/// The parts of a value that has such a part; of several of one name the first.
fn parts<'a>(raw: &'a str, part: &str, struct_name: &'static str) -> Parts<'a> {
    if part.parse::<usize>().is_ok() {
        let items = options().from_str::<Vec<&'a RawValue>>(raw);
        let items = items.unwrap_or_default().into_iter().enumerate();
        return items
            .map(|(n, item)| (n.to_string(), trimmed(item)))
            .collect();
    }
    let fields = fields(struct_name, raw).or_else(|_| {
        let pairs = options().from_str::<BTreeMap<SmolStr, &'a RawValue>>(raw);
        pairs.map(|pairs| pairs.into_iter().collect())
    });
    let mut parts = Parts::new();
    for (name, value) in fields.unwrap_or_default() {
        parts
            .entry(name.to_string())
            .or_insert_with(|| trimmed(value));
    }
    parts
}
