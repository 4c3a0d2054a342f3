//! Ends that are the last characters instead of the places behind them, as some programs write them.

use std::collections::{BTreeMap, BTreeSet};

use super::parse::ReadRecord;
use super::record::ReadSpan;
use crate::format::counting::UnitHint;
use crate::format::counting::by_edges::{EXCLUSIVE_END, EndFit, inclusive};
use crate::format::left_out::LeftOut;

/// Reads ends as last characters where the spans of the file show it by the ends of their tokens. Where
/// spans repeat their words, or there are no tokens, the words decide later.
pub(super) fn read_inclusive_ends(
    records: &mut [(usize, ReadRecord)],
    unit: UnitHint,
    left_out: &mut LeftOut,
) {
    if matches!(unit, UnitHint::Said(_)) {
        return;
    }
    let all: Vec<Vec<EndFit>> = records.iter().map(|(_, record)| fits(record)).collect();
    let (Some((first, _)), Some(message)) = (records.first(), inclusive(&all, "spans")) else {
        return;
    };
    left_out.hint(*first, message);
    for ((line, record), fits) in records.iter_mut().zip(all) {
        // Relations repeat the places of spans.
        let mut kept: BTreeSet<(u32, u32)> = BTreeSet::new();
        for (span, fit) in record.spans.iter_mut().zip(&fits) {
            if *fit == EndFit::Exclusive {
                kept.insert((span.start, span.end));
                let example = format!("`{}` from {} to {}", span.label, span.start, span.end);
                left_out.remark(*line, EXCLUSIVE_END, example);
            } else {
                span.end = span.end.saturating_add(1);
            }
        }
        let ends = record.relations.iter_mut();
        let ends = ends.flat_map(|relation| [&mut relation.head, &mut relation.child]);
        for place in ends.filter_map(|end| end.place.as_mut()) {
            if !fits.is_empty() && !kept.contains(place) {
                place.1 = place.1.saturating_add(1);
            }
        }
    }
}

/// What the ends of the spans of a record seem to be; none where they are known in another way.
fn fits(record: &ReadRecord) -> Vec<EndFit> {
    let worded = record.spans.iter().any(|span| span.words.is_some());
    if worded || record.pullquote.is_some() || record.tokens.is_empty() {
        return Vec::new();
    }
    let ends: BTreeMap<usize, u32> = record.tokens.iter().map(|t| (t.id, t.end)).collect();
    let fit = |span: &ReadSpan| match span.token_end.and_then(|last| ends.get(&last)) {
        Some(&end) if end == span.end => EndFit::Exclusive,
        Some(&end) if Some(end) == span.end.checked_add(1) => EndFit::Inclusive,
        _ => EndFit::Unclear,
    };
    record.spans.iter().map(fit).collect()
}
