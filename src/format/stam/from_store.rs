use std::collections::BTreeMap;

use serde_json::Value;

use super::wire::{Cursor, Datum, Record, Selector, Store};
use super::{ATTRIBUTE, DOCUMENT, LINK, PERSON, SET, TAG};
use crate::format::RecordProblem;
use crate::format::interchange::{
    AttributeRecord, DocumentRecord, LinkRecord, PersonRecord, SpanRecord,
};

/// Keys by which stores of other tools name the label, the most likely first.
const LABEL_KEYS: [&str; 5] = ["kind", "label", "type", "class", "category"];

/// What becomes of one annotation.
enum Read {
    Span(String, SpanRecord),
    Link(LinkRecord),
    Person(String, PersonRecord),
    Document(String, BTreeMap<String, String>),
}

/// A document for each resource of a store; `text` reads the text of a resource that is beside.
pub(super) fn documents(
    store: Store,
    text: &dyn Fn(&str) -> Option<String>,
    ignored: &mut Vec<RecordProblem>,
) -> Result<Vec<DocumentRecord>, String> {
    let ours = store
        .annotationsets
        .iter()
        .any(|set| set.id.as_deref() == Some(SET));
    let mut shared: BTreeMap<(&str, &str), &Datum> = BTreeMap::new();
    for set in &store.annotationsets {
        for datum in &set.data {
            if let (Some(set), Some(id)) = (&set.id, &datum.id) {
                shared.insert((set, id), datum);
            }
        }
    }
    let mut documents = Vec::new();
    let mut lengths = BTreeMap::new();
    for (n, resource) in store.resources.iter().enumerate() {
        let id = resource.id.clone().or_else(|| resource.include.clone());
        let id = id.unwrap_or_else(|| format!("text-{}", n + 1));
        let included = || resource.include.as_deref().and_then(text);
        let text = resource
            .text
            .clone()
            .or_else(included)
            .ok_or_else(|| format!("the text of `{id}` is missing; put it beside the file"))?;
        lengths.insert(id.clone(), text.chars().count());
        documents.push(DocumentRecord {
            id,
            text,
            ..DocumentRecord::default()
        });
    }
    if documents.is_empty() {
        return Err("it has no text; a STAM store needs resources".to_owned());
    }

    let mut owner: BTreeMap<String, String> = BTreeMap::new();
    let mut waiting = Vec::new();
    let order = documents.iter().enumerate().rev();
    let order: BTreeMap<String, usize> = order
        .map(|(n, document)| (document.id.clone(), n))
        .collect();
    let place = |id: &str| order.get(id).copied();
    for (n, record) in store.annotations.iter().enumerate() {
        let data = annotation_data(record, &shared);
        match read(record, n, data, ours, &lengths) {
            Some(Read::Span(resource, span)) => {
                owner.insert(span.id.clone(), resource.clone());
                if let Some(document) = place(&resource).and_then(|n| documents.get_mut(n)) {
                    document.spans.push(span);
                }
            }
            Some(Read::Link(link)) => waiting.push(link),
            Some(Read::Person(resource, person)) => {
                if let Some(document) = place(&resource).and_then(|n| documents.get_mut(n)) {
                    document.people.push(person);
                }
            }
            Some(Read::Document(resource, mut facts)) => {
                if let Some(document) = place(&resource).and_then(|n| documents.get_mut(n)) {
                    document.state = facts.remove("state").unwrap_or_default();
                    document.annotator = facts.remove("annotator").unwrap_or_default();
                }
            }
            None => {
                let id = record.id.as_deref().unwrap_or("");
                let message = format!("the annotation `{id}`, which is neither a tag nor a link");
                ignored.push(RecordProblem { line: 1, message });
            }
        }
    }
    for link in waiting {
        // A link from a tag that is not there belongs to the only text there is, if there is one.
        let home = owner.get(&link.from).and_then(|id| place(id));
        if let Some(document) = documents.get_mut(home.unwrap_or(0)) {
            document.links.push(link);
        }
    }
    Ok(documents)
}

/// The keys and values of an annotation, those it only refers to included.
fn annotation_data(
    record: &Record,
    shared: &BTreeMap<(&str, &str), &Datum>,
) -> BTreeMap<String, String> {
    let data = record.data.iter().filter_map(|datum| {
        let found = match (&datum.key, &datum.set, &datum.id) {
            (None, Some(set), Some(id)) => shared.get(&(set, id))?,
            _ => datum,
        };
        let value = match found.value.as_ref().map(|v| v.get("value").unwrap_or(v)) {
            Some(Value::String(text)) => text.clone(),
            Some(Value::Null) | None => String::new(),
            Some(other) => other.to_string(),
        };
        Some((found.key.clone()?, value))
    });
    data.collect()
}

fn read(
    record: &Record,
    n: usize,
    mut data: BTreeMap<String, String>,
    ours: bool,
    lengths: &BTreeMap<String, usize>,
) -> Option<Read> {
    let id = record
        .id
        .clone()
        .unwrap_or_else(|| format!("annotation-{}", n + 1));
    let unprefixed = |id: &str, prefix: &str| {
        let stripped = ours.then(|| id.strip_prefix(prefix)).flatten();
        stripped.unwrap_or(id).to_owned()
    };
    let mut remove = |key: &str| data.remove(key);
    match &record.target {
        Selector::ResourceSelector { resource } if ours && id == DOCUMENT => {
            Some(Read::Document(resource.clone(), data))
        }
        Selector::ResourceSelector { resource } if ours && id.starts_with(PERSON) => {
            let aliases = remove("aliases").and_then(|list| serde_json::from_str(&list).ok());
            let person = PersonRecord {
                id: unprefixed(&id, PERSON),
                name: remove("name").unwrap_or_default(),
                kind: remove("person_kind").unwrap_or_default(),
                aliases: aliases.unwrap_or_default(),
                role: remove("person_role").unwrap_or_default(),
                external_id: remove("external_id").unwrap_or_default(),
            };
            Some(Read::Person(resource.clone(), person))
        }
        Selector::AnnotationSelector { annotation } if ours && id.starts_with(LINK) => {
            Some(Read::Link(LinkRecord {
                id: unprefixed(&id, LINK),
                from: unprefixed(annotation, TAG),
                to: remove("to").unwrap_or_default(),
                to_kind: remove("to_kind").unwrap_or_default(),
                role: remove("role").unwrap_or_default(),
                confirmed: Some(remove("confirmed").is_none()),
                by: remove("by"),
            }))
        }
        Selector::DirectionalSelector { selectors } if !has_text(selectors) => {
            let [from, to] = &selectors[..] else {
                return None;
            };
            let (
                Selector::AnnotationSelector { annotation: from },
                Selector::AnnotationSelector { annotation: to },
            ) = (from, to)
            else {
                return None;
            };
            let role = remove("role").or_else(|| LABEL_KEYS.iter().find_map(|key| remove(key)));
            Some(Read::Link(LinkRecord {
                id: unprefixed(&id, LINK),
                from: unprefixed(from, TAG),
                to: unprefixed(to, TAG),
                to_kind: "annotation".to_owned(),
                role: role.unwrap_or_else(|| "link".to_owned()),
                confirmed: Some(remove("confirmed").is_none()),
                by: remove("by"),
            }))
        }
        target => {
            let (resource, fragments) = places(target, lengths)?;
            let label = LABEL_KEYS.iter().find_map(|key| remove(key));
            let mut span = SpanRecord {
                id: unprefixed(&id, TAG),
                label: label.unwrap_or_else(|| "annotation".to_owned()),
                fragments,
                ..SpanRecord::default()
            };
            if ours {
                span.person = remove("person").unwrap_or_default();
                span.verdict = remove("verdict").unwrap_or_default();
                span.review = remove("review").unwrap_or_default();
                span.by = remove("by");
            }
            span.note = remove("note")
                .or_else(|| remove("comment"))
                .unwrap_or_default();
            let attributes = data.into_iter().map(|(key, value)| AttributeRecord {
                key: key.strip_prefix(ATTRIBUTE).unwrap_or(&key).to_owned(),
                value,
            });
            span.attributes = attributes.collect();
            Some(Read::Span(resource, span))
        }
    }
}

fn has_text(selectors: &[Selector]) -> bool {
    let text = |selector: &Selector| matches!(selector, Selector::TextSelector { .. });
    selectors.iter().any(text)
}

/// The stretches a selector names, all of one resource.
fn places(
    selector: &Selector,
    lengths: &BTreeMap<String, usize>,
) -> Option<(String, Vec<[u32; 2]>)> {
    match selector {
        Selector::TextSelector { resource, offset } => {
            let length = *lengths.get(resource)?;
            let place = |cursor: &Cursor| match cursor {
                Cursor::BeginAlignedCursor { value } => Some(*value),
                Cursor::EndAlignedCursor { value } => {
                    let length = i64::try_from(length).ok()?;
                    u32::try_from(length.checked_add(*value)?).ok()
                }
            };
            let fragment = [place(&offset.begin)?, place(&offset.end)?];
            Some((resource.clone(), vec![fragment]))
        }
        Selector::CompositeSelector { selectors }
        | Selector::MultiSelector { selectors }
        | Selector::DirectionalSelector { selectors } => {
            let mut all: Option<(String, Vec<[u32; 2]>)> = None;
            for selector in selectors {
                let (resource, mut fragments) = places(selector, lengths)?;
                match &mut all {
                    None => all = Some((resource, fragments)),
                    Some((first, places)) if *first == resource => places.append(&mut fragments),
                    Some(_) => return None,
                }
            }
            let (resource, mut fragments) = all?;
            fragments.sort_unstable();
            Some((resource, fragments))
        }
        _ => None,
    }
}
