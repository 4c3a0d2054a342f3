//! One annotation as others write it: bodies, targets and selectors may be one or many, and shorter
//! than the Recommendation has them.

use serde_json::{Map, Value};

use super::select::Selector;
use super::wire::{Own, OwnDocument, OwnTag};
use crate::format::interchange::AttributeRecord;
use crate::format::interchange::extras::LinkExtra;
use crate::model::Review;

/// The contents of an annotation.
pub(super) enum Item {
    Tag(Tag),
    Link(Link),
}

/// Stretches of a text under a label.
#[derive(Debug, Default)]
pub(super) struct Tag {
    pub(super) id: String,
    pub(super) source: String,
    pub(super) selectors: Vec<Selector>,
    pub(super) label: String,
    pub(super) attributes: Vec<AttributeRecord>,
    pub(super) note: String,
    pub(super) review: String,
    pub(super) by: Option<String>,
    /// What we ourselves wrote beside it.
    pub(super) own: Option<OwnTag>,
}

/// A connection between two annotations, named by their IRIs.
#[derive(Debug, Default)]
pub(super) struct Link {
    pub(super) from: String,
    pub(super) to: String,
    pub(super) role: String,
    pub(super) by: Option<String>,
    pub(super) own: Option<LinkExtra>,
}

/// The label of what is only marked.
const MARKED: &str = "highlight";

/// The meaning of a value, and the document that begins with it; or why it has none.
pub(super) fn item(value: Value) -> Result<(Item, Option<OwnDocument>), String> {
    let Value::Object(mut object) = value else {
        return Err("it is not an annotation".to_owned());
    };
    let own: Own = object
        .remove("pullquote")
        .and_then(|own| serde_json::from_value(own).ok())
        .unwrap_or_default();
    if texts(&object, "motivation").any(|motivation| motivation == "linking") {
        let link = link(&object, own.link)?;
        return Ok((Item::Link(link), own.document));
    }
    // An answer to another annotation has no place of its own.
    if one_or_many(object.get("references")).next().is_some() {
        return Err("it replies to another annotation".to_owned());
    }
    let tag = tag(&object, own.tag)?;
    Ok((Item::Tag(tag), own.document))
}

fn link(object: &Map<String, Value>, own: Option<LinkExtra>) -> Result<Link, String> {
    let iri = |value: &Value| match value {
        Value::String(iri) => Some(iri.clone()),
        Value::Object(fields) if !fields.contains_key("value") => text(fields, "id"),
        _ => None,
    };
    let ends = one_or_many(object.get("target")).chain(one_or_many(object.get("body")));
    let mut ends = ends.filter_map(iri);
    let both = ends.next().zip(ends.next());
    let (from, to) = both.ok_or("it links fewer than two annotations")?;
    let mut roles = bodies(object).filter(|(purpose, _)| purpose == "tagging");
    Ok(Link {
        from,
        to,
        role: roles.next().map_or("linking".to_owned(), |(_, role)| role),
        by: creator(object),
        own,
    })
}

fn tag(object: &Map<String, Value>, own: Option<OwnTag>) -> Result<Tag, String> {
    let mut tag = Tag {
        id: text(object, "id").unwrap_or_default(),
        by: creator(object),
        own,
        ..Tag::default()
    };
    for target in one_or_many(object.get("target")) {
        let (source, selector) = match target {
            Value::String(source) => (Some(source.clone()), None),
            Value::Object(fields) => {
                let source = fields.get("source").and_then(|source| match source {
                    Value::String(source) => Some(source.clone()),
                    Value::Object(fields) => text(fields, "id"),
                    _ => None,
                });
                (source, selector(fields))
            }
            _ => (None, None),
        };
        if let Some(source) = source {
            tag.source = source;
        }
        tag.selectors.extend(selector);
    }
    if tag.source.is_empty() {
        tag.source = text(object, "uri").unwrap_or_default();
    }
    if tag.selectors.is_empty() {
        return Err("it has no position in a text".to_owned());
    }
    let mut labels: Vec<String> = Vec::new();
    for (purpose, value) in bodies(object) {
        match &*purpose {
            "tagging" => labels.push(value),
            "commenting" | "replying" | "describing" => add_line(&mut tag.note, &value),
            "assessing" if Review::from_word(&value).is_some() => tag.review = value,
            purpose => add_attribute(&mut tag.attributes, purpose, &value),
        }
    }
    // The way of Hypothesis.
    labels.extend(texts(object, "tags").map(str::to_owned));
    if let Some(note) = text(object, "text") {
        add_line(&mut tag.note, &note);
    }
    let mut labels = labels.into_iter();
    tag.label = labels.next().unwrap_or_else(|| MARKED.to_owned());
    for more in labels {
        add_attribute(&mut tag.attributes, "tag", &more);
    }
    Ok(tag)
}

/// The selectors of a target, combined.
fn selector(target: &Map<String, Value>) -> Option<Selector> {
    let mut found = Selector::default();
    let mut open: Vec<&Value> = one_or_many(target.get("selector")).collect();
    while let Some(value) = open.pop() {
        let Value::Object(fields) = value else {
            continue;
        };
        let number = |key: &str| {
            let number = fields.get(key).and_then(Value::as_u64);
            number.and_then(|number| u32::try_from(number).ok())
        };
        if let Some(at) = number("start").zip(number("end")) {
            found.at = Some(at);
        }
        for key in ["exact", "quote"] {
            if let Some(exact) = text(fields, key) {
                found.exact = Some(exact);
                found.prefix = text(fields, "prefix").unwrap_or_default();
                found.suffix = text(fields, "suffix").unwrap_or_default();
            }
        }
        open.extend(one_or_many(fields.get("refinedBy")));
    }
    (found.at.is_some() || found.exact.is_some()).then_some(found)
}

/// Purposes and values of the bodies that have a value; the purpose is `commenting` where none is
/// given.
fn bodies(object: &Map<String, Value>) -> impl Iterator<Item = (String, String)> {
    one_or_many(object.get("body")).filter_map(|body| {
        let Value::Object(fields) = body else {
            return None;
        };
        let value = text(fields, "value")?;
        let purpose = texts(fields, "purpose").next().unwrap_or("commenting");
        Some((purpose.to_owned(), value))
    })
}

fn creator(object: &Map<String, Value>) -> Option<String> {
    let named = one_or_many(object.get("creator"))
        .next()
        .and_then(|creator| match creator {
            Value::String(iri) => Some(super::iri::file_name(iri)),
            Value::Object(fields) => ["name", "nickname", "id"]
                .iter()
                .find_map(|key| text(fields, key)),
            _ => None,
        });
    let name = named.or_else(|| {
        let user = text(object, "user")?;
        let user = user.strip_prefix("acct:").unwrap_or(&user);
        Some(user.split('@').next().unwrap_or(user).to_owned())
    })?;
    // A colon would mark the kind of author.
    Some(format!("annotator:{name}"))
}

fn add_line(text: &mut String, line: &str) {
    if !text.is_empty() && !line.is_empty() {
        text.push('\n');
    }
    text.push_str(line);
}

fn add_attribute(attributes: &mut Vec<AttributeRecord>, key: &str, value: &str) {
    match attributes.iter_mut().find(|known| known.key == key) {
        Some(known) => {
            known.value.push_str("; ");
            known.value.push_str(value);
        }
        None => attributes.push(AttributeRecord {
            key: key.to_owned(),
            value: value.to_owned(),
        }),
    }
}

/// One value or a list of them.
fn one_or_many(value: Option<&Value>) -> impl Iterator<Item = &Value> {
    let list = match value {
        Some(Value::Array(list)) => list.as_slice(),
        Some(Value::Null) | None => &[],
        Some(one) => std::slice::from_ref(one),
    };
    list.iter()
}

fn texts<'a>(fields: &'a Map<String, Value>, key: &str) -> impl Iterator<Item = &'a str> {
    one_or_many(fields.get(key)).filter_map(Value::as_str)
}

fn text(fields: &Map<String, Value>, key: &str) -> Option<String> {
    let text = fields.get(key).and_then(Value::as_str);
    text.filter(|text| !text.is_empty()).map(str::to_owned)
}
