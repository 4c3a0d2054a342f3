//! What a PDF says about itself: its Info dictionary (ISO 32000-2, 14.3.3) and its XMP (ISO 16684-1).

use hayro_font::hayro_syntax::Pdf;
use hayro_font::hayro_syntax::metadata::Metadata;
use hayro_font::hayro_syntax::object::{Dict, Stream, String as PdfString};

use super::super::found::FoundArticle;
use super::super::paragraph_text::one_line;
use super::super::printed_date::printed_date;
use super::super::xml_walk::{Node, walk};
use super::budget::Budget;
use super::text_string::text_string;
use crate::format::xml_encoding::xml_text;
use crate::model::is_language_tag;

/// What is known about a document.
#[derive(Debug, Default)]
pub(super) struct Known {
    /// The title; many programs put the name of a file there.
    pub(super) title: String,
    byline: String,
    outlet: String,
    /// When it was published.
    date: String,
    language: String,
    section: String,
    address: String,
    /// When the file was made.
    created: String,
    /// What else there is, by name.
    others: Vec<(&'static str, String)>,
}

/// The dictionary in which a document begins (ISO 32000-2, 7.7.2).
pub(super) fn catalog(pdf: &Pdf) -> Option<Dict<'_>> {
    pdf.xref().get(pdf.xref().root_id())
}

/// Reads what is known about a document.
pub(super) fn known(pdf: &Pdf, budget: &mut Budget) -> Known {
    let mut known = Known::default();
    known.info(Pdf::metadata(pdf));
    let Some(catalog) = catalog(pdf) else {
        return known;
    };
    if let Some(language) = catalog.get::<PdfString<'_>>("Lang") {
        known.language = text_string(language.as_bytes());
    }
    let xmp = catalog.get::<Stream<'_>>("Metadata");
    if let Some(xmp) = xmp.and_then(|stream| budget.content(&stream)) {
        known.xmp(&xmp);
    }
    known
}

impl Known {
    fn info(&mut self, info: &Metadata) {
        let text = |bytes: &Option<Box<[u8]>>| {
            one_line(&text_string(bytes.as_deref().unwrap_or_default()))
        };
        self.title = text(&info.title);
        self.byline = text(&info.author);
        if let Some(at) = info.creation_date {
            self.created = format!("{:04}-{:02}-{:02}", at.year, at.month, at.day);
        }
        let others = [
            ("subject", text(&info.subject)),
            ("keywords", text(&info.keywords)),
            ("made with", text(&info.creator)),
        ];
        self.others.extend(others);
    }

    /// Reads the properties of XMP that say something about an article.
    fn xmp(&mut self, bytes: &[u8]) {
        let Ok(xml) = xml_text(bytes) else {
            return;
        };
        // The elements that are open, by space and name, and what is in them.
        let mut open: Vec<(String, String)> = Vec::new();
        let mut found: Vec<(String, String, String)> = Vec::new();
        let attributes = ["publicationName", "publicationDate", "section", "url"];
        let read = walk(&xml, &mut |node| match node {
            Node::Open(element) => {
                if element.name == "Description" {
                    for name in attributes {
                        let value = element.get(name).unwrap_or_default();
                        found.push(("prism".to_owned(), name.to_owned(), value));
                    }
                }
                open.push((element.space.to_owned(), element.name.to_owned()));
            }
            Node::Close => drop(open.pop()),
            Node::Text(text) => {
                // The value is in the element or in a list in it.
                let property = open
                    .iter()
                    .rev()
                    .find(|(space, _)| !space.ends_with("-rdf-syntax-ns#"));
                if let Some((space, name)) = property
                    && !text.trim().is_empty()
                {
                    found.push((space.clone(), name.clone(), text.trim().to_owned()));
                }
            }
        });
        if read.is_err() {
            return;
        }
        let mut authors: Vec<String> = Vec::new();
        for (space, name, value) in found {
            let (is_core, is_prism) = (
                space.ends_with("/dc/elements/1.1/"),
                space.contains("prism"),
            );
            let place = match &*name {
                "title" if is_core => &mut self.title,
                "creator" if is_core => {
                    authors.push(value);
                    continue;
                }
                "publisher" if is_core => &mut self.outlet,
                "publicationName" if is_prism => &mut self.outlet,
                "publicationDate" | "coverDate" if is_prism => &mut self.date,
                "language" if is_core => &mut self.language,
                "section" if is_prism => &mut self.section,
                "url" if is_prism => &mut self.address,
                _ => continue,
            };
            if place.is_empty() {
                *place = value;
            }
        }
        if self.byline.is_empty() {
            self.byline = authors.join(", ");
        }
    }

    /// Puts it in an article, but for the title.
    pub(super) fn into_article(self, article: &mut FoundArticle) {
        article.facts.byline = one_line(&self.byline);
        article.facts.outlet = one_line(&self.outlet);
        article.facts.section = one_line(&self.section);
        article.facts.address = one_line(&self.address);
        match printed_date(&self.date) {
            Some(found) => article.facts.date = found.date,
            None => article.field("date_as_printed", &self.date),
        }
        match is_language_tag(&self.language) {
            true => article.facts.language = self.language,
            false if self.language.is_empty() => {}
            false => article
                .left_out
                .push(format!("language: {}", self.language)),
        }
        article.field("file_created", &self.created);
        let others = self
            .others
            .into_iter()
            .filter(|(_, value)| !value.is_empty());
        article
            .left_out
            .extend(others.map(|(name, value)| format!("{name}: {value}")));
    }
}
