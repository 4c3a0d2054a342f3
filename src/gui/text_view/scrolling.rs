//! Ways through the article that depend on how it is laid out: scrolling, rows up and down.

use egui::{Rect, Response, Ui};

use super::heights::{Anchor, Heights};
use super::hit::Page;
use super::typeset::Typesetter;
use super::typography::{LEFT_MARGIN, NAME_MARGIN};
use super::{Position, VerticalDirection};
use crate::text::TextSize;

/// Part of the view that may stay empty below the article.
const EMPTY_BELOW: f32 = 0.35;

/// A block's height; laid out where it is only estimated.
pub(super) fn height(typesetter: &Typesetter<'_>, heights: &mut Heights, block: usize) -> f32 {
    heights.exact(block).unwrap_or_else(|| {
        let height = typesetter.lay_out(block).height;
        heights.set(block, height);
        height
    })
}

fn normalized(typesetter: &Typesetter<'_>, heights: &mut Heights, anchor: Anchor) -> Anchor {
    let mut known = Vec::new();
    let anchor = heights.normalized(anchor, |block| {
        heights.exact(block).unwrap_or_else(|| {
            let height = typesetter.lay_out(block).height;
            known.push((block, height));
            height
        })
    });
    for (block, height) in known {
        heights.set(block, height);
    }
    anchor
}

/// How much stays empty below the article's end at most, in points.
pub(super) fn empty_below(view: f32) -> f32 {
    (view * EMPTY_BELOW).round()
}

/// Lays out what is in view, and only that. The anchor is kept within the article; the find bar, this
/// high in points, changes nothing about that.
pub(super) fn page(
    typesetter: &Typesetter<'_>,
    heights: &mut Heights,
    anchor: &mut Anchor,
    (view, find_bar): (Rect, f32),
    left: f32,
) -> Page {
    *anchor = normalized(typesetter, heights, *anchor);
    let mut page = fill(typesetter, heights, *anchor, view, left);
    let end = page
        .blocks
        .last()
        .filter(|layout| layout.block + 1 >= heights.len())
        .map(|layout| layout.origin.y + typesetter.rows_below(layout));
    if let Some(end) = end {
        let fits = heights.total() <= f64::from(view.height());
        let lowest = if fits {
            view.bottom()
        } else {
            let whole = view.height() + find_bar;
            view.bottom() + (find_bar - empty_below(whole)).min(0.0)
        };
        if end < lowest - 0.5 && (anchor.block > 0 || anchor.offset > 0.0) {
            anchor.offset -= lowest - end;
            *anchor = normalized(typesetter, heights, *anchor);
            page = fill(typesetter, heights, *anchor, view, left);
        }
    }
    page
}

fn fill(
    typesetter: &Typesetter<'_>,
    heights: &mut Heights,
    anchor: Anchor,
    view: Rect,
    left: f32,
) -> Page {
    let mut blocks = Vec::new();
    let mut y = view.top() - typesetter.typography.on_pixel(anchor.offset);
    let mut block = anchor.block;
    while y < view.bottom() && block < heights.len() {
        let mut next = typesetter.lay_out(block);
        heights.set(block, next.height);
        next.origin.x += left;
        next.origin.y += y;
        y += next.height;
        block += 1;
        blocks.push(next);
    }
    Page {
        blocks,
        view,
        left,
        right: left + typesetter.typography.width,
    }
}

/// Where a place is within its block, from the block's top: top and bottom of its row.
pub(super) fn row_in_block(typesetter: &Typesetter<'_>, place: TextSize) -> (usize, f32, f32) {
    let block = typesetter.blocks.at(place);
    let rect = typesetter.lay_out(block).caret(place);
    (block, rect.top(), rect.bottom())
}

/// How far the top of `block` is below the top of the view, if it is at most `far` away.
pub(super) fn distance(
    typesetter: &Typesetter<'_>,
    heights: &mut Heights,
    anchor: Anchor,
    block: usize,
    far: f32,
) -> Option<f32> {
    let mut y = -anchor.offset;
    let mut at = anchor.block;
    while at < block {
        y += height(typesetter, heights, at);
        at += 1;
        if y > far {
            return None;
        }
    }
    while at > block {
        at -= 1;
        y -= height(typesetter, heights, at);
        if y < -far {
            return None;
        }
    }
    Some(y)
}

/// The anchor for a place read earlier.
pub(super) fn anchor_of(typesetter: &Typesetter<'_>, position: Position) -> Anchor {
    if position == Position::default() {
        return Anchor::default();
    }
    let (block, top, _) = row_in_block(typesetter, position.top);
    Anchor {
        block,
        offset: top + position.offset,
    }
}

/// What is at the top of the view, to come back to.
pub(super) fn position_of(page: &Page) -> Position {
    let Some(layout) = page.blocks.first() else {
        return Position::default();
    };
    let top = page.view.top();
    let row = (0..layout.rows())
        .find(|&row| layout.row_span(row).1 > top)
        .unwrap_or_else(|| layout.rows() - 1);
    Position {
        top: layout.row_range(row).start(),
        offset: top - layout.row_span(row).0,
    }
}

/// The place `rows` up or down from a caret, nearest to `x` from the column's left edge. Beyond the
/// first row the start of the article, beyond the last its end.
pub(super) fn rows_away(
    typesetter: &Typesetter<'_>,
    from: TextSize,
    x: f32,
    way: VerticalDirection,
    rows: usize,
) -> TextSize {
    let mut layout = typesetter.lay_out(typesetter.blocks.at(from));
    let mut row = layout.row_of(from);
    for _ in 0..rows {
        match way {
            VerticalDirection::Down if row + 1 < layout.rows() => row += 1,
            VerticalDirection::Down if layout.block + 1 < typesetter.blocks.len() => {
                layout = typesetter.lay_out(layout.block + 1);
                row = 0;
            }
            VerticalDirection::Down => return typesetter.source.len(),
            VerticalDirection::Up if row > 0 => row -= 1,
            VerticalDirection::Up if layout.block > 0 => {
                layout = typesetter.lay_out(layout.block - 1);
                row = layout.rows() - 1;
            }
            VerticalDirection::Up => return TextSize::new(0),
        }
    }
    layout.place_in_row(typesetter.source, row, x)
}

/// Left edge of the column: in the middle, moved to the left where names need the room.
pub(super) fn column_left(view: Rect, width: f32) -> f32 {
    let spare = view.width() - width;
    let middle = spare / 2.0;
    let left = (spare - NAME_MARGIN).clamp(LEFT_MARGIN.min(middle), middle);
    (view.left() + left).round()
}

/// How far the wheel moves the view in this frame, in points.
pub(super) fn scrolled(ui: &Ui, response: &Response) -> f32 {
    if response.contains_pointer() {
        -ui.input(|input| input.smooth_scroll_delta().y)
    } else {
        0.0
    }
}
