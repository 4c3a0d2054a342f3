//! STAM JSON: a store of resources (texts), sets of keys, and annotations.

use serde::{Deserialize, Serialize};
use serde_json::Value;

#[derive(Debug, Default, Serialize, Deserialize)]
#[serde(tag = "@type", rename = "AnnotationStore")]
pub(super) struct Store {
    #[serde(rename = "@id", default)]
    pub(super) id: Option<String>,
    #[serde(default)]
    pub(super) resources: Vec<Resource>,
    #[serde(default)]
    pub(super) annotationsets: Vec<DataSet>,
    #[serde(default)]
    pub(super) annotations: Vec<Record>,
}

#[derive(Debug, Default, Serialize, Deserialize)]
#[serde(tag = "@type", rename = "TextResource")]
pub(super) struct Resource {
    #[serde(rename = "@id", default)]
    pub(super) id: Option<String>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub(super) text: Option<String>,
    #[serde(rename = "@include", default, skip_serializing_if = "Option::is_none")]
    pub(super) include: Option<String>,
}

#[derive(Debug, Default, Serialize, Deserialize)]
#[serde(tag = "@type", rename = "AnnotationDataSet")]
pub(super) struct DataSet {
    #[serde(rename = "@id", default)]
    pub(super) id: Option<String>,
    #[serde(rename = "@include", default, skip_serializing_if = "Option::is_none")]
    pub(super) include: Option<String>,
    #[serde(default)]
    pub(super) keys: Vec<Key>,
    /// Data that annotations refer to by id.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub(super) data: Vec<Datum>,
}

#[derive(Debug, Serialize, Deserialize)]
#[serde(tag = "@type", rename = "DataKey")]
pub(super) struct Key {
    #[serde(rename = "@id")]
    pub(super) id: String,
}

#[derive(Debug, Serialize, Deserialize)]
#[serde(tag = "@type", rename = "Annotation")]
pub(super) struct Record {
    #[serde(rename = "@id", default)]
    pub(super) id: Option<String>,
    pub(super) target: Selector,
    #[serde(default)]
    pub(super) data: Vec<Datum>,
}

/// A key with its value, or the id of one in a set.
#[derive(Debug, Clone, Default, Serialize, Deserialize)]
#[serde(tag = "@type", rename = "AnnotationData")]
pub(super) struct Datum {
    #[serde(rename = "@id", default, skip_serializing_if = "Option::is_none")]
    pub(super) id: Option<String>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub(super) set: Option<String>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub(super) key: Option<String>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub(super) value: Option<Value>,
}

#[derive(Debug, Serialize, Deserialize)]
#[serde(tag = "@type")]
#[allow(
    clippy::enum_variant_names,
    reason = "these are the names in the format"
)]
pub(super) enum Selector {
    TextSelector {
        resource: String,
        offset: Offset,
    },
    AnnotationSelector {
        annotation: String,
    },
    ResourceSelector {
        resource: String,
    },
    CompositeSelector {
        selectors: Vec<Selector>,
    },
    MultiSelector {
        selectors: Vec<Selector>,
    },
    DirectionalSelector {
        selectors: Vec<Selector>,
    },
    #[serde(other)]
    Other,
}

#[derive(Debug, Serialize, Deserialize)]
pub(super) struct Offset {
    #[serde(rename = "@type", default = "offset")]
    pub(super) kind: String,
    pub(super) begin: Cursor,
    pub(super) end: Cursor,
}

pub(super) fn offset() -> String {
    "Offset".to_owned()
}

/// A place in code points: from the start, or from the end as 0 or less.
#[derive(Debug, Serialize, Deserialize)]
#[serde(tag = "@type")]
pub(super) enum Cursor {
    BeginAlignedCursor { value: u32 },
    EndAlignedCursor { value: i64 },
}
