//! Word documents (Office Open XML): an article, or the articles of an export of a press database.

mod body;
mod symbols;

use body::Notes;

use super::article_format::{ArticleFormat, info};
use super::database_document::{Database, articles_of};
use super::document_article::one_article;
use super::found::FoundInFile;
use super::xml_walk::{Node, walk};
use super::zip_parts::{Parts, damaged, holds};
use crate::format::zip_entries::is_zip;
use crate::format::{Input, Options};

pub(in crate::format) static DOCX: ArticleFormat = ArticleFormat {
    info: &info("docx", "Word document", &["docx", "docm", "dotx"]),
    is_of: |bytes| is_zip(bytes) && holds(bytes, b"word/document"),
    find,
};

fn find(input: &Input<'_>, options: &Options) -> Result<FoundInFile, String> {
    if !is_zip(input.bytes) {
        return Err("this is no Word document (.docx); name its format with --from".to_owned());
    }
    let mut parts = Parts::open(input.bytes)?;
    let main = main_part(&mut parts)?;
    let folder = main.rsplit_once('/').map_or("", |(folder, _)| folder);
    let beside = |name: &str| format!("{folder}/{name}");
    let mut notes = |name: &str| match parts.text(&beside(name))? {
        Some(xml) => body::read_notes(&xml).map_err(|error| damaged(name, &error)),
        None => Ok(Notes::new()),
    };
    let (footnotes, endnotes) = (notes("footnotes.xml")?, notes("endnotes.xml")?);
    let xml = parts.text(&main)?.unwrap_or_default();
    let body = body::read(&xml, &footnotes, &endnotes);
    let body = body.map_err(|error| damaged(&main, &error))?;
    drop(xml);
    let said = parts.text(CUSTOM)?.and_then(|xml| document_count(&xml));
    let export = articles_of(&body.paragraphs, &[Database::Nexis], said, options);
    let mut found = export.unwrap_or_else(|| one_article(body.paragraphs, options));
    let part = |begins: &str| {
        parts
            .names
            .iter()
            .any(|name| name.starts_with(&beside(begins)))
    };
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

/// The part with the text: that which the document names, or the usual one.
fn main_part(parts: &mut Parts<'_>) -> Result<String, String> {
    const RELATIONS: &str = "_rels/.rels";
    let mut named = None;
    if let Some(xml) = parts.text(RELATIONS)? {
        let relations = walk(&xml, &mut |node| {
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
    possible
        .find(|name| parts.names.contains(name))
        .ok_or_else(|| {
            "there is no text in this document; it is damaged, or no Word document".to_owned()
        })
}

/// How many documents Nexis Uni says are in it.
fn document_count(xml: &str) -> Option<usize> {
    let (mut inside, mut count) = (false, None);
    let read = walk(xml, &mut |node| match node {
        Node::Open(element) if element.name == "property" => {
            inside = element.get("name").is_some_and(|name| name == "LADocCount");
        }
        Node::Text(text) if inside && !text.trim().is_empty() => count = text.trim().parse().ok(),
        Node::Open(_) | Node::Close | Node::Text(_) => {}
    });
    read.ok()?;
    count
}
