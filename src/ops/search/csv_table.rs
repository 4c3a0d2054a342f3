use std::io::Write;

use super::found::Found;
use crate::format::guarded;

/// The columns of the table.
const COLUMNS: [&str; 14] = [
    "article",
    "line",
    "column",
    "left",
    "keyword",
    "right",
    "label",
    "person",
    "annotator",
    "curated",
    "tag",
    "headline",
    "outlet",
    "date",
];

/// Writes hits as a table with commas, a row each. Cells that a spreadsheet would run as formulas get an
/// apostrophe in front.
///
/// # Errors
/// Those of `out`.
pub fn write_csv<'f>(
    found: impl IntoIterator<Item = &'f Found>,
    out: impl Write,
) -> Result<(), csv::Error> {
    let mut table = csv::Writer::from_writer(out);
    table.write_record(COLUMNS)?;
    for found in found {
        let hit = found.hit();
        let (line, column) = (hit.place.0.to_string(), hit.place.1.to_string());
        let cells = [
            hit.article.as_str(),
            &line,
            &column,
            &hit.left,
            &hit.keyword,
            &hit.right,
            &*hit.label,
            &hit.person,
            &hit.annotator,
            if hit.curated { "true" } else { "false" },
            hit.tag.as_ref().map_or("", |tag| tag.as_str()),
            &hit.headline,
            &hit.outlet,
            &hit.date,
        ];
        table.write_record(cells.map(guarded).iter().map(|cell| cell.as_bytes()))?;
    }
    table.flush()?;
    Ok(())
}
