//! The numbers of a plot as CSV.

use super::Plot;
use crate::format::guarded;

/// A heading, and a line for each row, those too that are not drawn: its names, a number for each series. Names that
/// a spreadsheet would run as formulas get an apostrophe in front.
///
/// # Errors
/// [`csv::Error`] where memory cannot be written, which does not happen.
pub(super) fn csv_text(plot: &Plot) -> Result<Vec<u8>, csv::Error> {
    let mut table = csv::Writer::from_writer(Vec::new());
    let head = plot.keys.iter().chain(&plot.series);
    table.write_record(head.map(|name| guarded(name).into_owned()))?;
    for row in &plot.rows {
        let names = row.names.iter().map(|name| guarded(name).into_owned());
        let values = row.values.iter().map(ToString::to_string);
        table.write_record(names.chain(values))?;
    }
    table
        .into_inner()
        .map_err(|error| error.into_error().into())
}
