use std::collections::BTreeSet;

use serde_json::{Value, json};

use super::task::{Meta, Region, RegionMeta, Task, Work};
use crate::format::interchange::DocumentRecord;
use crate::format::interchange::extras::{DocumentExtra, LinkExtra, SpanExtra};
use crate::format::interchange::split_spans::CONTINUES;
use crate::text::CodePointIndex;

/// The task of a record, its regions as annotations or as predictions.
pub(super) fn task(mut record: DocumentRecord, as_predictions: bool) -> Task {
    let extra = DocumentExtra::extract(&mut record);
    let extras: Vec<SpanExtra> = record.spans.iter_mut().map(SpanExtra::extract).collect();
    let fragments = record.fragments();
    let ids = record.fragment_ids(&fragments);
    let mut result = Vec::with_capacity(fragments.len() + record.links.len());
    let mut extras = extras.into_iter();
    let text = CodePointIndex::new(&record.text);
    for (fragment, id) in fragments.iter().zip(&ids) {
        let value = json!({
            "start": fragment.start,
            "end": fragment.end,
            "text": text.slice(fragment.start, fragment.end).unwrap_or_default(),
            "labels": [fragment.span.label],
        });
        let extra = if fragment.index == 0 {
            extras.next()
        } else {
            None
        };
        result.push(Region {
            id: Some(id.to_string()),
            from_name: Some("label".to_owned()),
            to_name: Some("text".to_owned()),
            kind: "labels".to_owned(),
            value: Some(value),
            meta: extra.map(|mut extra| {
                let note = extra.note.take();
                RegionMeta {
                    text: (!note.is_empty()).then_some(note).into_iter().collect(),
                    pullquote: Some(extra),
                    pullquote_link: None,
                }
            }),
            ..Region::default()
        });
    }
    let relation = |from: &str, to: &str, role: &str, extra: Option<LinkExtra>| Region {
        kind: "relation".to_owned(),
        from_id: Some(from.to_owned()),
        to_id: Some(to.to_owned()),
        direction: Some("right".to_owned()),
        labels: Some(vec![role.to_owned()]),
        meta: extra.map(|mut extra| {
            let note = extra.note.take();
            RegionMeta {
                text: (!note.is_empty()).then_some(note).into_iter().collect(),
                pullquote_link: Some(extra),
                ..RegionMeta::default()
            }
        }),
        ..Region::default()
    };
    for ((fragment, to), from) in fragments.iter().zip(&ids).skip(1).zip(&ids) {
        if fragment.index > 0 {
            result.push(relation(from, to, CONTINUES, None));
        }
    }
    let links = record.links.iter();
    result.extend(links.map(|link| {
        relation(
            &link.from,
            &link.to,
            &link.role,
            Some(LinkExtra::from_link(link)),
        )
    }));
    let mut data = serde_json::Map::new();
    data.insert("name".to_owned(), Value::String(record.id.clone()));
    data.insert("text".to_owned(), Value::String(record.text.clone()));
    let work = Work {
        result,
        model_version: as_predictions.then(|| "pullquote".to_owned()),
    };
    let (annotations, predictions) = if as_predictions {
        (Vec::new(), vec![work])
    } else {
        (vec![work], Vec::new())
    };
    Task {
        data,
        annotations,
        predictions,
        meta: Some(Meta {
            pullquote: Some(extra),
        }),
    }
}

/// The labels and roles a task uses, for the configuration.
#[derive(Debug, Default)]
pub(super) struct Used {
    pub(super) labels: BTreeSet<String>,
    pub(super) roles: BTreeSet<String>,
}

impl Used {
    pub(super) fn add(&mut self, record: &DocumentRecord) {
        for span in &record.spans {
            if !self.labels.contains(&*span.label) {
                self.labels.insert(span.label.to_string());
            }
        }
        for link in record
            .links
            .iter()
            .filter(|link| link.to_kind == "annotation")
        {
            if !self.roles.contains(&*link.role) {
                self.roles.insert(link.role.to_string());
            }
        }
    }
}
