use std::collections::BTreeMap;

use serde_json::Value;

use super::record::{Record, Relation, Span};
use super::tokens::{TokenEnds, tokens};
use crate::format::interchange::extras::{DocumentExtra, LinkExtra, SpanExtra};
use crate::format::interchange::split_spans::CONTINUES;
use crate::format::interchange::{DocumentRecord, LinkRecord, SpanRecord};
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
            label: fragment.span.label.clone(),
            id: Some(Value::String(id)),
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

/// The document of a record.
pub(super) fn document(record: Record) -> DocumentRecord {
    let name = ["id", "source"]
        .iter()
        .find_map(|key| record.meta.get(*key));
    let mut document = DocumentRecord {
        id: name.and_then(Value::as_str).unwrap_or("").to_owned(),
        text: record.text,
        ..DocumentRecord::default()
    };
    let review = match record.answer.as_deref() {
        Some("accept") => Review::Accepted,
        Some("reject") => Review::Rejected,
        Some("ignore") => Review::Unsure,
        _ => Review::Unreviewed,
    };
    for (n, read) in record.spans.iter().enumerate() {
        let mut span = SpanRecord {
            id: span_id(read).unwrap_or_else(|| format!("span-{}", n + 1)),
            label: read.label.clone(),
            fragments: vec![[read.start, read.end]],
            ..SpanRecord::default()
        };
        if record.pullquote.is_none() {
            span.review = review.word().to_owned();
        }
        document.spans.push(span);
    }
    document.links = record
        .relations
        .into_iter()
        .map(|relation| match relation.pullquote {
            Some(extra) => extra.into_link(relation.label),
            None => LinkRecord {
                from: end_of(relation.head_span, relation.head, &record.spans),
                to: end_of(relation.child_span, relation.child, &record.spans),
                role: relation.label,
                to_kind: "annotation".to_owned(),
                ..LinkRecord::default()
            },
        })
        .collect();
    document.join_split_spans();
    let mut extras: BTreeMap<String, SpanExtra> = record
        .spans
        .into_iter()
        .filter_map(|span| Some((span_id(&span)?, span.pullquote?)))
        .collect();
    for span in &mut document.spans {
        if let Some(extra) = extras.remove(&span.id) {
            extra.restore(span);
        }
    }
    if let Some(extra) = record.pullquote {
        extra.restore(&mut document);
    }
    document
}

fn span_id(span: &Span) -> Option<String> {
    match span.id.as_ref()? {
        Value::String(id) if id.is_empty() => None,
        Value::String(id) => Some(id.clone()),
        Value::Number(id) => Some(id.to_string()),
        _ => None,
    }
}

/// The id of the span a relation means: the one it repeats, else the one at its token.
fn end_of(repeated: Option<Span>, token: Option<usize>, spans: &[Span]) -> String {
    if let Some(id) = repeated.as_ref().and_then(span_id) {
        return id;
    }
    let place = |span: &Span| (span.start, span.end, span.label.clone());
    let place = repeated.as_ref().map(place);
    let meant = |span: &&Span| match &place {
        Some((start, end, label)) => (span.start, span.end, &span.label) == (*start, *end, label),
        None => token.is_some() && span.token_end == token,
    };
    let found = spans.iter().enumerate().find(|(_, span)| meant(span));
    found.map_or_else(String::new, |(n, span)| {
        span_id(span).unwrap_or_else(|| format!("span-{}", n + 1))
    })
}
