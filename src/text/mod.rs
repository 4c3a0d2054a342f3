//! Rank 0: the article itself, immutable, and how to find places in it.
//!
//! Everything inside Pullquote counts UTF-8 **bytes** ([`TextSize`], [`TextRange`], end-exclusive).
//! Other units (code points, UTF-16, lines and columns) are made at the border by [`OffsetMap`]
//! and [`LineIndex`].

mod anchor;
mod boundary;
mod code_point_index;
mod decoding;
mod encoding;
mod find;
mod line_index;
mod offset_map;
mod pronouns;
mod resemblance;
mod sentence;
mod source_text;
mod word;
mod word_tokens;
pub mod wording;

pub use anchor::{Anchored, Doubt, Reanchoring, WordFinder, reanchor};
pub(crate) use boundary::{
    REACH, is_python_whitespace, neighbourhood, next_paragraph, paragraph_pieces,
    previous_paragraph,
};
pub use boundary::{next_grapheme, paragraph_at, previous_grapheme, snap_to_graphemes, trim};
pub use code_point_index::CodePointIndex;
pub use decoding::{Basis, Decoding};
pub(crate) use encoding::is_damaged_utf8;
pub use encoding::{CannotWrite, Encoding, UnknownEncoding};
pub use find::find_all;
pub use line_index::{LineColumn, LineIndex};
pub use offset_map::{OffsetMap, OffsetUnit};
pub(crate) use pronouns::PERSONAL as PERSONAL_PRONOUNS;
pub use pronouns::is_pronoun;
pub use resemblance::{Sketch, near_duplicates};
pub use sentence::sentence_at;
pub(crate) use sentence::sentences;
pub use source_text::{SourceText, TextTooLong};
pub use text_size::{TextRange, TextSize};
pub use word::{next_word, previous_word, snap_to_words, word_at};
pub use word_tokens::word_tokens;

/// Whether two ranges share at least one byte.
#[must_use]
pub fn overlap(a: TextRange, b: TextRange) -> bool {
    a.start() < b.end() && b.start() < a.end()
}

/// An offset into a text, in bytes.
pub(super) fn size(offset: usize) -> TextSize {
    // Texts are refused above 4 GiB, so every offset into one fits.
    TextSize::try_from(offset).unwrap_or(TextSize::new(u32::MAX))
}
