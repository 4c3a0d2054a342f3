//! Rank 2: how documents are written down. Each format is one file here and one line in [`ALL`].
//!
//! Model types are never serialised as such: every format has wire types of its own and converts,
//! offsets included (bytes inside, [`FormatInfo::unit`] in files).

mod annotator_names;
pub mod article_facts;
mod articles;
pub mod assignments;
mod brat;
#[cfg(test)]
mod carried;
mod cas;
mod conll;
mod counting;
mod dataset_card;
mod derived_id;
mod detect;
mod doccano;
mod document_names;
pub(crate) mod draining;
mod error;
mod file_names;
mod free_ids;
mod given;
mod html;
mod html_entities;
mod html_tag;
mod imported_document;
mod info;
mod input;
mod interchange;
pub mod journal;
mod json;
mod json_lines;
mod json_syntax;
mod json_values;
mod jsonl;
mod labelstudio;
mod layer_names;
mod left_out;
mod limits;
mod link_ends;
mod link_facts;
mod losses;
mod messages;
#[cfg(test)]
mod mutations;
mod options;
mod other_file;
mod own_names;
mod packed_strings;
#[cfg(feature = "parquet")]
mod parquet;
mod project_path;
mod qdpx;
pub mod schema_file;
pub mod sidecar;
mod spacy;
mod stam;
mod table;
pub mod tagged_text;
mod tally;
mod tei;
#[cfg(test)]
mod testing;
mod w3c;
mod webannotsv;
mod xml;
mod xml_encoding;
mod xml_entities;
mod xml_tree;
mod zip_entries;

use std::collections::BTreeSet;
use std::io;

use sha2::{Digest, Sha256};

use crate::model::{ArticleFacts, Document, Schema};
use crate::text::wording::nearest;

pub use annotator_names::{AnnotatorNames, annotator_file_name, plain_annotator_name};
pub use articles::export_in_text;
pub use dataset_card::{DatasetCard, SplitShare};
pub(crate) use derived_id::derived_id;
pub use detect::{detect, detect_by_name, shape_of};
pub use error::FormatError;
pub use given::ALL_LEFT_OUT;
pub use imported_document::{ArticleRemarks, ImportedDocument, RecordProblem};
pub use info::{Carries, Feature, FormatInfo, Layout, OptionInfo, Unit};
pub use input::{Input, utf16_as_utf8};
pub use json_syntax::OddWord;
pub use jsonl::{ExactLine, JsonLine, TIMES, tag_order};
pub use losses::Loss;
pub use messages::Messages;
pub use options::{COMMON_OPTIONS, OptionError, Options};
pub use other_file::OtherFile;
pub(crate) use table::guarded;

use given::Given;
use losses::Losses;
use messages::ToldOnce;
use tally::Tally;

/// Every format of other tools and our own exchange format, in the order they are shown.
pub static ALL: &[&dyn Format] = &[
    &jsonl::JsonLines,
    &table::CSV,
    &table::TSV,
    &table::Quotes,
    &table::QuotesWorkbook,
    &html::Html,
    &brat::Brat,
    &w3c::WebAnnotations,
    &spacy::Spacy,
    &spacy::SpacyDocBin,
    &conll::Conll,
    &labelstudio::LabelStudio,
    &doccano::Doccano,
    &cas::CasJson,
    &cas::Xmi,
    &webannotsv::WebAnnoTsv,
    &stam::Stam,
    &tei::Tei,
    &qdpx::Qdpx,
    #[cfg(feature = "parquet")]
    &parquet::Parquet,
    &articles::EVERY,
    &articles::WEBPAGE,
    &articles::DOCX,
    &articles::ODT,
    &articles::RTF,
    &articles::EPUB,
    &articles::PDF,
    &articles::LEXISNEXIS,
    &articles::NEXIS_HTML,
    &articles::FACTIVA,
    &articles::EUROPRESSE,
    &articles::PROQUEST,
    &articles::PROQUEST_MAIL,
    &articles::MEDIARGUS,
    &articles::GENIOS,
    &articles::ARTICLE_TABLE,
    &articles::ARTICLE_LINES,
];

/// The format someone most likely meant by a name there is none of: the one with the nearest name, or
/// else with the nearest file name ending or word of its title.
#[must_use]
pub fn meant(name: &str) -> Option<&'static FormatInfo> {
    let name = &*name.to_lowercase();
    let infos = || ALL.iter().map(|format| format.info());
    let by_name = nearest(name, infos().map(|info| info.name));
    if let Some(found) = by_name {
        return infos().find(|info| info.name == found);
    }
    let called = |info: &FormatInfo| {
        let title = info.title.to_lowercase();
        let words = title.split(|c: char| !c.is_alphanumeric());
        let words = words.filter(|word| word.len() > 3).map(str::to_owned);
        let endings = info.extensions.iter().map(|ending| (*ending).to_owned());
        words.chain(endings).collect::<Vec<_>>()
    };
    infos().find(|info| nearest(name, called(info).iter().map(String::as_str)).is_some())
}

/// The format of files of articles that are of several formats.
#[must_use]
pub fn articles_of_any_format() -> &'static FormatInfo {
    articles::EVERY.info
}

/// The format with this name.
#[must_use]
pub fn by_name(name: &str) -> Option<&'static dyn Format> {
    ALL.iter()
        .copied()
        .find(|format| format.info().name == name)
}

/// Reads the documents of one file, and checks that what it holds is in them or told to be left out.
///
/// # Errors
/// [`FormatError`] where the file as a whole cannot be read.
pub fn read(
    format: &dyn Format,
    input: &Input<'_>,
    options: &Options,
) -> Result<Imported, FormatError> {
    let mut documents = Vec::new();
    let mut imported = read_each(format, input, options, &mut |read| documents.push(read))?;
    imported.documents = documents;
    Ok(imported)
}

/// [`read()`] that hands over each document as soon as it is read, so that they are never in memory
/// together. They may be used only if [`Imported::problems`] is empty in the end.
///
/// # Errors
/// As [`read()`].
pub fn read_each(
    format: &dyn Format,
    input: &Input<'_>,
    options: &Options,
    each: &mut EachDocument<'_>,
) -> Result<Imported, FormatError> {
    let mut given = Given::default();
    // Files of articles may be large.
    let mut sha256 = None;
    let mut imported = format.read_each(input, options, &mut |mut read| {
        if read.article.is_some() {
            let name = input.name.rsplit('/').next().unwrap_or(input.name);
            let from = read.facts.imported_from.get_or_insert_default();
            name.clone_into(&mut from.file);
            from.sha256 = sha256.get_or_insert_with(|| sha256_of(input.bytes)).clone();
        }
        each(given.take(read));
    })?;
    given.check(&mut imported);
    imported.given = given.documents();
    imported.problems.join_same();
    Ok(imported)
}

/// SHA-256 in hexadecimal.
fn sha256_of(bytes: &[u8]) -> String {
    let digits = Sha256::digest(bytes);
    digits.iter().map(|byte| format!("{byte:02x}")).collect()
}

/// Takes the documents of a file one by one.
pub type EachDocument<'a> = dyn FnMut(ImportedDocument) + 'a;

/// The formats that can be read, in the order they are shown.
pub fn readable() -> impl Iterator<Item = &'static FormatInfo> {
    ALL.iter()
        .map(|format| format.info())
        .filter(|info| info.reads)
}

/// The formats that can be written, in the order they are shown.
pub fn writable() -> impl Iterator<Item = &'static FormatInfo> {
    let infos = ALL.iter().map(|format| format.info());
    infos.filter(|info| info.writes)
}

/// A way to write documents down and to read them back.
pub trait Format: Sync {
    /// What it is called and what it can carry.
    fn info(&self) -> &'static FormatInfo;

    /// Reads the documents of one file, with what was chosen of [`FormatInfo::read_options`], and hands
    /// them over one by one; [`Imported::documents`] stays empty. What is wrong with single records is in
    /// [`Imported::problems`], so that all of it can be reported at once. Formats that cannot be read leave
    /// it as it is.
    ///
    /// # Errors
    /// [`FormatError`] where the file as a whole cannot be read.
    fn read_each(
        &self,
        _input: &Input<'_>,
        _options: &Options,
        _each: &mut EachDocument<'_>,
    ) -> Result<Imported, FormatError> {
        Err(FormatError::CannotRead(self.info().name))
    }

    /// The files beside one of this name that are read with it, and not by themselves. `bytes` reads it.
    fn parts(&self, _name: &str, _bytes: &dyn Fn() -> Option<Vec<u8>>) -> Vec<String> {
        Vec::new()
    }

    /// [`Self::read_each`] that keeps the documents in [`Imported::documents`].
    ///
    /// # Errors
    /// As [`Self::read_each`].
    fn read_with(&self, input: &Input<'_>, options: &Options) -> Result<Imported, FormatError> {
        let mut documents = Vec::new();
        let mut imported = self.read_each(input, options, &mut |read| documents.push(read))?;
        imported.documents = documents;
        Ok(imported)
    }

    /// [`Self::read_with`] without any option.
    ///
    /// # Errors
    /// As [`Self::read_each`].
    fn read(&self, input: &Input<'_>) -> Result<Imported, FormatError> {
        self.read_with(input, &Options::default())
    }

    /// The ending of the files a dataset card should describe; `None`: no card is wanted.
    fn card(&self, _options: &Options) -> Option<&'static str> {
        None
    }

    /// Writes documents as they come, without holding them all, and reports what got lost.
    ///
    /// # Errors
    /// [`FormatError`] where the sink fails, a document cannot be written at all, or the format is only read.
    fn write(
        &self,
        _context: &WriteContext<'_>,
        _documents: &mut dyn Iterator<Item = NamedDocument>,
        _sink: &mut dyn Sink,
    ) -> Result<Vec<Loss>, FormatError> {
        Err(FormatError::CannotWrite(self.info().name))
    }
}

/// What holds for all documents that are written together.
#[derive(Clone, Copy)]
pub struct WriteContext<'a> {
    /// The labels, roles and attributes of the project.
    pub schema: &'a Schema,
    /// What was chosen of [`FormatInfo::options`].
    pub options: &'a Options,
    /// What is known about an article, by the name of its document.
    pub facts: &'a dyn Fn(&str) -> ArticleFacts,
    /// How far the curated tags of an article are, by the name of its document: "curated, 3 differences
    /// undecided"; empty where its tags are no curated ones.
    pub curated: &'a dyn Fn(&str) -> String,
}

/// A document and what it is called outside: a path relative to its folder, with `/`.
#[derive(Debug, Clone)]
pub struct NamedDocument {
    /// Its name.
    pub id: String,
    /// The article and its annotations.
    pub document: Document,
}

/// Where a format writes: one or several files, one after the other.
pub trait Sink {
    /// Ends the file before and creates one of this name (relative, with `/`). Formats of
    /// [`Layout::OneFile`] call it once; the name is a proposal there.
    ///
    /// # Errors
    /// If the file cannot be created.
    fn create(&mut self, name: &str) -> io::Result<&mut dyn io::Write>;

    /// Ends the file before and begins one that belongs to the export as a whole and is beside it.
    ///
    /// # Errors
    /// If the file cannot be created.
    fn create_beside(&mut self, name: &str) -> io::Result<&mut dyn io::Write>;

    /// Continues a file of this name, or begins it; such files stay open to the end.
    ///
    /// # Errors
    /// If the file cannot be created.
    fn append(&mut self, name: &str) -> io::Result<&mut dyn io::Write>;
}

/// What a file gave.
#[derive(Debug, Clone, Default)]
pub struct Imported {
    /// The documents that can be read whole.
    pub documents: Vec<ImportedDocument>,
    /// Records that cannot be read; their documents are left out.
    pub problems: Messages,
    /// Fields nothing is known about and that were left out: their names, each with the line it
    /// first was on.
    pub ignored: Messages,
    /// Lines or records that were left out of documents which are read all the same, and why.
    pub skipped: Messages,
    /// What is worth knowing although nothing is lost: a new name, a place found by its words.
    pub notes: Messages,
    /// The name of the file that this one is read together with.
    pub part_of: Option<String>,
    /// What the file holds, and where it went.
    tally: Tally,
    /// How many documents were handed over.
    given: usize,
    /// Lines that tags were left out of.
    tag_lines: BTreeSet<usize>,
    /// The messages of [`Self::ignored`] that are told once.
    known_ignored: ToldOnce,
}

impl Imported {
    /// Whether there was nothing in the file that was read.
    #[must_use]
    pub fn holds_nothing(&self) -> bool {
        self.given == 0 && self.problems.is_empty() && self.skipped.is_empty()
    }

    /// How many texts, tags and links of the file are in no document.
    #[must_use]
    pub fn left_out(&self) -> usize {
        self.tally.left_out_records()
    }

    /// Notes once that something was left out, and where it was first.
    fn note_ignored(&mut self, line: usize, message: String) {
        if self.known_ignored.is_new(&message) {
            self.ignored.push(RecordProblem { line, message });
        }
    }

    /// [`Self::note_ignored`] of a list.
    fn note_all_ignored(&mut self, messages: Messages) {
        let known = &mut self.known_ignored;
        let new = messages.filtered(|message| known.is_new(message));
        self.ignored.append(new);
    }

    /// Adds what another file gave that is within this one, under its name.
    fn extend(&mut self, name: &str, mut other: Self) {
        // The lines of several files are told apart only here.
        let emptied = Given::of(&other.documents).emptied(&other);
        other.skipped.put_first(emptied);
        let named = |words: &str| format!("{name}: {words}");
        self.documents.extend(other.documents);
        self.problems.append(other.problems.reworded(named));
        self.ignored.append(other.ignored.reworded(named));
        self.skipped.append(other.skipped.reworded(named));
        self.notes.append(other.notes.reworded(named));
        self.tally.extend(other.tally);
    }

    /// Adds a document that was on a line, or what is wrong with it.
    fn add(&mut self, read: Result<ImportedDocument, Vec<String>>, line: usize) {
        match read {
            Ok(document) => self.documents.push(document),
            Err(messages) => self.add_problems(messages, line),
        }
    }

    /// Hands over a document that was on a line, or adds what is wrong with it.
    fn hand_over(
        &mut self,
        read: Result<ImportedDocument, Vec<String>>,
        line: usize,
        each: &mut EachDocument<'_>,
    ) {
        match read {
            Ok(document) => each(document),
            Err(messages) => self.add_problems(messages, line),
        }
    }

    /// Hands over all documents that were collected.
    fn hand_over_all(mut self, each: &mut EachDocument<'_>) -> Self {
        std::mem::take(&mut self.documents)
            .into_iter()
            .for_each(each);
        self
    }

    fn add_problems(&mut self, messages: Vec<String>, line: usize) {
        let problem = |message| RecordProblem { line, message };
        self.problems.extend(messages.into_iter().map(problem));
    }
}
