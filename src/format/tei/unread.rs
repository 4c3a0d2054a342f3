//! What of the elements of a text has no counterpart here.

use std::collections::BTreeMap;
use std::collections::btree_map::Entry;

use crate::format::left_out::{LeftOut, MOST_FIELDS, shown_words as shown};
use crate::format::xml_tree::{Element, Unread};

/// Names what was not read: words are left out, and attributes say how a text looks or where it comes
/// from. Of an attribute that many elements have, the first value is shown.
pub(super) fn tell_unread<'a>(elements: impl Iterator<Item = Element<'a>>, aside: &mut LeftOut) {
    let mut attributes: BTreeMap<(&str, &str), (usize, &str, usize)> = BTreeMap::new();
    for Unread { element, attribute } in elements.flat_map(Element::unread) {
        let name = element.local();
        match attribute {
            Some(("xml:id" | "xml:lang" | "xml:space", _)) => {}
            Some((attribute, value)) => {
                let is_full = attributes.len() >= MOST_FIELDS;
                match attributes.entry((name, attribute)) {
                    Entry::Occupied(mut known) => known.get_mut().2 += 1,
                    Entry::Vacant(new) if !is_full => {
                        new.insert((element.line(), value, 1));
                    }
                    Entry::Vacant(_) => {
                        let field = format!("<{name} {attribute}=\"{}\">", shown(value));
                        aside.bookkeeping(element.line(), &field);
                    }
                }
            }
            None => {
                let what = format!("{} “{}”", start_tag(element), shown(&element.own_words()));
                aside.skip(element.line(), "words beside the text are left out", what);
            }
        }
    }
    for ((name, attribute), (line, value, count)) in attributes {
        let more = match count {
            1 => String::new(),
            count => format!(" and {} more", count - 1),
        };
        let field = format!("<{name} {attribute}=\"{}\">{more}", shown(value));
        aside.bookkeeping(line, &field);
    }
}

/// An element with its attributes as it is written, for messages. They count as read.
pub(super) fn start_tag(element: Element<'_>) -> String {
    let mut tag = format!("<{}", element.local());
    for (name, value) in element.all_attributes() {
        if name != "xmlns" && !name.starts_with("xmlns:") {
            tag.push_str(&format!(" {name}=\"{}\"", shown(value)));
        }
    }
    tag.push('>');
    tag
}
