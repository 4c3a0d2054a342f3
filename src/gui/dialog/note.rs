//! A note on the current tag.

use std::collections::VecDeque;

use egui::{Context, Id, Key, Modifiers, TextEdit};

use super::{DialogState, sheet_ui};
use crate::gui::app_command::AppCommand;
use crate::gui::ui_context::UiContext;
use crate::model::{Annotation, AnnotationId};
use crate::ops::Edit;

/// What is typed about which tag.
#[derive(Debug)]
pub(crate) struct NoteDialog {
    tag: AnnotationId,
    note: String,
    before: String,
    focused: bool,
}

impl NoteDialog {
    pub(crate) fn new(tag: &Annotation) -> Self {
        Self {
            tag: tag.id.clone(),
            note: tag.note.clone(),
            before: tag.note.clone(),
            focused: false,
        }
    }

    pub(super) fn note_ui(
        &mut self,
        context: &Context,
        cx: UiContext<'_>,
        queue: &mut VecDeque<AppCommand>,
    ) -> DialogState {
        let mut kept = false;
        let state = sheet_ui(context, cx, "Note", 420.0, |ui| {
            let enter = ui.input_mut(|input| input.consume_key(Modifiers::NONE, Key::Enter));
            let field = TextEdit::multiline(&mut self.note)
                .id(Id::unique("note"))
                .hint_text("Add a note on this tag")
                .desired_rows(3)
                .desired_width(f32::INFINITY);
            let response = ui.add(field);
            response.widget_info(|| {
                egui::WidgetInfo::labeled(egui::Role::TextInput, true, "Note on the tag")
            });
            if !std::mem::replace(&mut self.focused, true) {
                response.request_focus();
            }
            let mut keep = enter;
            ui.horizontal(|ui| {
                ui.weak("Enter saves, Shift+Enter adds a line, Esc cancels.");
                ui.with_layout(egui::Layout::right_to_left(egui::Align::Center), |ui| {
                    keep |= ui.button("Save").clicked();
                });
            });
            if !keep {
                return DialogState::Open;
            }
            kept = true;
            DialogState::Closed
        });
        // Words that were typed are kept however one leaves; undo takes them back.
        let note = self.note.trim();
        if state == DialogState::Closed && (kept || note != self.before.trim()) {
            queue.push_back(AppCommand::document(Edit::SetNote {
                tag: Some(self.tag.clone()),
                note: note.to_owned(),
            }));
        }
        state
    }
}
