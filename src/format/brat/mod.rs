//! brat's standoff: the text in one file, the tags beside it in another, offsets in code points. The
//! folder also gets the configuration without which brat shows nothing. What brat has no place for is
//! in notes of the type `Pullquote` that are about themselves: brat keeps them and does not show them.

mod config;
mod events;
mod insert_links;
mod lines;
mod link_remarks;
mod locate_tags;
mod names;
mod notes;
mod own_notes;
mod plain_text;
mod read;
mod reader;
mod record;
mod remarks;
mod write;

use super::file_names::FileNames;
use super::interchange::DocumentRecord;
use super::{
    Carries, EachDocument, Feature, Format, FormatError, FormatInfo, Imported, Input, Layout, Loss,
    Losses, NamedDocument, Options, Sink, Unit, WriteContext,
    counting::{CountedUnit, UnitHint},
    info::UNIT_OPTION,
};

use config::Used;

/// The format `brat`.
pub(super) struct Brat;

static INFO: FormatInfo = FormatInfo {
    name: "brat",
    title: "brat standoff",
    extensions: &["ann", "a1", "a2"],
    unit: Unit::CodePoints,
    layout: Layout::Folder,
    reads: true,
    writes: true,
    options: &[],
    read_options: &[UNIT_OPTION],
    carries: |feature| match feature {
        Feature::Overlap
        | Feature::Nesting
        | Feature::Tags
        | Feature::Split
        | Feature::Links
        | Feature::Attributes
        | Feature::Edges
        | Feature::Notes => Carries::Natively,
        Feature::Unknown => Carries::No,
        Feature::LooseLinks
        | Feature::People
        | Feature::Review
        | Feature::LinkFacts
        | Feature::Author
        | Feature::State
        | Feature::Ids
        | Feature::Characters
        | Feature::Facts => Carries::ByConvention,
    },
};

impl Format for Brat {
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
        Ok(read::read(input, unit)?.hand_over_all(each))
    }

    fn parts(&self, name: &str, _: &dyn Fn() -> Option<Vec<u8>>) -> Vec<String> {
        read::parts(name)
    }

    fn write(
        &self,
        context: &WriteContext<'_>,
        documents: &mut dyn Iterator<Item = NamedDocument>,
        sink: &mut dyn Sink,
    ) -> Result<Vec<Loss>, FormatError> {
        let mut losses = Losses::default();
        let mut names = FileNames::default();
        let mut used = Used::default();
        for NamedDocument { id, document } in documents {
            let (remarks, document) = link_remarks::take(document);
            losses.count(&id, &document, &INFO);
            let name = names.next(&id, document.meta().annotator.as_deref());
            let record = DocumentRecord::with_facts(&id, &document, context, &mut losses)?;
            let words = record.text.clone();
            let (text, replaced) = plain_text::replace_line_ends(&words);
            sink.create(&format!("{name}.txt"))?
                .write_all(text.as_bytes())?;
            let lines = write::lines(record, &text, replaced, remarks, &mut used);
            sink.create(&format!("{name}.ann"))?
                .write_all(lines.as_bytes())?;
        }
        let annotation = config::annotation(context.schema, &used);
        sink.create("annotation.conf")?
            .write_all(annotation.as_bytes())?;
        let visual = config::visual(context.schema, &used);
        sink.create("visual.conf")?.write_all(visual.as_bytes())?;
        Ok(losses.into_vec())
    }
}

#[cfg(test)]
mod tests;
