use serde::{Deserialize, Serialize};
use serde_json::{Map, Value};

use crate::format::interchange::extras::{DocumentExtra, LinkExtra, SpanExtra};

/// A text with the annotations of people and models.
#[derive(Debug, Default, Serialize, Deserialize)]
pub(super) struct Task {
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub(super) id: Option<Value>,
    pub(super) data: Map<String, Value>,
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub(super) annotations: Vec<Work>,
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub(super) predictions: Vec<Work>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub(super) meta: Option<Meta>,
}

#[derive(Debug, Default, Serialize, Deserialize)]
pub(super) struct Meta {
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub(super) pullquote: Option<DocumentExtra>,
}

/// The annotations of one person or model.
#[derive(Debug, Default, Serialize, Deserialize)]
pub(super) struct Work {
    pub(super) result: Vec<Region>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub(super) completed_by: Option<Value>,
    #[serde(default, skip_serializing)]
    pub(super) was_cancelled: Option<bool>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub(super) model_version: Option<String>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub(super) score: Option<f64>,
}

/// A labelled stretch, a choice about one, or a relation between two.
#[derive(Debug, Default, Serialize, Deserialize)]
pub(super) struct Region {
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub(super) id: Option<String>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub(super) from_name: Option<String>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub(super) to_name: Option<String>,
    #[serde(rename = "type")]
    pub(super) kind: String,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub(super) value: Option<Value>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub(super) from_id: Option<String>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub(super) to_id: Option<String>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub(super) direction: Option<String>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub(super) labels: Option<Vec<String>>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub(super) score: Option<f64>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub(super) meta: Option<RegionMeta>,
}

#[derive(Debug, Default, Serialize, Deserialize)]
pub(super) struct RegionMeta {
    /// Notes, as people write them there.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub(super) text: Vec<String>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub(super) pullquote: Option<SpanExtra>,
    /// Of a relation.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub(super) pullquote_link: Option<LinkExtra>,
}
