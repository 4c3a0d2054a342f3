use std::collections::{BTreeMap, BTreeSet};

use super::cells;
use super::columns::Columns;
use super::layout::{LineCounter, input_texts, layout};
use super::locate::{Record, locate};
use super::write::{ATTRIBUTE, ATTRIBUTES};
use crate::format::annotator_names::AnnotatorNames;
use crate::format::counting::UnitHint;
use crate::format::interchange::{
    AttributeRecord, DocumentRecord, Draining, LinkRecord, PersonRecord, SpanRecord,
};
use crate::format::left_out::{LeftOut, shown_words as shown};
use crate::format::tally::Content;
use crate::format::{EachDocument, FormatError, Imported, Input, RecordProblem};

/// The rows of one document by one annotator.
#[derive(Default)]
struct Group {
    line: usize,
    state: String,
    records: Vec<Record>,
    people: BTreeMap<String, String>,
}

/// Reads a table. A document whose article is not beside the table, or whose words are nowhere in
/// it, is a problem.
pub(super) fn read(
    input: &Input<'_>,
    format: &'static str,
    delimiter: u8,
    unit: UnitHint,
    each: &mut EachDocument<'_>,
) -> Result<Imported, FormatError> {
    for text in input_texts(input.bytes) {
        if !text.guessed {
            return Ok(read_text(&text.text, input, format, delimiter, unit, each).imported);
        }
        let mut documents = Vec::new();
        let mut keep = |document| documents.push(document);
        let read = read_text(&text.text, input, format, delimiter, unit, &mut keep);
        if read.confirmed {
            documents.into_iter().for_each(each);
            return Ok(read.imported);
        }
    }
    // As UTF-8 it cannot be read, and by no other encoding are its words those of the articles.
    input.text().map(|_| Imported::default())
}

/// What was read, and whether words beyond ASCII are those of the articles.
struct ReadTable {
    imported: Imported,
    confirmed: bool,
}

fn read_text(
    whole: &str,
    input: &Input<'_>,
    format: &'static str,
    delimiter: u8,
    unit: UnitHint,
    each: &mut EachDocument<'_>,
) -> ReadTable {
    let mut imported = Imported::default();
    let mut left_out = LeftOut::default();
    let (before, text, delimiter) = layout(whole, delimiter);
    let mut table = csv::ReaderBuilder::new()
        .delimiter(delimiter)
        .flexible(true)
        .has_headers(false)
        .from_reader(text.as_bytes());
    let mut lines = LineCounter::new(text, before);
    let mut rows = table.records();
    let heads = match rows.next() {
        Some(Ok(heads)) => heads,
        None => csv::StringRecord::new(),
        Some(Err(error)) => return broken(imported, 1, &error),
    };
    let head_line = lines.line_at(heads.position());
    let columns = Columns::new(&heads);
    imported.problems.extend(
        columns
            .missing(&heads, delimiter)
            .map(|message| RecordProblem {
                line: head_line,
                message,
            }),
    );
    if !imported.problems.is_empty() {
        return ReadTable {
            imported,
            confirmed: false,
        };
    }
    let mut groups: BTreeMap<(String, String), Group> = BTreeMap::new();
    let mut unknown: BTreeSet<&str> = BTreeSet::new();
    // Articles with a row that cannot be read; a row without one belongs to that of the row before.
    let mut incomplete: BTreeSet<String> = BTreeSet::new();
    let mut article = String::new();
    for record in rows {
        let record = match record {
            Ok(record) => columns.joined(record, delimiter),
            Err(error) => {
                let line = lines.line_at(error.position());
                return broken(imported, line, &error);
            }
        };
        let line = lines.line_at(record.position());
        if record.iter().all(|cell| cell.trim().is_empty()) {
            continue;
        }
        let width = columns.check_width(&record, delimiter);
        if let (Ok(()), Some(doc)) = (&width, columns.cells(&record).get("doc")) {
            (*doc).clone_into(&mut article);
        }
        let inserted = width.and_then(|()| {
            for (name, cell) in columns.unknown(&record) {
                unknown.insert(name);
                let example = format!("`{name}` (“{}”)", shown(cell));
                left_out.skip(line, UNKNOWN_COLUMN, example);
            }
            insert_row(&columns.cells(&record), line, &mut groups, &mut left_out)
        });
        if let Err(message) = inserted {
            incomplete.insert(article.clone());
            imported.problems.push(RecordProblem { line, message });
        }
    }
    for name in columns
        .unknown_names()
        .filter(|name| !unknown.contains(*name))
    {
        imported.note_ignored(head_line, name.to_owned());
    }
    let mut names = AnnotatorNames::default();
    let mut confirmed = false;
    for ((doc, annotator), group) in groups {
        let line = group.line;
        let annotator = if group.state.is_empty() && !annotator.is_empty() {
            let name = names.name(&annotator);
            if name != annotator {
                let example = format!("“{}” is `{name}` here", shown(&annotator));
                let why = "names of annotators are made of a to z, 0 to 9, _ and -";
                left_out.remark(line, why, example);
            }
            name
        } else {
            annotator
        };
        let mut wrong = Vec::new();
        let whole = !incomplete.contains(&doc);
        match document(
            doc,
            annotator,
            group,
            (input, unit),
            &mut left_out,
            &mut wrong,
        ) {
            Some((record, has_words)) if wrong.is_empty() => {
                confirmed |= has_words;
                if !whole {
                    continue;
                }
                let read = record.into_document(format, input.name, line);
                imported.hand_over(read, line, each);
            }
            _ => imported.problems.extend(wrong),
        }
    }
    left_out.report(&mut imported);
    ReadTable {
        imported,
        confirmed,
    }
}

const UNKNOWN_COLUMN: &str = "nothing is known about these columns; call them `attr.NAME` to \
                              import them as attributes of tags";

fn broken(mut imported: Imported, line: usize, error: &csv::Error) -> ReadTable {
    imported.problems.push(RecordProblem {
        line,
        message: format!("this is not a table: {error}"),
    });
    ReadTable {
        imported,
        confirmed: false,
    }
}

fn insert_row(
    cells: &BTreeMap<&str, &str>,
    line: usize,
    groups: &mut BTreeMap<(String, String), Group>,
    left_out: &mut LeftOut,
) -> Result<(), String> {
    let cell = |name: &str| cells.get(name).copied().unwrap_or_default();
    if cells
        .keys()
        .all(|name| ["doc", "annotator", "state"].contains(name))
    {
        // An article without tags.
        let key = (cell("doc").to_owned(), cell("annotator").to_owned());
        let group = groups.entry(key).or_default();
        if group.line == 0 {
            group.line = line;
            cell("state").clone_into(&mut group.state);
        }
        return Ok(());
    }
    let own = |name: &str| cell(name).to_owned();
    let fragments = match cell("fragments") {
        "" => Vec::new(),
        list => cells::parse_fragments(list)
            .ok_or_else(|| format!("`{list}` are not fragments; write them like 0-10;20-30"))?,
    };
    let number = |name: &str| match cell(name) {
        "" => Ok(None),
        cell => {
            // Spreadsheets make numbers of numbers.
            let whole = cell.trim().trim_end_matches(".0").trim_end_matches(",0");
            let number = whole.parse().map(Some);
            number.map_err(|_| format!("`{cell}` in the column `{name}` is not an offset"))
        }
    };
    let links_in = |name: &str| {
        let list = cell(name);
        cells::parse_links(list)
            .ok_or_else(|| format!("`{list}` are not links; write them like role>id;role>id"))
    };
    let mut span = SpanRecord {
        id: own("id"),
        label: own("kind"),
        start: number("start")?,
        end: number("end")?,
        fragments,
        person: own("person"),
        by: cells.get("author").map(|&by| by.to_owned()),
        verdict: own("verdict"),
        review: own("review"),
        note: own("note"),
        attributes: crate::format::interchange::AttributeList::default(),
    };
    // Only our own tables have this column; in them an empty author means unnamed.
    if span.by.is_none() && cells.contains_key("state") {
        span.by = Some(String::new());
    }
    let named = cells.iter().filter_map(|(header, value)| {
        let key = header.strip_prefix(ATTRIBUTE)?.to_owned();
        let value = (*value).to_owned();
        Some(AttributeRecord { key, value })
    });
    span.attributes.extend(named);
    if !cell(ATTRIBUTES).is_empty() {
        let other: BTreeMap<String, String> = serde_json::from_str(cell(ATTRIBUTES))
            .map_err(|error| format!("the column `{ATTRIBUTES}` is not a JSON object ({error})"))?;
        let other = other
            .into_iter()
            .map(|(key, value)| AttributeRecord { key, value });
        span.attributes.extend(other);
    }
    if span.id.is_empty() {
        span.id = format!("row-{line}");
    }
    let mut open = links_in("unconfirmed")?;
    let confirmed = open.clone();
    let mut links = Vec::new();
    for (column, kind) in [("links", "annotation"), ("person_links", "person")] {
        for (role, to) in links_in(column)? {
            let link = (role.clone(), to.clone());
            let confirmed = !confirmed.contains(&link);
            open.retain(|open| *open != link);
            links.push(LinkRecord {
                from: span.id.clone(),
                to_kind: if to.is_empty() { "not_given" } else { kind }.to_owned(),
                to,
                role,
                confirmed: Some(confirmed),
                by: Some(String::new()),
                ..LinkRecord::default()
            });
        }
    }
    let ids = cells::parse_ids(cell("link_ids"));
    if ids.len() == links.len() {
        for (link, id) in links.iter_mut().zip(ids) {
            link.id = id;
        }
    } else if !ids.is_empty() {
        let why = "ids of links are left out that do not fit the links of their row";
        left_out.skip(line, why, format!("`{}`", cell("link_ids")));
    }
    for (role, to) in open {
        let why = "entries of `unconfirmed` that are in no column of links are left out";
        left_out.skip(line, why, format!("`{role}>{to}`"));
    }
    let group = groups.entry((own("doc"), own("annotator"))).or_default();
    if group.line == 0 {
        group.line = line;
        group.state = own("state");
        left_out.read(Content::Document, 1);
    } else if group.state != cell("state") {
        let why = "an article has one state, that of its first row; others are left out";
        left_out.skip(line, why, format!("`{}`", shown(cell("state"))));
    }
    let (person, name) = (cell("person"), cell("person_name"));
    match group.people.get(person) {
        _ if person.is_empty() => {
            if !name.is_empty() {
                let why = "names of people without an id in the column `person` are left out";
                left_out.skip(line, why, format!("“{}”", shown(name)));
            }
        }
        Some(known) if known != name => {
            let why = "a person has one name, that of the first row; others are left out";
            left_out.skip(line, why, format!("“{}” of `{person}`", shown(name)));
        }
        Some(_) => {}
        None => {
            left_out.read(Content::Person, 1);
            group.people.insert(person.to_owned(), name.to_owned());
        }
    }
    left_out.tally.read.extend(span.counts());
    left_out.read(Content::Link, links.len());
    if group.records.is_empty() {
        // Most groups of a table with very many have one row.
        group.records.reserve_exact(1);
    }
    group.records.push(Record {
        line,
        span,
        words: own("text"),
        links,
    });
    Ok(())
}

/// The record of a document, and whether it has words beyond ASCII which are those of the article.
fn document(
    id: String,
    annotator: String,
    group: Group,
    (input, unit): (&Input<'_>, UnitHint),
    left_out: &mut LeftOut,
    wrong: &mut Vec<RecordProblem>,
) -> Option<(DocumentRecord, bool)> {
    let at = |line, message| RecordProblem { line, message };
    if id.is_empty() {
        let message = "this row names no article; fill the column `doc`".to_owned();
        wrong.push(at(group.line, message));
        return None;
    }
    let text = match input.text_beside(&id) {
        Some(Ok(text)) => text,
        Some(Err(_)) => {
            let message = format!("the article `{id}` is not UTF-8; save it as UTF-8");
            wrong.push(at(group.line, message));
            return None;
        }
        None => {
            let message = format!(
                "the article `{id}` is neither beside the table nor in the folder to import into; \
                 put it in one of them"
            );
            wrong.push(at(group.line, message));
            return None;
        }
    };
    let mut records = group.records;
    for record in &mut records {
        let span = &mut record.span;
        if span.fragments.is_empty() {
            span.fragments
                .extend(span.start.zip(span.end).map(|(a, b)| [a, b]));
            (span.start, span.end) = (None, None);
        } else if span.start.is_none() || span.end.is_none() {
            (span.start, span.end) = (None, None);
        }
    }
    let confirmed = locate(&text, &mut records, unit, left_out, wrong);
    let mut record = DocumentRecord {
        id,
        annotator,
        state: group.state,
        people: group
            .people
            .into_iter()
            .map(|(id, name)| PersonRecord {
                id,
                name,
                ..PersonRecord::default()
            })
            .collect(),
        ..DocumentRecord::default()
    };
    // Only links need them.
    let linked = records.iter().any(|record| !record.links.is_empty());
    let ids = records.iter().filter(|_| linked);
    let ids: BTreeSet<String> = ids.map(|record| record.span.id.clone()).collect();
    let ours = !record.state.is_empty();
    for Record {
        line, span, links, ..
    } in Draining::new(records)
    {
        for link in links {
            if ours || link.to_kind != "annotation" || ids.contains(&link.to) {
                record.links.push(link);
            } else {
                let example = format!("`{}` from `{}` to `{}`", link.role, span.id, link.to);
                let why = "links are left out that lead to no row of the article";
                left_out
                    .skip_counted(line, why, example)
                    .add(Content::Link, 1);
            }
        }
        record.spans.push(span);
    }
    record.text = text;
    Some((record, confirmed))
}
