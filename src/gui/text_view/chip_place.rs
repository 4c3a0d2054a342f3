//! Where chips go: into the margin beside their quote, where names make room for them, else into a
//! strip below the article, so that they never cover the text.

use egui::{Pos2, Rect, Vec2, pos2, vec2};

use super::hit::Page;
use super::margin_names::{EDGE, MarginName, NAME_GAP, made_room};
use super::marks::TagMark;
use super::scrolling;
use super::typography::Typography;

/// Least width of chips below one another, in points.
const NARROWEST: f32 = 120.0;
/// Most width of them.
const WIDEST: f32 = 260.0;
/// Height of a chip of two lines with the gap after it, in points.
const TWO_LINES: f32 = 48.0;
/// What it costs when a name leaves the view: more than any way in it, in points.
const LOST: f32 = 1e6;

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

/// In the right margin, under the names of the row or above them; the other names make room. `None`:
/// the quote is out of view.
pub(super) fn beside(
    page: &Page,
    mark: &TagMark<'_>,
    names: &mut [MarginName<'_>],
    size: Vec2,
) -> Option<Rect> {
    let first = mark.pieces().next()?;
    let mut below = (first.baseline + 8.0).max(page.view.top() + 4.0);
    let mut above = first.baseline - 18.0;
    // What several quotes of a row are said by is stacked, from top to bottom.
    for name in names.iter().map(|name| name.rect) {
        if name.bottom() > first.rect.top() && name.top() < below {
            below = below.max(name.bottom() + 3.0);
            above = above.min(name.top() - 3.0);
        }
    }
    let left = left_beside(page.right);
    let view = page.view.shrink(2.0);
    let highest = (view.bottom() - size.y).max(view.top());
    // How far names move; those that leave the view count most.
    let cost = |moved: &[Rect]| {
        let shown =
            |rect: &Rect| page.view.y_range().intersection(rect.y_range()) == rect.y_range();
        let both = names.iter().zip(moved);
        let costs = both.map(|(name, rect)| {
            let away = (rect.top() - name.rect.top()).abs();
            let lost = shown(&name.rect) && !shown(rect);
            away + if lost { LOST } else { 0.0 }
        });
        costs.sum::<f32>()
    };
    let ways = [below, above - size.y].map(|top| {
        let whole = view.top() < top && top + size.y < view.bottom();
        let top = top.clamp(view.top(), highest);
        let splits = (0..=names.len()).map(|split| {
            let moved = made_room(names, split, (top, top + size.y));
            (cost(&moved), moved)
        });
        let (cost, moved) = splits
            .min_by(|a, b| a.0.total_cmp(&b.0))
            .unwrap_or_default();
        (whole, cost < LOST, top, moved)
    });
    let best = ways.iter().find(|(whole, keeps, ..)| *whole && *keeps);
    let best = best.or_else(|| ways.iter().find(|(whole, ..)| *whole));
    let (_, _, top, moved) = best.or(ways.first())?.clone();
    let chips = Rect::from_min_size(pos2(left, top), size);
    for (name, rect) in names.iter_mut().zip(moved) {
        name.rect = rect;
    }
    Some(chips)
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
