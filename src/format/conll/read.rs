//! Documents from columns. The text is put together from the words, as it is in no column.

use super::INFO;
use super::columns::{Row, Shape, shape, sign};
use super::lines::{Lines, lines};
use super::sequence::{Scheme, stretches};
use crate::format::document_names::DocumentNames;
use crate::format::interchange::{DocumentRecord, SpanRecord};
use crate::format::left_out::{LeftOut, shown_words as shown};
use crate::format::tally::Content;
use crate::format::{EachDocument, FormatError, Imported, Input, RecordProblem};
use crate::text::{CodePointIndex, OffsetUnit};

/// The most characters that are put between two words.
const WIDEST: u32 = 10_000;

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
            message: refusal(text),
        });
        return Ok(imported);
    };
    other_columns(rows, shape, &mut aside, &mut imported);
    let stem = input
        .name
        .rsplit_once('.')
        .map_or(input.name, |(stem, _)| stem);
    let tags = (0..lines.sentences.len()).map(|sentence| {
        let rows = lines.rows_of(sentence).iter();
        rows.filter_map(|row| row.field(shape.tag)).collect()
    });
    let reading = Reading {
        shape,
        scheme: Scheme::of(tags),
        nameless: stem.rsplit('/').next().unwrap_or(stem),
        unit: counted(rows, shape),
    };
    let many = lines.parts.len() > 1;
    let mut names = DocumentNames::default();
    let mut put_together = false;
    for (n, part) in lines.parts.iter().enumerate() {
        let (mut record, made) = reading.document(&lines, n, &mut aside, &mut imported);
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

fn refusal(text: &str) -> String {
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

/// Names the columns that are not read.
fn other_columns(rows: &[Row<'_>], shape: Shape, aside: &mut LeftOut, imported: &mut Imported) {
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
    let Some(first) = rows.first() else { return };
    // Of each column, whether all is tags, and the first of a word within one.
    let mut columns = vec![(true, None); shape.columns];
    for row in rows {
        for ((tags, first), field) in columns.iter_mut().zip(row.fields()) {
            let sign = sign(field);
            *tags &= sign.is_some();
            if first.is_none() && sign.is_some_and(|(sign, _)| sign != 'O') {
                *first = Some((row.line, field));
            }
        }
    }
    let columns = columns.into_iter().enumerate();
    for (column, (tags, first_tag)) in columns.filter(|(column, _)| !read(*column)) {
        if let Some((line, field)) = first_tag.filter(|_| tags && shape.word < column) {
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
    scheme: Scheme,
    /// The label of tags without one.
    nameless: &'a str,
    unit: Option<OffsetUnit>,
}

impl Reading<'_> {
    /// A document, and whether something of its text is not in the file.
    fn document(
        &self,
        lines: &Lines<'_>,
        part: usize,
        aside: &mut LeftOut,
        imported: &mut Imported,
    ) -> (DocumentRecord, bool) {
        let mut text = Text::default();
        let mut places: Vec<[u32; 2]> = Vec::new();
        let mut spans = Vec::new();
        let mut made = false;
        let of_part = lines.parts.get(part);
        for n in lines.sentences_of(part) {
            let rows = lines.rows_of(n);
            let given = lines.sentences.get(n).and_then(|sentence| sentence.text);
            let first = places.len();
            let mut tags: Vec<(usize, &str)> = Vec::new();
            let mut words: Vec<(&Row<'_>, &str)> = Vec::new();
            for row in rows {
                let word = row.field(self.shape.word).unwrap_or_default();
                let tag = row.field(self.shape.tag);
                let tag = match tag.filter(|tag| sign(tag).is_some() || *tag == "_") {
                    Some(tag) => tag,
                    None => {
                        let what = format!("“{}”", shown(word));
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
            match given.and_then(|given| found(given, &words)) {
                Some(found) if self.unit.is_none() => {
                    made |= text.points > 0;
                    text.gap(u32::from(text.points > 0), '\n');
                    let at = text.points;
                    text.push(given.unwrap_or_default());
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
            for stretch in stretches(&tags, first, self.scheme, imported) {
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
                    let row = rows.get(stretch.first - first).map(|row| row.line);
                    let line = row.or(of_part.map(|part| part.line)).unwrap_or(1);
                    let why = "tags that cover no character are left out";
                    aside
                        .skip_counted(line, why, stretch.label)
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

/// A text that grows, counted in every way.
#[derive(Default)]
struct Text {
    text: String,
    points: u32,
    utf16: u32,
}

impl Text {
    fn push(&mut self, more: &str) {
        let count = |n: usize| u32::try_from(n).unwrap_or(0);
        self.points += count(more.chars().count());
        self.utf16 += count(more.encode_utf16().count());
        self.text.push_str(more);
    }

    fn gap(&mut self, long: u32, c: char) {
        self.text.extend((0..long).map(|_| c));
        self.points += long;
        self.utf16 += long;
    }

    /// How far on a place is; `None` where it is before the end, or too far on.
    fn distance(&self, place: u32, unit: OffsetUnit) -> Option<u32> {
        let end = match unit {
            OffsetUnit::CodePoints => self.points,
            OffsetUnit::Utf16 => self.utf16,
            OffsetUnit::Bytes => u32::try_from(self.text.len()).ok()?,
        };
        place.checked_sub(end).filter(|gap| *gap <= WIDEST)
    }
}

/// Where the words are in the text of their sentence, in code points; `None` where one is not there.
fn found(text: &str, words: &[(&Row<'_>, &str)]) -> Option<Vec<[u32; 2]>> {
    let index = CodePointIndex::new(text);
    let mut at = 0;
    let mut places = Vec::with_capacity(words.len());
    for (_, word) in words {
        let rest = text.get(at..)?;
        let trimmed = rest.trim_start();
        if !trimmed.starts_with(word) {
            return None;
        }
        let from = at + rest.len() - trimmed.len();
        at = from + word.len();
        let point = |byte: usize| {
            let byte = u32::try_from(byte).ok()?;
            index.from_unit(byte, OffsetUnit::Bytes)
        };
        places.push([point(from)?, point(at)?]);
    }
    Some(places)
}
