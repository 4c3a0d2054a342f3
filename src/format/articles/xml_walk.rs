//! Goes through the XML in a document element by element, so that a large one takes little memory. What it
//! declares as entities is not read: a word processor declares none, and they can stand for gigabytes.

use quick_xml::NsReader;
use quick_xml::escape::resolve_predefined_entity;
use quick_xml::events::{BytesStart, Event};
use quick_xml::name::ResolveResult;

use crate::format::html_entities::character as html_entity;

/// Elements within elements, at most.
const DEEPEST: usize = 2_000;

/// What comes next in a file.
pub(super) enum Node<'a> {
    /// An element begins.
    Open(Element<'a>),
    /// The last one that began ends.
    Close,
    /// Text in an element.
    Text(&'a str),
}

/// The beginning of an element.
pub(super) struct Element<'a> {
    /// The namespace; empty where it has none.
    pub(super) space: &'a str,
    /// The name without prefix.
    pub(super) name: &'a str,
    start: &'a BytesStart<'a>,
}

impl Element<'_> {
    /// The value of an attribute by its name without prefix.
    pub(super) fn get(&self, name: &str) -> Option<String> {
        let mut attributes = self.start.attributes();
        let mut attributes = attributes.with_checks(false).flatten();
        let found = attributes.find(|attribute| {
            let key: &str = attribute.key.as_ref();
            key.rsplit_once(':').map_or(key, |(_, local)| local) == name
        })?;
        Some(unescaped(&found.value))
    }
}

fn unescaped(value: &str) -> String {
    match quick_xml::escape::unescape(value) {
        Ok(value) => value.into_owned(),
        Err(_) => value.to_owned(),
    }
}

/// Goes through a file. The error says what is wrong with it.
pub(super) fn walk(xml: &str, visit: &mut dyn FnMut(Node<'_>)) -> Result<(), String> {
    let mut reader = NsReader::from_str(xml);
    reader.config_mut().expand_empty_elements = true;
    let mut depth = 0_usize;
    loop {
        let (space, event) = reader
            .read_resolved_event()
            .map_err(|_| "it is not whole, or no XML".to_owned())?;
        match event {
            Event::Start(start) => {
                depth += 1;
                if depth > DEEPEST {
                    return Err(format!("its elements are nested more than {DEEPEST} deep"));
                }
                let space = match space {
                    ResolveResult::Bound(space) => space.into_inner(),
                    ResolveResult::Unbound | ResolveResult::Unknown(_) => "",
                };
                let name = start.local_name();
                visit(Node::Open(Element {
                    space,
                    name: name.as_ref(),
                    start: &start,
                }));
            }
            Event::End(_) => {
                depth = depth.saturating_sub(1);
                visit(Node::Close);
            }
            Event::Text(text) => visit(Node::Text(&text.xml10_content())),
            Event::CData(text) => visit(Node::Text(&text.xml10_content())),
            Event::GeneralRef(name) => {
                // What stands for nothing known stays as it is written.
                let text = reference(&name).unwrap_or_else(|| format!("&{};", &*name));
                visit(Node::Text(&text));
            }
            Event::DocType(doctype) if doctype.contains("<!ENTITY") => {
                return Err("it declares entities, which documents do not need".to_owned());
            }
            Event::Empty(_)
            | Event::DocType(_)
            | Event::PI(_)
            | Event::Comment(_)
            | Event::Decl(_) => {}
            Event::Eof if depth > 0 => return Err("it is not whole".to_owned()),
            Event::Eof => return Ok(()),
        }
    }
}

/// What a reference stands for.
fn reference(name: &quick_xml::events::BytesRef<'_>) -> Option<String> {
    if name.is_char_ref() {
        return name.resolve_char_ref().ok().flatten().map(String::from);
    }
    let predefined = resolve_predefined_entity(name);
    let html = || html_entity(name).map(String::from);
    predefined.map(str::to_owned).or_else(html)
}
