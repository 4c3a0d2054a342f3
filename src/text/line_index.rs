use super::{TextRange, TextSize, size};

/// Where the lines of a text start, in bytes. A line ends after LF, CR LF, a lone CR, VT, FF, NEL
/// (U+0085), LS (U+2028) or PS (U+2029), as UAX 14 has mandatory breaks. A text has at least one
/// line; text after the last break is a line of its own, also when empty.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct LineIndex {
    /// Start of each line; the first is 0.
    starts: Vec<TextSize>,
    /// End of each line without its break.
    ends: Vec<TextSize>,
    len: TextSize,
}

/// A place for messages: line and column from 1, the column in code points.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub struct LineColumn {
    /// Line, from 1.
    pub line: usize,
    /// Column in code points, from 1.
    pub column: usize,
}

/// The next break from a byte on: where it is, and where the line after it starts.
fn next_break(text: &str, from: usize) -> Option<(usize, usize)> {
    // The first bytes of all breaks; others begin with the last two, too.
    let may_be = |byte: &u8| matches!(byte, b'\n'..=b'\r' | 0xc2 | 0xe2);
    let mut at = from;
    loop {
        let rest = text.as_bytes().get(at..)?;
        at += rest.iter().position(may_be)?;
        let len = match text.as_bytes().get(at..).unwrap_or_default() {
            [b'\r', b'\n', ..] | [0xc2, 0x85, ..] => 2,
            [b'\n'..=b'\r', ..] => 1,
            [0xe2, 0x80, 0xa8 | 0xa9, ..] => 3,
            _ => 0,
        };
        if len > 0 {
            return Some((at, at + len));
        }
        at += 1;
    }
}

impl LineIndex {
    /// Finds the lines of `text` in one pass.
    #[must_use]
    pub fn new(text: &str) -> Self {
        let mut starts = vec![TextSize::new(0)];
        let mut ends = Vec::new();
        let mut from = 0;
        while let Some((here, after)) = next_break(text, from) {
            ends.push(size(here));
            starts.push(size(after));
            from = after;
        }
        let len = TextSize::of(text);
        ends.push(len);
        Self { starts, ends, len }
    }

    /// How many lines there are; at least 1.
    #[must_use]
    pub fn count(&self) -> usize {
        self.starts.len()
    }

    /// The line (from 0) that holds the byte `offset`; the last one past the end. O(log n).
    #[must_use]
    pub fn line_at(&self, offset: TextSize) -> usize {
        self.starts.partition_point(|&start| start <= offset) - 1
    }

    /// Start of `line` (from 0) in bytes; the end of the text past the last line.
    #[must_use]
    pub fn start(&self, line: usize) -> TextSize {
        self.starts.get(line).copied().unwrap_or(self.len)
    }

    /// Range of `line` (from 0) in bytes, without its line break; empty past the last line.
    #[must_use]
    pub fn range(&self, line: usize) -> TextRange {
        let start = self.start(line);
        TextRange::new(
            start,
            self.ends.get(line).copied().unwrap_or(self.len).max(start),
        )
    }
}
