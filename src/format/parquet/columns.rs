use std::sync::Arc;

use arrow_schema::{DataType, Field, Schema};

/// The columns: those of the native JSON Lines, in the same order.
pub(super) fn columns() -> Schema {
    let attribute = group(vec![text("key"), text("value")]);
    let span = group(vec![
        text("id"),
        text("label"),
        number("start"),
        number("end"),
        list("fragments", list_of(DataType::Int64)),
        list("attributes", attribute.clone()),
        text("person"),
        text("by"),
        text("verdict"),
        text("review"),
        text("note"),
    ]);
    let link = group(vec![
        text("id"),
        text("from"),
        text("to"),
        text("to_kind"),
        text("role"),
        Field::new("confirmed", DataType::Boolean, true),
        text("by"),
        list("attributes", attribute),
        text("note"),
    ]);
    let person = group(vec![
        text("id"),
        text("name"),
        text("kind"),
        list("aliases", DataType::Utf8),
        text("role"),
        text("external_id"),
    ]);
    Schema::new(vec![
        text("id"),
        text("text"),
        list("spans", span),
        list("links", link),
        list("people", person),
        text("annotator"),
        text("state"),
    ])
}

fn text(name: &str) -> Field {
    Field::new(name, DataType::Utf8, true)
}

fn number(name: &str) -> Field {
    Field::new(name, DataType::Int64, true)
}

fn list(name: &str, items: DataType) -> Field {
    Field::new(name, list_of(items), true)
}

fn list_of(items: DataType) -> DataType {
    DataType::List(Arc::new(Field::new("item", items, true)))
}

fn group(fields: Vec<Field>) -> DataType {
    DataType::Struct(fields.into())
}
