//! Which column of a file holds what, by the shape of all its lines.

use std::collections::BTreeMap;

/// A line with fields. They are taken apart each time they are asked for: there are very many lines.
#[derive(Debug, Clone, Copy)]
pub(super) struct Row<'a> {
    /// The line of the file, from 1.
    pub(super) line: usize,
    pub(super) text: &'a str,
}

impl<'a> Row<'a> {
    pub(super) fn fields(self) -> impl Iterator<Item = &'a str> {
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
pub(super) fn fields(line: &str) -> impl Iterator<Item = &str> {
    let tabs = line.contains('\t');
    let parts = line.split(if tabs { '\t' } else { ' ' });
    parts.filter(move |field| tabs || !field.is_empty())
}

/// What a tag says of its word: the sign before the label, and the label.
pub(super) fn sign(tag: &str) -> Option<(char, &str)> {
    let mut characters = tag.chars();
    let sign = characters.next()?;
    let label = characters.as_str();
    let known = "BIOLUESMW".contains(sign);
    match label.strip_prefix('-') {
        _ if sign == 'O' => label.is_empty().then_some(('O', "")),
        Some(label) if known && !label.is_empty() => Some((sign, label)),
        None if known && label.is_empty() && sign != 'M' && sign != 'W' => Some((sign, "")),
        _ => None,
    }
}

/// What all lines have in a column.
#[derive(Debug, Clone, Copy)]
struct Column {
    /// Tags, or `_` for none.
    tags: bool,
    /// `_` and nothing else.
    blank: bool,
    /// Numbers of words: 1, 1-2, 1.1.
    index: bool,
    numbers: bool,
}

/// The shape of the lines; `None` where no column holds tags.
pub(super) fn shape(rows: &[Row<'_>]) -> Option<Shape> {
    let mut counts: BTreeMap<usize, usize> = BTreeMap::new();
    for row in rows {
        *counts.entry(row.fields().count()).or_default() += 1;
    }
    let (columns, _) = counts.into_iter().max_by_key(|(_, count)| *count)?;
    let whole = || rows.iter().filter(|row| row.fields().count() == columns);
    let number = |field: &str| field.parse::<u32>().is_ok();
    let any = Column {
        tags: true,
        blank: true,
        index: true,
        numbers: true,
    };
    let mut all = vec![any; columns];
    for row in whole() {
        for (column, field) in all.iter_mut().zip(row.fields()) {
            column.tags &= sign(field).is_some() || field == "_";
            column.blank &= field == "_";
            column.index &= field.split(['-', '.']).all(number);
            column.numbers &= number(field);
        }
    }
    let tag = all
        .iter()
        .skip(1)
        .rposition(|column| column.tags && !column.blank)?;
    let tag = tag + 1;
    // A number before the word; words that are all numbers stay words.
    let indexed = matches!(all[..], [first, second, ..] if first.index && !second.numbers);
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
        columns,
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
        assert_eq!(found(&["1 a O O", "2 b B-x O"]), Some((1, false, 3)));
        assert_eq!(found(&["5 O", "6 B-x"]), Some((0, false, 1)));
        assert_eq!(found(&["a b", "c d"]), None);
        assert_eq!(sign("B-x-y"), Some(('B', "x-y")));
        assert_eq!(sign("Bad"), None);
    }
}
