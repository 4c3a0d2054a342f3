//! A block on the page: which byte is where.

use std::sync::Arc;

use egui::text::CCursor;
use egui::{Galley, Pos2, Rect, pos2, vec2};

use crate::text::{SourceText, TextRange, TextSize, previous_grapheme, snap_to_graphemes};

/// Bytes to characters and back within a block.
#[derive(Debug, Clone)]
pub(super) enum Chars {
    /// A byte is a character.
    Ascii,
    /// Where each character starts.
    Starts(Vec<u32>),
}

impl Chars {
    pub(super) fn of(text: &str) -> Self {
        if text.is_ascii() {
            return Self::Ascii;
        }
        Self::Starts(
            text.char_indices()
                .filter_map(|(at, _)| u32::try_from(at).ok())
                .collect(),
        )
    }

    /// The character that starts at or before a byte; one past the last behind the text.
    fn of_byte(&self, byte: u32, len: u32) -> usize {
        match self {
            Self::Ascii => usize::try_from(byte.min(len)).unwrap_or(usize::MAX),
            Self::Starts(starts) if byte >= len => starts.len(),
            Self::Starts(starts) => starts
                .partition_point(|&start| start <= byte)
                .saturating_sub(1),
        }
    }

    fn to_byte(&self, char: usize, len: u32) -> u32 {
        match self {
            Self::Ascii => u32::try_from(char).unwrap_or(len).min(len),
            Self::Starts(starts) => starts.get(char).copied().unwrap_or(len),
        }
    }
}

/// A block on the page.
#[derive(Debug, Clone)]
pub(super) struct BlockLayout {
    /// Which one.
    pub(super) block: usize,
    /// Where it is in the article, in bytes.
    pub(super) range: TextRange,
    /// Whether its line ends with it.
    pub(super) ends_line: bool,
    /// Which byte each character starts at.
    pub(super) chars: Chars,
    /// Whether its letters are set one by one, in the order of writing.
    pub(super) guarded: bool,
    /// With the distance to the next, in points.
    pub(super) height: f32,
    /// Height of a row, in points.
    pub(super) row: f32,
    /// Its glyphs.
    pub(super) galley: Arc<Galley>,
    /// The upper left corner of its first row; on the screen once it is on the page.
    pub(super) origin: Pos2,
}

/// The part of a range that is in one row, on the screen.
#[derive(Debug, Clone, Copy, PartialEq)]
pub(super) struct Piece {
    /// From the row's top to its bottom.
    pub(super) rect: Rect,
    /// Where the letters are.
    pub(super) baseline: f32,
    /// Row of its block, from 0.
    pub(super) row: usize,
    /// Block it is in.
    pub(super) block: usize,
    /// Whether the range starts in it.
    pub(super) first: bool,
    /// Whether the range ends in it.
    pub(super) last: bool,
}

impl BlockLayout {
    fn len(&self) -> u32 {
        u32::from(self.range.len())
    }

    /// The character (from the start of the block) at a place.
    pub(super) fn char_of(&self, at: TextSize) -> usize {
        let local = at.checked_sub(self.range.start()).unwrap_or_default();
        self.chars.of_byte(u32::from(local), self.len())
    }

    fn byte_of(&self, char: usize) -> TextSize {
        self.range.start() + TextSize::new(self.chars.to_byte(char, self.len()))
    }

    /// How many rows it has.
    pub(super) fn rows(&self) -> usize {
        self.galley.rows.len().max(1)
    }

    /// The row (from 0) a caret is in. At a soft line end that is the next row.
    pub(super) fn row_of(&self, at: TextSize) -> usize {
        self.galley.layout_from_cursor(self.cursor(at)).row
    }

    /// Range of a row in bytes, without the blank it was broken at.
    pub(super) fn row_range(&self, row: usize) -> TextRange {
        let glyphs = |row: usize| self.galley.rows.get(row).map_or(0, |row| row.glyphs.len());
        let first: usize = (0..row).map(glyphs).sum();
        let count = glyphs(row);
        let last = self.galley.rows.get(row).and_then(|row| row.glyphs.last());
        let blank = row + 1 < self.rows() && last.is_some_and(|glyph| glyph.chr.is_whitespace());
        let end = first + count - usize::from(blank);
        TextRange::new(self.byte_of(first), self.byte_of(end.max(first)))
    }

    /// Top and bottom of a row on the screen.
    pub(super) fn row_span(&self, row: usize) -> (f32, f32) {
        match self.galley.rows.get(row) {
            Some(row) if row.height() > 0.0 => {
                (self.origin.y + row.min_y(), self.origin.y + row.max_y())
            }
            _ => (self.origin.y, self.origin.y + self.row),
        }
    }

    /// Where the letters of a row end, on the screen.
    pub(super) fn row_right(&self, row: usize) -> f32 {
        self.caret_at_end(row).unwrap_or(self.origin.x)
    }

    fn caret_at_end(&self, row: usize) -> Option<f32> {
        let placed = self.galley.rows.get(row)?;
        let inked = |glyph: &&egui::epaint::text::Glyph| !glyph.chr.is_whitespace();
        let last = placed.glyphs.iter().rev().find(inked)?;
        Some(self.origin.x + placed.pos.x + last.max_x())
    }

    /// Where the letters of a row are, on the screen.
    pub(super) fn baseline(&self, row: usize) -> f32 {
        let (top, _) = self.row_span(row);
        let glyph = self.galley.rows.get(row).and_then(|row| row.glyphs.first());
        top + glyph.map_or(self.row * 0.7, |glyph| glyph.pos.y)
    }

    fn cursor(&self, at: TextSize) -> CCursor {
        CCursor {
            index: self.char_of(at).into(),
            prefer_next_row: true,
        }
    }

    /// Where a caret is: a rectangle without width, as high as the row.
    pub(super) fn caret(&self, at: TextSize) -> Rect {
        let rect = self.galley.pos_from_cursor(self.cursor(at));
        let height = rect.height().max(self.row);
        Rect::from_min_size(self.origin + rect.min.to_vec2(), vec2(0.0, height))
    }

    /// The place in the text nearest to a point of the screen, on a grapheme boundary.
    pub(super) fn place(&self, source: &SourceText, at: Pos2) -> TextSize {
        let row = (0..self.rows())
            .find(|&row| at.y < self.row_span(row).1)
            .unwrap_or_else(|| self.rows() - 1);
        self.place_in_row(source, row, at.x)
    }

    /// The place in a row nearest to an x of the screen, on a grapheme boundary.
    pub(super) fn place_in_row(&self, source: &SourceText, row: usize, x: f32) -> TextSize {
        let Some(placed) = self.galley.rows.get(row) else {
            return self.range.start();
        };
        let first: usize = self
            .galley
            .rows
            .iter()
            .take(row)
            .map(|row| row.glyphs.len())
            .sum();
        let local = x - self.origin.x - placed.pos.x;
        let column = placed.char_at(local).0;
        let byte = self.byte_of(first + column);
        // After the blank a row was broken at, the caret would be in the next row.
        let byte = byte.min(self.row_range(row).end());
        let cluster = snap_to_graphemes(source, TextRange::empty(byte));
        // A row may break within a cluster: then the edge in this row is the nearer one.
        let (top, _) = self.row_span(row);
        let away = |edge: TextSize| {
            let caret = self.caret(edge);
            let here = (caret.top() - top).abs() < 1.0;
            (!here, (caret.left() - x).abs())
        };
        // Letters without width may end a row: the place before them is at the same spot, in this row.
        let before = previous_grapheme(source, cluster.start());
        if away(cluster.end()).0 && away(before) < (false, 0.5) {
            return before;
        }
        let (start, end) = (away(cluster.start()), away(cluster.end()));
        if start.partial_cmp(&end) == Some(std::cmp::Ordering::Greater) {
            cluster.end()
        } else {
            cluster.start()
        }
    }

    /// A range as it is in the rows, as far as it is in this block.
    pub(super) fn pieces(&self, range: TextRange) -> Vec<Piece> {
        let Some(here) = self.range.intersect(range).filter(|here| !here.is_empty()) else {
            return Vec::new();
        };
        let (from, to) = (self.char_of(here.start()), self.char_of(here.end()));
        let mut pieces = Vec::new();
        let mut first = 0;
        for (index, row) in self.galley.rows.iter().enumerate() {
            let count = row.glyphs.len();
            let (start, end) = (from.max(first), to.min(first + count));
            if start < end {
                let inked = |n: usize| {
                    row.glyphs
                        .get(n - first)
                        .is_some_and(|glyph| !glyph.chr.is_whitespace())
                };
                // Blanks at a row's end are not drawn, unless they are all there is.
                let ink = (start..end)
                    .rev()
                    .find(|&n| inked(n))
                    .map_or(end, |n| n + 1);
                let soft_end = end == first + count && index + 1 < self.galley.rows.len();
                let end = if soft_end { ink } else { end };
                let left = self.origin.x + row.pos.x + row.x_offset((start - first).into());
                let right = self.origin.x + row.pos.x + row.x_offset((end - first).into());
                let (top, bottom) = self.row_span(index);
                pieces.push(Piece {
                    rect: Rect::from_min_max(pos2(left, top), pos2(right.max(left + 1.0), bottom)),
                    baseline: self.baseline(index),
                    row: index,
                    block: self.block,
                    first: start == from && here.start() == range.start(),
                    last: to <= first + count && here.end() == range.end(),
                });
            }
            first += count;
        }
        pieces
    }
}
