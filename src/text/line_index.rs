use super::{TextRange, TextSize};

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

fn is_break(c: char) -> bool {
    matches!(
        c,
        '\n' | '\r' | '\u{b}' | '\u{c}' | '\u{85}' | '\u{2028}' | '\u{2029}'
    )
}

impl LineIndex {
    /// Finds the lines of `text` in one pass.
    #[must_use]
    pub fn new(text: &str) -> Self {
        let mut starts = vec![TextSize::new(0)];
        let mut ends = Vec::new();
        let mut offset = TextSize::new(0);
        let mut chars = text.chars().peekable();
        while let Some(c) = chars.next() {
            let here = offset;
            offset += TextSize::of(c);
            if !is_break(c) {
                continue;
            }
            if c == '\r' && chars.peek() == Some(&'\n') {
                chars.next();
                offset += TextSize::of('\n');
            }
            ends.push(here);
            starts.push(offset);
        }
        ends.push(offset);
        Self {
            starts,
            ends,
            len: offset,
        }
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
