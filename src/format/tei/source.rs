//! What is known about the article, in the header: where it appeared, and what it is about.

use std::io::{self, Write};

use thin_vec::ThinVec;

use crate::format::xml::Xml;
use crate::format::xml_tree::Element;
use crate::model::{ArticleFacts, ArticleNote};

/// Said of articles nothing is known about.
const PLAIN: &str = "A plain text, tagged with Pullquote.";

/// Kinds of numbers: of the file that the article was imported from.
const FILE: &str = "imported-file";
const SHA256: &str = "imported-file-sha256";
/// Its place among the articles of the file, from 0.
const INDEX: &str = "imported-file-index";

/// The `sourceDesc`: the bibliographic record of the article.
pub(super) fn source_desc<W: Write>(facts: &ArticleFacts, xml: &mut Xml<W>) -> io::Result<()> {
    xml.open("sourceDesc", &[])?;
    // The language has a place of its own.
    let mut texts = facts.texts().into_iter();
    let is_known = texts.any(|(name, text)| name != "language" && !text.is_empty());
    let has_more = !facts.fields.is_empty() || !facts.notes.is_empty();
    if !is_known && !has_more && facts.imported_from.is_none() {
        xml.element("p", &[], PLAIN)?;
        return xml.close("sourceDesc");
    }
    xml.open("bibl", &[])?;
    let mut element = |name: &str, attributes: &[(&str, &str)], value: &str| {
        if value.is_empty() {
            return Ok(());
        }
        xml.element(name, attributes, value)
    };
    element("title", &[("level", "a")], &facts.headline)?;
    element("author", &[], &facts.byline)?;
    element("title", &[("level", "j")], &facts.outlet)?;
    let doubtful = facts
        .problems()
        .iter()
        .any(|problem| problem.fact == "date");
    if doubtful {
        element("date", &[], &facts.date)?;
    } else {
        element("date", &[("when", &facts.date)], &facts.date)?;
    }
    element("biblScope", &[("unit", "section")], &facts.section)?;
    element("ref", &[("target", &facts.address)], &facts.address)?;
    if let Some(from) = &facts.imported_from {
        element("idno", &[("type", FILE)], &from.file)?;
        element("idno", &[("type", SHA256)], &from.sha256)?;
        element("idno", &[("type", INDEX)], &from.index.to_string())?;
    }
    for (name, value) in &facts.fields {
        element("note", &[("type", "field"), ("n", name)], value)?;
    }
    for note in &facts.notes {
        element("note", &[("type", "note")], &note.text)?;
    }
    xml.close("bibl")?;
    xml.close("sourceDesc")
}

/// The `profileDesc`: language and labels of the article; nothing where neither is known.
pub(super) fn profile_desc<W: Write>(facts: &ArticleFacts, xml: &mut Xml<W>) -> io::Result<()> {
    if facts.language.is_empty() && facts.labels.is_empty() {
        return Ok(());
    }
    xml.open("profileDesc", &[])?;
    if !facts.language.is_empty() {
        xml.open("langUsage", &[])?;
        xml.empty("language", &[("ident", &facts.language)])?;
        xml.close("langUsage")?;
    }
    if !facts.labels.is_empty() {
        xml.open("textClass", &[])?;
        xml.open("keywords", &[])?;
        for label in &facts.labels {
            xml.element("term", &[], label)?;
        }
        xml.close("keywords")?;
        xml.close("textClass")?;
    }
    xml.close("profileDesc")
}

/// What a header of ours says about the article.
pub(super) fn facts_of(tei: Element<'_>) -> ArticleFacts {
    let mut facts = ArticleFacts::default();
    for element in tei.below("teiHeader") {
        let level = element.get("level").unwrap_or_default();
        let of = element.get("type").unwrap_or_default();
        let fact = match (element.local(), level) {
            ("title", "a") => &mut facts.headline,
            ("title", "j") => &mut facts.outlet,
            ("author", _) => &mut facts.byline,
            ("date", _) => &mut facts.date,
            ("biblScope", _) => &mut facts.section,
            ("ref", _) => &mut facts.address,
            ("idno", _) if of == FILE => &mut facts.imported_from.get_or_insert_default().file,
            ("idno", _) if of == SHA256 => &mut facts.imported_from.get_or_insert_default().sha256,
            ("idno", _) if of == INDEX => {
                let index = words(element).parse().unwrap_or_default();
                facts.imported_from.get_or_insert_default().index = index;
                continue;
            }
            ("note", _) if of == "field" => {
                let name = element.get("n").unwrap_or_default().to_owned();
                facts.fields.entry(name).or_default()
            }
            ("note", _) if of == "note" => {
                facts.notes.push(ArticleNote {
                    text: words(element),
                    by: String::new(),
                    when: String::new(),
                    unknown: ThinVec::new(),
                });
                continue;
            }
            ("language", _) => {
                let tag = element.get("ident").unwrap_or_default();
                tag.clone_into(&mut facts.language);
                continue;
            }
            ("term", _) => {
                facts.labels.insert(words(element));
                continue;
            }
            _ => continue,
        };
        *fact = words(element);
        // The same as the words.
        for attribute in ["when", "target", "unit"] {
            element.get(attribute);
        }
    }
    facts
}

/// All words of an element, which are read then.
fn words(element: Element<'_>) -> String {
    element.take_words();
    element.text()
}
