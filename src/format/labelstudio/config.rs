use std::io::{self, Write};

use super::to_task::Used;
use crate::format::interchange::split_spans::CONTINUES;
use crate::format::xml::Xml;
use crate::model::Schema;

/// The labelling configuration a project needs for these tasks: the labels and roles of the schema
/// and any others in use.
pub(super) fn config(out: &mut dyn Write, schema: &Schema, used: &Used) -> io::Result<()> {
    let mut xml = Xml::fragment(out);
    xml.open("View", &[])?;
    xml.open("Relations", &[])?;
    let known: Vec<&str> = schema.roles().iter().map(|role| &*role.key).collect();
    let further = used.roles.iter().map(String::as_str);
    let further = further.filter(|role| !known.contains(role) && *role != CONTINUES);
    for role in known.iter().copied().chain(further).chain([CONTINUES]) {
        xml.empty("Relation", &[("value", role)])?;
    }
    xml.close("Relations")?;
    xml.open("Labels", &[("name", "label"), ("toName", "text")])?;
    for label in schema.labels() {
        let hotkey = label.letter.to_ascii_lowercase().to_string();
        let attributes = [("value", &*label.key), ("hotkey", &hotkey)];
        xml.empty("Label", &attributes)?;
    }
    let labels = used.labels.iter();
    for label in labels.filter(|label| schema.label(label).is_none()) {
        xml.empty("Label", &[("value", label)])?;
    }
    xml.close("Labels")?;
    let text = [
        ("name", "text"),
        ("value", "$text"),
        ("granularity", "word"),
    ];
    xml.empty("Text", &text)?;
    xml.close("View")?;
    xml.raw("\n")
}
