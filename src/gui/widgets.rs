//! The few shapes the parts of the window share: the badge of a label, the row of a list, a key, a
//! heading.

use std::collections::VecDeque;

use egui::text::{LayoutJob, TextFormat, TextWrapping};
use egui::{
    Align2, Button, Color32, Event, FontId, Frame, Id, Key, Margin, Rect, RectAlign, Response,
    RichText, Role, Sense, Stroke, StrokeKind, TextStyle, TextWrapMode, Tooltip, Ui, Vec2,
    WidgetInfo, WidgetText, pos2, vec2,
};
use smol_str::SmolStr;

use super::app_command::AppCommand;
use super::fonts;
use super::theme::Theme;
use super::ui_context::UiContext;
use crate::model::Schema;
use crate::ops::ui_command::UiCommand;

/// Takes Enter before a field of several lines does, where Shift+Enter adds a line: the toolkit's own
/// `consume_key` does not tell the two apart. Returns whether it was pressed.
pub(crate) fn take_plain_enter(ui: &Ui) -> bool {
    ui.input_mut(|input| {
        let before = input.events.len();
        input.events.retain(|event| {
            !matches!(
                event,
                Event::Key { key: Key::Enter, pressed: true, modifiers, .. } if !modifiers.shift
            )
        });
        input.events.len() < before
    })
}

/// A button that carries out a command, with its key and its tooltip.
pub(crate) fn command_button_ui(
    ui: &mut Ui,
    cx: UiContext<'_>,
    command: UiCommand,
    words: &str,
    queue: &mut VecDeque<AppCommand>,
) -> Response {
    let button = ui.add(Button::new(words).shortcut_text(cx.key(command)));
    let response = button.on_hover_text(cx.tooltip(command));
    if response.clicked() {
        queue.push_back(AppCommand::Ui(command));
    }
    response
}

/// What could be typed into an empty field, told from what is typed.
pub(crate) fn example(ui: &Ui, words: &str) -> RichText {
    let color = ui.visuals().weak_text_color().gamma_multiply(0.75);
    RichText::new(format!("for example {words}"))
        .italics()
        .color(color)
}

/// The letter and colours of a label, also of one the schema does not know.
pub(crate) struct LabelStyle {
    pub(crate) letter: String,
    pub(crate) name: String,
    color: SmolStr,
}

impl LabelStyle {
    pub(crate) fn of(schema: &Schema, label: &str) -> Self {
        match schema.label(label) {
            Some(kind) => Self {
                letter: kind.letter.to_string(),
                name: kind.name.clone(),
                color: kind.color.clone(),
            },
            None => Self {
                letter: "?".to_owned(),
                name: label.to_owned(),
                color: SmolStr::new_static("gray"),
            },
        }
    }

    /// Paints the badge into a square around `center`.
    pub(crate) fn paint(&self, ui: &Ui, theme: &Theme, center: egui::Pos2, dimmed: bool) {
        let colors = theme.label_colors(&self.color);
        let rect = Rect::from_center_size(center, Vec2::splat(BADGE));
        let fade = |color: Color32| {
            if dimmed {
                color.gamma_multiply(0.5)
            } else {
                color
            }
        };
        ui.painter().rect(
            rect,
            4,
            fade(colors.tint),
            Stroke::new(1.0, fade(colors.line)),
            StrokeKind::Inside,
        );
        ui.painter().text(
            center,
            Align2::CENTER_CENTER,
            &self.letter,
            fonts::bold_font(11.0),
            fade(colors.text),
        );
    }
}

/// Side of a badge, in points.
pub(crate) const BADGE: f32 = 18.0;

/// A row of a list.
pub(crate) struct Row<'a> {
    /// The same in every frame, wherever the row stands: the keys' focus stays with it.
    pub(crate) id: Id,
    /// What the row is called by those who cannot see it.
    pub(crate) name: String,
    pub(crate) style: Option<&'a LabelStyle>,
    pub(crate) first: &'a str,
    /// Smaller, below; empty for none.
    pub(crate) second: &'a str,
    /// At the right edge.
    pub(crate) aside: &'a str,
    pub(crate) aside_color: Color32,
    pub(crate) chosen: bool,
    pub(crate) dimmed: bool,
}

/// Height of a row with two lines, in points.
pub(crate) const TALL_ROW: f32 = 46.0;
/// Height of a row with two lines above the smaller one, in points.
pub(crate) const TALLER_ROW: f32 = 64.0;
/// Height of a row with one line, in points.
pub(crate) const ROW: f32 = 30.0;

/// Height of the rows of two lines that fit as a whole into what is left, in points; of less than one
/// row what there is.
pub(crate) fn whole_rows(ui: &Ui) -> f32 {
    let room = ui.available_height();
    let rows = (room / TALL_ROW).floor();
    if rows >= 1.0 { rows * TALL_ROW } else { room }
}

impl Row<'_> {
    /// Shows the row over the whole width.
    pub(crate) fn row_ui(&self, ui: &mut Ui, theme: &Theme, height: f32) -> Response {
        self.row_with_corner_ui(ui, theme, height, "")
    }

    /// The same of two lines, with words in the upper right corner.
    pub(crate) fn row_with_corner_ui(
        &self,
        ui: &mut Ui,
        theme: &Theme,
        height: f32,
        corner: &str,
    ) -> Response {
        self.lit_row_ui(ui, theme, height, corner, true)
    }

    /// The same in a list of choices: only the chosen row is lit, not the one the pointer rests on.
    pub(crate) fn choice_ui(&self, ui: &mut Ui, theme: &Theme, height: f32) -> Response {
        self.lit_row_ui(ui, theme, height, "", false)
    }

    fn lit_row_ui(
        &self,
        ui: &mut Ui,
        theme: &Theme,
        height: f32,
        corner: &str,
        lit_by_pointer: bool,
    ) -> Response {
        let size = vec2(ui.available_width(), height);
        let (_, rect) = ui.allocate_space(size);
        let response = ui.interact(rect, self.id, Sense::click());
        response.widget_info(|| {
            WidgetInfo::selected(Role::Button, ui.is_enabled(), self.chosen, &self.name)
        });
        if response.gained_focus() {
            response.scroll_to_me(None);
        }
        if !ui.is_rect_visible(rect) {
            return response;
        }
        let ground = if self.chosen {
            Some(theme.selection)
        } else if lit_by_pointer && response.hovered() && is_in_front(ui) {
            Some(theme.hovered())
        } else {
            None
        };
        let inner = rect.shrink2(vec2(4.0, 1.0));
        if let Some(ground) = ground {
            ui.painter().rect_filled(inner, theme.corners(), ground);
        }
        if response.has_focus() {
            ui.painter().rect_stroke(
                inner,
                theme.corners(),
                Stroke::new(1.5, theme.focus),
                StrokeKind::Inside,
            );
        }
        let ink = if self.dimmed && !self.chosen {
            theme.muted
        } else {
            theme.text
        };
        // On the blue of what is selected only the text's own colour is legible.
        let on_ground = |color: Color32| if self.chosen { theme.text } else { color };
        let muted = on_ground(theme.muted);
        let aside_color = on_ground(self.aside_color);
        let mut left = rect.left() + 12.0;
        let middle = rect.center().y;
        let two = !self.second.is_empty();
        let first_y = if two { rect.top() + 15.0 } else { middle };
        if let Some(style) = self.style {
            style.paint(ui, theme, pos2(left + BADGE / 2.0, first_y), self.dimmed);
            left += BADGE + 10.0;
        }
        let right = rect.right() - 12.0;
        let small = TextStyle::Small.resolve(ui.style());
        let body = TextStyle::Body.resolve(ui.style());
        let aside = line(ui, self.aside, small.clone(), aside_color, right - left);
        let aside_width = aside.size().x;
        let aside_y = if two { rect.bottom() - 14.0 } else { middle };
        let at = pos2(right - aside_width, aside_y - aside.size().y / 2.0);
        ui.painter().galley(at, aside, aside_color);
        let beside = if aside_width > 0.0 {
            aside_width + 8.0
        } else {
            0.0
        };
        let corner = line(ui, corner, small.clone(), muted, (right - left) / 2.0);
        let corner_width = corner.size().x;
        let at = pos2(right - corner_width, first_y - corner.size().y / 2.0);
        ui.painter().galley(at, corner, muted);
        let room = if two && corner_width > 0.0 {
            right - left - corner_width - 8.0
        } else if two {
            right - left
        } else {
            right - left - beside
        };
        let line_height = ui.fonts_mut(|fonts| fonts.row_height(&body));
        let galley = if height < TALLER_ROW {
            line(ui, self.first, body, ink, room)
        } else {
            two_lines(ui, self.first, body, ink, room)
        };
        let at = pos2(left, first_y - line_height / 2.0);
        ui.painter().galley(at, galley, ink);
        if two {
            let galley = line(ui, self.second, small, muted, right - left - beside);
            let at = pos2(left, rect.bottom() - 14.0 - galley.size().y / 2.0);
            ui.painter().galley(at, galley, muted);
        }
        response
    }
}

/// Whether nothing asks for an answer above it.
fn is_in_front(ui: &Ui) -> bool {
    let modal = ui.memory(|memory| memory.top_modal_layer());
    modal.is_none_or(|layer| layer == ui.layer_id())
}

fn two_lines(
    ui: &Ui,
    text: &str,
    font: FontId,
    color: Color32,
    width: f32,
) -> std::sync::Arc<egui::Galley> {
    let format = TextFormat::simple(font, color);
    let mut job = LayoutJob::single_section(text.to_owned(), format);
    job.wrap = TextWrapping {
        max_rows: 2,
        break_anywhere: false,
        ..TextWrapping::truncate_at_width(width.max(0.0))
    };
    ui.painter().layout_job(job)
}

fn line(
    ui: &Ui,
    text: &str,
    font: FontId,
    color: Color32,
    width: f32,
) -> std::sync::Arc<egui::Galley> {
    let text = egui::RichText::new(text).font(font.clone()).color(color);
    WidgetText::from(text).into_galley(
        ui,
        Some(TextWrapMode::Truncate),
        width.max(0.0),
        egui::FontSelection::FontId(font),
    )
}

/// A key as it is drawn in tooltips, sheets and lists: small, in a frame.
pub(crate) fn key_ui(ui: &mut Ui, theme: &Theme, key: &str) {
    Frame::new()
        .fill(theme.panel)
        .stroke(Stroke::new(1.0, theme.rule))
        .corner_radius(4)
        .inner_margin(Margin::symmetric(6, 1))
        .show(ui, |ui| {
            ui.label(egui::RichText::new(key).small().color(theme.muted));
        });
}

/// A box to tick, its edge as clear as small text.
pub(crate) fn checkbox_ui(
    ui: &mut Ui,
    ticked: &mut bool,
    words: impl Into<WidgetText>,
) -> Response {
    with_clear_edge(ui, |ui| ui.checkbox(ticked, words.into()))
}

/// One of several choices, its edge as clear as small text.
pub(crate) fn radio_ui<T: PartialEq>(
    ui: &mut Ui,
    chosen: &mut T,
    value: T,
    words: impl Into<WidgetText>,
) -> Response {
    with_clear_edge(ui, |ui| ui.radio_value(chosen, value, words.into()))
}

fn with_clear_edge(ui: &mut Ui, control: impl FnOnce(&mut Ui) -> Response) -> Response {
    ui.scope(|ui| {
        let edge = ui.visuals().weak_text_color();
        let widgets = &mut ui.visuals_mut().widgets;
        widgets.inactive.bg_stroke.color = edge;
        widgets.hovered.bg_stroke.color = edge;
        control(ui)
    })
    .inner
}

/// A heading of a section.
pub(crate) fn heading_ui(ui: &mut Ui, theme: &Theme, text: &str) {
    let text = egui::RichText::new(text)
        .font(fonts::bold_font(11.5))
        .color(theme.muted);
    ui.label(text);
}

/// From an entry of a menu to its tooltip, in points.
const MENU_GAP: f32 = 12.0;

/// A tooltip at the side of a menu's entry, so that the entries above and below stay in view.
pub(crate) fn menu_tooltip_ui(response: &Response, words: &str) {
    let mut tooltip = if response.enabled() {
        Tooltip::for_enabled(response)
    } else {
        Tooltip::for_disabled(response)
    };
    let screen = response.ctx.content_rect();
    let (entry, usual) = (
        response.rect,
        response.ctx.global_style().spacing.tooltip_width,
    );
    let room = (screen.right() - entry.right()).max(entry.left() - screen.left());
    tooltip.popup = tooltip
        .popup
        .align(RectAlign::RIGHT_START)
        .align_alternatives(&[
            RectAlign::LEFT_START,
            RectAlign::RIGHT_END,
            RectAlign::LEFT_END,
        ])
        .gap(MENU_GAP)
        .width((room - 3.0 * MENU_GAP).min(usual));
    tooltip.show(|ui| ui.label(words));
}

/// Selects what is in a field, so that typing replaces it.
pub(crate) fn select_all(ui: &Ui, field: egui::Id, text: &str) {
    let mut state = egui::TextEdit::load_state(ui.ctx(), field).unwrap_or_default();
    let (start, end) = (
        egui::text::CCursor::new(0),
        egui::text::CCursor::new(text.chars().count()),
    );
    state
        .cursor
        .set_char_range(Some(egui::text::CCursorRange::two(start, end)));
    state.store(ui.ctx(), field);
}

#[cfg(test)]
mod tests {
    use super::{TALL_ROW, whole_rows};

    #[test]
    fn no_row_is_cut_while_one_fits() {
        for (room, height) in [
            (2.5 * TALL_ROW, 2.0 * TALL_ROW),
            (3.0 * TALL_ROW, 3.0 * TALL_ROW),
            (0.5 * TALL_ROW, 0.5 * TALL_ROW),
        ] {
            let mut found = 0.0;
            egui::__run_test_ui(|ui| {
                let size = egui::vec2(200.0, room);
                let place = egui::Rect::from_min_size(ui.max_rect().min, size);
                let builder = egui::UiBuilder::new().max_rect(place);
                ui.scope_builder(builder, |ui| found = whole_rows(ui));
            });
            assert!((found - height).abs() < 0.5, "{found} of {room}");
        }
    }
}
