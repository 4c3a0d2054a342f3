//! Rows that cannot be read.

use crate::format::left_out::{LeftOut, shortened};
use crate::format::tally::Content;
use crate::format::{Imported, Messages, RecordProblem};

/// Collects rows that cannot be read until it is known whether others can.
#[derive(Default)]
pub(super) struct UnreadRows(Messages);

impl UnreadRows {
    /// Adds the row on a line, and why.
    pub(super) fn add(&mut self, line: usize, why: String, row: &csv::StringRecord) {
        let cells: Vec<&str> = row.iter().filter(|cell| !cell.is_empty()).collect();
        let message = format!("{why} ({})", shortened(&cells.join(" | ")));
        self.0.push(RecordProblem { line, message });
    }

    /// They are left out where others are read, and else they are why the table is not.
    pub(super) fn report(self, others: bool, imported: &mut Imported, left_out: &mut LeftOut) {
        if !others {
            return imported.problems.append(self.0);
        }
        let why = "rows are left out that cannot be read";
        for (RecordProblem { line, message }, count) in self.0.counted() {
            left_out.read(Content::Tag, count);
            let counts = left_out.skip_counted(*line, why, &**message);
            counts.add(Content::Tag, count);
            left_out.count_more(why, count - 1);
        }
    }
}
