use std::collections::BTreeSet;

use serde_json::{Value, json};

use super::wire::{Cursor, DataSet, Datum, Key, Offset, Record, Resource, Selector, Store, offset};
use super::{ATTRIBUTE, BROKEN, DOCUMENT, LINK, PERSON, SET, TAG};
use crate::format::interchange::{
    DocumentRecord, FACT_LISTS, FACT_TEXTS, LinkRecord, PersonRecord, SpanRecord,
};

/// A document as a store. Empty fields are left out.
pub(super) fn store(document: DocumentRecord) -> Store {
    let resource = document.id.clone();
    let mut annotations = Vec::with_capacity(document.spans.len() + document.links.len());
    annotations.extend(document.spans.iter().map(|span| tag(span, &resource)));
    let tags: BTreeSet<&str> = document.spans.iter().map(|span| &*span.id).collect();
    let links = document.links.iter();
    annotations.extend(links.map(|record| link(record, &tags, &resource)));
    annotations.extend(document.people.iter().map(|p| person(p, &resource)));
    let article_facts = document.facts.iter().flat_map(article_facts);
    let facts = [
        ("state", &*document.state),
        ("annotator", &document.annotator),
    ];
    annotations.push(Record {
        id: Some(DOCUMENT.to_owned()),
        target: Selector::ResourceSelector { resource },
        data: data(&facts).into_iter().chain(article_facts).collect(),
    });
    let used: BTreeSet<&str> = annotations
        .iter()
        .flat_map(|record| &record.data)
        .filter_map(|datum| datum.key.as_deref())
        .collect();
    let keys = used.iter().map(|&key| Key { id: key.to_owned() });
    let set = DataSet {
        id: Some(SET.to_owned()),
        keys: keys.collect(),
        ..DataSet::default()
    };
    Store {
        id: Some(format!("store/{}", document.id)),
        resources: vec![Resource {
            id: Some(document.id),
            text: Some(document.text),
            include: None,
        }],
        annotationsets: vec![set],
        annotations,
    }
}

fn tag(span: &SpanRecord, resource: &str) -> Record {
    let mut selectors: Vec<Selector> = span
        .fragments
        .iter()
        .map(|&[start, end]| Selector::TextSelector {
            resource: resource.to_owned(),
            offset: Offset {
                kind: offset(),
                begin: Cursor::BeginAlignedCursor { value: start },
                end: Cursor::BeginAlignedCursor { value: end },
            },
        })
        .collect();
    let target = match (selectors.pop(), selectors.is_empty()) {
        (Some(only), true) => only,
        (last, _) => {
            selectors.extend(last);
            Selector::CompositeSelector { selectors }
        }
    };
    // The label is written even if empty: it makes the annotation a tag.
    let mut data = vec![datum("kind", &span.label)];
    data.extend(self::data(&[
        ("person", &span.person),
        ("verdict", &span.verdict),
        ("review", &span.review),
        ("note", &span.note),
    ]));
    data.extend(span.by.as_ref().map(|by| datum("by", by)));
    let attributes = span.attributes.iter();
    data.extend(attributes.map(|a| datum(&format!("{ATTRIBUTE}{}", a.key), &a.value)));
    Record {
        id: Some(format!("{TAG}{}", span.id)),
        target,
        data,
    }
}

/// A link to a tag points at its text; one to a person or to no speaker is in its data, since these
/// have no place in the text. So are the ends of a link of which one is missing: a store in which a
/// selector names what is not there cannot be opened.
fn link(link: &LinkRecord, tags: &BTreeSet<&str>, resource: &str) -> Record {
    let tag = |id: &str| Selector::AnnotationSelector {
        annotation: format!("{TAG}{id}"),
    };
    let mut data = vec![datum("role", &link.role)];
    let to_tag = link.to_kind == "annotation";
    let missing = !tags.contains(&*link.from) || to_tag && !tags.contains(&*link.to);
    let target = if missing {
        data.push(datum(BROKEN, &link.from));
        data.push(datum("to_kind", &link.to_kind));
        data.push(datum("to", &link.to));
        Selector::ResourceSelector {
            resource: resource.to_owned(),
        }
    } else if to_tag {
        Selector::DirectionalSelector {
            selectors: vec![tag(&link.from), tag(&link.to)],
        }
    } else {
        data.push(datum("to_kind", &link.to_kind));
        data.push(datum("to", &link.to));
        tag(&link.from)
    };
    data.extend(link.by.as_ref().map(|by| datum("by", by)));
    if link.confirmed == Some(false) {
        data.push(datum("confirmed", "false"));
    }
    data.extend(self::data(&[("note", &link.note)]));
    let attributes = link.attributes.iter();
    data.extend(attributes.map(|a| datum(&format!("{ATTRIBUTE}{}", a.key), &a.value)));
    Record {
        id: Some(format!("{LINK}{}", link.id)),
        target,
        data,
    }
}

fn person(person: &PersonRecord, resource: &str) -> Record {
    let mut data = vec![datum("name", &person.name)];
    data.extend(self::data(&[
        ("person_kind", &person.kind),
        ("person_role", &person.role),
        ("external_id", &person.external_id),
    ]));
    // One value each: a store keeps no two equal ones on an annotation, and no order.
    if !person.aliases.is_empty() {
        data.push(datum("aliases", &json!(person.aliases).to_string()));
    }
    Record {
        id: Some(format!("{PERSON}{}", person.id)),
        target: Selector::ResourceSelector {
            resource: resource.to_owned(),
        },
        data,
    }
}

/// What is known about the article; one value each, as a store keeps no two equal ones on an annotation.
fn article_facts(facts: &Value) -> Vec<Datum> {
    let texts = FACT_TEXTS.into_iter().filter_map(|key| {
        let value = facts.get(key)?.as_str()?;
        (!value.is_empty()).then(|| datum(key, value))
    });
    let lists = FACT_LISTS.into_iter().filter_map(|key| {
        let list = facts.get(key)?.as_array()?;
        (!list.is_empty()).then(|| datum(key, &json!(list).to_string()))
    });
    texts.chain(lists).collect()
}

fn data(pairs: &[(&str, &str)]) -> Vec<Datum> {
    let given = pairs.iter().filter(|(_, value)| !value.is_empty());
    given.map(|(key, value)| datum(key, value)).collect()
}

fn datum(key: &str, value: &str) -> Datum {
    Datum {
        id: None,
        set: Some(SET.to_owned()),
        key: Some(key.to_owned()),
        value: Some(json!({ "@type": "String", "value": value })),
    }
}
