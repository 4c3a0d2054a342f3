//! The columns with what is known about the article. They are the same in each of its rows, so that tables can be
//! sorted and filtered by them; lists are in the first row alone, as JSON.

use std::collections::BTreeMap;

use serde_json::{Map, Value};

use crate::format::interchange::{DocumentRecord, FACT_LISTS, FACT_TEXTS};
use crate::format::left_out::{LeftOut, shown_words as shown};

/// The column with the rest, as a JSON object.
pub(super) const OTHER_FACTS: &str = "other_facts";

/// The cells of a document, in the order of [`FACT_TEXTS`].
pub(super) fn cells(document: &DocumentRecord) -> [&str; 7] {
    let facts = document.facts.as_ref();
    FACT_TEXTS.map(|name| {
        let value = facts.and_then(|facts| facts.get(name)?.as_str());
        value.unwrap_or_default()
    })
}

/// The cell of [`OTHER_FACTS`]; empty for none.
pub(super) fn other_cell(document: &DocumentRecord) -> String {
    let facts = document.facts.as_ref();
    let lists = FACT_LISTS.into_iter().filter_map(|name| {
        let list = facts?.get(name)?;
        let says = list.as_array().is_some_and(|list| !list.is_empty());
        says.then(|| (name.to_owned(), list.clone()))
    });
    let lists: Map<String, Value> = lists.collect();
    match lists.is_empty() {
        true => String::new(),
        false => Value::Object(lists).to_string(),
    }
}

/// The facts of a row, as a record has them; `None` where there are none.
pub(super) fn read(
    cells: &BTreeMap<&str, &str>,
    line: usize,
    left_out: &mut LeftOut,
) -> Option<Value> {
    let mut facts = Map::new();
    for name in FACT_TEXTS {
        let value = cells.get(name).map(|value| Value::from(*value));
        facts.extend(value.map(|value| (name.to_owned(), value)));
    }
    if let Some(cell) = cells.get(OTHER_FACTS) {
        match serde_json::from_str::<Map<String, Value>>(cell) {
            Ok(lists) => facts.extend(lists),
            Err(_) => {
                let why = "cells of the column `other_facts` that are not as an export writes them are left out";
                left_out.skip(line, why, format!("“{}”", shown(cell)));
            }
        }
    }
    (!facts.is_empty()).then(|| facts.into())
}

/// Tells what a row says about the article that its first row does not.
pub(super) fn tell_others(
    first: Option<&Value>,
    cells: &BTreeMap<&str, &str>,
    line: usize,
    left_out: &mut LeftOut,
) {
    for name in FACT_TEXTS.into_iter().chain([OTHER_FACTS]) {
        let Some(cell) = cells.get(name) else {
            continue;
        };
        let known = first.and_then(|facts| facts.get(name)?.as_str());
        if known != Some(*cell) {
            let why = "an article has the facts of its first row; others are left out";
            left_out.skip(line, why, format!("`{name}`: “{}”", shown(cell)));
        }
    }
}
