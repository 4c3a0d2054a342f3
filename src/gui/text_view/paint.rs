//! What is drawn under, in and beside the rows. Text never moves: tags are tints, underlines and
//! lines in the margins.

use egui::epaint::{CornerRadiusF32, RectShape};
use egui::{Color32, CornerRadius, FontId, Painter, Pos2, Rect, Shape, Stroke, StrokeKind};
use egui::{Rangef, pos2, vec2};

use super::hit::Page;
use super::laid_out::Piece;
use super::marks::{Fragment, Mark};
use super::overflow::Overflow;
use crate::gui::fonts;
use crate::gui::theme::Theme;
use crate::model::{AnnotationId, Review};
use crate::text::TextRange;

/// What is known of this frame beside the page and the tags.
pub(super) struct Scene<'a> {
    /// The colours.
    pub(super) theme: &'a Theme,
    /// Points of the text.
    pub(super) size: f32,
    /// The current tag.
    pub(super) current: Option<&'a AnnotationId>,
    /// The tag under the pointer.
    pub(super) hovered: Option<&'a AnnotationId>,
    /// What the current and the hovered tag are linked with.
    pub(super) lit: &'a [AnnotationId],
    /// Where an edge is being dragged to: the tag, which fragment, its range so far.
    pub(super) dragged: Option<(&'a AnnotationId, usize, TextRange)>,
}

/// How strongly a tag is drawn.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Weight {
    Faint,
    Plain,
    Hovered,
    Current,
}

impl Scene<'_> {
    fn weight(&self, mark: &Mark<'_>) -> Weight {
        let id = &mark.tag.id;
        if self.current == Some(id) {
            Weight::Current
        } else if self.hovered == Some(id) || self.lit.contains(id) {
            Weight::Hovered
        } else if mark.tag.is_rejected() {
            Weight::Faint
        } else {
            Weight::Plain
        }
    }

    /// Top and bottom of the ground behind letters.
    fn ground(&self, piece: &Piece) -> Rect {
        Rect::from_x_y_ranges(piece.rect.x_range(), self.letters(piece.baseline))
    }

    fn letters(&self, baseline: f32) -> Rangef {
        Rangef::new(baseline - self.size * 0.90, baseline + self.size * 0.29)
    }

    /// The pieces of a fragment, moved while its edge is dragged.
    fn pieces(&self, page: &Page, mark: &Mark<'_>, fragment: &Fragment) -> Vec<Piece> {
        match &self.dragged {
            Some((tag, index, range)) if **tag == mark.tag.id && *index == fragment.index => {
                page.pieces(*range)
            }
            _ => fragment.pieces.clone(),
        }
    }
}

/// Ground behind the letters of a range: found words, the selection.
pub(super) fn ground(
    painter: &Painter,
    scene: &Scene<'_>,
    page: &Page,
    range: TextRange,
    fill: Color32,
) {
    for piece in page.pieces(range) {
        painter.rect_filled(scene.ground(&piece), CornerRadius::same(2), fill);
    }
}

/// The selection, with a hint of the line breaks in it.
pub(super) fn selection(painter: &Painter, scene: &Scene<'_>, page: &Page, range: TextRange) {
    let fill = scene.theme.selection;
    ground(painter, scene, page, range, fill);
    for laid in &page.laid {
        let end = laid.range.end();
        if laid.ends_line && range.start() <= end && end < range.end() {
            let left = laid.caret(end).left();
            let baseline = laid.baseline(laid.row_of(end));
            let rect = Rect::from_x_y_ranges(left..=(left + 6.0), scene.letters(baseline));
            painter.rect_filled(rect, CornerRadius::same(2), fill);
        }
    }
}

/// Tints behind the letters.
pub(super) fn tints(painter: &Painter, scene: &Scene<'_>, page: &Page, marks: &[Mark<'_>]) {
    for mark in marks {
        let weight = scene.weight(mark);
        let strength = match weight {
            Weight::Faint => continue,
            Weight::Plain if mark.tag.is_open_suggestion() => continue,
            Weight::Plain => 0.0,
            Weight::Hovered => 0.08,
            Weight::Current => 0.16,
        };
        for fragment in &mark.fragments {
            for piece in scene.pieces(page, mark, fragment) {
                let round = |yes: bool| if yes { 3.0 } else { 0.0 };
                let corners = CornerRadiusF32 {
                    nw: round(piece.first),
                    sw: round(piece.first),
                    ne: round(piece.last),
                    se: round(piece.last),
                };
                // What lies within another tag of its label stands out from it.
                let depth = lane_number(mark.lane(piece.block));
                let fill =
                    (mark.colors.tint).lerp_to_gamma(mark.colors.line, strength + 0.07 * depth);
                let rect = scene.ground(&piece);
                painter.add(RectShape::filled(rect, CornerRadius::from(corners), fill));
            }
        }
    }
}

/// Underlines, the bridges over gaps, rings around what is linked.
pub(super) fn lines(painter: &Painter, scene: &Scene<'_>, page: &Page, marks: &[Mark<'_>]) {
    for mark in marks {
        let weight = scene.weight(mark);
        let suggested = mark.tag.is_open_suggestion();
        let color = match weight {
            Weight::Faint => scene.theme.surface.lerp_to_gamma(mark.colors.line, 0.45),
            _ if suggested => scene.theme.muted,
            _ => mark.colors.line,
        };
        let width = match weight {
            Weight::Current => 2.5,
            Weight::Hovered => 2.0,
            Weight::Faint => 1.0,
            Weight::Plain => 1.5,
        };
        let stroke = Stroke::new(width, color);
        let level = |piece: &Piece| {
            let lane = lane_number(mark.lane(piece.block));
            piece.baseline + scene.size * 0.29 + 0.5 + 3.0 * lane
        };
        let mut before: Option<Piece> = None;
        for fragment in &mark.fragments {
            let pieces = scene.pieces(page, mark, fragment);
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
                } else if weight == Weight::Faint {
                    painter.extend(Shape::dashed_line(&ends, stroke, 2.0, 3.0));
                } else {
                    painter.line_segment(ends, stroke);
                }
                if scene.lit.contains(&mark.tag.id) {
                    let ring = scene.ground(piece).expand(1.0);
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
        let block = page.laid.iter().find(|laid| laid.block == from.block);
        let row_end = block.map_or(page.right, |laid| laid.row_right(from.row));
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
pub(super) fn letters(
    painter: &Painter,
    scene: &Scene<'_>,
    page: &Page,
    marks: &[Mark<'_>],
    crowds: &[Overflow],
) {
    let mut tabs = Tabs {
        painter,
        scene,
        font: fonts::bold_font((scene.size * 0.53).max(9.0)),
        taken: Vec::new(),
    };
    for mark in marks {
        let Some(first) = mark.fragments.first() else {
            continue;
        };
        let pieces = scene.pieces(page, mark, first);
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
            (scene.theme.muted, scene.theme.panel)
        } else {
            (mark.colors.text, mark.colors.tint)
        };
        let accepted = mark.tag.review == Review::Accepted;
        let top = scene.ground(piece).top();
        tabs.put(pos2(piece.rect.left(), top), text, colors, accepted);
    }
    for crowd in crowds {
        let Some(laid) = page.block_at(crowd.at) else {
            continue;
        };
        let top = scene.letters(laid.baseline(laid.row_of(crowd.at))).min;
        let at = pos2(laid.caret(crowd.at).left(), top);
        let colors = (scene.theme.muted, scene.theme.panel);
        tabs.put(at, format!("+{}", crowd.hidden), colors, false);
    }
    for (place, _, _, color) in handles(scene, page, marks) {
        painter.circle(place, 4.5, color, Stroke::new(1.5, scene.theme.surface));
    }
}

/// Tabs on the upper edge of tints, in the white between the rows, beside one another.
struct Tabs<'a> {
    painter: &'a Painter,
    scene: &'a Scene<'a>,
    font: FontId,
    taken: Vec<Rect>,
}

impl Tabs<'_> {
    /// Puts a tab where a tint has its upper left corner, or to the right of those that are there; with
    /// a check mark behind its words where what it is of is accepted.
    fn put(
        &mut self,
        corner: Pos2,
        text: String,
        (color, fill): (Color32, Color32),
        accepted: bool,
    ) {
        let galley = self.painter.layout_no_wrap(text, self.font.clone(), color);
        let height = (self.scene.size * 0.47).round();
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
    scene: &Scene<'_>,
    page: &Page,
    marks: &[Mark<'_>],
) -> Vec<(Pos2, usize, bool, Color32)> {
    let mut knobs = Vec::new();
    let Some(mark) = marks
        .iter()
        .find(|mark| scene.current == Some(&mark.tag.id))
    else {
        return knobs;
    };
    for fragment in &mark.fragments {
        let pieces = scene.pieces(page, mark, fragment);
        if let Some(piece) = pieces.first().filter(|piece| piece.first) {
            let ground = scene.ground(piece);
            let at = pos2(ground.left(), ground.bottom() + 3.0);
            knobs.push((at, fragment.index, true, mark.colors.line));
        }
        if let Some(piece) = pieces.last().filter(|piece| piece.last) {
            let ground = scene.ground(piece);
            let at = pos2(ground.right(), ground.bottom() + 3.0);
            knobs.push((at, fragment.index, false, mark.colors.line));
        }
    }
    knobs
}

/// The letters themselves.
pub(super) fn text(painter: &Painter, scene: &Scene<'_>, page: &Page) {
    for laid in &page.laid {
        painter.galley(laid.origin, laid.galley.clone(), scene.theme.text);
    }
}

/// The caret: steady, so that nothing has to be drawn anew while nobody does anything.
pub(super) fn caret(painter: &Painter, scene: &Scene<'_>, rect: Rect, focused: bool) {
    let color = if focused {
        scene.theme.accent
    } else {
        scene.theme.muted
    };
    let height = scene.size * 1.25;
    let bar = Rect::from_center_size(
        pos2(rect.left(), rect.center().y + scene.size * 0.02),
        vec2(2.0, height),
    );
    painter.rect_filled(bar, CornerRadius::same(1), color);
}
