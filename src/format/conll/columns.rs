//! Which column of a file holds what, by the shape of all its lines.

use std::collections::BTreeMap;

use super::multi_label::is_tags;
use super::sequence::sign;

/// A line with fields. They are taken apart each time they are asked for: there are very many lines.
#[derive(Debug, Clone, Copy)]
pub(super) struct Row<'a> {
    /// The line of the file, from 1.
    pub(super) line: usize,
    pub(super) text: &'a str,
}

impl<'a> Row<'a> {
    pub(super) fn fields(self) -> impl Iterator<Item = &'a str> + Clone {
        fields(self.text)
    }

    /// The field of a column, from 0.
    pub(super) fn field(self, column: usize) -> Option<&'a str> {
        self.fields().nth(column)
    }
}

/// Where word, place and tag of a line are, from 0.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Shape {
    pub(super) word: usize,
    /// The columns of start and end.
    pub(super) place: Option<[usize; 2]>,
    pub(super) tag: usize,
    /// How many columns most lines have.
    pub(super) columns: usize,
}

/// The fields of a line: between tabs, or between blanks where there are none.
pub(super) fn fields(line: &str) -> impl Iterator<Item = &str> + Clone {
    let tabs = line.contains('\t');
    let parts = line.split(if tabs { '\t' } else { ' ' });
    parts.filter(move |field| tabs || !field.is_empty())
}

/// Whether a cell is what some write instead of `O`.
pub(super) fn is_outside(cell: &str) -> bool {
    matches!(cell, "o" | "0" | "-")
}

/// The labels of the phrases of a sentence, as CoNLL-2000 has them: grammar, not what a text is tagged for.
const PHRASES: [&str; 11] = [
    "ADJP", "ADVP", "CONJP", "INTJ", "LST", "NP", "PP", "PRT", "SBAR", "UCP", "VP",
];

/// Whether a cell is a tag, and its label that of a phrase.
pub(super) fn is_phrase(cell: &str) -> bool {
    sign(cell).is_some_and(|(_, label)| PHRASES.contains(&label))
}

/// What the lines have in a column.
#[derive(Debug, Clone, Copy)]
struct Column<'a> {
    /// Tags and nothing else.
    only_tags: bool,
    /// `_` and nothing else.
    blank: bool,
    /// Numbers of words: 1, 1-2, 1.1.
    index: bool,
    numbers: bool,
    /// How many cells are tags, or stand for `O`.
    tags: usize,
    /// The first tag with a label.
    example: Option<&'a str>,
    /// All labels are those of phrases.
    phrases: bool,
    /// The first cell that is no tag, with its line.
    other: Option<(usize, &'a str)>,
}

impl<'a> Column<'a> {
    const ANY: Self = Self {
        only_tags: true,
        blank: true,
        index: true,
        numbers: true,
        tags: 0,
        example: None,
        phrases: true,
        other: None,
    };

    fn add(&mut self, line: usize, cell: &'a str) {
        let number = |part: &str| part.parse::<u32>().is_ok();
        let is_tag = is_tags(cell);
        self.only_tags &= is_tag;
        self.blank &= cell == "_";
        self.index &= cell.split(['-', '.']).all(number);
        self.numbers &= number(cell);
        self.tags += usize::from(is_tag || is_outside(cell));
        if sign(cell).is_some_and(|(_, label)| !label.is_empty()) {
            self.example.get_or_insert(cell);
            self.phrases &= is_phrase(cell);
        }
        if !is_tag {
            self.other.get_or_insert((line, cell));
        }
    }
}

/// The cells of some columns, each with its line, column by column. Each line is taken apart once: there may be
/// very many columns.
pub(super) fn cells<'a>(rows: &[Row<'a>], columns: &[usize]) -> Vec<Vec<(usize, Option<&'a str>)>> {
    let mut all = vec![Vec::new(); columns.len()];
    for row in rows {
        let fields: Vec<&str> = row.fields().collect();
        for (column, cells) in columns.iter().zip(&mut all) {
            cells.push((row.line, fields.get(*column).copied()));
        }
    }
    all
}

/// How many columns most lines have; `None` where there are no lines.
fn usual_width(rows: &[Row<'_>]) -> Option<usize> {
    let mut counts: BTreeMap<usize, usize> = BTreeMap::new();
    for row in rows {
        *counts.entry(row.fields().count()).or_default() += 1;
    }
    let (columns, _) = counts.into_iter().max_by_key(|(_, count)| *count)?;
    Some(columns)
}

/// The columns of the lines that have as many as most.
fn columns<'a>(rows: &[Row<'a>]) -> Option<Vec<Column<'a>>> {
    let width = usual_width(rows)?;
    let mut columns = vec![Column::ANY; width];
    for row in rows.iter().filter(|row| row.fields().count() == width) {
        for (column, cell) in columns.iter_mut().zip(row.fields()) {
            column.add(row.line, cell);
        }
    }
    Some(columns)
}

/// A column that holds tags, and other things too.
pub(super) struct MixedColumn<'a> {
    /// From 0.
    pub(super) column: usize,
    /// How many cells are tags.
    tags: usize,
    /// A tag with a label.
    pub(super) example: &'a str,
    /// The first cell that is none, with its line.
    pub(super) other: (usize, &'a str),
}

/// The column with the most tags where none holds nothing else; the last one of several.
pub(super) fn mixed_column<'a>(rows: &[Row<'a>]) -> Option<MixedColumn<'a>> {
    mixed(&columns(rows)?)
}

fn mixed<'a>(columns: &[Column<'a>]) -> Option<MixedColumn<'a>> {
    let mixed = columns.iter().enumerate().skip(1);
    let mixed = mixed.filter_map(|(column, found)| {
        Some(MixedColumn {
            column,
            tags: found.tags,
            example: found.example?,
            other: found.other?,
        })
    });
    mixed.max_by_key(|found| found.tags)
}

/// The shape of the lines; `None` where no column holds tags.
pub(super) fn shape(rows: &[Row<'_>]) -> Option<Shape> {
    let columns = columns(rows)?;
    let width = columns.len();
    let whole = || rows.iter().filter(|row| row.fields().count() == width);
    let count = whole().count();
    // The last one by convention, if there is a tag in it. A few odd cells do not hide it.
    let from_last = || columns.iter().enumerate().skip(1).rev();
    let is_tagged = |column: &Column<'_>| {
        column.example.is_some() && (column.only_tags || column.tags * 2 >= count)
    };
    let tagged = from_last().find(|(_, column)| is_tagged(column) && !column.phrases);
    let (tag, _) = tagged.or_else(|| {
        from_last().find(|(_, column)| column.only_tags && !column.blank || is_tagged(column))
    })?;
    // A number before the word; words that are all numbers stay words.
    let indexed = matches!(columns[..], [first, second, ..] if first.index && !second.numbers);
    let word = usize::from(tag > 1 && indexed);
    let ordered = |row: &Row<'_>| {
        let at = |column: usize| row.field(column)?.parse::<u32>().ok();
        at(word + 1)
            .zip(at(word + 2))
            .is_some_and(|(start, end)| start < end)
    };
    let places = word + 3 <= tag && whole().all(ordered);
    Some(Shape {
        word,
        place: places.then_some([word + 1, word + 2]),
        tag,
        columns: width,
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    fn found(lines: &[&str]) -> Option<(usize, bool, usize)> {
        let rows: Vec<Row<'_>> = lines.iter().map(|text| Row { line: 1, text }).collect();
        let shape = shape(&rows)?;
        Some((shape.word, shape.place.is_some(), shape.tag))
    }

    #[test]
    fn columns_are_found_by_their_shape() {
        assert_eq!(found(&["a\tO", "b\tB-x"]), Some((0, false, 1)));
        assert_eq!(found(&["a 0 1 O", "b 2 3 B-x"]), Some((0, true, 3)));
        assert_eq!(
            found(&["EU NNP B-NP I-ORG", ". . O O"]),
            Some((0, false, 3))
        );
        assert_eq!(found(&["1 a O O", "2 b B-x O"]), Some((1, false, 2)));
        assert_eq!(found(&["a N O O", "b N B-NP O"]), Some((0, false, 3)));
        assert_eq!(found(&["a N O", "b N B-NP"]), Some((0, false, 2)));
        assert_eq!(found(&["5 O", "6 B-x"]), Some((0, false, 1)));
        assert_eq!(found(&["a b", "c d"]), None);
        assert_eq!(found(&["a O|B-x", "b B-y|I-x"]), Some((0, false, 1)));
        assert_eq!(found(&["a N B-x", "b V X", "c V o"]), Some((0, false, 2)));
        assert_eq!(found(&["a B-x", "b c", "d e"]), None);
        let odd = ["a N B-NP B-PER", "b N I-NP oops", "c V B-VP O", "d V O O"];
        assert_eq!(found(&odd), Some((0, false, 3)));
        assert_eq!(sign("b-x"), Some(('B', "x")));
        assert_eq!(sign("o"), None);
        assert_eq!(sign("o-x"), None);
        assert_eq!(sign("B-x-y"), Some(('B', "x-y")));
        assert_eq!(sign("Bad"), None);
    }
}
