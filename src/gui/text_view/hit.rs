//! The page: the blocks in view, and what is at a point of the screen.

use egui::{Pos2, Rect};

use super::block_layout::{BlockLayout, Piece};
use crate::text::{SourceText, TextRange, TextSize};

/// The blocks in view, from top to bottom.
#[derive(Debug)]
pub(super) struct Page {
    /// Laid out, at their place on the screen.
    pub(super) blocks: Vec<BlockLayout>,
    /// The area of the screen, without the scroll bar.
    pub(super) view: Rect,
    /// Left edge of the column.
    pub(super) left: f32,
    /// Right edge of the column.
    pub(super) right: f32,
}

impl Page {
    /// The text in view, in whole blocks (bytes).
    pub(super) fn visible(&self) -> TextRange {
        match (self.blocks.first(), self.blocks.last()) {
            (Some(first), Some(last)) => TextRange::new(first.range.start(), last.range.end()),
            _ => TextRange::default(),
        }
    }

    /// The block a caret is in, if it is in view.
    pub(super) fn block_at(&self, place: TextSize) -> Option<&BlockLayout> {
        let after = self
            .blocks
            .partition_point(|layout| layout.range.start() <= place);
        let layout = self.blocks.get(after.checked_sub(1)?)?;
        // Within a line break a caret is at the line's end.
        let more = after < self.blocks.len() || layout.range.end() >= place;
        more.then_some(layout)
    }

    /// Where a caret is on the screen, if its block is in view.
    pub(super) fn caret(&self, place: TextSize) -> Option<Rect> {
        Some(self.block_at(place)?.caret(place))
    }

    /// The place in the text nearest to a point, on a grapheme boundary.
    pub(super) fn place(&self, source: &SourceText, at: Pos2) -> TextSize {
        let below = self
            .blocks
            .partition_point(|layout| layout.row_span(0).0 <= at.y)
            .saturating_sub(1);
        self.blocks
            .get(below)
            .map_or(TextSize::new(0), |layout| layout.place(source, at))
    }

    /// A range as it is in the rows in view.
    pub(super) fn pieces(&self, range: TextRange) -> Vec<Piece> {
        let from = self
            .blocks
            .partition_point(|layout| layout.range.end() <= range.start());
        self.blocks
            .iter()
            .skip(from)
            .take_while(|layout| layout.range.start() < range.end())
            .flat_map(|layout| layout.pieces(range))
            .collect()
    }
}
