//! Where selectors point.

use std::cell::Cell;
use std::collections::{BTreeMap, BTreeSet};

use thin_vec::ThinVec;

use super::load::{is_type, list, text};
use crate::format::counting;
use crate::format::json::{Map, Value};
use crate::format::json_values::whole_number;

/// Fragments of one text.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Place {
    pub(super) resource: String,
    pub(super) fragments: Vec<[u32; 2]>,
}

/// What a selector points at.
#[derive(Debug)]
pub(super) enum Target {
    /// Text: a place in each of one or several texts, and how they belong together.
    Text(Vec<Place>, Together),
    /// Annotations as such.
    Annotations { ids: Vec<String>, directed: bool },
    /// A text as a whole.
    Resource(String),
    /// What has no place in a text: why it is left out.
    Other(&'static str),
}

/// How the places of a selector belong together.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Together {
    /// They are one.
    One,
    /// Each is for itself.
    Each,
    /// They are one, and the order matters.
    Ordered,
}

const BAD: &str = "annotations whose selectors cannot be read are left out";
const NO_TEXT: &str = "annotations on a text that is not in the store are left out";
pub(super) const OUTSIDE: &str =
    "annotations whose offsets are outside the text, or empty, are left out";
const NO_ANNOTATION: &str = "annotations within another one that is not in the store, or has no place in a text, are left out";
const ON_PARTS: &str = "annotations on a part of an annotation of several fragments are left out";
/// Nothing of a text.
pub(super) const ON_DATA: &str = "annotations on sets, keys or data are left out";
const MIXED: &str = "annotations on texts and on other things at once are left out";

/// Selectors within selectors are followed so deep.
const DEEPEST: usize = 64;
/// So many other annotations are looked at for one.
const MOST: usize = 1_000;

/// What selectors need to know.
pub(super) struct Places<'a> {
    /// By the id of a text: its length, in what its offsets count.
    pub(super) lengths: BTreeMap<&'a str, u32>,
    /// By the id of a text: the code points of its offsets, where those count anything else.
    pub(super) counted: BTreeMap<&'a str, counting::Places>,
    /// By the id of an annotation: its selector.
    pub(super) selectors: BTreeMap<&'a str, &'a Value>,
    /// The selectors of annotations without id.
    pub(super) nameless: Vec<&'a Value>,
    /// How many other annotations were looked at for this one.
    pub(super) steps: Cell<usize>,
}

impl Places<'_> {
    /// What a selector points at, in code points.
    pub(super) fn target(&self, selector: &Value) -> Target {
        match self.follow(selector, 0).unwrap_or_else(Target::Other) {
            Target::Text(mut places, together) => {
                for place in &mut places {
                    if let Some(counted) = self.counted.get(&*place.resource) {
                        match counted.fragments(&place.fragments) {
                            Some(fragments) => place.fragments = fragments,
                            None => return Target::Other(OUTSIDE),
                        }
                    }
                }
                Target::Text(places, together)
            }
            other => other,
        }
    }

    /// What a selector points at, in what the offsets count.
    pub(super) fn follow(&self, selector: &Value, depth: usize) -> Result<Target, &'static str> {
        let Value::Object(fields) = selector else {
            return Err(BAD);
        };
        if depth == 0 {
            self.steps.set(0);
        }
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
                let fragments = vec![place];
                let place = Place {
                    resource,
                    fragments,
                };
                Ok(Target::Text(vec![place], Together::One))
            }
            "AnnotationSelector" => {
                let annotation = text(&mut fields, "annotation").ok_or(BAD)?;
                if fields.get("offset").is_none_or(Value::is_null) {
                    return Ok(Target::Annotations {
                        ids: vec![annotation],
                        directed: true,
                    });
                }
                self.steps.set(self.steps.get() + 1);
                if self.steps.get() > MOST {
                    return Err(BAD);
                }
                let inner = self.selectors.get(&*annotation).ok_or(NO_ANNOTATION)?;
                let Target::Text(places, together) = self.follow(inner, depth + 1)? else {
                    return Err(NO_ANNOTATION);
                };
                if is_whole(&fields) {
                    return Ok(Target::Text(places, together));
                }
                let [place] = &places[..] else {
                    return Err(ON_PARTS);
                };
                let [[start, end]] = place.fragments[..] else {
                    return Err(ON_PARTS);
                };
                let fragment = offset(&fields, start, end - start)?.ok_or(BAD)?;
                let place = Place {
                    resource: place.resource.clone(),
                    fragments: vec![fragment],
                };
                Ok(Target::Text(vec![place], Together::One))
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
        selectors: ThinVec<Value>,
        kind: &str,
        depth: usize,
    ) -> Result<Target, &'static str> {
        if let ("DirectionalSelector", [from, to]) = (kind, &selectors[..])
            && let Some((from, to)) = whole_annotation(from).zip(whole_annotation(to))
        {
            return Ok(Target::Annotations {
                ids: vec![from, to],
                directed: true,
            });
        }
        let mut places: Vec<Place> = Vec::new();
        let mut ids = Vec::new();
        let each = kind == "MultiSelector";
        for selector in &selectors {
            match self.follow(selector, depth + 1)? {
                Target::Text(found, _) => {
                    for mut place in found {
                        let known = places.iter_mut();
                        let mut known =
                            known.filter(|known| !each && known.resource == place.resource);
                        match known.next() {
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
            (false, true) => {
                let together = match kind {
                    "MultiSelector" => Together::Each,
                    "DirectionalSelector" => Together::Ordered,
                    _ => Together::One,
                };
                Ok(Target::Text(places, together))
            }
            (true, false) => Ok(Target::Annotations {
                ids,
                directed: kind == "DirectionalSelector",
            }),
            (true, true) => Err(BAD),
            (false, false) => Err(MIXED),
        }
    }
}

/// The texts that a selector points into, whatever its offsets.
pub(super) fn resources(
    selector: &Value,
    selectors: &BTreeMap<&str, &Value>,
    depth: usize,
    (found, seen): (&mut BTreeSet<String>, &mut BTreeSet<String>),
) {
    let Value::Object(fields) = selector else {
        return;
    };
    if depth > DEEPEST {
        return;
    }
    // Without an offset it is about the annotation as such.
    let is_placed = fields.get("offset").is_some_and(|offset| !offset.is_null());
    if let Some(resource) = fields.get("resource").and_then(Value::as_str) {
        found.insert(resource.to_owned());
    }
    let inner = fields.get("annotation").and_then(Value::as_str);
    if let Some(id) = inner.filter(|id| is_placed && seen.insert((*id).to_owned()))
        && let Some(inner) = selectors.get(id)
    {
        resources(inner, selectors, depth + 1, (found, seen));
    }
    for inner in list(fields.get("selectors").cloned()) {
        resources(&inner, selectors, depth + 1, (found, seen));
    }
}

/// The place of an offset within a stretch of this `length` from `start`; none where it is not given.
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

/// The annotation that a selector names, if it means all of it.
fn whole_annotation(selector: &Value) -> Option<String> {
    let fields = selector.as_object()?;
    let is_whole = fields.get("offset").is_none_or(Value::is_null) || is_whole(fields);
    let kind = fields.get("@type").and_then(Value::as_str);
    let id = fields.get("annotation").and_then(Value::as_str)?;
    (is_whole && kind == Some("AnnotationSelector")).then(|| id.to_owned())
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
