//! What is drawn under, in and beside the rows. Text never moves: tags are tints, underlines and
//! lines in the margins.

use egui::epaint::{CornerRadiusF32, RectShape};
use egui::{Color32, CornerRadius, FontId, Painter, Pos2, Rect, Shape, Stroke, StrokeKind};
use egui::{Rangef, pos2, vec2};

use super::block_layout::Piece;
use super::hit::Page;
use super::marks::{Fragment, TagMark};
use super::overflow::Overflow;
use crate::gui::fonts;
use crate::gui::theme::Theme;
use crate::model::{AnnotationId, Review};
use crate::text::TextRange;

/// What is known of this frame beside the page and the tags.
pub(super) struct PaintContext<'a> {
    /// The colours.
    pub(super) theme: &'a Theme,
    /// Points of the text.
    pub(super) size: f32,
    /// The current tag.
    pub(super) current: Option<&'a AnnotationId>,
    /// The tag under the pointer.
    pub(super) hovered: Option<&'a AnnotationId>,
    /// What the current and the hovered tag are linked with.
    pub(super) highlighted: &'a [AnnotationId],
    /// Where an edge is being dragged to: the tag, which fragment, its range so far.
    pub(super) dragged: Option<(&'a AnnotationId, usize, TextRange)>,
}

/// How strongly a tag is drawn.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Emphasis {
    Faint,
    Plain,
    Hovered,
    Current,
}

impl PaintContext<'_> {
    fn emphasis(&self, mark: &TagMark<'_>) -> Emphasis {
        let id = &mark.tag.id;
        if self.current == Some(id) {
            Emphasis::Current
        } else if self.hovered == Some(id) || self.highlighted.contains(id) {
            Emphasis::Hovered
        } else if mark.tag.is_rejected() {
            Emphasis::Faint
        } else {
            Emphasis::Plain
        }
    }

    /// Top and bottom of the ground behind letters.
    pub(super) fn background(&self, piece: &Piece) -> Rect {
        Rect::from_x_y_ranges(piece.rect.x_range(), self.letters(piece.baseline))
    }

    fn letters(&self, baseline: f32) -> Rangef {
        Rangef::new(baseline - self.size * 0.90, baseline + self.size * 0.29)
    }

    /// The pieces of a fragment, moved while its edge is dragged.
    fn pieces(&self, page: &Page, mark: &TagMark<'_>, fragment: &Fragment) -> Vec<Piece> {
        match &self.dragged {
            Some((tag, index, range)) if **tag == mark.tag.id && *index == fragment.index => {
                page.pieces(*range)
            }
            _ => fragment.pieces.clone(),
        }
    }
}

/// Ground behind the letters of a range: found words, the selection.
pub(super) fn background(
    painter: &Painter,
    cx: &PaintContext<'_>,
    page: &Page,
    range: TextRange,
    fill: Color32,
) {
    for piece in page.pieces(range) {
        painter.rect_filled(cx.background(&piece), CornerRadius::same(2), fill);
    }
}

/// The same with a line around it: what stands out from the ground of a tag.
pub(super) fn outlined(
    painter: &Painter,
    cx: &PaintContext<'_>,
    page: &Page,
    range: TextRange,
    (fill, edge): (Color32, Stroke),
) {
    for piece in page.pieces(range) {
        let rect = cx.background(&piece);
        painter.rect(rect, CornerRadius::same(2), fill, edge, StrokeKind::Outside);
    }
}

/// The selection, with a hint of the line breaks in it.
pub(super) fn selection(painter: &Painter, cx: &PaintContext<'_>, page: &Page, range: TextRange) {
    let fill = cx.theme.selection;
    background(painter, cx, page, range, fill);
    for layout in &page.blocks {
        let end = layout.range.end();
        if layout.ends_line && range.start() <= end && end < range.end() {
            let left = layout.caret(end).left();
            let baseline = layout.baseline(layout.row_of(end));
            let rect = Rect::from_x_y_ranges(left..=(left + 6.0), cx.letters(baseline));
            painter.rect_filled(rect, CornerRadius::same(2), fill);
        }
    }
}

/// Tints behind the letters.
pub(super) fn tag_backgrounds(
    painter: &Painter,
    cx: &PaintContext<'_>,
    page: &Page,
    marks: &[TagMark<'_>],
) {
    for mark in marks {
        let emphasis = cx.emphasis(mark);
        let strength = match emphasis {
            Emphasis::Faint => continue,
            Emphasis::Plain if mark.tag.is_open_suggestion() => continue,
            Emphasis::Plain => 0.0,
            Emphasis::Hovered => 0.08,
            Emphasis::Current => 0.16,
        };
        for fragment in &mark.fragments {
            for piece in cx.pieces(page, mark, fragment) {
                let round = |yes: bool| if yes { 3.0 } else { 0.0 };
                let corners = CornerRadiusF32 {
                    nw: round(piece.first),
                    sw: round(piece.first),
                    ne: round(piece.last),
                    se: round(piece.last),
                };
                // What is within another tag of its label stands out from it.
                let depth = lane_number(mark.lane(piece.block));
                let fill =
                    (mark.colors.tint).lerp_to_gamma(mark.colors.line, strength + 0.07 * depth);
                let rect = cx.background(&piece);
                painter.add(RectShape::filled(rect, CornerRadius::from(corners), fill));
            }
        }
    }
}

/// Underlines, the bridges over gaps, rings around what is linked.
pub(super) fn lines(painter: &Painter, cx: &PaintContext<'_>, page: &Page, marks: &[TagMark<'_>]) {
    for mark in marks {
        let emphasis = cx.emphasis(mark);
        let suggested = mark.tag.is_open_suggestion();
        let color = match emphasis {
            Emphasis::Faint => cx.theme.surface.lerp_to_gamma(mark.colors.line, 0.45),
            Emphasis::Plain | Emphasis::Hovered | Emphasis::Current if suggested => cx.theme.muted,
            Emphasis::Plain | Emphasis::Hovered | Emphasis::Current => mark.colors.line,
        };
        let width = match emphasis {
            Emphasis::Current => 2.5,
            Emphasis::Hovered => 2.0,
            Emphasis::Faint => 1.0,
            Emphasis::Plain => 1.5,
        };
        let stroke = Stroke::new(width, color);
        let level = |piece: &Piece| {
            let lane = lane_number(mark.lane(piece.block));
            piece.baseline + cx.size * 0.29 + 0.5 + 3.0 * lane
        };
        let mut before: Option<Piece> = None;
        for fragment in &mark.fragments {
            let pieces = cx.pieces(page, mark, fragment);
            if let (Some(last), Some(first)) = (before, pieces.first()) {
                bridge(
                    painter,
                    page,
                    (&last, level(&last)),
                    (first, level(first)),
                    color,
                );
            }
            for piece in &pieces {
                let y = level(piece);
                let ends = [pos2(piece.rect.left(), y), pos2(piece.rect.right(), y)];
                if suggested {
                    painter.extend(Shape::dashed_line(&ends, stroke, 5.0, 3.0));
                } else if emphasis == Emphasis::Faint {
                    painter.extend(Shape::dashed_line(&ends, stroke, 2.0, 3.0));
                } else {
                    painter.line_segment(ends, stroke);
                }
                if mark.tag.is_rejected() {
                    let y = piece.baseline - cx.size * 0.27;
                    let ends = [pos2(piece.rect.left(), y), pos2(piece.rect.right(), y)];
                    painter.line_segment(ends, Stroke::new(1.0, cx.theme.muted));
                }
                if cx.highlighted.contains(&mark.tag.id) {
                    let ring = cx.background(piece).expand(1.0);
                    let stroke = Stroke::new(1.5, mark.colors.line);
                    painter.rect_stroke(ring, CornerRadius::same(4), stroke, StrokeKind::Outside);
                }
            }
            before = pieces.last().copied().or(before);
        }
    }
}

fn lane_number(lane: usize) -> f32 {
    f32::from(u8::try_from(lane).unwrap_or(u8::MAX))
}

/// The dotted line from the end of one fragment to the start of the next.
fn bridge(
    painter: &Painter,
    page: &Page,
    (from, from_y): (&Piece, f32),
    (to, to_y): (&Piece, f32),
    color: Color32,
) {
    let stretches = if (from.block, from.row) == (to.block, to.row) {
        vec![(from.rect.right(), to.rect.left(), from_y)]
    } else if from.block == to.block && from.row + 1 == to.row {
        let block = page.blocks.iter().find(|layout| layout.block == from.block);
        let row_end = block.map_or(page.right, |layout| layout.row_right(from.row));
        vec![
            (from.rect.right(), row_end, from_y),
            (page.left, to.rect.left(), to_y),
        ]
    } else {
        // Over more rows the bracket in the margin bridges it.
        Vec::new()
    };
    for (left, right, y) in stretches {
        let ends = [pos2(left + 2.0, y), pos2(right - 1.0, y)];
        painter.extend(Shape::dotted_line(&ends, color, 4.5, 0.9));
    }
}

/// The letter of each label above the start of its tags, how many are not drawn, and the handles of
/// the current tag.
pub(super) fn label_tabs(
    painter: &Painter,
    cx: &PaintContext<'_>,
    page: &Page,
    marks: &[TagMark<'_>],
    overflows: &[Overflow],
) {
    let mut tabs = Tabs {
        painter,
        cx,
        font: fonts::bold_font((cx.size * 0.53).max(9.0)),
        taken: Vec::new(),
    };
    for mark in marks {
        let Some(first) = mark.fragments.first() else {
            continue;
        };
        let pieces = cx.pieces(page, mark, first);
        let Some(piece) = pieces
            .first()
            .filter(|piece| piece.first && first.index == 0)
        else {
            continue;
        };
        let mut text = mark.letter.to_string();
        if mark.tag.review == Review::Unsure {
            text.push('?');
        }
        let faint = mark.tag.is_rejected() || mark.tag.is_open_suggestion();
        let colors = if faint {
            (cx.theme.muted, cx.theme.panel)
        } else {
            (mark.colors.text, mark.colors.tint)
        };
        let accepted = mark.tag.review == Review::Accepted;
        let top = cx.background(piece).top();
        tabs.put(pos2(piece.rect.left(), top), text, colors, accepted);
        if !mark.tag.note.is_empty() {
            let end = mark.pieces().last().filter(|piece| piece.last);
            let at = end.unwrap_or(piece);
            let corner = pos2(at.rect.right(), cx.background(at).top());
            note_mark(painter, corner, (colors.0, cx.theme.surface));
        }
    }
    for overflow in overflows {
        let Some(layout) = page.block_at(overflow.at) else {
            continue;
        };
        let top = cx.letters(layout.baseline(layout.row_of(overflow.at))).min;
        let at = pos2(layout.caret(overflow.at).left(), top);
        let colors = (cx.theme.muted, cx.theme.panel);
        tabs.put(at, format!("+{}", overflow.hidden), colors, false);
    }
    for (place, _, _, color) in handles(cx, page, marks) {
        painter.circle(place, 4.5, color, Stroke::new(1.5, cx.theme.surface));
    }
}

/// The sign of a note, at the upper right corner of a tag: a sheet with two lines, above the line of a
/// link and left of the badge of the next tag.
fn note_mark(painter: &Painter, corner: Pos2, (color, ground): (Color32, Color32)) {
    let sheet = Rect::from_min_size(corner - vec2(10.0, 7.0), vec2(9.0, 9.0));
    painter.rect(
        sheet,
        1,
        ground,
        Stroke::new(1.0, color),
        StrokeKind::Inside,
    );
    for y in [3.0, 5.5] {
        let line = [
            sheet.left_top() + vec2(2.0, y),
            sheet.left_top() + vec2(7.0, y),
        ];
        painter.line_segment(line, Stroke::new(1.0, color));
    }
}

/// Tabs on the upper edge of tints, in the white between the rows, beside one another.
struct Tabs<'a> {
    painter: &'a Painter,
    cx: &'a PaintContext<'a>,
    font: FontId,
    taken: Vec<Rect>,
}

impl Tabs<'_> {
    /// Puts a tab where a tint has its upper left corner, or to the right of those that are there;
    /// with a check mark after its words where what it is of is accepted.
    fn put(
        &mut self,
        corner: Pos2,
        text: String,
        (color, fill): (Color32, Color32),
        accepted: bool,
    ) {
        let galley = self.painter.layout_no_wrap(text, self.font.clone(), color);
        let height = (self.cx.size * 0.47).round();
        let check = if accepted { height } else { 0.0 };
        let size = vec2(galley.size().x + 6.0 + check, height);
        let mut at = corner - vec2(0.0, height - 0.5);
        while let Some(other) = self
            .taken
            .iter()
            .find(|other| other.intersects(Rect::from_min_size(at, size)))
        {
            at.x = other.right() + 1.0;
        }
        let tab = Rect::from_min_size(at, size);
        self.taken.push(tab);
        let corners = CornerRadius {
            nw: 3,
            ne: 3,
            sw: 0,
            se: 0,
        };
        self.painter.rect_filled(tab, corners, fill);
        let letter = tab.center() - galley.size() / 2.0 - vec2(check / 2.0, 0.0);
        self.painter.galley(letter, galley, color);
        if accepted {
            let at = pos2(tab.right() - check / 2.0 - 2.0, tab.center().y);
            check_mark(self.painter, at, color);
        }
    }
}

/// The check of an accepted tag.
fn check_mark(painter: &Painter, center: Pos2, color: Color32) {
    let points = [vec2(-3.0, 0.0), vec2(-1.0, 2.5), vec2(3.0, -2.5)];
    let points = points.map(|by| center + by).to_vec();
    painter.add(Shape::line(points, Stroke::new(1.5, color)));
}

/// The knobs of the current tag's edges: where, which fragment, whether its start, its colour.
pub(super) fn handles(
    cx: &PaintContext<'_>,
    page: &Page,
    marks: &[TagMark<'_>],
) -> Vec<(Pos2, usize, bool, Color32)> {
    let mut handles_of_tag = Vec::new();
    let Some(mark) = marks.iter().find(|mark| cx.current == Some(&mark.tag.id)) else {
        return handles_of_tag;
    };
    for fragment in &mark.fragments {
        let pieces = cx.pieces(page, mark, fragment);
        if let Some(piece) = pieces.first().filter(|piece| piece.first) {
            let background = cx.background(piece);
            let at = pos2(background.left(), background.bottom() + 3.0);
            handles_of_tag.push((at, fragment.index, true, mark.colors.line));
        }
        if let Some(piece) = pieces.last().filter(|piece| piece.last) {
            let background = cx.background(piece);
            let at = pos2(background.right(), background.bottom() + 3.0);
            handles_of_tag.push((at, fragment.index, false, mark.colors.line));
        }
    }
    handles_of_tag
}

/// The letters themselves.
pub(super) fn text(painter: &Painter, cx: &PaintContext<'_>, page: &Page) {
    for layout in &page.blocks {
        painter.galley(layout.origin, layout.galley.clone(), cx.theme.text);
    }
}

/// The caret does not blink, so that an idle window is not redrawn.
pub(super) fn caret(painter: &Painter, cx: &PaintContext<'_>, rect: Rect, focused: bool) {
    let color = if focused {
        cx.theme.accent
    } else {
        cx.theme.muted
    };
    let height = cx.size * 1.25;
    let bar = Rect::from_center_size(
        pos2(rect.left(), rect.center().y + cx.size * 0.02),
        vec2(2.0, height),
    );
    painter.rect_filled(bar, CornerRadius::same(1), color);
}
