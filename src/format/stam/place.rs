//! Where selectors point.

use std::collections::BTreeMap;

use super::load::{is_type, list, text};
use crate::format::json::{Map, Value};
use crate::format::json_values::whole_number;

/// Fragments of one text, in code points.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Place {
    pub(super) resource: String,
    pub(super) fragments: Vec<[u32; 2]>,
}

/// What a selector points at.
#[derive(Debug)]
pub(super) enum Target {
    /// Text: a place in each of one or several texts.
    Text(Vec<Place>),
    /// Annotations as such.
    Annotations { ids: Vec<String>, directed: bool },
    /// A text as a whole.
    Resource(String),
    /// What has no place in a text: why it is left out.
    Other(&'static str),
}

const BAD: &str = "annotations whose selectors cannot be read are left out";
const NO_TEXT: &str = "annotations on a text that is not in the store are left out";
const OUTSIDE: &str = "annotations whose offsets are outside the text, or empty, are left out";
const NO_ANNOTATION: &str = "annotations within another one that is not in the store, or has no place in a text, are left out";
const ON_PARTS: &str = "annotations on a part of an annotation of several fragments are left out";
/// Nothing of a text.
pub(super) const ON_DATA: &str = "annotations on sets, keys or data are left out";
const MIXED: &str = "annotations on texts and on other things at once are left out";

/// Selectors within selectors are followed so deep.
const DEEPEST: usize = 64;

/// What selectors need to know.
pub(super) struct Places<'a> {
    /// By the id of a text: its length in code points.
    pub(super) lengths: BTreeMap<&'a str, u32>,
    /// By the id of an annotation: its selector.
    pub(super) selectors: BTreeMap<&'a str, &'a Value>,
}

impl Places<'_> {
    /// What a selector points at.
    pub(super) fn target(&self, selector: &Value) -> Target {
        self.follow(selector, 0).unwrap_or_else(Target::Other)
    }

    fn follow(&self, selector: &Value, depth: usize) -> Result<Target, &'static str> {
        let Value::Object(fields) = selector else {
            return Err(BAD);
        };
        if depth > DEEPEST {
            return Err(BAD);
        }
        let mut fields = fields.clone();
        let kind = text(&mut fields, "@type").unwrap_or_default();
        match &*kind {
            "TextSelector" => {
                let resource = text(&mut fields, "resource").ok_or(BAD)?;
                let length = *self.lengths.get(&*resource).ok_or(NO_TEXT)?;
                let place = offset(&fields, 0, length)?.ok_or(BAD)?;
                Ok(Target::Text(vec![Place {
                    resource,
                    fragments: vec![place],
                }]))
            }
            "AnnotationSelector" => {
                let annotation = text(&mut fields, "annotation").ok_or(BAD)?;
                if fields.get("offset").is_none_or(Value::is_null) {
                    return Ok(Target::Annotations {
                        ids: vec![annotation],
                        directed: true,
                    });
                }
                let inner = self.selectors.get(&*annotation).ok_or(NO_ANNOTATION)?;
                let Target::Text(places) = self.follow(inner, depth + 1)? else {
                    return Err(NO_ANNOTATION);
                };
                if is_whole(&fields) {
                    return Ok(Target::Text(places));
                }
                let [place] = &places[..] else {
                    return Err(ON_PARTS);
                };
                let [[start, end]] = place.fragments[..] else {
                    return Err(ON_PARTS);
                };
                let fragment = offset(&fields, start, end - start)?.ok_or(BAD)?;
                Ok(Target::Text(vec![Place {
                    resource: place.resource.clone(),
                    fragments: vec![fragment],
                }]))
            }
            "ResourceSelector" => text(&mut fields, "resource")
                .map(Target::Resource)
                .ok_or(BAD),
            "CompositeSelector" | "MultiSelector" | "DirectionalSelector" => {
                self.several(list(fields.remove("selectors")), &kind, depth)
            }
            "DataSetSelector" | "DataKeySelector" | "AnnotationDataSelector" => Err(ON_DATA),
            _ => Err(BAD),
        }
    }

    fn several(
        &self,
        selectors: Vec<Value>,
        kind: &str,
        depth: usize,
    ) -> Result<Target, &'static str> {
        let mut places: Vec<Place> = Vec::new();
        let mut ids = Vec::new();
        for selector in &selectors {
            match self.follow(selector, depth + 1)? {
                Target::Text(found) => {
                    for mut place in found {
                        match places
                            .iter_mut()
                            .find(|known| known.resource == place.resource)
                        {
                            Some(known) => known.fragments.append(&mut place.fragments),
                            None => places.push(place),
                        }
                    }
                }
                Target::Annotations { ids: mut more, .. } => ids.append(&mut more),
                Target::Resource(_) => return Err(MIXED),
                Target::Other(why) => return Err(why),
            }
        }
        for place in &mut places {
            place.fragments = joined(std::mem::take(&mut place.fragments));
        }
        match (places.is_empty(), ids.is_empty()) {
            (false, true) => Ok(Target::Text(places)),
            (true, false) => Ok(Target::Annotations {
                ids,
                directed: kind == "DirectionalSelector",
            }),
            (true, true) => Err(BAD),
            (false, false) => Err(MIXED),
        }
    }
}

/// The place of an offset within `length` code points from `start`; none where it is not given.
fn offset(fields: &Map, start: u32, length: u32) -> Result<Option<[u32; 2]>, &'static str> {
    let Some(offset) = fields.get("offset") else {
        return Ok(None);
    };
    let cursor = |key: &str| {
        let cursor = offset.get(key).ok_or(BAD)?;
        let kind = cursor
            .get("@type")
            .and_then(Value::as_str)
            .unwrap_or("BeginAlignedCursor");
        let value = cursor.get("value").ok_or(BAD)?;
        let point = match kind {
            "BeginAlignedCursor" => whole_number(value).ok_or(BAD)?,
            "EndAlignedCursor" => {
                let back = value.as_i64().ok_or(BAD)?;
                let point = i64::from(length).checked_add(back).ok_or(OUTSIDE)?;
                u32::try_from(point).map_err(|_| OUTSIDE)?
            }
            _ => return Err(BAD),
        };
        (point <= length).then_some(start + point).ok_or(OUTSIDE)
    };
    let (begin, end) = (cursor("begin")?, cursor("end")?);
    (begin < end).then_some(Some([begin, end])).ok_or(OUTSIDE)
}

/// Fields of selectors, offsets and cursors.
const KNOWN: [&str; 12] = [
    "@type",
    "resource",
    "annotation",
    "offset",
    "begin",
    "end",
    "value",
    "selectors",
    "dataset",
    "annotationset",
    "key",
    "data",
];

/// Shows the fields of a selector that are not understood.
pub(super) fn unknown_fields(value: &Value, path: &str, show: &mut dyn FnMut(String, &Value)) {
    match value {
        Value::Object(fields) => {
            for (key, value) in fields {
                let path = format!("{path}.{key}");
                if key == "@type" && !value.as_str().is_some_and(is_type) {
                    show(path, value);
                } else if KNOWN.contains(&&**key) {
                    unknown_fields(value, &path, show);
                } else {
                    show(path, value);
                }
            }
        }
        Value::Array(list) => {
            for value in list {
                match value {
                    Value::Object(_) | Value::Array(_) => unknown_fields(value, path, show),
                    other => show(path.to_owned(), other),
                }
            }
        }
        Value::Null | Value::Bool(_) | Value::Number(_) | Value::String(_) => {}
    }
}

/// From the very beginning to the very end.
fn is_whole(fields: &Map) -> bool {
    let cursor = |key: &str, kind: &str| {
        let cursor = fields.get("offset").and_then(|offset| offset.get(key));
        cursor.is_some_and(|cursor| {
            cursor.get("@type").is_some_and(|given| given == kind)
                && cursor
                    .get("value")
                    .is_some_and(|value| value.as_i64() == Some(0))
        })
    };
    cursor("begin", "BeginAlignedCursor") && cursor("end", "EndAlignedCursor")
}

/// Fragments in order; those that overlap are one.
fn joined(mut fragments: Vec<[u32; 2]>) -> Vec<[u32; 2]> {
    fragments.sort_unstable();
    let mut joined: Vec<[u32; 2]> = Vec::with_capacity(fragments.len());
    for fragment in fragments {
        match joined.last_mut() {
            Some(last) if fragment[0] < last[1] => last[1] = last[1].max(fragment[1]),
            _ => joined.push(fragment),
        }
    }
    joined
}
