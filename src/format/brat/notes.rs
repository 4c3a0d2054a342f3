//! What is stored as JSON in the notes of the type [`TYPE`]. Such a note is about itself, so that brat
//! keeps it and shows it nowhere: a note on a link hides the link's name, and a note on what is not
//! there is an error. What it is about in fact is in its JSON.

use std::collections::BTreeMap;

use serde::{Deserialize, Serialize};

use super::plain_text::ReplacedChars;
use crate::format::interchange::extras::{DocumentExtra, LinkExtra, SpanExtra};
use crate::format::interchange::{AttributeList, LinkRecord, SpanRecord};

/// The type of our notes.
pub(super) const TYPE: &str = "Pullquote";

/// The target of the note about the whole document in the exports of earlier versions, whose notes
/// were on what they were about.
pub(super) const DOCUMENT: &str = "T0";

/// About a tag.
#[derive(Debug, Default, Serialize, Deserialize)]
#[serde(default)]
pub(super) struct TagNote {
    /// What brat calls the tag.
    pub(super) of: String,
    /// brat's fragments when this was written. brat gives the name of a tag that was deleted to the
    /// next one; this tells them apart.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub(super) at: Vec<[u32; 2]>,
    pub(super) id: String,
    /// The label, where brat cannot spell it.
    #[serde(skip_serializing_if = "String::is_empty")]
    pub(super) label: String,
    /// The fragments, where brat needs others; they hold only as long as brat's are cut from them.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub(super) fragments: Vec<[u32; 2]>,
    #[serde(flatten)]
    pub(super) extra: SpanExtra,
    /// Links from it that are none in brat: to a person, to no speaker, to itself.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub(super) links: Vec<LinkRecord>,
}

/// About a link. Its ends are brat's names of them.
#[derive(Debug, Default, Serialize, Deserialize)]
#[serde(default)]
pub(super) struct LinkNote {
    /// What brat calls the link.
    pub(super) of: String,
    /// The role, where brat cannot spell it.
    #[serde(skip_serializing_if = "String::is_empty")]
    pub(super) role: String,
    #[serde(flatten)]
    pub(super) extra: LinkExtra,
}

/// What is said about a link.
#[derive(Debug, Clone, Default, Serialize, Deserialize)]
#[serde(default)]
pub(super) struct LinkRemarks {
    #[serde(skip_serializing_if = "AttributeList::none")]
    pub(super) attributes: AttributeList,
    #[serde(skip_serializing_if = "String::is_empty")]
    pub(super) note: String,
}

impl LinkRemarks {
    pub(super) fn is_empty(&self) -> bool {
        self.attributes.is_empty() && self.note.is_empty()
    }
}

/// What a note is about: brat's name for it; empty for the document.
#[derive(Debug, Default, Deserialize)]
#[serde(default)]
pub(super) struct About {
    pub(super) of: String,
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
    /// What is said about links that are none in brat, by their ids.
    #[serde(skip_serializing_if = "BTreeMap::is_empty")]
    pub(super) link_remarks: BTreeMap<String, LinkRemarks>,
}
