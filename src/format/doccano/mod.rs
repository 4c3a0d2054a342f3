//! JSON Lines for doccano's sequence labelling with relations. It carries only labels, ranges and
//! links; ids are numbers, so ours are in a field of our own. Fragments of split tags are entities chained by relations.
//!
//! Labels and roles of more than 100 characters are shortened there, and come back whole.
//!
//! Its editor counts UTF-16, its export code points. They differ only for characters beyond the
//! basic plane, such as emoji.

mod parse;
mod read;
mod record;
mod words;

use std::collections::{BTreeMap, BTreeSet};

use super::counting::by_edges::Offsets;
use super::interchange::DocumentRecord;
use super::interchange::split_spans::CONTINUES;
use super::own_names::OwnNames;
use super::{
    Carries, EachDocument, Feature, Format, FormatError, FormatInfo, Imported, Input, Layout, Loss,
    Losses, NamedDocument, OptionInfo, Options, Sink, Unit, WriteContext,
    counting::{CountedUnit, UnitHint},
    info::UNIT_OPTION,
};

use record::{Entity, Record, Relation};

/// What offsets count, where that makes a difference; doccano keeps it as a fact about the text.
const UNIT_FIELD: &str = "offset_unit";

/// The format `doccano`.
pub(super) struct Doccano;

static INFO: FormatInfo = FormatInfo {
    name: "doccano",
    title: "doccano JSON Lines",
    extensions: &["jsonl"],
    unit: Unit::CodePoints,
    layout: Layout::OneFile,
    reads: true,
    writes: true,
    options: &[OptionInfo {
        name: "unit",
        about: "Unit of offsets",
        values: &[
            (
                "code-points",
                "as doccano's Python code counts (the same in texts without emoji)",
            ),
            ("utf16", "as doccano's editor counts"),
        ],
    }],
    read_options: &[UNIT_OPTION],
    carries: |feature| match feature {
        Feature::Overlap
        | Feature::Nesting
        | Feature::Tags
        | Feature::Links
        | Feature::Edges
        | Feature::Characters => Carries::Natively,
        Feature::Split | Feature::State | Feature::Ids => Carries::ByConvention,
        Feature::LooseLinks
        | Feature::Attributes
        | Feature::People
        | Feature::Review
        | Feature::Notes
        | Feature::LinkFacts
        | Feature::Author
        | Feature::Facts
        | Feature::Unknown => Carries::No,
    },
};

impl Format for Doccano {
    fn info(&self) -> &'static FormatInfo {
        &INFO
    }

    fn read_each(
        &self,
        input: &Input<'_>,
        options: &Options,
        each: &mut EachDocument<'_>,
    ) -> Result<Imported, FormatError> {
        let unit = UnitHint::new(options, CountedUnit::CodePoints);
        read::read(input, unit, each)
    }

    fn write(
        &self,
        context: &WriteContext<'_>,
        documents: &mut dyn Iterator<Item = NamedDocument>,
        sink: &mut dyn Sink,
    ) -> Result<Vec<Loss>, FormatError> {
        let mut losses = Losses::default();
        let out = sink.create("export.jsonl")?;
        for NamedDocument { id, document } in documents {
            losses.count(&id, &document, &INFO);
            let mut record = record(DocumentRecord::from_document(id.clone(), &document)?);
            if let Some(reason) = record.unfit() {
                let document = id;
                return Err(FormatError::Unfit { document, reason });
            }
            record.shorten_names();
            let utf16 = context.options.chose("unit", "utf16");
            if !Offsets::are_plain(&record.text) || record.cuts_words() {
                record.offset_unit = Some(if utf16 { "utf16" } else { "code-points" });
            }
            if utf16 {
                record.count_utf16();
            }
            serde_json::to_writer(&mut *out, &record).map_err(std::io::Error::from)?;
            out.write_all(b"\n")?;
        }
        Ok(losses.into_vec())
    }
}

/// The numbers doccano needs for ids: the ids themselves, where all are numbers. What has none gets the
/// lowest that is free, so that the same come back.
struct Numbers {
    are_ids: bool,
    used: BTreeSet<u64>,
    next: u64,
}

impl Numbers {
    fn new<'a>(ids: impl Iterator<Item = &'a str>) -> Self {
        let numbers = ids.map(number_of).collect::<Option<BTreeSet<u64>>>();
        Self {
            are_ids: numbers.is_some(),
            used: numbers.unwrap_or_default(),
            next: 0,
        }
    }

    /// The number of the record with this id.
    fn of(&mut self, id: &str) -> u64 {
        let own = number_of(id).filter(|_| self.are_ids);
        own.unwrap_or_else(|| self.free())
    }

    /// A number that nothing has.
    fn free(&mut self) -> u64 {
        while self.used.contains(&self.next) {
            self.next += 1;
        }
        self.next += 1;
        self.next - 1
    }
}

/// The number an id is, if it is written like one.
fn number_of(id: &str) -> Option<u64> {
    let number: u64 = id.parse().ok().filter(|number| *number < u64::MAX / 2)?;
    (number.to_string() == id).then_some(number)
}

fn record(document: DocumentRecord) -> Record {
    let mut fragments = document.fragments();
    // Not all ids come back, so the order must not depend on them; those of one tag stay together.
    fragments.sort_by_key(|fragment| (&fragment.span.fragments, &fragment.span.label));
    let mut numbers = Numbers::new(document.spans.iter().map(|span| &*span.id));
    let mut first_of: BTreeMap<&str, u64> = BTreeMap::new();
    let mut entities = Vec::with_capacity(fragments.len());
    let mut ends: Vec<(u64, u64, &str, &str)> = Vec::new();
    let mut before = None;
    for fragment in &fragments {
        let id = match fragment.index {
            0 => numbers.of(&fragment.span.id),
            _ => numbers.free(),
        };
        if fragment.index == 0 {
            first_of.insert(&fragment.span.id, id);
        } else {
            ends.extend(before.map(|before| (before, id, CONTINUES, "")));
        }
        before = Some(id);
        entities.push(Entity {
            id,
            start_offset: fragment.start,
            end_offset: fragment.end,
            label: fragment.span.label.to_string(),
        });
    }
    let between = document
        .links
        .iter()
        .filter(|link| link.to_kind == "annotation");
    let continued = ends.len();
    ends.extend(between.filter_map(|link| {
        let (from, to) = (first_of.get(&*link.from)?, first_of.get(&*link.to)?);
        Some((*from, *to, &*link.role, &*link.id))
    }));
    ends.get_mut(continued..)
        .unwrap_or_default()
        .sort_unstable();
    let ids = ends.get(continued..).unwrap_or_default();
    let mut link_numbers = Numbers::new(ids.iter().map(|(.., id)| *id));
    let (are_tag_ids, are_link_ids) = (numbers.are_ids, link_numbers.are_ids);
    let own = OwnNames::of(&document, |_| are_tag_ids, |_| are_link_ids);
    let relations = ends
        .iter()
        .enumerate()
        .map(|(n, &(from, to, role, id))| Relation {
            id: match n < continued {
                true => link_numbers.free(),
                false => link_numbers.of(id),
            },
            from_id: from,
            to_id: to,
            kind: role.to_owned(),
        });
    Record {
        relations: relations.collect(),
        entities,
        name: Some(document.id.clone()),
        text: document.text.clone(),
        pullquote: own,
        ..Record::default()
    }
}

#[cfg(test)]
mod tests;
