//! What a reader sees of a table.

use super::paragraph::Paragraph;
use super::paragraph_text::one_line;

/// Tables within tables, at most.
pub(super) const DEEPEST_TABLE: usize = 40;

/// A table that is being read: rows of cells of paragraphs.
#[derive(Debug, Default)]
pub(super) struct Table {
    rows: Vec<Vec<Vec<Paragraph>>>,
}

impl Table {
    pub(super) fn begin_row(&mut self) {
        self.rows.push(Vec::new());
    }

    pub(super) fn add_cell(&mut self, paragraphs: Vec<Paragraph>) {
        match self.rows.last_mut() {
            Some(row) => row.push(paragraphs),
            None => self.rows.push(vec![paragraphs]),
        }
    }

    /// A paragraph for each row, with tabs between the cells. Where a cell has several paragraphs the table
    /// is there for the layout: all its paragraphs follow each other.
    pub(super) fn paragraphs(self) -> Vec<Paragraph> {
        let several = |cell: &Vec<Paragraph>| cell.iter().filter(|p| !p.is_blank()).count() > 1;
        let is_layout = self.rows.iter().flatten().any(several);
        let mut paragraphs = Vec::new();
        for row in self.rows {
            if is_layout || row.len() < 2 {
                paragraphs.extend(row.into_iter().flatten());
            } else {
                paragraphs.push(joined(row));
            }
        }
        paragraphs
    }
}

fn joined(row: Vec<Vec<Paragraph>>) -> Paragraph {
    let mut joined = Paragraph::default();
    let mut cells = Vec::new();
    for cell in row {
        let mut words = String::new();
        for paragraph in cell {
            if !paragraph.is_blank() {
                words = one_line(&paragraph.text);
            }
            joined.bookmarks.extend(paragraph.bookmarks);
            joined.notes.extend(paragraph.notes);
        }
        cells.push(words);
    }
    joined.text = cells.join("\t");
    joined
}
