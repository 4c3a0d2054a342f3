//! The window without an article.

use std::collections::VecDeque;

use egui::Ui;

use crate::gui::app_command::AppCommand;
use crate::gui::ui_context::UiContext;
use crate::ops::ui_command::UiCommand;

/// What can be opened.
pub(super) fn nothing_open_ui(ui: &mut Ui, cx: UiContext<'_>, queue: &mut VecDeque<AppCommand>) {
    ui.add_space(ui.available_height() * 0.3);
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
