//! PDF documents are refused in words: they say where letters stand on a page, not in which order its
//! columns are read. Looked at in 2026: pdf-extract assigns no text to columns; pdfraw keeps them side by side, as they
//! are printed; pdf_oxide 0.3.78 joins the lines of two columns that stand beside each other on some pages. A text in
//! which two articles are mixed line by line is worse than none, and pdftotext tells columns apart.

use super::article_format::{ArticleFormat, info};
use super::found::FoundInFile;
use crate::format::{Input, Options};

pub(in crate::format) static PDF: ArticleFormat = ArticleFormat {
    info: &info(
        "pdf",
        "PDF (not imported; says how to convert it)",
        &["pdf"],
    ),
    is_of: |bytes| bytes.starts_with(b"%PDF-"),
    find,
};

fn find(input: &Input<'_>, _: &Options) -> Result<FoundInFile, String> {
    let name = input.name.rsplit('/').next().unwrap_or(input.name);
    let stem = name.rsplit_once('.').map_or(name, |(stem, _)| stem);
    Err(format!(
        "the text of a PDF is not read: its columns cannot be told apart; \
         convert it with `pdftotext \"{name}\" \"{stem}.txt\"` (poppler), which knows columns, look \
         at the order, and open the text"
    ))
}
