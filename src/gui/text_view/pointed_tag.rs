//! A tag of somebody else that one has gone to, such as from a search: it stands out from all others, and says
//! whose it is.

use egui::{CornerRadius, Id, Painter, Rect, Role, Sense, Stroke, Ui, UiBuilder, WidgetInfo, vec2};
use smol_str::SmolStr;

use super::ViewInput;
use super::hit::Page;
use super::paint::{self, PaintContext};
use crate::gui::fonts;
use crate::gui::theme::LabelColors;
use crate::model::{Fragments, Schema};

/// Whose tag it is, and where.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct PointedTag {
    /// Whose, in words.
    pub by: String,
    /// Whether it is a curated one.
    pub is_curated: bool,
    /// Its label.
    pub label: SmolStr,
    /// Its parts, in bytes.
    pub fragments: Fragments,
}

impl PointedTag {
    /// What it is and whose, in words.
    pub(crate) fn words(&self, schema: &Schema) -> String {
        let label = schema.label(&self.label);
        let label = label.map_or(self.label.as_str(), |label| label.name.as_str());
        match self.is_curated {
            true => format!("curated {}", label.to_lowercase()),
            false => format!("{label} of {}", self.by),
        }
    }
}

fn colors(input: &ViewInput<'_>, tag: &PointedTag) -> LabelColors {
    let label = input.open.schema().label(&tag.label);
    let color = label.map_or("gray", |label| label.color.as_str());
    input.theme.label_colors(color)
}

/// The ground behind its letters, with a line around it.
pub(super) fn paint_ground(
    painter: &Painter,
    cx: &PaintContext<'_>,
    page: &Page,
    input: &ViewInput<'_>,
) {
    let Some(tag) = input.pointed else {
        return;
    };
    let colors = colors(input, tag);
    let edge = Stroke::new(2.0, colors.line);
    for range in tag.fragments.iter() {
        paint::outlined(painter, cx, page, range, (colors.tint, edge));
    }
}

/// Its label and whose it is, above its start.
pub(super) fn paint_name(
    painter: &Painter,
    cx: &PaintContext<'_>,
    page: &Page,
    input: &ViewInput<'_>,
) {
    let Some(tag) = input.pointed else {
        return;
    };
    let mut pieces = tag.fragments.iter().flat_map(|range| page.pieces(range));
    let Some(first) = pieces.find(|piece| piece.first) else {
        return;
    };
    let colors = colors(input, tag);
    let font = fonts::bold_font((cx.size * 0.5).max(9.0));
    let label = input.open.schema().label(&tag.label);
    let letter = label.map_or('?', |label| label.letter);
    let words = format!("{letter} {}", tag.by);
    let galley = painter.layout_no_wrap(words, font, colors.text);
    let size = galley.size() + vec2(8.0, 0.0);
    let top = cx.background(&first).top();
    let tab = Rect::from_min_size(egui::pos2(first.rect.left(), top - size.y), size);
    painter.rect(
        tab,
        CornerRadius::same(2),
        colors.tint,
        Stroke::new(1.0, colors.line),
        egui::StrokeKind::Inside,
    );
    painter.galley(tab.min + vec2(4.0, 0.0), galley, colors.text);
}

/// Its name for those who cannot see it.
pub(super) fn pointed_ui(ui: &mut Ui, input: &ViewInput<'_>, page: &Page, area: Rect) {
    let Some(tag) = input.pointed else {
        return;
    };
    let ui = &mut ui.new_child(UiBuilder::new().max_rect(area));
    ui.shrink_clip_rect(area);
    let mut pieces = tag.fragments.iter().flat_map(|range| page.pieces(range));
    if let Some(first) = pieces.next() {
        let id = Id::unique("tag of somebody else that was gone to");
        let response = ui.interact(first.rect, id, Sense::hover());
        let name = format!("Shown: {}", tag.words(input.open.schema()));
        response.widget_info(|| WidgetInfo::labeled(Role::Label, true, &name));
    }
}
