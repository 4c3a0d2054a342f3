//! PDF documents (ISO 32000-2): letters with their places become words, words columns, columns paragraphs.
//!
//! Of what was tried in 2026, pdf-extract mixes columns; pdf_oxide reads them, in 450,000 lines that take six minutes
//! to compile; pdfium is C++. hayro reads what a PDF holds, without unsafe code but for one place, and its order is
//! found here.

mod blocks;
mod budget;
mod content;
mod face;
mod headline;
mod hyphens;
mod layout;
mod left_out;
mod lines;
mod margins;
mod marks;
mod metadata;
mod paragraphs;
mod remarks;
mod structure;
#[cfg(test)]
mod tests;
mod text_state;
mod text_string;
mod words;

use std::sync::Arc;

use hayro_font::hayro_syntax::object::Dict;
use hayro_font::hayro_syntax::{LoadPdfError, Pdf};
use thiserror::Error;

use self::budget::Budget;
use self::face::Faces;
use self::layout::Layout;
use self::margins::Sheet;
use self::metadata::{catalog, known};
use self::remarks::Remarks;
use super::article_format::{ArticleFormat, info};
use super::found::FoundInFile;
use super::text_limit::TextLimit;
use crate::format::{Input, Options};

pub(in crate::format) static PDF: ArticleFormat = ArticleFormat {
    info: &info("pdf", "PDF", &["pdf"]),
    is_of: |bytes| bytes.starts_with(b"%PDF-"),
    find,
};

/// So many pages are read.
const MOST_PAGES: usize = 1_000;

/// Why a PDF is not read.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Error)]
enum PdfError {
    #[error("this is no PDF (.pdf); name its format with --from")]
    NoPdf,
    #[error("this PDF is damaged; open it in its program, save it again and import that")]
    Damaged,
    #[error(
        "this PDF is encrypted; take that off with `qpdf --decrypt IN.pdf OUT.pdf`, or print it as a PDF, and \
         import that"
    )]
    Encrypted,
    #[error(
        "this PDF would take too much time or memory; print it as a PDF, or take out a few pages with `qpdf \
         IN.pdf --pages . 1-5 -- OUT.pdf`, and import that"
    )]
    TooIntricate,
    #[error(
        "this PDF has more than 1,000 pages; take out those of the article with `qpdf IN.pdf --pages . 1-5 -- \
         OUT.pdf` and import that"
    )]
    TooManyPages,
    #[error(
        "there is no text in this PDF, only pictures of it; recognize it first, as with `ocrmypdf IN.pdf OUT.pdf`, \
         and import that"
    )]
    NoText,
    #[error(
        "the fonts of this PDF do not say which letters they print; recognize its text with `ocrmypdf --force-ocr \
         IN.pdf OUT.pdf` and import that"
    )]
    UnknownLetters,
    #[error(
        "the lines of this PDF run downwards or are turned, and are not read; turn its pages with `qpdf IN.pdf OUT.pdf \
         --rotate=+90`, or copy the text out of a viewer into a .txt"
    )]
    NotLevel,
}

fn find(input: &Input<'_>, options: &Options) -> Result<FoundInFile, String> {
    read(input.bytes, options)
}

fn read(bytes: &[u8], options: &Options) -> Result<FoundInFile, String> {
    // Other things may stand before it.
    let begin = bytes.get(..1_024).unwrap_or(bytes);
    if !begin.windows(5).any(|word| word == b"%PDF-") {
        return Err(PdfError::NoPdf.to_string());
    }
    let trailer = structure::check(bytes).map_err(|error| error.to_string())?;
    let pdf = Pdf::new(Arc::new(bytes.to_vec())).map_err(|error| match error {
        LoadPdfError::Decryption(_) => PdfError::Encrypted.to_string(),
        LoadPdfError::Invalid => PdfError::Damaged.to_string(),
    })?;
    let pages = pdf.pages();
    if pages.len() > MOST_PAGES {
        return Err(PdfError::TooManyPages.to_string());
    }
    let mut budget = Budget::default();
    let mut limit = TextLimit::default();
    let mut faces = Faces::default();
    let mut remarks = Remarks::default();
    match counted_pages(&pdf) {
        Some(count) => remarks.missing_pages(count.saturating_sub(pages.len())),
        None => remarks.lost("how many pages there are"),
    }
    let info = trailer.info.flatten();
    let info: Option<Dict<'_>> = info.and_then(|info| pdf.xref().get(info.into()));
    if !trailer.is_found || trailer.info.is_some() && info.is_none() {
        remarks.lost("what the document says about itself");
    }
    let mut sheets = Vec::new();
    let mut pictures = Vec::new();
    for (n, page) in pages.iter().enumerate() {
        let found = content::read(page, &mut faces, &mut budget);
        remarks.page(n, &found);
        let mut words = found.words;
        words.retain(|word| limit.has_room(word.text.len()));
        sheets.push(Sheet {
            words,
            height: page.render_dimensions().1,
        });
        pictures.push(found.pictures);
    }
    limit.check()?;
    if let Some(error) = remarks.nothing_to_read() {
        return Err(error.to_string());
    }
    let known = known(&pdf, info.as_ref(), &mut budget);
    Ok(Layout::of(sheets, pictures).articles(known, remarks, options))
}

/// How many pages the file says it has (ISO 32000-2, 7.7.3); `None` where it does not say.
fn counted_pages(pdf: &Pdf) -> Option<usize> {
    let pages = catalog(pdf)?.get::<Dict<'_>>("Pages")?;
    usize::try_from(pages.get::<i32>("Count")?).ok()
}
