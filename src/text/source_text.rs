use std::fmt;
use std::sync::{Arc, OnceLock};

use sha2::{Digest, Sha256};

use super::{
    CannotWrite, Decoding, Encoding, LineColumn, LineIndex, OffsetMap, TextRange, TextSize,
};

/// The text of an article: decoded, without byte order mark, line ends as in the file, never edited.
/// Cloning is cheap.
#[derive(Clone)]
pub struct SourceText(Arc<Inner>);

struct Inner {
    text: Box<str>,
    decoding: Decoding,
    /// Worked out when it is asked for.
    sha256: OnceLock<String>,
    lines: LineIndex,
    offsets: OffsetMap,
}

/// The text has more bytes than offsets can count (4 GiB).
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
#[error("the text has {bytes} bytes; the limit is 4294967295. Split the file")]
pub struct TextTooLong {
    /// Length of the refused text in bytes.
    pub bytes: usize,
}

impl SourceText {
    /// Makes a text that was never in a file, or in one in `encoding` (UTF-8 if unknown) without
    /// byte order mark.
    ///
    /// # Errors
    /// [`TextTooLong`] above 4 GiB.
    pub fn new(text: impl Into<Box<str>>, encoding: &'static str) -> Result<Self, TextTooLong> {
        let decoding = Decoding {
            encoding: Encoding::named(encoding).unwrap_or(Encoding::UTF_8),
            ..Decoding::UTF_8
        };
        Self::decoded(text, decoding)
    }

    /// The same text with its line ends as the other systems write them: `\r\n` for `\n`, or `\n` for
    /// `\r\n`. `None` where it has no line ends, or becomes too long.
    #[must_use]
    pub fn in_other_line_ends(&self) -> Option<Self> {
        let text = self.as_str();
        let other = if text.contains("\r\n") {
            text.replace("\r\n", "\n")
        } else if text.contains('\n') {
            text.replace('\n', "\r\n")
        } else {
            return None;
        };
        Self::decoded(other, *self.decoding()).ok()
    }

    /// Makes a text with its decoding.
    ///
    /// # Errors
    /// [`TextTooLong`] above 4 GiB.
    pub fn decoded(text: impl Into<Box<str>>, decoding: Decoding) -> Result<Self, TextTooLong> {
        let text = text.into();
        if u32::try_from(text.len()).is_err() {
            return Err(TextTooLong { bytes: text.len() });
        }
        let lines = LineIndex::new(&text);
        let offsets = OffsetMap::new(&text);
        Ok(Self(Arc::new(Inner {
            text,
            decoding,
            sha256: OnceLock::new(),
            lines,
            offsets,
        })))
    }

    /// The whole text.
    #[must_use]
    pub fn as_str(&self) -> &str {
        &self.0.text
    }

    /// Length in bytes.
    #[must_use]
    pub fn len(&self) -> TextSize {
        TextSize::of(&*self.0.text)
    }

    /// Whether the text has no character at all.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.0.text.is_empty()
    }

    /// The words at `range` (bytes), or `None` where it is outside the text or cuts a character.
    #[must_use]
    pub fn get(&self, range: TextRange) -> Option<&str> {
        self.0
            .text
            .get(usize::from(range.start())..usize::from(range.end()))
    }

    /// The words at `range` (bytes); empty where there are none. For display.
    #[must_use]
    pub fn slice(&self, range: TextRange) -> &str {
        self.get(range).unwrap_or_default()
    }

    /// The range of the whole text, in bytes.
    #[must_use]
    pub fn full_range(&self) -> TextRange {
        TextRange::up_to(self.len())
    }

    /// Name of the encoding the file was in, as the WHATWG Encoding Standard spells it.
    #[must_use]
    pub fn encoding(&self) -> &'static str {
        self.0.decoding.encoding.name()
    }

    /// How the file's bytes became this text.
    #[must_use]
    pub fn decoding(&self) -> &Decoding {
        &self.0.decoding
    }

    /// The bytes of a file that holds this text, in the encoding and with the byte order mark of the
    /// file it was read from.
    ///
    /// # Errors
    /// [`CannotWrite`] at the first character the encoding does not have.
    pub fn to_bytes(&self) -> Result<Vec<u8>, CannotWrite> {
        self.0.decoding.encode(self.as_str())
    }

    /// SHA-256 of the text as UTF-8 without byte order mark, in lower-case hexadecimal. For a plain
    /// UTF-8 file this is the hash of the file.
    #[must_use]
    pub fn sha256(&self) -> &str {
        let hash = || hex::encode(Sha256::digest(self.as_str().as_bytes()));
        self.0.sha256.get_or_init(hash)
    }

    /// Where the lines are.
    #[must_use]
    pub fn lines(&self) -> &LineIndex {
        &self.0.lines
    }

    /// Length in Unicode code points.
    #[must_use]
    pub fn chars(&self) -> u32 {
        self.0.offsets.chars()
    }

    /// Byte offset to code points. `None` outside the text or within a character. O(log n).
    #[must_use]
    pub fn char_of_byte(&self, offset: TextSize) -> Option<u32> {
        self.0.offsets.char_of_byte(self.as_str(), offset)
    }

    /// Code points to byte offset. `None` past the end. O(log n).
    #[must_use]
    pub fn byte_of_char(&self, chars: u32) -> Option<TextSize> {
        self.0.offsets.byte_of_char(self.as_str(), chars)
    }

    /// Line and column of a byte offset, for messages: both from 1, the column in code points.
    #[must_use]
    pub fn line_column(&self, offset: TextSize) -> LineColumn {
        let line = self.0.lines.line_at(offset);
        let start = self.0.lines.start(line);
        // By the map: a line may be the whole text.
        let chars = |at| self.char_of_byte(at).unwrap_or_default();
        let here = self.as_str().floor_char_boundary(offset.into());
        let here = TextSize::try_from(here).unwrap_or(start);
        let column = chars(here).saturating_sub(chars(start));
        let column = usize::try_from(column).unwrap_or_default();
        LineColumn {
            line: line + 1,
            column: column + 1,
        }
    }
}

impl fmt::Debug for SourceText {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("SourceText")
            .field("bytes", &self.len())
            .field("sha256", &self.sha256())
            .finish_non_exhaustive()
    }
}

impl PartialEq for SourceText {
    fn eq(&self, other: &Self) -> bool {
        Arc::ptr_eq(&self.0, &other.0) || self.as_str() == other.as_str()
    }
}

impl Eq for SourceText {}
