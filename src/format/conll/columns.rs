//! Which column of a file holds what, by the shape of all its lines.

use std::collections::BTreeMap;

use super::multi_label::is_tags;
use super::sequence::sign;

/// A line with its fields.
pub(super) struct Row<'a> {
    /// The line of the file, from 1.
    pub(super) line: usize,
    pub(super) fields: Vec<&'a str>,
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
pub(super) fn fields(line: &str) -> Vec<&str> {
    if line.contains('\t') {
        line.split('\t').collect()
    } else {
        line.split(' ').filter(|field| !field.is_empty()).collect()
    }
}

/// Whether a cell is what some write instead of `O`.
pub(super) fn is_outside(cell: &str) -> bool {
    matches!(cell, "o" | "0" | "-")
}

/// How many columns most lines have.
fn usual_width(rows: &[Row<'_>]) -> Option<usize> {
    let mut counts: BTreeMap<usize, usize> = BTreeMap::new();
    for row in rows {
        *counts.entry(row.fields.len()).or_default() += 1;
    }
    let (columns, _) = counts.into_iter().max_by_key(|(_, count)| *count)?;
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
    let columns = usual_width(rows)?;
    let cells = |column: usize| {
        let whole = rows.iter().filter(move |row| row.fields.len() == columns);
        whole.filter_map(move |row| Some((row.line, *row.fields.get(column)?)))
    };
    let mixed = (1..columns).filter_map(|column| {
        let labelled = |cell: &&str| sign(cell).is_some_and(|(_, label)| !label.is_empty());
        let is_tag = |cell: &str| is_tags(cell) || is_outside(cell);
        let example = cells(column).map(|(_, cell)| cell).find(labelled)?;
        let other = cells(column).find(|(_, cell)| !is_tags(cell))?;
        let tags = cells(column).filter(|(_, cell)| is_tag(cell)).count();
        Some(MixedColumn {
            column,
            tags,
            example,
            other,
        })
    });
    mixed.max_by_key(|found| found.tags)
}

/// The shape of the lines; `None` where no column holds tags.
pub(super) fn shape(rows: &[Row<'_>]) -> Option<Shape> {
    let columns = usual_width(rows)?;
    let whole = || rows.iter().filter(|row| row.fields.len() == columns);
    let all = |column: usize, test: &dyn Fn(&str) -> bool| {
        whole().all(|row| row.fields.get(column).is_some_and(|field| test(field)))
    };
    let number = |field: &str| field.parse::<u32>().is_ok();
    let index = |field: &str| {
        let mut parts = field.split(['-', '.']);
        parts.all(number)
    };
    let tag = (1..columns).rev().find(|&column| {
        all(column, &is_tags)
            && whole().any(|row| row.fields.get(column).is_some_and(|field| *field != "_"))
    });
    // A few odd cells do not hide a column.
    let mixed = || {
        let found = mixed_column(rows).filter(|found| found.tags * 2 >= whole().count());
        found.map(|found| found.column)
    };
    let tag = tag.or_else(mixed)?;
    // A number before the word; words that are all numbers stay words.
    let word = usize::from(tag > 1 && all(0, &index) && !all(1, &number));
    let ordered = |row: &Row<'_>| {
        let at = |column: usize| row.fields.get(column)?.parse::<u32>().ok();
        at(word + 1)
            .zip(at(word + 2))
            .is_some_and(|(start, end)| start < end)
    };
    let places = word + 3 <= tag && whole().all(ordered);
    Some(Shape {
        word,
        place: places.then_some([word + 1, word + 2]),
        tag,
        columns,
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    fn found(lines: &[&str]) -> Option<(usize, bool, usize)> {
        let rows: Vec<Row<'_>> = lines
            .iter()
            .map(|line| Row {
                line: 1,
                fields: fields(line),
            })
            .collect();
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
        assert_eq!(found(&["1 a O O", "2 b B-x O"]), Some((1, false, 3)));
        assert_eq!(found(&["5 O", "6 B-x"]), Some((0, false, 1)));
        assert_eq!(found(&["a b", "c d"]), None);
        assert_eq!(found(&["a O|B-x", "b B-y|I-x"]), Some((0, false, 1)));
        assert_eq!(found(&["a N B-x", "b V X", "c V o"]), Some((0, false, 2)));
        assert_eq!(found(&["a B-x", "b c", "d e"]), None);
        assert_eq!(sign("b-x"), Some(('B', "x")));
        assert_eq!(sign("o"), None);
        assert_eq!(sign("o-x"), None);
        assert_eq!(sign("B-x-y"), Some(('B', "x-y")));
        assert_eq!(sign("Bad"), None);
    }
}
