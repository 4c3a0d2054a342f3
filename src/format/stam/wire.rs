//! STAM JSON as we write it: a store of resources (texts), sets of keys, and annotations.

use serde::Serialize;
use serde_json::Value;

#[derive(Debug, Default, Serialize)]
#[serde(tag = "@type", rename = "AnnotationStore")]
pub(super) struct Store {
    #[serde(rename = "@id")]
    pub(super) id: Option<String>,
    pub(super) resources: Vec<Resource>,
    pub(super) annotationsets: Vec<DataSet>,
    pub(super) annotations: Vec<Record>,
}

#[derive(Debug, Default, Serialize)]
#[serde(tag = "@type", rename = "TextResource")]
pub(super) struct Resource {
    #[serde(rename = "@id")]
    pub(super) id: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub(super) text: Option<String>,
    #[serde(rename = "@include", skip_serializing_if = "Option::is_none")]
    pub(super) include: Option<String>,
}

#[derive(Debug, Default, Serialize)]
#[serde(tag = "@type", rename = "AnnotationDataSet")]
pub(super) struct DataSet {
    #[serde(rename = "@id")]
    pub(super) id: Option<String>,
    #[serde(rename = "@include", skip_serializing_if = "Option::is_none")]
    pub(super) include: Option<String>,
    pub(super) keys: Vec<Key>,
    /// Data that annotations refer to by id.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub(super) data: Vec<Datum>,
}

#[derive(Debug, Serialize)]
#[serde(tag = "@type", rename = "DataKey")]
pub(super) struct Key {
    #[serde(rename = "@id")]
    pub(super) id: String,
}

#[derive(Debug, Serialize)]
#[serde(tag = "@type", rename = "Annotation")]
pub(super) struct Record {
    #[serde(rename = "@id")]
    pub(super) id: Option<String>,
    pub(super) target: Selector,
    pub(super) data: Vec<Datum>,
}

/// A key with its value, or the id of one in a set.
#[derive(Debug, Clone, Default, Serialize)]
#[serde(tag = "@type", rename = "AnnotationData")]
pub(super) struct Datum {
    #[serde(rename = "@id", skip_serializing_if = "Option::is_none")]
    pub(super) id: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub(super) set: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub(super) key: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub(super) value: Option<Value>,
}

#[derive(Debug, Serialize)]
#[serde(tag = "@type")]
#[allow(
    clippy::enum_variant_names,
    reason = "these are the names in the format"
)]
pub(super) enum Selector {
    TextSelector { resource: String, offset: Offset },
    AnnotationSelector { annotation: String },
    ResourceSelector { resource: String },
    CompositeSelector { selectors: Vec<Selector> },
    DirectionalSelector { selectors: Vec<Selector> },
}

#[derive(Debug, Serialize)]
pub(super) struct Offset {
    #[serde(rename = "@type")]
    pub(super) kind: String,
    pub(super) begin: Cursor,
    pub(super) end: Cursor,
}

pub(super) fn offset() -> String {
    "Offset".to_owned()
}

/// A place in code points from the start.
#[derive(Debug, Serialize)]
#[serde(tag = "@type")]
pub(super) enum Cursor {
    BeginAlignedCursor { value: u32 },
}
