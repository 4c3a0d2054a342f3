use smol_str::SmolStr;
use thin_vec::ThinVec;

use super::Attribute;
use crate::text::{SourceText, TextRange};

/// What a reviewer would change in somebody else's tag. The default changes nothing.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct ProposedChange {
    /// Take the tag away.
    pub remove: bool,
    /// Another label.
    pub label: Option<SmolStr>,
    /// Other ranges; empty: none.
    pub at: Vec<ProposedRange>,
    /// Another speaker; of a mention, whom it names.
    pub speaker: Option<ProposedSpeaker>,
    /// Other values of attributes, sorted by name, each once; an empty value: none.
    pub attributes: ThinVec<Attribute>,
}

/// A range of the article as it was when the change was proposed. The article may have changed since, so it is
/// kept as it is in the file.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
pub struct ProposedRange {
    /// Where it starts, in code points.
    pub start: u32,
    /// Where it ends, in code points, end-exclusive.
    pub end: u32,
    /// The words there.
    pub words: String,
}

/// Who speaks, as a reviewer sees it.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
pub enum ProposedSpeaker {
    /// Somebody of this name.
    Named(String),
    /// Whoever these words mention.
    Words(ProposedRange),
    /// The text names nobody.
    NotGiven,
}

impl ProposedRange {
    /// Where it is in the article, in bytes; `None` where other words are there now.
    #[must_use]
    pub fn place(&self, source: &SourceText) -> Option<TextRange> {
        let start = source.byte_of_char(self.start)?;
        let there = TextRange::new(start, source.byte_of_char(self.end)?);
        (source.get(there) == Some(self.words.as_str())).then_some(there)
    }
}

impl ProposedChange {
    /// Proposes a value of an attribute in place of what was proposed for it; `None`: as the tag has it.
    pub fn set_attribute(&mut self, name: &SmolStr, value: Option<SmolStr>) {
        self.attributes.retain(|one| one.name != *name);
        let name = name.clone();
        self.attributes
            .extend(value.map(|value| Attribute { name, value }));
        self.attributes.sort();
    }

    /// Whether nothing is to change.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        *self == Self::default()
    }
}
