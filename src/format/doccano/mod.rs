//! JSON Lines for doccano's sequence labelling with relations. It carries only labels, ranges and
//! links; ids are numbers. Fragments of split tags are entities chained by relations.
//!
//! Its editor counts UTF-16, its export code points. They differ only for characters beyond the
//! basic plane, such as emoji.

mod parse;
mod read;
mod record;

use std::collections::BTreeMap;

use super::counting::by_edges::Offsets;
use super::interchange::DocumentRecord;
use super::interchange::split_spans::CONTINUES;
use super::{
    Carries, Feature, Format, FormatError, FormatInfo, Imported, Input, Layout, Loss, Losses,
    NamedDocument, OptionInfo, Options, Sink, Unit, WriteContext,
    counting::{CountedUnit, UnitHint},
    info::UNIT_OPTION,
};
use crate::model::{Document, Target};

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
        Feature::Split => Carries::ByConvention,
        Feature::Attributes
        | Feature::People
        | Feature::Review
        | Feature::Notes
        | Feature::Author
        | Feature::Unknown => Carries::No,
    },
};

impl Format for Doccano {
    fn info(&self) -> &'static FormatInfo {
        &INFO
    }

    fn read(&self, input: &Input<'_>) -> Result<Imported, FormatError> {
        self.read_with(input, &Options::default())
    }

    fn read_with(&self, input: &Input<'_>, options: &Options) -> Result<Imported, FormatError> {
        read::read(input, UnitHint::new(options, CountedUnit::CodePoints))
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
            losses.add(Feature::Links, &id, dangling(&document));
            let mut record = record(DocumentRecord::from_document(id.clone(), &document)?);
            if let Some(reason) = record.unfit() {
                let document = id;
                return Err(FormatError::Unfit { document, reason });
            }
            let utf16 = context.options.chose("unit", "utf16");
            if !Offsets::are_plain(&record.text) {
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

/// How many links begin or end at a tag that is not there.
fn dangling(document: &Document) -> usize {
    let set = document.set();
    let links = set.links().filter(|link| match &link.to {
        Target::Annotation(to) => {
            set.annotation(to).is_none() || set.annotation(&link.from).is_none()
        }
        Target::Person(_) | Target::NotGiven => false,
    });
    links.count()
}

fn record(document: DocumentRecord) -> Record {
    let mut fragments = document.fragments();
    // Ids do not come back, so the order must not depend on them; those of one tag stay together.
    fragments.sort_by_key(|fragment| (&fragment.span.fragments, &fragment.span.label));
    let number = |n: usize| u64::try_from(n).unwrap_or(u64::MAX);
    let mut first_of: BTreeMap<&str, u64> = BTreeMap::new();
    let mut entities = Vec::with_capacity(fragments.len());
    let mut ends: Vec<(u64, u64, &str)> = Vec::new();
    for (n, fragment) in fragments.iter().enumerate() {
        let id = number(n);
        if fragment.index == 0 {
            first_of.insert(&fragment.span.id, id);
        } else {
            ends.push((id.saturating_sub(1), id, CONTINUES));
        }
        entities.push(Entity {
            id,
            start_offset: fragment.start,
            end_offset: fragment.end,
            label: fragment.span.label.clone(),
        });
    }
    let between = document
        .links
        .iter()
        .filter(|link| link.to_kind == "annotation");
    let continued = ends.len();
    ends.extend(between.filter_map(|link| {
        let (from, to) = (first_of.get(&*link.from)?, first_of.get(&*link.to)?);
        Some((*from, *to, &*link.role))
    }));
    ends.get_mut(continued..)
        .unwrap_or_default()
        .sort_unstable();
    let relations = ends
        .into_iter()
        .enumerate()
        .map(|(n, (from, to, role))| Relation {
            id: number(n),
            from_id: from,
            to_id: to,
            kind: role.to_owned(),
        });
    Record {
        relations: relations.collect(),
        entities,
        name: Some(document.id.clone()),
        text: document.text.clone(),
        ..Record::default()
    }
}

#[cfg(test)]
mod tests;
