//! Native JSON Lines: one document a line, everything in it, offsets in code points, end-exclusive.
//! Every record has every key with one type throughout, so that table readers agree on the columns; only
//! `confidence` is left out where no program says how sure it is.

mod exact;
mod other_fields;
mod read;
mod tag_order;
mod type_inference;

use std::io;

use super::interchange::DocumentRecord;
use super::{
    Carries, EachDocument, Feature, Format, FormatError, FormatInfo, Imported, Input, Layout, Loss,
    Losses, NamedDocument, OptionInfo, Options, Sink, Unit, WriteContext,
    counting::{CountedUnit, UnitHint},
    info::UNIT_OPTION,
};

use type_inference::TypeInferenceWriter;

pub use exact::ExactLine;
pub use tag_order::tag_order;

/// The format `jsonl`.
pub(super) struct JsonLines;

/// A line of native JSON Lines, read on its own.
#[derive(Debug, Clone, Default)]
pub struct JsonLine {
    /// The document, or what is wrong with the line.
    pub imported: Imported,
    /// Fields beside those of a document, as they are in the line, with a comma before each.
    pub other_fields: String,
}

impl JsonLine {
    /// Reads a line of a stream that is called `input` in messages. `line` is its number, from 1. Fields
    /// of the object that this version does not know are kept; what cannot be used within tags, links
    /// and people is left out and told.
    #[must_use]
    pub fn read(text: &str, line: usize, input: &str) -> Self {
        if let Some((own, other_fields)) = other_fields::split(text) {
            let imported = read::read_one(&own, line, input);
            if imported.problems.is_empty() {
                return Self {
                    imported,
                    other_fields,
                };
            }
        }
        // Messages give columns of the line as it is.
        Self {
            imported: read::read_one(text, line, input),
            other_fields: String::new(),
        }
    }

    /// Reads a line that another program wrote in answer to one of ours. Nothing is left out, moved or
    /// converted: offsets count code points, and where anything does not fit, there is no document.
    /// Fields nothing is known about are told with the document, those beside its own are not.
    ///
    /// # Errors
    /// Everything that is wrong with the line.
    pub fn read_exact(text: &str, line: usize) -> Result<ExactLine, Vec<String>> {
        let own = other_fields::split(text);
        exact::read(own.as_ref().map_or(text, |(own, _)| own), line)
    }

    /// The line of a document with the other fields of the line it was read from, and the line end.
    ///
    /// # Errors
    /// [`FormatError`] where a tag is not on the text.
    pub fn write(document: NamedDocument, other_fields: &str) -> Result<Vec<u8>, FormatError> {
        let record = DocumentRecord::from_document(document.id, &document.document)?;
        // The tags of news are about as long as the text.
        let mut json = Vec::with_capacity(3 * record.text.len() + other_fields.len());
        serde_json::to_writer(&mut json, &record).map_err(io::Error::from)?;
        json.pop();
        json.extend_from_slice(other_fields.as_bytes());
        json.extend_from_slice(b"}\n");
        Ok(json)
    }
}

/// The option that exports how long people worked.
pub const TIMES: &str = "times";

static INFO: FormatInfo = FormatInfo {
    name: "jsonl",
    title: "Native JSON Lines",
    extensions: &["jsonl", "ndjson"],
    unit: Unit::CodePoints,
    layout: Layout::OneFile,
    reads: true,
    writes: true,
    options: &[
        OptionInfo {
            name: "card",
            about: "Dataset card",
            values: &[
                ("no", "only the data"),
                ("yes", "also a README.md that dataset hubs read"),
            ],
        },
        OptionInfo {
            name: TIMES,
            about: "Time of work",
            values: &[
                ("no", "not exported"),
                (
                    "yes",
                    "who worked on each document when, and how many seconds, in `sittings`",
                ),
            ],
        },
    ],
    read_options: &[UNIT_OPTION],
    carries: |feature| match feature {
        Feature::Overlap
        | Feature::Nesting
        | Feature::Tags
        | Feature::Split
        | Feature::Links
        | Feature::LooseLinks
        | Feature::Attributes
        | Feature::People
        | Feature::Review
        | Feature::Notes
        | Feature::LinkFacts
        | Feature::Author
        | Feature::State
        | Feature::Ids
        | Feature::Edges
        | Feature::Characters
        | Feature::Facts => Carries::Natively,
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
        context: &WriteContext<'_>,
        documents: &mut dyn Iterator<Item = NamedDocument>,
        sink: &mut dyn Sink,
    ) -> Result<Vec<Loss>, FormatError> {
        let mut losses = Losses::default();
        let times = context.options.chose(TIMES, "yes") && context.schema.times;
        let mut records = TypeInferenceWriter::new(sink.create("export.jsonl")?);
        for NamedDocument { id, document } in documents {
            losses.count_without_confidence(&id, &document, &INFO);
            let mut record = DocumentRecord::with_facts(&id, &document, context, &mut losses)?;
            if times {
                record = record.with_sittings(&document);
            }
            records.push(&record)?;
        }
        records.finish()?;
        Ok(losses.into_vec())
    }
}

#[cfg(test)]
mod tests;
