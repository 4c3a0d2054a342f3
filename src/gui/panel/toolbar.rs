//! The buttons above the article: each shows its key.

use std::borrow::Cow;
use std::collections::VecDeque;

use egui::{Button, Response, RichText, Sense, Stroke, StrokeKind, Ui, WidgetInfo, pos2, vec2};

use crate::gui::app_command::AppCommand;
use crate::gui::ui_context::{UiContext, disabled_reason};
use crate::gui::widgets::{BADGE, LabelStyle};
use crate::model::Schema;
use crate::ops::OpenDocument;
use crate::ops::ui_command::UiCommand;

pub(crate) fn toolbar_ui(
    ui: &mut Ui,
    cx: UiContext<'_>,
    schema: &Schema,
    open: Option<&OpenDocument>,
    queue: &mut VecDeque<AppCommand>,
) {
    ui.horizontal_wrapped(|ui| {
        ui.spacing_mut().item_spacing.x = 4.0;
        for (n, label) in (0_u8..).zip(schema.labels()) {
            let command = UiCommand::TagAs(n);
            let style = LabelStyle::of(schema, &label.key);
            let response = label_button_ui(ui, cx, &style, open.is_some());
            if response.on_hover_text(cx.tooltip(command)).clicked() {
                queue.push_back(AppCommand::Ui(command));
            }
        }
        let width = ui.ctx().content_rect().width();
        let show = Show {
            cx,
            open,
            keys: width >= ROOM_FOR_KEYS,
        };
        if width >= ROOM_FOR_TAG_BUTTONS {
            gap_ui(ui);
            show.buttons_ui(
                ui,
                &[
                    ("Add part", UiCommand::AddFragment),
                    ("Who", UiCommand::WhoIsThis),
                    ("Note", UiCommand::Note),
                    ("Delete", UiCommand::Delete),
                ],
                queue,
            );
        }
        gap_ui(ui);
        show.buttons_ui(
            ui,
            &[
                ("Accept", UiCommand::Confirm),
                ("Reject", UiCommand::Reject),
                ("Unsure", UiCommand::Unsure),
            ],
            queue,
        );
        if width >= ROOM_FOR_TAG_BUTTONS {
            gap_ui(ui);
            for (back, command) in [(true, UiCommand::Undo), (false, UiCommand::Redo)] {
                show.arrow_ui(ui, back, command, queue);
            }
        }
        let right = [("Commands", UiCommand::Palette), ("Find", UiCommand::Find)];
        let crowded = ui.available_size_before_wrap().x < ROOM_FOR_RIGHT;
        if width < ROOM_FOR_TAG_BUTTONS {
            ui.menu_button("…", |ui| {
                let rest = [
                    ("Add part", UiCommand::AddFragment),
                    ("Remove part", UiCommand::RemovePart),
                    ("Who", UiCommand::WhoIsThis),
                    ("Note", UiCommand::Note),
                    ("Delete", UiCommand::Delete),
                    ("Undo", UiCommand::Undo),
                    ("Redo", UiCommand::Redo),
                ];
                show.buttons_ui(ui, &rest, queue);
                if crowded {
                    show.buttons_ui(ui, &right, queue);
                }
            })
            .response
            .on_hover_text("More commands");
        }
        if width < ROOM_FOR_TAG_BUTTONS && crowded {
            return;
        }
        ui.with_layout(egui::Layout::right_to_left(egui::Align::Center), |ui| {
            ui.spacing_mut().item_spacing.x = 4.0;
            show.buttons_ui(ui, &right, queue);
        });
    });
}

/// What the buttons at the right and "…" need, in points.
const ROOM_FOR_RIGHT: f32 = 210.0;
/// Width of the window from which buttons show their keys, in points.
const ROOM_FOR_KEYS: f32 = 1120.0;
/// Width of the window from which all buttons are shown, in points; the menus have them, too.
const ROOM_FOR_TAG_BUTTONS: f32 = 1000.0;

#[derive(Clone, Copy)]
struct Show<'a> {
    cx: UiContext<'a>,
    open: Option<&'a OpenDocument>,
    /// Whether buttons show their keys.
    keys: bool,
}

impl Show<'_> {
    fn buttons_ui(
        self,
        ui: &mut Ui,
        buttons: &[(&str, UiCommand)],
        queue: &mut VecDeque<AppCommand>,
    ) {
        for &(words, command) in buttons {
            let mut atoms = egui::Atoms::new(words.to_owned());
            if self.keys {
                let key = RichText::new(self.cx.key(command)).small();
                atoms.push_right(key.color(self.cx.theme.muted));
            }
            let disabled = disabled_reason(command, self.open);
            let button = Button::new(atoms).frame_when_inactive(false);
            let response = ui.add_enabled(disabled.is_none(), button);
            self.finish(response, words, command, disabled, queue);
        }
    }

    /// Undo or redo: an arrow that turns back or on.
    fn arrow_ui(
        self,
        ui: &mut Ui,
        back: bool,
        command: UiCommand,
        queue: &mut VecDeque<AppCommand>,
    ) {
        let disabled = disabled_reason(command, self.open);
        let button = Button::new("")
            .min_size(vec2(30.0, 26.0))
            .frame_when_inactive(false);
        let response = ui.add_enabled(disabled.is_none(), button);
        let theme = self.cx.theme;
        let ink = if disabled.is_none() {
            theme.text
        } else {
            theme.rule
        };
        let stroke = Stroke::new(1.5, ink);
        let way = if back { -1.0 } else { 1.0 };
        let at = |x: f32, y: f32| response.rect.center() + vec2(x * way, y);
        let bend = egui::epaint::CubicBezierShape::from_points_stroke(
            [at(6.0, -2.0), at(-9.0, -2.0), at(-9.0, 6.0), at(2.0, 6.0)],
            false,
            egui::Color32::TRANSPARENT,
            stroke,
        );
        ui.painter().add(bend);
        ui.painter()
            .line_segment([at(6.0, -2.0), at(2.5, -5.5)], stroke);
        ui.painter()
            .line_segment([at(6.0, -2.0), at(2.5, 1.5)], stroke);
        let words = if back { "Undo" } else { "Redo" };
        self.finish(response, words, command, disabled, queue);
    }

    fn finish(
        self,
        response: Response,
        words: &str,
        command: UiCommand,
        disabled: Option<Cow<'static, str>>,
        queue: &mut VecDeque<AppCommand>,
    ) {
        response.widget_info(|| WidgetInfo::labeled(egui::Role::Button, disabled.is_none(), words));
        let response = match disabled {
            Some(why) => response.on_disabled_hover_text(why.into_owned()),
            None => response.on_hover_text(self.cx.tooltip(command)),
        };
        if response.clicked() {
            queue.push_back(AppCommand::Ui(command));
        }
    }
}

fn gap_ui(ui: &mut Ui) {
    ui.add_space(6.0);
    let (rect, _) = ui.allocate_exact_size(vec2(1.0, 18.0), Sense::hover());
    let color = ui.visuals().widgets.noninteractive.bg_stroke.color;
    ui.painter().rect_filled(rect, 0, color);
    ui.add_space(6.0);
}

/// A button with the badge of a label and its name.
pub(super) fn label_button_ui(
    ui: &mut Ui,
    cx: UiContext<'_>,
    style: &LabelStyle,
    enabled: bool,
) -> Response {
    let theme = cx.theme;
    let font = egui::TextStyle::Button.resolve(ui.style());
    let ink = if enabled { theme.text } else { theme.muted };
    let galley = ui.painter().layout_no_wrap(style.name.clone(), font, ink);
    let size = vec2(BADGE + 8.0 + galley.size().x + 18.0, 30.0);
    let sense = if enabled {
        Sense::click()
    } else {
        Sense::hover()
    };
    let (rect, response) = ui.allocate_exact_size(size, sense);
    response.widget_info(|| WidgetInfo::labeled(egui::Role::Button, enabled, &style.name));
    if response.hovered() && enabled {
        ui.painter()
            .rect_filled(rect, theme.corners(), theme.accent_soft);
    }
    if response.has_focus() {
        let stroke = Stroke::new(1.5, theme.focus);
        ui.painter()
            .rect_stroke(rect, theme.corners(), stroke, StrokeKind::Inside);
    }
    let center = pos2(rect.left() + 8.0 + BADGE / 2.0, rect.center().y);
    style.paint(ui, theme, center, !enabled);
    let at = pos2(
        center.x + BADGE / 2.0 + 8.0,
        rect.center().y - galley.size().y / 2.0,
    );
    ui.painter().galley(at, galley, ink);
    response
}
