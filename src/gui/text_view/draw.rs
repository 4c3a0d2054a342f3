//! What is drawn of the caret, the selection, found words and drags.

use egui::{
    Align2, CornerRadius, FontId, Painter, Pos2, Sense, Stroke, StrokeKind, Ui, pos2, vec2,
};

use super::hit::Page;
use super::marks::TagMark;
use super::paint::{self, PaintContext};
use super::pointer::Preview;
use super::{TextView, ViewInput};
use crate::model::AnnotationId;
use crate::ops::OpenDocument;
use crate::text::TextRange;

/// Found words: all but the current one, or only that.
pub(super) fn hits(
    painter: &Painter,
    cx: &PaintContext<'_>,
    page: &Page,
    input: &ViewInput<'_>,
    current: bool,
) {
    let visible = page.visible();
    let from = input
        .hits
        .partition_point(|hit| hit.end() <= visible.start());
    for (n, hit) in input.hits.iter().enumerate().skip(from) {
        if hit.start() >= visible.end() {
            break;
        }
        // The one we are at is drawn over the selection, which is there too.
        if (input.current_hit == Some(n)) == current {
            let fill = if current {
                cx.theme.current_hit
            } else {
                cx.theme.hit
            };
            let edge = if current { 2.0 } else { 1.25 };
            let edge = Stroke::new(edge, cx.theme.hit_edge);
            paint::outlined(painter, cx, page, *hit, (fill, edge));
        }
    }
}

/// The selection, or what a drag would make of it.
pub(super) fn selection(
    painter: &Painter,
    cx: &PaintContext<'_>,
    page: &Page,
    open: &OpenDocument,
    preview: Option<&Preview>,
) {
    let range = match preview {
        Some(Preview::Select { anchor, head }) => {
            TextRange::new(*anchor.min(head), *anchor.max(head))
        }
        Some(Preview::Add(range)) => *range,
        Some(Preview::Edge { .. } | Preview::Link { .. }) | None => open.selection().range(),
    };
    if !range.is_empty() {
        paint::selection(painter, cx, page, range);
    }
}

/// The caret.
pub(super) fn caret(
    painter: &Painter,
    cx: &PaintContext<'_>,
    page: &Page,
    open: &OpenDocument,
    preview: Option<&Preview>,
    focused: bool,
) {
    let head = match preview {
        Some(Preview::Select { head, .. }) => *head,
        Some(Preview::Add(_) | Preview::Edge { .. } | Preview::Link { .. }) | None => {
            open.selection().head
        }
    };
    if let Some(rect) = page.caret(head) {
        paint::caret(painter, cx, rect, focused);
    }
}

/// The line that follows the pointer from a bracket to the speaker it is drawn to.
pub(super) fn link(
    painter: &Painter,
    cx: &PaintContext<'_>,
    (page, marks): (&Page, &[TagMark<'_>]),
    (from, to): (&AnnotationId, Option<&AnnotationId>),
    mention: Option<TextRange>,
    at: Pos2,
) {
    let find = |id: &AnnotationId| marks.iter().find(|mark| mark.tag.id == *id);
    let Some(area) = find(from).and_then(TagMark::bracket_area) else {
        return;
    };
    let color = if to.is_some() || mention.is_some() {
        cx.theme.accent
    } else {
        cx.theme.muted
    };
    let stroke = Stroke::new(1.5, color);
    painter.line_segment([area.center(), at], stroke);
    painter.circle_filled(at, 3.0, color);
    let words = mention.map(|range| page.pieces(range)).unwrap_or_default();
    let tagged = to.and_then(find).into_iter().flat_map(TagMark::pieces);
    for piece in tagged.chain(&words) {
        let ring = piece.rect.shrink2(vec2(-2.0, 3.0));
        painter.rect_stroke(ring, CornerRadius::same(4), stroke, StrokeKind::Outside);
    }
}

/// A sign beside lines that are set letter by letter, which is not how they are read.
pub(super) fn guarded_ui(ui: &Ui, cx: &PaintContext<'_>, page: &Page) {
    let lines = page.blocks.iter();
    for layout in lines.filter(|layout| layout.guarded && !layout.range.is_empty()) {
        let (top, bottom) = layout.row_span(0);
        let center = pos2(page.right + 12.0, top.midpoint(bottom));
        let font = FontId::proportional(12.0);
        let color = cx.theme.muted;
        let painter = ui.painter_at(page.view);
        let rect = painter.text(center, Align2::CENTER_CENTER, "⇄", font, color);
        let id = TextView::id().with(("letter by letter", layout.block));
        ui.interact(rect.expand(4.0), id, Sense::hover())
            .on_hover_text(
                "Right-to-left text is shown in typing order for now. Tags are in the right place.",
            );
    }
}
