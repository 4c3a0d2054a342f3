//! XMI as the structures that the JSON of UIMA has.

use std::collections::{BTreeMap, BTreeSet};

use smol_str::{SmolStr, format_smolstr};
use thin_vec::ThinVec;

use super::fields::LINE;
use super::lists::join_lists;
use super::type_system::{Range, TypeSystem};
use crate::format::draining::Draining;
use crate::format::json::{Map, Value};
use crate::format::left_out::{LeftOut, shown_words as shown};
use crate::format::xml_tree::{Child, Element, Malformed, Tree, local};
use crate::format::{Imported, RecordProblem};
use crate::text::wording::short_list;

/// What all structures have besides their features.
const OWN: [&str; 4] = ["xmi:id", "sofa", "begin", "end"];

/// The structures of a file. Features that lead to other structures begin with `@`, as in JSON.
pub(super) fn structures(
    xml: &str,
    types: Option<&TypeSystem>,
    left_out: &mut LeftOut,
    imported: &mut Imported,
) -> Result<Vec<Map>, Malformed> {
    let tree = Tree::parse(xml)?;
    let Some(root) = tree.root() else {
        return Err((1, "this is not XMI".to_owned()));
    };
    if root.local() != "XMI" {
        return Err((root.line(), other_shape(root)));
    }
    let named = root
        .within()
        .map(|element| (type_name(root, element.name()), element));
    let (index, elements): (Vec<Named<'_>>, Vec<Named<'_>>) =
        named.partition(|(kind, _)| kind == "uima.cas.NULL" || kind == "uima.cas.View");
    of_index(&index, &elements, left_out);
    of_root(root, left_out);
    let loose_text = root.children().filter_map(|child| match child {
        Child::Text(text) => Some(text.trim()).filter(|text| !text.is_empty()),
        Child::Element(_) | Child::Own(_) => None,
    });
    for text in loose_text {
        let why = "words that belong to no structure are left out";
        left_out.skip(root.line(), why, format!("“{}”", shown(text)));
    }
    let guessed;
    let references = match types {
        Some(types) => References::Known(types),
        None => {
            guessed = guess(&elements);
            let read = guessed
                .iter()
                .filter(|(_, feature)| !USUAL.contains(&feature.as_str()));
            let read = read.map(|(kind, feature)| format!("`{feature}` of {kind}"));
            let read: Vec<String> = read.collect();
            if !read.is_empty() {
                imported.notes.push(RecordProblem {
                    line: 1,
                    message: format!(
                        "there is no TypeSystem.xml beside it, so features whose values are all \
                         numbers of structures are read as links; put it there if they are numbers: \
                         {}",
                        short_list(&read, MOST_GUESSED)
                    ),
                });
            }
            References::Guessed(&guessed)
        }
    };
    let mut all: Vec<Map> = Draining::new(elements)
        .map(|(kind, element)| structure(&kind, element, &references, left_out))
        .collect();
    join_lists(&mut all, left_out);
    Ok(all)
}

/// An element with the type it stands for.
type Named<'a> = (SmolStr, Element<'a>);

/// Names what the root says besides its namespaces.
fn of_root(root: Element<'_>, left_out: &mut LeftOut) {
    for (name, value) in root.all_attributes() {
        if name == "xmlns" || name.starts_with("xmlns:") || name == "xmi:version" {
            continue;
        }
        if name.ends_with(":schemaLocation") {
            left_out.bookkeeping(root.line(), name);
        } else {
            left_out.unknown(root.line(), &format!("XMI.{name}"), &shown(value));
        }
    }
}

/// Names what the index of a file says besides which structures are in it.
fn of_index(index: &[Named<'_>], elements: &[Named<'_>], left_out: &mut LeftOut) {
    let ids: BTreeSet<&str> = elements
        .iter()
        .filter_map(|(_, element)| element.get("xmi:id"))
        .collect();
    for (kind, element) in index {
        for (name, value) in element.all_attributes() {
            match name {
                "xmi:id" => {}
                "sofa" if ids.contains(value) => {}
                "members" => {
                    let members = value.split_ascii_whitespace();
                    for member in members.filter(|member| !ids.contains(member)) {
                        let what = format!("{kind}.members ({})", shown(member));
                        left_out.reference(element.line(), what);
                    }
                }
                name => {
                    let field = format!("{kind}.{name}");
                    left_out.unknown(element.line(), &field, &shown(value));
                }
            }
        }
    }
}

/// So many features are in a message.
const MOST_GUESSED: usize = 5;

/// What a file is that is no XMI.
fn other_shape(root: Element<'_>) -> String {
    match root.local() {
        "typeSystemDescription" => "this is a type system without a text; import the .xmi beside \
                                    it"
        .to_owned(),
        "TEI" | "teiCorpus" => "this is TEI; import it with --from tei".to_owned(),
        "Project" => {
            "this is a REFI-QDA project; import the whole .qdpx with --from qdpx".to_owned()
        }
        name => format!("this is not XMI, but <{name}>; export it as UIMA CAS XMI"),
    }
}

/// The type an element stands for: its package is in the address of its prefix.
fn type_name(root: Element<'_>, name: &str) -> SmolStr {
    let (prefix, short) = name.split_once(':').unwrap_or(("", name));
    let declared = match prefix {
        "" => root.get("xmlns"),
        prefix => root.get(&format!("xmlns:{prefix}")),
    };
    let package = match declared {
        Some(address) => {
            let path = address.strip_prefix("http:///").unwrap_or(address);
            path.strip_suffix(".ecore")
                .unwrap_or(path)
                .replace('/', ".")
        }
        None => prefix.to_owned(),
    };
    if package.is_empty() || package == "noNamespace" {
        short.into()
    } else {
        format_smolstr!("{package}.{short}")
    }
}

/// Which features lead to other structures.
enum References<'a> {
    Known(&'a TypeSystem),
    Guessed(&'a BTreeSet<(SmolStr, SmolStr)>),
}

/// Features that lead to structures in every project.
const USUAL: [&str; 6] = [
    "Governor",
    "Dependent",
    "target",
    "head",
    "tail",
    "elements",
];

impl References<'_> {
    fn range(&self, kind: &str, feature: &str) -> Range {
        if kind.starts_with("uima.cas.") {
            let leads = USUAL.contains(&feature) && !NUMBERS.contains(&kind);
            return if leads {
                Range::Structures
            } else {
                Range::Text
            };
        }
        match self {
            Self::Known(types) => types.range(kind, feature).unwrap_or({
                if USUAL.contains(&feature) {
                    Range::Structures
                } else {
                    Range::Text
                }
            }),
            Self::Guessed(found) if found.contains(&(kind.into(), feature.into())) => {
                Range::Structures
            }
            Self::Guessed(_) => Range::Text,
        }
    }
}

/// Lists whose elements are values, not structures.
const NUMBERS: [&str; 8] = [
    "uima.cas.IntegerArray",
    "uima.cas.FloatArray",
    "uima.cas.DoubleArray",
    "uima.cas.LongArray",
    "uima.cas.ShortArray",
    "uima.cas.ByteArray",
    "uima.cas.BooleanArray",
    "uima.cas.StringArray",
];

fn numbers(value: &str) -> impl Iterator<Item = Option<u64>> {
    value.split_ascii_whitespace().map(|n| n.parse().ok())
}

/// The features whose values are all numbers of structures.
fn guess(elements: &[Named<'_>]) -> BTreeSet<(SmolStr, SmolStr)> {
    let ids: BTreeSet<u64> = elements
        .iter()
        .filter(|(kind, _)| kind != "uima.cas.Sofa")
        .filter_map(|(_, element)| element.get("xmi:id")?.parse().ok())
        .collect();
    let mut found: BTreeMap<(&str, &str), bool> = BTreeMap::new();
    for (kind, element) in elements {
        // Of our own structures it is known.
        let ours = kind.starts_with("custom.");
        if kind.starts_with("uima.cas.") {
            continue;
        }
        for (name, value) in element.all_attributes() {
            if OWN.contains(&name) || local(name) != name {
                continue;
            }
            let usual = USUAL.contains(&name);
            let all = usual && numbers(value).all(|n| n.is_some())
                || !ours
                    && !value.trim().is_empty()
                    && numbers(value).all(|n| n.is_some_and(|n| ids.contains(&n)));
            let known = found.entry((kind, name)).or_insert(true);
            *known &= all;
        }
    }
    let found = found.into_iter().filter(|(_, all)| *all);
    found
        .map(|((kind, feature), _)| (kind.into(), feature.into()))
        .collect()
}

fn structure(
    kind: &str,
    element: Element<'_>,
    references: &References<'_>,
    left_out: &mut LeftOut,
) -> Map {
    let mut fields: Vec<(SmolStr, Value)> = vec![
        ("%TYPE".into(), kind.into()),
        (LINE.into(), element.line().into()),
    ];
    let mut add = |name: &str, value: Value| fields.push((name.into(), value));
    let number = |value: &str| match value.trim().parse::<u64>() {
        Ok(number) => Value::from(number),
        Err(_) => value.into(),
    };
    for (name, value) in element.all_attributes() {
        match name {
            "xmi:id" => add("%ID", number(value)),
            "sofa" => add("@sofa", number(value)),
            "begin" | "end" => add(name, number(value)),
            name if name.starts_with("xmlns") || name.starts_with("xmi:") => {}
            name => match references.range(kind, name) {
                Range::Text => add(name, value.into()),
                Range::Structures if kind.starts_with("uima.cas.") && name == "elements" => {
                    let items = value.split_ascii_whitespace().map(number).collect();
                    add("%ELEMENTS", Value::Array(items));
                }
                // References are numbers, whatever a type system says.
                Range::Structures if !are_numbers(value) => add(name, value.into()),
                Range::Structures => {
                    let mut items: ThinVec<Value> =
                        value.split_ascii_whitespace().map(number).collect();
                    let leads = match items.len() {
                        0 => continue,
                        1 => items.remove(0),
                        _ => Value::Array(items),
                    };
                    add(&format!("@{name}"), leads);
                }
            },
        }
    }
    // Lists of words are elements of their own.
    let mut lists: BTreeMap<&str, Vec<String>> = BTreeMap::new();
    for child in element.children() {
        match child {
            Child::Element(item) => lists.entry(item.local()).or_default().push(item.text()),
            Child::Own(_) => {}
            Child::Text(text) if text.trim().is_empty() => {}
            Child::Text(text) => {
                let why = "words that belong to no feature are left out";
                let example = format!("“{}” in {kind}", shown(text.trim()));
                left_out.skip(element.line(), why, example);
            }
        }
    }
    let mut fields: Map = fields.into_iter().collect();
    let mut more: Vec<(SmolStr, Value)> = Vec::new();
    for (name, items) in lists {
        if kind.starts_with("uima.cas.") && name == "elements" {
            let items = items.into_iter().map(Value::from);
            more.push(("%ELEMENTS".into(), Value::Array(items.collect())));
        } else {
            let name = if OWN.contains(&name) || fields.contains_key(name) {
                format!("{name}-2")
            } else {
                name.to_owned()
            };
            more.push((name.into(), items.join("; ").into()));
        }
    }
    fields.extend(more);
    fields
}

fn are_numbers(items: &str) -> bool {
    let mut items = items.split_ascii_whitespace();
    items.all(|item| item.parse::<u64>().is_ok())
}
