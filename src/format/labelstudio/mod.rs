//! Label Studio's tasks in JSON with the labelling configuration they need beside them. Offsets are
//! code points. Fragments of split tags are regions chained by relations.

mod config;
mod html;
mod people;
mod predictions;
mod region;
mod regions;
mod shapes;
mod task;
mod task_data;
mod task_fields;
mod tasks;
mod text;
mod to_task;

use super::interchange::DocumentRecord;
use super::{
    Carries, EachDocument, Feature, Format, FormatError, FormatInfo, Imported, Input, Layout, Loss,
    Losses, NamedDocument, OptionInfo, Options, Sink, Unit, WriteContext,
    counting::{CountedUnit, UnitHint},
    info::UNIT_OPTION,
};

use to_task::Used;

/// The format `labelstudio`.
pub(super) struct LabelStudio;

static INFO: FormatInfo = FormatInfo {
    name: "labelstudio",
    title: "Label Studio JSON",
    extensions: &["json"],
    unit: Unit::CodePoints,
    layout: Layout::OneFile,
    reads: true,
    writes: true,
    options: &[OptionInfo {
        name: "as",
        about: "Tags become",
        values: &[
            ("annotations", "people's work"),
            ("predictions", "model predictions, to be reviewed"),
        ],
    }],
    read_options: &[UNIT_OPTION],
    carries: |feature| match feature {
        Feature::Overlap
        | Feature::Nesting
        | Feature::Tags
        | Feature::Links
        | Feature::Notes
        | Feature::Edges
        | Feature::Characters => Carries::Natively,
        Feature::Unknown => Carries::No,
        Feature::Split
        | Feature::LooseLinks
        | Feature::Attributes
        | Feature::People
        | Feature::Review
        | Feature::LinkFacts
        | Feature::Author
        | Feature::State
        | Feature::Ids
        | Feature::Facts => Carries::ByConvention,
    },
};

impl Format for LabelStudio {
    fn info(&self) -> &'static FormatInfo {
        &INFO
    }

    fn read_each(
        &self,
        input: &Input<'_>,
        options: &Options,
        each: &mut EachDocument<'_>,
    ) -> Result<Imported, FormatError> {
        let unit = UnitHint::new(options, CountedUnit::CodePoints);
        tasks::read(input, unit, each)
    }

    fn write(
        &self,
        context: &WriteContext<'_>,
        documents: &mut dyn Iterator<Item = NamedDocument>,
        sink: &mut dyn Sink,
    ) -> Result<Vec<Loss>, FormatError> {
        let mut losses = Losses::default();
        let mut used = Used::default();
        let out = sink.create("tasks.json")?;
        let mut before: &[u8] = b"[\n";
        for NamedDocument { id, document } in documents {
            losses.count(&id, &document, &INFO);
            let record = DocumentRecord::with_facts(&id, &document, context, &mut losses)?;
            used.add(&record);
            out.write_all(before)?;
            before = b",\n";
            let task = to_task::task(record, context.options.chose("as", "predictions"));
            serde_json::to_writer(&mut *out, &task).map_err(std::io::Error::from)?;
        }
        out.write_all(if before == b"[\n" { b"[]\n" } else { b"\n]\n" })?;
        config::config(
            sink.create_beside("labelling-config.xml")?,
            context.schema,
            &used,
        )?;
        Ok(losses.into_vec())
    }
}

#[cfg(test)]
mod tests;
