use std::collections::BTreeMap;

use super::cells;
use super::guard::unguarded;
use super::write::{ATTRIBUTE, ATTRIBUTES, FIXED};
use crate::format::interchange::{
    AttributeRecord, DocumentRecord, LinkRecord, PersonRecord, SpanRecord,
};
use crate::format::{FormatError, Imported, Input, RecordProblem};
use crate::model::Fragments;
use crate::text::{CodePointIndex, OffsetUnit};

/// A row of the table, read but not yet placed.
struct Record {
    line: usize,
    span: SpanRecord,
    words: String,
    links: Vec<LinkRecord>,
}

/// The rows of one document by one annotator.
#[derive(Default)]
struct Group {
    line: usize,
    state: String,
    records: Vec<Record>,
    people: BTreeMap<String, String>,
}

/// Reads a table. A document whose article is not beside the table, or whose words are elsewhere,
/// is a problem.
pub(super) fn read(
    input: &Input<'_>,
    format: &'static str,
    delimiter: u8,
) -> Result<Imported, FormatError> {
    let mut imported = Imported::default();
    let text = input.text()?;
    let mut table = csv::ReaderBuilder::new()
        .delimiter(delimiter)
        .flexible(true)
        .from_reader(text.as_bytes());
    let headers = match table.headers() {
        Ok(headers) => headers.iter().map(header).collect::<Vec<_>>(),
        Err(error) => return Ok(broken(imported, 1, &error)),
    };
    for (n, name) in headers.iter().enumerate() {
        let known = FIXED.contains(&name.as_str()) || name == ATTRIBUTES;
        if !known && !name.starts_with(ATTRIBUTE) && !name.is_empty() {
            imported.note_ignored(1, headers.get(n).cloned().unwrap_or_default());
        }
    }
    for needed in ["doc", "kind"] {
        if !headers.iter().any(|header| header == needed) {
            let message = format!("there is no column `{needed}`; add it");
            imported.problems.push(RecordProblem { line: 1, message });
        }
    }
    if !imported.problems.is_empty() {
        return Ok(imported);
    }
    let mut groups: BTreeMap<(String, String), Group> = BTreeMap::new();
    for record in table.records() {
        let record = match record {
            Ok(record) => record,
            Err(error) => {
                let line = error.position().map_or(1, |at| at.line());
                return Ok(broken(imported, line, &error));
            }
        };
        let line = record.position().map_or(0, csv::Position::line);
        let line = usize::try_from(line).unwrap_or(usize::MAX);
        let cells: BTreeMap<&str, &str> = headers
            .iter()
            .map(String::as_str)
            .zip(record.iter().map(unguarded))
            .filter(|(_, cell)| !cell.is_empty())
            .collect();
        if let Err(message) = insert_row(&cells, line, &mut groups) {
            imported.problems.push(RecordProblem { line, message });
        }
    }
    for ((doc, annotator), group) in groups {
        let line = group.line;
        let read = row(doc, annotator, group, input)
            .and_then(|row| row.into_document(format, input.name, line));
        imported.add(read, line);
    }
    Ok(imported)
}

/// Names other tables use.
fn header(header: &str) -> String {
    let header = unguarded(header.trim());
    match header {
        "label" | "type" => "kind".to_owned(),
        "doc_id" | "document" | "file" | "filename" => "doc".to_owned(),
        "begin" => "start".to_owned(),
        header => header.to_owned(),
    }
}

fn broken(mut imported: Imported, line: u64, error: &csv::Error) -> Imported {
    imported.problems.push(RecordProblem {
        line: usize::try_from(line).unwrap_or(usize::MAX),
        message: format!("this is not a table: {error}"),
    });
    imported
}

fn insert_row(
    cells: &BTreeMap<&str, &str>,
    line: usize,
    groups: &mut BTreeMap<(String, String), Group>,
) -> Result<(), String> {
    let cell = |name: &str| cells.get(name).copied().unwrap_or_default();
    let own = |name: &str| cell(name).to_owned();
    let fragments = match cell("fragments") {
        "" => Vec::new(),
        list => cells::parse_fragments(list)
            .ok_or_else(|| format!("`{list}` are not fragments; write them like 0-10;20-30"))?,
    };
    let number = |name: &str| match cell(name) {
        "" => Ok(None),
        cell => {
            let number = cell.parse().map(Some);
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
        attributes: Vec::new(),
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
    let open = links_in("unconfirmed")?;
    let mut links = Vec::new();
    for (column, kind) in [("links", "annotation"), ("person_links", "person")] {
        for (role, to) in links_in(column)? {
            let confirmed = !open.contains(&(role.clone(), to.clone()));
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
    let group = groups.entry((own("doc"), own("annotator"))).or_default();
    if group.records.is_empty() {
        group.line = line;
        group.state = own("state");
    }
    if !cell("person").is_empty() {
        group.people.insert(own("person"), own("person_name"));
    }
    group.records.push(Record {
        line,
        span,
        words: own("text"),
        links,
    });
    Ok(())
}

fn row(
    id: String,
    annotator: String,
    group: Group,
    input: &Input<'_>,
) -> Result<DocumentRecord, Vec<String>> {
    let text = input.text_beside(&id).ok_or_else(|| {
        vec![format!(
            "the article `{id}` is missing; put it beside the table"
        )]
    })?;
    let text =
        text.map_err(|_| vec![format!("the article `{id}` is not UTF-8; save it as UTF-8")])?;
    let mut records = group.records;
    for record in &mut records {
        let span = &mut record.span;
        if span.fragments.is_empty() {
            span.fragments
                .extend(span.start.zip(span.end).map(|(a, b)| [a, b]));
        }
        (span.start, span.end) = (None, None);
    }
    let index = CodePointIndex::new(&text);
    to_code_points(&index, &mut records);
    let wrong: Vec<String> = records
        .iter()
        .filter_map(|record| misplaced(record, &index))
        .collect();
    if !wrong.is_empty() {
        return Err(wrong);
    }
    let mut row = DocumentRecord {
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
    for record in records {
        row.spans.push(record.span);
        row.links.extend(record.links);
    }
    row.text = text;
    Ok(row)
}

/// Converts offsets to code points, in the unit that the text shows.
fn to_code_points(text: &CodePointIndex<'_>, records: &mut [Record]) {
    let stretches: Vec<(u32, u32, &str)> = records
        .iter()
        .filter(|record| !record.words.is_empty())
        .filter_map(|record| match record.span.fragments[..] {
            [[start, end]] => Some((start, end, &*record.words)),
            _ => None,
        })
        .collect();
    let unit = text.guess_unit(&stretches);
    if unit == OffsetUnit::CodePoints {
        return;
    }
    for offset in records
        .iter_mut()
        .flat_map(|record| record.span.fragments.iter_mut().flatten())
    {
        // What is within a character or outside does not fit the text either and is reported then.
        *offset = text.from_unit(*offset, unit).unwrap_or(u32::MAX);
    }
}

fn misplaced(record: &Record, text: &CodePointIndex<'_>) -> Option<String> {
    let words = record.span.fragments.iter();
    let found: Option<Vec<&str>> = words.map(|&[start, end]| text.slice(start, end)).collect();
    let found = found?.join(Fragments::GAP);
    // A table cannot hold NUL.
    let same = found == record.words || found.replace('\0', "\u{fffd}") == record.words;
    (!same && !record.words.is_empty()).then(|| {
        format!(
            "line {}: the tag `{}` has `{}`, the article has `{}` there; remove the row or fix \
             its offsets",
            record.line,
            record.span.id,
            record.words.chars().take(40).collect::<String>(),
            found.chars().take(40).collect::<String>(),
        )
    })
}
