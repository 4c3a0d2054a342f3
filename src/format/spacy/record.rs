use serde::Serialize;
use serde_json::{Map, Value};
use smol_str::SmolStr;

use crate::format::interchange::extras::{self, DocumentExtra, LinkExtra, SpanExtra};
use crate::format::interchange::{AttributeList, Rare};
use crate::format::link_facts::LinkFacts;
use crate::format::tally::{Content, Counts};
use crate::model::Review;

/// A document on its line, as it is written.
#[derive(Debug, Default, Serialize)]
pub(super) struct Record {
    pub(super) text: String,
    pub(super) meta: Map<String, Value>,
    pub(super) tokens: Vec<Token>,
    pub(super) spans: Vec<Span>,
    pub(super) relations: Vec<Relation>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub(super) answer: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub(super) pullquote: Option<DocumentExtra>,
}

#[derive(Debug, PartialEq, Serialize)]
pub(super) struct Token {
    pub(super) text: String,
    pub(super) start: u32,
    pub(super) end: u32,
    pub(super) id: usize,
    /// Whether one blank follows that is no token of its own.
    pub(super) ws: bool,
}

#[derive(Debug, Clone, Default, Serialize)]
pub(super) struct Span {
    pub(super) start: u32,
    pub(super) end: u32,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub(super) token_start: Option<usize>,
    /// The last token, inclusive.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub(super) token_end: Option<usize>,
    pub(super) label: String,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub(super) id: Option<Value>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub(super) pullquote: Option<SpanExtra>,
}

#[derive(Debug, Serialize)]
pub(super) struct Relation {
    pub(super) head: Option<usize>,
    pub(super) child: Option<usize>,
    pub(super) head_span: Option<Span>,
    pub(super) child_span: Option<Span>,
    pub(super) label: String,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub(super) pullquote: Option<LinkExtra>,
}

/// A span as it is read: what it says of itself, not yet compared with the text.
#[derive(Debug, Default)]
pub(super) struct ReadSpan {
    pub(super) start: u32,
    pub(super) end: u32,
    pub(super) token_start: Option<usize>,
    pub(super) token_end: Option<usize>,
    pub(super) label: SmolStr,
    pub(super) words: Option<Box<str>>,
    pub(super) id: Option<SmolStr>,
    pub(super) review: Option<Review>,
    pub(super) note: Rare<String>,
    pub(super) attributes: AttributeList,
    pub(super) pullquote: Option<Box<SpanExtra>>,
}

impl ReadSpan {
    /// A tag with its attributes and its notes.
    pub(super) fn counts(&self) -> Counts {
        let mut counts = extras::facts(&self.attributes, &self.note);
        counts.add(Content::Tag, 1);
        if let Some(extra) = &self.pullquote {
            counts.extend(extra.counts());
        }
        counts
    }

    /// What it says besides its label, for messages: with a comma before each.
    pub(super) fn said(&self) -> String {
        let mut said = extras::said(&self.attributes, &self.note);
        if let Some(extra) = &self.pullquote {
            said.push_str(&extra.said());
        }
        said
    }

    /// Adds an attribute; the second one of a name gets a number.
    pub(super) fn attribute(&mut self, key: &str, value: &str) {
        self.attributes.add_always(key, value.to_owned());
    }
}

/// A relation as it is read.
#[derive(Debug)]
pub(super) struct ReadRelation {
    pub(super) label: String,
    pub(super) head: RelationEnd,
    pub(super) child: RelationEnd,
    pub(super) facts: LinkFacts,
    pub(super) pullquote: Option<LinkExtra>,
}

/// What a relation says about one of its ends.
#[derive(Debug, Default)]
pub(super) struct RelationEnd {
    /// Its last token.
    pub(super) token: Option<usize>,
    /// Its first and last token.
    pub(super) tokens: Option<(u32, u32)>,
    /// Start and end as they are given.
    pub(super) place: Option<(u32, u32)>,
    pub(super) label: Option<String>,
    pub(super) id: Option<String>,
    pub(super) words: Option<String>,
}
