//! A document as UIMA sees it: typed feature structures over a text, offsets in UTF-16 units.

use std::collections::{BTreeMap, BTreeSet};

use serde_json::json;

use crate::format::interchange::extras::DocumentExtra;
use crate::format::interchange::split_spans::CONTINUES;
use crate::format::interchange::{DocumentRecord, LinkRecord, SpanRecord};
use crate::text::{CodePointIndex, OffsetUnit};

pub(super) const SPAN: &str = "custom.Span";
pub(super) const RELATION: &str = "custom.Relation";
pub(super) const PERSON: &str = "custom.Person";
/// A link to a person or to no speaker.
pub(super) const OPEN_LINK: &str = "custom.OpenLink";
pub(super) const DOCUMENT: &str = "custom.Document";

/// The id of the text; other structures count on from there.
pub(super) const SOFA: u32 = 1;

/// Our own features of a tag, besides the attributes of a project.
pub(super) const SPAN_FEATURES: [&str; 8] = [
    "kind",
    "id",
    "person",
    "by",
    "verdict",
    "review",
    "note",
    OTHER_ATTRIBUTES,
];
/// Attributes whose names cannot be those of features, as JSON.
pub(super) const OTHER_ATTRIBUTES: &str = "furtherAttributes";
/// What every annotation has, and words that readers written in Python or Java take for their own.
const RESERVED: &[&str] = &[
    "begin",
    "end",
    "sofa",
    "Governor",
    "Dependent",
    "role",
    "self",
    "type",
    "xmiID",
    "and",
    "as",
    "assert",
    "async",
    "await",
    "break",
    "class",
    "continue",
    "def",
    "del",
    "elif",
    "else",
    "except",
    "finally",
    "for",
    "from",
    "global",
    "if",
    "import",
    "in",
    "is",
    "lambda",
    "nonlocal",
    "not",
    "or",
    "pass",
    "raise",
    "return",
    "try",
    "while",
    "with",
    "yield",
    "None",
    "True",
    "False",
    "address",
    "casImpl",
    "featureStructure",
    "view",
];

pub(super) struct Structure {
    pub(super) id: u32,
    pub(super) kind: &'static str,
    pub(super) begin: u32,
    pub(super) end: u32,
    pub(super) features: Vec<(String, Value)>,
}

pub(super) enum Value {
    Text(String),
    Reference(u32),
}

/// The features of each type that is there, with what they range over.
pub(super) type Types = BTreeMap<&'static str, BTreeMap<String, &'static str>>;

/// All structures of a record but the text itself. `None` where a tag is not on the text.
pub(super) fn structures(record: &mut DocumentRecord) -> Option<Vec<Structure>> {
    let extra = DocumentExtra::extract(record);
    let text = CodePointIndex::new(&record.text);
    let utf16 = |code_point| text.to_unit(code_point, OffsetUnit::Utf16);
    let length = utf16(text.chars())?;
    let fragments = record.fragments();
    let mut all: Vec<Structure> = Vec::with_capacity(fragments.len() + record.links.len());
    let mut id = SOFA;
    let mut next = || {
        id += 1;
        id
    };
    let mut first_of: BTreeMap<&str, usize> = BTreeMap::new();
    let mut continued = Vec::new();
    for fragment in &fragments {
        let features = if fragment.index == 0 {
            first_of.insert(&fragment.span.id, all.len());
            features(fragment.span)
        } else {
            continued.push((all.len().checked_sub(1)?, all.len()));
            texts(&[("kind", &fragment.span.label)])
        };
        all.push(Structure {
            id: next(),
            kind: SPAN,
            begin: utf16(fragment.start)?,
            end: utf16(fragment.end)?,
            features,
        });
    }
    let continued = continued
        .into_iter()
        .map(|ends| (ends, texts(&[("role", CONTINUES)])));
    let linked = record.links.iter().filter_map(|link| {
        let ends = (*first_of.get(&*link.from)?, *first_of.get(&*link.to)?);
        let mut features = texts(&[("role", &link.role), ("id", &link.id)]);
        features.extend(optional("by", link.by.as_deref()));
        features.extend(optional("confirmed", unconfirmed(link.confirmed)));
        features.extend(said(link));
        Some((ends, features))
    });
    let relations: Vec<_> = continued.chain(linked).collect();
    for ((from, to), mut features) in relations {
        let (from, to) = (all.get(from)?, all.get(to)?);
        features.push(("Governor".to_owned(), Value::Reference(from.id)));
        features.push(("Dependent".to_owned(), Value::Reference(to.id)));
        let (begin, end) = (to.begin, to.end);
        all.push(Structure {
            id: next(),
            kind: RELATION,
            begin,
            end,
            features,
        });
    }
    let mut whole = |kind, features| Structure {
        id: next(),
        kind,
        begin: 0,
        end: length,
        features,
    };
    for link in &extra.links {
        let mut features = texts(&[
            ("role", &link.role),
            ("id", &link.id),
            ("fromTag", &link.from),
            ("toTag", &link.to),
            ("toKind", &link.to_kind),
        ]);
        features.extend(optional("by", link.by.as_deref()));
        features.extend(optional("confirmed", unconfirmed(link.confirmed)));
        features.extend(said(link));
        all.push(whole(OPEN_LINK, features));
    }
    for person in &extra.people {
        let aliases = json!(person.aliases).to_string();
        let mut features = texts(&[
            ("id", &person.id),
            ("name", &person.name),
            ("personKind", &person.kind),
            ("personRole", &person.role),
            ("externalId", &person.external_id),
        ]);
        if !person.aliases.is_empty() {
            features.extend(texts(&[("aliases", &aliases)]));
        }
        all.push(whole(PERSON, features));
    }
    let article_facts = extra.facts.as_ref().map(ToString::to_string);
    let article_facts = article_facts.unwrap_or_default();
    let facts = texts(&[
        ("name", &extra.id),
        ("annotator", &extra.annotator),
        ("state", &extra.state),
        ("facts", &article_facts),
    ]);
    all.push(whole(DOCUMENT, facts));
    Some(all)
}

fn features(span: &SpanRecord) -> Vec<(String, Value)> {
    let mut features = texts(&[
        ("kind", &span.label),
        ("id", &span.id),
        ("person", &span.person),
        ("verdict", &span.verdict),
        ("review", &span.review),
        ("note", &span.note),
    ]);
    features.extend(optional("by", span.by.as_deref()));
    let (own, other): (Vec<_>, Vec<_>) = span
        .attributes
        .iter()
        .partition(|attribute| is_name(&attribute.key));
    for attribute in own {
        let value = Value::Text(attribute.value.to_string());
        features.push((attribute.key.to_string(), value));
    }
    if !other.is_empty() {
        features.push((
            OTHER_ATTRIBUTES.to_owned(),
            Value::Text(json!(other).to_string()),
        ));
    }
    features
}

/// Whether a feature can be called so.
fn is_name(key: &str) -> bool {
    let mut characters = key.chars();
    characters.next().is_some_and(|c| c.is_ascii_alphabetic())
        && characters.all(|c| c.is_ascii_alphanumeric() || c == '_')
        && !SPAN_FEATURES.contains(&key)
        && !RESERVED.contains(&key)
}

fn texts(pairs: &[(&str, &str)]) -> Vec<(String, Value)> {
    let given = pairs
        .iter()
        .filter(|(key, value)| !value.is_empty() || *key == "kind");
    given
        .map(|(key, value)| ((*key).to_owned(), Value::Text((*value).to_owned())))
        .collect()
}

fn optional(key: &str, value: Option<&str>) -> Option<(String, Value)> {
    Some((key.to_owned(), Value::Text(value?.to_owned())))
}

/// The note and the attributes of a link.
fn said(link: &LinkRecord) -> Vec<(String, Value)> {
    let mut features = texts(&[("note", &link.note)]);
    if !link.attributes.is_empty() {
        let attributes = json!(link.attributes).to_string();
        features.push((OTHER_ATTRIBUTES.to_owned(), Value::Text(attributes)));
    }
    features
}

fn unconfirmed(confirmed: Option<bool>) -> Option<&'static str> {
    (confirmed == Some(false)).then_some("false")
}

/// Adds the types of structures to those known; the two that tags and links need are always there.
pub(super) fn add_types(types: &mut Types, structures: &[Structure]) {
    let text = "uima.cas.String";
    let span = types.entry(SPAN).or_default();
    for feature in SPAN_FEATURES {
        span.entry(feature.to_owned()).or_insert(text);
    }
    let relation = types.entry(RELATION).or_default();
    for end in ["Governor", "Dependent"] {
        relation.entry(end.to_owned()).or_insert(SPAN);
    }
    relation.entry("role".to_owned()).or_insert(text);
    let used: BTreeSet<(&'static str, &str)> = structures
        .iter()
        .flat_map(|structure| {
            let names = structure.features.iter().map(|(name, _)| name.as_str());
            names.map(|name| (structure.kind, name))
        })
        .collect();
    for (kind, feature) in used {
        let features = types.entry(kind).or_default();
        if !features.contains_key(feature) {
            features.insert(feature.to_owned(), text);
        }
    }
}
