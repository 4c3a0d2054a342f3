//! All formats of articles, and the one that takes files of any of them.

use super::article_format::{ArticleFormat, info};
use super::article_lines::FORMAT as ARTICLE_LINES;
use super::article_table::FORMAT as ARTICLE_TABLE;
use super::docx::DOCX;
use super::epub::EPUB;
use super::europresse::EUROPRESSE;
use super::factiva::FACTIVA;
use super::found::FoundInFile;
use super::genios::GENIOS;
use super::lexisnexis::LEXISNEXIS;
use super::mediargus::MEDIARGUS;
use super::nexis_html::NEXIS_HTML;
use super::odt::ODT;
use super::pdf::PDF;
use super::proquest::PROQUEST;
use super::proquest_mail::PROQUEST_MAIL;
use super::rtf::RTF;
use super::webpage::WEBPAGE;
use crate::format::{FormatInfo, Input, Options};

/// The formats, those first whose files look like files of another one as well.
static FORMATS: [&ArticleFormat; 16] = [
    &DOCX,
    &ODT,
    &EPUB,
    &RTF,
    &PDF,
    &LEXISNEXIS,
    &PROQUEST,
    &MEDIARGUS,
    &GENIOS,
    &NEXIS_HTML,
    &FACTIVA,
    &EUROPRESSE,
    &PROQUEST_MAIL,
    &WEBPAGE,
    &ARTICLE_TABLE,
    &ARTICLE_LINES,
];

/// Files of any of the formats, mixed.
pub(in crate::format) static EVERY: ArticleFormat = ArticleFormat {
    info: &info(
        "articles",
        "Articles in any of the following formats",
        &ENDINGS,
    ),
    is_of: |_| false,
    find: find_any,
};

/// What their files end in.
const ENDINGS: [&str; 15] = [
    "docx", "docm", "dotx", "odt", "ott", "epub", "rtf", "pdf", "html", "htm", "xhtml", "mhtml",
    "mht", "eml", "txt",
];

/// Whether names say nothing about files of a format: most files of that name hold tags, or it has no files
/// of its own.
pub(in crate::format) fn is_by_content(info: &FormatInfo) -> bool {
    let formats = [EVERY.info, ARTICLE_TABLE.info, ARTICLE_LINES.info];
    formats.iter().any(|format| format.name == info.name)
}

/// The format of articles that a file is of by how it begins.
pub(in crate::format) fn of_content(beginning: &[u8]) -> Option<&'static FormatInfo> {
    by_content(beginning).map(|format| format.info)
}

/// The format of a database's export that a text is, though it could be an article itself by its name.
#[must_use]
pub fn export_in_text(text: &str) -> Option<&'static FormatInfo> {
    let beginning = text.as_bytes().get(..BEGINNING).unwrap_or(text.as_bytes());
    let mut exports = [&LEXISNEXIS, &PROQUEST, &MEDIARGUS, &GENIOS].into_iter();
    let found = exports.find(|format| (format.is_of)(beginning));
    found.map(|format| format.info)
}

fn by_content(bytes: &[u8]) -> Option<&'static ArticleFormat> {
    let bytes = bytes.strip_prefix(b"\xef\xbb\xbf").unwrap_or(bytes);
    let bytes = bytes.get(..BEGINNING).unwrap_or(bytes);
    FORMATS.into_iter().find(|format| (format.is_of)(bytes))
}

/// How much of a file is looked at, in bytes.
const BEGINNING: usize = 256 * 1024;

fn find_any(input: &Input<'_>, options: &Options) -> Result<FoundInFile, String> {
    match by_content(input.bytes).or_else(|| by_name(input.name)) {
        Some(format) => (format.find)(input, options),
        None => {
            Err("this is no file of articles that is known; name its format with --from".to_owned())
        }
    }
}

fn by_name(name: &str) -> Option<&'static ArticleFormat> {
    let (_, ending) = name.rsplit_once('.')?;
    let ending = ending.to_lowercase();
    let fits = |format: &&ArticleFormat| {
        ending != "txt" && format.info.extensions.contains(&&*ending) && !is_by_content(format.info)
    };
    FORMATS.into_iter().find(fits)
}

#[cfg(test)]
mod tests {
    use std::collections::BTreeSet;

    use super::*;

    #[test]
    fn files_of_every_format_are_looked_for() {
        // Tables and JSON are looked for only by their own formats.
        let formats = FORMATS.iter().filter(|format| !is_by_content(format.info));
        let endings = formats.flat_map(|format| format.info.extensions);
        let endings: BTreeSet<&str> = endings.copied().collect();
        assert_eq!(BTreeSet::from(ENDINGS), endings);
    }
}
