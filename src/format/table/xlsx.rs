//! A workbook for spreadsheets: text is text, whatever it begins with, and the heads stay in view.

use std::io;

use rust_xlsxwriter::{DocProperties, ExcelDateTime, Format, FormatAlign, XlsxError};

/// The most characters (UTF-16) a cell can hold.
const CELL: usize = 32_767;

/// The most rows a sheet can have.
const ROWS: u32 = 1_048_576;

/// A workbook with one sheet, row by row.
pub(super) struct Workbook {
    book: rust_xlsxwriter::Workbook,
    head: Format,
    body: Format,
    row: u32,
    columns: u16,
}

impl Workbook {
    pub(super) fn new() -> io::Result<Self> {
        let mut book = rust_xlsxwriter::Workbook::new();
        // The same documents give the same bytes.
        let then = ExcelDateTime::from_ymd(2000, 1, 1).map_err(failed)?;
        book.set_properties(&DocProperties::new().set_creation_datetime(&then));
        let sheet = book.add_worksheet();
        sheet.set_name("Quotes").map_err(failed)?;
        sheet.set_freeze_panes(1, 0).map_err(failed)?;
        let body = Format::new().set_text_wrap().set_align(FormatAlign::Top);
        Ok(Self {
            book,
            head: body.clone().set_bold(),
            body,
            row: 0,
            columns: 0,
        })
    }

    /// Adds a row; the first has the heads. Gives how many characters were cut off.
    pub(super) fn push(&mut self, cells: &[String]) -> io::Result<usize> {
        if self.row == ROWS {
            let reason = "a sheet holds 1,048,576 rows; export fewer articles, or use `quotes`";
            return Err(io::Error::other(reason));
        }
        let is_head = self.row == 0;
        let sheet = self.book.worksheet_from_index(0).map_err(failed)?;
        let mut cut = 0;
        for (column, cell) in (0_u16..).zip(cells) {
            if is_head {
                self.columns = column + 1;
                sheet
                    .set_column_width(column, width(cell))
                    .map_err(failed)?;
            }
            let (cell, lost) = shortened(cell);
            cut += lost;
            if cell.is_empty() {
                continue;
            }
            let format = if is_head { &self.head } else { &self.body };
            match cell.parse::<u32>() {
                Ok(line) if column == 1 => {
                    sheet.write_number_with_format(self.row, column, line, format)
                }
                _ => sheet.write_string_with_format(self.row, column, cell, format),
            }
            .map_err(failed)?;
        }
        self.row += 1;
        Ok(cut)
    }

    /// The file.
    pub(super) fn into_bytes(mut self) -> io::Result<Vec<u8>> {
        let sheet = self.book.worksheet_from_index(0).map_err(failed)?;
        let last = self.row.saturating_sub(1);
        let columns = self.columns.saturating_sub(1);
        sheet.autofilter(0, 0, last, columns).map_err(failed)?;
        self.book.save_to_buffer().map_err(failed)
    }
}

/// How wide a column is, in characters.
fn width(head: &str) -> f64 {
    match head {
        "line" => 7.0,
        "text" => 70.0,
        "claims" | "note" | "headline" | "address" => 40.0,
        "article" | "speaker" | "named as" | "office" | "to check" => 24.0,
        _ => 14.0,
    }
}

/// What fits in a cell, and how many characters do not.
fn shortened(cell: &str) -> (String, usize) {
    let mut units = 0;
    let mut fits = String::with_capacity(cell.len());
    for (n, c) in cell.chars().enumerate() {
        units += c.len_utf16();
        if units > CELL {
            return (fits, cell.chars().count() - n);
        }
        // XML has no place for it.
        fits.push(if matches!(c, '\0' | '\u{fffe}' | '\u{ffff}') {
            '\u{fffd}'
        } else {
            c
        });
    }
    (fits, 0)
}

fn failed(error: XlsxError) -> io::Error {
    io::Error::other(error.to_string())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_cell_holds_as_much_as_a_spreadsheet_takes() {
        assert_eq!(shortened("a\0"), ("a\u{fffd}".to_owned(), 0));
        let (fits, lost) = shortened(&"😀".repeat(CELL));
        assert_eq!((fits.chars().count(), lost), (16_383, CELL - 16_383));
    }
}
