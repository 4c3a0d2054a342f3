//! The document of a record: its spans are compared with the text, and the ends of its relations
//! are looked up.

use std::collections::{BTreeMap, BTreeSet};

use smol_str::{SmolStr, format_smolstr};

use super::ends::{Ends, Placed};
use super::parse::ReadRecord;
use super::parse_span::review;
use super::record::{ReadSpan, Token};
use crate::format::counting::by_words::{Given, Located, PARTED, SpanPlaces, same_words};
use crate::format::counting::{CountedUnit, UnitHint};
use crate::format::draining::Draining;
use crate::format::interchange::extras::{SpanExtra, add_attribute, by_whom};
use crate::format::interchange::{DocumentRecord, LinkRecord, SpanRecord, code_point_ranges};
use crate::format::left_out::{LeftOut, shown_words as shown};
use crate::format::link_facts::LinkFacts;
use crate::format::tally::{Content, Counts};
use crate::model::Review;
use crate::text::CodePointIndex;

/// Why a tag is not where its offsets are.
const MOVED: &str = "tags are on their words, which are not at their offsets";

/// Makes a document. What is left out is noted under `line`.
pub(super) fn document(
    record: ReadRecord,
    line: usize,
    unit: UnitHint,
    left_out: &mut LeftOut,
) -> (DocumentRecord, BTreeMap<SmolStr, LinkFacts>) {
    let mut document = DocumentRecord {
        id: record.name.unwrap_or_default(),
        ..DocumentRecord::default()
    };
    document.spans.count_over_limit(record.spans.over_limit());
    document
        .links
        .count_over_limit(record.relations.over_limit());
    let answer = record.answer.as_deref();
    let of_record = answer.and_then(review);
    if let (Some(answer), None) = (answer, of_record) {
        let why = "only the answers accept, reject and ignore are known";
        left_out.skip(line, why, format!("`{}`", shown(answer)));
    }
    let ours = record.pullquote.is_some();
    if let Some(extra) = record.pullquote.as_ref()
        && !document.id.is_empty()
        && document.id != extra.id
    {
        left_out.reference(line, format!("meta.id ({})", shown(&document.id)));
    }
    let is_empty = record.spans.is_empty() && record.relations.is_empty();
    if let Some(answer) = of_record
        && is_empty
        && !ours
    {
        document.state = empty_state(answer, line, left_out).to_owned();
    }
    let ids = ids(&record.spans);
    let mut extras: BTreeMap<SmolStr, SpanExtra> = BTreeMap::new();
    let linked = !record.relations.is_empty();
    let mut placed = Vec::new();
    let text = record.text;
    // Ours are as they are.
    let unit = if ours {
        UnitHint::Said(CountedUnit::CodePoints)
    } else {
        unit
    };
    let places = places(&text, unit, &record.spans, &record.tokens);
    if let (Some(why), Some(first)) = (&places.remark, record.spans.first()) {
        left_out.remark(line, why, format!("`{}`", first.label));
    }
    tell_other_tokens(&text, &places, &record.tokens, line, left_out);
    for (id, mut span) in Draining::new(ids).zip(Draining::new(record.spans.into())) {
        if span.words.is_none() {
            span.words = moved_words(&places, &span, &record.tokens).map(Into::into);
        }
        let Some(fragments) = place(&places, &span, line, left_out) else {
            left_out.tally.left_out.extend(span.counts());
            continue;
        };
        if linked {
            placed.push(Placed {
                id: id.clone(),
                given: (span.start, span.end),
                label: span.label.clone(),
                tokens: span.token_start.zip(span.token_end),
            });
        }
        let mut tag = SpanRecord {
            id: id.clone(),
            label: span.label,
            fragments: code_point_ranges(fragments),
            note: span.note,
            attributes: span.attributes,
            ..SpanRecord::default()
        };
        if !ours {
            let review = span.review.or(of_record).unwrap_or(Review::Unreviewed);
            tag.review = review.word().into();
        }
        if let Some(original) = span.id.filter(|original| **original != *id) {
            add_attribute(&mut tag.attributes, "original_id", original.as_str());
            left_out.tally.made.add(Content::Attribute, 1);
        }
        if let Some(extra) = span.pullquote {
            extras.insert(id, *extra);
        }
        document.spans.push(tag);
    }
    let review = if ours { None } else { of_record };
    let mut ends = Ends::new(&record.tokens, &record.relations, &places, review);
    for tag in placed {
        ends.add(tag);
    }
    let mut facts = BTreeMap::new();
    for (n, relation) in Draining::new(record.relations.into()).enumerate() {
        let ours = relation.pullquote.unwrap_or_default();
        let there = |id: &str| ends.tag(id).is_some();
        let (from, to) = if there(&ours.from) && there(&ours.to) {
            (Some(ours.from), Some(ours.to))
        } else {
            if !ours.from.is_empty() {
                let ends = format!("relations.pullquote ({}, {})", ours.from, ours.to);
                left_out.reference(line, ends);
            }
            (ends.id(&relation.head), ends.id(&relation.child))
        };
        let ends_of = [(&relation.head, &from), (&relation.child, &to)];
        for (end, id) in ends_of {
            let tag = id.as_ref().and_then(|id| ends.tag(id));
            let other = tag.and_then(|tag| {
                let label = end.label.as_ref().filter(|label| ***label != *tag.label);
                let id = end.id.as_ref().filter(|id| ***id != *tag.id);
                label.or(id)
            });
            if let Some(other) = other {
                left_out.reference(
                    line,
                    format!("relations.{} ({})", relation.label, shown(other)),
                );
            }
        }
        match (from, to) {
            (Some(from), Some(to)) => {
                let mut id = ours.id;
                if !relation.facts.is_empty() {
                    if id.is_empty() {
                        id = format_smolstr!("relation-{}", n + 1);
                    }
                    facts.insert(id.clone(), relation.facts);
                }
                document.links.push(LinkRecord {
                    id,
                    from,
                    to,
                    role: relation.label.into(),
                    to_kind: "annotation".into(),
                    confirmed: ours.confirmed,
                    by: ours.by,
                    ..LinkRecord::default()
                });
            }
            (from, _) => {
                let end = if from.is_none() {
                    &relation.head
                } else {
                    &relation.child
                };
                let why = "relations are left out where no span or token is at an end";
                let said = relation.facts.shown();
                let by = by_whom(ours.by.as_deref());
                let example = format!("`{}` {}{said}{by}", relation.label, end.described());
                left_out
                    .skip_counted(line, why, example)
                    .add(Content::Link, 1)
                    .extend(relation.facts.counts());
            }
        }
    }
    left_out.tally.made.add(Content::Tag, ends.made.len());
    document.spans.append(&mut ends.made);
    document.text.clone_from(&text);
    let merged = document.join_split_spans();
    left_out.tally.merged.extend(merged);
    for span in &mut document.spans {
        if let Some(extra) = extras.remove(&*span.id) {
            left_out.tally.merged.extend(extra.restore(span));
            // All had this answer when it was written; somebody gave another one since.
            if let Some(answer) = of_record.filter(|_| ours) {
                span.review = answer.word().into();
            }
        }
    }
    for (id, extra) in extras {
        let counts = extra.counts();
        if counts != Counts::default() {
            let words = format!(
                "`{id}`: {}",
                serde_json::to_string(&extra).unwrap_or_default()
            );
            let why = "what Pullquote noted on a part of a split tag is left out";
            left_out
                .skip_counted(line, why, shown(&words))
                .extend(counts);
        }
    }
    if let Some(extra) = record.pullquote {
        extra.restore(&mut document);
        document.read_facts(line, left_out);
    }
    (document, facts)
}

/// The state of an article that was answered without tags.
fn empty_state(answer: Review, line: usize, left_out: &mut LeftOut) -> &'static str {
    let why = match answer {
        Review::Accepted | Review::Unreviewed => return "done",
        Review::Rejected => {
            "articles without tags are done, and do not say that they were rejected"
        }
        Review::Unsure => "articles without tags are done, and do not say that they were skipped",
    };
    let word = if answer == Review::Rejected {
        "reject"
    } else {
        "ignore"
    };
    left_out.skip(line, why, format!("the answer `{word}`"));
    "done"
}

/// An id for each span: its own where it is the only one of it.
fn ids(spans: &[ReadSpan]) -> Vec<SmolStr> {
    let mut used = BTreeSet::new();
    let own: Vec<Option<&SmolStr>> = spans
        .iter()
        .map(|span| span.id.as_ref().filter(|id| used.insert((*id).clone())))
        .collect();
    let mut ids = Vec::with_capacity(own.len());
    for (n, own) in own.into_iter().enumerate() {
        ids.push(own.map_or_else(
            || {
                let mut id = format!("span-{}", n + 1);
                while !used.insert(SmolStr::new(&id)) {
                    id.push('b');
                }
                SmolStr::from(id)
            },
            SmolStr::clone,
        ));
    }
    ids
}

/// What the offsets count, by the words of spans; by those of tokens where spans have none.
fn places<'a>(
    text: &'a str,
    unit: UnitHint,
    spans: &[ReadSpan],
    tokens: &[Token],
) -> SpanPlaces<'a> {
    let worded = spans.iter().any(|span| span.words.is_some());
    let of_spans = spans
        .iter()
        .map(|span| ([[span.start, span.end]], span.words.as_deref()));
    let of_tokens = tokens
        .iter()
        .filter(|token| !worded && !token.text.is_empty())
        .map(|token| ([[token.start, token.end]], Some(&*token.text)));
    let evidence: Vec<_> = of_spans.chain(of_tokens).collect();
    let given: Vec<Given<'_>> = evidence
        .iter()
        .map(|&(ref fragments, words)| Given { fragments, words })
        .collect();
    SpanPlaces::new(text, unit, &given)
}

/// Tells the tokens that have other words than the text in their place.
fn tell_other_tokens(
    text: &str,
    places: &SpanPlaces<'_>,
    tokens: &[Token],
    line: usize,
    left_out: &mut LeftOut,
) {
    let index = CodePointIndex::new(text);
    for token in tokens.iter().filter(|token| !token.text.is_empty()) {
        let fragments = &[[token.start, token.end]];
        let there = match places.locate(&Given {
            fragments,
            words: None,
        }) {
            Located::There(found) | Located::Found(found) => {
                let place = found.first().copied();
                place.and_then(|[start, end]| index.slice(start, end))
            }
            Located::Different(_) | Located::Outside => None,
        };
        if there.is_some_and(|there| same_words(there, &token.text)) {
            continue;
        }
        let why = "tokens have other words than the text, which holds";
        let there = there.map(|there| format!(" (the text has “{}”)", shown(there)));
        let example = format!("“{}”{}", shown(&token.text), there.unwrap_or_default());
        left_out.remark(line, why, example);
    }
}

/// The words of the tokens of a span, where the text has others in its place and these in one place nearby.
fn moved_words(places: &SpanPlaces<'_>, span: &ReadSpan, tokens: &[Token]) -> Option<String> {
    let first = tokens.partition_point(|token| token.start < span.start);
    let mut words = String::new();
    let mut end = span.start;
    for token in tokens.get(first..)? {
        if token.start >= span.end {
            break;
        }
        if token.text.is_empty() {
            return None;
        }
        if token.start > end {
            words.push(' ');
        }
        words.push_str(&token.text);
        end = token.end;
    }
    let is_whole = end == span.end && tokens.get(first)?.start == span.start;
    let given = Given {
        fragments: &[[span.start, span.end]],
        words: Some(&words),
    };
    let is_moved = is_whole && matches!(places.locate(&given), Located::Found(_));
    is_moved.then_some(words)
}

fn place(
    places: &SpanPlaces<'_>,
    span: &ReadSpan,
    line: usize,
    left_out: &mut LeftOut,
) -> Option<Vec<[u32; 2]>> {
    let given = Given {
        fragments: &[[span.start, span.end]],
        words: span.words.as_deref(),
    };
    let what = || {
        let words = span
            .words
            .as_deref()
            .map(|words| format!(" “{}”", shown(words)));
        let words = words.unwrap_or_default();
        format!(
            "`{}`{words} from {} to {}{}",
            span.label,
            span.start,
            span.end,
            span.said()
        )
    };
    let located = places.locate(&given);
    if let Located::There(list) | Located::Found(list) = &located
        && let Some(found) = places.parted(list, given.words)
    {
        let what = format!("{} (there is “{}”)", what(), shown(&found));
        left_out.remark(line, PARTED, what);
    }
    match located {
        Located::There(fragments) => Some(fragments),
        Located::Found(fragments) => {
            left_out.remark(line, MOVED, what());
            Some(fragments)
        }
        Located::Outside => {
            let why = "spans that are empty or outside the text are left out; fix their offsets";
            left_out.skip(line, why, what());
            None
        }
        Located::Different(found) => {
            let what = format!("{} (there is “{}”)", what(), shown(&found));
            let why = "spans whose words are not at their offsets, and not in one place \
                       nearby, are left out; fix their offsets";
            left_out.skip(line, why, what);
            None
        }
    }
}
