//! The speakers' names beside quotes and claims. They and the chips of candidates share the margin:
//! names that chips would cover move up or down.

use std::sync::Arc;

use egui::text::{LayoutJob, TextFormat, TextWrapping};
use egui::{Color32, FontId, Galley, Painter, Rect, Shape, Stroke, pos2, vec2};

use super::hit::Page;
use super::marks::{Attribution, TagMark};
use super::paint::PaintContext;
use crate::gui::short_name::short_name_to;
use crate::model::AnnotationId;

/// From the column to the names, in points.
pub(super) const NAME_GAP: f32 = 22.0;
/// From the names to the edge of the view, in points.
pub(super) const EDGE: f32 = 6.0;
/// Least width of a name, in points.
const LEAST_NAME: f32 = 44.0;
/// How many names fit below one another beside one row.
const NAMES_OF_A_ROW: f32 = 4.0;
/// Between a name and the chips, in points.
const APART: f32 = 3.0;
/// From the names to the dots before them, in points.
const DOT: f32 = 9.0;

/// A name beside a quote, and where it may be clicked.
#[derive(Debug)]
pub(super) struct SpeakerName {
    /// The quote or claim.
    pub(super) tag: AnnotationId,
    /// Where it is.
    pub(super) rect: Rect,
}

/// A name and its place, to be drawn.
pub(super) struct MarginName<'m> {
    mark: &'m TagMark<'m>,
    galley: Arc<Galley>,
    color: Color32,
    confirmed: bool,
    /// Where its letters are.
    pub(super) rect: Rect,
    /// Where they would be without the chips: the middle, in points.
    beside: f32,
}

/// The speaker, to the right of the first row of each quote and claim, from top to bottom.
pub(super) fn lay_out<'m>(
    painter: &Painter,
    cx: &PaintContext<'_>,
    page: &Page,
    marks: &'m [TagMark<'_>],
) -> Vec<MarginName<'m>> {
    let mut names: Vec<MarginName<'m>> = Vec::new();
    let left = page.right + NAME_GAP;
    let width = page.view.right() - EDGE - left;
    if width < LEAST_NAME {
        return names;
    }
    // In one row as in the text, of two that start together the longer first.
    let mut order: Vec<&TagMark<'_>> = marks
        .iter()
        .filter(|mark| mark.starts())
        .filter(|mark| !mark.tag.is_rejected())
        .collect();
    let top = |mark: &TagMark<'_>| mark.pieces().next().map_or(0.0, |piece| piece.rect.top());
    let place = |mark: &TagMark<'_>| {
        let hull = mark.tag.fragments.hull();
        (hull.start(), std::cmp::Reverse(hull.len()))
    };
    order.sort_by(|a, b| {
        top(a)
            .total_cmp(&top(b))
            .then_with(|| place(a).cmp(&place(b)))
    });
    let mut free = f32::NEG_INFINITY;
    for mark in order {
        let Some(piece) = mark.pieces().next() else {
            continue;
        };
        let (words, confirmed) = match &mark.attribution {
            Attribution::Speaker {
                name, confirmed, ..
            } => (name.clone(), *confirmed),
            Attribution::NotGiven { confirmed } => ("no speaker given".to_owned(), *confirmed),
            Attribution::Missing | Attribution::NotApplicable => continue,
        };
        let strong = cx.current == Some(&mark.tag.id) || cx.hovered == Some(&mark.tag.id);
        let color = match (confirmed, strong) {
            (_, true) => cx.theme.text,
            (true, false) => cx.theme.muted,
            // Nobody has asked for it yet.
            (false, false) if mark.tag.is_open_suggestion() => cx.theme.muted,
            (false, false) => cx.theme.warning,
        };
        let text = if confirmed {
            words
        } else {
            format!("{words}?")
        };
        let font = FontId::proportional((cx.size * 0.7).clamp(11.0, 20.0));
        let galley = name_galley(painter, text, font, color, width);
        let mut y = piece.baseline - galley.size().y * 0.78;
        if y < free {
            if free - y > galley.size().y * NAMES_OF_A_ROW {
                continue;
            }
            y = free;
        }
        free = y + galley.size().y + 1.0;
        let rect = Rect::from_min_size(pos2(left, y), galley.size());
        names.push(MarginName {
            mark,
            galley,
            color,
            confirmed,
            rect,
            beside: rect.center().y,
        });
    }
    names
}

/// A name in one line, shortened where it would be wider.
fn name_galley(
    painter: &Painter,
    name: String,
    font: FontId,
    color: Color32,
    width: f32,
) -> Arc<Galley> {
    let name = short_name_to(painter, &name, &font, width);
    let mut job = LayoutJob::single_section(name, TextFormat::simple(font, color));
    job.wrap = TextWrapping::truncate_at_width(width);
    painter.layout_job(job)
}

/// Where names go that make room for the chips between `top` and `bottom` (points): the first
/// `above` of them move up, the others down, no further than they must.
pub(super) fn made_room(
    names: &[MarginName<'_>],
    above: usize,
    (top, bottom): (f32, f32),
) -> Vec<Rect> {
    let mut rects: Vec<Rect> = names.iter().map(|name| name.rect).collect();
    let (up, down) = rects.split_at_mut(above.min(names.len()));
    let mut free = top - APART;
    for rect in up.iter_mut().rev() {
        *rect = rect.translate(vec2(0.0, (free - rect.bottom()).min(0.0)));
        free = rect.top() - 1.0;
    }
    free = bottom + APART;
    for rect in down {
        *rect = rect.translate(vec2(0.0, (free - rect.top()).max(0.0)));
        free = rect.bottom() + 1.0;
    }
    rects
}

/// Draws them; returns where each may be clicked.
pub(super) fn paint(painter: &Painter, names: Vec<MarginName<'_>>) -> Vec<SpeakerName> {
    let mut shown = Vec::with_capacity(names.len());
    for name in names {
        let (rect, line) = (name.rect, name.mark.colors.line);
        let dot = pos2(rect.left() - DOT, rect.center().y);
        if (dot.y - name.beside).abs() > rect.height() / 2.0 {
            // To the row it belongs to.
            let row = pos2(dot.x - 5.0, name.beside);
            let corner = pos2(row.x, dot.y);
            let start = row - vec2(4.0, 0.0);
            let line = Stroke::new(1.0, line);
            painter.add(Shape::line(vec![start, row, corner, dot], line));
        }
        if name.confirmed {
            painter.circle_filled(dot, 2.5, line);
        } else {
            painter.circle_stroke(dot, 2.5, Stroke::new(1.2, line));
            let ends = [rect.left_bottom(), rect.right_bottom()];
            painter.extend(Shape::dashed_line(
                &ends,
                Stroke::new(1.0, name.color),
                3.0,
                2.5,
            ));
        }
        painter.galley(rect.min, name.galley, name.color);
        shown.push(SpeakerName {
            tag: name.mark.tag.id.clone(),
            rect: rect.expand2(vec2(12.0, 1.0)),
        });
    }
    shown
}
