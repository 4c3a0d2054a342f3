//! What a PDF says about itself: its Info dictionary (ISO 32000-2, 14.3.3) and its XMP (ISO 16684-1).

use hayro_font::hayro_syntax::Pdf;
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

/// Reads what is known about a document, from its Info dictionary and what else it says.
pub(super) fn known(pdf: &Pdf, info: Option<&Dict<'_>>, budget: &mut Budget) -> Known {
    let mut known = Known::default();
    if let Some(info) = info {
        known.info(info);
    }
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
    fn info(&mut self, info: &Dict<'_>) {
        let text = |key: &str| {
            let text = info.get::<PdfString<'_>>(key);
            text.map_or_else(String::new, |text| one_line(&text_string(text.as_bytes())))
        };
        self.title = text("Title");
        self.byline = text("Author");
        self.created = text("CreationDate");
        let others = [
            ("subject", text("Subject")),
            ("keywords", text("Keywords")),
            ("made with", text("Creator")),
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
        match day(&self.created) {
            Some(day) => article.field("file_created", &day),
            None => article.field("file_created", &self.created),
        }
        let others = self
            .others
            .into_iter()
            .filter(|(_, value)| !value.is_empty());
        article
            .left_out
            .extend(others.map(|(name, value)| format!("{name}: {value}")));
    }
}

/// The day of a date (ISO 32000-2, 7.9.4): `D:20200504101500Z`.
fn day(date: &str) -> Option<String> {
    let digits = date.strip_prefix("D:").unwrap_or(date).get(..8)?;
    let is_date = digits.bytes().all(|byte| byte.is_ascii_digit());
    let (year, day) = digits.split_at_checked(4).filter(|_| is_date)?;
    let (month, day) = day.split_at_checked(2)?;
    Some(format!("{year}-{month}-{day}"))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_day_of_a_date_is_read() {
        assert_eq!(day("D:20200504101500Z").as_deref(), Some("2020-05-04"));
        for date in ["", "D:2020", "4 May 2020", "D:ööööööööö"] {
            assert_eq!(day(date), None, "{date}");
        }
    }
}
