use serde::de::IgnoredAny;
use serde::{Deserialize, Serialize};

use crate::text::{CodePointIndex, OffsetUnit};

/// A document on its line. Every key that is not one of doccano's own becomes a fact about the
/// document there and comes back as a key.
#[derive(Debug, Default, Serialize, Deserialize)]
pub(super) struct Record {
    #[serde(default, skip_serializing)]
    pub(super) id: Option<u64>,
    #[serde(alias = "data")]
    pub(super) text: String,
    #[serde(default)]
    pub(super) entities: Vec<Entity>,
    #[serde(default)]
    pub(super) relations: Vec<Relation>,
    /// What we call the document; `id` and `filename` are doccano's.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub(super) name: Option<String>,
    #[serde(default, skip_serializing)]
    pub(super) filename: Option<String>,
    /// Remarks of its users.
    #[serde(default, rename = "Comments", skip_serializing)]
    pub(super) _comments: IgnoredAny,
    /// Projects without relations: start, end and label.
    #[serde(default, skip_serializing)]
    pub(super) label: Vec<(u32, u32, String)>,
    #[serde(default, skip_serializing)]
    pub(super) labels: Vec<(u32, u32, String)>,
}

#[derive(Debug, Serialize, Deserialize)]
pub(super) struct Entity {
    #[serde(default)]
    pub(super) id: Option<u64>,
    pub(super) start_offset: u32,
    pub(super) end_offset: u32,
    pub(super) label: String,
}

#[derive(Debug, Serialize, Deserialize)]
pub(super) struct Relation {
    #[serde(default)]
    pub(super) id: Option<u64>,
    pub(super) from_id: u64,
    pub(super) to_id: u64,
    #[serde(rename = "type")]
    pub(super) kind: String,
}

/// How long names of labels and relations can be there, in characters.
const LONGEST: usize = 100;

impl Record {
    /// What doccano would drop without a word or stumble over.
    pub(super) fn unfit(&self) -> Option<String> {
        let labels = self.entities.iter().map(|entity| &entity.label);
        let roles = self.relations.iter().map(|relation| &relation.kind);
        let name = labels
            .chain(roles)
            .find(|name| name.trim().is_empty() || name.chars().count() > LONGEST)?;
        Some(format!(
            "doccano does not accept `{name}` as a label or role; use 1 to {LONGEST} characters"
        ))
    }

    /// Turns offsets into UTF-16 units.
    pub(super) fn count_utf16(&mut self) {
        let text = CodePointIndex::new(&self.text);
        for entity in &mut self.entities {
            for place in [&mut entity.start_offset, &mut entity.end_offset] {
                *place = text.to_unit(*place, OffsetUnit::Utf16).unwrap_or(*place);
            }
        }
    }
}
