//! Schemas for tests.

use crate::model::{LabelKind, Schema};

pub(crate) fn schema() -> Schema {
    crate::format::schema_file::default_schema().unwrap()
}

pub(crate) fn label(key: &str, letter: char) -> LabelKind {
    LabelKind {
        key: key.into(),
        name: key.to_owned(),
        plural: format!("{key}s"),
        letter,
        color: "blue".into(),
        speaks: false,
        mentions: false,
        reports: false,
    }
}

pub(crate) fn schema_of(labels: &[LabelKind]) -> Schema {
    Schema::new(labels.to_vec(), Vec::new(), Vec::new()).unwrap()
}
