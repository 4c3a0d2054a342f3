//! What annotations are about: passages of one or several texts.

use std::collections::BTreeMap;

use super::creator::Creator;
use super::selector::Selector;
use super::selectors::{fragment, parts, selectors};
use super::told::{Told, is_type, one_or_many, take, take_text};
use super::write::{ARTICLE, DUBLIN_CORE};
use crate::format::json::{Map, Value};

/// What an annotation is about.
#[derive(Debug, Default)]
pub(super) struct Targets {
    /// By the address of the text, empty where none is given.
    pub(super) passages: Vec<(String, Vec<Part>)>,
    /// Where among them each address is.
    places: BTreeMap<String, usize>,
    /// Resources as a whole: texts, or other annotations.
    pub(super) whole: Vec<String>,
    /// Who made them, where it says so.
    pub(super) by: Option<Creator>,
    /// How many there are so far. Each is for itself; the items of a composite or a list are one.
    count: usize,
}

/// The number of the target a passage is of, and its descriptions. Passages of one target are parts of one.
pub(super) type Part = (usize, Vec<Selector>);

const DEEPEST: usize = 16;

impl Targets {
    /// Takes all targets of an annotation.
    pub(super) fn take(fields: &mut Map, told: &mut Told<'_>) -> Self {
        let mut targets = Self::default();
        // A text that is named for the annotation as a whole.
        let address = take_text(fields, "uri").or_else(|| take_text(fields, "url"));
        for key in ["target", "hasTarget"] {
            for value in one_or_many(take(fields, key)) {
                targets.count += 1;
                targets.add(value, address.as_deref(), told, 0);
            }
        }
        // The way of the first annotators in the browser.
        let mut old = Map::new();
        for key in ["quote", "quotePrefix", "quoteSuffix"] {
            old.extend(fields.remove(key).map(|value| (key.into(), value)));
        }
        let mut ranges = thin_vec::ThinVec::new();
        for range in one_or_many(take(fields, "ranges")) {
            if let Value::Object(range) = range {
                let renamed = range.into_iter().map(|(key, value)| {
                    let key = match &*key {
                        "start" => "startContainer".into(),
                        "end" => "endContainer".into(),
                        _ => key,
                    };
                    (key, value)
                });
                ranges.push(Value::Object(renamed.collect()));
            }
        }
        if !old.is_empty() || !ranges.is_empty() {
            ranges.push(Value::Object(old));
            let found = selectors(ranges, told);
            targets.place(address.clone().unwrap_or_default(), found);
        }
        if targets.passages.is_empty() && targets.whole.is_empty() {
            targets.whole.extend(address);
        }
        targets
    }

    fn add(&mut self, value: Value, address: Option<&str>, told: &mut Told<'_>, depth: usize) {
        let mut fields = match value {
            Value::String(address) => return self.address(address.into()),
            Value::Object(fields) if depth < DEEPEST => fields,
            other => {
                return told.rest(Map::from_iter([("target".to_owned(), other)]), "");
            }
        };
        if fields.contains_key("items") {
            let independent = is_type(&fields, &["Independents"]);
            let choice = is_type(&fields, &["Choice"]);
            let items = one_or_many(take(&mut fields, "items"));
            for (n, item) in items.into_iter().enumerate() {
                self.count += usize::from(independent);
                if choice && n > 0 {
                    let what = crate::format::left_out::shown(&item);
                    told.skip(
                        "all targets to choose from but the first are left out",
                        &what,
                    );
                } else {
                    self.add(item, address, told, depth + 1);
                }
            }
            return told.rest(fields, "target");
        }
        let source = match take(&mut fields, "source") {
            Some(Value::String(source)) => Some(source.into()),
            Some(Value::Object(mut source)) => {
                let id = take_text(&mut source, "id");
                // Our own record of the article says the same.
                if id.as_ref().is_some_and(|id| id.starts_with(ARTICLE)) {
                    source.remove("type");
                    for (_, term) in DUBLIN_CORE {
                        source.remove(term);
                    }
                }
                told.rest(source, "target.source");
                id
            }
            Some(other) => {
                told.rest(Map::from_iter([("source".to_owned(), other)]), "target");
                None
            }
            None => None,
        };
        if self.by.is_none() {
            self.by = Creator::take(&mut fields, told).into_iter().next();
        }
        let has_selector = fields.get("selector").is_some_and(|value| !value.is_null());
        let given = one_or_many(take(&mut fields, "selector"));
        let id = take_text(&mut fields, "id");
        if has_selector {
            let source = source
                .or_else(|| address.map(str::to_owned))
                .or(id)
                .unwrap_or_default();
            for part in parts(given) {
                let found = selectors(part, told);
                self.place(source.clone(), found);
            }
        } else if let Some(resource) = source.or(id) {
            self.address(resource);
        }
        told.rest(fields, "target");
    }

    /// An address as a whole, or the part of it that it names.
    fn address(&mut self, address: String) {
        let Some((source, part)) = address
            .split_once('#')
            .filter(|(source, _)| !source.is_empty())
        else {
            return self.whole.push(address);
        };
        let found = fragment(part);
        // The id of an element may be that of an annotation.
        if found.at.is_some() || found.lines.is_some() {
            let source = source.to_owned();
            self.place(source, vec![found]);
        } else {
            self.whole.push(address);
        }
    }

    fn place(&mut self, source: String, found: Vec<Selector>) {
        let place = self.places.get(&source);
        match place.and_then(|&place| self.passages.get_mut(place)) {
            Some((_, parts)) => parts.push((self.count, found)),
            None => {
                self.places.insert(source.clone(), self.passages.len());
                self.passages.push((source, vec![(self.count, found)]));
            }
        }
    }
}
