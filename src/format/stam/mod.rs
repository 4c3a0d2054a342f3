//! STAM, stand-off text annotation: a store in JSON, one for each document, offsets in code points.
//! Tags of several fragments and links are part of the format; people and the state of the document
//! are annotations of the text as a whole.

mod from_store;
mod to_store;
mod wire;

use super::interchange::DocumentRecord;
use super::{
    Carries, Feature, Format, FormatError, FormatInfo, Imported, Input, Layout, Loss, Losses,
    NamedDocument, RecordProblem, Sink, Unit, WriteContext,
};

/// The format `stam`.
pub(super) struct Stam;

static INFO: FormatInfo = FormatInfo {
    name: "stam",
    title: "STAM JSON",
    extensions: &["stam.json", "json"],
    unit: Unit::CodePoints,
    layout: Layout::FileEach,
    reads: true,
    writes: true,
    options: &[],
    read_options: &[],
    carries: |feature| match feature {
        Feature::Unknown => Carries::No,
        Feature::People | Feature::Review | Feature::Notes | Feature::Author => {
            Carries::ByConvention
        }
        Feature::Overlap
        | Feature::Nesting
        | Feature::Tags
        | Feature::Split
        | Feature::Links
        | Feature::Attributes
        | Feature::Edges
        | Feature::Characters => Carries::Natively,
    },
};

/// The set our keys are in.
const SET: &str = "pullquote";
/// Before the ids of tags, links and people, which in a store share one name space.
const TAG: &str = "tag/";
const LINK: &str = "link/";
const PERSON: &str = "person/";
/// The annotation with the facts of the document.
const DOCUMENT: &str = "document";
/// Prefix of attribute names, so that none clashes with our own keys.
const ATTRIBUTE: &str = "attr.";

impl Format for Stam {
    fn info(&self) -> &'static FormatInfo {
        &INFO
    }

    fn read(&self, input: &Input<'_>) -> Result<Imported, FormatError> {
        let mut imported = Imported::default();
        let Some(store) = input.json::<wire::Store>(&mut imported)? else {
            return Ok(imported);
        };
        // A store may only name what is beside it, wherever it came from.
        let beside = |name: &str| {
            let plain = !name.contains(['/', '\\']) && !name.starts_with("..");
            String::from_utf8(plain.then(|| (input.beside)(name)).flatten()?).ok()
        };
        match from_store::documents(store, &beside, &mut imported.ignored) {
            Err(message) => imported.problems.push(RecordProblem { line: 1, message }),
            Ok(records) => {
                for record in records {
                    imported.add(record.into_document(INFO.name, input.name, 1), 1);
                }
            }
        }
        Ok(imported)
    }

    fn write(
        &self,
        _: &WriteContext<'_>,
        documents: &mut dyn Iterator<Item = NamedDocument>,
        sink: &mut dyn Sink,
    ) -> Result<Vec<Loss>, FormatError> {
        let mut losses = Losses::default();
        for NamedDocument { id, document } in documents {
            losses.count(&id, &document, &INFO);
            let out = sink.create(&format!("{id}.stam.json"))?;
            let store = to_store::store(DocumentRecord::from_document(id, &document)?);
            serde_json::to_writer(&mut *out, &store).map_err(std::io::Error::from)?;
            out.write_all(b"\n")?;
        }
        Ok(losses.into_vec())
    }
}

#[cfg(test)]
mod tests;
