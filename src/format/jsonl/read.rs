//! Documents from lines. What of a record cannot be used is left out and told; the rest is read.

use serde::de::DeserializeOwned;
use smallvec::smallvec;
use smol_str::SmolStr;

use super::INFO;
use crate::format::counting::by_words::{Given, Located, SpanPlaces, same_words};
use crate::format::counting::{CountedUnit, UnitHint};
use crate::format::free_ids::FreeIds;
use crate::format::interchange::{
    AttributeList, AttributeRecord, CodePointRanges, DocumentRecord, LinkRecord, PersonRecord,
    SpanRecord, code_point_ranges, confidence,
};
use crate::format::json;
use crate::format::json_lines::{is_field_twice, read_line, read_lines, wording};
use crate::format::left_out::{LeftOut, shown, shown_words};
use crate::format::tally::Content;
use crate::format::{EachDocument, FormatError, Imported, ImportedDocument, Input, Options};
use crate::text::CodePointIndex;

/// Reads a file whose offsets count `unit`, unless the words of its tags show something else.
pub(super) fn read(
    input: &Input<'_>,
    unit: UnitHint,
    each: &mut EachDocument<'_>,
) -> Result<Imported, FormatError> {
    let mut imported = Imported::default();
    let mut left_out = LeftOut::default();
    let document = |record: DocumentRecord, line, left_out: &mut LeftOut| {
        to_document(record, input.name, unit, line, left_out)
    };
    read_lines(
        input,
        &mut imported,
        &mut left_out,
        without_unreadable,
        document,
        each,
    )?;
    left_out.report(&mut imported);
    Ok(imported)
}

/// Reads one line of a stream whose name is `input`.
pub(super) fn read_one(text: &str, line: usize, input: &str) -> Imported {
    let mut imported = Imported::default();
    let mut left_out = LeftOut::default();
    let unit = UnitHint::new(&Options::default(), CountedUnit::CodePoints);
    let read = read_line(
        text,
        line,
        &mut left_out,
        without_unreadable,
        |record, line, left_out| to_document(record, input, unit, line, left_out),
    );
    imported.add(read, line);
    left_out.report(&mut imported);
    imported
}

fn to_document(
    mut record: DocumentRecord,
    input: &str,
    unit: UnitHint,
    line: usize,
    left_out: &mut LeftOut,
) -> Result<ImportedDocument, Vec<String>> {
    left_out.tally.read.extend(record.counts());
    number_ids(&mut record, line, left_out);
    let spans = record.spans.iter_mut().map(|span| &mut span.attributes);
    let links = record.links.iter_mut().map(|link| &mut link.attributes);
    for attributes in spans.chain(links) {
        number_keys(attributes, line, left_out);
    }
    leave_out_odd_confidence(&mut record, line, left_out);
    record.read_facts(line, left_out);
    record.read_sittings(line, left_out);
    let record = locate(record, unit, line, left_out);
    record.into_document_of_usable(INFO.name, input, line, left_out)
}

/// Leaves out what is no confidence.
fn leave_out_odd_confidence(record: &mut DocumentRecord, line: usize, left_out: &mut LeftOut) {
    let spans = record.spans.iter_mut().map(|span| &mut span.confidence);
    let links = record.links.iter_mut().map(|link| &mut link.confidence);
    for value in spans.chain(links) {
        let odd = value.take_if(|value| confidence(Some(value)).is_none());
        if let Some(odd) = odd {
            let why = "a `confidence` that is no number from 0 to 1 is left out";
            left_out.skip(line, why, shown(&json::Value::from(*odd)));
        }
    }
}

/// A line without the tags, links and people that have values of the wrong kind, or lack one. Fields that are
/// there twice have names of their own in it, but for the last.
fn without_unreadable(
    text: &str,
    error: &serde_json::Error,
    line: usize,
    left_out: &mut LeftOut,
) -> Option<json::Value> {
    let mut value: json::Value = serde_json::from_str(text).ok()?;
    let json::Value::Object(fields) = &mut value else {
        return None;
    };
    let people = keep_readable::<PersonRecord>(fields, "people", Content::Person, line, left_out);
    let spans = keep_readable::<SpanRecord>(fields, "spans", Content::Tag, line, left_out);
    let links = keep_readable::<LinkRecord>(fields, "links", Content::Link, line, left_out);
    (people + spans + links > 0 || is_field_twice(error)).then_some(value)
}

/// Takes out what cannot be read of a list, and gives how many that is.
fn keep_readable<T: DeserializeOwned>(
    fields: &mut json::Map,
    list: &str,
    content: Content,
    line: usize,
    left_out: &mut LeftOut,
) -> usize {
    let Some(json::Value::Array(items)) = fields.get_mut(list) else {
        return 0;
    };
    let all = items.len();
    items.retain(|item| {
        // Errors without a place.
        let read = serde_json::to_value(item).and_then(T::deserialize);
        let Err(error) = read else {
            return true;
        };
        let why = format!("items of `{list}` that cannot be read are left out");
        let what = format!("{} in {}", wording(&error), shown(item));
        left_out.read(content, 1);
        left_out.skip_counted(line, &why, what).add(content, 1);
        false
    });
    all - items.len()
}

/// Gives ids that are there twice a number. Links lead to the first.
fn number_ids(record: &mut DocumentRecord, line: usize, left_out: &mut LeftOut) {
    let people = record.people.iter_mut().map(|person| &mut person.id);
    let spans = record.spans.iter_mut().map(|span| &mut span.id);
    let links = record.links.iter_mut().map(|link| &mut link.id);
    let lists: [(&str, Vec<&mut SmolStr>); 3] = [
        ("person", people.collect()),
        ("tag", spans.collect()),
        ("link", links.collect()),
    ];
    for (kind, ids) in lists {
        let mut known = FreeIds::default();
        let given = ids.into_iter().filter(|id| !id.is_empty());
        let twice: Vec<&mut SmolStr> = given.filter(|id| !known.insert(id)).collect();
        for id in twice {
            let other = known.take_numbered(id);
            let why = "ids that are there twice have a number here, and links lead to the first";
            left_out.remark(line, why, format!("the {kind} `{id}` is `{other}`"));
            *id = other;
        }
    }
}

/// Gives keys of attributes that are there twice a number.
fn number_keys(attributes: &mut AttributeList, line: usize, left_out: &mut LeftOut) {
    let mut keys: Vec<&str> = attributes.iter().map(|a| &*a.key).collect();
    keys.sort_unstable();
    if keys.windows(2).all(|pair| pair.first() != pair.last()) {
        return;
    }
    for AttributeRecord { key, value } in std::mem::take(attributes) {
        let taken = attributes.place(&key).is_some();
        if taken {
            let why = "attributes that are there twice have a number here";
            left_out.remark(line, why, format!("`{key}` “{}”", shown_words(&value)));
        }
        if !attributes.add(&key, value) {
            left_out.tally.merged.add(Content::Attribute, 1);
        }
    }
}

/// Offsets in code points, judged by the words of the tags where they have some. Tags whose words are
/// not in the text are left out.
fn locate(
    mut record: DocumentRecord,
    unit: UnitHint,
    line: usize,
    left_out: &mut LeftOut,
) -> DocumentRecord {
    let worded = |span: &SpanRecord| span.text.as_ref().is_some_and(|text| !text.is_empty());
    if !record.spans.iter().any(worded) {
        return record.counted(unit);
    }
    let fragments: Vec<CodePointRanges> = record.spans.iter().map(places).collect();
    let given: Vec<Given<'_>> = record
        .spans
        .iter()
        .zip(&fragments)
        .map(|(span, fragments)| Given {
            fragments,
            words: span.text.as_deref(),
        })
        .collect();
    let places = SpanPlaces::new(&record.text, unit, &given);
    let located: Vec<Located> = given.iter().map(|given| places.locate(given)).collect();
    let index = CodePointIndex::new(&record.text);
    let mut located = located.into_iter();
    record.spans.retain_mut(|span| {
        let shown = |span: &SpanRecord| {
            let words = span.text.as_deref().unwrap_or_default();
            format!("`{}` “{}”", span.label, shown_words(words))
        };
        match located.next() {
            Some(Located::There(found)) => set(span, code_point_ranges(found)),
            Some(Located::Found(found)) => {
                let why = "tags are on their words, which are not at their offsets";
                left_out.remark(line, why, shown(span));
                set(span, code_point_ranges(found));
            }
            Some(Located::Different(found)) if !is_hull(&index, span) => {
                let what = format!("{} (there is “{}”)", shown(span), shown_words(&found));
                let why = "tags whose words are not at their offsets, and not in one place nearby, \
                           are left out; fix their offsets";
                left_out
                    .skip_counted(line, why, what + &span.said())
                    .extend(span.counts());
                return false;
            }
            // The place is told when the document is made.
            Some(Located::Outside | Located::Different(_)) | None => {}
        }
        true
    });
    record
}

/// The fragments of a tag; none where its ends contradict them.
fn places(span: &SpanRecord) -> CodePointRanges {
    let hull = span.start.zip(span.end);
    let ends = span.fragments.first().zip(span.fragments.last());
    match (hull, ends) {
        (Some((start, end)), None) => smallvec![[start, end]],
        (Some((start, end)), Some((first, last))) if [start, end] != [first[0], last[1]] => {
            CodePointRanges::new()
        }
        (_, _) => span.fragments.clone(),
    }
}

fn set(span: &mut SpanRecord, fragments: CodePointRanges) {
    (span.start, span.end) = (None, None);
    span.fragments = fragments;
}

/// Whether the words of a split tag are those from its start to its end.
fn is_hull(index: &CodePointIndex<'_>, span: &SpanRecord) -> bool {
    let ends = span.fragments.first().zip(span.fragments.last());
    let words = ends.and_then(|(first, last)| index.slice(first[0], last[1]));
    let words = words.zip(span.text.as_deref());
    span.fragments.len() > 1 && words.is_some_and(|(found, words)| same_words(found, words))
}
