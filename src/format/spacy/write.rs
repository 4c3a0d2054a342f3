use std::collections::BTreeMap;

use serde_json::Value;

use super::record::{Record, Relation, Span};
use super::tokens::{TokenEnds, tokens};
use crate::format::interchange::DocumentRecord;
use crate::format::interchange::extras::{DocumentExtra, LinkExtra, SpanExtra};
use crate::format::interchange::split_spans::CONTINUES;
use crate::model::Review;

/// The record of a document, and how many fragments cut a token.
pub(super) fn record(mut document: DocumentRecord, cut: bool) -> (Record, usize) {
    let answer = answer(&document);
    let extra = DocumentExtra::extract(&mut document);
    let extras: Vec<SpanExtra> = document.spans.iter_mut().map(SpanExtra::extract).collect();
    let fragments = document.fragments();
    let ids = document.fragment_ids(&fragments);
    let cuts: Vec<[u32; 2]> = fragments
        .iter()
        .map(|fragment| [fragment.start, fragment.end])
        .collect();
    let tokens = tokens(&document.text, if cut { &cuts } else { &[] });
    let ends = TokenEnds::of(&tokens);
    let mut misaligned = 0;
    let mut extras = extras.into_iter();
    let mut spans: Vec<Span> = Vec::with_capacity(fragments.len());
    let mut first_of: BTreeMap<&str, usize> = BTreeMap::new();
    for (fragment, id) in fragments.iter().zip(ids) {
        let around = ends.around(fragment.start, fragment.end);
        misaligned += usize::from(around.is_none());
        if fragment.index == 0 {
            first_of.insert(&fragment.span.id, spans.len());
        }
        spans.push(Span {
            start: fragment.start,
            end: fragment.end,
            token_start: around.map(|(first, _)| first),
            token_end: around.map(|(_, last)| last),
            label: fragment.span.label.to_string(),
            id: Some(Value::String(id.to_string())),
            pullquote: if fragment.index == 0 {
                extras.next()
            } else {
                None
            },
        });
    }
    let relation = |from: usize, to: usize, label: &str, extra| {
        let (head, child) = (spans.get(from)?, spans.get(to)?);
        let without_extra = |span: &Span| Span {
            pullquote: None,
            ..span.clone()
        };
        Some(Relation {
            head: head.token_end,
            child: child.token_end,
            head_span: Some(without_extra(head)),
            child_span: Some(without_extra(child)),
            label: label.to_owned(),
            pullquote: extra,
        })
    };
    let continued = fragments
        .iter()
        .enumerate()
        .filter(|(_, fragment)| fragment.index > 0);
    let mut relations: Vec<Relation> = continued
        .filter_map(|(n, _)| relation(n.checked_sub(1)?, n, CONTINUES, None))
        .collect();
    relations.extend(document.links.iter().filter_map(|link| {
        let (from, to) = (first_of.get(&*link.from)?, first_of.get(&*link.to)?);
        relation(*from, *to, &link.role, Some(LinkExtra::from_link(link)))
    }));
    let mut meta = serde_json::Map::new();
    meta.insert("id".to_owned(), Value::String(document.id.clone()));
    let record = Record {
        meta,
        tokens,
        spans,
        relations,
        answer,
        pullquote: Some(extra),
        text: document.text,
    };
    (record, misaligned)
}

/// A word for the document as a whole: where all tags were accepted, or all rejected.
fn answer(document: &DocumentRecord) -> Option<String> {
    let all = |review: Review| {
        !document.spans.is_empty()
            && document
                .spans
                .iter()
                .all(|span| span.review == review.word())
    };
    let answers = [(Review::Accepted, "accept"), (Review::Rejected, "reject")];
    let found = answers.into_iter().find(|&(review, _)| all(review));
    found.map(|(_, answer)| answer.to_owned())
}
