//! Documents of LibreOffice and others (OpenDocument 1.3, part 3), as a reader sees them.

use std::collections::BTreeMap;

use super::article_format::{ArticleFormat, info};
use super::database_document::articles_of;
use super::document_article::one_article;
use super::found::FoundInFile;
use super::paragraph::Paragraph;
use super::table_rows::{DEEPEST_TABLE, Table};
use super::text_limit::TextLimit;
use super::xml_walk::{Element, Node, walk};
use super::zip_parts::{Parts, damaged, holds};
use crate::format::zip_entries::is_zip;
use crate::format::{Input, Options};

pub(in crate::format) static ODT: ArticleFormat = ArticleFormat {
    info: &info("odt", "OpenDocument text", &["odt", "ott"]),
    is_of: |bytes| is_zip(bytes) && holds(bytes, b"application/vnd.oasis.opendocument.text"),
    find,
};

fn find(input: &Input<'_>, options: &Options) -> Result<FoundInFile, String> {
    if !is_zip(input.bytes) {
        return Err("this is no OpenDocument text (.odt); name its format with --from".to_owned());
    }
    let mut parts = Parts::open(input.bytes)?;
    let manifest = parts.text("META-INF/manifest.xml")?.unwrap_or_default();
    if manifest.contains("encryption-data") {
        return Err("this document has a password; save it without one and import that".to_owned());
    }
    const CONTENT: &str = "content.xml";
    let xml = parts.text(CONTENT)?;
    let xml =
        xml.ok_or("there is no text in this document; it is damaged, or no OpenDocument text")?;
    let mut reader = Reader::default();
    let read = walk(&xml, &mut |node| match node {
        Node::Open(element) => reader.begin(&element),
        Node::Close => reader.end(),
        Node::Text(text) => reader.text(text),
    });
    read.map_err(|error| damaged(CONTENT, &error))?;
    reader.limit.check()?;
    if reader.too_deep {
        return Err(format!(
            "its tables are nested more than {DEEPEST_TABLE} deep"
        ));
    }
    let left_out = std::mem::take(&mut reader.left_out);
    let paragraphs = reader.finish();
    let export = articles_of(&paragraphs, &[], None, options);
    let mut found = export.unwrap_or_else(|| one_article(paragraphs, options));
    let counted = left_out.iter().map(|(kind, n)| format!("{kind} ({n})"));
    found.left_out.extend(counted);
    Ok(found)
}

/// What an element that is open is.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Open {
    Paragraph,
    Table,
    Row,
    Cell,
    /// A box, or a note.
    Aside(Aside),
    Skipped,
    Other,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Aside {
    Box,
    Note,
}

#[derive(Default)]
struct Reader {
    open: Vec<Open>,
    /// Where paragraphs go that are complete; the text itself is the last one's rest.
    containers: Vec<Vec<Paragraph>>,
    done: Vec<Paragraph>,
    /// Paragraphs that are open, each with those of boxes in it.
    paragraphs: Vec<(Paragraph, Vec<Paragraph>)>,
    tables: Vec<Table>,
    /// What the styles of this document are made of.
    parents: BTreeMap<String, String>,
    left_out: BTreeMap<&'static str, usize>,
    limit: TextLimit,
    too_deep: bool,
    /// How many blanks elements stood for.
    blanks: usize,
}

impl Reader {
    fn begin(&mut self, element: &Element<'_>) {
        let kind = match self.open.last() {
            Some(Open::Skipped) => Open::Skipped,
            Some(_) | None => self.kind(element),
        };
        self.open.push(kind);
    }

    fn kind(&mut self, element: &Element<'_>) -> Open {
        let space = element.space.rsplit(':').nth(1).unwrap_or_default();
        match (space, element.name) {
            ("text", "p" | "h") => {
                let style = element.get("style-name").unwrap_or_default();
                let style = self.parents.get(&style).cloned().unwrap_or(style);
                let is_first = element
                    .get("outline-level")
                    .is_some_and(|level| level == "1");
                let style = if is_first {
                    "heading1".to_owned()
                } else {
                    style
                };
                let paragraph = Paragraph {
                    style,
                    ..Paragraph::default()
                };
                self.paragraphs.push((paragraph, Vec::new()));
                return Open::Paragraph;
            }
            ("text", "s") => {
                let count = element.get("c").and_then(|count| count.parse().ok());
                let count: usize = count.unwrap_or(1).min(1_000);
                self.blanks += count;
                // Nobody means more.
                if self.blanks < 1_000_000 {
                    self.push(&" ".repeat(count));
                }
            }
            ("text", "tab") => self.push("\t"),
            ("text", "line-break") => self.push("\n"),
            ("text", "tracked-changes") => {
                self.count("tracked changes");
                return Open::Skipped;
            }
            ("text", "note-citation" | "ruby-text" | "sequence-decls" | "variable-decls") => {
                return Open::Skipped;
            }
            ("text", "note-body") => return self.aside(Aside::Note),
            ("text", "table-of-content") => {
                self.count("tables of contents");
                return Open::Skipped;
            }
            ("office", "annotation") => {
                self.count("comments");
                return Open::Skipped;
            }
            ("office", "forms" | "scripts" | "font-face-decls") => return Open::Skipped,
            ("svg-compatible", "title" | "desc") => return Open::Skipped,
            ("drawing", "text-box") => return self.aside(Aside::Box),
            ("drawing", "image") => self.count("pictures"),
            ("drawing", "object") => self.count("embedded objects"),
            ("style", "style") => {
                let names = element.get("name").zip(element.get("parent-style-name"));
                self.parents.extend(names);
            }
            ("table", "table") if self.tables.len() >= DEEPEST_TABLE => {
                self.too_deep = true;
                return Open::Skipped;
            }
            ("table", "table") => {
                self.tables.push(Table::default());
                return Open::Table;
            }
            ("table", "table-row") => {
                if let Some(table) = self.tables.last_mut() {
                    table.begin_row();
                }
                return Open::Row;
            }
            ("table", "table-cell") => {
                self.containers.push(Vec::new());
                return Open::Cell;
            }
            _ => {}
        }
        Open::Other
    }

    fn aside(&mut self, aside: Aside) -> Open {
        self.containers.push(Vec::new());
        Open::Aside(aside)
    }

    fn count(&mut self, kind: &'static str) {
        *self.left_out.entry(kind).or_default() += 1;
    }

    fn text(&mut self, text: &str) {
        if self.open.last() == Some(&Open::Skipped) {
            return;
        }
        let Some((paragraph, _)) = self.paragraphs.last_mut() else {
            return;
        };
        // Several blanks are as one; those that count are elements.
        for c in text.chars() {
            let is_blank = matches!(c, ' ' | '\n' | '\r' | '\t');
            if !is_blank {
                paragraph.text.push(c);
            } else if !paragraph.text.ends_with([' ', '\n', '\t']) && !paragraph.text.is_empty() {
                paragraph.text.push(' ');
            }
        }
    }

    fn push(&mut self, text: &str) {
        if let Some((paragraph, _)) = self.paragraphs.last_mut() {
            paragraph.text.push_str(text);
        }
    }

    fn end(&mut self) {
        match self.open.pop() {
            Some(Open::Paragraph) => {
                if let Some((paragraph, boxes)) = self.paragraphs.pop()
                    && self.limit.has_room(paragraph.text.len())
                {
                    self.add(vec![paragraph]);
                    self.add(boxes);
                }
            }
            Some(Open::Aside(aside)) => {
                let within = self.containers.pop().unwrap_or_default();
                match (self.paragraphs.last_mut(), aside) {
                    (Some((_, boxes)), Aside::Box) => boxes.extend(within),
                    (Some((paragraph, _)), Aside::Note) => {
                        let lines = within.iter().flat_map(Paragraph::lines);
                        paragraph.notes.extend(lines);
                    }
                    (None, Aside::Box | Aside::Note) => self.add(within),
                }
            }
            Some(Open::Cell) => {
                let within = self.containers.pop().unwrap_or_default();
                match self.tables.last_mut() {
                    Some(table) => table.add_cell(within),
                    None => self.add(within),
                }
            }
            Some(Open::Table) => {
                let rows = self.tables.pop().map_or_else(Vec::new, Table::paragraphs);
                self.add(rows);
            }
            Some(Open::Row | Open::Skipped | Open::Other) | None => {}
        }
    }

    fn add(&mut self, paragraphs: Vec<Paragraph>) {
        self.containers
            .last_mut()
            .unwrap_or(&mut self.done)
            .extend(paragraphs);
    }

    fn finish(self) -> Vec<Paragraph> {
        let open = self.containers.into_iter().flatten();
        self.done.into_iter().chain(open).collect()
    }
}
