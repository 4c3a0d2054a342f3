//! What is stored as JSON in the notes of the type [`TYPE`].

use serde::{Deserialize, Serialize};

use super::plain_text::ReplacedChars;
use crate::format::interchange::SpanRecord;
use crate::format::interchange::extras::{DocumentExtra, LinkExtra, SpanExtra};

/// The type of our notes.
pub(super) const TYPE: &str = "Pullquote";

/// The target of the note about the whole document.
pub(super) const DOCUMENT: &str = "T0";

/// About a tag.
#[derive(Debug, Default, Serialize, Deserialize)]
#[serde(default)]
pub(super) struct TagNote {
    pub(super) id: String,
    /// The label, where brat cannot spell it.
    #[serde(skip_serializing_if = "String::is_empty")]
    pub(super) label: String,
    /// The fragments, where brat needs others; they hold only as long as brat's are cut from them.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub(super) fragments: Vec<[u32; 2]>,
    #[serde(flatten)]
    pub(super) extra: SpanExtra,
}

/// About a link.
#[derive(Debug, Default, Serialize, Deserialize)]
#[serde(default)]
pub(super) struct LinkNote {
    /// The role, where brat cannot spell it.
    #[serde(skip_serializing_if = "String::is_empty")]
    pub(super) role: String,
    #[serde(flatten)]
    pub(super) extra: LinkExtra,
}

/// About the document.
#[derive(Debug, Default, Serialize, Deserialize)]
#[serde(default)]
pub(super) struct DocumentNote {
    #[serde(flatten)]
    pub(super) extra: DocumentExtra,
    /// Characters that are blanks in brat's copy of the text.
    #[serde(skip_serializing_if = "ReplacedChars::is_empty")]
    pub(super) line_ends: ReplacedChars,
    /// Tags on white space alone, which brat cannot have.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub(super) blank_tags: Vec<SpanRecord>,
}
