//! Closing the window: what is not saved is saved first; where that fails, the person decides.

use std::sync::atomic::Ordering;
use std::time::Duration;

use egui::{Context, Event, ViewportCommand};

use super::App;
use super::status_message::StatusMessage;
use crate::gui::event_order::EventOrder;
use crate::ops;

/// How far closing is. Where a dialog is open, closing that has begun waits for it.
#[derive(Debug, Clone, Copy, PartialEq, Default)]
pub(super) enum Closing {
    /// No one wants to.
    #[default]
    No,
    /// As soon as what is typed in this frame has come to its field.
    OnceTyped,
    /// As soon as everything is saved; where that fails, the person is asked.
    WhenSaved,
    /// The same after the person has asked to save; where that fails, the person is asked again.
    WhenSavedOnce,
    /// With the session, without a question: what cannot be saved until then is kept.
    WithSession {
        /// Seconds of the window's clock.
        until: f64,
        /// Whether saving has begun.
        saving: bool,
    },
    /// Now.
    Now,
}

/// Seconds for saving when the session ends. Others wait for us no longer than some seconds.
const LAST_SAVES: f64 = 2.5;
/// How often it is looked whether that is done.
const LOOK: Duration = Duration::from_millis(50);

impl App {
    pub(super) fn handle_close_request(&mut self, context: &Context) {
        let requested = context.input(|input| input.viewport().close_requested());
        if self.services.session_ends.load(Ordering::Relaxed) && self.closing != Closing::Now {
            self.close_with_session(context, requested);
            return;
        }
        let put_off = self.closing == Closing::OnceTyped;
        if (requested || put_off) && self.closing != Closing::Now {
            self.write_window_note(context);
            self.save_facts();
            self.close_when_possible(context, requested);
        }
        if matches!(self.closing, Closing::WhenSaved | Closing::WhenSavedOnce)
            && !self.dialogs.is_open()
            && self.nothing_is_typed(context)
            && self.workspace.dirty().is_empty()
            && !self.facts.waits()
        {
            self.close_now(context);
        }
    }

    /// The session ends and nobody answers: what is typed is kept, what can be saved is saved, and the
    /// window closes.
    fn close_with_session(&mut self, context: &Context, requested: bool) {
        let now = context.input(|input| input.time);
        let (until, saving) = match self.closing {
            Closing::WithSession { until, saving } => (until, saving),
            Closing::No
            | Closing::OnceTyped
            | Closing::WhenSaved
            | Closing::WhenSavedOnce
            | Closing::Now => {
                self.write_window_note(context);
                (now + LAST_SAVES, false)
            }
        };
        let typing = is_typing(context) && now < until;
        if !typing {
            self.keep_everything_typed(context);
            if !saving {
                self.save_all();
            }
        }
        let saving_is_over = saving && self.no_save_goes_on() || now >= until;
        let done = self.workspace.dirty().is_empty() || saving_is_over;
        self.closing = Closing::WithSession {
            until,
            saving: saving || !typing,
        };
        if done && !typing {
            self.flush_journals();
            self.close_now(context);
            return;
        }
        if requested {
            context.send_viewport_cmd(ViewportCommand::CancelClose);
        }
        context.request_repaint_after(LOOK);
    }

    /// Whether every save that was begun has failed or is done.
    fn no_save_goes_on(&self) -> bool {
        let mut open = self.workspace.open.values();
        open.all(|article| {
            let saving = &article.saving;
            !saving.running && (saving.trouble.is_some() || !article.is_dirty())
        })
    }

    /// Puts into the journals what is not saved.
    fn flush_journals(&mut self) {
        self.write_journals();
        self.journals.barrier()();
    }

    /// Whether the journals hold everything that is not saved.
    pub(super) fn keeps_unsaved_work(&self) -> bool {
        let mut open = self.workspace.open.values();
        open.all(|article| {
            let journal = article.journal.as_ref();
            let is_kept = journal.is_some_and(|journal| journal.behind().is_none());
            is_kept || !article.is_dirty()
        })
    }

    /// Leaves what is not saved to the next start, which offers it; asks again where it cannot be kept.
    pub(super) fn keep_and_close(&mut self, context: &Context) {
        self.close_dialog();
        self.flush_journals();
        if self.keeps_unsaved_work() {
            self.close_now(context);
        } else {
            self.save_failed_while_closing();
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
        self.closing = if is_typing(context) {
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
            Closing::WhenSaved | Closing::WhenSavedOnce => self.dialogs.ask_to_close(),
            Closing::No | Closing::OnceTyped | Closing::WithSession { .. } | Closing::Now => {}
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
            if article.is_some_and(|article| article.saving.asks_about_earlier()) {
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

/// Whether words that were typed have not come to their field yet.
fn is_typing(context: &Context) -> bool {
    let types = |event: &Event| matches!(event, Event::Text(_) | Event::Paste(_));
    let waiting = context.with_plugin::<EventOrder, _>(|order| order.is_waiting());
    waiting == Some(true) || context.input(|input| input.events.iter().any(types))
}
