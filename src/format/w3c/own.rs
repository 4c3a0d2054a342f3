//! What we ourselves wrote beside an annotation.

use std::collections::{BTreeMap, VecDeque};

use super::told::Told;
use super::wire::{Own, OwnTag};
use super::write::creator;
use crate::format::interchange::{AttributeList, AttributeRecord};
use crate::format::json::{self, Map, Value};
use crate::format::left_out::{says_nothing, shown};

/// Takes our own record of an annotation; what of it cannot be read is told.
pub(super) fn take_own(fields: &mut Map, told: &mut Told<'_>) -> Own {
    let Some(value) = fields.remove("pullquote") else {
        return Own::default();
    };
    let own = json::read::<Own>(&value);
    match own {
        Ok(own) => {
            if let Ok(read) = json::value_of(&own) {
                compare(&value, &read, "pullquote", told);
            }
            own
        }
        Err(_) => {
            let what = shown(&value);
            told.skip(
                "what Pullquote noted with an annotation is damaged; only what other tools read of \
                 it is imported",
                &what,
            );
            Own::default()
        }
    }
}

/// Tells what of a record was not read.
pub(super) fn compare(given: &Value, read: &Value, path: &str, told: &mut Told<'_>) {
    match (given, read) {
        (Value::Object(given), Value::Object(read)) => {
            for (key, value) in given {
                let path = format!("{path}.{key}");
                match read.get(key) {
                    Some(read) => compare(value, read, &path, told),
                    None if says_nothing(value) => {}
                    None => {
                        let what = format!("`{path}`: {}", shown(value));
                        told.skip(
                            "fields that nothing here corresponds to are left out",
                            &what,
                        );
                    }
                }
            }
        }
        (Value::Array(given), Value::Array(read)) => {
            for (given, read) in given.iter().zip(read) {
                compare(given, read, path, told);
            }
        }
        _ => {}
    }
}

/// The creator we write for this author.
pub(super) fn written_by(by: Option<&str>) -> Option<String> {
    creator(by).map(|agent| agent.name)
}

/// The attributes we wrote, with the values bodies have now; `rest` are all others.
pub(super) fn restored_attributes(
    own: &OwnTag,
    classifying: Vec<String>,
    rest: AttributeList,
    told: &mut Told<'_>,
) -> AttributeList {
    let mut attributes: AttributeList = AttributeList::default();
    let start = |attribute: &AttributeRecord| format!("{}: ", attribute.key);
    let same = |attribute: &AttributeRecord| format!("{}{}", start(attribute), attribute.value);
    let mut changed = Vec::new();
    let mut left: Vec<Option<String>> = classifying.into_iter().map(Some).collect();
    let mut places: BTreeMap<String, VecDeque<usize>> = BTreeMap::new();
    for (n, text) in left.iter().flatten().enumerate() {
        places.entry(text.clone()).or_default().push_back(n);
    }
    for attribute in &own.extra.attributes {
        let place = places.get_mut(&same(attribute));
        match place.and_then(VecDeque::pop_front) {
            Some(at) => {
                take_at(&mut left, at);
                attributes.push(attribute.clone());
            }
            None => changed.push(attribute),
        }
    }
    places.clear();
    for (n, text) in left.iter().enumerate() {
        let key = text.as_ref().and_then(|text| text.split_once(": "));
        if let Some((key, _)) = key {
            places.entry(format!("{key}: ")).or_default().push_back(n);
        }
    }
    for attribute in changed {
        let start = start(attribute);
        let at = if attribute.key.contains(": ") {
            let of_key =
                |text: &Option<String>| text.as_ref().is_some_and(|text| text.starts_with(&start));
            left.iter().position(of_key)
        } else {
            places.get_mut(&start).and_then(VecDeque::pop_front)
        };
        match at.and_then(|at| take_at(&mut left, at)) {
            Some(mut text) => {
                let value = text.split_off(start.len());
                told.changed(&attribute.key, &attribute.value, &value);
                let key = attribute.key.clone();
                let value = value.into();
                attributes.push(AttributeRecord { key, value });
            }
            None => told.skip(
                "attributes that Pullquote wrote and another tool has removed are left out",
                &same(attribute),
            ),
        }
    }
    for text in left.into_iter().flatten() {
        match text.split_once(": ") {
            Some((key, value)) if !key.is_empty() => add_attribute(&mut attributes, key, value),
            _ => add_attribute(&mut attributes, "classifying", &text),
        }
    }
    for attribute in rest {
        add_attribute(&mut attributes, &attribute.key, &attribute.value);
    }
    attributes
}

/// Adds to the values an attribute has; an empty one says nothing.
pub(super) fn add_attribute(attributes: &mut AttributeList, key: &str, value: &str) {
    if value.is_empty() {
        return;
    }
    attributes.join(key, value);
}

/// Takes what is at a place, which then is empty.
fn take_at(list: &mut [Option<String>], at: usize) -> Option<String> {
    list.get_mut(at).and_then(Option::take)
}
