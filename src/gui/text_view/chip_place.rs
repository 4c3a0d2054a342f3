//! Where chips go: into the margin beside their quote, else into a strip below the article, so that
//! they never cover the text.

use egui::{Align2, Pos2, Rect, Vec2, pos2, vec2};

use super::hit::Page;
use super::margin::{EDGE, NAME_GAP, SpeakerName};
use super::marks::TagMark;
use super::scrolling;
use super::typography::Typography;

/// Least width of chips below one another, in points.
const NARROWEST: f32 = 120.0;
/// Most width of them.
const WIDEST: f32 = 260.0;
/// Height of a chip of two lines with the gap after it, in points.
const TWO_LINES: f32 = 48.0;

/// Where chips are shown in the margin.
pub(super) struct ChipPlace {
    pub(super) pivot: Align2,
    pub(super) at: Pos2,
}

/// The room for `count` chips in the right margin, in points; `None`: it is too narrow or too low.
pub(super) fn width_beside(typography: &Typography, view: Rect, count: usize) -> Option<f32> {
    let right = scrolling::column_left(view, typography.width) + typography.width;
    let width = view.right() - EDGE - left_beside(right);
    let count = f32::from(u8::try_from(count).unwrap_or(u8::MAX));
    (width >= NARROWEST && count * TWO_LINES < view.height()).then_some(width.min(WIDEST))
}

fn left_beside(right: f32) -> f32 {
    right + NAME_GAP - 4.0
}

/// In the right margin, under the names of the row or above them; `None`: the quote is out of view.
pub(super) fn beside(
    page: &Page,
    mark: &TagMark<'_>,
    names: &[SpeakerName],
    height: f32,
) -> Option<ChipPlace> {
    let first = mark.pieces().next()?;
    let mut below = (first.baseline + 8.0).max(page.view.top() + 4.0);
    let mut above = first.baseline - 18.0;
    // What several quotes of a row are said by is stacked, from top to bottom.
    for name in names.iter().map(|name| name.rect) {
        if name.bottom() > first.rect.top() && name.top() < below {
            below = below.max(name.bottom() + 3.0);
            above = above.min(name.top() - 2.0);
        }
    }
    let fits_below = below + height < page.view.bottom() - 2.0;
    let fits_above = above - height > page.view.top() + 2.0;
    let (pivot, y) = if fits_below || !fits_above {
        (Align2::LEFT_TOP, below)
    } else {
        (Align2::LEFT_BOTTOM, above)
    };
    Some(ChipPlace {
        pivot,
        at: pos2(left_beside(page.right), y),
    })
}

/// Places for chips of these sizes in rows as wide as `width`, from the upper left corner (0, 0); and
/// the number of rows.
pub(super) fn in_rows(sizes: &[Vec2], width: f32, gap: f32) -> (Vec<Rect>, usize) {
    let mut places: Vec<Rect> = Vec::with_capacity(sizes.len());
    let (mut at, mut rows) = (Pos2::ZERO, 1);
    for &size in sizes {
        if at.x > 0.0 && at.x + size.x > width {
            at = pos2(0.0, at.y + size.y + gap);
            rows += 1;
        }
        places.push(Rect::from_min_size(at, size));
        at += vec2(size.x + gap, 0.0);
    }
    (places, rows)
}
