//! A model's predictions beside people's work.

use std::collections::{BTreeMap, BTreeSet};

use smol_str::{SmolStr, format_smolstr};

use super::region::as_text;
use super::regions::Work;
use crate::format::free_ids::FreeIds;
use crate::format::interchange::{AttributeRecord, CodePointRanges, SpanRecord};
use crate::format::json::{Map, Value};
use crate::format::tally::{Content, Tally};
use crate::model::Verdict;

/// Makes open suggestions by its model of what a prediction holds.
pub(super) fn mark(work: &mut Work, fields: &mut Map, tally: &mut Tally) {
    let model = fields
        .remove("model_version")
        .as_ref()
        .map(as_text)
        .unwrap_or_default();
    let by = Some(format_smolstr!("suggester:{model}"));
    let score = fields.remove("score");
    let score = score.as_ref().and_then(Value::as_f64);
    for span in &mut work.record.spans {
        span.by = by.clone().into();
        span.verdict = Verdict::Open.word().into();
        if let Some(score) = score.filter(|score| *score != 0.0) {
            span.attributes.push(AttributeRecord {
                key: "prediction_score".into(),
                value: score.to_string().into(),
            });
            tally.made.add(Content::Attribute, 1);
        }
    }
    for link in &mut work.record.links {
        link.by = by.clone().into();
        link.confirmed = Some(false);
    }
}

/// Adds the predicted tags and links that a person's work does not have. Says which tags it has, with
/// their scores.
pub(super) fn add(work: &mut Work, predicted: &Work, tally: &mut Tally) -> Vec<String> {
    let mut repeated = Vec::new();
    let record = &mut work.record;
    let mut ids: FreeIds = record.spans.iter().map(|span| span.id.clone()).collect();
    let mut ours: BTreeMap<&str, SmolStr> = BTreeMap::new();
    // Tags by their labels and places.
    let mut places: BTreeMap<(SmolStr, CodePointRanges), Vec<usize>> = BTreeMap::new();
    for (n, span) in record.spans.iter().enumerate() {
        let place = (span.label.clone(), span.fragments.clone());
        places.entry(place).or_default().push(n);
    }
    for span in &predicted.record.spans {
        let there = places.get(&(span.label.clone(), span.fragments.clone()));
        let mut there = there.into_iter().flatten();
        let same = there.find_map(|&n| record.spans.get(n).filter(|known| is_same(known, span)));
        if let Some(same) = same {
            ours.insert(&span.id, same.id.clone());
            let by = span.by.as_deref().unwrap_or_default();
            let scores = span.attributes.iter().filter(|a| is_score(&a.key));
            let scores: String = scores.map(|a| format!(", {} {}", a.key, a.value)).collect();
            repeated.push(format!("`{}` {} ({by}{scores})", span.id, span.label));
            continue;
        }
        let id = ids.take_numbered(&span.id);
        ours.insert(&span.id, id.clone());
        tally.made.extend(span.counts());
        let place = (span.label.clone(), span.fragments.clone());
        places.entry(place).or_default().push(record.spans.len());
        record.spans.push(SpanRecord { id, ..span.clone() });
    }
    let mut known: FreeIds = record.links.iter().map(|link| link.id.clone()).collect();
    let linked = record.links.iter();
    let linked = linked.map(|link| (link.from.clone(), link.to.clone(), link.role.clone()));
    let mut linked: BTreeSet<(SmolStr, SmolStr, SmolStr)> = linked.collect();
    for link in &predicted.record.links {
        let end = |id: &SmolStr| ours.get(&**id).cloned().unwrap_or_else(|| id.clone());
        let mut link = link.clone();
        (link.from, link.to) = (end(&link.from), end(&link.to));
        let facts = predicted.links.get(&*link.id);
        let ends = (link.from.clone(), link.to.clone(), link.role.clone());
        let same = !linked.insert(ends);
        if same && facts.is_none() {
            continue;
        }
        if !link.id.is_empty() {
            link.id = known.take_numbered(&link.id);
            if let Some(facts) = facts {
                tally.made.extend(facts.counts());
                work.links.insert(link.id.clone(), facts.clone());
            }
        }
        tally.made.add(Content::Link, 1);
        record.links.push(link);
    }
    repeated
}

fn is_score(key: &str) -> bool {
    matches!(key, "score" | "prediction_score")
}

/// Whether a person's tag says all that a predicted one does.
fn is_same(person: &SpanRecord, predicted: &SpanRecord) -> bool {
    let mut attributes = predicted.attributes.iter();
    person.verdict != Verdict::Open.word()
        && person.label == predicted.label
        && person.fragments == predicted.fragments
        && (predicted.note.is_empty() || person.note == predicted.note)
        && attributes.all(|wanted| {
            let known = person.attributes.iter();
            is_score(&wanted.key)
                || known
                    .into_iter()
                    .any(|known| (&known.key, &known.value) == (&wanted.key, &wanted.value))
        })
}
