//! Makes documents of the records of a file.

use std::collections::{BTreeMap, BTreeSet};

use smallvec::smallvec;
use smol_str::SmolStr;

use super::INFO;
use super::parse::{Record, Refusal, Relation, Span};
use super::words::{OUTSIDE, find_words, locate, places_by_words};
use crate::format::annotator_names::AnnotatorNames;
use crate::format::counting::by_edges::{
    EXCLUSIVE_END, EndFit, Fit, JUDGED, Judgement, Offsets, UNITS, end_fits, inclusive, judge,
};
use crate::format::counting::{CountedUnit, Counting, Places, UnitHint};
use crate::format::document_names::DocumentNames;
use crate::format::draining::Draining;
use crate::format::free_ids::FreeIds;
use crate::format::interchange::split_spans::CONTINUES;
use crate::format::interchange::{BoundedList, DocumentRecord, LinkRecord, SpanRecord};
use crate::format::json_values::each_json_value;
use crate::format::left_out::{LeftOut, shortened};
use crate::format::link_facts::{self, LinkFacts};
use crate::format::tally::{Content, Counts};
use crate::format::{EachDocument, FormatError, Imported, Input, RecordProblem};
use crate::text::CodePointIndex;

/// Reads the records of a file.
pub(super) fn read(
    input: &Input<'_>,
    unit: UnitHint,
    each: &mut EachDocument<'_>,
) -> Result<Imported, FormatError> {
    let mut imported = Imported::default();
    let mut left_out = LeftOut::default();
    let (mut records, mut without_text) = (Vec::new(), Vec::new());
    let mut number = 0;
    each_json_value(
        input.text()?,
        &mut imported,
        &mut |imported, line, value| {
            number += 1;
            left_out.read(Content::Document, 1);
            match Record::new(value, line, number, input.name, &mut left_out) {
                Ok(mut record) => {
                    if let UnitHint::Said(said) = unit {
                        record.unit = UNITS.iter().position(|known| *known == said);
                    }
                    records.push(record);
                }
                Err(Refusal::Wrong(message)) => {
                    imported.problems.push(RecordProblem { line, message });
                }
                Err(Refusal::NoText(message, rest)) => without_text.push((line, message, rest)),
            }
        },
    );
    for (line, message, rest) in without_text {
        if records.is_empty() {
            imported.problems.push(RecordProblem { line, message });
        } else {
            let why = "records without a text are left out";
            left_out
                .skip_counted(line, why, format!("{message}: {rest}"))
                .add(Content::Document, 1);
        }
    }
    let spans = records.iter().any(|record| !record.spans.is_empty());
    if !spans && let Some(first) = records.iter().find(|record| !record.categories.is_empty()) {
        let message = format!(
            "this file labels whole texts (“{}”), not spans of them; export a project for sequence \
             labelling",
            shortened(&first.categories.join("”, “"))
        );
        let line = first.line;
        imported.problems.push(RecordProblem { line, message });
        return Ok(imported);
    }
    for record in &records {
        for category in &record.categories {
            let cause = "labels of a whole text, not a span, are not imported";
            left_out.skip(
                record.line,
                cause,
                format!("“{category}” ({})", record.called),
            );
        }
    }
    find_words(&mut records, &mut left_out);
    read_inclusive_ends(&mut records, unit, &mut left_out);
    let judgement = judge(records.iter().flat_map(|record| {
        let offsets = record.offsets.as_ref().filter(|_| record.unit.is_none());
        let spans = offsets.map(|offsets| record.spans.iter().map(move |span| (offsets, span.at)));
        spans.into_iter().flatten()
    }));
    let mut names = AnnotatorNames::default();
    let mut documents = DocumentNames::default();
    for record in records {
        let line = record.line;
        for (record, facts) in
            record.documents(judgement, &mut names, &mut documents, &mut left_out)
        {
            let read = record.into_document(INFO.name, input.name, line);
            let read = read.map(|read| link_facts::restore(read, facts));
            imported.hand_over(read, line, each);
        }
    }
    left_out.report(&mut imported);
    Ok(imported)
}

/// Takes ends for those of the last characters where the labels of the file show it.
fn read_inclusive_ends(records: &mut [Record], unit: UnitHint, left_out: &mut LeftOut) {
    let known = |record: &Record| record.offsets.is_some() || record.unit.is_some();
    if matches!(unit, UnitHint::Said(_)) || records.iter().any(known) {
        return;
    }
    // Words show it better.
    let mut spans = records.iter().flat_map(|record| &record.spans);
    if spans.any(|span| span.words.is_some()) {
        return;
    }
    let fits = records
        .iter()
        .map(|record| end_fits(&record.text, record.spans.iter().map(|span| span.at)));
    let fits: Vec<Vec<EndFit>> = fits.collect();
    let (Some(first), Some(message)) = (records.first(), inclusive(&fits, "labels")) else {
        return;
    };
    left_out.hint(first.line, message);
    for (record, fits) in records.iter_mut().zip(fits) {
        for (span, fit) in record.spans.iter_mut().zip(fits) {
            let [start, end] = &mut span.at;
            if fit == EndFit::Exclusive {
                let example = format!("`{}` {start} to {end} ({})", span.label, record.called);
                left_out.remark(record.line, EXCLUSIVE_END, example);
            } else {
                *end = end.saturating_add(1);
            }
        }
    }
}

/// What the offsets of a record count: what those of its file do, unless all are whole words only as
/// counted in another unit.
fn judge_record(offsets: &Offsets, spans: &[Span], of_file: Judgement) -> Judgement {
    let own = judge(spans.iter().map(|span| (offsets, span.at)));
    let are_words = |unit| {
        let mut spans = spans.iter();
        spans.all(|span| offsets.fit(unit, span.at) == Fit::Words)
    };
    let is_better = own != of_file
        && !own.doubtful
        && are_words(own.unit)
        && (of_file.doubtful || !are_words(of_file.unit));
    if is_better { own } else { of_file }
}

impl Record {
    /// A document, or one for each person whose labels are told apart.
    fn documents(
        self,
        of_file: Judgement,
        names: &mut AnnotatorNames,
        documents: &mut DocumentNames,
        left_out: &mut LeftOut,
    ) -> Vec<(DocumentRecord, BTreeMap<SmolStr, LinkFacts>)> {
        let Self {
            line,
            called,
            name,
            text,
            spans,
            relations,
            unit,
            offsets,
            mut own,
            ..
        } = self;
        let index = CodePointIndex::new(&text);
        // Where all ways to count give the same there is nothing to judge.
        let judgement = offsets.as_ref();
        let judgement = judgement.map_or(of_file, |offsets| judge_record(offsets, &spans, of_file));
        let chosen = unit.unwrap_or(judgement.unit);
        let counted = UNITS.get(chosen).copied();
        let counted = counted.unwrap_or(CountedUnit::CodePoints);
        let plain = match offsets {
            None => Some(Places::new(&text, Counting::of(counted))),
            Some(_) => None,
        };
        let by_words = places_by_words(&text, &spans, counted, unit.is_some());
        let skip = |left_out: &mut LeftOut, cause: &str, example: String, counts: Counts| {
            let example = format!("{example} ({called})");
            left_out.skip_counted(line, cause, example).extend(counts);
        };
        let mut by_user: BTreeMap<Option<String>, BoundedList<SpanRecord>> = BTreeMap::new();
        let over_limit = spans.over_limit();
        let mut whose: BTreeMap<String, Option<String>> = BTreeMap::new();
        let linked = !relations.is_empty();
        let mut used = FreeIds::default();
        let (mut judged, mut renumbered) = (false, false);
        for (n, span) in Draining::new(spans.into()).enumerate() {
            let [start, end] = span.at;
            let counts = span.counts();
            let said = span.said();
            let example = |place: &str| format!("`{}` {start} to {end}{place}{said}", span.label);
            let there = match &by_words {
                Some(places) => {
                    let found = locate(places, &span, (line, &called), left_out);
                    let Some(found) = found else { continue };
                    Some(found)
                }
                None => match (&offsets, &plain) {
                    (Some(offsets), _) => offsets.place(chosen, span.at),
                    (None, plain) => plain.as_ref().and_then(|places| places.stretch(span.at)),
                },
            };
            let depends =
                |offsets: &&Offsets| (0..JUDGED).any(|unit| offsets.place(unit, span.at) != there);
            let words = there.and_then(|[start, end]| index.slice(start, end));
            let place = words
                .map(|words| format!(" “{}”", shortened(words)))
                .unwrap_or_default();
            let Some(there) = there else {
                skip(left_out, OUTSIDE, example(&place), counts);
                continue;
            };
            if unit.is_none()
                && by_words.is_none()
                && let Some(offsets) = offsets.as_ref().filter(depends)
            {
                judged |= chosen != 0 || of_file.unit != 0;
                if offsets.fit(chosen, span.at) == Fit::Cut {
                    skip(
                        left_out,
                        "labels that begin or end within a word are left out, because they count \
                         the emoji before them in another way; correct their offsets and import \
                         again",
                        example(&place),
                        counts,
                    );
                    continue;
                }
                if judgement.doubtful && offsets.place(1, span.at) != Some(there) {
                    let other = offsets.place(1, span.at);
                    let other = other.and_then(|[start, end]| index.slice(start, end));
                    let other = other
                        .map(|words| format!(", not “{words}”"))
                        .unwrap_or_default();
                    skip(
                        left_out,
                        "nothing shows whether these offsets count code points or UTF-16; they were \
                         read as code points, so check them",
                        example(&format!("{place}{other}")),
                        Counts::default(),
                    );
                }
            }
            let given = span.id.is_some();
            let wanted = span.id.unwrap_or_else(|| format!("label-{}", n + 1));
            let id = used.take(&wanted);
            renumbered |= given && id != wanted;
            if linked {
                whose.insert(id.to_string(), span.user.clone());
            }
            by_user.entry(span.user).or_default().push(SpanRecord {
                id,
                label: span.label.into(),
                fragments: smallvec![there],
                attributes: span.attributes,
                ..SpanRecord::default()
            });
        }
        let mut links: BTreeMap<Option<String>, BoundedList<LinkRecord>> = BTreeMap::new();
        let mut all_facts: BTreeMap<Option<String>, BTreeMap<SmolStr, LinkFacts>> = BTreeMap::new();
        let mut used_by_links = BTreeSet::new();
        for (n, relation) in Draining::new(relations).enumerate() {
            let Relation {
                id,
                from,
                to,
                role,
                facts,
            } = relation;
            let example = format!("`{role}` from `{from}` to `{to}`{}", facts.shown());
            let mut counts = facts.counts();
            counts.add(Content::Link, 1);
            match (whose.get(&from), whose.get(&to)) {
                (Some(user), Some(other)) if user == other => {
                    // Parts of a split tag are joined, whatever the number of their relation.
                    let given = id.filter(|_| role != CONTINUES);
                    let given = given.filter(|id| used_by_links.insert(id.clone()));
                    let mut id = given.unwrap_or_default();
                    if !facts.is_empty() {
                        if id.is_empty() {
                            id = format!("relation-{}", n + 1);
                        }
                        let all = all_facts.entry(user.clone()).or_default();
                        all.insert(id.clone().into(), facts);
                    }
                    links.entry(user.clone()).or_default().push(LinkRecord {
                        id: id.into(),
                        from: from.into(),
                        to: to.into(),
                        to_kind: "annotation".into(),
                        role: role.into(),
                        ..LinkRecord::default()
                    });
                }
                (Some(_), Some(_)) => {
                    skip(
                        left_out,
                        "relations between labels of two people are left out",
                        example,
                        counts,
                    );
                }
                (None, _) | (_, None) => {
                    skip(
                        left_out,
                        "relations from or to a label that is not there are left out",
                        example,
                        counts,
                    );
                }
            }
        }
        if renumbered {
            left_out.hint(
                line,
                format!("{called}: two labels have the same id; one got a `+`"),
            );
        }
        if judged {
            let unit = [
                "code points",
                "UTF-16 units, as its editor does",
                "characters as people see them",
                "bytes",
            ];
            let unit = unit.get(chosen).copied().unwrap_or_default();
            let message = format!("offsets count {unit}, as the beginnings and ends of words show");
            left_out.hint(line, message);
        }
        if by_user.is_empty() {
            by_user.insert(None, BoundedList::default());
        }
        for spans in by_user.values_mut() {
            spans.count_over_limit(over_limit);
        }
        left_out
            .tally
            .made
            .add(Content::Document, by_user.len() - 1);
        let mut records = Vec::new();
        for (user, spans) in by_user {
            let mut made_by = String::new();
            let annotator = user.as_ref().map(|user| {
                let number = user.bytes().all(|b| b.is_ascii_digit());
                let shown = if number {
                    format!("user-{user}")
                } else {
                    user.clone()
                };
                let name = names.name_of(user, 0, &shown);
                if name != *user {
                    made_by.clone_from(user);
                }
                if name != *user && !number {
                    left_out.hint(
                        line,
                        format!("the annotator `{user}` is called `{name}` here"),
                    );
                }
                name
            });
            let mut record = DocumentRecord {
                text: text.clone(),
                spans,
                links: links.remove(&user).unwrap_or_default(),
                annotator: annotator.unwrap_or_default(),
                made_by,
                ..DocumentRecord::default()
            };
            left_out.tally.merged.extend(record.join_split_spans());
            let mut facts = all_facts.remove(&user).unwrap_or_default();
            if let Some(own) = &mut own {
                own.restore(&mut record, &mut facts, (line, left_out));
            }
            records.push((record, facts));
        }
        if let Some(own) = own {
            own.tell_rest(line, left_out);
        }
        let annotators = records.iter().map(|(record, _)| record.annotator.clone());
        let id = documents.free(&name, &text, annotators.collect());
        if id != name {
            let message = format!("{called}: another one is called `{name}`; this is `{id}` here");
            left_out.hint(line, message);
        }
        for (record, _) in &mut records {
            record.id.clone_from(&id);
        }
        records
    }
}
