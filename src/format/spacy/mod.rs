//! JSON Lines as spaCy's users and Prodigy know them: text, tokens, spans and relations, offsets in
//! code points. Fragments of split tags are spans chained by relations.

mod convert;
mod record;
mod tokens;

use super::interchange::DocumentRecord;
use super::json_lines::read_lines;
use super::{
    Carries, Feature, Format, FormatError, FormatInfo, Imported, Input, Layout, Loss, Losses,
    NamedDocument, OptionInfo, Sink, Unit, WriteContext,
};

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

impl Format for Spacy {
    fn info(&self) -> &'static FormatInfo {
        &INFO
    }

    fn read(&self, input: &Input<'_>) -> Result<Imported, FormatError> {
        let mut imported = Imported::default();
        read_lines(input, &mut imported, |record: record::Record, line| {
            convert::document(record).into_document(INFO.name, input.name, line)
        })?;
        // What begins so is bookkeeping, not something lost.
        imported
            .ignored
            .retain(|field| !field.message.starts_with('_'));
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
                convert::record(DocumentRecord::from_document(id.clone(), &document)?, cut);
            losses.add(Feature::Edges, &id, misaligned);
            serde_json::to_writer(&mut *out, &record).map_err(std::io::Error::from)?;
            out.write_all(b"\n")?;
        }
        Ok(losses.into_vec())
    }
}

#[cfg(test)]
mod tests;
