//! What the formats of articles have in common: each finds articles in a file, and what is found becomes
//! documents in one way.

use super::file_name::file_name;
use super::found::{FoundArticle, FoundInFile};
use super::paragraph_text::text_of;
use crate::format::draining::Draining;
use crate::format::tally::Content;
use crate::format::{
    ArticleRemarks, Carries, EachDocument, Format, FormatError, FormatInfo, Imported,
    ImportedDocument, Input, Layout, OptionInfo, Options, RecordProblem, Unit,
};
use crate::model::{Document, ImportedFrom};
use crate::text::SourceText;

/// A format of files that hold articles and no tags. It is read only.
pub(in crate::format) struct ArticleFormat {
    pub(in crate::format) info: &'static FormatInfo,
    /// Whether a file that begins like this (the first 256 KB, without byte order mark) is of the format.
    pub(in crate::format) is_of: fn(&[u8]) -> bool,
    /// Finds the articles of a file. The error says what is wrong with the file and what to do.
    pub(in crate::format) find: fn(&Input<'_>, &Options) -> Result<FoundInFile, String>,
}

/// A format of files with very many articles, which are handed over one by one.
pub(in crate::format) struct RecordFormat {
    pub(in crate::format) format: &'static ArticleFormat,
    /// Hands over the articles; the others of a file in which one cannot be read are not used.
    pub(in crate::format) each: EachRecord,
}

/// Gives what a file holds beside its articles. The error says what is wrong with the file and what to do.
pub(in crate::format) type EachRecord =
    fn(&Input<'_>, &mut dyn FnMut(FoundArticle)) -> Result<FoundInFile, String>;

/// All articles together.
pub(super) fn all_records(each: EachRecord, input: &Input<'_>) -> Result<FoundInFile, String> {
    let mut articles = Vec::new();
    let found = each(input, &mut |article| articles.push(article))?;
    Ok(FoundInFile { articles, ..found })
}

/// What can be chosen when articles are imported.
pub(in crate::format) const OPTIONS: &[OptionInfo] = &[
    OptionInfo {
        name: CAPTIONS,
        about: "Captions",
        values: &[
            ("out", "they are left out of the text, and listed"),
            ("in", "they stay in the text, where they are"),
        ],
    },
    OptionInfo {
        name: "keep",
        about: "Copy of the original file",
        values: &[
            ("no", "it stays where it is"),
            ("yes", "it is copied to where the articles go"),
        ],
    },
];

const CAPTIONS: &str = "captions";

/// Whether captions stay in the text.
pub(in crate::format) fn with_captions(options: &Options) -> bool {
    options.chose(CAPTIONS, "in")
}

/// What a format of articles is called.
pub(in crate::format) const fn info(
    name: &'static str,
    title: &'static str,
    extensions: &'static [&'static str],
) -> FormatInfo {
    FormatInfo {
        name,
        title,
        extensions,
        unit: Unit::None,
        layout: Layout::OneFile,
        reads: true,
        writes: false,
        options: &[],
        read_options: OPTIONS,
        carries: |_| Carries::No,
    }
}

impl Format for ArticleFormat {
    fn info(&self) -> &'static FormatInfo {
        self.info
    }

    fn read_each(
        &self,
        input: &Input<'_>,
        options: &Options,
        each: &mut EachDocument<'_>,
    ) -> Result<Imported, FormatError> {
        let mut out = HandOver::new(input, each);
        let mut found = match (self.find)(input, options) {
            Ok(found) => found,
            Err(message) => return Ok(failed(message)),
        };
        let articles = Draining::new(std::mem::take(&mut found.articles));
        articles.for_each(|article| out.take(article));
        out.finish(found)
    }
}

impl Format for RecordFormat {
    fn info(&self) -> &'static FormatInfo {
        self.format.info
    }

    fn read_each(
        &self,
        input: &Input<'_>,
        _: &Options,
        each: &mut EachDocument<'_>,
    ) -> Result<Imported, FormatError> {
        let mut out = HandOver::new(input, each);
        match (self.each)(input, &mut |article| out.take(article)) {
            Ok(found) => out.finish(found),
            Err(message) => Ok(failed(message)),
        }
    }
}

fn failed(message: String) -> Imported {
    let mut imported = Imported::default();
    imported.problems.push(RecordProblem { line: 1, message });
    imported
}

/// Hands over what was found in a file as documents.
struct HandOver<'a, 'b> {
    input: &'a Input<'a>,
    each: &'a mut EachDocument<'b>,
    found: usize,
    failed: Option<FormatError>,
}

impl<'a, 'b> HandOver<'a, 'b> {
    fn new(input: &'a Input<'a>, each: &'a mut EachDocument<'b>) -> Self {
        Self {
            input,
            each,
            found: 0,
            failed: None,
        }
    }

    fn take(&mut self, article: FoundArticle) {
        match imported_document(article, self.found, self.input) {
            Ok(document) => (self.each)(document),
            Err(error) => {
                self.failed.get_or_insert(error);
            }
        }
        self.found += 1;
    }

    /// What else was found.
    fn finish(self, found: FoundInFile) -> Result<Imported, FormatError> {
        if let Some(error) = self.failed {
            return Err(error);
        }
        let mut imported = Imported::default();
        if !found.left_out.is_empty() {
            let message = format!("not taken over: {}", found.left_out.join(", "));
            imported.notes.push(RecordProblem { line: 1, message });
        }
        let doubts = found.doubts.into_iter();
        let doubts = doubts.map(|message| RecordProblem { line: 1, message });
        imported.notes.extend(doubts);
        let refused = found.refused.into_iter();
        let refused = refused.map(|(line, message)| RecordProblem { line, message });
        imported.skipped.extend(refused);
        imported.tally.read.add(Content::Document, self.found);
        Ok(imported)
    }
}

fn imported_document(
    article: FoundArticle,
    index: usize,
    input: &Input<'_>,
) -> Result<ImportedDocument, FormatError> {
    let text = text_of(&article.paragraphs);
    let id = file_name(&article.facts, input.name, index);
    let mut facts = article.facts;
    facts.imported_from = Some(ImportedFrom {
        index,
        ..ImportedFrom::default()
    });
    Ok(ImportedDocument {
        line: article.line.max(1),
        id,
        document: Document::new(SourceText::new(text, "UTF-8")?),
        facts,
        article: Some(ArticleRemarks {
            left_out: article.left_out,
            without_text: article.without_text,
            doubts: article.doubts,
        }),
    })
}
