//! A path typed by hand, where the machine has no file dialogs.

use std::collections::VecDeque;

use egui::{Context, Id, Key, Modifiers, TextEdit};

use super::{DialogState, sheet_ui};
use crate::gui::app_command::AppCommand;
use crate::gui::file_dialogs::Pick;
use crate::gui::ui_context::UiContext;

/// What is typed.
#[derive(Debug)]
pub(crate) struct PathDialog {
    pick: Pick,
    path: String,
    focused: bool,
}

impl PathDialog {
    pub(crate) fn new(pick: Pick) -> Self {
        Self {
            pick,
            path: String::new(),
            focused: false,
        }
    }

    pub(super) fn path_ui(
        &mut self,
        context: &Context,
        cx: UiContext<'_>,
        queue: &mut VecDeque<AppCommand>,
    ) -> DialogState {
        let (title, hint) = match self.pick {
            Pick::File => ("Open file", "/home/me/article.txt"),
            Pick::Folder => ("Open folder", "/home/me/articles"),
        };
        sheet_ui(context, cx, title, 520.0, |ui| {
            let enter = ui.input_mut(|input| input.consume_key(Modifiers::NONE, Key::Enter));
            let field = TextEdit::singleline(&mut self.path)
                .id(Id::unique("path"))
                .hint_text(hint)
                .desired_width(f32::INFINITY);
            let response = ui.add(field);
            response.widget_info(|| egui::WidgetInfo::labeled(egui::Role::TextInput, true, "Path"));
            if !std::mem::replace(&mut self.focused, true) {
                response.request_focus();
            }
            let path = self.path.trim().trim_matches('"');
            let mut go = enter;
            ui.horizontal(|ui| {
                ui.weak("No file dialog is available. Type or paste the path.");
                ui.with_layout(egui::Layout::right_to_left(egui::Align::Center), |ui| {
                    go |= ui
                        .add_enabled(!path.is_empty(), egui::Button::new("Open"))
                        .clicked();
                });
            });
            if !go || path.is_empty() {
                return DialogState::Open;
            }
            queue.push_back(AppCommand::Open(path.into()));
            DialogState::Closed
        })
    }
}
