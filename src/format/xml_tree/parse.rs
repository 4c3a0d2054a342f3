use std::cell::Cell;
use std::num::NonZeroU32;

use quick_xml::Reader;
use quick_xml::events::{BytesStart, Event};
use rustc_hash::FxHashMap;
use smol_str::SmolStr;

use super::{Attribute, ChildNode, Node, Tree};
use crate::format::limits::{MOST_ELEMENTS, too_many};
use crate::format::xml::OWN;
use crate::format::xml_entities::Entities;

/// Elements within elements, at most.
const DEEPEST: usize = 500;

/// So many names are known again; further ones are kept each time.
const MOST_NAMES: usize = 1_000;

/// Why a file is no XML, and on which line (from 1).
pub(in crate::format) type Malformed = (usize, String);

impl Tree {
    /// Reads a document. O(n).
    pub(in crate::format) fn parse(xml: &str) -> Result<Self, Malformed> {
        let mut reader = Reader::from_str(xml);
        reader.config_mut().check_end_names = true;
        let mut tree = Growing::default();
        let mut lines = Lines::default();
        let mut entities = Entities::default();
        loop {
            let from = usize::try_from(reader.buffer_position()).unwrap_or(usize::MAX);
            let line = lines.at(xml, from);
            let event = reader.read_event();
            let event = event.map_err(|_| (line, tree.broken()))?;
            match event {
                Event::Start(_) | Event::Empty(_) if tree.tree.nodes.len() >= MOST_ELEMENTS => {
                    let elements = tree.tree.nodes.len() + 1 + elements_left(&mut reader);
                    return Err((line, too_many(elements, MOST_ELEMENTS, "elements")));
                }
                Event::Start(start) => {
                    tree.begin(&start, line, &entities)?;
                    if tree.open.len() > DEEPEST {
                        let deep = format!("its elements are nested more than {DEEPEST} deep");
                        return Err((line, deep));
                    }
                }
                Event::Empty(start) => {
                    tree.begin(&start, line, &entities)?;
                    tree.end();
                }
                Event::End(_) => tree.end(),
                Event::Text(text) => tree.text(&line_ends(&text), line)?,
                Event::CData(text) => tree.text(&line_ends(&text), line)?,
                Event::GeneralRef(name) => {
                    let text = entities.text(&name).map_err(|message| (line, message))?;
                    tree.text(&text, line)?;
                }
                Event::DocType(doctype) => entities.declare(&doctype),
                Event::PI(note) => {
                    let own = note.strip_prefix(OWN).filter(|own| own.starts_with(' '));
                    if let Some(own) = own {
                        tree.own_note(own.trim());
                    }
                }
                Event::Comment(_) | Event::Decl(_) => {}
                Event::Eof => break,
            }
        }
        if !tree.open.is_empty() {
            return Err((lines.at(xml, xml.len()), tree.broken()));
        }
        if tree.tree.nodes.is_empty() {
            return Err((1, "this is not XML: it has no element".to_owned()));
        }
        Ok(tree.tree)
    }
}

/// How many elements a document still has, as far as it can be read.
fn elements_left(reader: &mut Reader<&[u8]>) -> usize {
    let events = std::iter::from_fn(|| reader.read_event().ok());
    let events = events.take_while(|event| !matches!(event, Event::Eof));
    let begins = |event: &Event<'_>| matches!(event, Event::Start(_) | Event::Empty(_));
    events.filter(begins).count()
}

/// A tree while its document is read.
#[derive(Default)]
struct Growing {
    tree: Tree,
    /// The elements that are open, the innermost last: their numbers, and what is in them so far.
    open: Vec<(u32, Vec<ChildNode>)>,
    /// The text at the end of the innermost.
    text: String,
    known_names: FxHashMap<SmolStr, u32>,
}

impl Growing {
    fn begin(
        &mut self,
        start: &BytesStart<'_>,
        line: usize,
        entities: &Entities,
    ) -> Result<(), Malformed> {
        let name = start.name();
        let name: &str = name.as_ref();
        if self.open.is_empty() && !self.tree.nodes.is_empty() {
            let second =
                format!("after the end of the document there is one more element, <{name}>");
            return Err((line, second));
        }
        let mut attributes: Vec<(SmolStr, String)> = Vec::new();
        // A check for names that are there twice comes after that: the crate's own takes O(n²).
        for attribute in start.attributes().with_checks(false) {
            let attribute =
                attribute.map_err(|_| (line, format!("the attributes of <{name}> are not XML")))?;
            let value = value(&attribute.value, entities).map_err(|message| (line, message))?;
            attributes.push((SmolStr::new(attribute.key.as_ref()), value));
        }
        attributes.sort_by(|(a, _), (b, _)| a.cmp(b));
        let twice = attributes.windows(2).find_map(|pair| match pair {
            [(a, _), (b, _)] if a == b => Some(format!("<{name}> has the attribute `{a}` twice")),
            _ => None,
        });
        if let Some(twice) = twice {
            return Err((line, twice));
        }
        let first = number(self.tree.attributes.len());
        for (name, value) in &attributes {
            let name = self.name(name);
            self.tree.values.push(value);
            self.tree.attributes.push(Attribute {
                name,
                asked: Cell::new(false),
            });
        }
        let name = self.name(name);
        let own = number(self.tree.nodes.len());
        let parent = self.open.last().map(|(parent, _)| parent + 1);
        self.tree.nodes.push(Node {
            name,
            attributes: [first, number(self.tree.attributes.len())],
            children: [0, 0],
            all: [own, own + 1],
            parent: parent.and_then(NonZeroU32::new),
            line: number(line),
            words_asked: Cell::new(false),
        });
        self.add(ChildNode::Element(own));
        self.open.push((own, Vec::new()));
        Ok(())
    }

    fn end(&mut self) {
        self.end_text();
        let Some((own, children)) = self.open.pop() else {
            return;
        };
        let first = number(self.tree.children.len());
        self.tree.children.extend(children);
        let end = number(self.tree.nodes.len());
        if let Some(node) = self.tree.nodes.get_mut(super::index(own)) {
            node.children = [first, number(self.tree.children.len())];
            node.all = [own, end];
        }
    }

    /// The number of a name.
    fn name(&mut self, name: &str) -> u32 {
        if let Some(known) = self.known_names.get(name) {
            return *known;
        }
        let new = self.tree.names.push(name);
        if self.known_names.len() < MOST_NAMES {
            self.known_names.insert(name.into(), new);
        }
        new
    }

    fn add(&mut self, child: ChildNode) {
        self.end_text();
        if let Some((_, children)) = self.open.last_mut() {
            children.push(child);
        }
    }

    fn own_note(&mut self, own: &str) {
        let own = ChildNode::Own(self.tree.texts.push(own));
        self.add(own);
    }

    fn end_text(&mut self) {
        if self.text.is_empty() {
            return;
        }
        if let Some((_, children)) = self.open.last_mut() {
            children.push(ChildNode::Text(self.tree.texts.push(&self.text)));
        }
        self.text.clear();
    }

    fn text(&mut self, text: &str, line: usize) -> Result<(), Malformed> {
        if self.open.is_empty() && !text.trim().is_empty() {
            let outside = "this is not XML: there is text outside of it".to_owned();
            return Err((line, outside));
        }
        if !self.open.is_empty() {
            self.text.push_str(text);
        }
        Ok(())
    }

    fn broken(&self) -> String {
        let innermost = self.open.last();
        match innermost.and_then(|(number, _)| self.tree.element(*number)) {
            Some(element) => format!(
                "this is not whole: <{}> from line {} is not closed, or what is in it is not XML; \
                 export it again",
                element.name(),
                element.line()
            ),
            None => "this is not XML; export it again".to_owned(),
        }
    }
}

/// A place in a list as a number.
fn number(index: usize) -> u32 {
    u32::try_from(index).unwrap_or(u32::MAX)
}

/// Counts lines without beginning again.
#[derive(Default)]
struct Lines {
    offset: usize,
    ends: usize,
}

impl Lines {
    fn at(&mut self, xml: &str, offset: usize) -> usize {
        let passed = xml.as_bytes().get(self.offset..offset).unwrap_or_default();
        self.ends += passed.iter().filter(|&&byte| byte == b'\n').count();
        self.offset = self.offset.max(offset.min(xml.len()));
        self.ends + 1
    }
}

fn line_ends(text: &str) -> String {
    text.replace("\r\n", "\n").replace('\r', "\n")
}

/// The value of an attribute: white space as blanks, but for that which is spelled out.
fn value(raw: &str, entities: &Entities) -> Result<String, String> {
    entities.resolve(&line_ends(raw).replace(['\n', '\t'], " "))
}
