//! Rich Text Format: an article, or the articles of an export of APA or Nexis.

mod aside;
mod code_page;
mod text;
mod tokens;

use super::apa;
use super::article_format::{ArticleFormat, info};
use super::document_article::article_of;
use super::found::FoundInFile;
use super::nexis;
use crate::format::{Input, Options};

pub(in crate::format) static RTF: ArticleFormat = ArticleFormat {
    info: &info("rtf", "Rich Text Format, also of APA and Nexis", &["rtf"]),
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
    let mut found = if apa::is_export(&paragraphs) {
        apa::find(&paragraphs)
    } else if nexis::is_export(&paragraphs) {
        nexis::find(&paragraphs, None, options)
    } else {
        FoundInFile::one(article_of(paragraphs, options))
    };
    found.left_out.extend(document.left_out.told());
    found.doubts.extend(document.doubts);
    Ok(found)
}
