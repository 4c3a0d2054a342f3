//! The cell that says of the links of a row what their other cells do not, as a JSON object: by the
//! link's id its attributes, its note and who made it.

use std::collections::BTreeMap;

use serde::{Deserialize, Serialize};
use smol_str::SmolStr;

use crate::format::interchange::extras::{by_whom, said};
use crate::format::interchange::{AttributeRecord, LinkRecord};
use crate::format::left_out::LeftOut;

/// The column it is in.
pub(super) const LINK_FACTS: &str = "link_facts";

#[derive(Default, Serialize, Deserialize)]
#[serde(default, deny_unknown_fields)]
struct LinkFacts {
    #[serde(skip_serializing_if = "BTreeMap::is_empty")]
    attributes: BTreeMap<String, String>,
    #[serde(skip_serializing_if = "String::is_empty")]
    note: String,
    #[serde(skip_serializing_if = "String::is_empty")]
    by: String,
}

/// What is said about these links.
pub(super) fn cell(links: &[&LinkRecord]) -> String {
    let facts = links.iter().map(|link| {
        let attributes = link.attributes.iter();
        let attributes = attributes.map(|a| (a.key.to_string(), a.value.to_string()));
        let facts = LinkFacts {
            attributes: attributes.collect(),
            note: link.note.to_string(),
            by: link.by.as_deref().unwrap_or_default().to_owned(),
        };
        (&*link.id, facts)
    });
    let facts: BTreeMap<&str, LinkFacts> = facts.filter(|(_, facts)| !facts.is_empty()).collect();
    if facts.is_empty() {
        return String::new();
    }
    serde_json::to_string(&facts).unwrap_or_default()
}

/// Gives the links of a row what their cell says.
///
/// # Errors
/// What is wrong with the cell.
pub(super) fn restore(
    cell: &str,
    links: &mut [LinkRecord],
    line: usize,
    left_out: &mut LeftOut,
) -> Result<(), String> {
    if cell.is_empty() {
        return Ok(());
    }
    let mut all: BTreeMap<String, LinkFacts> = serde_json::from_str(cell).map_err(|error| {
        format!(
            "the column `{LINK_FACTS}` is not the JSON object that an export has there ({error})"
        )
    })?;
    for link in links {
        let Some(facts) = all.remove(&*link.id) else {
            continue;
        };
        let attributes = facts.attributes.into_iter();
        let attributes = attributes.map(|(key, value)| AttributeRecord {
            key: key.into(),
            value: value.into(),
        });
        link.attributes = attributes.collect();
        link.note = facts.note.into();
        link.by = Some(SmolStr::from(facts.by)).into();
    }
    for (id, facts) in all {
        let attributes = facts.attributes.into_iter();
        let attributes = attributes.map(|(key, value)| AttributeRecord {
            key: key.into(),
            value: value.into(),
        });
        let attributes: Vec<AttributeRecord> = attributes.collect();
        let said = said(&attributes, &facts.note) + &by_whom(Some(&facts.by));
        let why = "what is said about links that their row does not have is left out";
        left_out.skip(line, why, format!("`{id}`{said}"));
    }
    Ok(())
}

impl LinkFacts {
    fn is_empty(&self) -> bool {
        self.attributes.is_empty() && self.note.is_empty() && self.by.is_empty()
    }
}
