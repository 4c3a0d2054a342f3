use std::collections::{BTreeMap, BTreeSet};

use serde::Deserialize;
use serde_json::{Map, Value};

use super::fields::{kind, line_of, reference};
use super::references::References;
use super::structures::{DOCUMENT, OPEN_LINK, OTHER_ATTRIBUTES, PERSON};
use super::views::{View, choose_views};
use crate::format::Imported;
use crate::format::interchange::{
    AttributeRecord, DocumentRecord, LinkRecord, PersonRecord, SpanRecord,
};
use crate::format::link_facts::LinkFacts;
use crate::format::set_aside::{SetAside, shown};
use crate::text::{CodePointIndex, OffsetUnit};

/// What links say besides their roles and ends, by their ids.
pub(super) type Facts = BTreeMap<String, LinkFacts>;

#[derive(Deserialize)]
struct Cas {
    #[serde(rename = "%FEATURE_STRUCTURES", default)]
    structures: Vec<Map<String, Value>>,
}

/// Features that hold the label or role, the most likely first.
const LABELS: [&str; 3] = ["label", "value", "category"];
const ROLES: [&str; 4] = ["role", "label", "relationType", "value"];
/// What tokenisers, taggers and the tool itself leave in every document.
const NOT_TAGS: [&str; 4] = [
    "uima.",
    "de.tudarmstadt.ukp.dkpro.core.api.segmentation.type.",
    "de.tudarmstadt.ukp.dkpro.core.api.metadata.type.",
    "de.tudarmstadt.ukp.clarin.webanno.api.type.",
];

/// The structures of a JSON file.
pub(super) fn structures(text: &str) -> Result<Vec<Map<String, Value>>, (usize, String)> {
    Ok(parse(text)?.structures)
}

/// The records of a file, one for each view with tags; what is left out is noted.
pub(super) fn records(
    structures: &[Map<String, Value>],
    stem: &str,
    mut aside: SetAside,
    imported: &mut Imported,
) -> Result<Vec<(DocumentRecord, Facts)>, (usize, String)> {
    let references = References::new(structures);
    let views = choose_views(structures, &mut aside, imported)?;
    let mut records = Vec::with_capacity(views.len());
    for (n, view) in views.iter().enumerate() {
        let (mut record, facts) = of_view(view, n == 0, structures, &references, &mut aside);
        if n > 0 {
            let name = if record.id.is_empty() {
                stem
            } else {
                &record.id
            };
            record.id = format!("{name}-{}", view.name);
        }
        records.push((record, facts));
    }
    for structure in structures {
        loose(structure, &references, &mut aside, imported);
    }
    aside.report(imported);
    Ok(records)
}

fn parse(text: &str) -> Result<Cas, (usize, String)> {
    let value: Value = serde_json::from_str(text).map_err(|error| {
        let (line, column) = (error.line(), error.column());
        (
            line,
            format!("this is not JSON from column {column} on; export it again"),
        )
    })?;
    let has = |name: &str| value.get(name).is_some();
    if !has("%FEATURE_STRUCTURES") {
        let what = if has("_views") || has("_referenced_fss") {
            "this is the older JSON of UIMA (`_views`); export it as UIMA CAS JSON 0.4"
        } else {
            "this is no UIMA CAS JSON, as it has no %FEATURE_STRUCTURES; export it as UIMA CAS \
             JSON 0.4"
        };
        return Err((1, what.to_owned()));
    }
    serde_json::from_value(value).map_err(|_| {
        let what = "its %FEATURE_STRUCTURES are no list of objects; export it as UIMA CAS JSON 0.4";
        (1, what.to_owned())
    })
}

/// The record of a view. Structures of no view belong to the first.
fn of_view(
    view: &View<'_>,
    first: bool,
    structures: &[Map<String, Value>],
    references: &References<'_>,
    aside: &mut SetAside,
) -> (DocumentRecord, Facts) {
    let index = CodePointIndex::new(view.text);
    let mut record = DocumentRecord {
        text: view.text.to_owned(),
        ..DocumentRecord::default()
    };
    // They name their ends by id; the numbers of structures are none of theirs.
    let mut open_links = Vec::new();
    let mut slots = Vec::new();
    // Tags are chained by the numbers of their structures; their own ids come after that.
    let mut ids: BTreeMap<String, String> = BTreeMap::new();
    let mut own_ids = BTreeSet::new();
    for structure in structures {
        let name = kind(structure);
        let here = structure.get("@sofa").map_or(first, |of| *of == view.id);
        if NOT_TAGS.iter().any(|prefix| name.starts_with(prefix)) || !here {
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
            _ if fields.contains_key("@Governor") || fields.contains_key("@Dependent") => {
                slots.push(relation(&mut fields, name));
            }
            _ if fields.contains_key("begin") => {
                let line = line_of(structure);
                let id = reference(fields.get("%ID"));
                if ids.contains_key(&id) {
                    let what = format!("the annotation {name} {id}");
                    aside.add(line, what, "another one has the same number");
                    continue;
                }
                // Two tags of one id of their own keep their numbers.
                let own = match fields.get("id") {
                    Some(Value::String(own)) if !own_ids.contains(own) => {
                        own_ids.insert(own.clone());
                        text_field(&mut fields, "id")
                    }
                    _ => None,
                };
                let mut span = match span(&mut fields, name, id.clone(), &index) {
                    Ok(span) => span,
                    Err(what) => {
                        aside.add(line, what, "that is not a position in the text");
                        continue;
                    }
                };
                slots.extend(references.links(structure, aside));
                if let [[start, end]] = span.fragments[..]
                    && start >= end
                {
                    let what = format!("the annotation `{}` at {start}", span.label);
                    aside.add(line, what, "it covers no character");
                    continue;
                }
                span.attributes.extend(references.texts(structure));
                ids.insert(id.clone(), own.unwrap_or(id));
                record.spans.push(span);
            }
            _ => {}
        }
    }
    let mut all_facts = Facts::new();
    for (link, facts) in slots {
        if !facts.is_empty() {
            all_facts.insert(link.id.clone(), facts);
        }
        record.links.push(link);
    }
    record.links.retain(|link| {
        let missing = [&link.from, &link.to]
            .into_iter()
            .find(|id| !ids.contains_key(*id));
        let Some(missing) = missing else { return true };
        let words = references.described(missing);
        let what = format!("the link `{}` to or from {words}", link.role);
        aside.add(1, what, "that is no tag in this text");
        false
    });
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
    (record, all_facts)
}

/// Notes structures that are on no words, unless tags lead to them.
fn loose(
    structure: &Map<String, Value>,
    references: &References<'_>,
    aside: &mut SetAside,
    imported: &mut Imported,
) {
    let name = kind(structure);
    let known = [PERSON, OPEN_LINK, DOCUMENT].contains(&name)
        || structure.contains_key("begin")
        || ["@Governor", "@Dependent"]
            .iter()
            .any(|end| structure.contains_key(*end))
        || NOT_TAGS.iter().any(|prefix| name.starts_with(prefix))
        || structure.contains_key("%ELEMENTS")
        || references.is_slot(structure);
    if known {
        return;
    }
    let texts: Vec<String> = structure
        .iter()
        .filter(|(name, _)| !name.starts_with(['%', '@', '^']))
        .filter_map(|(name, value)| Some(format!("{name} “{}”", shown(value.as_str()?))))
        .collect();
    if texts.is_empty() {
        imported.note_ignored(1, format!("structures of the type {name}"));
    } else {
        let what = format!("the structure {name} ({})", texts.join(", "));
        let line = line_of(structure);
        aside.add(line, what, "it is not on words of the text");
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
                let short = kind.rsplit('.').next().unwrap_or(kind);
                format!("the annotation {short} {id} with the {name} {value}")
            })
    };
    let fragment = [place("begin")?, place("end")?];
    let other =
        text_field(fields, OTHER_ATTRIBUTES).and_then(|json| serde_json::from_str(&json).ok());
    let short = kind.rsplit('.').next().unwrap_or(kind);
    // Our own layer is only a kind; in other layers a kind is one more feature.
    let own = if short == "Span" {
        text_field(fields, "kind")
    } else {
        None
    };
    let is_named = own.is_none()
        && LABELS
            .iter()
            .any(|name| fields.get(*name).is_some_and(Value::is_string));
    let label = own.unwrap_or_else(|| first_of(fields, &LABELS, kind));
    let mut span = SpanRecord {
        id,
        label,
        fragments: vec![fragment],
        person: text_field(fields, "person").unwrap_or_default(),
        by: text_field(fields, "by"),
        verdict: text_field(fields, "verdict").unwrap_or_default(),
        review: text_field(fields, "review").unwrap_or_default(),
        note: text_field(fields, "note").unwrap_or_default(),
        attributes: other.unwrap_or_default(),
        ..SpanRecord::default()
    };
    if is_named && short != "Span" {
        let (key, value) = ("layer".to_owned(), short.to_owned());
        span.attributes.push(AttributeRecord { key, value });
    }
    for (name, value) in std::mem::take(fields) {
        let bookkeeping = name.starts_with(['%', '@', '^']) || name == "begin" || name == "end";
        let value = match value {
            Value::String(text) => text,
            Value::Bool(_) | Value::Number(_) | Value::Array(_) | Value::Object(_) => {
                value.to_string()
            }
            Value::Null => continue,
        };
        let taken = span.attributes.iter().any(|known| known.key == name);
        let name = if taken { format!("{name}-2") } else { name };
        if !bookkeeping {
            span.attributes.push(AttributeRecord { key: name, value });
        }
    }
    Ok(span)
}

fn relation(fields: &mut Map<String, Value>, kind: &str) -> (LinkRecord, LinkFacts) {
    let mut link = LinkRecord {
        id: text_field(fields, "id").unwrap_or_default(),
        from: reference(fields.get("@Governor")),
        to: reference(fields.get("@Dependent")),
        to_kind: String::new(),
        role: first_of(fields, &ROLES, kind),
        confirmed: Some(text_field(fields, "confirmed").is_none()),
        by: text_field(fields, "by"),
    };
    let mut facts = LinkFacts::default();
    for (name, value) in &*fields {
        let known = name.starts_with(['%', '@', '^']) || name == "begin" || name == "end";
        let value = match value {
            Value::Null => continue,
            Value::String(text) => text.clone(),
            other => other.to_string(),
        };
        if !known {
            facts.add(name, &value);
        }
    }
    if !facts.is_empty() && link.id.is_empty() {
        link.id = format!("relation-{}", reference(fields.get("%ID")));
    }
    (link, facts)
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
