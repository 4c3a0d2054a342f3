//! Reads XML as a tree. Elements are nested no deeper than [`DEEPEST`]; what is in other files is not
//! looked for.

use std::cell::Cell;
use std::num::NonZeroU32;

use quick_xml::Reader;
use quick_xml::events::{BytesStart, Event};
use smol_str::SmolStr;

use super::limits::{MOST_ELEMENTS, too_many};
use super::xml::OWN;
use super::xml_entities::Entities;

/// Elements within elements, at most.
const DEEPEST: usize = 500;

/// A document. The elements are in the order in which they begin.
#[derive(Debug, Default)]
pub(super) struct Tree {
    elements: Vec<Element>,
}

/// An element with its attributes, whose values are as a reader of XML understands them.
#[derive(Debug, Default)]
pub(super) struct Element {
    /// Its name as written, with its prefix.
    pub(super) name: SmolStr,
    /// Sorted by name; each name once, with where its value ends in `values` (in bytes).
    attributes: Box<[(SmolStr, u32)]>,
    values: Box<str>,
    /// Which of the attributes were asked for, a bit for each of the first 64.
    asked: Cell<u64>,
    /// Whether its words were.
    words_asked: Cell<bool>,
    pub(super) children: Box<[Child]>,
    /// The element it is in, by its number from 1.
    parent: Option<NonZeroU32>,
    /// The line of the file it begins on, from 1.
    pub(super) line: usize,
}

/// What is in an element.
#[derive(Debug)]
pub(super) enum Child {
    /// Text, with line ends as `\n`.
    Text(SmolStr),
    /// An element, by its number in the tree.
    Element(usize),
    /// A note of our own, as JSON.
    Own(Box<str>),
}

/// Why a file is no XML, and on which line (from 1).
pub(super) type Malformed = (usize, String);

impl Element {
    /// The number of the element it is in.
    pub(super) fn parent(&self) -> Option<usize> {
        usize::try_from(self.parent?.get() - 1).ok()
    }

    /// The name without prefix.
    pub(super) fn local(&self) -> &str {
        local(&self.name)
    }

    /// The value of an attribute, by its name as written.
    pub(super) fn get(&self, name: &str) -> Option<&str> {
        let n = self
            .attributes
            .iter()
            .position(|(known, _)| known == name)?;
        self.asked.set(self.asked.get() | bit(n));
        Some(self.value(n))
    }

    /// The value of an attribute, by its number.
    fn value(&self, n: usize) -> &str {
        let end = |n: usize| self.attributes.get(n).map_or(0, |(_, end)| *end as usize);
        let start = n.checked_sub(1).map_or(0, end);
        self.values.get(start..end(n)).unwrap_or_default()
    }

    /// All attributes, which count as read.
    pub(super) fn all_attributes(&self) -> impl Iterator<Item = (&SmolStr, &str)> {
        self.asked.set(u64::MAX);
        let attributes = self.attributes.iter().enumerate();
        attributes.map(|(n, (name, _))| (name, self.value(n)))
    }

    /// Notes that the text directly in it was read.
    pub(super) fn take_words(&self) {
        self.words_asked.set(true);
    }

    /// The attributes that nobody asked for.
    fn unread_attributes(&self) -> impl Iterator<Item = (&str, &str)> {
        let asked = self.asked.get();
        let attributes = self.attributes.iter().enumerate();
        let unread = attributes.filter(move |(n, (name, _))| {
            let declared = *name == "xmlns" || name.starts_with("xmlns:");
            asked & bit(*n) == 0 && !declared && !self.value(*n).trim().is_empty()
        });
        unread.map(|(n, (name, _))| (name.as_str(), self.value(n)))
    }
}

fn bit(n: usize) -> u64 {
    u32::try_from(n)
        .ok()
        .and_then(|n| 1_u64.checked_shl(n))
        .unwrap_or(0)
}

/// How many elements a document still has, as far as it can be read.
fn elements_left(reader: &mut Reader<&[u8]>) -> usize {
    let events = std::iter::from_fn(|| reader.read_event().ok());
    let events = events.take_while(|event| !matches!(event, Event::Eof));
    let begins = |event: &Event<'_>| matches!(event, Event::Start(_) | Event::Empty(_));
    events.filter(begins).count()
}

/// Something in a file that nobody asked for.
pub(super) struct Unread<'a> {
    pub(super) element: &'a Element,
    /// The name and the value; `None`: the words in the element.
    pub(super) attribute: Option<(&'a str, &'a str)>,
}

/// A name without prefix.
pub(super) fn local(name: &str) -> &str {
    name.rsplit_once(':').map_or(name, |(_, local)| local)
}

impl Tree {
    /// Reads a document. O(n).
    pub(super) fn parse(xml: &str) -> Result<Self, Malformed> {
        let mut reader = Reader::from_str(xml);
        reader.config_mut().check_end_names = true;
        let mut tree = Self::default();
        let mut open = OpenElements::default();
        let mut lines = Lines::default();
        let mut entities = Entities::default();
        loop {
            let from = usize::try_from(reader.buffer_position()).unwrap_or(usize::MAX);
            let line = lines.at(xml, from);
            let event = reader.read_event();
            let event = event.map_err(|_| (line, broken(&tree, open.last())))?;
            match event {
                Event::Start(_) | Event::Empty(_) if tree.elements.len() >= MOST_ELEMENTS => {
                    let elements = tree.elements.len() + 1 + elements_left(&mut reader);
                    return Err((line, too_many(elements, MOST_ELEMENTS, "elements")));
                }
                Event::Start(start) => {
                    let element = tree.add(&start, &mut open, (line, &entities))?;
                    open.begin(element);
                    if open.list.len() > DEEPEST {
                        let deep = format!("its elements are nested more than {DEEPEST} deep");
                        return Err((line, deep));
                    }
                }
                Event::Empty(start) => drop(tree.add(&start, &mut open, (line, &entities))?),
                Event::End(_) => open.end(&mut tree),
                Event::Text(text) => open.text(&line_ends(&text), line)?,
                Event::CData(text) => open.text(&line_ends(&text), line)?,
                Event::GeneralRef(name) => {
                    let text = entities.text(&name).map_err(|message| (line, message))?;
                    open.text(&text, line)?;
                }
                Event::DocType(doctype) => entities.declare(&doctype),
                Event::PI(note) => {
                    let own = note.strip_prefix(OWN).filter(|own| own.starts_with(' '));
                    if let Some(own) = own {
                        open.add(Child::Own(own.trim().into()));
                    }
                }
                Event::Comment(_) | Event::Decl(_) => {}
                Event::Eof => break,
            }
        }
        if !open.list.is_empty() {
            return Err((lines.at(xml, xml.len()), broken(&tree, open.last())));
        }
        if tree.elements.is_empty() {
            return Err((1, "this is not XML: it has no element".to_owned()));
        }
        Ok(tree)
    }

    /// What of some elements was not read: attributes, and words.
    pub(super) fn unread<'a, 's>(
        elements: &'s [&'a Element],
    ) -> impl Iterator<Item = Unread<'a>> + use<'a, 's> {
        elements.iter().flat_map(|&element| {
            let attributes = element.unread_attributes().map(Some);
            let words = element.children.iter().any(|child| match child {
                Child::Text(text) => !text.trim().is_empty(),
                Child::Element(_) | Child::Own(_) => false,
            });
            let words = words && !element.words_asked.get();
            let all = attributes.chain(words.then_some(None));
            all.map(move |attribute| Unread { element, attribute })
        })
    }

    /// The words directly in an element.
    pub(super) fn own_words(element: &Element) -> String {
        let texts = element.children.iter().filter_map(|child| match child {
            Child::Text(text) => Some(text.trim()),
            Child::Element(_) | Child::Own(_) => None,
        });
        texts.collect::<Vec<_>>().join(" ").trim().to_owned()
    }

    /// The note of our own that is directly in an element, as JSON.
    pub(super) fn own(element: &Element) -> Option<&str> {
        element.children.iter().find_map(|child| match child {
            Child::Own(own) => Some(&**own),
            Child::Text(_) | Child::Element(_) => None,
        })
    }

    /// The outermost element.
    pub(super) fn root(&self) -> Option<&Element> {
        self.elements.first()
    }

    /// An element by its number.
    pub(super) fn element(&self, number: usize) -> Option<&Element> {
        self.elements.get(number)
    }

    /// An element by its number, of which nothing stays.
    pub(super) fn take(&mut self, number: usize) -> Element {
        let element = self.elements.get_mut(number);
        element.map(std::mem::take).unwrap_or_default()
    }

    /// The numbers of the elements directly in an element.
    pub(super) fn numbers_within(element: &Element) -> impl Iterator<Item = usize> {
        element.children.iter().filter_map(|child| match child {
            Child::Text(_) | Child::Own(_) => None,
            Child::Element(number) => Some(*number),
        })
    }

    /// The elements directly in an element.
    pub(super) fn within<'a>(&'a self, element: &'a Element) -> impl Iterator<Item = &'a Element> {
        Self::numbers_within(element).filter_map(|number| self.element(number))
    }

    /// An element and all in it, in the order of the file.
    pub(super) fn with_all_within<'a>(&'a self, element: &'a Element) -> Vec<&'a Element> {
        let mut left = vec![element];
        let mut all = Vec::new();
        while let Some(element) = left.pop() {
            all.push(element);
            let children: Vec<&Element> = self.within(element).collect();
            left.extend(children.into_iter().rev());
        }
        all
    }

    /// All elements in the child elements of this name, and those themselves.
    pub(super) fn below<'a>(&'a self, of: &'a Element, name: &str) -> Vec<&'a Element> {
        let named = self.within(of).filter(|e| e.local() == name);
        named
            .flat_map(|element| self.with_all_within(element))
            .collect()
    }

    /// All elements, in the order in which they begin.
    pub(super) fn all(&self) -> &[Element] {
        &self.elements
    }

    /// All text in an element and below it.
    pub(super) fn text_of(&self, element: &Element) -> String {
        let mut text = String::new();
        element.take_words();
        let mut left: Vec<&Child> = element.children.iter().rev().collect();
        while let Some(child) = left.pop() {
            match child {
                Child::Text(more) => text.push_str(more),
                Child::Own(_) => {}
                Child::Element(number) => {
                    let below = self.element(*number);
                    let below = below.map(|element| {
                        element.take_words();
                        element.children.iter().rev()
                    });
                    left.extend(below.into_iter().flatten());
                }
            }
        }
        text
    }

    fn add(
        &mut self,
        start: &BytesStart<'_>,
        open: &mut OpenElements,
        (line, entities): (usize, &Entities),
    ) -> Result<usize, Malformed> {
        let number = self.elements.len();
        if open.list.is_empty() && number > 0 {
            let name = start.name();
            let name: &str = name.as_ref();
            let second =
                format!("after the end of the document there is one more element, <{name}>");
            return Err((line, second));
        }
        let name = SmolStr::new(start.name().as_ref());
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
        if number == self.elements.capacity() {
            // To double it would leave half of much memory unused.
            self.elements.reserve_exact(64.max(number / 8));
        }
        let mut values = String::new();
        let attributes = attributes.into_iter().map(|(name, value)| {
            values.push_str(&value);
            (name, u32::try_from(values.len()).unwrap_or(u32::MAX))
        });
        let attributes = attributes.collect();
        self.elements.push(Element {
            name,
            attributes,
            values: values.into(),
            asked: Cell::new(0),
            words_asked: Cell::new(false),
            children: Box::default(),
            parent: open.last().and_then(|parent| {
                let number = u32::try_from(parent + 1).ok()?;
                NonZeroU32::new(number)
            }),
            line,
        });
        open.add(Child::Element(number));
        Ok(number)
    }
}

/// The elements that are open while a document is read, the innermost last.
#[derive(Default)]
struct OpenElements {
    /// Their numbers, and what is in them so far.
    list: Vec<(usize, Vec<Child>)>,
    /// The text at the end of the innermost.
    text: String,
}

impl OpenElements {
    fn last(&self) -> Option<usize> {
        self.list.last().map(|(number, _)| *number)
    }

    fn begin(&mut self, number: usize) {
        self.list.push((number, Vec::new()));
    }

    fn end(&mut self, tree: &mut Tree) {
        self.end_text();
        if let Some((number, children)) = self.list.pop()
            && let Some(element) = tree.elements.get_mut(number)
        {
            element.children = children.into();
        }
    }

    fn add(&mut self, child: Child) {
        self.end_text();
        if let Some((_, children)) = self.list.last_mut() {
            children.push(child);
        }
    }

    fn end_text(&mut self) {
        if self.text.is_empty() {
            return;
        }
        if let Some((_, children)) = self.list.last_mut() {
            children.push(Child::Text(SmolStr::new(&self.text)));
        }
        self.text.clear();
    }

    fn text(&mut self, text: &str, line: usize) -> Result<(), Malformed> {
        if self.list.is_empty() && !text.trim().is_empty() {
            let outside = "this is not XML: there is text outside of it".to_owned();
            return Err((line, outside));
        }
        if !self.list.is_empty() {
            self.text.push_str(text);
        }
        Ok(())
    }
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

fn broken(tree: &Tree, open: Option<usize>) -> String {
    match open.and_then(|number| tree.element(number)) {
        Some(element) => format!(
            "this is not whole: <{}> from line {} is not closed, or what is in it is not XML; \
             export it again",
            element.name, element.line
        ),
        None => "this is not XML; export it again".to_owned(),
    }
}

fn line_ends(text: &str) -> String {
    text.replace("\r\n", "\n").replace('\r', "\n")
}

/// The value of an attribute: white space as blanks, but for that which is spelled out.
fn value(raw: &str, entities: &Entities) -> Result<String, String> {
    entities.resolve(&line_ends(raw).replace(['\n', '\t'], " "))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn text_and_attributes_are_as_a_reader_understands_them() {
        let xml = "<?xml version=\"1.0\"?>\r\n<a:x k='1&#10;2\n3 &amp;'>é &lt;\r\n<!-- no --><b/>\
                   <![CDATA[<c>]]>&#x1F600;</a:x>\n";
        let tree = Tree::parse(xml).unwrap();
        let root = tree.root().unwrap();
        assert_eq!((root.local(), root.line), ("x", 2));
        assert_eq!(root.get("k"), Some("1\n2 3 &"));
        assert_eq!(tree.text_of(root), "é <\n<c>😀");
        assert_eq!(tree.within(root).count(), 1);
    }

    #[test]
    fn entities_that_the_file_declares_are_text() {
        let xml = "<!DOCTYPE a [<!ENTITY b \"B&#246;\">]><a k='&b;'>&b; &amp;</a>";
        let tree = Tree::parse(xml).unwrap();
        let root = tree.root().unwrap();
        assert_eq!((root.get("k"), &*tree.text_of(root)), (Some("Bö"), "Bö &"));
    }

    #[test]
    fn what_is_damaged_is_told_with_its_line() {
        for (xml, line, words) in [
            ("", 1, "no element"),
            ("hello", 1, "outside"),
            ("<a>\n<b>", 2, "<b> from line 2 is not closed"),
            ("<a></b>", 1, "<a> from line 1"),
            ("<a>\n&nbsp;</a>", 2, "`&nbsp;`"),
            ("<a b='&nbsp;'/>", 1, "`&nbsp;`"),
            ("<a b='&'/>", 1, "`&`"),
            ("<a b='1' b='2'/>", 1, "twice"),
            ("<a b/>", 1, "attributes of <a>"),
            ("<a/><b/>", 1, "<b>"),
            (&"<a>".repeat(600), 1, "500 deep"),
        ] {
            let (at, message) = Tree::parse(xml).unwrap_err();
            assert!(message.contains(words), "{xml}: {message}");
            assert_eq!(at, line, "{xml}: {message}");
        }
        let bomb = "<!DOCTYPE a [<!ENTITY b '&b;&b;'>]><a>&b;</a>";
        assert!(Tree::parse(bomb).unwrap_err().1.contains("`&b;`"));
    }
}
