//! Tokens and tags in columns, as sequence labelling is trained and scored: one file for each label,
//! since two tags of one file cannot share a token. All files have the same tokens and sentences, line
//! for line. Sentences end at an empty line. For training models; what comes back from a file are the
//! words and the tags of all its columns of tags but those of phrases (chunks), which are grammar.

mod columns;
mod layer;
mod lines;
mod multi_label;
mod read;
mod sequence;
mod text;
mod tokens;

use std::collections::BTreeMap;
use std::io::{self, Write};

use flate2::write::{DeflateDecoder, DeflateEncoder};

use super::file_names::FileNames;
use super::{
    Carries, EachDocument, Feature, Format, FormatError, FormatInfo, Imported, Input, Layout, Loss,
    Losses, NamedDocument, OptionInfo, Options, Sink, Unit, WriteContext,
};

use columns::fields;
use layer::{Columns, Layers};
use sequence::sign;

/// The format `conll`.
pub(super) struct Conll;

static INFO: FormatInfo = FormatInfo {
    name: "conll",
    title: "CoNLL columns",
    extensions: &["conll", "conllu", "iob", "bio"],
    unit: Unit::Tokens,
    layout: Layout::Folder,
    reads: true,
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
        OptionInfo {
            name: "rows",
            about: "Rows",
            values: &[
                ("tokens", "a line for each token, as CoNLL has it"),
                (
                    "sentences",
                    "a JSON object for each sentence, for token classification with transformers",
                ),
            ],
        },
    ],
    read_options: &[],
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
        | Feature::Facts
        | Feature::Unknown => Carries::No,
    },
};

/// So many lines of a file show what is in it.
const SHOWING: usize = 50;

/// Whether a file that begins so has a word and its tag on each line, whatever its name is.
pub(super) fn is_in_columns(beginning: &[u8]) -> bool {
    let text = String::from_utf8_lossy(beginning);
    let is_word = |line: &&str| {
        !line.trim().is_empty() && !line.starts_with('#') && !line.starts_with("-DOCSTART-")
    };
    let is_tag =
        |cell: &str| sign(cell).is_some_and(|(sign, label)| sign == 'O' || !label.is_empty());
    let mut tags: Option<Vec<bool>> = None;
    let mut lines = 0;
    for line in text.lines().filter(is_word).take(SHOWING) {
        lines += 1;
        let found = fields(line).map(is_tag);
        match &mut tags {
            None => tags = Some(found.collect()),
            Some(tags) => {
                let mut found = found;
                tags.iter_mut()
                    .for_each(|tag| *tag &= found.next().unwrap_or(false));
            }
        }
    }
    let mut tags = tags.into_iter().flatten().skip(1);
    // Two lines may be anything.
    lines > 2 && tags.any(|tag| tag)
}

impl Format for Conll {
    fn info(&self) -> &'static FormatInfo {
        &INFO
    }

    fn read_each(
        &self,
        input: &Input<'_>,
        _: &Options,
        each: &mut EachDocument<'_>,
    ) -> Result<Imported, FormatError> {
        read::read(input, each)
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
            json: context.options.chose("rows", "sentences"),
        };
        let ending = if columns.json { "jsonl" } else { "conll" };
        let labels = context.schema.labels().iter();
        let mut names = FileNames::default();
        let mut files: BTreeMap<String, String> = BTreeMap::new();
        let mut add = |files: &mut BTreeMap<String, String>, label: &str| {
            let file = format!("{}.{ending}", names.next(label, None));
            files.insert(label.to_owned(), file.clone());
            file
        };
        for label in labels {
            add(&mut files, &label.key);
        }
        let mut untagged = Untagged::default();
        for NamedDocument { id, document } in documents {
            losses.count(&id, &document, &INFO);
            for tag in document.set().annotations() {
                if !files.contains_key(&*tag.label) {
                    let file = add(&mut files, &tag.label);
                    untagged.copy(sink.append(&file)?)?;
                }
            }
            let layers = Layers::new(&id, &document);
            for (label, file) in &files {
                layers.write(Some(label), columns, sink.append(file)?)?;
            }
            layers.write(None, columns, &mut untagged.0)?;
            losses.add(Feature::Tags, &id, layers.lost.blank);
            losses.add(Feature::Overlap, &id, layers.lost.overlap);
            losses.add(Feature::Split, &id, layers.lost.split);
            losses.add(Feature::Edges, &id, layers.lost.trimmed);
            if !columns.json {
                losses.add(Feature::Characters, &id, layers.control_characters());
            }
        }
        Ok(losses.into_vec())
    }
}

/// The documents so far without any tags, for a label that first appears later: its file begins with
/// them. Compressed.
struct Untagged(DeflateEncoder<Vec<u8>>);

impl Default for Untagged {
    fn default() -> Self {
        Self(DeflateEncoder::new(Vec::new(), flate2::Compression::fast()))
    }
}

impl Untagged {
    fn copy(&mut self, out: &mut dyn Write) -> io::Result<()> {
        self.0.flush()?;
        let mut decoder = DeflateDecoder::new(out);
        decoder.write_all(self.0.get_ref())?;
        decoder.flush()
    }
}

#[cfg(test)]
mod tests;
