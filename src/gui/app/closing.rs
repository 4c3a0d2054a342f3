//! Closing the window: what is not saved is saved first; where that fails, the person decides.

use egui::{Context, Event, ViewportCommand};

use super::App;
use super::status_message::StatusMessage;
use crate::gui::event_order::EventOrder;
use crate::ops;

/// How far closing is. Where a dialog is open, closing that has begun waits for it.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub(super) enum Closing {
    /// No one wants to.
    #[default]
    No,
    /// As soon as what is typed in this frame has come to its field.
    OnceTyped,
    /// As soon as everything is saved; where that fails, the person is asked.
    WhenSaved,
    /// The same after the person has asked to save: where that fails, the window stays open.
    WhenSavedOnce,
    /// Now.
    Now,
}

impl App {
    pub(super) fn handle_close_request(&mut self, context: &Context) {
        let requested = context.input(|input| input.viewport().close_requested());
        let put_off = self.closing == Closing::OnceTyped;
        if (requested || put_off) && self.closing != Closing::Now {
            self.write_window_note(context);
            self.close_when_possible(context, requested);
        }
        if matches!(self.closing, Closing::WhenSaved | Closing::WhenSavedOnce)
            && !self.dialogs.is_open()
            && self.nothing_is_typed(context)
            && self.workspace.dirty().is_empty()
        {
            self.close_now(context);
        }
    }

    fn close_now(&mut self, context: &Context) {
        self.closing = Closing::Now;
        self.keep_saved_versions();
        context.send_viewport_cmd(ViewportCommand::Close);
    }

    /// Keeps what was saved as earlier versions: the disk may hold something else at the next start.
    fn keep_saved_versions(&self) {
        let Some(state) = &self.services.state_dir else {
            return;
        };
        let open = self.workspace.open.values();
        for article in open.filter(|article| article.saving.at.is_some()) {
            if let Err(error) = ops::keep_version(&article.base, &article.files, state) {
                log::warn!("this version of the tags is not kept: {error}");
            }
        }
    }

    /// `requested`: the window closes with this frame unless that is cancelled.
    fn close_when_possible(&mut self, context: &Context, requested: bool) {
        let types = |event: &Event| matches!(event, Event::Text(_) | Event::Paste(_));
        let waiting = context.with_plugin::<EventOrder, _>(|order| order.is_waiting());
        let typing = context.input(|input| input.events.iter().any(types)) || waiting == Some(true);
        self.closing = if typing {
            context.request_repaint();
            Closing::OnceTyped
        } else if !self.nothing_is_typed(context) {
            Closing::No
        } else if self.workspace.dirty().is_empty() {
            Closing::Now
        } else {
            self.save_all();
            Closing::WhenSaved
        };
        if requested && self.closing != Closing::Now {
            context.send_viewport_cmd(ViewportCommand::CancelClose);
        } else if !requested && self.closing == Closing::Now {
            context.send_viewport_cmd(ViewportCommand::Close);
        }
        if self.closing == Closing::Now {
            self.keep_saved_versions();
        }
    }

    pub(super) fn save_all(&mut self) {
        for path in self.workspace.dirty() {
            self.save(&path);
        }
    }

    pub(super) fn save_failed_while_closing(&mut self) {
        match self.closing {
            Closing::WhenSaved => self.dialogs.ask_to_close(),
            // Asking once more would look as if nothing had happened.
            Closing::WhenSavedOnce => self.stay_open(),
            Closing::No | Closing::OnceTyped | Closing::Now => {}
        }
    }

    pub(super) fn close_anyway(&mut self, context: &Context) {
        self.close_dialog();
        for path in self.workspace.dirty() {
            self.discard_journal(&path);
        }
        self.close_now(context);
    }

    pub(super) fn save_and_close(&mut self, context: &Context) {
        self.close_dialog();
        self.closing = Closing::WhenSavedOnce;
        for path in self.workspace.dirty() {
            let article = self.workspace.open.get(&path);
            // Yours is meant; the earlier version is kept as a copy.
            if article.is_some_and(|article| article.saving.earlier_on_disk) {
                self.replace_on_disk(&path);
            } else {
                self.save(&path);
            }
        }
        context.request_repaint();
    }

    pub(super) fn stay_open(&mut self) {
        self.close_dialog();
        self.closing = Closing::No;
        self.status =
            StatusMessage::info("the window stays open; see the message below the article");
    }
}
