use serde::{Deserialize, Serialize};
use serde_json::{Map, Value};

use crate::format::interchange::extras::{DocumentExtra, LinkExtra, SpanExtra};

/// A document on its line. Fields whose names begin with `_` are other tools' bookkeeping.
#[derive(Debug, Default, Serialize, Deserialize)]
pub(super) struct Record {
    pub(super) text: String,
    #[serde(default)]
    pub(super) meta: Map<String, Value>,
    #[serde(default)]
    pub(super) tokens: Vec<Token>,
    #[serde(default)]
    pub(super) spans: Vec<Span>,
    #[serde(default)]
    pub(super) relations: Vec<Relation>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub(super) answer: Option<String>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub(super) pullquote: Option<DocumentExtra>,
}

#[derive(Debug, PartialEq, Serialize, Deserialize)]
pub(super) struct Token {
    pub(super) text: String,
    pub(super) start: u32,
    pub(super) end: u32,
    #[serde(default)]
    pub(super) id: usize,
    /// Whether one blank follows that is no token of its own.
    #[serde(default)]
    pub(super) ws: bool,
}

#[derive(Debug, Clone, Default, Serialize, Deserialize)]
pub(super) struct Span {
    pub(super) start: u32,
    pub(super) end: u32,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub(super) token_start: Option<usize>,
    /// The last token, inclusive.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub(super) token_end: Option<usize>,
    pub(super) label: String,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub(super) id: Option<Value>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub(super) pullquote: Option<SpanExtra>,
}

#[derive(Debug, Serialize, Deserialize)]
pub(super) struct Relation {
    #[serde(default)]
    pub(super) head: Option<usize>,
    #[serde(default)]
    pub(super) child: Option<usize>,
    #[serde(default)]
    pub(super) head_span: Option<Span>,
    #[serde(default)]
    pub(super) child_span: Option<Span>,
    pub(super) label: String,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub(super) pullquote: Option<LinkExtra>,
}
