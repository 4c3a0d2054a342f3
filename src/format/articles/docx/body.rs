//! The paragraphs of a part of a Word document (ECMA-376, part 1, chapter 17), as a reader sees them: with
//! what was inserted, without what was deleted, hidden or is a comment.

use std::collections::BTreeMap;

use super::symbols::symbol;
use crate::format::articles::paragraph::Paragraph;
use crate::format::articles::table_rows::{DEEPEST_TABLE, Table};
use crate::format::articles::text_limit::TextLimit;
use crate::format::articles::xml_walk::{Element, Node, walk};

/// What a part holds.
#[derive(Debug, Default)]
pub(super) struct Body {
    pub(super) paragraphs: Vec<Paragraph>,
    /// How much of each kind is not in them.
    pub(super) left_out: BTreeMap<&'static str, usize>,
    /// A field whose code does not end, so that what follows it is missing.
    pub(super) has_open_field: bool,
}

/// Notes by their ids.
pub(super) type Notes = BTreeMap<String, Vec<String>>;

/// Reads the paragraphs of a part. Those of footnotes and endnotes that they refer to are looked up.
pub(super) fn read(xml: &str, footnotes: &Notes, endnotes: &Notes) -> Result<Body, String> {
    let mut reader = Reader::new(footnotes, endnotes);
    walk(xml, &mut |node| match node {
        Node::Open(element) => reader.begin(&element),
        Node::Close => reader.end(),
        Node::Text(text) => reader.text(text),
    })?;
    reader.limit.check()?;
    if reader.too_deep {
        return Err(format!(
            "its tables are nested more than {DEEPEST_TABLE} deep"
        ));
    }
    Ok(reader.finish())
}

/// Reads the notes of a part.
pub(super) fn read_notes(xml: &str) -> Result<Notes, String> {
    let mut notes = Notes::new();
    let none = Notes::new();
    // Each note is a part of its own to the reader.
    let mut depth = 0_usize;
    let mut current: Option<(String, usize, Reader<'_>)> = None;
    walk(xml, &mut |node| match node {
        Node::Open(element) => {
            depth += 1;
            if let Some((.., reader)) = &mut current {
                reader.begin(&element);
            } else if matches!(element.name, "footnote" | "endnote") {
                let id = element.get("id").unwrap_or_default();
                // Separators are notes, too.
                let is_text = element.get("type").is_none_or(|kind| kind == "normal");
                if is_text {
                    current = Some((id, depth, Reader::new(&none, &none)));
                }
            }
        }
        Node::Close => {
            if let Some((id, at, mut reader)) = current.take() {
                if at == depth {
                    let body = reader.finish();
                    let lines = body.paragraphs.iter().flat_map(Paragraph::lines);
                    notes.insert(id, lines.collect());
                } else {
                    reader.end();
                    current = Some((id, at, reader));
                }
            }
            depth = depth.saturating_sub(1);
        }
        Node::Text(text) => {
            if let Some((.., reader)) = &mut current {
                reader.text(text);
            }
        }
    })?;
    Ok(notes)
}

/// What an element that is open is.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Open {
    Paragraph,
    ParagraphProps,
    Run,
    RunProps,
    Text,
    /// Alternatives for one thing; whether the first has been read.
    Alternatives(bool),
    Alternative,
    TextBox,
    Table,
    Row,
    Cell,
    /// A place for what somebody should enter; whether only the request is there.
    Placeholder(bool),
    /// All in it is left out.
    Skipped,
    Other,
}

/// Where a field is: its code, or what it shows.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Field {
    Code,
    Result,
}

/// A paragraph that is open.
#[derive(Debug, Default)]
struct OpenParagraph {
    paragraph: Paragraph,
    /// Paragraphs of boxes that are anchored in it.
    boxes: Vec<Paragraph>,
    hidden: bool,
    bold: bool,
    some_plain: bool,
    some_bold: bool,
    /// The mark at its end is deleted: it goes on with the next one.
    goes_on: bool,
}

struct Reader<'a> {
    footnotes: &'a Notes,
    endnotes: &'a Notes,
    open: Vec<Open>,
    /// Where paragraphs go that are complete: the body, the cell, the box.
    containers: Vec<Vec<Paragraph>>,
    paragraphs: Vec<OpenParagraph>,
    tables: Vec<Table>,
    fields: Vec<Field>,
    /// Of the next paragraph.
    bookmarks: Vec<String>,
    /// The words of a paragraph that goes on with the next one.
    carried: Option<Paragraph>,
    limit: TextLimit,
    too_deep: bool,
    body: Body,
}

impl<'a> Reader<'a> {
    fn new(footnotes: &'a Notes, endnotes: &'a Notes) -> Self {
        Self {
            footnotes,
            endnotes,
            open: Vec::new(),
            containers: vec![Vec::new()],
            paragraphs: Vec::new(),
            tables: Vec::new(),
            fields: Vec::new(),
            bookmarks: Vec::new(),
            carried: None,
            limit: TextLimit::default(),
            too_deep: false,
            body: Body::default(),
        }
    }

    fn begin(&mut self, element: &Element<'_>) {
        let within = self.open.last().copied();
        let kind = match within {
            Some(Open::Skipped) => Open::Skipped,
            _ => self.kind(element, within),
        };
        self.open.push(kind);
    }

    /// What an element is; what is to be done where it begins is done.
    fn kind(&mut self, element: &Element<'_>, within: Option<Open>) -> Open {
        let name = element.name;
        match (space_of(element.space), within) {
            (Space::Compatibility, _) => return self.alternative(name, within),
            (Space::Math, _) if name == "t" => return Open::Text,
            (Space::Vml, _) if name == "imagedata" => self.count("pictures"),
            (Space::Drawing, _) if name == "blip" => self.count("pictures"),
            (Space::Word, Some(Open::ParagraphProps)) => return self.paragraph_prop(element),
            (Space::Word, Some(Open::RunProps)) => {
                self.run_prop(element);
                return Open::Skipped;
            }
            (Space::Word, Some(Open::Run)) => return self.in_run(element),
            (Space::Word, _) => return self.block(element),
            (Space::Math | Space::Vml | Space::Drawing | Space::Other, _) => {}
        }
        Open::Other
    }

    fn alternative(&mut self, name: &str, within: Option<Open>) -> Open {
        match (name, within) {
            ("AlternateContent", _) => Open::Alternatives(false),
            ("Choice" | "Fallback", Some(Open::Alternatives(read))) => {
                if let Some(last) = self.open.last_mut() {
                    *last = Open::Alternatives(true);
                }
                if read {
                    Open::Skipped
                } else {
                    Open::Alternative
                }
            }
            _ => Open::Other,
        }
    }

    /// An element that is not in a run.
    fn block(&mut self, element: &Element<'_>) -> Open {
        match element.name {
            "p" => {
                let mut open = OpenParagraph::default();
                open.paragraph.bookmarks.append(&mut self.bookmarks);
                self.paragraphs.push(open);
                Open::Paragraph
            }
            "pPr" => Open::ParagraphProps,
            "r" => {
                if let Some(open) = self.paragraphs.last_mut() {
                    (open.hidden, open.bold) = (false, false);
                }
                Open::Run
            }
            "tbl" if self.tables.len() >= DEEPEST_TABLE => {
                self.too_deep = true;
                Open::Skipped
            }
            "tbl" => {
                self.tables.push(Table::default());
                Open::Table
            }
            "tr" => {
                if let Some(table) = self.tables.last_mut() {
                    table.begin_row();
                }
                Open::Row
            }
            "tc" => {
                self.containers.push(Vec::new());
                Open::Cell
            }
            "txbxContent" => {
                self.containers.push(Vec::new());
                Open::TextBox
            }
            "sdt" => Open::Placeholder(false),
            "showingPlcHdr" => {
                let is_on = is_on(element);
                let mut open = self.open.iter_mut().rev();
                if let Some(place) = open.find(|open| matches!(open, Open::Placeholder(_))) {
                    *place = Open::Placeholder(is_on);
                }
                Open::Other
            }
            "sdtContent" if self.open.last() == Some(&Open::Placeholder(true)) => {
                self.count("placeholders");
                Open::Skipped
            }
            "bookmarkStart" => {
                let name = element.get("name").unwrap_or_default();
                match self.paragraphs.last_mut() {
                    Some(open) => open.paragraph.bookmarks.push(name),
                    None => self.bookmarks.push(name),
                }
                Open::Other
            }
            "sectPr" => {
                let containers = self.containers.last_mut();
                if let Some(last) = containers.and_then(|list| list.last_mut()) {
                    last.ends_page = true;
                }
                Open::Skipped
            }
            "del" | "moveFrom" => {
                self.count("deleted passages");
                Open::Skipped
            }
            "altChunk" => {
                self.count("embedded documents");
                Open::Skipped
            }
            "tblPr" | "tblGrid" | "trPr" | "tcPr" | "rt" | "comment" | "instrText" => Open::Skipped,
            "t" => Open::Text,
            _ => Open::Other,
        }
    }

    fn paragraph_prop(&mut self, element: &Element<'_>) -> Open {
        let Some(open) = self.paragraphs.last_mut() else {
            return Open::Skipped;
        };
        match element.name {
            "jc" => {
                let centred = element.get("val").is_some_and(|value| value == "center");
                open.paragraph.centred = centred;
            }
            "pStyle" => open.paragraph.style = element.get("val").unwrap_or_default(),
            "sectPr" => open.paragraph.ends_page = true,
            // Of the mark at the end of the paragraph.
            "rPr" => return Open::ParagraphProps,
            "del" | "moveFrom" => open.goes_on = true,
            _ => {}
        }
        Open::Skipped
    }

    fn run_prop(&mut self, element: &Element<'_>) {
        let Some(open) = self.paragraphs.last_mut() else {
            return;
        };
        match element.name {
            "vanish" => open.hidden = is_on(element),
            "b" => open.bold = is_on(element),
            _ => {}
        }
    }

    fn in_run(&mut self, element: &Element<'_>) -> Open {
        match element.name {
            "rPr" => return Open::RunProps,
            "t" => return Open::Text,
            "tab" | "ptab" => self.push("\t"),
            "br" | "cr" => self.push("\n"),
            "noBreakHyphen" => self.push("\u{2011}"),
            "sym" => {
                let code = element.get("char").unwrap_or_default();
                let found = symbol(&element.get("font").unwrap_or_default(), &code);
                match found {
                    Some(c) => self.push(c.encode_utf8(&mut [0; 4])),
                    None => self.count("symbols of special fonts"),
                }
            }
            "fldChar" => match element.get("fldCharType").as_deref() {
                Some("begin") => self.fields.push(Field::Code),
                Some("separate") => {
                    if let Some(field) = self.fields.last_mut() {
                        *field = Field::Result;
                    }
                }
                Some("end") => drop(self.fields.pop()),
                Some(_) | None => {}
            },
            "footnoteReference" => self.note(element, self.footnotes),
            "endnoteReference" => self.note(element, self.endnotes),
            "commentReference" => self.count("comments"),
            "delText" | "delInstrText" | "instrText" => return Open::Skipped,
            _ => return self.block(element),
        }
        Open::Other
    }

    fn note(&mut self, element: &Element<'_>, notes: &Notes) {
        let lines = element.get("id").and_then(|id| notes.get(&id));
        match (lines, self.paragraphs.last_mut()) {
            (Some(lines), Some(open)) => open.paragraph.notes.extend(lines.iter().cloned()),
            (None, _) => self.count("notes that are not there"),
            (Some(_), None) => {}
        }
    }

    fn count(&mut self, kind: &'static str) {
        *self.body.left_out.entry(kind).or_default() += 1;
    }

    fn text(&mut self, text: &str) {
        if self.open.last() == Some(&Open::Text) {
            self.push(&text.replace(['\n', '\r'], " "));
        }
    }

    fn push(&mut self, text: &str) {
        if self.fields.contains(&Field::Code) {
            return;
        }
        let Some(open) = self.paragraphs.last_mut() else {
            return;
        };
        if open.hidden {
            return self.count("hidden passages");
        }
        if !text.trim().is_empty() {
            open.some_bold |= open.bold;
            open.some_plain |= !open.bold;
        }
        open.paragraph.text.push_str(text);
    }

    fn end(&mut self) {
        match self.open.pop() {
            Some(Open::Paragraph) => self.end_paragraph(),
            Some(Open::TextBox) => {
                let paragraphs = self.end_container();
                match self.paragraphs.last_mut() {
                    Some(open) => open.boxes.extend(paragraphs),
                    None => self.add(paragraphs),
                }
            }
            Some(Open::Cell) => {
                let paragraphs = self.end_container();
                match self.tables.last_mut() {
                    Some(table) => table.add_cell(paragraphs),
                    None => self.add(paragraphs),
                }
            }
            Some(Open::Table) => {
                let paragraphs = self.tables.pop().map_or_else(Vec::new, Table::paragraphs);
                self.add(paragraphs);
            }
            Some(
                Open::ParagraphProps
                | Open::Run
                | Open::RunProps
                | Open::Text
                | Open::Alternatives(_)
                | Open::Alternative
                | Open::Row
                | Open::Placeholder(_)
                | Open::Skipped
                | Open::Other,
            )
            | None => {}
        }
    }

    fn end_paragraph(&mut self) {
        let Some(open) = self.paragraphs.pop() else {
            return;
        };
        let mut paragraph = open.paragraph;
        paragraph.bold = open.some_bold && !open.some_plain;
        if let Some(before) = self.carried.take() {
            paragraph.text.insert_str(0, &before.text);
            paragraph.bookmarks.splice(0..0, before.bookmarks);
            paragraph.notes.splice(0..0, before.notes);
        }
        if !self.limit.has_room(paragraph.text.len()) {
            return;
        }
        if open.goes_on {
            self.carried = Some(paragraph);
        } else {
            self.add(vec![paragraph]);
        }
        self.add(open.boxes);
    }

    fn end_container(&mut self) -> Vec<Paragraph> {
        let carried = self.carried.take();
        let paragraphs = self.containers.pop().unwrap_or_default();
        paragraphs.into_iter().chain(carried).collect()
    }

    fn add(&mut self, paragraphs: Vec<Paragraph>) {
        match self.containers.last_mut() {
            Some(container) => container.extend(paragraphs),
            None => self.containers.push(paragraphs),
        }
    }

    fn finish(mut self) -> Body {
        let carried = self.carried.take();
        self.add(carried.into_iter().collect());
        self.body.paragraphs = self.containers.into_iter().flatten().collect();
        self.body.has_open_field = self.fields.contains(&Field::Code);
        self.body
    }
}

/// The vocabularies of Word documents.
enum Space {
    Word,
    Math,
    Compatibility,
    Vml,
    Drawing,
    Other,
}

fn space_of(uri: &str) -> Space {
    match uri {
        "http://schemas.openxmlformats.org/wordprocessingml/2006/main"
        | "http://purl.oclc.org/ooxml/wordprocessingml/main" => Space::Word,
        "http://schemas.openxmlformats.org/officeDocument/2006/math"
        | "http://purl.oclc.org/ooxml/officeDocument/math" => Space::Math,
        "http://schemas.openxmlformats.org/markup-compatibility/2006" => Space::Compatibility,
        "urn:schemas-microsoft-com:vml" => Space::Vml,
        "http://schemas.openxmlformats.org/drawingml/2006/main"
        | "http://purl.oclc.org/ooxml/drawingml/main" => Space::Drawing,
        _ => Space::Other,
    }
}

/// Whether a property holds that is there.
fn is_on(element: &Element<'_>) -> bool {
    let value = element.get("val");
    !value.is_some_and(|value| ["0", "false", "off", "none"].contains(&&*value))
}
