//! Tokens and tags in columns, as sequence labelling is trained and scored: one file for each label,
//! since two tags of one file cannot share a token. Sentences end at an empty line. For training
//! models, not for coming back.

mod layer;
mod tokens;

use std::collections::{BTreeMap, BTreeSet};

use super::file_names::FileNames;
use super::{
    Carries, Feature, Format, FormatError, FormatInfo, Layout, Loss, Losses, NamedDocument,
    OptionInfo, Sink, Unit, WriteContext,
};

use layer::{Columns, layer};

/// The format `conll`.
pub(super) struct Conll;

static INFO: FormatInfo = FormatInfo {
    name: "conll",
    title: "CoNLL columns",
    extensions: &["conll"],
    unit: Unit::Tokens,
    layout: Layout::Folder,
    reads: false,
    writes: true,
    options: &[
        OptionInfo {
            name: "scheme",
            about: "Tagging scheme",
            values: &[
                ("iob2", "B and I"),
                ("bilou", "B, I and L, U for a single token"),
            ],
        },
        OptionInfo {
            name: "columns",
            about: "Columns",
            values: &[
                ("2", "token and tag"),
                ("4", "token, start, end (code points) and tag"),
            ],
        },
    ],
    read_options: &[],
    carries: |feature| match feature {
        Feature::Overlap
        | Feature::Nesting
        | Feature::Split
        | Feature::Links
        | Feature::Attributes
        | Feature::People
        | Feature::Review
        | Feature::Notes
        | Feature::Author
        | Feature::Edges
        | Feature::Characters
        | Feature::Unknown => Carries::No,
    },
};

impl Format for Conll {
    fn info(&self) -> &'static FormatInfo {
        &INFO
    }

    fn write(
        &self,
        context: &WriteContext<'_>,
        documents: &mut dyn Iterator<Item = NamedDocument>,
        sink: &mut dyn Sink,
    ) -> Result<Vec<Loss>, FormatError> {
        let mut losses = Losses::default();
        let columns = Columns {
            bilou: context.options.chose("scheme", "bilou"),
            offsets: context.options.chose("columns", "4"),
        };
        let labels = context.schema.labels().iter();
        let mut names = FileNames::default();
        let mut files: BTreeMap<String, String> = BTreeMap::new();
        for label in labels {
            files.insert(label.key.to_string(), names.next(&label.key, None));
        }
        for NamedDocument { id, document } in documents {
            losses.count(&id, &document, &INFO);
            let used: BTreeSet<&str> = document
                .set()
                .annotations()
                .map(|tag| &*tag.label)
                .collect();
            for label in used {
                if !files.contains_key(label) {
                    files.insert(label.to_owned(), names.next(label, None));
                }
            }
            let (mut overlap, mut split) = (0, 0);
            for (label, file) in &files {
                let out = sink.append(&format!("{file}.conll"))?;
                let lost = layer(&document, label, columns, out)?;
                overlap += lost.overlap;
                split += lost.split;
            }
            losses.add(Feature::Overlap, &id, overlap);
            losses.add(Feature::Split, &id, split);
        }
        Ok(losses.into_vec())
    }
}

#[cfg(test)]
mod tests;
