//! Annotations as tags and links.

use std::collections::BTreeMap;

use smallvec::smallvec;
use smol_str::SmolStr;

use super::annotations::{Annotation, Annotations, End, Slot};
use super::header::{CHAIN_LINK, Column, Header, Layer, Values};
use super::text::{Placed, Unit};
use crate::format::interchange::extras::facts;
use crate::format::interchange::{
    AttributeList, AttributeRecord, BoundedList, DocumentRecord, LinkRecord, SpanRecord,
};
use crate::format::left_out::LeftOut;
use crate::format::link_facts::LinkFacts;
use crate::format::tally::Content;

/// A record, and what its links say besides their roles and ends, by their ids.
pub(super) type Read = (DocumentRecord, BTreeMap<SmolStr, LinkFacts>);

/// Features that hold the label or role, the most likely first.
const LABELS: [&str; 4] = ["label", "value", "category", "referenceType"];
const ROLES: [&str; 4] = ["role", "label", "relationType", "value"];

/// Makes tags of annotations, and links of relations, slots and chains.
pub(super) fn make(
    header: &Header,
    placed: Placed<'_>,
    mut read: Annotations<'_>,
    aside: &mut LeftOut,
) -> Read {
    let mut record = DocumentRecord {
        text: placed.text,
        ..DocumentRecord::default()
    };
    record.spans.count_over_limit(read.all.over_limit());
    record.links.count_over_limit(read.relations.over_limit());
    let mut ids: Vec<Option<SmolStr>> = Vec::with_capacity(read.all.len());
    for (n, annotation) in read.all.iter_mut().enumerate() {
        let Some(layer) = header.layers.get(annotation.layer) else {
            ids.push(None);
            continue;
        };
        let word = |n: usize| placed.units.get(n);
        let name = word(annotation.first).map_or("", |unit| unit.id);
        let place = |n: usize| word(n).and_then(|unit| unit.place);
        let ends = place(annotation.first).zip(place(annotation.last));
        let range = ends.map(|([start, _], [_, end])| [start, end]);
        let what = || {
            let values: Vec<String> = layer.named(&annotation.values).into_values().collect();
            match &values[..] {
                [] => format!("{} at `{name}`", layer.called),
                values => format!("{} at `{name}` ({})", layer.called, values.join(", ")),
            }
        };
        aside.read(Content::Tag, 1);
        let id = match range.filter(|_| annotation.found) {
            None => {
                let why = "annotations on words that are not in the text are left out";
                aside
                    .skip_counted(annotation.line, why, what())
                    .add(Content::Tag, 1);
                None
            }
            Some([start, end]) if start >= end => {
                let why = "annotations that cover no character are left out";
                aside
                    .skip_counted(annotation.line, why, what())
                    .add(Content::Tag, 1);
                None
            }
            Some(range) => {
                let id = SmolStr::from(format!("a{}", n + 1));
                let span = span(&id, range, layer, annotation);
                if annotation.chain.is_none() {
                    annotation.values = Values::default();
                }
                aside.tally.read.extend(facts(&span.attributes, ""));
                record.spans.push(span);
                Some(id)
            }
        };
        ids.push(id);
    }
    let mut links = Links {
        header,
        read: &read,
        ids: &ids,
        words: words(header, &placed.units),
        word_tags: BTreeMap::new(),
        links: BoundedList::default(),
        facts: BTreeMap::new(),
    };
    for relation in &read.relations {
        let layer = header.layers.get(relation.layer);
        let called = layer.map_or("", |layer| &*layer.called);
        let mut values = layer.map_or_else(BTreeMap::new, |layer| layer.named(&relation.values));
        let named = ROLES.iter().find_map(|name| values.remove(*name));
        let role = named.unwrap_or_else(|| called.to_lowercase());
        let mut facts = LinkFacts::default();
        for (name, value) in &values {
            facts.add(name, value);
        }
        let (from, to) = (links.end(&relation.from), links.end(&relation.to));
        links.add(
            relation.line,
            &role,
            (from, &relation.from),
            (to, &relation.to),
            facts,
            aside,
        );
    }
    for (n, annotation) in read.all.iter().enumerate() {
        let named = |slot: &&Slot| !slot.to.word.is_empty() || slot.has_role;
        for slot in annotation.slots.iter().filter(named) {
            let from = (ids.get(n).cloned().flatten(), &End::default());
            let to = links.end(&slot.to);
            links.add(
                annotation.line,
                &slot.role,
                from,
                (to, &slot.to),
                LinkFacts::default(),
                aside,
            );
        }
    }
    chains(&mut links, aside);
    record.links.append(&mut links.links);
    aside.tally.made.add(Content::Tag, links.word_tags.len());
    record.spans.extend(links.word_tags.into_values());
    let facts = links.facts;
    (record, facts)
}

/// The type of words.
const TOKEN: &str = ".Token";

/// Where each word is, by its name; nothing where no relation is between words.
fn words<'a>(header: &Header, units: &[Unit<'a>]) -> BTreeMap<&'a str, [u32; 2]> {
    let mut columns = header.layers.iter().flat_map(|layer| &layer.columns);
    let of_words =
        |column: &Column| matches!(column, Column::Source(base) if base.ends_with(TOKEN));
    if !columns.any(of_words) {
        return BTreeMap::new();
    }
    let units = units.iter();
    let words = units.filter_map(|unit| Some((unit.id, unit.place?)));
    words.collect()
}

fn span(id: &SmolStr, range: [u32; 2], layer: &Layer, annotation: &Annotation<'_>) -> SpanRecord {
    let mut values = layer.named(&annotation.values);
    values.remove(CHAIN_LINK);
    let named = LABELS.iter().find_map(|name| values.remove(*name));
    let mut attributes: AttributeList = AttributeList::default();
    let mut add = |key: &str, value: String| {
        attributes.push(AttributeRecord {
            key: key.into(),
            value: value.into(),
        });
    };
    let label = match named {
        Some(label) => {
            let taken = values.contains_key("layer");
            add(
                if taken { "layer-2" } else { "layer" },
                layer.called.clone(),
            );
            label
        }
        None => layer.called.to_lowercase(),
    };
    for (name, value) in values {
        add(name, value);
    }
    SpanRecord {
        id: id.to_string().into(),
        label: label.into(),
        fragments: smallvec![range],
        attributes,
        ..SpanRecord::default()
    }
}

struct Links<'a> {
    header: &'a Header,
    read: &'a Annotations<'a>,
    /// The ids of the annotations that are tags.
    ids: &'a [Option<SmolStr>],
    words: BTreeMap<&'a str, [u32; 2]>,
    /// Words that are at the end of a link, and tags only therefore.
    word_tags: BTreeMap<String, SpanRecord>,
    links: BoundedList<LinkRecord>,
    facts: BTreeMap<SmolStr, LinkFacts>,
}

impl Links<'_> {
    /// The tag at an end of a link. Words become tags.
    fn end(&mut self, end: &End<'_>) -> Option<SmolStr> {
        self.annotation(end).or_else(|| self.word(end))
    }

    fn word(&mut self, end: &End<'_>) -> Option<SmolStr> {
        let range = self
            .words
            .get(end.word)
            .filter(|[start, end]| start < end)?;
        if !end.layer.ends_with(TOKEN) {
            return None;
        }
        let id = format!("word-{}", end.word);
        let tag = SpanRecord {
            id: id.clone().into(),
            label: "word".into(),
            fragments: smallvec![*range],
            ..SpanRecord::default()
        };
        let tag = self.word_tags.entry(id).or_insert(tag);
        Some(tag.id.as_str().into())
    }

    fn annotation(&self, end: &End<'_>) -> Option<SmolStr> {
        let layers = self.header.layers.iter().enumerate();
        // Slots may lead to annotations of any layer.
        let any = ["uima.tcas.Annotation", "uima.cas.TOP", ""].contains(&end.layer);
        let layers = layers.filter(|(_, layer)| any || layer.name == end.layer);
        let layers: Vec<usize> = layers.map(|(n, _)| n).collect();
        let found = match end.number {
            Some(number) => {
                let found = layers
                    .iter()
                    .filter_map(|l| self.read.numbered.get(&(*l, number)));
                let begins = |n: &&usize| {
                    let at = |l: &usize| self.read.at.get(&(end.word, *l));
                    layers
                        .iter()
                        .any(|l| at(l).is_some_and(|at| at.contains(*n)))
                };
                let found: Vec<&usize> = found.collect();
                match found[..] {
                    [only] => Some(*only),
                    _ => found.into_iter().find(begins).copied(),
                }
            }
            None => {
                let at = layers
                    .iter()
                    .filter_map(|l| self.read.at.get(&(end.word, *l)));
                let here: Vec<usize> = at.flatten().copied().collect();
                // Without a number there is only one, or the one that begins here.
                let first = |n: &&usize| {
                    let annotation = self.read.all.get(**n);
                    annotation.is_some_and(|a| a.chain.is_none())
                };
                here.iter().find(first).or(here.first()).copied()
            }
        };
        self.ids.get(found?)?.clone()
    }

    fn add(
        &mut self,
        line: usize,
        role: &str,
        from: (Option<SmolStr>, &End<'_>),
        to: (Option<SmolStr>, &End<'_>),
        facts: LinkFacts,
        aside: &mut LeftOut,
    ) {
        let (Some(start), Some(end)) = (&from.0, &to.0) else {
            let missing = if from.0.is_none() { from.1 } else { to.1 };
            let what = match missing.word {
                "" => format!("`{role}`{}", facts.shown()),
                word => format!("`{role}` to or from the word {word}{}", facts.shown()),
            };
            let why = "links with no annotation at an end are left out";
            aside.skip(line, why, what);
            return;
        };
        aside.read(Content::Link, 1);
        aside.tally.read.extend(facts.counts());
        let id = format!("l{}", self.links.len() + 1);
        if !facts.is_empty() {
            self.facts.insert(id.clone().into(), facts);
        }
        self.links.push(LinkRecord {
            id: id.into(),
            from: start.to_string().into(),
            to: end.to_string().into(),
            to_kind: "annotation".into(),
            role: role.into(),
            ..LinkRecord::default()
        });
    }
}

/// Links each element of a chain to the next.
fn chains(links: &mut Links<'_>, aside: &mut LeftOut) {
    let mut chains: BTreeMap<(usize, u64), BTreeMap<u64, usize>> = BTreeMap::new();
    for (n, annotation) in links.read.all.iter().enumerate() {
        if let Some((chain, link)) = annotation.chain {
            let elements = chains.entry((annotation.layer, chain)).or_default();
            elements.insert(link, n);
        }
    }
    for ((layer, _), elements) in chains {
        let elements: Vec<usize> = elements.into_values().collect();
        let Some(layer) = links.header.layers.get(layer) else {
            continue;
        };
        let called = layer.called.to_lowercase();
        for (n, &element) in elements.iter().enumerate() {
            let Some(annotation) = links.read.all.get(element) else {
                continue;
            };
            let relation = layer.named(&annotation.values).remove(CHAIN_LINK);
            let id = |n: usize| links.ids.get(n).cloned().flatten();
            match elements.get(n + 1) {
                Some(&next) => {
                    let role = relation.unwrap_or_else(|| called.clone());
                    let (from, to) = (id(element), id(next));
                    let nowhere = End::default();
                    let facts = LinkFacts::default();
                    links.add(
                        annotation.line,
                        &role,
                        (from, &nowhere),
                        (to, &nowhere),
                        facts,
                        aside,
                    );
                }
                None => {
                    if let Some(relation) = relation {
                        let what = format!("`{relation}`");
                        aside.skip(annotation.line, "relations of the last element of a chain lead nowhere and are left out", what);
                    }
                }
            }
        }
    }
}
