//! Rich Text Format: an article, or the articles of an export of a press database.

mod aside;
mod code_page;
mod text;
mod tokens;

use super::article_format::{ArticleFormat, info};
use super::database_document::{Database, articles_of};
use super::document_article::one_article;
use super::found::FoundInFile;
use crate::format::{Input, Options};

pub(in crate::format) static RTF: ArticleFormat = ArticleFormat {
    info: &info("rtf", "Rich Text Format", &["rtf"]),
    is_of: |bytes| bytes.starts_with(b"{\\rtf"),
    find,
};

fn find(input: &Input<'_>, options: &Options) -> Result<FoundInFile, String> {
    let bytes = input.bytes.trim_ascii_start();
    let bytes = bytes.strip_prefix(b"\xef\xbb\xbf").unwrap_or(bytes);
    if !bytes.starts_with(b"{\\rtf") {
        return Err("this is no RTF document; name its format with --from".to_owned());
    }
    let document = text::read(bytes)?;
    let paragraphs = document.paragraphs;
    let export = articles_of(&paragraphs, &[Database::Apa], None, options);
    let mut found = export.unwrap_or_else(|| one_article(paragraphs, options));
    found.left_out.extend(document.left_out.told());
    found.doubts.extend(document.doubts);
    Ok(found)
}
