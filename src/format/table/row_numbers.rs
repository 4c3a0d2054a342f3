//! Columns that only number the rows.

use crate::format::left_out::{EXAMPLES, LeftOut, shown_words as shown};

/// Why cells of columns are left out.
pub(super) const UNKNOWN_COLUMN: &str = "nothing is known about these columns; call them `attr.NAME` to \
                              import them as attributes of tags";

/// The cells of a column that may have the numbers of the rows.
#[derive(Default)]
pub(super) struct RowNumbers {
    last: Option<u64>,
    /// Whether one does not follow that before.
    broken: bool,
    count: usize,
    /// The first that differ, with their lines.
    first: Vec<(usize, String)>,
}

impl RowNumbers {
    pub(super) fn add(&mut self, line: usize, cell: &str) {
        let number = cell.trim().trim_end_matches(".0").parse::<u64>().ok();
        let follows = match (self.last, number) {
            (None, Some(number)) => number <= 1,
            (Some(last), Some(number)) => number == last + 1,
            (_, None) => false,
        };
        self.broken |= !follows;
        self.last = number;
        self.count += 1;
        if self.first.len() < EXAMPLES && self.first.iter().all(|(_, known)| known != cell) {
            self.first.push((line, cell.to_owned()));
        }
    }

    /// Whether they count the rows.
    pub(super) fn count_rows(&self) -> bool {
        !self.broken && self.count > 0
    }

    /// Tells that the cells of this column are left out.
    pub(super) fn leave_out(self, column: &str, left_out: &mut LeftOut) {
        let more = self.count - self.first.len();
        for (line, cell) in self.first {
            let example = format!("`{column}` (“{}”)", shown(&cell));
            left_out.skip(line, UNKNOWN_COLUMN, example);
        }
        left_out.count_more(UNKNOWN_COLUMN, more);
    }
}
