//! What looks like a table: rows of short cells that stand in the same columns. It is told, not read: which row a cell
//! belongs to is a guess.

use super::super::found::FoundArticle;
use super::blocks::{Block, usual_size};
use super::words::Word;

/// A table has at least so many rows, and as many columns.
const LEAST: usize = 3;
/// Cells are as far apart as this, in sizes of type; words on a line are not.
const BETWEEN_CELLS: f32 = 0.9;
/// A cell is at most as wide as this, in sizes of type; lines in the columns of a newspaper are wider.
const WIDEST_CELL: f32 = 8.0;
/// The next row is at most as far below as this, in sizes of type.
const NEXT_ROW: f32 = 4.0;
/// So many lines below a row are looked at: those of text beside the table are among them.
const LOOK_AHEAD: usize = 12;
/// Edges or middles of cells in a column differ by this, in sizes of type.
const LEVEL: f32 = 0.4;

/// Words that stand together in a row. Lengths are in points.
#[derive(Debug, Clone, Copy, PartialEq)]
struct Cell {
    left: f32,
    right: f32,
}

impl Cell {
    fn middle(&self) -> f32 {
        f32::midpoint(self.left, self.right)
    }
}

/// The cells on a line, from the left.
#[derive(Debug, Clone)]
struct Row {
    baseline: f32,
    size: f32,
    /// Those that are short.
    cells: Vec<Cell>,
    /// Where the others begin.
    wide: Vec<f32>,
}

/// The pages with what looks like a table, from 1.
#[derive(Debug, Default)]
pub(super) struct Tables {
    by_rows: Vec<usize>,
    otherwise: Vec<usize>,
}

/// The first row of each of the tables on a page.
pub(super) struct TablesOfPage(Vec<Row>);

impl TablesOfPage {
    /// Finds the tables among the words of a page.
    pub(super) fn of(words: &[Word]) -> Self {
        let rows = rows(words);
        let mut found: Vec<Row> = Vec::new();
        let mut end = 0;
        for n in 0..rows.len() {
            if n < end {
                continue;
            }
            if let Some((first, last)) = table_from(&rows, n) {
                found.push(first);
                end = last + 1;
            }
        }
        Self(found)
    }
}

impl Tables {
    /// Takes in the tables of a page by its number from 0, and the blocks it is read in.
    pub(super) fn add(&mut self, page: usize, tables: &TablesOfPage, blocks: &[Block]) {
        if tables.0.is_empty() {
            return;
        }
        let is_by_rows = tables.0.iter().all(|row| row.is_in_one_of(blocks));
        let pages = match is_by_rows {
            true => &mut self.by_rows,
            false => &mut self.otherwise,
        };
        pages.push(page + 1);
    }

    /// Tells them with the article, as a guess.
    pub(super) fn tell(&self, article: &mut FoundArticle) {
        for (pages, how) in [
            (&self.by_rows, "is read row by row"),
            (&self.otherwise, "is not read row by row"),
        ] {
            let numbers: Vec<String> = pages.iter().map(usize::to_string).collect();
            let place = match &numbers[..] {
                [] => continue,
                [one] => format!("page {one}"),
                several => format!("pages {}", several.join(", ")),
            };
            let doubt = format!("what looks like a table on {place} {how}; check it");
            article.doubts.push(doubt);
        }
    }
}

/// The lines of a page, from above.
fn rows(words: &[Word]) -> Vec<Row> {
    let mut sorted: Vec<&Word> = words.iter().collect();
    sorted.sort_by(|a, b| a.baseline.total_cmp(&b.baseline));
    let lines = sorted.chunk_by_mut(|a, b| b.baseline - a.baseline < 0.2 * a.size.min(b.size));
    let rows = lines.map(|line| {
        line.sort_by(|a, b| a.left.total_cmp(&b.left));
        let size = usual_size(line.iter().copied());
        let mut cells: Vec<Cell> = Vec::new();
        for word in line.iter() {
            match cells.last_mut() {
                Some(cell) if word.left - cell.right < BETWEEN_CELLS * size => {
                    cell.right = cell.right.max(word.right);
                }
                Some(_) | None => cells.push(Cell {
                    left: word.left,
                    right: word.right,
                }),
            }
        }
        let is_short = |cell: &Cell| cell.right - cell.left <= WIDEST_CELL * size;
        let (cells, wide): (Vec<Cell>, Vec<Cell>) = cells.into_iter().partition(is_short);
        Row {
            baseline: line.first().map_or(0.0, |word| word.baseline),
            size,
            cells,
            wide: wide.iter().map(|cell| cell.left).collect(),
        }
    });
    rows.collect()
}

/// The first row of a table that begins here, with the cells that are in its columns, and the place of its last row.
fn table_from(rows: &[Row], begin: usize) -> Option<(Row, usize)> {
    let first = rows.get(begin)?;
    if first.cells.len() < LEAST {
        return None;
    }
    let mut above = first.clone();
    let (mut last, mut length) = (begin, 1);
    while let Some((n, below)) = next_row(rows, last, &above) {
        (last, above) = (n, below);
        length += 1;
    }
    let first = first.aligned_with(&above);
    (length >= LEAST && first.cells.len() >= LEAST).then_some((first, last))
}

/// The next row below with cells in at least three of the columns of `above`, and these cells.
fn next_row(rows: &[Row], at: usize, above: &Row) -> Option<(usize, Row)> {
    let below = rows.iter().enumerate().skip(at + 1).take(LOOK_AHEAD);
    let near = below.take_while(|(_, row)| row.baseline - above.baseline <= NEXT_ROW * above.size);
    // Short lines of text have longer ones between them.
    let near = near.take_while(|(_, row)| !row.is_text_below(above));
    let mut aligned = near.map(|(n, row)| (n, row.aligned_with(above)));
    aligned.find(|(_, row)| row.cells.len() >= LEAST)
}

impl Row {
    /// This row with those of its cells that are in a column of another.
    fn aligned_with(&self, other: &Row) -> Row {
        let tolerance = LEVEL * self.size.max(other.size);
        let is_level = |cell: &&Cell| {
            let edges: [fn(&Cell) -> f32; 3] =
                [|cell| cell.left, |cell| cell.right, |cell| cell.middle()];
            edges.iter().any(|edge| {
                // Cells are apart: all their edges are in order.
                let place = edge(cell) - tolerance;
                let n = other.cells.partition_point(|cell| edge(cell) < place);
                let next = other.cells.get(n);
                next.is_some_and(|next| edge(next) <= edge(cell) + tolerance)
            })
        };
        Row {
            baseline: self.baseline,
            size: self.size,
            cells: self.cells.iter().filter(is_level).copied().collect(),
            wide: Vec::new(),
        }
    }

    /// Whether it has text, too wide for a cell, in two of the columns of another.
    fn is_text_below(&self, other: &Row) -> bool {
        let tolerance = LEVEL * other.size;
        let is_in_column = |left: &&f32| {
            let n = other
                .cells
                .partition_point(|cell| cell.left < **left - tolerance);
            let next = other.cells.get(n);
            next.is_some_and(|next| next.left <= **left + tolerance)
        };
        self.wide.iter().filter(is_in_column).take(2).count() == 2
    }

    /// Whether all its cells are in one of the blocks.
    fn is_in_one_of(&self, blocks: &[Block]) -> bool {
        let is_in = |block: &Block, cell: &Cell| {
            block.iter().any(|word| {
                (word.baseline - self.baseline).abs() < 0.2 * self.size
                    && word.left >= cell.left
                    && word.right <= cell.right
            })
        };
        let mut blocks = blocks.iter();
        blocks.any(|block| self.cells.iter().all(|cell| is_in(block, cell)))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn word(text: &str, left: f32, baseline: f32) -> Word {
        let letters = f32::from(u8::try_from(text.len()).unwrap());
        Word {
            text: text.into(),
            left,
            right: left + letters * 5.0,
            baseline,
            size: 10.0,
            font: 0,
        }
    }

    /// Rows of words, each beginning at one of these places.
    fn grid(rows: &[&[&str]], places: &[f32], is_right: bool) -> Vec<Word> {
        let mut words = Vec::new();
        for (row, baseline) in rows.iter().zip([100.0, 114.0, 128.0, 142.0]) {
            for (n, (text, place)) in row.iter().zip(places).enumerate() {
                let mut word = word(text, *place, baseline);
                if is_right && n > 0 {
                    let width = word.right - word.left;
                    (word.left, word.right) = (place - width, *place);
                }
                words.push(word);
            }
        }
        words
    }

    fn tables(words: &[Word]) -> usize {
        TablesOfPage::of(words).0.len()
    }

    const ROWS: &[&[&str]] = &[
        &["Town", "2019", "2020", "2021"],
        &["Aberdeen", "7", "1,250", "88"],
        &["Bath", "12,400", "3", "901"],
        &["Cork", "15", "77", "6"],
    ];

    #[test]
    fn cells_are_level_at_the_left_or_the_right() {
        assert_eq!(tables(&grid(ROWS, &[50.0, 150.0, 250.0, 350.0], false)), 1);
        assert_eq!(tables(&grid(ROWS, &[50.0, 150.0, 250.0, 350.0], true)), 1);
    }

    #[test]
    fn two_rows_or_two_columns_are_no_table() {
        let places = [50.0, 150.0, 250.0, 350.0];
        assert_eq!(tables(&grid(ROWS.get(..2).unwrap(), &places, false)), 0);
        assert_eq!(tables(&grid(ROWS, &[50.0, 150.0], false)), 0);
    }

    #[test]
    fn text_beside_a_table_does_not_hide_it() {
        let mut words = grid(ROWS, &[50.0, 150.0, 250.0, 350.0], false);
        for line in [95.0, 106.0, 117.0, 128.0, 139.0] {
            for left in [400.0, 433.0, 466.0, 499.0] {
                words.push(word("words", left, line));
            }
        }
        assert_eq!(tables(&words), 1);
    }
}
