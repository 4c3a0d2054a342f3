//! Rank 0: the article itself, immutable, and how to find one's way in it.
//!
//! Everything inside Pullquote counts UTF-8 **bytes** ([`TextSize`], [`TextRange`], end-exclusive).
//! Other units (code points, UTF-16, lines and columns) are made at the border by [`OffsetMap`]
//! and [`LineIndex`].

mod boundary;
mod line_index;
mod offset_map;
mod source_text;

pub use boundary::{next_grapheme, previous_grapheme, snap_to_graphemes};
pub use line_index::{LineColumn, LineIndex};
pub use offset_map::OffsetMap;
pub use source_text::{SourceText, TextTooLong};
pub use text_size::{TextRange, TextSize};
