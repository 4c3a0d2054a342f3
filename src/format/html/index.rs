use std::collections::BTreeMap;
use std::fmt::Write as _;
use std::io::{self, Write};

use super::escape::escaped;
use super::{Article, head};
use crate::format::xml::Xml;
use crate::text::wording::{count, one_line};

/// The page that leads to those of the articles.
#[derive(Default)]
pub(super) struct Index {
    rows: Vec<IndexRow>,
    /// By name: how many quotes and claims, and in how many articles.
    people: BTreeMap<String, (usize, usize)>,
}

struct IndexRow {
    title: String,
    place: String,
    cells: [String; 5],
}

impl Index {
    pub(super) fn add(&mut self, article: &Article<'_>, name: &str) {
        let Article {
            document, schema, ..
        } = *article;
        let set = document.set();
        let said = || set.annotations().filter(|tag| schema.speaks(&tag.label));
        let mut here: BTreeMap<String, usize> = BTreeMap::new();
        for tag in said() {
            let role = schema.speaker_role(&tag.label);
            let mut names: Vec<String> = set
                .links_from(&tag.id)
                .filter(|link| role.is_some_and(|role| role.key == link.role))
                .filter_map(|link| set.person_behind(&link.to))
                .map(|person| one_line(&person.name))
                .collect();
            names.sort();
            names.dedup();
            for name in names {
                *here.entry(name).or_default() += 1;
            }
        }
        for (name, count) in here {
            let (said, articles) = self.people.entry(name).or_default();
            *said += count;
            *articles += 1;
        }
        self.rows.push(IndexRow {
            title: article.title.clone(),
            place: place(&format!("{name}.html")),
            cells: [
                article.id.to_owned(),
                match &document.meta().annotator {
                    Some(name) => name.to_string(),
                    None => article.curated.clone(),
                },
                document.meta().state.word().to_owned(),
                said().count().to_string(),
                set.person_count().to_string(),
            ],
        });
    }

    /// Whether there are several pages.
    pub(super) fn is_worth_a_page(&self) -> bool {
        self.rows.len() > 1
    }

    pub(super) fn page<W: Write>(&self, xml: &mut Xml<W>) -> io::Result<()> {
        head("Who said what", "", xml)?;
        xml.open("body", &[])?;
        xml.open("header", &[])?;
        xml.element("h1", &[], "Who said what")?;
        xml.element("p", &[], &count(self.rows.len(), "report"))?;
        xml.close("header")?;
        xml.open("main", &[])?;
        let heads = [
            "Article",
            "File",
            "Tagged by",
            "State",
            "Quotes and claims",
            "People",
        ];
        table(xml, "Articles", &heads)?;
        for row in &self.rows {
            xml.open("tr", &[])?;
            xml.open("td", &[("dir", "auto")])?;
            xml.open("a", &[("href", &row.place)])?;
            escaped(xml, &row.title)?;
            xml.close("a")?;
            xml.close("td")?;
            for cell in &row.cells {
                xml.open("td", &[])?;
                escaped(xml, cell)?;
                xml.close("td")?;
            }
            xml.close("tr")?;
        }
        end_table(xml)?;
        if !self.people.is_empty() {
            let heads = ["Name", "Quotes and claims", "Articles"];
            table(xml, "People", &heads)?;
            for (name, (said, articles)) in &self.people {
                xml.open("tr", &[])?;
                for cell in [name, &said.to_string(), &articles.to_string()] {
                    xml.open("td", &[])?;
                    escaped(xml, cell)?;
                    xml.close("td")?;
                }
                xml.close("tr")?;
            }
            end_table(xml)?;
        }
        xml.close("main")?;
        xml.element("footer", &[], "Made with Pullquote.")?;
        xml.close("body")?;
        xml.close("html")?;
        xml.text("\n")
    }
}

/// The start of a table that may be wider than the page, under a head of its own.
pub(super) fn table<W: Write>(xml: &mut Xml<W>, title: &str, heads: &[&str]) -> io::Result<()> {
    xml.open("section", &[])?;
    xml.element("h2", &[], title)?;
    // Whatever scrolls can be reached by keyboard.
    let scrolls = [
        ("class", "scroll"),
        ("role", "region"),
        ("aria-label", title),
        ("tabindex", "0"),
    ];
    xml.open("div", &scrolls)?;
    xml.open("table", &[("class", "roster")])?;
    xml.open("thead", &[])?;
    xml.open("tr", &[])?;
    for head in heads {
        xml.element("th", &[("scope", "col")], head)?;
    }
    xml.close("tr")?;
    xml.close("thead")?;
    xml.open("tbody", &[])
}

/// The end of such a table.
pub(super) fn end_table<W: Write>(xml: &mut Xml<W>) -> io::Result<()> {
    for name in ["tbody", "table", "div", "section"] {
        xml.close(name)?;
    }
    xml.text("\n")
}

/// The address of a file below this one; it cannot be taken for another kind of address.
fn place(name: &str) -> String {
    let mut place = "./".to_owned();
    for byte in name.bytes() {
        if byte.is_ascii_alphanumeric() || b"-._/".contains(&byte) {
            place.push(char::from(byte));
        } else {
            // Writing to a string does not fail.
            let _ = write!(place, "%{byte:02X}");
        }
    }
    place
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_place_is_below_this_page() {
        assert_eq!(place("a/é #1.html"), "./a/%C3%A9%20%231.html");
        assert_eq!(place("javascript:x"), "./javascript%3Ax");
    }
}
