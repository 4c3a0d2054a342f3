//! The buttons above the article: each shows its key.

use std::collections::VecDeque;

use egui::{Button, Response, RichText, Sense, Stroke, StrokeKind, Ui, WidgetInfo, pos2, vec2};

use crate::gui::scene::{BADGE, Look, Order, Scene, hindrance};
use crate::gui::ui_command::UiCommand;
use crate::model::Schema;
use crate::ops::OpenDocument;

pub(crate) fn toolbar_ui(
    ui: &mut Ui,
    scene: Scene<'_>,
    schema: &Schema,
    open: Option<&OpenDocument>,
    orders: &mut VecDeque<Order>,
) {
    ui.horizontal(|ui| {
        ui.spacing_mut().item_spacing.x = 4.0;
        for (n, label) in (0_u8..).zip(schema.labels()) {
            let command = UiCommand::TagAs(n);
            let look = Look::of(schema, &label.key);
            let response = label_button_ui(ui, scene, &look, open.is_some());
            if response.on_hover_text(scene.tooltip(command)).clicked() {
                orders.push_back(Order::Command(command));
            }
        }
        gap_ui(ui);
        for (words, command) in [
            ("Add part", UiCommand::AddFragment),
            ("Who", UiCommand::WhoIsThis),
            ("Note", UiCommand::Note),
            ("Delete", UiCommand::Delete),
        ] {
            button_ui(ui, scene, open, words, command, orders);
        }
        gap_ui(ui);
        for (words, command) in [
            ("Accept", UiCommand::Confirm),
            ("Reject", UiCommand::Reject),
            ("Unsure", UiCommand::Unsure),
        ] {
            button_ui(ui, scene, open, words, command, orders);
        }
        ui.with_layout(egui::Layout::right_to_left(egui::Align::Center), |ui| {
            ui.spacing_mut().item_spacing.x = 4.0;
            for (words, command) in [
                ("Commands", UiCommand::Palette),
                ("Find", UiCommand::Find),
                ("Redo", UiCommand::Redo),
                ("Undo", UiCommand::Undo),
            ] {
                button_ui(ui, scene, open, words, command, orders);
            }
        });
    });
}

fn gap_ui(ui: &mut Ui) {
    ui.add_space(6.0);
    let (rect, _) = ui.allocate_exact_size(vec2(1.0, 18.0), Sense::hover());
    let color = ui.visuals().widgets.noninteractive.bg_stroke.color;
    ui.painter().rect_filled(rect, 0, color);
    ui.add_space(6.0);
}

fn button_ui(
    ui: &mut Ui,
    scene: Scene<'_>,
    open: Option<&OpenDocument>,
    words: &str,
    command: UiCommand,
    orders: &mut VecDeque<Order>,
) {
    let hindered = hindrance(command, open);
    let key = RichText::new(scene.key(command))
        .small()
        .color(scene.theme.muted);
    let button = Button::new((words, key)).frame_when_inactive(false);
    let response = ui.add_enabled(hindered.is_none(), button);
    response.widget_info(|| WidgetInfo::labeled(egui::Role::Button, hindered.is_none(), words));
    let response = match hindered {
        Some(why) => response.on_disabled_hover_text(why),
        None => response.on_hover_text(scene.tooltip(command)),
    };
    if response.clicked() {
        orders.push_back(Order::Command(command));
    }
}

/// A button with the badge of a label and its name.
pub(super) fn label_button_ui(
    ui: &mut Ui,
    scene: Scene<'_>,
    look: &Look,
    enabled: bool,
) -> Response {
    let theme = scene.theme;
    let font = egui::TextStyle::Button.resolve(ui.style());
    let ink = if enabled { theme.text } else { theme.muted };
    let galley = ui.painter().layout_no_wrap(look.name.clone(), font, ink);
    let size = vec2(BADGE + 8.0 + galley.size().x + 18.0, 30.0);
    let sense = if enabled {
        Sense::click()
    } else {
        Sense::hover()
    };
    let (rect, response) = ui.allocate_exact_size(size, sense);
    response.widget_info(|| WidgetInfo::labeled(egui::Role::Button, enabled, &look.name));
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
    look.paint(ui, theme, center, !enabled);
    let at = pos2(
        center.x + BADGE / 2.0 + 8.0,
        rect.center().y - galley.size().y / 2.0,
    );
    ui.painter().galley(at, galley, ink);
    response
}
