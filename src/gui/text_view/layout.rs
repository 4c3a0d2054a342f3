//! The article cut into blocks, and one block laid out: which byte stands where.

use std::sync::Arc;

use egui::text::CCursor;
use egui::text::{LayoutJob, LayoutSection, TextFormat, TextWrapping};
use egui::{Color32, Context, FontId, Galley, Pos2, Rect, pos2, vec2};
use unicode_segmentation::UnicodeSegmentation;

use crate::gui::fonts;
use crate::text::{SourceText, TextRange, TextSize, snap_to_graphemes};

/// Longer lines are laid out in several blocks (bytes).
const LONGEST_BLOCK: u32 = 4096;
/// Points of the text at zoom 1.
const TEXT_SIZE: f32 = 18.0;
/// White space above the article, in points.
const LEAD: f32 = 36.0;
/// Characters in a full row.
const MEASURE: &str = "the quick brown fox jumps over the lazy dog and said so on a sunday";

/// A line of the article, or a part of a long one.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Block {
    /// Where it lies, in bytes, without the line break.
    pub(super) range: TextRange,
    /// Whether the line ends with it.
    pub(super) ends_line: bool,
}

/// All blocks of an article.
#[derive(Debug, Default)]
pub(super) struct Blocks {
    blocks: Vec<Block>,
    /// Whether lines are paragraphs, to be set apart.
    spaced: bool,
    of: String,
}

impl Blocks {
    /// Cuts an article up. One pass, when it is opened.
    pub(super) fn new(source: &SourceText) -> Self {
        let lines = source.lines();
        let mut blocks = Vec::with_capacity(lines.count());
        let mut blank: usize = 0;
        for line in 0..lines.count() {
            let range = lines.range(line);
            blank += usize::from(range.is_empty());
            let mut start = range.start();
            while range.end() - start > TextSize::new(LONGEST_BLOCK) {
                let end = soft_end(source, start);
                blocks.push(Block {
                    range: TextRange::new(start, end),
                    ends_line: false,
                });
                start = end;
            }
            blocks.push(Block {
                range: TextRange::new(start, range.end()),
                ends_line: true,
            });
        }
        // Lines that were broken by hand, or set apart by blank ones, need no distance of their own.
        let full = lines.count() - blank;
        let long = usize::from(source.len()) / full.max(1) > 100;
        Self {
            blocks,
            spaced: long && blank * 4 < full,
            of: source.sha256().to_owned(),
        }
    }

    /// Whether these are the blocks of `source`.
    pub(super) fn are_of(&self, source: &SourceText) -> bool {
        !self.blocks.is_empty() && self.of == source.sha256()
    }

    /// How many there are; at least 1 once built.
    pub(super) fn len(&self) -> usize {
        self.blocks.len()
    }

    /// One of them.
    pub(super) fn get(&self, block: usize) -> Option<Block> {
        self.blocks.get(block).copied()
    }

    /// The one that holds a byte; at the border of two the later.
    pub(super) fn at(&self, place: TextSize) -> usize {
        self.blocks
            .partition_point(|block| block.range.start() <= place)
            .saturating_sub(1)
    }

    /// A guess at every block's height.
    pub(super) fn estimates(&self, setting: &Setting) -> Vec<f32> {
        let per_row = f32::from(u16::try_from(MEASURE.len()).unwrap_or(66));
        self.blocks
            .iter()
            .map(|block| {
                #[allow(clippy::cast_precision_loss, reason = "an estimate")]
                let bytes = u32::from(block.range.len()) as f32;
                let rows = (bytes / per_row).ceil().max(1.0);
                rows * setting.row + self.gap(block.ends_line, setting)
            })
            .collect()
    }

    fn gap(&self, ends_line: bool, setting: &Setting) -> f32 {
        if self.spaced && ends_line {
            (setting.row * 0.5).round()
        } else {
            0.0
        }
    }
}

/// Where a block that starts at `start` ends: behind a blank, else at a grapheme boundary.
fn soft_end(source: &SourceText, start: TextSize) -> TextSize {
    let text = source.as_str();
    let limit = text.floor_char_boundary(usize::from(start) + LONGEST_BLOCK as usize);
    let limit = TextSize::try_from(limit).unwrap_or(start);
    let half = TextRange::new(start, limit);
    let blank = source
        .slice(half)
        .rfind([' ', '\t'])
        .and_then(|at| TextSize::try_from(at + 1).ok())
        .filter(|&at| at > TextSize::new(LONGEST_BLOCK / 2));
    if let Some(blank) = blank {
        return start + blank;
    }
    let cluster = snap_to_graphemes(source, TextRange::empty(limit));
    if cluster.start() > start {
        cluster.start()
    } else {
        cluster.end()
    }
}

/// How text is set: what a block's layout depends on beside its words.
#[derive(Debug, Clone, PartialEq)]
pub(super) struct Setting {
    font: FontId,
    /// Height of a row, in points.
    pub(super) row: f32,
    /// Width of the column, in points.
    pub(super) width: f32,
    pixels_per_point: f32,
}

impl Setting {
    /// For a zoom and the space there is, in points.
    pub(super) fn new(ctx: &Context, zoom: f32, space: f32) -> Self {
        let size = TEXT_SIZE * zoom;
        let font = fonts::reading_font(size);
        let full: f32 = ctx.fonts_mut(|fonts| {
            MEASURE
                .chars()
                .map(|letter| fonts.glyph_width(&font, letter))
                .sum()
        });
        Self {
            row: (size * 1.66).round(),
            width: full.min(space).max(size * 4.0).round(),
            font,
            pixels_per_point: ctx.pixels_per_point(),
        }
    }

    /// A length on whole pixels, so that grounds and lines stay sharp.
    pub(super) fn on_pixel(&self, length: f32) -> f32 {
        (length * self.pixels_per_point).round() / self.pixels_per_point
    }

    /// Points of the text.
    pub(super) fn size(&self) -> f32 {
        self.font.size
    }

    fn job(&self, text: String, pieces: impl Iterator<Item = usize>) -> LayoutJob {
        let format = TextFormat {
            font_id: self.font.clone(),
            line_height: Some(self.row),
            color: Color32::PLACEHOLDER,
            ..TextFormat::default()
        };
        let mut sections = Vec::new();
        let mut start = 0_usize;
        for len in pieces {
            sections.push(LayoutSection {
                leading_space: 0.0,
                byte_range: start.into()..(start + len).into(),
                format: format.clone(),
            });
            start += len;
        }
        LayoutJob {
            text,
            sections,
            wrap: TextWrapping::wrap_at_width(self.width),
            break_on_newline: false,
            keep_trailing_whitespace: true,
            ..LayoutJob::default()
        }
    }
}

/// Lays blocks out. egui keeps what was laid out in the last frame, so asking again is cheap.
pub(super) struct Typesetter<'a> {
    /// For its fonts.
    pub(super) ctx: &'a Context,
    /// The article.
    pub(super) source: &'a SourceText,
    /// Its blocks.
    pub(super) blocks: &'a Blocks,
    /// How text is set.
    pub(super) setting: &'a Setting,
}

impl Typesetter<'_> {
    /// A block, its upper left corner at (0, 0). The first one has white space above.
    pub(super) fn lay_out(&self, index: usize) -> Laid {
        let block = self.blocks.get(index).unwrap_or(Block {
            range: TextRange::empty(self.source.len()),
            ends_line: true,
        });
        let text = self.source.slice(block.range);
        let (galley, guarded) = self.galley(text);
        let rows = galley.rect.height().max(self.setting.row);
        let lead = if index == 0 { LEAD } else { 0.0 };
        Laid {
            block: index,
            range: block.range,
            ends_line: block.ends_line,
            chars: Chars::of(text),
            guarded,
            height: lead + rows + self.blocks.gap(block.ends_line, self.setting),
            row: self.setting.row,
            galley,
            origin: pos2(0.0, lead),
        }
    }

    /// From the top of a block's first row to the end of its last, in points.
    pub(super) fn rows_below(&self, laid: &Laid) -> f32 {
        laid.galley.rect.height().max(self.setting.row)
    }

    /// The galley, and whether its letters had to be set one by one. egui's shaping of
    /// right-to-left runs and of letters made of several glyphs breaks the rule "one glyph a
    /// character" that all offsets rest on; set one by one they keep it.
    fn galley(&self, text: &str) -> (Arc<Galley>, bool) {
        let shown: String = text.chars().map(visible).collect();
        if text.is_ascii() {
            return (self.laid(shown, std::iter::once(text.len())), false);
        }
        let count = shown.chars().count();
        let fits = |galley: &Galley| {
            let glyphs: usize = galley.rows.iter().map(|row| row.glyphs.len()).sum();
            glyphs == count
        };
        if !text.chars().any(is_right_to_left) {
            let galley = self.laid(shown.clone(), std::iter::once(shown.len()));
            if fits(&galley) {
                return (galley, false);
            }
        }
        let clusters: Vec<usize> = shown.graphemes(true).map(str::len).collect();
        let galley = self.laid(shown.clone(), clusters.into_iter());
        if fits(&galley) {
            return (galley, true);
        }
        let plain: String = shown
            .chars()
            .map(|c| if self.is_one_glyph(c) { c } else { BOX })
            .collect();
        let letters: Vec<usize> = plain.chars().map(char::len_utf8).collect();
        (self.laid(plain, letters.into_iter()), true)
    }

    fn is_one_glyph(&self, c: char) -> bool {
        let galley = self.laid(c.to_string(), std::iter::once(c.len_utf8()));
        galley
            .rows
            .iter()
            .map(|row| row.glyphs.len())
            .sum::<usize>()
            == 1
    }

    fn laid(&self, text: String, pieces: impl Iterator<Item = usize>) -> Arc<Galley> {
        let job = self.setting.job(text, pieces);
        self.ctx.fonts_mut(|fonts| fonts.layout_job(job))
    }
}

const BOX: char = '□';

/// What stands on the page for a character: control characters and those that turn the direction of
/// text are shown as boxes, so that nothing hides in an article.
fn visible(c: char) -> char {
    let turns = matches!(
        c,
        '\u{61c}' | '\u{200e}' | '\u{200f}' | '\u{202a}'..='\u{202e}' | '\u{2066}'..='\u{2069}'
    );
    if turns || (c.is_control() && c != '\t') {
        BOX
    } else {
        c
    }
}

fn is_right_to_left(c: char) -> bool {
    matches!(
        c,
        '\u{590}'..='\u{8ff}'
            | '\u{fb1d}'..='\u{fdff}'
            | '\u{fe70}'..='\u{fefe}'
            | '\u{10800}'..='\u{10fff}'
            | '\u{1e800}'..='\u{1efff}'
    )
}

/// Bytes to characters and back within a block.
#[derive(Debug, Clone)]
enum Chars {
    /// A byte is a character.
    Ascii,
    /// Where each character starts.
    Starts(Vec<u32>),
}

impl Chars {
    fn of(text: &str) -> Self {
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
            Self::Ascii => byte.min(len) as usize,
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
pub(super) struct Laid {
    /// Which one.
    pub(super) block: usize,
    /// Where it lies in the article, in bytes.
    pub(super) range: TextRange,
    /// Whether its line ends with it.
    pub(super) ends_line: bool,
    chars: Chars,
    /// Whether its letters are set one by one, in the order of writing.
    pub(super) guarded: bool,
    /// With the distance to the next, in points.
    pub(super) height: f32,
    row: f32,
    /// Its glyphs.
    pub(super) galley: Arc<Galley>,
    /// The upper left corner of its first row; on the screen once it is on the page.
    pub(super) origin: Pos2,
}

/// The part of a range that stands in one row, on the screen.
#[derive(Debug, Clone, Copy, PartialEq)]
pub(super) struct Piece {
    /// From the row's top to its bottom.
    pub(super) rect: Rect,
    /// Where the letters stand.
    pub(super) baseline: f32,
    /// Row of its block, from 0.
    pub(super) row: usize,
    /// Block it stands in.
    pub(super) block: usize,
    /// Whether the range starts in it.
    pub(super) first: bool,
    /// Whether the range ends in it.
    pub(super) last: bool,
}

impl Laid {
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

    /// The row (from 0) a caret stands in. At a soft line end that is the next row.
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

    fn baseline(&self, row: usize) -> f32 {
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

    /// Where a caret stands: a rectangle without width, as high as the row.
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
        // Behind the blank a row was broken at, the caret would stand in the next row.
        let byte = byte.min(self.row_range(row).end());
        let cluster = snap_to_graphemes(source, TextRange::empty(byte));
        let left = self.caret(cluster.start()).left();
        let right = self.caret(cluster.end()).left();
        if cluster.is_empty() || x - left <= right - x {
            cluster.start()
        } else {
            cluster.end()
        }
    }

    /// A range as it stands in the rows, as far as it lies in this block.
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
