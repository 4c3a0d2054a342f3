//! The JSON we write. Reading is more tolerant and works on values.

use std::collections::BTreeMap;

use serde::{Deserialize, Serialize};

use crate::format::interchange::extras::{DocumentExtra, LinkExtra, SpanExtra};

#[derive(Debug, Serialize)]
pub(super) struct Annotation {
    #[serde(rename = "@context")]
    pub(super) context: &'static str,
    pub(super) id: String,
    #[serde(rename = "type")]
    pub(super) kind: &'static str,
    pub(super) motivation: &'static str,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub(super) creator: Option<Agent>,
    pub(super) body: Vec<Body>,
    pub(super) target: Targets,
    pub(super) pullquote: Own,
}

#[derive(Debug, Serialize)]
pub(super) struct Agent {
    #[serde(rename = "type")]
    pub(super) kind: &'static str,
    pub(super) name: String,
}

#[derive(Debug, Serialize)]
#[serde(untagged)]
pub(super) enum Body {
    /// Another annotation, by its IRI.
    Other(String),
    Text {
        #[serde(rename = "type")]
        kind: &'static str,
        purpose: &'static str,
        value: String,
    },
}

impl Body {
    pub(super) fn text(purpose: &'static str, value: impl Into<String>) -> Self {
        Self::Text {
            kind: "TextualBody",
            purpose,
            value: value.into(),
        }
    }
}

#[derive(Debug, Serialize)]
#[serde(untagged)]
pub(super) enum Targets {
    /// Another annotation, by its IRI.
    Other(String),
    /// A stretch; older programs read no list here.
    One(Target),
    Several(Vec<Target>),
}

impl Targets {
    pub(super) fn new(mut parts: Vec<Target>) -> Self {
        match (parts.pop(), parts.is_empty()) {
            (Some(only), true) => Self::One(only),
            (last, _) => {
                parts.extend(last);
                Self::Several(parts)
            }
        }
    }
}

#[derive(Debug, Serialize)]
pub(super) struct Target {
    pub(super) source: Source,
    pub(super) selector: (Quote, Position),
}

/// The article.
#[derive(Debug, Serialize)]
#[serde(untagged)]
pub(super) enum Source {
    Iri(String),
    /// With what is known about it, in the words of Dublin Core.
    Known(Article),
}

#[derive(Debug, Serialize)]
pub(super) struct Article {
    pub(super) id: String,
    #[serde(rename = "type")]
    pub(super) kind: &'static str,
    #[serde(flatten)]
    pub(super) facts: BTreeMap<&'static str, String>,
}

#[derive(Debug, Serialize)]
pub(super) struct Quote {
    #[serde(rename = "type")]
    pub(super) kind: &'static str,
    pub(super) exact: String,
    pub(super) prefix: String,
    pub(super) suffix: String,
}

#[derive(Debug, Serialize)]
pub(super) struct Position {
    #[serde(rename = "type")]
    pub(super) kind: &'static str,
    pub(super) start: u32,
    pub(super) end: u32,
}

/// What we alone read.
#[derive(Debug, Default, Serialize, Deserialize)]
#[serde(default)]
pub(super) struct Own {
    /// About a tag.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub(super) tag: Option<OwnTag>,
    /// About a link.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub(super) link: Option<LinkExtra>,
    /// About the document, with its first tag.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub(super) document: Option<OwnDocument>,
}

#[derive(Debug, Default, Clone, Serialize, Deserialize)]
#[serde(default)]
pub(super) struct OwnTag {
    pub(super) id: String,
    #[serde(flatten)]
    pub(super) extra: SpanExtra,
}

#[derive(Debug, Default, Serialize, Deserialize)]
#[serde(default)]
pub(super) struct OwnDocument {
    /// Its place among the documents of the page.
    pub(super) number: usize,
    /// Whether its offsets count UTF-16 units.
    pub(super) utf16: bool,
    /// The IRI its tags name as their source.
    pub(super) source: String,
    pub(super) text: String,
    #[serde(flatten)]
    pub(super) extra: DocumentExtra,
}
