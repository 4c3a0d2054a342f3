//! How text is set: font, height of a row, width of the column.

use egui::text::{LayoutJob, LayoutSection, TextFormat, TextWrapping};
use egui::{Color32, Context, FontId};

use super::colleagues::room_above_rows;
use crate::gui::fonts;

/// Points of the text at zoom 1.
const TEXT_SIZE: f32 = 18.0;
/// Characters in a full row.
pub(super) const MEASURE: &str =
    "the quick brown fox jumps over the lazy dog and said so on a sunday";

/// Least white to the left of the column, for brackets and links, in points.
pub(super) const LEFT_MARGIN: f32 = 60.0;
/// Least white to the right of it, in points.
const RIGHT_MARGIN: f32 = 28.0;
/// White to the right that holds most names and the candidates for a speaker, in points.
pub(super) const NAME_MARGIN: f32 = 180.0;
/// White to the right that holds short names, in points.
const NARROW_NAME_MARGIN: f32 = 96.0;
/// Part of a full row the column keeps where names need the room.
const LEAST: f32 = 0.46;

/// Width of the column in a view this wide, in points: a full row where there is room for it beside
/// the names; else less, so that the names stay.
fn column(full: f32, view: f32) -> f32 {
    let least = full * LEAST;
    let beside = |margin: f32| view - LEFT_MARGIN - margin;
    if beside(NAME_MARGIN) >= least {
        beside(NAME_MARGIN).min(full)
    } else if beside(NARROW_NAME_MARGIN) >= least {
        least
    } else {
        beside(RIGHT_MARGIN).min(full)
    }
}

/// How text is set: what a block's layout depends on beside its words.
#[derive(Debug, Clone, PartialEq)]
pub(super) struct Typography {
    font: FontId,
    /// Height of a row, in points.
    pub(super) row: f32,
    /// Width of the column, in points.
    pub(super) width: f32,
    pixels_per_point: f32,
}

impl Typography {
    /// For a zoom, the width of the view, and how many people have tags drawn above the rows; in points.
    pub(super) fn new(ctx: &Context, zoom: f32, view: f32, colleagues: usize) -> Self {
        let size = TEXT_SIZE * zoom;
        let font = fonts::reading_font(size);
        let full: f32 = ctx.fonts_mut(|fonts| {
            MEASURE
                .chars()
                .map(|letter| fonts.glyph_width(&font, letter))
                .sum()
        });
        Self {
            row: (size * 1.72 + room_above_rows(colleagues, size)).round(),
            width: column(full, view).max(size * 4.0).round(),
            font,
            pixels_per_point: ctx.pixels_per_point(),
        }
    }

    /// A length on whole pixels, so that backgrounds and lines stay sharp.
    pub(super) fn on_pixel(&self, length: f32) -> f32 {
        (length * self.pixels_per_point).round() / self.pixels_per_point
    }

    /// Points of the text.
    pub(super) fn size(&self) -> f32 {
        self.font.size
    }

    /// A text to lay out, in pieces (bytes) that are shaped each for itself.
    pub(super) fn job(&self, text: String, pieces: impl Iterator<Item = usize>) -> LayoutJob {
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
