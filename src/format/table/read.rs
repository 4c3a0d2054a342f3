use std::collections::{BTreeMap, BTreeSet};

use smallvec::SmallVec;
use smol_str::SmolStr;

use super::article_names::ArticleNames;
use super::columns::Columns;
use super::layout::{LineCounter, Table, head_row, input_texts, layout, reader};
use super::locate::{Checked, Record, locate};
use super::row_lines::RowLines;
use super::row_numbers::{RowNumbers, UNKNOWN_COLUMN};
use super::rows::{Group, insert_row};
use super::unread_rows::UnreadRows;
use crate::format::annotator_names::{AnnotatorNames, RENAMED};
use crate::format::counting::UnitHint;
use crate::format::draining::Draining;
use crate::format::interchange::DocumentRecord;
use crate::format::interchange::extras::said;
use crate::format::left_out::{LeftOut, shown_words as shown};
use crate::format::limits::too_many_annotators;
use crate::format::tally::{Content, Counts};
use crate::format::{EachDocument, FormatError, Imported, Input, RecordProblem};
use crate::text::wording::grouped;

/// Reads a table. A document whose article is not beside the table is a problem; rows that cannot be
/// read, or whose words are not where they say, are left out. A table that may be read in several ways is read once for each to choose one, and
/// once more to hand over its documents, so that they need not be kept.
pub(super) fn read(
    input: &Input<'_>,
    format: &'static str,
    delimiter: u8,
    unit: UnitHint,
    each: &mut EachDocument<'_>,
) -> Result<Imported, FormatError> {
    for text in input_texts(input.bytes) {
        let whole = &*text.text;
        let mut quoted = true;
        if text.guessed || whole.contains('"') {
            let try_read =
                |quoted| read_text(whole, input, (format, delimiter, quoted), unit, &mut |_| {});
            let mut read = try_read(true);
            let told = &read.imported;
            let is_odd =
                !(told.problems.is_empty() && told.notes.is_empty() && told.skipped.is_empty());
            if is_odd && whole.contains('"') {
                // Quotation marks may belong to the words: whatever finds more of them is right.
                let plain = try_read(false);
                if plain.exact > read.exact {
                    (read, quoted) = (plain, false);
                }
            }
            if text.guessed && !read.confirmed {
                continue;
            }
        }
        return Ok(read_text(whole, input, (format, delimiter, quoted), unit, each).imported);
    }
    // As UTF-8 it cannot be read, and by no other encoding are its words those of the articles.
    input.text().map(|_| Imported::default())
}

/// What was read.
struct ReadTable {
    imported: Imported,
    /// Whether words beyond ASCII are those of the articles.
    confirmed: bool,
    /// How many rows have their words at their offsets.
    exact: usize,
}

impl ReadTable {
    fn failed(imported: Imported) -> Self {
        Self {
            imported,
            confirmed: false,
            exact: 0,
        }
    }
}

fn read_text(
    whole: &str,
    input: &Input<'_>,
    (format, delimiter, quoted): (&'static str, u8, bool),
    unit: UnitHint,
    each: &mut EachDocument<'_>,
) -> ReadTable {
    let mut imported = Imported::default();
    let mut left_out = LeftOut::default();
    let (before, text, delimiter) = layout(whole, delimiter);
    let (above, _) = head_row(text, delimiter);
    let mut table = reader(text, delimiter, quoted);
    let mut lines = LineCounter::new(text, before);
    let mut heads = csv::StringRecord::new();
    if let Err(error) = table.read_record(&mut heads) {
        return broken(imported, 1, &error);
    }
    let mut head_line = lines.line_at(heads.position());
    for _ in 0..above {
        let words: Vec<&str> = heads.iter().filter(|cell| !cell.is_empty()).collect();
        let why = "what is above the heads of the table is left out";
        left_out.skip(head_line, why, format!("“{}”", shown(&words.join(" "))));
        let mut next = csv::StringRecord::new();
        if let Ok(true) = table.read_record(&mut next) {
            heads = next;
            head_line = lines.line_at(heads.position());
        }
    }
    let columns = Columns::new(heads);
    let missing = columns.missing(delimiter).into_iter();
    imported
        .problems
        .extend(missing.map(|message| RecordProblem {
            line: head_line,
            message,
        }));
    if !imported.problems.is_empty() {
        return ReadTable::failed(imported);
    }
    // Where the rows of each document are.
    let mut groups: BTreeMap<Key, SmallVec<[RowPlace; 1]>> = BTreeMap::new();
    let mut has_value = vec![false; columns.len()];
    let mut numbers: BTreeMap<usize, RowNumbers> = BTreeMap::new();
    let mut articles = ArticleNames::default();
    let mut unread = UnreadRows::default();
    let mut row = csv::StringRecord::new();
    loop {
        match table.read_record(&mut row) {
            Ok(true) => {}
            Ok(false) => break,
            Err(error) => {
                let line = lines.line_at(error.position());
                return broken(imported, line, &error);
            }
        }
        let record = columns.joined(&row, delimiter);
        let line = lines.line_at(record.position());
        if record.iter().all(|cell| cell.trim().is_empty()) {
            continue;
        }
        if let Err(message) = columns.check_width(&record, delimiter) {
            unread.add(line, message, &record);
            continue;
        }
        for (column, cell) in columns.unknown(&record) {
            if let Some(has_value) = has_value.get_mut(column) {
                *has_value = true;
            }
            if columns.may_number_rows(column) {
                numbers.entry(column).or_default().add(line, cell);
                continue;
            }
            let example = format!("`{}` (“{}”)", columns.name(column), shown(cell));
            left_out.skip(line, UNKNOWN_COLUMN, example);
        }
        let cells = columns.cells(&record);
        let cell = |name: &str| cells.get(name).copied().unwrap_or_default();
        let doc = match cell("doc") {
            "" => SmolStr::default(),
            given => {
                let name = articles.find(given, input);
                if name != given {
                    let why = "articles have the names of their files here";
                    left_out.remark(line, why, format!("`{given}` is `{name}`"));
                }
                name
            }
        };
        let key = (doc, cell("annotator").into());
        let place = RowPlace::new(&record, line);
        groups.entry(key).or_default().push(place);
    }
    imported.problems.extend(crowded(&groups));
    if !imported.problems.is_empty() {
        return ReadTable::failed(imported);
    }
    for (column, numbers) in numbers {
        if numbers.count_rows() {
            let words = format!("{} (the numbers of the rows)", columns.name(column));
            imported.note_ignored(head_line, words);
            continue;
        }
        numbers.leave_out(&columns.name(column), &mut left_out);
    }
    let is_empty = |column: &usize| has_value.get(*column) == Some(&false);
    let mut empty = columns.unknown_columns().filter(is_empty);
    let names = empty.by_ref().map(|column| columns.name(column));
    let mut names: Vec<String> = names.take(MOST_NAMES).collect();
    match empty.count() {
        0 => {}
        more => names.push(format!("and {} more", grouped(more))),
    }
    if !names.is_empty() {
        imported.note_ignored(head_line, names.join("`, `"));
    }
    let all_nameless = groups.keys().all(|(doc, _)| doc.is_empty());
    let mut names = AnnotatorNames::default();
    let mut confirmed = false;
    let mut exact = 0;
    let mut read_any = false;
    for ((doc, annotator), places) in groups {
        let mut group = Group::default();
        for place in &places {
            if !place.read(&mut table, &mut row) {
                continue;
            }
            let line = place.line();
            let record = columns.joined(&row, delimiter);
            let mut cells = columns.cells(&record);
            if let Some(name) = cells.get_mut("doc") {
                *name = &doc;
            }
            let labels = columns.labels(cells.get("kind").copied().unwrap_or_default());
            if let Err(message) = insert_row(&cells, &labels, line, &mut group, &mut left_out) {
                unread.add(line, message, &record);
            }
        }
        if group.line == 0 {
            continue;
        }
        read_any = true;
        if doc.is_empty() && !all_nameless {
            leave_out_nameless(group, &mut left_out);
            continue;
        }
        let (doc, annotator) = (doc.to_string(), annotator.to_string());
        let line = group.line;
        let mut made_by = String::new();
        let annotator = if group.state.is_empty() && !annotator.is_empty() {
            let name = names.name(&annotator);
            if name != annotator {
                let example = format!("“{}” is `{name}` here", shown(&annotator));
                left_out.remark(line, RENAMED, example);
                made_by = annotator;
            }
            name
        } else {
            annotator
        };
        let mut checked = Checked::default();
        match document(
            doc,
            annotator,
            group,
            (input, unit),
            &mut left_out,
            &mut checked,
        ) {
            Some((mut record, has_words)) if checked.wrong.is_empty() => {
                record.made_by = made_by;
                confirmed |= has_words;
                match record.into_document(format, input.name, line) {
                    Ok(read) => each(read),
                    Err(messages) => {
                        let mut lines = RowLines::default();
                        for place in &places {
                            if place.read(&mut table, &mut row) {
                                let record = columns.joined(&row, delimiter);
                                let cells = columns.cells(&record);
                                let labels = cells.get("kind").copied().unwrap_or_default();
                                let labels = columns.labels(labels).len();
                                lines.add(place.line(), &cells, labels);
                            }
                        }
                        let problems = messages.into_iter();
                        let problems = problems.map(|message| RecordProblem {
                            line: lines.of(&message).unwrap_or(line),
                            message,
                        });
                        imported.problems.extend(problems);
                    }
                }
            }
            _ => imported.problems.extend(checked.wrong),
        }
        exact += checked.exact;
    }
    unread.report(read_any, &mut imported, &mut left_out);
    left_out.report(&mut imported);
    ReadTable {
        imported,
        confirmed,
        exact,
    }
}

/// A document by one annotator.
type Key = (SmolStr, SmolStr);

/// Articles that have more annotators than there can be.
fn crowded(groups: &BTreeMap<Key, SmallVec<[RowPlace; 1]>>) -> Vec<RecordProblem> {
    let mut annotators: BTreeMap<&SmolStr, (usize, usize)> = BTreeMap::new();
    for ((doc, _), places) in groups {
        let line = places.first().map_or(1, RowPlace::line);
        annotators.entry(doc).or_insert((0, line)).0 += 1;
    }
    let crowded = annotators.into_iter().filter_map(|(doc, (number, line))| {
        let named = match doc.as_str() {
            "" => "the table has".to_owned(),
            doc => format!("`{doc}` has"),
        };
        let message = too_many_annotators(&named, number)?;
        Some(RecordProblem { line, message })
    });
    crowded.collect()
}

/// Where a row is: rows are read twice, so that those of one document only are in memory.
struct RowPlace {
    /// In the text of the table, which is never as long.
    byte: u32,
    line: u32,
}

impl RowPlace {
    fn new(row: &csv::StringRecord, line: usize) -> Self {
        let byte = row.position().map_or(0, csv::Position::byte);
        Self {
            byte: u32::try_from(byte).unwrap_or(u32::MAX),
            line: u32::try_from(line).unwrap_or(u32::MAX),
        }
    }

    fn line(&self) -> usize {
        usize::try_from(self.line).unwrap_or(usize::MAX)
    }

    /// Reads the row again; `false` where it is not there.
    fn read(&self, table: &mut Table<'_>, row: &mut csv::StringRecord) -> bool {
        let mut place = csv::Position::new();
        place.set_byte(self.byte.into());
        table.seek(place).is_ok() && matches!(table.read_record(row), Ok(true))
    }
}

/// Leaves out the rows that name no article, where others do.
fn leave_out_nameless(group: Group, left_out: &mut LeftOut) {
    // The article and its people go with the first row.
    let mut also = Counts::of(Content::Document, 1);
    also.add(Content::Person, group.people.len());
    for Record {
        line,
        span,
        links,
        words,
    } in group.records
    {
        let why = "rows that name no article are left out; fill the column `doc`";
        let example = format!("`{}` {} “{}”", span.id, span.label, shown(&words));
        let counts = left_out.skip_counted(line, why, example + &span.said());
        counts
            .extend(span.counts())
            .extend(std::mem::take(&mut also));
        for link in links {
            counts.extend(link.counts());
        }
    }
}

/// So many columns without any value are named.
const MOST_NAMES: usize = 100;

fn broken(mut imported: Imported, line: usize, error: &csv::Error) -> ReadTable {
    imported.problems.push(RecordProblem {
        line,
        message: format!("this is not a table: {error}"),
    });
    ReadTable::failed(imported)
}

/// The record of a document, and whether it has words beyond ASCII which are those of the article.
fn document(
    id: String,
    annotator: String,
    group: Group,
    (input, unit): (&Input<'_>, UnitHint),
    left_out: &mut LeftOut,
    checked: &mut Checked,
) -> Option<(DocumentRecord, bool)> {
    let at = |line, message| RecordProblem { line, message };
    if id.is_empty() {
        let message = "this row names no article; fill the column `doc`".to_owned();
        checked.wrong.push(at(group.line, message));
        return None;
    }
    let text = match input.text_beside(&id) {
        Some(Ok(text)) => text,
        Some(Err(_)) => {
            let message = format!("the article `{id}` is not UTF-8; save it as UTF-8");
            checked.wrong.push(at(group.line, message));
            return None;
        }
        None => {
            let message = format!(
                "the article `{id}` is neither beside the table nor in the folder to import into; \
                 put it in one of them"
            );
            checked.wrong.push(at(group.line, message));
            return None;
        }
    };
    let mut records = group.records;
    for record in &mut records {
        let span = &mut record.span;
        if span.fragments.is_empty() {
            if let Some((start, end)) = span.start.zip(span.end) {
                span.fragments.push([start, end]);
                (span.start, span.end) = (None, None);
            }
        } else if span.start.is_none() || span.end.is_none() {
            (span.start, span.end) = (None, None);
        }
    }
    let confirmed = locate(&text, &mut records, unit, left_out, checked);
    let mut record = DocumentRecord {
        id,
        annotator,
        state: group.state,
        people: group.people.into_values().collect(),
        facts: group.facts,
        ..DocumentRecord::default()
    };
    record.read_facts(group.line, left_out);
    // Only links need them.
    let linked = records.iter().any(|record| !record.links.is_empty());
    let ids = records.iter().filter(|_| linked);
    let ids: BTreeSet<SmolStr> = ids.map(|record| record.span.id.clone()).collect();
    let ours = !record.state.is_empty();
    for Record {
        line, span, links, ..
    } in Draining::new(records)
    {
        for link in links {
            let is_there = match &*link.to_kind {
                "annotation" => ids.contains(&*link.to),
                "person" => record.people.iter().any(|person| person.id == link.to),
                _ => true,
            };
            if ours || is_there {
                record.links.push(link);
            } else {
                let facts = said(&link.attributes, &link.note);
                let example = format!("`{}` from `{}` to `{}`{facts}", link.role, span.id, link.to);
                let why = "links are left out that lead to no row or person of the article";
                left_out
                    .skip_counted(line, why, example)
                    .extend(link.counts());
            }
        }
        record.spans.push(span);
    }
    record.text = text;
    Some((record, confirmed))
}
