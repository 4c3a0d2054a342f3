//! Native JSON Lines: one document a line, everything in it, offsets in code points, end-exclusive.
//! Every record has every key with one type throughout, so that table readers agree on the columns.

mod read;
mod tag_order;
mod type_inference;

use super::interchange::DocumentRecord;
use super::{
    Carries, EachDocument, Feature, Format, FormatError, FormatInfo, Imported, Input, Layout, Loss,
    Losses, NamedDocument, OptionInfo, Options, Sink, Unit, WriteContext,
    counting::{CountedUnit, UnitHint},
    info::UNIT_OPTION,
};

use type_inference::TypeInferenceWriter;

pub use tag_order::tag_order;

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
    options: &[OptionInfo {
        name: "card",
        about: "Dataset card",
        values: &[
            ("no", "only the data"),
            ("yes", "also a README.md that dataset hubs read"),
        ],
    }],
    read_options: &[UNIT_OPTION],
    carries: |feature| match feature {
        Feature::Overlap
        | Feature::Nesting
        | Feature::Tags
        | Feature::Split
        | Feature::Links
        | Feature::Attributes
        | Feature::People
        | Feature::Review
        | Feature::Notes
        | Feature::Author
        | Feature::Edges
        | Feature::Characters => Carries::Natively,
        Feature::Unknown => Carries::No,
    },
};

impl Format for JsonLines {
    fn info(&self) -> &'static FormatInfo {
        &INFO
    }

    fn read_each(
        &self,
        input: &Input<'_>,
        options: &Options,
        each: &mut EachDocument<'_>,
    ) -> Result<Imported, FormatError> {
        read::read(input, UnitHint::new(options, CountedUnit::CodePoints), each)
    }

    fn card(&self, options: &Options) -> Option<&'static str> {
        options.chose("card", "yes").then_some("jsonl")
    }

    fn write(
        &self,
        _: &WriteContext<'_>,
        documents: &mut dyn Iterator<Item = NamedDocument>,
        sink: &mut dyn Sink,
    ) -> Result<Vec<Loss>, FormatError> {
        let mut losses = Losses::default();
        let mut records = TypeInferenceWriter::new(sink.create("export.jsonl")?);
        for NamedDocument { id, document } in documents {
            losses.count(&id, &document, &INFO);
            let record = DocumentRecord::from_document(id, &document)?;
            records.push(&record)?;
        }
        records.finish()?;
        Ok(losses.into_vec())
    }
}

#[cfg(test)]
mod tests;
