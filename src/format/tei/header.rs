//! What is said about a document before its text.

use super::TAGGED;
use crate::format::Imported;
use crate::format::left_out::shown_words as shown;
use crate::format::xml_tree::{Element, Unread};
use crate::text::wording::short_list;

/// What a document's header says that is needed.
#[derive(Default)]
pub(super) struct Header {
    /// Whether it is a file of ours.
    pub(super) ours: bool,
    pub(super) title: String,
    pub(super) annotator: String,
    pub(super) state: String,
}

/// Reads it.
pub(super) fn header(tei: Element<'_>) -> Header {
    let all = || tei.below("teiHeader");
    let mut header = Header {
        ours: all().any(is_ours),
        ..Header::default()
    };
    for element in all() {
        match element.local() {
            "title" if header.title.is_empty() => header.title = element.own_words(),
            "respStmt" if header.annotator.is_empty() => {
                let name = element.within().find(|child| child.local() == "name");
                header.annotator = name.map_or(String::new(), Element::own_words);
            }
            "revisionDesc" => {
                let state = element.get("status").unwrap_or_default();
                state.clone_into(&mut header.state);
            }
            _ => {}
        }
    }
    if !header.ours {
        header.state.clear();
    }
    header
}

/// Whether an element of a header says that Pullquote wrote it.
fn is_ours(element: Element<'_>) -> bool {
    match element.local() {
        "sourceDesc" | "application" => {
            let mut parts = element.within().chain([element]);
            parts.any(|part| part.own_words().contains("Pullquote"))
        }
        "change" => element.own_words() == TAGGED,
        _ => false,
    }
}

/// So many facts of a header are in a message.
const MOST_FACTS: usize = 10;

/// Names what a header says that is not read.
pub(super) fn other_facts(tei: Element<'_>, header: &Header, imported: &mut Imported) {
    let mut own = vec![
        "tagging",
        "Not published.",
        "A plain text, tagged with Pullquote.",
        TAGGED,
    ];
    if header.ours {
        own.extend([&*header.title, &*header.annotator]);
    }
    let facts = tei.below("teiHeader").flat_map(Element::unread);
    let facts = facts.filter_map(|Unread { element, attribute }| {
        let name = element.local();
        match attribute {
            Some(("xml:id" | "xml:lang" | "xml:space", _)) => None,
            Some((attribute, value)) => Some(format!("{attribute} “{}” of {name}", shown(value))),
            None => {
                let words = element.own_words();
                (!own.contains(&&*words)).then(|| format!("{name} “{}”", shown(&words)))
            }
        }
    });
    let facts: Vec<String> = facts.collect();
    if !facts.is_empty() {
        let facts = short_list(&facts, MOST_FACTS);
        imported.note_ignored(tei.line(), format!("<teiHeader>: {facts}"));
    }
}
