//! Correcting the article itself, a paragraph at a time.

use std::collections::VecDeque;

use egui::{Context, Id, Key, Modifiers, RichText, TextEdit};

use super::{DialogState, sheet_ui};
use crate::gui::app_command::AppCommand;
use crate::gui::fonts;
use crate::gui::ui_context::UiContext;
use crate::ops::{Edit, OpenDocument};
use crate::text::TextRange;

/// The paragraph as it is, and as it is being typed.
#[derive(Debug)]
pub(crate) struct EditTextDialog {
    range: TextRange,
    /// SHA-256 of the article's text that the paragraph is from.
    of: String,
    before: String,
    text: String,
    focused: bool,
}

impl EditTextDialog {
    /// For the paragraph the caret is in.
    pub(crate) fn new(open: &OpenDocument) -> Self {
        let source = open.document().source();
        let lines = source.lines();
        let range = lines.range(lines.line_at(open.selection().head));
        let text = source.slice(range).to_owned();
        Self {
            range,
            of: source.sha256().to_owned(),
            before: text.clone(),
            text,
            focused: false,
        }
    }

    /// Whether anything was typed that is not in the article.
    pub(crate) fn is_changed(&self) -> bool {
        self.text != self.before
    }

    pub(super) fn edit_text_ui(
        &mut self,
        context: &Context,
        cx: UiContext<'_>,
        open: Option<&OpenDocument>,
        queue: &mut VecDeque<AppCommand>,
    ) -> DialogState {
        let outdated = open.is_none_or(|open| open.document().source().sha256() != self.of);
        let escape = context.input(|input| input.key_pressed(Key::Escape));
        let mut kept = false;
        let state = self.sheet(context, cx, outdated, queue, &mut kept);
        // A click beside it throws no words away.
        if state == DialogState::Closed && !kept && !escape && self.is_changed() {
            return DialogState::Open;
        }
        state
    }

    /// `outdated`: another article is shown, or this one was changed elsewhere.
    fn sheet(
        &mut self,
        context: &Context,
        cx: UiContext<'_>,
        outdated: bool,
        queue: &mut VecDeque<AppCommand>,
        kept: &mut bool,
    ) -> DialogState {
        sheet_ui(context, cx, "Edit the article's text", 640.0, |ui| {
            ui.label(
                RichText::new(
                    "This changes the article's own file. Tags follow; undo restores the text.",
                )
                .color(cx.theme.warning),
            );
            if outdated {
                ui.add_space(4.0);
                let words = "The article has changed in the meantime. Copy your text, press Esc \
                             and start again.";
                ui.label(RichText::new(words).color(cx.theme.warning));
            }
            ui.add_space(6.0);
            let enter = ui.input_mut(|input| input.consume_key(Modifiers::NONE, Key::Enter));
            let response = egui::ScrollArea::vertical()
                .max_height(context.content_rect().height() * 0.5)
                .show(ui, |ui| {
                    let field = TextEdit::multiline(&mut self.text)
                        .id(Id::unique("edit text"))
                        .font(fonts::reading_font(16.0))
                        .desired_rows(4)
                        .desired_width(f32::INFINITY);
                    ui.add(field)
                })
                .inner;
            response.widget_info(|| {
                egui::WidgetInfo::labeled(egui::Role::TextInput, true, "Text of the paragraph")
            });
            if !std::mem::replace(&mut self.focused, true) {
                response.request_focus();
            }
            let mut keep = enter;
            ui.add_space(4.0);
            ui.horizontal(|ui| {
                ui.weak("Enter saves, Shift+Enter adds a line, Esc cancels.");
                ui.with_layout(egui::Layout::right_to_left(egui::Align::Center), |ui| {
                    let button = egui::Button::new("Save");
                    keep |= ui.add_enabled(!outdated, button).clicked();
                });
            });
            if !keep || outdated {
                return DialogState::Open;
            }
            *kept = true;
            if self.text != self.before {
                queue.push_back(AppCommand::document_then_focus(Edit::EditText {
                    range: self.range,
                    replacement: self.text.clone(),
                }));
            }
            DialogState::Closed
        })
    }
}
