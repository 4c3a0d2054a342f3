//! The article cut into blocks: lines, and parts of lines too long to lay out at once.

use std::sync::Arc;

use super::heights::{Before, Heights};
use super::typography::{MEASURE, Typography};
use crate::text::{SourceText, TextRange, TextSize, snap_to_graphemes};

/// Longer lines are laid out in several blocks (bytes).
const LONGEST_BLOCK: u32 = 4096;

/// A line of the article, or a part of a long one.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Block {
    /// Where it is, in bytes, without the line break.
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
    before: Arc<[Before]>,
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
            before: estimated(&blocks),
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
    pub(super) fn estimates(&self, typography: &Typography) -> Heights {
        let before = Arc::clone(&self.before);
        Heights::new(before, typography.row, self.gap(true, typography))
    }

    /// White below a block, in points.
    pub(super) fn gap(&self, ends_line: bool, typography: &Typography) -> f32 {
        if self.spaced && ends_line {
            (typography.row * 0.5).round()
        } else {
            0.0
        }
    }
}

/// Rows and ends of lines before each block and after the last.
fn estimated(blocks: &[Block]) -> Arc<[Before]> {
    let per_row = u32::try_from(MEASURE.len()).unwrap_or(66);
    let mut sum = Before::default();
    let mut before = Vec::with_capacity(blocks.len() + 1);
    before.push(sum);
    for block in blocks {
        sum.rows += u32::from(block.range.len()).div_ceil(per_row).max(1);
        sum.gaps += u32::from(block.ends_line);
        before.push(sum);
    }
    before.into()
}

/// Where a block that starts at `start` ends: after a blank, else at a grapheme boundary.
fn soft_end(source: &SourceText, start: TextSize) -> TextSize {
    let text = source.as_str();
    let limit = text.floor_char_boundary(usize::from(start + TextSize::new(LONGEST_BLOCK)));
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
