//! The text of a document, and where its elements are in it.

use std::collections::BTreeMap;

use super::unread::start_tag;
use crate::format::left_out::{LeftOut, shown_words as shown};
use crate::format::xml_tree::{Child, Element};

/// Where an element is, in code points.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Place {
    pub(super) start: u32,
    pub(super) end: u32,
}

/// A text and what is marked in it.
#[derive(Default)]
pub(super) struct Body<'a> {
    pub(super) text: String,
    /// The elements that are tags, in the order in which they begin.
    pub(super) tags: Vec<(Element<'a>, Place)>,
    /// Where the elements with an `xml:id` are.
    pub(super) places: BTreeMap<&'a str, Place>,
}

/// Elements that say what their words are.
const TAGS: [&str; 17] = [
    "quote",
    "q",
    "said",
    "cit",
    "mentioned",
    "soCalled",
    "persName",
    "orgName",
    "placeName",
    "geogName",
    "name",
    "rs",
    "term",
    "seg",
    "phr",
    "cl",
    "objectName",
];
/// Elements that begin and end a line.
const BLOCKS: [&str; 44] = [
    "p",
    "head",
    "l",
    "lg",
    "div",
    "div1",
    "div2",
    "div3",
    "div4",
    "div5",
    "div6",
    "div7",
    "ab",
    "sp",
    "speaker",
    "stage",
    "item",
    "list",
    "label",
    "row",
    "cell",
    "table",
    "opener",
    "closer",
    "salute",
    "signed",
    "dateline",
    "byline",
    "docTitle",
    "titlePart",
    "titlePage",
    "front",
    "back",
    "body",
    "group",
    "figure",
    "figDesc",
    "text",
    "floatingText",
    "trailer",
    "epigraph",
    "argument",
    "docAuthor",
    "u",
];
/// Elements about how a text looks or where it comes from.
const LOOKS: [&str; 27] = [
    "hi",
    "emph",
    "foreign",
    "title",
    "ref",
    "ptr",
    "date",
    "time",
    "num",
    "measure",
    "pb",
    "lb",
    "cb",
    "gb",
    "milestone",
    "anchor",
    "w",
    "pc",
    "s",
    "c",
    "graphic",
    "gap",
    "distinct",
    "abbr",
    "fw",
    "formula",
    "unclear",
];

/// Elements whose words are about the text, not of it.
const ABOUT: [&str; 5] = ["note", "desc", "vocal", "incident", "kinesic"];
/// Speeches, which are tags where they say whose they are.
const SPEECHES: [&str; 2] = ["sp", "u"];
/// Elements that are read as those of `standOff`, wherever they are.
const STAND_OFF: [&str; 8] = [
    "spanGrp",
    "linkGrp",
    "link",
    "listRelation",
    "relation",
    "interpGrp",
    "interp",
    "fs",
];

/// Whether an element within a text belongs to `standOff`.
pub(super) fn is_stand_off(element: Element<'_>) -> bool {
    let name = element.local();
    let placed = || {
        ["from", "to", "target"]
            .iter()
            .any(|key| element.get(key).is_some())
    };
    STAND_OFF.contains(&name) || name == "span" && placed()
}

/// Whether an element says what its words are.
fn is_tag(element: Element<'_>) -> bool {
    let name = element.local();
    TAGS.contains(&name) || SPEECHES.contains(&name) && element.get("who").is_some()
}

/// Walks through a text.
pub(super) struct Walk<'a, 'b> {
    aside: &'b mut LeftOut,
    body: Body<'a>,
    points: u32,
    /// What goes before the next word.
    gap: Option<char>,
    /// Marks that begin at the next word.
    waiting: Vec<Mark<'a>>,
}

enum Mark<'a> {
    Tag(usize),
    Id(&'a str),
}

impl<'a, 'b> Walk<'a, 'b> {
    pub(super) fn new(aside: &'b mut LeftOut) -> Self {
        Self {
            aside,
            body: Body::default(),
            points: 0,
            gap: None,
            waiting: Vec::new(),
        }
    }

    /// Adds the text of an element and of all in it, which is nested at most as deep as a tree is.
    pub(super) fn element(&mut self, element: Element<'a>, preserved: bool) {
        let name = element.local();
        element.take_words();
        let preserved = match element.get("xml:space") {
            Some("preserve") => true,
            Some(_) => false,
            None => preserved,
        };
        if name == "standOff" || name == "teiHeader" || is_stand_off(element) {
            return;
        }
        if ABOUT.contains(&name) {
            return self.about(element);
        }
        if name == "del" {
            let words = element.text();
            if !words.trim().is_empty() {
                let why = "deleted words (<del>) are left out of the text";
                let what = format!("“{}”", shown(words.trim()));
                self.aside.skip(element.line(), why, what);
            }
            return;
        }
        let block = BLOCKS.contains(&name);
        if block || name == "lb" {
            self.end_line();
        }
        if preserved {
            self.flush();
        }
        let tag = is_tag(element).then_some(self.body.tags.len());
        let here = Place {
            start: self.points,
            end: self.points,
        };
        if let Some(n) = tag {
            self.body.tags.push((element, here));
            self.wait(Mark::Tag(n), preserved);
        } else if LOOKS.contains(&name) {
            if name != "anchor" {
                self.aside.bookkeeping(element.line(), &format!("<{name}>"));
            }
        } else if !block && name != "choice" && name != "TEI" && !CORRECTIONS.contains(&name) {
            let words = element.text();
            let what = format!("{} (“{}”)", start_tag(element), shown(&words));
            let why = "elements that are not tags here are left out; their text is kept";
            self.aside.skip(element.line(), why, what);
        }
        let id = element
            .get("xml:id")
            .filter(|id| !self.body.places.contains_key(id));
        if let Some(id) = id {
            self.body.places.insert(id, here);
            self.wait(Mark::Id(id), preserved);
        }
        if name == "choice" {
            self.choice(element, preserved);
        } else {
            for child in element.children() {
                match child {
                    Child::Text(text) if preserved => self.verbatim(text),
                    Child::Text(text) => self.words(text),
                    Child::Own(_) => {}
                    Child::Element(child) => self.element(child, preserved),
                }
            }
        }
        let end = self.points;
        if let Some((_, place)) = tag.and_then(|n| self.body.tags.get_mut(n)) {
            place.end = end;
        }
        if let Some(place) = id.and_then(|id| self.body.places.get_mut(id)) {
            place.end = end;
        }
        if block {
            self.end_line();
        }
    }

    /// Tells words that are not of the text, and the tags in them.
    fn about(&mut self, element: Element<'a>) {
        let words = element.text();
        let mut what = format!("{} “{}”", start_tag(element), shown(words.trim()));
        let mut left: Vec<Element<'_>> = element.within().rev().collect();
        while let Some(inner) = left.pop() {
            if is_tag(inner) {
                let words = inner.text();
                what.push_str(&format!(", {} “{}”", start_tag(inner), shown(words.trim())));
            }
            left.extend(inner.within().rev());
        }
        let why = "notes and descriptions are left out of the text";
        self.aside.skip(element.line(), why, what);
    }

    /// The text and all marks in it.
    pub(super) fn finish(mut self) -> Body<'a> {
        self.arrive();
        self.body
    }

    /// Of several readings the first is the text.
    fn choice(&mut self, element: Element<'a>, preserved: bool) {
        let mut readings = element.within();
        if let Some(first) = readings.next() {
            self.element(first, preserved);
        }
        for other in readings {
            let words = other.text();
            let what = format!("{} “{}”", start_tag(other), shown(&words));
            self.aside.skip(
                other.line(),
                "only the first reading of a <choice> is in the text",
                what,
            );
        }
    }

    fn wait(&mut self, mark: Mark<'a>, preserved: bool) {
        self.waiting.push(mark);
        if preserved {
            self.arrive();
        }
    }

    /// What waits begins here.
    fn arrive(&mut self) {
        for mark in std::mem::take(&mut self.waiting) {
            let place = match mark {
                Mark::Tag(n) => self.body.tags.get_mut(n).map(|(_, place)| place),
                Mark::Id(id) => self.body.places.get_mut(id),
            };
            if let Some(place) = place {
                place.start = self.points;
            }
        }
    }

    fn end_line(&mut self) {
        if self.points > 0 {
            self.gap = Some('\n');
        }
    }

    fn flush(&mut self) {
        if let Some(gap) = self.gap.take() {
            self.body.text.push(gap);
            self.points += 1;
        }
    }

    fn verbatim(&mut self, text: &str) {
        self.arrive();
        self.body.text.push_str(text);
        let more = u32::try_from(text.chars().count()).unwrap_or(0);
        self.points = self.points.saturating_add(more);
    }

    /// Text in which any white space is one blank.
    fn words(&mut self, text: &str) {
        for c in text.chars() {
            if matches!(c, ' ' | '\n' | '\t' | '\r') {
                if self.points > 0 && self.gap.is_none() {
                    self.gap = Some(' ');
                }
            } else {
                self.flush();
                if !self.waiting.is_empty() {
                    self.arrive();
                }
                self.body.text.push(c);
                self.points = self.points.saturating_add(1);
            }
        }
    }
}

/// Elements of editors, whose text is that of the document.
const CORRECTIONS: [&str; 9] = [
    "sic", "corr", "orig", "reg", "expan", "ex", "am", "supplied", "add",
];
