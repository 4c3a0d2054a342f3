//! The annotations that the columns of all words say there are.

use std::collections::{BTreeMap, BTreeSet};

use super::header::{Column, Header, Layer, LayerKind, Values};
use super::text::Unit;
use super::{escapes, problem};
use crate::format::Imported;
use crate::format::interchange::BoundedList;
use crate::format::layer_names::short;
use crate::format::left_out::{LeftOut, shown_words as shown};

/// An annotation over words.
#[derive(Debug)]
pub(super) struct Annotation<'a> {
    /// The number of its layer.
    pub(super) layer: usize,
    pub(super) line: usize,
    /// Its first and its last word, by their numbers.
    pub(super) first: usize,
    pub(super) last: usize,
    /// Whether all its words were found in the text.
    pub(super) found: bool,
    pub(super) values: Values<'a>,
    pub(super) slots: Vec<Slot<'a>>,
    /// Its chain, and its place in that.
    pub(super) chain: Option<(u64, u64)>,
}

/// A link of a feature.
#[derive(Debug, PartialEq, Eq)]
pub(super) struct Slot<'a> {
    /// The feature, where it has no role.
    pub(super) role: String,
    pub(super) has_role: bool,
    pub(super) to: End<'a>,
}

/// Where a link leads: to the annotation of a layer that begins at a word or has a number.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub(super) struct End<'a> {
    pub(super) layer: &'a str,
    pub(super) word: &'a str,
    pub(super) number: Option<u64>,
}

/// A relation to the annotation at a word.
#[derive(Debug)]
pub(super) struct Relation<'a> {
    pub(super) layer: usize,
    pub(super) line: usize,
    pub(super) from: End<'a>,
    pub(super) to: End<'a>,
    pub(super) values: Values<'a>,
}

#[derive(Debug, Default)]
pub(super) struct Annotations<'a> {
    pub(super) all: BoundedList<Annotation<'a>>,
    pub(super) relations: BoundedList<Relation<'a>>,
    /// By layer and number.
    pub(super) numbered: BTreeMap<(usize, u64), usize>,
    /// By word and layer; of files with links.
    pub(super) at: BTreeMap<(&'a str, usize), Vec<usize>>,
}

/// What a column says about a word: the number of the column in its layer, what it is, and its text.
type Cell<'a> = (usize, &'a Column, &'a str);

/// Reads the columns.
pub(super) fn read<'a>(
    header: &'a Header,
    units: &[Unit<'a>],
    aside: &mut LeftOut,
    imported: &mut Imported,
) -> Annotations<'a> {
    let links = header.has_links();
    let mut read = Annotations::default();
    let mut chained = BTreeMap::new();
    for (n, unit) in units.iter().enumerate() {
        let cells: Vec<&str> = unit.columns.split('\t').take(header.columns).collect();
        for (l, layer) in header.layers.iter().enumerate() {
            let columns: Vec<Cell<'_>> = layer
                .columns
                .iter()
                .zip(cells.iter().skip(layer.first))
                .enumerate()
                .map(|(n, (column, text))| (n, column, *text))
                .filter(|(_, _, text)| !text.is_empty() && *text != "_")
                .collect();
            if columns.is_empty() {
                continue;
            }
            if ["Lemma", "Stem"].contains(&short(&layer.name)) {
                about_word(layer, unit, &columns, aside);
                continue;
            }
            match layer.kind {
                LayerKind::Relation => {
                    relation(&mut read, (l, layer), unit, &columns, aside);
                }
                LayerKind::Span | LayerKind::Chain => {
                    let at = Place {
                        layer: l,
                        unit,
                        n,
                        links,
                    };
                    spans(&mut read, &mut chained, &at, layer, &columns, aside);
                }
            }
        }
    }
    if header.layers.is_empty() && !units.is_empty() {
        imported
            .notes
            .push(problem(1, "it names no layers, so it has no annotations"));
    }
    read
}

/// Tells what is said about a word.
fn about_word(layer: &Layer, unit: &Unit<'_>, columns: &[Cell<'_>], aside: &mut LeftOut) {
    for (_, column, text) in columns {
        let Column::Feature(name) = column else {
            continue;
        };
        let raw = escapes::split(text, '|').into_iter();
        let values = raw.map(|raw| escapes::bracket(raw).0);
        for value in values.filter(|value| !["*", "_", ""].contains(value)) {
            let (value, word) = (escapes::value(value), shown(unit.words));
            let layer = short(&layer.name);
            let what = format!("{layer}.{name} “{}” of “{word}”", shown(&value));
            let why = "what is said about single words, such as lemmas, is left out";
            aside.skip(unit.line, why, what);
        }
    }
}

/// Columns of a layer at a word.
struct Place<'u, 'a> {
    layer: usize,
    unit: &'u Unit<'a>,
    n: usize,
    /// Whether the file has links.
    links: bool,
}

fn number(id: Option<&str>) -> Option<u64> {
    id?.parse().ok().filter(|number| *number > 0)
}

fn spans<'a>(
    read: &mut Annotations<'a>,
    chained: &mut BTreeMap<(usize, u64, u64), usize>,
    place: &Place<'_, 'a>,
    layer: &'a Layer,
    columns: &[Cell<'a>],
    aside: &mut LeftOut,
) {
    compare_numbers(place, layer, columns, aside);
    // The annotations of this layer here, in the order of their stack.
    let mut stack: Vec<usize> = Vec::new();
    let mut stacked = BTreeSet::new();
    // A chain's elements are known by the column of their links alone.
    let (first, rest): (Vec<_>, Vec<_>) = columns
        .iter()
        .partition(|(_, column, _)| matches!(column, Column::ChainLink));
    for (c, column, text) in first.into_iter().chain(rest) {
        for (index, raw) in escapes::split(text, '|').into_iter().enumerate() {
            let ((value, id), chain) = match column {
                Column::Targets(_) => ((raw, None), None),
                Column::ChainLink => match chain_link(raw) {
                    Some((value, chain)) => ((value, None), Some(chain)),
                    None => {
                        let what = format!("“{}” of {}", shown(raw), layer.called);
                        aside.skip(
                            place.unit.line,
                            "places in a chain that cannot be read are left out",
                            what,
                        );
                        continue;
                    }
                },
                Column::Placeholder | Column::Feature(_) | Column::Roles(_) | Column::Source(_) => {
                    (escapes::bracket(raw), None)
                }
            };
            let id = number(id).filter(|_| layer.kind == LayerKind::Span);
            let known = match (chain, id) {
                (Some((chain, link)), _) => chained.get(&(place.layer, chain, link)).copied(),
                (None, Some(id)) => read.numbered.get(&(place.layer, id)).copied(),
                (None, None) => stack.get(index).copied(),
            };
            let number = known.unwrap_or_else(|| {
                read.all.push(Annotation {
                    layer: place.layer,
                    line: place.unit.line,
                    first: place.n,
                    last: place.n,
                    found: true,
                    values: Values::default(),
                    slots: Vec::new(),
                    chain,
                });
                read.all.len() - 1
            });
            if let Some((chain, link)) = chain {
                chained.insert((place.layer, chain, link), number);
            }
            if let Some(id) = id {
                read.numbered.insert((place.layer, id), number);
            }
            if stacked.insert(number) {
                stack.push(number);
                if place.links {
                    let key = (place.unit.id, place.layer);
                    read.at.entry(key).or_default().push(number);
                }
            }
            if let Some(annotation) = read.all.get_mut(number) {
                annotation.last = annotation.last.max(place.n);
                annotation.found &= place.unit.place.is_some();
                fill(
                    annotation,
                    layer,
                    (c, column, value),
                    place.unit.line,
                    aside,
                );
            }
        }
    }
}

/// Tells where the columns of a word do not number its annotations in the same way.
fn compare_numbers(
    place: &Place<'_, '_>,
    layer: &Layer,
    columns: &[Cell<'_>],
    aside: &mut LeftOut,
) {
    if layer.kind != LayerKind::Span {
        return;
    }
    let mut numbers: Option<Vec<Option<u64>>> = None;
    for (_, column, text) in columns {
        if matches!(column, Column::Targets(_)) {
            continue;
        }
        let split = escapes::split(text, '|').into_iter();
        let here: Vec<_> = split.map(|raw| number(escapes::bracket(raw).1)).collect();
        if numbers.as_ref().is_some_and(|known| *known != here) {
            let message = format!(
                "the columns of {} number the annotations at the word {} in different ways; check \
                 them",
                layer.called, place.unit.id
            );
            aside.hint(place.unit.line, message);
            return;
        }
        numbers = Some(here);
    }
}

/// Takes up the value of a column; of several words all have it.
fn fill<'a>(
    annotation: &mut Annotation<'a>,
    layer: &Layer,
    (c, column, value): Cell<'a>,
    line: usize,
    aside: &mut LeftOut,
) {
    match column {
        Column::Placeholder => no_feature(value, layer, line, aside),
        Column::Source(_) => {}
        Column::Feature(_) | Column::ChainLink => {
            set(
                &mut annotation.values,
                layer,
                (c, column, value),
                line,
                aside,
            );
        }
        Column::Roles(feature) => {
            let roles = escapes::split(value, ';').into_iter().map(|role| Slot {
                has_role: !["*", "_", ""].contains(&role),
                role: match role {
                    "*" | "_" | "" => feature.clone(),
                    role => escapes::value(role),
                },
                to: End::default(),
            });
            // Of the words after the first one, which have the same.
            if annotation.last == annotation.first {
                annotation.slots.extend(roles);
            }
        }
        Column::Targets(layer) if annotation.last == annotation.first => {
            let open = annotation
                .slots
                .iter_mut()
                .filter(|slot| slot.to.word.is_empty());
            let targets = escapes::split(value, ';');
            let targets = targets
                .into_iter()
                .filter(|to| !["*", "_", ""].contains(to));
            let mut open = open;
            for target in targets {
                let (word, id) = escapes::bracket(target);
                match open.next() {
                    Some(slot) => {
                        slot.to = End {
                            layer,
                            word,
                            number: number(id),
                        };
                    }
                    None => {
                        let what = format!("to the word {word}");
                        aside.skip(line, "links without a role are left out", what);
                    }
                }
            }
        }
        Column::Targets(_) => {}
    }
}

/// Tells a value in the column of a layer that has no features; `*` only says that it is there.
fn no_feature(value: &str, layer: &Layer, line: usize, aside: &mut LeftOut) {
    if !["*", "_", ""].contains(&value) {
        let what = format!("“{}” of {}", shown(value), layer.called);
        let why = "values of layers that have no features are left out";
        aside.skip(line, why, what);
    }
}

fn set<'a>(
    values: &mut Values<'a>,
    layer: &Layer,
    (c, column, raw): Cell<'a>,
    line: usize,
    aside: &mut LeftOut,
) {
    if raw == "*" || raw.is_empty() {
        return;
    }
    match values.insert(layer.first(c), raw) {
        Some(known) if *known != raw && escapes::value(known) != escapes::value(raw) => {
            let (name, value) = (column.feature().unwrap_or_default(), escapes::value(raw));
            let what = format!("`{name}` “{}” of {}", shown(&value), layer.called);
            aside.skip(
                line,
                "values that differ from those at the word before are left out",
                what,
            );
        }
        Some(_) | None => {}
    }
}

/// `anaphoric->3-1`: how the next element follows, the chain, and the place in it.
fn chain_link(raw: &str) -> Option<(&str, (u64, u64))> {
    let (raw, _) = escapes::bracket(raw);
    let (value, place) = raw.rsplit_once("->")?;
    let (chain, link) = place.split_once('-')?;
    Some((value, (chain.parse().ok()?, link.parse().ok()?)))
}

fn relation<'a>(
    read: &mut Annotations<'a>,
    (number_of_layer, layer): (usize, &'a Layer),
    unit: &Unit<'a>,
    columns: &[Cell<'a>],
    aside: &mut LeftOut,
) {
    let mut relations: Vec<Relation<'a>> = Vec::new();
    for (c, column, text) in columns {
        for (index, raw) in escapes::split(text, '|').into_iter().enumerate() {
            if relations.len() <= index {
                relations.push(Relation {
                    layer: number_of_layer,
                    line: unit.line,
                    from: End::default(),
                    to: End::default(),
                    values: Values::default(),
                });
            }
            let Some(relation) = relations.get_mut(index) else {
                continue;
            };
            let (value, ids) = escapes::bracket(raw);
            match column {
                Column::Source(base) => {
                    let (from, to) = ids.and_then(|ids| ids.split_once('_')).unzip();
                    let end = |word: &'a str, id| End {
                        layer: base.as_str(),
                        word,
                        number: number(id),
                    };
                    if !relation.from.word.is_empty() {
                        let what = format!("“{}” at `{}`", shown(value), unit.id);
                        let why = "relations begin at one word; others are left out";
                        aside.skip(unit.line, why, what);
                        continue;
                    }
                    relation.from = end(value, from);
                    relation.to = end(unit.id, to);
                }
                Column::Feature(name) if value != "*" && !value.is_empty() => {
                    if let Some(known) = relation.values.insert(layer.first(*c), value) {
                        let before = escapes::value(std::mem::replace(known, value));
                        let what = format!("“{}” of `{name}`", shown(&before));
                        let why = "all values of a feature that is there twice but the last are \
                                   left out";
                        aside.skip(unit.line, why, what);
                    }
                }
                Column::Placeholder => no_feature(value, layer, unit.line, aside),
                Column::Feature(_) | Column::Roles(_) | Column::Targets(_) | Column::ChainLink => {}
            }
        }
    }
    for relation in relations {
        if relation.from.word.is_empty() {
            let values: Vec<String> = layer.named(&relation.values).into_values().collect();
            let what = format!("at `{}` ({})", unit.id, values.join(", "));
            let why = "relations that do not say where they begin are left out";
            aside.skip(unit.line, why, what);
        } else {
            read.relations.push(relation);
        }
    }
}
