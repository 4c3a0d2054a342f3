//! Documents from columns. The text is put together from the words, as it is in no column.

use super::INFO;
use super::columns::{Row, Shape, fields, is_outside, mixed_column, shape};
use super::multi_label::{is_tags, layers, separator};
use super::sequence::{Scheme, sign, stretches};
use super::text::{Text, found};
use crate::format::document_names::DocumentNames;
use crate::format::interchange::{DocumentRecord, SpanRecord};
use crate::format::left_out::{LeftOut, shown_words as shown};
use crate::format::tally::Content;
use crate::format::{FormatError, Imported, Input, RecordProblem};
use crate::text::OffsetUnit;

const START: &str = "-DOCSTART-";
const COMMENTS: &str = "comments are left out";

/// A document: its sentences are separate.
#[derive(Default)]
struct Part<'a> {
    line: usize,
    id: Option<&'a str>,
    sentences: Vec<Sentence<'a>>,
}

#[derive(Default)]
struct Sentence<'a> {
    /// The text where a comment gives it.
    text: Option<&'a str>,
    rows: Vec<Row<'a>>,
}

/// Reads the documents of a file.
pub(super) fn read(input: &Input<'_>) -> Result<Imported, FormatError> {
    let mut imported = Imported::default();
    let mut aside = LeftOut::default();
    let text = input.text()?;
    let parts = parts(text, &mut aside, &mut imported);
    let rows: Vec<Row<'_>> = parts
        .iter()
        .flat_map(|part| &part.sentences)
        .flat_map(|sentence| &sentence.rows)
        .map(|row| Row {
            line: row.line,
            fields: row.fields.clone(),
        })
        .collect();
    let Some(shape) = shape(&rows).or_else(|| empty(&rows, &parts)) else {
        imported.problems.push(RecordProblem {
            line: 1,
            message: refusal(text, &rows),
        });
        return Ok(imported);
    };
    other_columns(&rows, shape, &mut aside, &mut imported);
    let stem = input
        .name
        .rsplit_once('.')
        .map_or(input.name, |(stem, _)| stem);
    let cells = rows.iter();
    let cells = cells.filter_map(|row| row.fields.get(shape.tag).copied());
    let separator = separator(cells);
    let sentences = parts.iter().flat_map(|part| &part.sentences);
    let tags = sentences.flat_map(|sentence| {
        let tags = sentence.rows.iter();
        let tags: Vec<_> = tags
            .filter_map(|row| Some((row.line, *row.fields.get(shape.tag)?)))
            .collect();
        layers(&tags, separator)
    });
    let tags = tags.map(|layer| layer.into_iter().map(|(_, tag)| tag).collect());
    let reading = Reading {
        shape,
        scheme: Scheme::of(tags),
        separator,
        nameless: stem.rsplit('/').next().unwrap_or(stem),
        unit: counted(&rows, shape),
    };
    let many = parts.len() > 1;
    let mut names = DocumentNames::default();
    let mut put_together = false;
    for (n, part) in parts.iter().enumerate() {
        let (mut record, made) = reading.document(part, &mut aside, &mut imported);
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
        imported.add(
            record.into_document(INFO.name, input.name, part.line),
            part.line,
        );
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
fn empty(rows: &[Row<'_>], parts: &[Part<'_>]) -> Option<Shape> {
    (rows.is_empty() && !parts.is_empty()).then_some(Shape {
        word: 0,
        place: None,
        tag: 1,
        columns: 2,
    })
}

fn refusal(text: &str, rows: &[Row<'_>]) -> String {
    let width = |row: &Row<'_>| row.fields.len();
    let is_bracket = |cell: &&str| cell.starts_with('(') && cell.ends_with(['*', ')']);
    if rows
        .iter()
        .any(|row| width(row) > 7 && row.fields.iter().any(is_bracket))
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

fn parts<'a>(text: &'a str, aside: &mut LeftOut, imported: &mut Imported) -> Vec<Part<'a>> {
    let usual = text
        .lines()
        .find(|line| !line.trim().is_empty() && !line.starts_with('#') && !line.starts_with(START));
    let usual = usual.map_or(0, |line| fields(line).len());
    let mut parts: Vec<Part<'a>> = Vec::new();
    let mut ended = true;
    // A comment may name the document that a line begins after it.
    let mut named = false;
    for (n, line) in text.split('\n').enumerate() {
        let line = line.strip_suffix('\r').unwrap_or(line);
        let n = n + 1;
        let new = |id| Part {
            line: n,
            id,
            sentences: Vec::new(),
        };
        if line.trim_matches([' ', '\t']).is_empty() {
            ended = true;
        } else if let Some(rest) = line.strip_prefix("# newdoc") {
            let id = rest.split_once('=').map(|(_, id)| id.trim());
            match parts
                .last_mut()
                .filter(|part| part.id.is_none() && part.sentences.is_empty())
            {
                Some(part) => part.id = id.filter(|id| !id.is_empty()),
                None => parts.push(new(id.filter(|id| !id.is_empty()))),
            }
            (ended, named) = (true, true);
        } else if let Some(rest) = line.strip_prefix(START) {
            let blank = |cell: &str| ["", "O", "-X-", "_", "-", "0"].contains(&cell);
            let mut cells = rest.split('\t').map(str::trim);
            let rest = cells.next().unwrap_or_default();
            for cell in cells.filter(|cell| !blank(cell)) {
                aside.skip(n, COMMENTS, format!("“{}”", shown(cell)));
            }
            let id = match rest.strip_prefix("# newdoc id =") {
                Some(id) => Some(id.trim()).filter(|id| !id.is_empty()),
                None => rest
                    .strip_prefix('(')
                    .and_then(|rest| rest.strip_suffix(')')),
            };
            if id.is_none() && !rest.split_whitespace().all(blank) {
                aside.skip(n, COMMENTS, format!("“{}”", shown(rest)));
            }
            match parts
                .last_mut()
                .filter(|part| named && part.sentences.is_empty())
            {
                Some(part) => part.id = part.id.or(id),
                None => parts.push(new(id)),
            }
            (ended, named) = (true, false);
        } else if line.starts_with("# text =") || line.starts_with('#') && !is_row(line, usual) {
            comment(line, n, &mut parts, aside, imported);
        } else {
            if parts.is_empty() {
                parts.push(new(None));
            }
            let Some(part) = parts.last_mut() else {
                continue;
            };
            let open = part.sentences.last().is_some_and(|s| s.rows.is_empty());
            if ended && !open {
                part.sentences.push(Sentence::default());
            }
            ended = false;
            if let Some(sentence) = part.sentences.last_mut() {
                let fields = fields(line);
                sentence.rows.push(Row { line: n, fields });
            }
        }
    }
    parts
}

/// Whether a line that begins as a comment is a word with its tag.
fn is_row(line: &str, usual: usize) -> bool {
    let fields = fields(line);
    fields.len() == usual && fields.iter().skip(1).any(|field| is_tags(field))
}

/// Takes up a comment.
fn comment<'a>(
    line: &'a str,
    n: usize,
    parts: &mut Vec<Part<'a>>,
    aside: &mut LeftOut,
    imported: &mut Imported,
) {
    if let Some(text) = line.strip_prefix("# text =") {
        if parts.is_empty() {
            parts.push(Part {
                line: n,
                ..Part::default()
            });
        }
        if let Some(part) = parts.last_mut() {
            part.sentences.push(Sentence {
                text: Some(text.trim()),
                rows: Vec::new(),
            });
        }
        return;
    }
    let known = ["# sent_id", "# newpar", "# global.columns"];
    match known.iter().find(|name| line.starts_with(**name)) {
        Some(name) => imported.note_ignored(n, (*name).to_owned()),
        None => aside.skip(n, COMMENTS, format!("“{}”", shown(line))),
    }
}

/// Names the columns that are not read.
fn other_columns(rows: &[Row<'_>], shape: Shape, aside: &mut LeftOut, imported: &mut Imported) {
    let read = |column: usize| {
        let place = shape.place.is_some_and(|place| place.contains(&column));
        column == shape.word || column == shape.tag || place
    };
    for row in rows {
        for (n, cell) in row.fields.iter().enumerate().skip(shape.columns) {
            let why = "cells beyond the columns of the file are left out";
            aside.skip(
                row.line,
                why,
                format!("“{}” in column {}", shown(cell), n + 1),
            );
        }
    }
    let Some(first) = rows.first() else { return };
    for column in (0..shape.columns).filter(|column| !read(*column)) {
        let values = || {
            rows.iter()
                .filter_map(|row| Some((row.line, *row.fields.get(column)?)))
        };
        let is_tag = |field: &str| sign(field).is_some_and(|(sign, _)| sign != 'O');
        let tags = shape.word < column && values().all(|(_, field)| sign(field).is_some());
        if let Some((line, field)) = values().find(|(_, field)| is_tag(field)).filter(|_| tags) {
            let what = format!("column {} (“{field}”)", column + 1);
            aside.skip(line, "columns of tags but the last are left out", what);
        } else {
            imported.note_ignored(first.line, format!("column {}", column + 1));
        }
    }
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
    let number = |row: &Row<'_>, column: usize| row.fields.get(column)?.parse::<usize>().ok();
    let fitting = |length: Length| {
        let fits = rows.iter().filter(|row| {
            let long = number(row, end).zip(number(row, start));
            let long = long.and_then(|(end, start)| end.checked_sub(start));
            long.is_some() && long == row.fields.get(shape.word).map(|word| length(word))
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
        part: &Part<'_>,
        aside: &mut LeftOut,
        imported: &mut Imported,
    ) -> (DocumentRecord, bool) {
        let mut text = Text::default();
        let mut places: Vec<[u32; 2]> = Vec::new();
        let mut spans = Vec::new();
        let mut made = false;
        for sentence in &part.sentences {
            let first = places.len();
            let mut tags: Vec<(usize, &str)> = Vec::new();
            let mut words: Vec<(&Row<'_>, &str)> = Vec::new();
            for row in &sentence.rows {
                let word = row.fields.get(self.shape.word).copied().unwrap_or_default();
                let tag = row.fields.get(self.shape.tag).copied();
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
            let layers = layers(&tags, self.separator).into_iter();
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
                        label: label.to_owned(),
                        fragments: vec![[*start, *end]],
                        ..SpanRecord::default()
                    });
                } else {
                    let row = sentence.rows.get(stretch.first - first);
                    let why = "tags that cover no character are left out";
                    aside
                        .skip_counted(row.map_or(part.line, |row| row.line), why, stretch.label)
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
        row.fields.get(start)?.parse().ok()
    }
}
