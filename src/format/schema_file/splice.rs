//! A schema file with some values changed: the new ones are put where the old ones stand, so that comments and
//! all else stay as they were.

use std::collections::BTreeMap;
use std::ops::Range;

use ron::value::RawValue;
use smol_str::SmolStr;

use super::{BUILT_IN, SchemaDraft, SchemaFileError, capitalised, read_schema};
use crate::format::sidecar::{fields, options, push_string, trimmed};
use crate::model::{AttributeKind, LabelKind, RoleKind, SchemaError};

/// Why a schema file cannot be changed.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum SchemaEditError {
    /// The file as it is cannot be read.
    #[error("the schema cannot be read: {0}; fix it in an editor first")]
    File(SchemaFileError),
    /// The file is not the one the draft comes from.
    #[error("the schema file has changed since; open it again")]
    Changed,
    /// The new parts do not fit together.
    #[error(transparent)]
    Meaning(#[from] SchemaError),
    /// The file is written in a way that this cannot change.
    #[error(
        "the schema file is written in a way that cannot be changed here; change it in an editor"
    )]
    Shape,
}

/// A field of a part: its name, its value, and what it is where it is left out.
struct FieldText {
    name: &'static str,
    value: String,
    default: Option<String>,
}

/// A part of a list: where it comes from, and what it says.
struct PartText {
    original: Option<usize>,
    fields: Vec<FieldText>,
}

/// The text of a schema file (`None`: there is none yet, and the built-in schema holds) as a draft wants it.
/// Comments stay, and what it says otherwise.
///
/// # Errors
/// [`SchemaEditError`]; nothing is guessed: the new text reads as the draft wants it.
pub fn edited_schema_text(
    text: Option<&str>,
    draft: &SchemaDraft,
) -> Result<String, SchemaEditError> {
    let wanted = draft.schema()?;
    let mut new = match text {
        Some(text) => text.to_owned(),
        None => without_comments_above(BUILT_IN),
    };
    let read = |text: &str| read_schema(text).map_err(SchemaEditError::File);
    if read(&new)?.schema != *draft.before() {
        return Err(SchemaEditError::Changed);
    }
    let before = draft.before();
    let parts_change = wanted.labels() != before.labels()
        || wanted.roles() != before.roles()
        || wanted.attributes() != before.attributes();
    if parts_change {
        new = with_own_lists(new)?;
        let labels = draft.labels.iter().map(|one| PartText {
            original: one.original,
            fields: label_fields(&one.kind),
        });
        let old = before.labels().iter().map(label_fields).collect();
        new = splice_list(new, "labels", old, labels.collect())?;
        let roles = draft.roles.iter().map(|one| PartText {
            original: one.original,
            fields: role_fields(&one.kind),
        });
        let old = before.roles().iter().map(role_fields).collect();
        new = splice_list(new, "roles", old, roles.collect())?;
        let attributes = draft.attributes.iter().map(|one| PartText {
            original: one.original,
            fields: attribute_fields(&one.kind),
        });
        let old = before.attributes().iter().map(attribute_fields).collect();
        new = splice_list(new, "attributes", old, attributes.collect())?;
    }
    for convention in &draft.conventions {
        if !before.conventions.contains(convention) {
            new = with_convention(new, &convention.name, &convention.value)?;
        }
    }
    match read(&new)?.schema == wanted {
        true => Ok(new),
        false => Err(SchemaEditError::Shape),
    }
}

fn literal(words: &str) -> String {
    let mut out = String::new();
    push_string(&mut out, words);
    out
}

fn list(words: &[SmolStr]) -> String {
    let words: Vec<String> = words.iter().map(|word| literal(word)).collect();
    format!("[{}]", words.join(", "))
}

fn field(name: &'static str, value: String, default: Option<String>) -> FieldText {
    FieldText {
        name,
        value,
        default,
    }
}

fn flag(name: &'static str, value: bool) -> FieldText {
    field(name, value.to_string(), Some("false".to_owned()))
}

fn label_fields(label: &LabelKind) -> Vec<FieldText> {
    let name = capitalised(&label.key);
    let plural = format!("{}s", label.name);
    vec![
        field("key", literal(&label.key), None),
        field("name", literal(&label.name), Some(literal(&name))),
        field("plural", literal(&label.plural), Some(literal(&plural))),
        field("letter", format!("'{}'", label.letter), None),
        field("color", capitalised(&label.color), Some("Grey".to_owned())),
        flag("speaks", label.speaks),
        flag("mentions", label.mentions),
        flag("reports", label.reports),
        field("was", list(&label.was), Some("[]".to_owned())),
    ]
}

fn role_fields(role: &RoleKind) -> Vec<FieldText> {
    let name = capitalised(&role.key);
    vec![
        field("key", literal(&role.key), None),
        field("name", literal(&role.name), Some(literal(&name))),
        field("from", list(&role.from), None),
        field("to", list(&role.to), None),
        flag("people", role.people),
    ]
}

fn attribute_fields(attribute: &AttributeKind) -> Vec<FieldText> {
    let none = || "None".to_owned();
    let default = attribute.default.as_ref();
    vec![
        field("name", literal(&attribute.name), None),
        field("label", literal(&attribute.label), None),
        field("values", list(&attribute.values), Some("[]".to_owned())),
        field(
            "default",
            default.map_or_else(none, |value| literal(value)),
            Some(none()),
        ),
    ]
}

/// The file without the comments it begins with, which are about the built-in schema.
fn without_comments_above(text: &str) -> String {
    let start = text.find('(').unwrap_or_default();
    let rest = text.get(start..).unwrap_or(text);
    format!("// The labels, links and attributes of this project.\n{rest}")
}

/// Where a part of a text is in it, in bytes.
fn place(text: &str, part: &str) -> Range<usize> {
    let start = part.as_ptr().addr().saturating_sub(text.as_ptr().addr());
    start..start + part.len()
}

fn top_fields(text: &str) -> Result<Vec<(SmolStr, &RawValue)>, SchemaEditError> {
    fields("Schema", text).map_err(|_| SchemaEditError::Shape)
}

fn top_field<'a>(text: &'a str, name: &str) -> Result<Option<&'a str>, SchemaEditError> {
    let all = top_fields(text)?;
    let found = all.iter().find(|(known, _)| known == name);
    Ok(found.map(|(_, value)| trimmed(value)))
}

/// Replaces ranges (bytes, apart from each other) of a text.
fn replaced(
    text: &str,
    mut changes: Vec<(Range<usize>, String)>,
) -> Result<String, SchemaEditError> {
    changes.sort_by_key(|(range, _)| range.start);
    let mut out = String::with_capacity(text.len() + 200);
    let mut reached = 0;
    for (range, new) in changes {
        out.push_str(
            text.get(reached..range.start)
                .ok_or(SchemaEditError::Shape)?,
        );
        out.push_str(&new);
        reached = range.end;
    }
    out.push_str(text.get(reached..).ok_or(SchemaEditError::Shape)?);
    Ok(out)
}

/// Adds a field behind the last one of the file.
fn with_field(text: &str, name: &str, value: &str) -> Result<String, SchemaEditError> {
    let all = top_fields(text)?;
    let change = match all.last() {
        Some((_, last)) => {
            let end = place(text, trimmed(last)).end;
            (end..end, format!(",\n    {name}: {value}"))
        }
        None => {
            let at = text.find('(').ok_or(SchemaEditError::Shape)? + 1;
            (at..at, format!("\n    {name}: {value},\n"))
        }
    };
    replaced(text, vec![change])
}

/// A file that relies on the built-in lists, with these in it: before what it adds to them.
fn with_own_lists(text: String) -> Result<String, SchemaEditError> {
    if top_field(&text, "labels")?.is_some() {
        return Ok(text);
    }
    let mut text = text;
    for name in ["labels", "roles", "attributes"] {
        let built_in = top_field(BUILT_IN, name)?.unwrap_or("[]");
        text = match top_field(&text, name)? {
            None => with_field(&text, name, built_in)?,
            Some(own) => {
                let start = place(&text, own).start + 1;
                let inner = built_in
                    .trim_start_matches('[')
                    .trim_end_matches(']')
                    .trim_end();
                replaced(&text, vec![(start..start, inner.to_owned())])?
            }
        };
    }
    Ok(text)
}

/// Changes a list: what differs from `old` is replaced where it stands, what comes from nowhere is added,
/// what nothing comes from is cut out.
fn splice_list(
    text: String,
    name: &'static str,
    old: Vec<Vec<FieldText>>,
    new: Vec<PartText>,
) -> Result<String, SchemaEditError> {
    let Some(raw) = top_field(&text, name)? else {
        return match new.is_empty() {
            true => Ok(text),
            false => {
                let parts: Vec<String> = new.iter().map(|part| whole(&part.fields)).collect();
                let value = format!("[\n        {},\n    ]", parts.join(",\n        "));
                with_field(&text, name, &value)
            }
        };
    };
    let items = options().from_str::<Vec<&RawValue>>(raw);
    let items = items.map_err(|_| SchemaEditError::Shape)?;
    if items.len() != old.len() {
        return Err(SchemaEditError::Shape);
    }
    let mut changes = Vec::new();
    for (n, (item, old)) in items.iter().zip(&old).enumerate() {
        let item = trimmed(item);
        match new.iter().find(|part| part.original == Some(n)) {
            Some(part) => splice_item(&text, item, name, old, &part.fields, &mut changes)?,
            None => changes.push((with_comma(&text, place(&text, item)), String::new())),
        }
    }
    let added = new.iter().filter(|part| part.original.is_none());
    let added: Vec<String> = added.map(|part| whole(&part.fields)).collect();
    if !added.is_empty() {
        let stays = |n: &usize| new.iter().any(|part| part.original == Some(*n));
        let last = (0..items.len()).rev().find(stays);
        let change = match last.and_then(|n| items.get(n)) {
            Some(last) => {
                let place = place(&text, trimmed(last));
                let line = text.get(..place.start).unwrap_or_default();
                let indent = line.rsplit('\n').next().unwrap_or_default();
                let indent: String = indent.chars().take_while(|c| c.is_whitespace()).collect();
                let end = behind_comma(&text, place.end);
                let has_comma = text.get(place.end..end).is_some_and(|t| t.contains(','));
                // Behind a comment on the same line.
                let rest = text.get(end..).unwrap_or_default();
                let line = rest.split('\n').next().unwrap_or_default();
                let comment = line.trim_start().starts_with("//");
                let at = if comment { end + line.len() } else { end };
                let comma = (!has_comma).then_some((place.end..place.end, ",".to_owned()));
                changes.extend(comma);
                let lines = added.iter().map(|part| format!("\n{indent}{part},"));
                (at..at, lines.collect::<String>())
            }
            None => {
                let at = place(&text, raw).start + 1;
                let lines = added.iter().map(|part| format!("\n        {part},"));
                let end = if items.is_empty() { "\n    " } else { "" };
                (at..at, lines.collect::<String>() + end)
            }
        };
        changes.push(change);
    }
    replaced(&text, changes)
}

/// A part on one line, without fields that say what holds anyway.
fn whole(fields: &[FieldText]) -> String {
    let said = fields
        .iter()
        .filter(|field| field.default.as_ref() != Some(&field.value));
    let said: Vec<String> = said
        .map(|field| format!("{}: {}", field.name, field.value))
        .collect();
    format!("({})", said.join(", "))
}

/// Behind the comma that follows a place, else that place (bytes).
fn behind_comma(text: &str, end: usize) -> usize {
    let behind = text.get(end..).unwrap_or_default();
    let rest = behind.trim_start_matches([' ', '\t']);
    let blank = behind.len() - rest.len();
    end + if rest.starts_with(',') { blank + 1 } else { 0 }
}

/// A place with the comma behind it; with the line where nothing else is on it.
fn with_comma(text: &str, place: Range<usize>) -> Range<usize> {
    let mut end = behind_comma(text, place.end);
    let comma = end > place.end;
    let mut start = place.start;
    let before = text.get(..start).unwrap_or_default();
    let line = before.rsplit('\n').next().unwrap_or_default();
    let rest = text.get(end..).unwrap_or_default();
    let tail = rest.split('\n').next().unwrap_or_default();
    if comma && line.trim().is_empty() && tail.trim().is_empty() && rest.contains('\n') {
        start -= line.len();
        end += tail.len() + 1;
    }
    start..end
}

fn splice_item(
    text: &str,
    item: &str,
    list: &'static str,
    old: &[FieldText],
    new: &[FieldText],
    changes: &mut Vec<(Range<usize>, String)>,
) -> Result<(), SchemaEditError> {
    let struct_name = match list {
        "labels" => "Label",
        "roles" => "Role",
        _ => "Attribute",
    };
    let there = fields(struct_name, item).map_err(|_| SchemaEditError::Shape)?;
    let last = there
        .last()
        .map(|(_, value)| place(text, trimmed(value)).end);
    let mut added = String::new();
    for (old, new) in old.iter().zip(new) {
        let value = there.iter().find(|(name, _)| name == new.name);
        match value {
            Some(_) if old.value == new.value => {}
            Some((_, value)) => changes.push((place(text, trimmed(value)), new.value.clone())),
            None if new.default.as_ref() == Some(&new.value) => {}
            None => added.push_str(&format!(", {}: {}", new.name, new.value)),
        }
    }
    match last {
        _ if added.is_empty() => Ok(()),
        Some(end) => {
            changes.push((end..end, added));
            Ok(())
        }
        None => Err(SchemaEditError::Shape),
    }
}

fn with_convention(text: String, name: &str, value: &str) -> Result<String, SchemaEditError> {
    let entry = format!("{}: {}", literal(name), literal(value));
    let Some(raw) = top_field(&text, "conventions")? else {
        return with_field(&text, "conventions", &format!("{{{entry}}}"));
    };
    let pairs = options().from_str::<BTreeMap<String, &RawValue>>(raw);
    let pairs = pairs.map_err(|_| SchemaEditError::Shape)?;
    let change = match (
        pairs.get(name),
        pairs
            .values()
            .max_by_key(|value| place(&text, trimmed(value)).end),
    ) {
        (Some(old), _) => (place(&text, trimmed(old)), literal(value)),
        (None, Some(last)) => {
            let end = place(&text, trimmed(last)).end;
            (end..end, format!(", {entry}"))
        }
        (None, None) => {
            let at = place(&text, raw).start + 1;
            (at..at, entry)
        }
    };
    replaced(&text, vec![change])
}
