use serde::Serialize;

use crate::format::own_names::OwnNames;
use crate::text::{CodePointIndex, OffsetUnit};

/// A document on its line. Every key that is not one of doccano's own becomes a fact about the
/// document there and comes back as a key.
#[derive(Debug, Default, Serialize)]
pub(super) struct Record {
    pub(super) text: String,
    pub(super) entities: Vec<Entity>,
    pub(super) relations: Vec<Relation>,
    /// What we call the document; `id` and `filename` are doccano's.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub(super) name: Option<String>,
    /// As [`super::UNIT_FIELD`].
    #[serde(skip_serializing_if = "Option::is_none")]
    pub(super) offset_unit: Option<&'static str>,
    #[serde(skip_serializing_if = "OwnNames::is_empty")]
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

/// Whether a character is of a word, in scripts that put something between words.
fn is_of_word(c: char) -> bool {
    c.is_alphanumeric() && c < '\u{2e80}'
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

    /// Whether a label ends within a word, as those do whose ends are counted in another way.
    pub(super) fn cuts_words(&self) -> bool {
        let letters: Vec<bool> = self.text.chars().map(is_of_word).collect();
        let is_letter = |at: u32| {
            let at = usize::try_from(at).unwrap_or(usize::MAX);
            letters.get(at).copied().unwrap_or(false)
        };
        let mut ends = self.entities.iter().map(|entity| entity.end_offset);
        ends.any(|end| end.checked_sub(1).is_some_and(is_letter) && is_letter(end))
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
