//! What is beside the column: brackets of quotes and claims, and the line from a quote to its speaker.

use egui::{Color32, Painter, Pos2, Rect, Shape, Stroke, pos2, vec2};

use super::hit::Page;
use super::marks::{Attribution, TagMark};
use super::paint::PaintContext;
use crate::gui::fonts;
use crate::ops::OpenDocument;

/// A speaker no further above or below the bracket than this, in points, is in its first row.
const BESIDE: f32 = 14.0;

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
                .shown()
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
