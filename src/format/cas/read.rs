use std::collections::BTreeMap;

use serde::Deserialize;
use serde_json::{Map, Value};

use super::structures::{DOCUMENT, OPEN_LINK, OTHER_ATTRIBUTES, PERSON};
use crate::format::Imported;
use crate::format::interchange::{
    AttributeRecord, DocumentRecord, LinkRecord, PersonRecord, SpanRecord,
};
use crate::text::{CodePointIndex, OffsetUnit};

#[derive(Deserialize)]
struct Cas {
    #[serde(rename = "%FEATURE_STRUCTURES", default)]
    structures: Vec<Map<String, Value>>,
}

/// Features that hold the label or role, the most likely first.
const LABELS: [&str; 4] = ["kind", "label", "value", "category"];
const ROLES: [&str; 4] = ["role", "label", "relationType", "value"];
/// What tokenisers, taggers and the tool itself leave in every document.
const NOT_TAGS: [&str; 4] = [
    "uima.",
    "de.tudarmstadt.ukp.dkpro.core.api.segmentation.type.",
    "de.tudarmstadt.ukp.dkpro.core.api.metadata.type.",
    "de.tudarmstadt.ukp.clarin.webanno.api.type.",
];

/// The record of a file; what is left out is noted.
pub(super) fn record(
    text: &str,
    imported: &mut Imported,
) -> Result<DocumentRecord, (usize, String)> {
    let cas: Cas = serde_json::from_str(text).map_err(|e| (e.line(), e.to_string()))?;
    let sofa = cas.structures.iter().find(|s| kind(s) == "uima.cas.Sofa");
    let text = sofa.and_then(|sofa| sofa.get("sofaString")?.as_str());
    let text = text.ok_or_else(|| (1, "it has no text (sofaString)".to_owned()))?;
    let sofa = sofa.and_then(|sofa| sofa.get("%ID"));
    let index = CodePointIndex::new(text);
    let mut record = DocumentRecord {
        text: text.to_owned(),
        ..DocumentRecord::default()
    };
    // They name their ends by id; the numbers of structures are none of theirs.
    let mut open_links = Vec::new();
    // Tags are chained by the numbers of their structures; their own ids come after that.
    let mut ids: BTreeMap<String, String> = BTreeMap::new();
    for structure in &cas.structures {
        let name = kind(structure);
        let elsewhere = structure.get("@sofa").is_some_and(|of| Some(of) != sofa);
        if NOT_TAGS.iter().any(|prefix| name.starts_with(prefix)) || elsewhere {
            continue;
        }
        let mut fields = structure.clone();
        match name {
            PERSON => record.people.push(person(&mut fields)),
            OPEN_LINK => open_links.push(open_link(&mut fields)),
            DOCUMENT => {
                record.id = text_field(&mut fields, "name").unwrap_or_default();
                record.annotator = text_field(&mut fields, "annotator").unwrap_or_default();
                record.state = text_field(&mut fields, "state").unwrap_or_default();
            }
            _ if fields.contains_key("@Governor") => record.links.push(relation(&mut fields, name)),
            _ if fields.contains_key("begin") => {
                let id = reference(fields.get("%ID"));
                let own = text_field(&mut fields, "id");
                let span = span(&mut fields, name, id.clone(), &index).map_err(|m| (1, m))?;
                ids.insert(id.clone(), own.unwrap_or(id));
                record.spans.push(span);
            }
            _ => imported.note_ignored(1, format!("structures of the type {name}")),
        }
    }
    record.join_split_spans();
    let own = |id: &mut String| {
        if let Some(own) = ids.get(id) {
            id.clone_from(own);
        }
    };
    record.spans.iter_mut().for_each(|span| own(&mut span.id));
    for link in &mut record.links {
        own(&mut link.from);
        own(&mut link.to);
        "annotation".clone_into(&mut link.to_kind);
    }
    record.links.append(&mut open_links);
    Ok(record)
}

fn kind(structure: &Map<String, Value>) -> &str {
    structure.get("%TYPE").and_then(Value::as_str).unwrap_or("")
}

fn reference(value: Option<&Value>) -> String {
    match value {
        Some(Value::String(id)) => id.clone(),
        Some(id) => id.to_string(),
        None => String::new(),
    }
}

fn text_field(fields: &mut Map<String, Value>, name: &str) -> Option<String> {
    match fields.remove(name)? {
        Value::String(text) => Some(text),
        Value::Null => None,
        other => Some(other.to_string()),
    }
}

fn first_of(fields: &mut Map<String, Value>, names: &[&str], kind: &str) -> String {
    let short = kind.rsplit('.').next().unwrap_or(kind);
    let mut found = names.iter().filter_map(|name| text_field(fields, name));
    found.next().unwrap_or_else(|| short.to_lowercase())
}

fn span(
    fields: &mut Map<String, Value>,
    kind: &str,
    id: String,
    text: &CodePointIndex<'_>,
) -> Result<SpanRecord, String> {
    let place = |name: &str| {
        let number = fields.get(name).and_then(Value::as_u64);
        let number = number.and_then(|number| u32::try_from(number).ok());
        number
            .and_then(|number| text.from_unit(number, OffsetUnit::Utf16))
            .ok_or_else(|| {
                let value = reference(fields.get(name));
                format!("the annotation {id}: its {name} ({value}) is not a position in the text")
            })
    };
    let fragment = [place("begin")?, place("end")?];
    let other =
        text_field(fields, OTHER_ATTRIBUTES).and_then(|json| serde_json::from_str(&json).ok());
    let mut span = SpanRecord {
        id,
        label: first_of(fields, &LABELS, kind),
        fragments: vec![fragment],
        person: text_field(fields, "person").unwrap_or_default(),
        by: text_field(fields, "by"),
        verdict: text_field(fields, "verdict").unwrap_or_default(),
        review: text_field(fields, "review").unwrap_or_default(),
        note: text_field(fields, "note").unwrap_or_default(),
        attributes: other.unwrap_or_default(),
        ..SpanRecord::default()
    };
    for (name, value) in std::mem::take(fields) {
        let bookkeeping = name.starts_with(['%', '@', '^']) || name == "begin" || name == "end";
        let value = match value {
            Value::String(text) => text,
            Value::Bool(_) | Value::Number(_) => value.to_string(),
            _ => continue,
        };
        if !bookkeeping {
            span.attributes.push(AttributeRecord { key: name, value });
        }
    }
    Ok(span)
}

fn relation(fields: &mut Map<String, Value>, kind: &str) -> LinkRecord {
    LinkRecord {
        id: text_field(fields, "id").unwrap_or_default(),
        from: reference(fields.get("@Governor")),
        to: reference(fields.get("@Dependent")),
        to_kind: String::new(),
        role: first_of(fields, &ROLES, kind),
        confirmed: Some(text_field(fields, "confirmed").is_none()),
        by: text_field(fields, "by"),
    }
}

fn open_link(fields: &mut Map<String, Value>) -> LinkRecord {
    let mut remove = |name: &str| text_field(fields, name);
    LinkRecord {
        id: remove("id").unwrap_or_default(),
        from: remove("fromTag").unwrap_or_default(),
        to: remove("toTag").unwrap_or_default(),
        to_kind: remove("toKind").unwrap_or_default(),
        role: remove("role").unwrap_or_default(),
        confirmed: Some(remove("confirmed").is_none()),
        by: remove("by"),
    }
}

fn person(fields: &mut Map<String, Value>) -> PersonRecord {
    let mut remove = |name: &str| text_field(fields, name);
    let aliases = remove("aliases").and_then(|list| serde_json::from_str(&list).ok());
    PersonRecord {
        id: remove("id").unwrap_or_default(),
        name: remove("name").unwrap_or_default(),
        kind: remove("personKind").unwrap_or_default(),
        aliases: aliases.unwrap_or_default(),
        role: remove("personRole").unwrap_or_default(),
        external_id: remove("externalId").unwrap_or_default(),
    }
}
