use serde::Serialize;
use serde_json::{Map, Value};

use crate::format::interchange::extras::{DocumentExtra, LinkExtra, SpanExtra};

/// A text with the annotations of people and models.
#[derive(Debug, Default, Serialize)]
pub(super) struct Task {
    pub(super) data: Map<String, Value>,
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub(super) annotations: Vec<Work>,
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub(super) predictions: Vec<Work>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub(super) meta: Option<Meta>,
}

#[derive(Debug, Default, Serialize)]
pub(super) struct Meta {
    #[serde(skip_serializing_if = "Option::is_none")]
    pub(super) pullquote: Option<DocumentExtra>,
}

/// The annotations of one person or model.
#[derive(Debug, Default, Serialize)]
pub(super) struct Work {
    pub(super) result: Vec<Region>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub(super) model_version: Option<String>,
}

/// A labelled stretch, a choice about one, or a relation between two.
#[derive(Debug, Default, Serialize)]
pub(super) struct Region {
    #[serde(skip_serializing_if = "Option::is_none")]
    pub(super) id: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub(super) from_name: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub(super) to_name: Option<String>,
    #[serde(rename = "type")]
    pub(super) kind: String,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub(super) value: Option<Value>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub(super) from_id: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub(super) to_id: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub(super) direction: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub(super) labels: Option<Vec<String>>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub(super) meta: Option<RegionMeta>,
}

#[derive(Debug, Default, Serialize)]
pub(super) struct RegionMeta {
    /// Notes, as people write them there.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub(super) text: Vec<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub(super) pullquote: Option<SpanExtra>,
    /// Of a relation.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub(super) pullquote_link: Option<LinkExtra>,
}
