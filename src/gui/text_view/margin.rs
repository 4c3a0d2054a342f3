//! What is beside the column: brackets of quotes and claims, their speakers, and the line from a
//! quote to its speaker.

use std::sync::Arc;

use egui::text::{LayoutJob, TextFormat, TextWrapping};
use egui::{Color32, FontId, Galley, Painter, Pos2, Rect, Shape, Stroke, pos2, vec2};

use super::hit::Page;
use super::marks::{Attribution, TagMark};
use super::paint::PaintContext;
use crate::gui::fonts;
use crate::gui::tag_description::fit_name_to;
use crate::model::AnnotationId;
use crate::ops::OpenDocument;

/// From the column to the names, in points.
pub(super) const NAME_GAP: f32 = 22.0;
/// From the names to the edge of the view, in points.
pub(super) const EDGE: f32 = 6.0;
/// Least width of a name, in points.
const LEAST_NAME: f32 = 44.0;
/// How many names fit below one another beside one row.
const NAMES_OF_A_ROW: f32 = 4.0;

/// A speaker no further above or below the bracket than this, in points, is in its first row.
const BESIDE: f32 = 14.0;

/// A name beside a quote, and where it may be clicked.
#[derive(Debug)]
pub(super) struct SpeakerName {
    /// The quote or claim.
    pub(super) tag: AnnotationId,
    /// Where it is.
    pub(super) rect: Rect,
}

/// Brackets beside quotes and claims.
pub(super) fn brackets(painter: &Painter, cx: &PaintContext<'_>, marks: &[TagMark<'_>]) {
    for mark in marks {
        let Some(bracket) = &mark.bracket else {
            continue;
        };
        let strong = cx.current == Some(&mark.tag.id) || cx.hovered == Some(&mark.tag.id);
        let color = if mark.tag.is_rejected() {
            cx.theme.surface.lerp_to_gamma(mark.colors.line, 0.4)
        } else {
            mark.colors.line
        };
        let stroke = Stroke::new(if strong { 2.5 } else { 1.5 }, color);
        let mut before: Option<f32> = None;
        for &(top, bottom) in &bracket.spans {
            if let Some(end) = before
                && top > end
            {
                let gap = [pos2(bracket.x, end), pos2(bracket.x, top)];
                painter.extend(Shape::dotted_line(&gap, color, 4.0, 1.0));
            }
            painter.line_segment([pos2(bracket.x, top), pos2(bracket.x, bottom)], stroke);
            before = Some(bottom);
        }
        let tick = |y: f32| {
            painter.line_segment([pos2(bracket.x, y), pos2(bracket.x + 4.0, y)], stroke);
        };
        if let (true, Some((top, _))) = (bracket.starts, bracket.spans.first()) {
            tick(*top);
        }
        if let (true, Some((_, bottom))) = (bracket.ends, bracket.spans.last()) {
            tick(*bottom);
        }
    }
    questions(painter, cx, marks);
}

/// A question mark beside each quote and claim without a speaker, left of all brackets there; one
/// where several start.
fn questions(painter: &Painter, cx: &PaintContext<'_>, marks: &[TagMark<'_>]) {
    let font = fonts::bold_font(cx.size * 0.66);
    let mut taken: Vec<Rect> = Vec::new();
    for mark in marks {
        let Some(bracket) = mark.bracket.as_ref().filter(|bracket| bracket.starts) else {
            continue;
        };
        let asks = mark.attribution == Attribution::Missing && !mark.tag.is_rejected();
        let Some((top, _)) = bracket.spans.first().filter(|_| asks) else {
            continue;
        };
        let color = cx.theme.warning;
        let galley = painter.layout_no_wrap("?".to_owned(), font.clone(), color);
        let beside = marks
            .iter()
            .filter(|other| {
                let area = other.bracket_area();
                area.is_some_and(|area| area.y_range().contains(*top))
            })
            .filter_map(|other| other.bracket.as_ref())
            .map(|bracket| bracket.x)
            .fold(bracket.x, f32::min);
        let at = pos2(beside - 4.0 - galley.size().x, top - 1.0);
        let rect = Rect::from_min_size(at, galley.size());
        if !taken.iter().any(|other| other.intersects(rect)) {
            painter.galley(at, galley, color);
            taken.push(rect);
        }
    }
}

/// A name in one line, without its title where it would be wider.
fn name_galley(
    painter: &Painter,
    name: String,
    font: FontId,
    color: Color32,
    width: f32,
) -> Arc<Galley> {
    let name = fit_name_to(painter, &name, &font, width);
    let mut job = LayoutJob::single_section(name, TextFormat::simple(font, color));
    job.wrap = TextWrapping::truncate_at_width(width);
    painter.layout_job(job)
}

/// The speaker, to the right of the first row of each quote and claim.
pub(super) fn names(
    painter: &Painter,
    cx: &PaintContext<'_>,
    page: &Page,
    marks: &[TagMark<'_>],
) -> Vec<SpeakerName> {
    let mut shown: Vec<SpeakerName> = Vec::new();
    let left = page.right + NAME_GAP;
    let width = page.view.right() - EDGE - left;
    if width < LEAST_NAME {
        return shown;
    }
    // From top to bottom; in one row as in the text, of two that start together the longer first.
    let mut order: Vec<&TagMark<'_>> = marks
        .iter()
        .filter(|mark| mark.bracket.as_ref().is_some_and(|bracket| bracket.starts))
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
        let dot = pos2(left - 9.0, rect.center().y);
        if confirmed {
            painter.circle_filled(dot, 2.5, mark.colors.line);
        } else {
            painter.circle_stroke(dot, 2.5, Stroke::new(1.2, mark.colors.line));
            let ends = [rect.left_bottom(), rect.right_bottom()];
            painter.extend(Shape::dashed_line(&ends, Stroke::new(1.0, color), 3.0, 2.5));
        }
        painter.galley(rect.min, galley, color);
        shown.push(SpeakerName {
            tag: mark.tag.id.clone(),
            rect: rect.expand2(vec2(12.0, 1.0)),
        });
    }
    shown
}

/// The way from the current or hovered quote to its speaker: down the left margin, then through the
/// white above the row. Dashed while unconfirmed.
pub(super) fn links(
    painter: &Painter,
    cx: &PaintContext<'_>,
    open: &OpenDocument,
    page: &Page,
    marks: &[TagMark<'_>],
) {
    let outermost = marks
        .iter()
        .filter_map(|mark| mark.bracket.as_ref())
        .map(|bracket| bracket.x)
        .fold(page.left - 14.0, f32::min);
    let lane = (outermost - 20.0).max(page.view.left() + 4.0);
    for mark in marks {
        let chosen = cx.current == Some(&mark.tag.id) || cx.hovered == Some(&mark.tag.id);
        let Attribution::Speaker {
            mentions,
            confirmed,
            ..
        } = &mark.attribution
        else {
            continue;
        };
        let Some(bracket) = mark.bracket.as_ref().filter(|_| chosen) else {
            continue;
        };
        let (Some(first), Some(last)) = (bracket.spans.first(), bracket.spans.last()) else {
            continue;
        };
        for id in mentions {
            let target = marks.iter().find(|mark| mark.tag.id == *id);
            let piece = target.and_then(|target| target.pieces().next());
            let end = piece.map(|piece| {
                let top = piece.baseline - cx.size * 0.90;
                pos2(piece.rect.left() - 1.0, top - 3.0)
            });
            // From the point of the bracket nearest to the target.
            let wanted = end.map_or(last.1, |end| end.y).clamp(first.0, last.1);
            let from = pos2(bracket.x, wanted.clamp(page.view.top(), page.view.bottom()));
            let color = target.map_or(cx.theme.muted, |target| target.colors.line);
            // Out of view: towards the side it is on.
            let above = open
                .document()
                .set()
                .annotation(id)
                .is_some_and(|mention| mention.fragments.start() < mark.tag.fragments.start());
            path(painter, page, (from, end), lane, (color, *confirmed), above);
        }
    }
}

fn path(
    painter: &Painter,
    page: &Page,
    (from, to): (Pos2, Option<Pos2>),
    lane: f32,
    (color, confirmed): (Color32, bool),
    above: bool,
) {
    let stroke = Stroke::new(1.25, color);
    let mut points = vec![from, pos2(lane, from.y)];
    match to {
        // Beside the bracket: straight there.
        Some(to) if (to.y - from.y).abs() < BESIDE => {
            points = vec![pos2(from.x, to.y), to, to + vec2(3.0, 3.0)];
        }
        Some(to) => points.extend([pos2(lane, to.y), to, to + vec2(3.0, 3.0)]),
        None if above => points.push(pos2(lane, page.view.top() + 4.0)),
        None => points.push(pos2(lane, page.view.bottom() - 4.0)),
    }
    if confirmed {
        painter.add(Shape::line(points, stroke));
    } else {
        painter.extend(Shape::dashed_line(&points, stroke, 4.0, 3.0));
    }
}
