//! JSON Lines for doccano's sequence labelling with relations. It carries only labels, ranges and
//! links; ids are numbers. Fragments of split tags are entities chained by relations.
//!
//! Its editor counts UTF-16, its export code points. They differ only for characters beyond the
//! basic plane, such as emoji.

mod record;

use std::collections::BTreeMap;

use super::interchange::split_spans::CONTINUES;
use super::interchange::{DocumentRecord, LinkRecord, SpanRecord};
use super::json_lines::read_lines;
use super::{
    Carries, Feature, Format, FormatError, FormatInfo, Imported, Input, Layout, Loss, Losses,
    NamedDocument, OptionInfo, Sink, Unit, WriteContext,
};
use crate::model::{Document, Target};

use record::{Entity, Record, Relation};

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
    carries: |feature| match feature {
        Feature::Overlap
        | Feature::Nesting
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
        let mut imported = Imported::default();
        read_lines(input, &mut imported, |record: Record, line| {
            document(record).into_document(INFO.name, input.name, line)
        })?;
        Ok(imported)
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
            if context.options.chose("unit", "utf16") {
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
    let fragments = document.fragments();
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
            id: Some(id),
            start_offset: fragment.start,
            end_offset: fragment.end,
            label: fragment.span.label.clone(),
        });
    }
    let between = document
        .links
        .iter()
        .filter(|link| link.to_kind == "annotation");
    ends.extend(between.filter_map(|link| {
        let (from, to) = (first_of.get(&*link.from)?, first_of.get(&*link.to)?);
        Some((*from, *to, &*link.role))
    }));
    let relations = ends
        .into_iter()
        .enumerate()
        .map(|(n, (from, to, role))| Relation {
            id: Some(number(n)),
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

fn document(record: Record) -> DocumentRecord {
    let name = record.name.or(record.filename).unwrap_or_default();
    let id = match (name.is_empty(), record.id) {
        (true, Some(id)) => format!("document-{id}"),
        _ => name,
    };
    let pairs = record.label.into_iter().chain(record.labels);
    let pairs = pairs.map(|(start, end, label)| Entity {
        id: None,
        start_offset: start,
        end_offset: end,
        label,
    });
    let entities = record.entities.into_iter().chain(pairs).enumerate();
    let spans = entities.map(|(n, entity)| SpanRecord {
        id: entity
            .id
            .map_or_else(|| format!("label-{}", n + 1), |id| id.to_string()),
        label: entity.label,
        fragments: vec![[entity.start_offset, entity.end_offset]],
        ..SpanRecord::default()
    });
    let links = record.relations.into_iter().map(|relation| LinkRecord {
        from: relation.from_id.to_string(),
        to: relation.to_id.to_string(),
        to_kind: "annotation".to_owned(),
        role: relation.kind,
        ..LinkRecord::default()
    });
    let mut document = DocumentRecord {
        id,
        text: record.text,
        spans: spans.collect(),
        links: links.collect(),
        ..DocumentRecord::default()
    };
    document.join_split_spans();
    document
}

#[cfg(test)]
mod tests;
