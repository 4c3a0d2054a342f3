//! UIMA's common analysis structure, as INCEpTION and other tools of that family read it: JSON,
//! which holds text, types and annotations, and XMI, whose types are in a file beside it. Offsets
//! are UTF-16 units. Fragments of split tags are annotations chained by relations.

mod fields;
mod json;
mod json_read;
mod lists;
mod project;
mod read;
mod references;
mod structures;
mod type_system;
mod views;
mod word_ends;
mod xmi;
mod xmi_files;
mod xmi_read;

use std::collections::BTreeSet;

use super::annotator_names::AnnotatorNames;
use super::interchange::DocumentRecord;
use super::left_out::LeftOut;
use super::link_facts;
use super::xml::lost_characters;
use super::{
    Carries, EachDocument, Feature, Format, FormatError, FormatInfo, Imported, Input, Layout, Loss,
    Losses, NamedDocument, Options, RecordProblem, Sink, Unit, WriteContext,
    counting::{CountedUnit, UnitHint},
    file_names::FileNames,
    info::UNIT_OPTION,
};
use crate::model::Document;

use project::OfProject;
use structures::{Structure, Types, add_types, structures};

/// The format `cas-json`.
pub(super) struct CasJson;

/// The format `xmi`.
pub(super) struct Xmi;

static JSON: FormatInfo = FormatInfo {
    name: "cas-json",
    title: "UIMA CAS JSON",
    extensions: &["json"],
    unit: Unit::Utf16,
    layout: Layout::FileEach,
    reads: true,
    writes: true,
    options: &[],
    read_options: &[UNIT_OPTION],
    carries: |feature| match feature {
        Feature::Overlap
        | Feature::Nesting
        | Feature::Tags
        | Feature::Links
        | Feature::Attributes
        | Feature::Edges
        | Feature::Characters => Carries::Natively,
        Feature::Unknown => Carries::No,
        Feature::Split
        | Feature::LooseLinks
        | Feature::People
        | Feature::Review
        | Feature::Notes
        | Feature::LinkFacts
        | Feature::Author
        | Feature::State
        | Feature::Ids
        | Feature::Facts => Carries::ByConvention,
    },
};

static XMI: FormatInfo = FormatInfo {
    name: "xmi",
    title: "UIMA XMI",
    extensions: &["xmi", "zip"],
    carries: |feature| match feature {
        Feature::Characters => Carries::No,
        feature => (JSON.carries)(feature),
    },
    ..JSON
};

impl Format for CasJson {
    fn info(&self) -> &'static FormatInfo {
        &JSON
    }

    fn read_each(
        &self,
        input: &Input<'_>,
        options: &Options,
        each: &mut EachDocument<'_>,
    ) -> Result<Imported, FormatError> {
        let mut imported = Imported::default();
        let stem = input
            .name
            .rsplit_once('.')
            .map_or(input.name, |(stem, _)| stem);
        let unit = UnitHint::new(options, CountedUnit::Utf16);
        let mut left_out = LeftOut::default();
        let records = json_read::structures(input.text()?, &mut left_out).and_then(|structures| {
            let project = OfProject::new(input.name, &structures);
            let records = read::records(&structures, stem, unit, left_out, &mut imported)?;
            Ok((records, project))
        });
        match records {
            Err((line, message)) => imported.problems.push(RecordProblem { line, message }),
            Ok((records, project)) => {
                let mut names = AnnotatorNames::default();
                for (n, (mut record, facts)) in records.into_iter().enumerate() {
                    if n == 0
                        && record.id.is_empty()
                        && let Some(document) = &project.document
                    {
                        record.id.clone_from(document);
                    }
                    project.name_annotator(&mut record, &mut names, &mut imported);
                    let read = record.into_document(JSON.name, input.name, 1);
                    let read = read.map(|read| link_facts::restore(read, facts));
                    imported.hand_over(read, 1, each);
                }
            }
        }
        Ok(imported)
    }

    fn write(
        &self,
        context: &WriteContext<'_>,
        documents: &mut dyn Iterator<Item = NamedDocument>,
        sink: &mut dyn Sink,
    ) -> Result<Vec<Loss>, FormatError> {
        let mut losses = Losses::default();
        let mut names = FileNames::default();
        for NamedDocument { id, document } in documents {
            let name = names.next(&id, document.meta().annotator.as_deref());
            losses.count(&id, &document, &JSON);
            let structures = of(&id, &document, context, &mut losses)?;
            let mut types = Types::new();
            add_types(&mut types, &structures);
            let out = sink.create(&format!("{name}.json"))?;
            json::write(out, document.source().as_str(), &structures, &types)?;
        }
        Ok(losses.into_vec())
    }
}

impl Format for Xmi {
    fn info(&self) -> &'static FormatInfo {
        &XMI
    }

    fn read_each(
        &self,
        input: &Input<'_>,
        options: &Options,
        each: &mut EachDocument<'_>,
    ) -> Result<Imported, FormatError> {
        let unit = UnitHint::new(options, CountedUnit::Utf16);
        xmi_files::read(input, unit, each)
    }

    fn write(
        &self,
        context: &WriteContext<'_>,
        documents: &mut dyn Iterator<Item = NamedDocument>,
        sink: &mut dyn Sink,
    ) -> Result<Vec<Loss>, FormatError> {
        let mut losses = Losses::default();
        let mut types = Types::new();
        add_types(&mut types, &[]);
        let mut names = FileNames::default();
        let mut folders: BTreeSet<String> = BTreeSet::new();
        for NamedDocument { id, document } in documents {
            let name = names.next(&id, document.meta().annotator.as_deref());
            let folder = name.rsplit_once('/').map_or("", |(folder, _)| folder);
            if !folders.contains(folder) {
                folders.insert(folder.to_owned());
            }
            losses.count(&id, &document, &XMI);
            let text = document.source().as_str();
            losses.add(Feature::Characters, &id, lost_characters(text));
            let structures = of(&id, &document, context, &mut losses)?;
            add_types(&mut types, &structures);
            xmi::write(sink.create(&format!("{name}.xmi"))?, text, &structures)?;
        }
        if folders.is_empty() {
            folders.insert(String::new());
        }
        // Readers look for the types beside the file.
        for folder in folders {
            let name = match &*folder {
                "" => "TypeSystem.xml".to_owned(),
                folder => format!("{folder}/TypeSystem.xml"),
            };
            xmi::write_types(sink.create_beside(&name)?, &types)?;
        }
        Ok(losses.into_vec())
    }
}

fn of(
    id: &str,
    document: &Document,
    context: &WriteContext<'_>,
    losses: &mut Losses,
) -> Result<Vec<Structure>, FormatError> {
    let mut record = DocumentRecord::with_facts(id, document, context, losses)?;
    structures(&mut record).ok_or_else(|| FormatError::Misplaced {
        document: id.to_owned(),
        tag: String::new(),
    })
}

#[cfg(test)]
mod tests;
