//! How a table is written down: its encoding, what is between its cells, and its lines.

use std::borrow::Cow;
use std::io::Cursor;

use super::columns::Columns;
use crate::text::Encoding;

/// The text of a table.
pub(super) struct InputText<'a> {
    pub(super) text: Cow<'a, str>,
    /// Whether the encoding is only likely.
    pub(super) guessed: bool,
}

/// Encodings spreadsheets write when they are not asked for another, and the others in use.
const LIKELY: [&str; 2] = ["windows-1252", "macintosh"];

/// The text of a file: by its byte order mark, as UTF-8, as UTF-16 where every other byte is zero;
/// else each encoding it may be in, one after the other, the most likely first.
pub(super) fn input_texts(bytes: &[u8]) -> Vec<InputText<'_>> {
    let sure = |text| {
        vec![InputText {
            text,
            guessed: false,
        }]
    };
    if let Some((encoding, mark)) = Encoding::by_mark(bytes) {
        let (text, whole) = encoding.decode(bytes.get(mark..).unwrap_or_default());
        if whole {
            return sure(text.into());
        }
    }
    let zeros = |odd: usize| {
        let some = bytes.iter().take(400).skip(odd).step_by(2);
        some.filter(|byte| **byte == 0).count()
    };
    let name = match (zeros(0), zeros(1)) {
        (0, high) if high > 4 => Some("utf-16le"),
        (high, 0) if high > 4 => Some("utf-16be"),
        _ => None,
    };
    if let Some(encoding) = name.and_then(|name| Encoding::named(name).ok()) {
        let (text, whole) = encoding.decode(bytes);
        if whole {
            return sure(text.into());
        }
    }
    if let Ok(text) = std::str::from_utf8(bytes) {
        return sure(text.into());
    }
    let likely = LIKELY.iter().filter_map(|name| Encoding::named(name).ok());
    let mut all: Vec<Encoding> = likely.collect();
    for encoding in Encoding::common() {
        if encoding.is_ascii_compatible() && !all.contains(encoding) {
            all.push(*encoding);
        }
    }
    let decoded = all.into_iter().map(|encoding| encoding.decode(bytes));
    let whole = decoded.filter(|(_, whole)| *whole);
    whole
        .map(|(text, _)| InputText {
            text: text.into(),
            guessed: true,
        })
        .collect()
}

/// How many lines are before the heads, the table from there on, and what is between its cells: what
/// Excel's line `sep=;` says, else that by which the heads have names.
pub(super) fn layout(text: &str, usual: u8) -> (usize, &str, u8) {
    let text = text.strip_prefix('\u{feff}').unwrap_or(text);
    let end = text.find(['\r', '\n']).unwrap_or(text.len());
    let (first, rest) = text.split_at(end);
    let named = first.trim().trim_matches('"').to_ascii_lowercase();
    if let Some(sign) = named.strip_prefix("sep=") {
        let rest = rest.strip_prefix('\r').unwrap_or(rest);
        let rest = rest.strip_prefix('\n').unwrap_or(rest);
        // A tab is trimmed away.
        let sign = sign.bytes().next().unwrap_or(b'\t');
        return (1, rest, sign);
    }
    let known = |delimiter: u8| head_row(text, delimiter).1;
    let mut best = (known(usual), usual);
    for other in *b",;\t|" {
        let known = known(other);
        if known > best.0 {
            best = (known, other);
        }
    }
    (0, text, best.1)
}

/// A table that is read row by row, and of which rows can be read again.
pub(super) type Table<'a> = csv::Reader<Cursor<&'a [u8]>>;

/// A reader of the rows of a table, the first one like all others.
pub(super) fn reader(text: &str, delimiter: u8, quoted: bool) -> Table<'_> {
    let mut table = csv::ReaderBuilder::new()
        .delimiter(delimiter)
        .quoting(quoted)
        .flexible(true)
        .has_headers(false)
        .from_reader(Cursor::new(text.as_bytes()));
    // Else it keeps two copies of the first row; to go where it is cannot fail.
    table.set_headers(csv::StringRecord::new());
    drop(table.seek(csv::Position::new()));
    table
}

/// So many rows may be above the heads: a title, when the table was made.
const ABOVE: usize = 10;

/// Which row of a table has the heads (from 0), and how many of them have names: the first row, or the first
/// one below with at least three where the first has at most one.
pub(super) fn head_row(text: &str, delimiter: u8) -> (usize, usize) {
    let mut table = reader(text, delimiter, true);
    let mut known = Vec::new();
    for _ in 0..=ABOVE {
        let mut heads = csv::StringRecord::new();
        match table.read_record(&mut heads) {
            Ok(true) => known.push(Columns::new(heads).known()),
            Ok(false) | Err(_) => break,
        }
    }
    let first = known.first().copied().unwrap_or(0);
    match known.iter().position(|known| *known > 2) {
        Some(row) if first < 2 => (row, known.get(row).copied().unwrap_or(0)),
        _ => (0, first),
    }
}

/// Counts lines of the file, which a quoted cell may be several of.
pub(super) struct LineCounter<'a> {
    text: &'a [u8],
    at: usize,
    line: usize,
}

impl<'a> LineCounter<'a> {
    /// A table after so many other lines.
    pub(super) fn new(text: &'a str, before: usize) -> Self {
        Self {
            text: text.as_bytes(),
            at: 0,
            line: before + 1,
        }
    }

    /// The line (from 1) of a record that is at or after the one before. What the reader gives as its
    /// place may be before the line end.
    pub(super) fn line_at(&mut self, position: Option<&csv::Position>) -> usize {
        let place = position.map_or(0, |at| usize::try_from(at.byte()).unwrap_or(usize::MAX));
        while let Some(byte) = self.text.get(self.at) {
            let ends = matches!(byte, b'\r' | b'\n');
            if self.at >= place && !ends {
                break;
            }
            let within = *byte == b'\r' && self.text.get(self.at + 1) == Some(&b'\n');
            self.line += usize::from(ends && !within);
            self.at += 1;
        }
        self.line
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn lines_are_those_of_an_editor() {
        for text in [
            "a,b\n1,2\n\n\"x\ny\",3\n4,5",
            "a,b\r\n1,2\r\n\r\n\"x\r\ny\",3\r\n4,5",
            "a,b\r1,2\r\r\"x\ry\",3\r4,5",
        ] {
            let mut table = csv::ReaderBuilder::new()
                .has_headers(false)
                .from_reader(text.as_bytes());
            let mut lines = LineCounter::new(text, 1);
            let found: Vec<usize> = table
                .records()
                .map(|record| lines.line_at(record.unwrap().position()))
                .collect();
            assert_eq!(found, [2, 3, 5, 7], "{text:?}");
        }
    }

    #[test]
    fn cells_are_cut_where_the_heads_have_names() {
        for (text, usual, expected) in [
            ("doc,kind,start", b',', (0, b',')),
            ("\u{feff}doc;kind;start", b',', (0, b';')),
            ("doc\tkind,a", b'\t', (0, b'\t')),
            ("doc\tkind", b',', (0, b'\t')),
            ("sep=;\r\ndoc,kind", b',', (1, b';')),
            ("\"sep=|\"\ndoc", b',', (1, b'|')),
            ("sep=\t\ndoc", b',', (1, b'\t')),
            ("x,y", b',', (0, b',')),
            ("Made in May\n\ndoc;kind;start\n", b',', (0, b';')),
        ] {
            let (before, _, delimiter) = layout(text, usual);
            assert_eq!((before, delimiter), expected, "{text:?}");
        }
    }

    #[test]
    fn encodings_of_spreadsheets_are_known() {
        let utf16 = |mark: &[u8]| {
            let units = "doc,kind,ü".encode_utf16().flat_map(u16::to_le_bytes);
            mark.iter().copied().chain(units).collect::<Vec<u8>>()
        };
        for bytes in [
            utf16(b"\xff\xfe"),
            utf16(b""),
            "doc,kind,ü".as_bytes().to_vec(),
            b"doc,kind,\xfc".to_vec(),
        ] {
            let texts = input_texts(&bytes);
            assert_eq!(texts[0].text, "doc,kind,ü");
            assert_eq!(texts[0].guessed, bytes.ends_with(b"\xfc"));
        }
        assert_eq!(input_texts(b"\x9f")[1].text, "ü");
    }
}
