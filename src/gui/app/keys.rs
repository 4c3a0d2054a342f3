//! From the frame's events to commands.

use egui::{Context, Event};

use super::App;
use crate::gui::app_command::AppCommand;
use crate::gui::dialog::Dialog;
use crate::gui::event_order::EventOrder;
use crate::gui::find::find_field_id;
use crate::gui::key_events::presses;
use crate::gui::panel::{FilesPanel, Inspector, filter_field_id};
use crate::gui::text_view::TextView;
use crate::ops::keymap::{self, Press};
use crate::ops::ui_command::{Meaning, UiCommand};

impl App {
    /// Takes the keys that mean something here out of the events and queues their commands,
    /// in order.
    pub(super) fn handle_keys(&mut self, context: &Context) {
        let Some(mut here) = self.key_context(context) else {
            return;
        };
        let events = context.input(|input| input.events.clone());
        let mut taken = vec![false; events.len()];
        for at in presses(&events) {
            let command = self.keymap.command(here, at.press);
            if let Some(command) = command.or_else(|| self.past_field(context, here, at.press)) {
                self.queue.push_back(AppCommand::Ui(command));
                self.tooltips.key_handled();
                if let Some(events) = taken.get_mut(at.from..at.to) {
                    events.fill(true);
                }
                // What the command does decides what the next key of this frame means.
                self.carry_out_commands(context);
                if let Meaning::Window(_) = command.meaning() {
                    // What opens gets the focus when it is drawn: what was typed behind is for it.
                    let behind = events.get(at.to..).unwrap_or_default().to_vec();
                    if let Some(events) = taken.get_mut(at.to..) {
                        events.fill(true);
                    }
                    context.with_plugin::<EventOrder, _>(|order| order.hold(behind));
                    context.request_repaint();
                    break;
                }
                match self.key_context(context) {
                    Some(next) => here = next,
                    None => break,
                }
            }
        }
        if taken.contains(&true) {
            let mut taken = taken.into_iter();
            context.input_mut(|input| {
                input
                    .events
                    .retain(|_: &Event| !taken.next().unwrap_or(false));
            });
        }
    }

    /// Where keys go now; `None`: a question waits for its answer.
    pub(super) fn key_context(&self, context: &Context) -> Option<keymap::Context> {
        match &self.dialog {
            Some(Dialog::Close) => return None,
            Some(_) => return Some(keymap::Context::Field),
            None => {}
        }
        if egui::Popup::is_any_open(context) {
            return Some(keymap::Context::Field);
        }
        // Escape has already taken the focus from a field, so it was meant for the field.
        let focused = context.memory(|memory| memory.focused()).or(self.focused);
        Some(match focused {
            Some(id) if id == find_field_id() => keymap::Context::Find,
            None => self.reading_context(),
            Some(id) if id == TextView::id() => self.reading_context(),
            Some(_) => keymap::Context::Field,
        })
    }

    /// Undo and redo where the field that has the focus has nothing to take back: they are meant for
    /// the article then.
    fn past_field(
        &self,
        context: &Context,
        here: keymap::Context,
        press: Press,
    ) -> Option<UiCommand> {
        let in_field = match here {
            keymap::Context::Field | keymap::Context::Find => true,
            keymap::Context::Article | keymap::Context::Candidates => false,
        };
        let asked = self.dialog.is_some() || egui::Popup::is_any_open(context);
        if !in_field || asked {
            return None;
        }
        let command = self.keymap.command(keymap::Context::Article, press)?;
        if command != UiCommand::Undo && command != UiCommand::Redo {
            return None;
        }
        let id = context.memory(|memory| memory.focused())?;
        let text = if id == find_field_id() {
            &self.find.query
        } else if id == filter_field_id() {
            &self.tags.filter().containing
        } else if id == FilesPanel::focus_id() {
            self.files.filter()
        } else if id == Inspector::note_field_id() {
            self.inspector.note()
        } else {
            // Elsewhere, as on a button, nothing is typed.
            let field = egui::TextEdit::load_state(context, id);
            return field.is_none().then_some(command);
        };
        let other = |before: &str| before != text;
        let state = egui::TextEdit::load_state(context, id);
        let has_step = state.is_some_and(|state| {
            let range = state.cursor.char_range().unwrap_or_default();
            let now = (range, text.to_owned());
            let mut undoer = state.undoer();
            let step = if command == UiCommand::Undo {
                undoer.undo(&now)
            } else {
                undoer.redo(&now)
            };
            step.is_some_and(|(_, before)| other(before))
        });
        (text.is_empty() || !has_step).then_some(command)
    }

    fn reading_context(&self) -> keymap::Context {
        let chips = self
            .workspace
            .current()
            .and_then(|article| article.open.chips());
        if chips.is_some() {
            keymap::Context::Candidates
        } else {
            keymap::Context::Article
        }
    }

    /// Where nothing else has the focus, the article has it; nor does what is not drawn keep it.
    pub(super) fn keep_focus(&mut self, context: &Context) {
        let focused = || context.memory(|memory| memory.focused());
        let asked = self.dialog.is_some() || egui::Popup::is_any_open(context);
        let is_drawn = |id| context.read_response(id).is_some();
        if !asked
            && !focused().is_some_and(is_drawn)
            && let Some(article) = self.workspace.current()
        {
            article.view.request_focus(context);
        }
        self.focused = focused();
    }
}
