//! Native JSON Lines: one document a line, everything in it, offsets in code points, end-exclusive.
//! Every row has every key with one type throughout, so that table readers agree on the columns.

mod from_row;
mod row;
mod row_order;
mod to_row;

use serde_json::Deserializer;

use super::{
    Carries, Feature, Format, FormatError, FormatInfo, Imported, Input, Layout, Loss, Losses,
    NamedDocument, RecordProblem, Sink, Unit,
};
use crate::model::Schema;

use row::Row;
use row_order::RowOrder;

/// The format `jsonl`.
pub(super) struct JsonLines;

static INFO: FormatInfo = FormatInfo {
    name: "jsonl",
    title: "Native JSON Lines",
    extensions: &["jsonl", "ndjson"],
    unit: Unit::CodePoints,
    layout: Layout::OneFile,
    reads: true,
    writes: true,
    carries: |feature| match feature {
        Feature::Overlap
        | Feature::Nesting
        | Feature::Split
        | Feature::Links
        | Feature::Attributes
        | Feature::People
        | Feature::Review
        | Feature::Notes
        | Feature::Author => Carries::Natively,
        Feature::Unknown => Carries::No,
    },
};

impl Format for JsonLines {
    fn info(&self) -> &'static FormatInfo {
        &INFO
    }

    fn read(&self, input: &Input<'_>) -> Result<Imported, FormatError> {
        let text = input.text()?;
        let mut imported = Imported::default();
        for (index, line) in text.split('\n').enumerate() {
            if !line.trim().is_empty() {
                read_line(input.name, index + 1, line, &mut imported);
            }
        }
        Ok(imported)
    }

    fn write(
        &self,
        _: &Schema,
        documents: &mut dyn Iterator<Item = NamedDocument>,
        sink: &mut dyn Sink,
    ) -> Result<Vec<Loss>, FormatError> {
        let mut losses = Losses::default();
        let mut rows = RowOrder::new(sink.begin("export.jsonl")?);
        for NamedDocument { id, document } in documents {
            losses.add(Feature::Unknown, &id, to_row::unknown_count(&document));
            rows.push(&to_row::row(id, &document)?)?;
        }
        rows.finish()?;
        Ok(losses.into_vec())
    }
}

fn read_line(file: &str, line: usize, text: &str, imported: &mut Imported) {
    let mut ignored = Vec::new();
    let mut json = Deserializer::from_str(text);
    let row = serde_ignored::deserialize(&mut json, |path| ignored.push(field_name(&path)))
        .and_then(|row: Row| json.end().map(|()| row));
    for name in ignored {
        if !imported.ignored.iter().any(|known| known.message == name) {
            let message = name;
            imported.ignored.push(RecordProblem { line, message });
        }
    }
    let read = row
        .map_err(|error| vec![wording(&error)])
        .and_then(|row| from_row::document(row, file, line));
    match read {
        Ok(document) => imported.documents.push(document),
        Err(messages) => imported.problems.extend(
            messages
                .into_iter()
                .map(|message| RecordProblem { line, message }),
        ),
    }
}

/// The reader counts lines within the one line it is given; the column says where.
fn wording(error: &serde_json::Error) -> String {
    let words = error.to_string();
    let words = words.split(" at line ").next().unwrap_or(&words);
    format!("column {}: {words}", error.column())
}

/// The name of a field without the numbers of the list items around it.
fn field_name(path: &serde_ignored::Path<'_>) -> String {
    let path = path.to_string();
    let names = path
        .split('.')
        .filter(|part| *part != "?" && part.parse::<usize>().is_err());
    names.collect::<Vec<_>>().join(".")
}

#[cfg(test)]
mod tests;
