//! JSON Lines as spaCy's users and Prodigy know them: text, tokens, spans and relations, offsets in
//! code points. Fragments of split tags are spans chained by relations.

mod docbin;
mod ends;
mod first_cover;
mod inclusive_ends;
mod items;
mod naming;
mod parse;
mod parse_span;
mod parse_tokens;
mod read;
mod record;
mod review;
mod tokens;
mod write;

use super::interchange::DocumentRecord;
use super::left_out::LeftOut;
use super::link_facts;
use super::tally::Content;
use super::{
    Carries, EachDocument, Feature, Format, FormatError, FormatInfo, Imported, Input, Layout, Loss,
    Losses, NamedDocument, OptionInfo, Options, RecordProblem, Sink, Unit, WriteContext,
    counting::{CountedUnit, UnitHint},
    info::UNIT_OPTION,
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
    read_options: &[UNIT_OPTION],
    carries: |feature| match feature {
        Feature::Overlap
        | Feature::Nesting
        | Feature::Tags
        | Feature::Links
        | Feature::Edges
        | Feature::Characters => Carries::Natively,
        Feature::Unknown => Carries::No,
        Feature::Split
        | Feature::LooseLinks
        | Feature::Attributes
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
        Feature::LooseLinks
        | Feature::Attributes
        | Feature::People
        | Feature::Review
        | Feature::Notes
        | Feature::LinkFacts
        | Feature::Author
        | Feature::State
        | Feature::Ids
        | Feature::Facts
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

    fn read_each(
        &self,
        input: &Input<'_>,
        options: &Options,
        each: &mut EachDocument<'_>,
    ) -> Result<Imported, FormatError> {
        let mut imported = Imported::default();
        let unit = UnitHint::new(options, CountedUnit::CodePoints);
        let mut left_out = LeftOut::default();
        let mut records = Vec::new();
        let items = items::items(input.text()?, &mut left_out);
        let items = items.into_iter().zip(1..);
        let items: Vec<_> = items.filter(|((_, item), _)| *item != "null").collect();
        let mut pairs = items.windows(2);
        let numbered = pairs.any(|pair| matches!(pair, [((a, _), _), ((b, _), _)] if a == b));
        // Of each record, its number in the file where its line does not say which it is.
        let mut numbers = Vec::new();
        for ((line, item), n) in items {
            let number = numbered.then_some(n);
            left_out.in_record(number);
            left_out.read(Content::Document, 1);
            match parse::record(item, line, &mut left_out) {
                Ok(mut record) => {
                    let versions = std::mem::take(&mut record.versions);
                    left_out.read(Content::Document, versions.len());
                    let all = [record].into_iter().chain(versions);
                    records.extend(all.map(|record| (line, record)));
                    numbers.resize(records.len(), number);
                }
                Err(message) => {
                    let message = in_record(number, message);
                    imported.problems.push(RecordProblem { line, message });
                }
            }
        }
        left_out.in_record(None);
        inclusive_ends::read_inclusive_ends(&mut records, unit, &mut left_out);
        naming::name_all(&mut records, input.name, &mut left_out);
        for ((line, mut record), number) in records.into_iter().zip(numbers) {
            left_out.in_record(number);
            let annotator = record.annotator.take();
            let made_by = std::mem::take(&mut record.made_by);
            let (mut document, facts) = read::document(record, line, unit, &mut left_out);
            if let Some(annotator) = annotator {
                document.annotator = annotator;
                document.made_by = made_by;
            }
            let read = document.into_document(INFO.name, input.name, line);
            let read = read.map(|read| link_facts::restore(read, facts));
            let read = read.map_err(|messages| {
                let messages = messages.into_iter();
                messages.map(|said| in_record(number, said)).collect()
            });
            imported.hand_over(read, line, each);
        }
        left_out.report(&mut imported);
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
            let record = DocumentRecord::with_facts(&id, &document, context, &mut losses)?;
            let (record, misaligned) = write::record(record, cut);
            losses.add(Feature::Edges, &id, misaligned);
            serde_json::to_writer(&mut *out, &record).map_err(std::io::Error::from)?;
            out.write_all(b"\n")?;
        }
        Ok(losses.into_vec())
    }
}

/// A message about a record that has a number.
fn in_record(number: Option<usize>, message: String) -> String {
    match number {
        Some(number) => format!("record {number}: {message}"),
        None => message,
    }
}

#[cfg(test)]
mod tests;
