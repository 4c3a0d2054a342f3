//! Correcting the article itself, a paragraph at a time.

use std::collections::VecDeque;

use egui::{Context, Id, RichText, TextEdit};

use super::{DialogState, focus_by_default, room, sheet_ui, start_field};
use crate::gui::app_command::AppCommand;
use crate::gui::fonts;
use crate::gui::ui_context::UiContext;
use crate::gui::widgets::take_plain_enter;
use crate::ops::{Edit, OpenDocument};
use crate::store::Draft;
use crate::text::{TextRange, TextSize};

/// The paragraph as it is, and as it is being typed.
#[derive(Debug)]
pub(crate) struct EditTextDialog {
    range: TextRange,
    /// SHA-256 of the article's text that the paragraph is from.
    of: String,
    before: String,
    text: String,
    /// Where the caret is at first, in characters of the paragraph.
    caret: usize,
    started: bool,
}

pub(super) const TITLE: &str = "Edit the article's text";

impl EditTextDialog {
    /// For the paragraph the caret is in, with the caret at the same place.
    pub(crate) fn new(open: &OpenDocument) -> Self {
        let source = open.document().source();
        let lines = source.lines();
        let head = open.selection().head;
        let range = lines.range(lines.line_at(head));
        let text = source.slice(range).to_owned();
        let before = TextRange::new(range.start(), head.clamp(range.start(), range.end()));
        Self {
            range,
            of: source.sha256().to_owned(),
            before: text.clone(),
            text,
            caret: source.slice(before).chars().count(),
            started: false,
        }
    }

    /// Continues a draft; `None` where it is not of this dialog, or its paragraph has changed.
    pub(super) fn of_draft(draft: &Draft, open: &OpenDocument) -> Option<Self> {
        if draft.dialog != TITLE {
            return None;
        }
        let source = open.document().source();
        let start = TextSize::new(draft.start);
        let range = TextRange::at(start, TextSize::of(draft.before.as_str()));
        let here = source.as_str().get(std::ops::Range::from(range));
        (here == Some(&*draft.before)).then(|| Self {
            range,
            of: source.sha256().to_owned(),
            before: draft.before.clone(),
            text: draft.text.clone(),
            caret: draft.text.chars().count(),
            started: false,
        })
    }

    /// What is typed, as a draft.
    pub(super) fn draft(&self, about: Draft) -> Draft {
        Draft {
            dialog: TITLE.to_owned(),
            text: self.text.clone(),
            start: self.range.start().into(),
            before: self.before.clone(),
            ..about
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
        self.sheet(context, cx, outdated, queue)
    }

    /// `outdated`: another article is shown, or this one was changed elsewhere.
    fn sheet(
        &mut self,
        context: &Context,
        cx: UiContext<'_>,
        outdated: bool,
        queue: &mut VecDeque<AppCommand>,
    ) -> DialogState {
        sheet_ui(context, cx, TITLE, 640.0, |ui| {
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
            let enter = take_plain_enter(ui);
            let id = Id::unique("edit text");
            let begins = !self.started;
            start_field(ui, id, &mut self.started, &self.text, Some(self.caret));
            let response = egui::ScrollArea::vertical()
                .max_height(room(context) * 0.6)
                .show(ui, |ui| {
                    let field = TextEdit::multiline(&mut self.text)
                        .id(id)
                        .font(fonts::reading_font(16.0))
                        .desired_rows(4)
                        .desired_width(f32::INFINITY);
                    let output = field.show(ui);
                    if begins {
                        let at = egui::text::CCursor::new(self.caret);
                        let caret = output.galley.pos_from_cursor(at);
                        let caret = caret.translate(output.galley_pos.to_vec2());
                        ui.scroll_to_rect(caret, Some(egui::Align::Center));
                    }
                    output.response.response
                })
                .inner;
            response.widget_info(|| {
                egui::WidgetInfo::labeled(egui::Role::TextInput, true, "Text of the paragraph")
            });
            focus_by_default(ui, &response);
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
