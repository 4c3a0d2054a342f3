//! Ways through the article that depend on how it is laid out: scrolling, bringing a place into
//! view, rows up and down.

use egui::{Rect, Response, Ui};

use super::hit::Page;
use super::scroll::{Anchor, Heights};
use super::typeset::Typesetter;
use super::{LEFT_MARGIN, Position, Vertical};
use crate::text::{TextRange, TextSize};

/// White to the right that holds most names, in points.
const NAME_MARGIN: f32 = 150.0;
/// Part of the view that may stay empty below the article.
const EMPTY_BELOW: f32 = 0.35;

/// A block's height; laid out where it is only estimated.
pub(super) fn height(setter: &Typesetter<'_>, heights: &mut Heights, block: usize) -> f32 {
    heights.exact(block).unwrap_or_else(|| {
        let height = setter.lay_out(block).height;
        heights.set(block, height);
        height
    })
}

fn normalized(setter: &Typesetter<'_>, heights: &mut Heights, anchor: Anchor) -> Anchor {
    let mut known = Vec::new();
    let anchor = heights.normalized(anchor, |block| {
        heights.exact(block).unwrap_or_else(|| {
            let height = setter.lay_out(block).height;
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

/// Lays out what is in view, and only that. The anchor is kept within the article.
pub(super) fn page(
    setter: &Typesetter<'_>,
    heights: &mut Heights,
    anchor: &mut Anchor,
    view: Rect,
    left: f32,
) -> Page {
    *anchor = normalized(setter, heights, *anchor);
    let mut page = fill(setter, heights, *anchor, view, left);
    let end = page
        .laid
        .last()
        .filter(|laid| laid.block + 1 >= heights.len())
        .map(|laid| laid.origin.y + setter.rows_below(laid));
    if let Some(end) = end {
        let fits = heights.total() <= f64::from(view.height());
        let lowest = if fits {
            view.bottom()
        } else {
            view.bottom() - empty_below(view.height())
        };
        if end < lowest - 0.5 && (anchor.block > 0 || anchor.offset > 0.0) {
            anchor.offset -= lowest - end;
            *anchor = normalized(setter, heights, *anchor);
            page = fill(setter, heights, *anchor, view, left);
        }
    }
    page
}

fn fill(
    setter: &Typesetter<'_>,
    heights: &mut Heights,
    anchor: Anchor,
    view: Rect,
    left: f32,
) -> Page {
    let mut laid = Vec::new();
    let mut y = view.top() - setter.setting.on_pixel(anchor.offset);
    let mut block = anchor.block;
    while y < view.bottom() && block < heights.len() {
        let mut next = setter.lay_out(block);
        heights.set(block, next.height);
        next.origin.x += left;
        next.origin.y += y;
        y += next.height;
        block += 1;
        laid.push(next);
    }
    Page {
        laid,
        view,
        left,
        right: left + setter.setting.width,
    }
}

/// Where a place stands within its block, from the block's top: top and bottom of its row.
fn row_in_block(setter: &Typesetter<'_>, place: TextSize) -> (usize, f32, f32) {
    let block = setter.blocks.at(place);
    let rect = setter.lay_out(block).caret(place);
    (block, rect.top(), rect.bottom())
}

/// How far the top of `block` stands below the top of the view, if it is at most `far` away.
fn distance(
    setter: &Typesetter<'_>,
    heights: &mut Heights,
    anchor: Anchor,
    block: usize,
    far: f32,
) -> Option<f32> {
    let mut y = -anchor.offset;
    let mut at = anchor.block;
    while at < block {
        y += height(setter, heights, at);
        at += 1;
        if y > far {
            return None;
        }
    }
    while at > block {
        at -= 1;
        y -= height(setter, heights, at);
        if y < -far {
            return None;
        }
    }
    Some(y)
}

/// The anchor with a range in view. What is in view already stays where it is; what is near comes in
/// by the shortest way; what is far comes to the upper third.
pub(super) fn revealing(
    setter: &Typesetter<'_>,
    heights: &mut Heights,
    anchor: Anchor,
    range: TextRange,
    view: f32,
) -> Anchor {
    if range.end() == TextSize::new(0) {
        // The white above the article belongs to its start.
        return Anchor::default();
    }
    let (block, top, _) = row_in_block(setter, range.start());
    let (last, _, bottom) = row_in_block(setter, range.end());
    let far = view * 2.0;
    let start = distance(setter, heights, anchor, block, far).map(|y| y + top);
    let Some(start) = start else {
        return Anchor {
            block,
            offset: top - view / 3.0,
        };
    };
    let end = distance(setter, heights, anchor, last, far).map_or(f32::INFINITY, |y| y + bottom);
    let margin = setter.setting.row.min(view / 4.0);
    let shift = if start < 0.0 {
        start - margin
    } else if end > view {
        // As much of the range as fits, its start first.
        (end - view + margin).min(start - margin).max(0.0)
    } else {
        0.0
    };
    Anchor {
        block: anchor.block,
        offset: anchor.offset + shift,
    }
}

/// The anchor for a place read earlier.
pub(super) fn anchor_of(setter: &Typesetter<'_>, position: Position) -> Anchor {
    if position == Position::default() {
        return Anchor::default();
    }
    let (block, top, _) = row_in_block(setter, position.top);
    Anchor {
        block,
        offset: top + position.offset,
    }
}

/// What stands at the top of the view, to come back to.
pub(super) fn position_of(page: &Page) -> Position {
    let Some(laid) = page.laid.first() else {
        return Position::default();
    };
    let top = page.view.top();
    let row = (0..laid.rows())
        .find(|&row| laid.row_span(row).1 > top)
        .unwrap_or_else(|| laid.rows() - 1);
    Position {
        top: laid.row_range(row).start(),
        offset: top - laid.row_span(row).0,
    }
}

/// The place `rows` up or down from a caret, nearest to `x` from the column's left edge. Beyond the
/// first row the start of the article, beyond the last its end.
pub(super) fn rows_away(
    setter: &Typesetter<'_>,
    from: TextSize,
    x: f32,
    way: Vertical,
    rows: usize,
) -> TextSize {
    let mut laid = setter.lay_out(setter.blocks.at(from));
    let mut row = laid.row_of(from);
    for _ in 0..rows {
        match way {
            Vertical::Down if row + 1 < laid.rows() => row += 1,
            Vertical::Down if laid.block + 1 < setter.blocks.len() => {
                laid = setter.lay_out(laid.block + 1);
                row = 0;
            }
            Vertical::Down => return setter.source.len(),
            Vertical::Up if row > 0 => row -= 1,
            Vertical::Up if laid.block > 0 => {
                laid = setter.lay_out(laid.block - 1);
                row = laid.rows() - 1;
            }
            Vertical::Up => return TextSize::new(0),
        }
    }
    laid.place_in_row(setter.source, row, x)
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
