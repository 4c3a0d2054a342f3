use serde::Serialize;

use crate::format::own_names::OwnNames;
use crate::text::{CodePointIndex, OffsetUnit};

/// A document on its line. Every key that is not one of doccano's own becomes a fact about the
/// document there and comes back as a key. All documents have the same keys: where one of a file lacks a key, doccano
/// fills in `NaN`, which its database refuses.
#[derive(Debug, Default, Serialize)]
pub(super) struct Record {
    pub(super) text: String,
    pub(super) entities: Vec<Entity>,
    pub(super) relations: Vec<Relation>,
    /// What we call the document; `id` and `filename` are doccano's.
    pub(super) name: String,
    /// As [`super::UNIT_FIELD`].
    pub(super) offset_unit: &'static str,
    pub(super) pullquote: OwnNames,
}

#[derive(Debug, Serialize)]
pub(super) struct Entity {
    pub(super) id: u64,
    pub(super) start_offset: u32,
    pub(super) end_offset: u32,
    pub(super) label: String,
}

#[derive(Debug, Serialize)]
pub(super) struct Relation {
    pub(super) id: u64,
    pub(super) from_id: u64,
    pub(super) to_id: u64,
    #[serde(rename = "type")]
    pub(super) kind: String,
}

/// How long names of labels and relations can be there, in characters.
const LONGEST: usize = 100;

impl Record {
    /// What doccano would drop without a word.
    pub(super) fn unfit(&self) -> Option<String> {
        let labels = self.entities.iter().map(|entity| &entity.label);
        let roles = self.relations.iter().map(|relation| &relation.kind);
        let name = labels.chain(roles).find(|name| name.trim().is_empty())?;
        Some(format!(
            "doccano does not accept `{name}` as a label or role; use 1 to {LONGEST} characters"
        ))
    }

    /// Shortens the labels and roles that doccano would stumble over.
    pub(super) fn shorten_names(&mut self) {
        for entity in &mut self.entities {
            self.pullquote.shorten(&mut entity.label, LONGEST);
        }
        for relation in &mut self.relations {
            self.pullquote.shorten(&mut relation.kind, LONGEST);
        }
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
