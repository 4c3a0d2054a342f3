//! What is said about a document before its text.

use super::TAGGED;
use crate::format::Imported;
use crate::format::left_out::shown_words as shown;
use crate::format::xml_tree::{Element, Tree, Unread};
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
pub(super) fn header(tree: &Tree, tei: &Element) -> Header {
    let all = tree.below(tei, "teiHeader");
    let mut header = Header {
        ours: all.iter().any(|element| is_ours(tree, element)),
        ..Header::default()
    };
    for element in all {
        match element.local() {
            "title" if header.title.is_empty() => header.title = Tree::own_words(element),
            "respStmt" if header.annotator.is_empty() => {
                let name = tree.within(element).find(|child| child.local() == "name");
                header.annotator = name.map_or(String::new(), Tree::own_words);
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
fn is_ours(tree: &Tree, element: &Element) -> bool {
    match element.local() {
        "sourceDesc" | "application" => {
            let mut parts = tree.within(element).chain([element]);
            parts.any(|part| Tree::own_words(part).contains("Pullquote"))
        }
        "change" => Tree::own_words(element) == TAGGED,
        _ => false,
    }
}

/// So many facts of a header are in a message.
const MOST_FACTS: usize = 10;

/// Names what a header says that is not read.
pub(super) fn other_facts(tree: &Tree, tei: &Element, header: &Header, imported: &mut Imported) {
    let mut own = vec![
        "tagging",
        "Not published.",
        "A plain text, tagged with Pullquote.",
        TAGGED,
    ];
    if header.ours {
        own.extend([&*header.title, &*header.annotator]);
    }
    let all = tree.below(tei, "teiHeader");
    let facts = Tree::unread(&all);
    let facts = facts.filter_map(|Unread { element, attribute }| {
        let name = element.local();
        match attribute {
            Some(("xml:id" | "xml:lang" | "xml:space", _)) => None,
            Some((attribute, value)) => Some(format!("{attribute} “{}” of {name}", shown(value))),
            None => {
                let words = Tree::own_words(element);
                (!own.contains(&&*words)).then(|| format!("{name} “{}”", shown(&words)))
            }
        }
    });
    let facts: Vec<String> = facts.collect();
    if !facts.is_empty() {
        let facts = short_list(&facts, MOST_FACTS);
        imported.note_ignored(tei.line, format!("<teiHeader>: {facts}"));
    }
}
