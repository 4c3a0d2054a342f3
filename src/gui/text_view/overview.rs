//! Where tags and found words are in the whole article, beside the scroll bar.

use egui::{Color32, CornerRadius, Painter, Rangef, Rect};

use super::ViewInput;
use super::blocks::Blocks;
use super::heights::Heights;
use crate::text::{TextRange, TextSize};

/// Width of the strip for tags, in points.
pub(super) const WIDTH: f32 = 12.0;
/// Least height of what is marked, in points.
const LEAST: f32 = 1.5;

/// Maps the article to the height of the bar.
pub(super) struct Map<'a> {
    /// The article's blocks.
    pub(super) blocks: &'a Blocks,
    /// Their heights.
    pub(super) heights: &'a Heights,
    /// The strip, and to its right the bar.
    pub(super) area: Rect,
    /// Height of the article, in points.
    pub(super) total: f64,
}

impl Map<'_> {
    /// Paints a lane for each label into the strip, and what a search has found into the bar.
    /// Paints a fixed number of parts for any article.
    pub(super) fn paint(&self, painter: &Painter, input: &ViewInput<'_>) {
        let labels = input.open.schema().labels();
        let count = u16::try_from(labels.len()).unwrap_or(u16::MAX).max(1);
        let lane = (WIDTH - 2.0) / f32::from(count);
        let mut left = self.area.left() + 1.0;
        for (number, label) in labels.iter().enumerate() {
            let color = input.theme.label_colors(&label.color).line;
            let columns = Rangef::new(left, left + (lane - 1.0).max(1.0));
            let stretches = input.open.overview().stretches(number);
            self.lane(painter, columns, stretches, color.gamma_multiply(0.75));
            left += lane;
        }
        let bar = Rangef::new(self.area.left() + WIDTH + 2.0, self.area.right() - 2.0);
        let hits = input.hit_stretches.iter().copied();
        self.lane(painter, bar, hits, input.theme.current_hit);
    }

    /// Ranges (in order), joined where they meet on the screen.
    fn lane(
        &self,
        painter: &Painter,
        columns: Rangef,
        stretches: impl Iterator<Item = TextRange>,
        color: Color32,
    ) {
        let paint = |rows: Rangef| {
            let rect = Rect::from_x_y_ranges(columns, rows);
            painter.rect_filled(rect, CornerRadius::ZERO, color);
        };
        let mut drawn: Option<Rangef> = None;
        for stretch in stretches {
            let top = self.row(stretch.start());
            let bottom = self.row(stretch.end()).max(top + LEAST);
            match &mut drawn {
                Some(last) if top <= last.max + 0.5 => last.max = last.max.max(bottom),
                drawn => {
                    if let Some(last) = drawn.replace(Rangef::new(top, bottom)) {
                        paint(last);
                    }
                }
            }
        }
        if let Some(last) = drawn {
            paint(last);
        }
    }

    /// Where on the screen a place of the text is marked.
    fn row(&self, place: TextSize) -> f32 {
        let block = self.blocks.at(place);
        let range = self.blocks.get(block).map(|block| block.range);
        let within = range.map_or(0.0, |range| {
            let into = place.checked_sub(range.start()).unwrap_or_default();
            let len = u32::from(range.len()).max(1);
            f64::from(u32::from(into).min(len)) / f64::from(len)
        });
        let (top, end) = (self.heights.top(block), self.heights.top(block + 1));
        let part = (top + within * (end - top)) / self.total.max(1.0);
        #[allow(clippy::cast_possible_truncation, reason = "a part of the whole")]
        let part = part as f32;
        self.area.top() + self.area.height() * part
    }
}
