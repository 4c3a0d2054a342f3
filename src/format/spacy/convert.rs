use std::collections::BTreeMap;

use serde_json::Value;

use super::record::{Record, Relation, SpanRecord};
use super::tokens::{TokenEnds, tokens};
use crate::format::extras::{DocumentExtra, LinkExtra, SpanExtra};
use crate::format::jsonl::{LinkRow, Row, Span};
use crate::format::split_spans::{CONTINUES, fold, piece_ids, pieces};
use crate::model::Review;

/// The record of a row, and how many fragments cut a token.
pub(super) fn record(mut row: Row, cut: bool) -> (Record, usize) {
    let answer = answer(&row);
    let extra = DocumentExtra::take(&mut row);
    let extras: Vec<SpanExtra> = row.spans.iter_mut().map(SpanExtra::take).collect();
    let pieces = pieces(&row);
    let ids = piece_ids(&row, &pieces);
    let cuts: Vec<[u32; 2]> = pieces
        .iter()
        .map(|piece| [piece.start, piece.end])
        .collect();
    let tokens = tokens(&row.text, if cut { &cuts } else { &[] });
    let ends = TokenEnds::of(&tokens);
    let mut misaligned = 0;
    let mut extras = extras.into_iter();
    let mut spans: Vec<SpanRecord> = Vec::with_capacity(pieces.len());
    let mut first_of: BTreeMap<&str, usize> = BTreeMap::new();
    for (piece, id) in pieces.iter().zip(ids) {
        let around = ends.around(piece.start, piece.end);
        misaligned += usize::from(around.is_none());
        if piece.part == 0 {
            first_of.insert(&piece.span.id, spans.len());
        }
        spans.push(SpanRecord {
            start: piece.start,
            end: piece.end,
            token_start: around.map(|(first, _)| first),
            token_end: around.map(|(_, last)| last),
            label: piece.span.label.clone(),
            id: Some(Value::String(id)),
            pullquote: if piece.part == 0 { extras.next() } else { None },
        });
    }
    let relation = |from: usize, to: usize, label: &str, extra| {
        let (head, child) = (spans.get(from)?, spans.get(to)?);
        let bare = |span: &SpanRecord| SpanRecord {
            pullquote: None,
            ..span.clone()
        };
        Some(Relation {
            head: head.token_end,
            child: child.token_end,
            head_span: Some(bare(head)),
            child_span: Some(bare(child)),
            label: label.to_owned(),
            pullquote: extra,
        })
    };
    let continued = pieces
        .iter()
        .enumerate()
        .filter(|(_, piece)| piece.part > 0);
    let mut relations: Vec<Relation> = continued
        .filter_map(|(n, _)| relation(n.checked_sub(1)?, n, CONTINUES, None))
        .collect();
    relations.extend(row.links.iter().filter_map(|link| {
        let (from, to) = (first_of.get(&*link.from)?, first_of.get(&*link.to)?);
        relation(*from, *to, &link.role, Some(LinkExtra::of(link)))
    }));
    let mut meta = serde_json::Map::new();
    meta.insert("id".to_owned(), Value::String(row.id.clone()));
    let record = Record {
        meta,
        tokens,
        spans,
        relations,
        answer,
        pullquote: Some(extra),
        text: row.text,
    };
    (record, misaligned)
}

/// A word for the document as a whole: where all tags were accepted, or all rejected.
fn answer(row: &Row) -> Option<String> {
    let all = |review: Review| {
        !row.spans.is_empty() && row.spans.iter().all(|span| span.review == review.word())
    };
    let answers = [(Review::Accepted, "accept"), (Review::Rejected, "reject")];
    let found = answers.into_iter().find(|&(review, _)| all(review));
    found.map(|(_, answer)| answer.to_owned())
}

/// The row of a record.
pub(super) fn row(record: Record) -> Row {
    let name = ["id", "source"]
        .iter()
        .find_map(|key| record.meta.get(*key));
    let mut row = Row {
        id: name.and_then(Value::as_str).unwrap_or("").to_owned(),
        text: record.text,
        ..Row::default()
    };
    let review = match record.answer.as_deref() {
        Some("accept") => Review::Accepted,
        Some("reject") => Review::Rejected,
        Some("ignore") => Review::Unsure,
        _ => Review::Unreviewed,
    };
    for (n, read) in record.spans.iter().enumerate() {
        let mut span = Span {
            id: span_id(read).unwrap_or_else(|| format!("span-{}", n + 1)),
            label: read.label.clone(),
            fragments: vec![[read.start, read.end]],
            ..Span::default()
        };
        if record.pullquote.is_none() {
            span.review = review.word().to_owned();
        }
        row.spans.push(span);
    }
    row.links = record
        .relations
        .into_iter()
        .map(|relation| match relation.pullquote {
            Some(extra) => extra.into_link(relation.label),
            None => LinkRow {
                from: end_of(relation.head_span, relation.head, &record.spans),
                to: end_of(relation.child_span, relation.child, &record.spans),
                role: relation.label,
                to_kind: "annotation".to_owned(),
                ..LinkRow::default()
            },
        })
        .collect();
    fold(&mut row);
    let mut extras: BTreeMap<String, SpanExtra> = record
        .spans
        .into_iter()
        .filter_map(|span| Some((span_id(&span)?, span.pullquote?)))
        .collect();
    for span in &mut row.spans {
        if let Some(extra) = extras.remove(&span.id) {
            extra.put(span);
        }
    }
    if let Some(extra) = record.pullquote {
        extra.put(&mut row);
    }
    row
}

fn span_id(span: &SpanRecord) -> Option<String> {
    match span.id.as_ref()? {
        Value::String(id) if id.is_empty() => None,
        Value::String(id) => Some(id.clone()),
        Value::Number(id) => Some(id.to_string()),
        _ => None,
    }
}

/// The id of the span a relation means: the one it repeats, else the one at its token.
fn end_of(repeated: Option<SpanRecord>, token: Option<usize>, spans: &[SpanRecord]) -> String {
    if let Some(id) = repeated.as_ref().and_then(span_id) {
        return id;
    }
    let place = |span: &SpanRecord| (span.start, span.end, span.label.clone());
    let place = repeated.as_ref().map(place);
    let meant = |span: &&SpanRecord| match &place {
        Some((start, end, label)) => (span.start, span.end, &span.label) == (*start, *end, label),
        None => token.is_some() && span.token_end == token,
    };
    let found = spans.iter().enumerate().find(|(_, span)| meant(span));
    found.map_or_else(String::new, |(n, span)| {
        span_id(span).unwrap_or_else(|| format!("span-{}", n + 1))
    })
}
