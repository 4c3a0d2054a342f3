//! The cell that says of the people of an article what the cells of its tags do not, as a JSON list: people
//! whom no tag names, and all that is known of the others beyond their names. It is in the first row of
//! the article.

use std::collections::BTreeSet;

use serde::{Deserialize, Serialize};

use crate::format::interchange::{DocumentRecord, PersonRecord};
use crate::format::left_out::{LeftOut, shown_words as shown};
use crate::model::PersonKind;

/// The column it is in.
pub(super) const PERSON_FACTS: &str = "person_facts";

#[derive(Default, Serialize, Deserialize)]
#[serde(default, deny_unknown_fields)]
struct Facts {
    id: String,
    name: String,
    #[serde(skip_serializing_if = "String::is_empty")]
    kind: String,
    #[serde(skip_serializing_if = "Vec::is_empty")]
    aliases: Vec<String>,
    #[serde(skip_serializing_if = "String::is_empty")]
    role: String,
    #[serde(skip_serializing_if = "String::is_empty")]
    external_id: String,
}

/// What is said about the people of a document.
pub(super) fn cell(document: &DocumentRecord) -> String {
    let named: BTreeSet<&str> = document
        .spans
        .iter()
        .map(|span| span.person.as_str())
        .collect();
    let facts = document.people.iter().map(|person| Facts {
        id: person.id.to_string(),
        name: person.name.clone(),
        kind: match &*person.kind {
            kind if kind == PersonKind::Person.word() => String::new(),
            kind => kind.to_owned(),
        },
        aliases: person.aliases.clone(),
        role: person.role.clone(),
        external_id: person.external_id.clone(),
    });
    let is_told = |person: &Facts| {
        let others = [&person.kind, &person.role, &person.external_id];
        let plain = person.aliases.is_empty() && others.into_iter().all(String::is_empty);
        plain && !person.id.is_empty() && named.contains(&*person.id)
    };
    let facts: Vec<Facts> = facts.filter(|person| !is_told(person)).collect();
    if facts.is_empty() {
        return String::new();
    }
    serde_json::to_string(&facts).unwrap_or_default()
}

/// The people of a cell. One that cannot be read is left out.
pub(super) fn read(cell: &str, line: usize, left_out: &mut LeftOut) -> Vec<PersonRecord> {
    if cell.is_empty() {
        return Vec::new();
    }
    let Ok(people) = serde_json::from_str::<Vec<Facts>>(cell) else {
        let why =
            "cells of the column `person_facts` that are not as an export writes them are left out";
        left_out.skip(line, why, format!("“{}”", shown(cell)));
        return Vec::new();
    };
    let people = people.into_iter().map(|facts| PersonRecord {
        id: facts.id.into(),
        name: facts.name,
        kind: facts.kind.into(),
        aliases: facts.aliases,
        role: facts.role,
        external_id: facts.external_id,
    });
    people.collect()
}
