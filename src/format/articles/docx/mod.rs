//! Word documents (Office Open XML): an article, or the articles of a Nexis Uni export.

mod body;
mod symbols;
mod table;

use body::Notes;

use super::article_format::{ArticleFormat, info};
use super::document_article::article_of;
use super::found::FoundInFile;
use super::nexis;
use super::xml_walk::{Node, walk};
use crate::format::xml_encoding::xml_text;
use crate::format::zip_entries::{ZipEntries, is_zip};
use crate::format::{Input, Options};

/// So many bytes the parts that are read may have once they are unpacked.
pub(super) const LARGEST: u64 = 128 << 20;

pub(in crate::format) static DOCX: ArticleFormat = ArticleFormat {
    info: &info(
        "docx",
        "Word document, also of Nexis Uni",
        &["docx", "docm", "dotx"],
    ),
    is_of: |bytes| is_zip(bytes) && holds(bytes, b"word/document"),
    find,
};

/// Whether some bytes are among others.
pub(super) fn holds(bytes: &[u8], words: &[u8]) -> bool {
    bytes.windows(words.len()).any(|piece| piece == words)
}

fn find(input: &Input<'_>, options: &Options) -> Result<FoundInFile, String> {
    if !is_zip(input.bytes) {
        return Err("this is no Word document (.docx); name its format with --from".to_owned());
    }
    let mut zip = ZipEntries::open_up_to(LARGEST, input.bytes)?;
    let names = zip.names()?;
    let has = |name: &str| names.iter().any(|known| known == name);
    let main = main_part(&mut zip, &names)?;
    let folder = main.rsplit_once('/').map_or("", |(folder, _)| folder);
    let beside = |name: &str| format!("{folder}/{name}");
    let mut notes = |name: &str| match has(&beside(name)) {
        true => {
            let bytes = zip.read(&beside(name))?;
            body::read_notes(&text(&bytes)?).map_err(|error| damaged(name, &error))
        }
        false => Ok(Notes::new()),
    };
    let (footnotes, endnotes) = (notes("footnotes.xml")?, notes("endnotes.xml")?);
    let bytes = zip.read(&main)?;
    let body = body::read(&text(&bytes)?, &footnotes, &endnotes);
    let body = body.map_err(|error| damaged(&main, &error))?;
    let said = match has(CUSTOM) {
        true => zip
            .read(CUSTOM)
            .ok()
            .and_then(|bytes| document_count(&bytes)),
        false => None,
    };
    let mut found = if nexis::is_export(&body.paragraphs) {
        nexis::find(&body.paragraphs, said, options)
    } else {
        FoundInFile::one(article_of(body.paragraphs, options))
    };
    let part = |begins: &str| names.iter().any(|name| name.starts_with(&beside(begins)));
    for (begins, told) in [("header", "page headers"), ("footer", "page footers")] {
        if part(begins) {
            found.left_out.push(told.to_owned());
        }
    }
    let counted = body
        .left_out
        .iter()
        .map(|(kind, n)| format!("{kind} ({n})"));
    found.left_out.extend(counted);
    if body.has_open_field {
        let words = "a field in it does not end, so that words after it may be missing; open and save it \
                     in a word processor";
        found.doubts.push(words.to_owned());
    }
    Ok(found)
}

const CUSTOM: &str = "docProps/custom.xml";

fn damaged(part: &str, error: &str) -> String {
    format!(
        "`{part}` in this document cannot be read ({error}); open and save it in a word processor"
    )
}

fn text(bytes: &[u8]) -> Result<std::borrow::Cow<'_, str>, String> {
    xml_text(bytes).map_err(|error| error.to_string())
}

/// The part with the text: that which the document names, or the usual one.
fn main_part(zip: &mut ZipEntries<'_>, names: &[String]) -> Result<String, String> {
    const RELATIONS: &str = "_rels/.rels";
    let mut named = None;
    if names.iter().any(|name| name == RELATIONS) {
        let bytes = zip.read(RELATIONS)?;
        let relations = walk(&text(&bytes)?, &mut |node| {
            if let Node::Open(element) = node
                && element.name == "Relationship"
                && element
                    .get("Type")
                    .is_some_and(|kind| kind.ends_with("/officeDocument"))
            {
                named = element.get("Target");
            }
        });
        relations.map_err(|error| damaged(RELATIONS, &error))?;
    }
    let named = named.map(|name| name.trim_start_matches('/').to_owned());
    let usual = "word/document.xml".to_owned();
    let mut possible = named.into_iter().chain([usual]);
    possible.find(|name| names.contains(name)).ok_or_else(|| {
        "there is no text in this document; it is damaged, or no Word document".to_owned()
    })
}

/// How many documents Nexis Uni says are in it.
fn document_count(bytes: &[u8]) -> Option<usize> {
    let (mut inside, mut count) = (false, None);
    let xml = text(bytes).ok()?;
    let read = walk(&xml, &mut |node| match node {
        Node::Open(element) if element.name == "property" => {
            inside = element.get("name").is_some_and(|name| name == "LADocCount");
        }
        Node::Text(text) if inside && !text.trim().is_empty() => count = text.trim().parse().ok(),
        Node::Open(_) | Node::Close | Node::Text(_) => {}
    });
    read.ok()?;
    count
}
