//! JSON Lines as spaCy's users and Prodigy know them: text, tokens, spans and relations, offsets in
//! code points. Fragments of split tags are spans chained by relations.

mod docbin;
mod items;
mod left_out;
mod naming;
mod parse;
mod parse_span;
mod read;
mod record;
mod tokens;
mod write;

use std::collections::BTreeSet;

use super::interchange::DocumentRecord;
use super::link_facts;
use super::set_aside::SetAside;
use super::{
    Carries, Feature, Format, FormatError, FormatInfo, Imported, Input, Layout, Loss, Losses,
    NamedDocument, OptionInfo, RecordProblem, Sink, Unit, WriteContext,
};

/// The format `docbin`.
pub(super) struct SpacyDocBin;

/// The format `spacy`.
pub(super) struct Spacy;

static INFO: FormatInfo = FormatInfo {
    name: "spacy",
    title: "spaCy / Prodigy JSON Lines",
    extensions: &["jsonl"],
    unit: Unit::CodePoints,
    layout: Layout::OneFile,
    reads: true,
    writes: true,
    options: &[OptionInfo {
        name: "tokens",
        about: "Tokens",
        values: &[
            ("cut", "split at the edges of tags, so that no tag is lost"),
            (
                "plain",
                "words and punctuation only; tags that split one are left out and counted",
            ),
        ],
    }],
    carries: |feature| match feature {
        Feature::Overlap
        | Feature::Nesting
        | Feature::Tags
        | Feature::Links
        | Feature::Edges
        | Feature::Characters => Carries::Natively,
        Feature::Unknown => Carries::No,
        Feature::Split
        | Feature::Attributes
        | Feature::People
        | Feature::Review
        | Feature::Notes
        | Feature::Author => Carries::ByConvention,
    },
};

static DOCBIN: FormatInfo = FormatInfo {
    name: "docbin",
    title: "spaCy DocBin (training data)",
    extensions: &["spacy"],
    reads: false,
    options: &[],
    carries: |feature| match feature {
        Feature::Overlap
        | Feature::Nesting
        | Feature::Tags
        | Feature::Edges
        | Feature::Characters => Carries::Natively,
        Feature::Links | Feature::Split => Carries::ByConvention,
        Feature::Attributes
        | Feature::People
        | Feature::Review
        | Feature::Notes
        | Feature::Author
        | Feature::Unknown => Carries::No,
    },
    ..INFO
};

/// What `spacy train` needs beside the data.
const CONFIG: &str = include_str!("../../../assets/spancat.cfg");

impl Format for SpacyDocBin {
    fn info(&self) -> &'static FormatInfo {
        &DOCBIN
    }

    fn write(
        &self,
        _: &WriteContext<'_>,
        documents: &mut dyn Iterator<Item = NamedDocument>,
        sink: &mut dyn Sink,
    ) -> Result<Vec<Loss>, FormatError> {
        let mut losses = Losses::default();
        let mut docs = docbin::DocBin::default();
        for NamedDocument { id, document } in documents {
            losses.count(&id, &document, &DOCBIN);
            docs.push(&DocumentRecord::from_document(id, &document)?)?;
        }
        docs.write(sink.create("train.spacy")?)?;
        sink.create_beside("config.cfg")?
            .write_all(CONFIG.as_bytes())?;
        Ok(losses.into_vec())
    }
}

impl Format for Spacy {
    fn info(&self) -> &'static FormatInfo {
        &INFO
    }

    fn read(&self, input: &Input<'_>) -> Result<Imported, FormatError> {
        let mut imported = Imported::default();
        let mut aside = SetAside::default();
        let mut records = Vec::new();
        for (line, item) in items::items(input.text()?) {
            if item == "null" {
                continue;
            }
            match parse::record(item) {
                Ok(record) => records.push((line, record)),
                Err(message) => imported.problems.push(RecordProblem { line, message }),
            }
        }
        naming::name_all(&mut records, input.name, &mut aside);
        let mut bookkeeping = BTreeSet::new();
        for (line, mut record) in records {
            let left_out = std::mem::take(&mut record.left_out);
            for (what, why) in left_out.content {
                aside.add(line, what, why);
            }
            for name in left_out.unknown {
                imported.note_ignored(line, name);
            }
            bookkeeping.extend(left_out.bookkeeping);
            let annotator = record.annotator.take();
            let (mut document, facts) = read::document(record, line, &mut aside);
            if let Some(annotator) = annotator {
                document.annotator = annotator;
            }
            let read = document.into_document(INFO.name, input.name, line);
            imported.add(read.map(|read| link_facts::restore(read, facts)), line);
        }
        if !bookkeeping.is_empty() {
            let names: Vec<String> = bookkeeping.into_iter().collect();
            let message = format!("bookkeeping of Prodigy ({})", names.join(", "));
            imported.note_ignored(1, message);
        }
        aside.report(&mut imported);
        Ok(imported)
    }

    fn write(
        &self,
        context: &WriteContext<'_>,
        documents: &mut dyn Iterator<Item = NamedDocument>,
        sink: &mut dyn Sink,
    ) -> Result<Vec<Loss>, FormatError> {
        let mut losses = Losses::default();
        let out = sink.create("export.jsonl")?;
        for NamedDocument { id, document } in documents {
            losses.count(&id, &document, &INFO);
            let cut = !context.options.chose("tokens", "plain");
            let (record, misaligned) =
                write::record(DocumentRecord::from_document(id.clone(), &document)?, cut);
            losses.add(Feature::Edges, &id, misaligned);
            serde_json::to_writer(&mut *out, &record).map_err(std::io::Error::from)?;
            out.write_all(b"\n")?;
        }
        Ok(losses.into_vec())
    }
}

#[cfg(test)]
mod tests;
