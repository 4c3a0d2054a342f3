//! Documents from columns. The text is put together from the words, as it is in no column.

use std::collections::BTreeSet;

use smallvec::smallvec;

use super::INFO;
use super::columns::{Row, Shape, cells, is_outside, is_phrase, mixed_column, shape};
use super::lines::{Lines, lines};
use super::multi_label::{is_tags, layers, separator};
use super::sequence::{Scheme, sign, stretches};
use super::text::{Text, found};
use crate::format::document_names::DocumentNames;
use crate::format::interchange::{BoundedList, DocumentRecord, SpanRecord};
use crate::format::left_out::{LeftOut, shown_words as shown};
use crate::format::limits::{MOST_COLUMNS, within};
use crate::format::tally::Content;
use crate::format::{EachDocument, FormatError, Imported, Input, RecordProblem};
use crate::text::OffsetUnit;

/// Reads the documents of a file.
pub(super) fn read(
    input: &Input<'_>,
    each: &mut EachDocument<'_>,
) -> Result<Imported, FormatError> {
    let mut imported = Imported::default();
    let mut aside = LeftOut::default();
    let text = input.text()?;
    let lines = lines(text, &mut aside, &mut imported);
    let rows = &lines.rows;
    let Some(shape) = shape(rows).or_else(|| empty(&lines)) else {
        imported.problems.push(RecordProblem {
            line: 1,
            message: refusal(text, rows),
        });
        return Ok(imported);
    };
    if let Err(message) = within(shape.columns, MOST_COLUMNS, "columns") {
        let line = rows.first().map_or(1, |row| row.line);
        imported.problems.push(RecordProblem { line, message });
        return Ok(imported);
    }
    let mut columns = other_columns(rows, shape, &mut aside, &mut imported);
    columns.push(shape.tag);
    let stem = input
        .name
        .rsplit_once('.')
        .map_or(input.name, |(stem, _)| stem);
    let read: BTreeSet<usize> = columns.iter().copied().collect();
    let read = &read;
    let in_columns = rows.iter().flat_map(move |row| {
        let fields = row.fields().enumerate();
        fields.filter(move |(column, _)| read.contains(column))
    });
    let separator = separator(in_columns.map(|(_, cell)| cell));
    let sentences = 0..lines.sentences.len();
    let tags = sentences.flat_map(|sentence| cells(lines.rows_of(sentence), &columns));
    let tags = tags.flat_map(|cells| {
        let tags = cells.into_iter();
        let tags: Vec<_> = tags
            .filter_map(|(line, cell)| Some((line, cell?)))
            .collect();
        layers(&tags, separator)
    });
    let tags = tags.map(|layer| layer.into_iter().map(|(_, tag)| tag).collect());
    let scheme = Scheme::of(tags);
    columns.pop();
    let reading = Reading {
        shape,
        more: columns,
        scheme,
        separator,
        nameless: stem.rsplit('/').next().unwrap_or(stem),
        unit: counted(rows, shape),
    };
    let many = lines.parts.len() > 1;
    let mut names = DocumentNames::default();
    let mut put_together = false;
    for (n, part) in lines.parts.iter().enumerate() {
        let (mut record, made) =
            reading.document((&lines, n, part.line), &mut aside, &mut imported);
        put_together |= made;
        let wanted = match part.id {
            Some(id) => id.to_owned(),
            None if many => format!("{stem}-{}", n + 1),
            None => stem.to_owned(),
        };
        record.id = names.free(&wanted, &record.text, [String::new()].into());
        if record.id != wanted {
            let message = format!("a second document `{wanted}` is `{}` here", record.id);
            imported.notes.push(RecordProblem {
                line: part.line,
                message,
            });
        }
        let read = record.into_document(INFO.name, input.name, part.line);
        imported.hand_over(read, part.line, each);
    }
    if put_together {
        let message = match reading.unit {
            Some(_) => {
                "what is between the words is not in the file; blanks and line ends were put there"
            }
            None => "the text was put together from its words with single spaces",
        };
        imported.notes.put_first([RecordProblem {
            line: 1,
            message: message.to_owned(),
        }]);
    }
    aside.report(&mut imported);
    Ok(imported)
}

/// A file of documents without words.
fn empty(lines: &Lines<'_>) -> Option<Shape> {
    (lines.rows.is_empty() && !lines.parts.is_empty()).then_some(Shape {
        word: 0,
        place: None,
        tag: 1,
        columns: 2,
    })
}

fn refusal(text: &str, rows: &[Row<'_>]) -> String {
    let width = |row: &Row<'_>| row.fields().count();
    let is_bracket = |cell: &str| cell.starts_with('(') && cell.ends_with(['*', ')']);
    if rows
        .iter()
        .any(|row| width(row) > 7 && row.fields().any(is_bracket))
    {
        return "this is CoNLL-2012, whose tags are brackets such as `(PERSON*)`; convert it to one tag \
                a word, such as `B-PERSON`"
            .to_owned();
    }
    if mixed_column(rows).is_none() && rows.first().is_some_and(|row| width(row) == 10) {
        return "this is CoNLL-U, which has the grammar of sentences and no column of tags; add one \
                with tags such as `B-quote`, `I-quote` or `O`"
            .to_owned();
    }
    if let Some(found) = mixed_column(rows) {
        let (line, other) = found.other;
        return format!(
            "column {} holds tags such as `{}`, but most of its cells are no tags (line {line} has \
             “{}”); write `O` there for words without a tag",
            found.column + 1,
            shown(found.example),
            shown(other)
        );
    }
    let first = text
        .lines()
        .find(|line| !line.trim().is_empty() && !line.starts_with('#'));
    match first {
        None => "there are no words in it; one word and its tag belong on each line".to_owned(),
        Some(line) => format!(
            "no column holds tags such as `B-quote`, `I-quote` or `O` (the first line is “{}”); one word \
             and its tag belong on each line",
            shown(line)
        ),
    }
}

/// The columns of tags beside that of the shape, such as those of tags within tags. Names the columns that
/// are not read.
fn other_columns(
    rows: &[Row<'_>],
    shape: Shape,
    aside: &mut LeftOut,
    imported: &mut Imported,
) -> Vec<usize> {
    let read = |column: usize| {
        let place = shape.place.is_some_and(|place| place.contains(&column));
        column == shape.word || column == shape.tag || place
    };
    for row in rows {
        for (n, cell) in row.fields().enumerate().skip(shape.columns) {
            let why = "cells beyond the columns of the file are left out";
            aside.skip(
                row.line,
                why,
                format!("“{}” in column {}", shown(cell), n + 1),
            );
        }
    }
    let mut more = Vec::new();
    let Some(first) = rows.first() else {
        return more;
    };
    let mut found = vec![OtherColumn::default(); shape.columns];
    for row in rows {
        for (column, cell) in found.iter_mut().zip(row.fields()) {
            match sign(cell) {
                Some((sign, label)) if sign != 'O' => {
                    column.tag.get_or_insert((row.line, cell));
                    column.labels |= !label.is_empty() && !is_phrase(cell);
                }
                Some(_) => {}
                None => column.has_words |= !is_tags(cell),
            }
        }
    }
    let others = found.into_iter().enumerate();
    for (n, column) in others.filter(|(n, _)| !read(*n)) {
        match column.tag.filter(|_| shape.word < n && !column.has_words) {
            Some(_) if column.labels => more.push(n),
            Some((line, cell)) => {
                let what = format!("column {} (“{cell}”)", n + 1);
                let why = match is_phrase(cell) {
                    true => "columns of the phrases of sentences are left out",
                    false => "columns of tags without labels beside the last are left out",
                };
                aside.skip(line, why, what);
            }
            None => imported.note_ignored(first.line, format!("column {}", n + 1)),
        }
    }
    more
}

/// What is in a column that is not read.
#[derive(Debug, Clone, Copy, Default)]
struct OtherColumn<'a> {
    /// The first tag, with its line.
    tag: Option<(usize, &'a str)>,
    /// Labels that are not those of phrases.
    labels: bool,
    /// Cells that are no tags.
    has_words: bool,
}

/// What places count, by the words there; `None` where there are none, or they fit nothing.
fn counted(rows: &[Row<'_>], shape: Shape) -> Option<OffsetUnit> {
    let [start, end] = shape.place?;
    type Length = fn(&str) -> usize;
    let units: [(OffsetUnit, Length); 3] = [
        (OffsetUnit::CodePoints, |word| word.chars().count()),
        (OffsetUnit::Utf16, |word| word.encode_utf16().count()),
        (OffsetUnit::Bytes, str::len),
    ];
    let number = |row: &Row<'_>, column: usize| row.field(column)?.parse::<usize>().ok();
    let fitting = |length: Length| {
        let fits = rows.iter().filter(|row| {
            let long = number(row, end).zip(number(row, start));
            let long = long.and_then(|(end, start)| end.checked_sub(start));
            long.is_some() && long == row.field(shape.word).map(length)
        });
        fits.count()
    };
    let mut best = (0, None);
    for (unit, length) in units {
        let fits = fitting(length);
        if fits > best.0 {
            best = (fits, Some(unit));
        }
    }
    best.1.filter(|_| best.0 * 10 >= rows.len() * 9)
}

/// How the lines of a file are read.
struct Reading<'a> {
    shape: Shape,
    /// Further columns of tags.
    more: Vec<usize>,
    scheme: Scheme,
    /// What is between several tags of one cell.
    separator: Option<char>,
    /// The label of tags without one.
    nameless: &'a str,
    unit: Option<OffsetUnit>,
}

impl Reading<'_> {
    /// A document, and whether something of its text is not in the file.
    fn document(
        &self,
        (lines, part, first_line): (&Lines<'_>, usize, usize),
        aside: &mut LeftOut,
        imported: &mut Imported,
    ) -> (DocumentRecord, bool) {
        let mut text = Text::default();
        let mut places: Vec<[u32; 2]> = Vec::new();
        let mut spans = BoundedList::default();
        let mut made = false;
        for number in lines.sentences_of(part) {
            let Some(sentence) = lines.sentences.get(number) else {
                continue;
            };
            let rows = lines.rows_of(number);
            let first = places.len();
            let mut tags: Vec<(usize, &str)> = Vec::new();
            let mut words: Vec<(&Row<'_>, &str)> = Vec::new();
            for row in rows {
                let word = row.field(self.shape.word).unwrap_or_default();
                let tag = row.field(self.shape.tag);
                let tag = match tag.filter(|tag| is_tags(tag)) {
                    Some(tag) => tag,
                    None if tag.is_some_and(is_outside) => {
                        let what = format!("`{}`", tag.unwrap_or_default());
                        aside.remark(row.line, "these cells are read as `O`", what);
                        "O"
                    }
                    None => {
                        let mut what = format!("“{}”", shown(word));
                        if let Some(other) = tag.filter(|other| !other.is_empty()) {
                            what.push_str(&format!(" (“{}”)", shown(other)));
                        }
                        aside.skip(
                            row.line,
                            "words without a tag in the column of tags are read as `O`",
                            what,
                        );
                        "O"
                    }
                };
                tags.push((row.line, tag));
                words.push((row, word));
            }
            match sentence.text.and_then(|given| found(given, &words)) {
                Some(found) if self.unit.is_none() => {
                    made |= text.points > 0;
                    text.gap(u32::from(text.points > 0), '\n');
                    let at = text.points;
                    text.push(sentence.text.unwrap_or_default());
                    places.extend(found.iter().map(|[from, to]| [at + from, at + to]));
                }
                _ => {
                    for (n, (row, word)) in words.iter().enumerate() {
                        let between = if n == 0 { '\n' } else { ' ' };
                        made |= text.points > 0;
                        match self
                            .place(row)
                            .and_then(|start| text.distance(start, self.unit?))
                        {
                            Some(gap) => text.gap(gap, if gap > 1 { '\n' } else { ' ' }),
                            None => {
                                if self.unit.is_some() {
                                    let what = format!("“{}”", shown(word));
                                    aside.skip(
                                        row.line,
                                        "places that do not follow the word before are left out",
                                        what,
                                    );
                                }
                                text.gap(u32::from(text.points > 0), between);
                            }
                        }
                        let start = text.points;
                        text.push(word);
                        places.push([start, text.points]);
                    }
                }
            }
            let more = cells(rows, &self.more).into_iter().map(|cells| {
                let tags = cells.into_iter().map(|(line, cell)| {
                    let tag = cell.filter(|tag| is_tags(tag));
                    (line, tag.unwrap_or("O"))
                });
                tags.collect::<Vec<_>>()
            });
            let all = more.chain([tags]);
            let layers = all.flat_map(|tags| layers(&tags, self.separator));
            let stretches = layers.flat_map(|tags| stretches(&tags, first, self.scheme, imported));
            for stretch in stretches.collect::<Vec<_>>() {
                aside.read(Content::Tag, 1);
                let place = |n: usize| places.get(n);
                if let Some(([start, _], [_, end])) = place(stretch.first).zip(place(stretch.last))
                    && start < end
                {
                    let label = match stretch.label.as_str() {
                        "" => self.nameless,
                        label => label,
                    };
                    spans.push(SpanRecord {
                        label: label.into(),
                        fragments: smallvec![[*start, *end]],
                        ..SpanRecord::default()
                    });
                } else {
                    let row = rows.get(stretch.first - first);
                    let why = "tags that cover no character are left out";
                    aside
                        .skip_counted(row.map_or(first_line, |row| row.line), why, stretch.label)
                        .add(Content::Tag, 1);
                }
            }
        }
        let record = DocumentRecord {
            text: text.text,
            spans,
            ..DocumentRecord::default()
        };
        (record, made)
    }

    fn place(&self, row: &Row<'_>) -> Option<u32> {
        let [start, _] = self.shape.place?;
        row.field(start)?.parse().ok()
    }
}
