//! Closing the window: what is not saved is saved first; where that fails, the person decides.

use egui::{Context, ViewportCommand};

use super::App;
use super::status_message::StatusMessage;
use crate::gui::dialog::Dialog;

/// How far closing is. Where a dialog is open, closing that has begun waits for it.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub(super) enum Closing {
    /// No one wants to.
    #[default]
    No,
    /// As soon as everything is saved.
    WhenSaved,
    /// Now.
    Now,
}

impl App {
    pub(super) fn handle_close_request(&mut self, context: &Context) {
        if context.input(|input| input.viewport().close_requested()) && self.closing != Closing::Now
        {
            self.keep_position();
            self.remember(context);
            if let Some(Dialog::EditText(edit)) = &self.dialog
                && edit.is_changed()
            {
                context.send_viewport_cmd(ViewportCommand::CancelClose);
                self.status = StatusMessage::refusal(
                    "your edit is not in the article yet: Enter saves it, Esc cancels it",
                );
                return;
            }
            if self.workspace.dirty().is_empty() {
                self.closing = Closing::Now;
            } else {
                context.send_viewport_cmd(ViewportCommand::CancelClose);
                self.closing = Closing::WhenSaved;
                self.save_all();
            }
        }
        if self.closing == Closing::WhenSaved
            && self.dialog.is_none()
            && self.workspace.dirty().is_empty()
        {
            self.closing = Closing::Now;
            context.send_viewport_cmd(ViewportCommand::Close);
        }
    }

    pub(super) fn save_all(&mut self) {
        for path in self.workspace.dirty() {
            self.save(&path);
        }
    }

    pub(super) fn save_failed_while_closing(&mut self) {
        if self.closing == Closing::WhenSaved {
            self.dialog = Some(Dialog::Close);
        }
    }

    pub(super) fn close_anyway(&mut self, context: &Context) {
        self.dialog = None;
        for path in self.workspace.dirty() {
            self.discard_journal(&path);
        }
        self.closing = Closing::Now;
        context.send_viewport_cmd(ViewportCommand::Close);
    }

    pub(super) fn save_and_close(&mut self, context: &Context) {
        self.dialog = None;
        self.closing = Closing::WhenSaved;
        self.save_all();
        context.request_repaint();
    }

    pub(super) fn stay_open(&mut self) {
        self.dialog = None;
        self.closing = Closing::No;
        self.status =
            StatusMessage::info("the window stays open; see the message below the article");
    }
}
