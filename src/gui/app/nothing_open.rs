//! The window without an article.

use std::collections::VecDeque;

use egui::Ui;

use crate::gui::app_command::AppCommand;
use crate::gui::ui_context::UiContext;
use crate::ops::ui_command::UiCommand;

/// What can be opened.
pub(super) fn nothing_open_ui(ui: &mut Ui, cx: UiContext<'_>, queue: &mut VecDeque<AppCommand>) {
    let room = ui.available_height();
    egui::ScrollArea::vertical()
        .auto_shrink(false)
        .min_scrolled_height(0.0)
        .show(ui, |ui| {
            let above = (room * 0.3).min((room - CHOICES) / 2.0).max(0.0);
            ui.add_space(above);
            choices_ui(ui, cx, queue);
        });
}

/// Height of what can be chosen, in points.
const CHOICES: f32 = 240.0;

fn choices_ui(ui: &mut Ui, cx: UiContext<'_>, queue: &mut VecDeque<AppCommand>) {
    ui.vertical_centered(|ui| {
        ui.label(
            egui::RichText::new("No article open")
                .font(crate::gui::fonts::reading_font(24.0))
                .color(cx.theme.muted),
        );
        ui.add_space(12.0);
        for command in [
            UiCommand::OpenFile,
            UiCommand::OpenFolder,
            UiCommand::Import,
            UiCommand::OpenSample,
        ] {
            let name = command.info().map_or("", |info| info.name);
            let button = egui::Button::new(name).shortcut_text(cx.key(command));
            if ui
                .add(button.min_size(egui::vec2(220.0, 30.0)))
                .on_hover_text(cx.tooltip(command))
                .clicked()
            {
                queue.push_back(AppCommand::Ui(command));
            }
        }
        ui.add_space(8.0);
        ui.weak("or drop a file on the window");
    });
}
