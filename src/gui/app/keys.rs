//! From the frame's events to orders.

use egui::{Context, Event};

use super::App;
use crate::gui::dialog::Dialog;
use crate::gui::find::find_field_id;
use crate::gui::keymap::{self, presses};
use crate::gui::scene::Order;
use crate::gui::text_view::TextView;

impl App {
    /// Takes the keys that mean something here out of the events and puts their commands in the
    /// queue, in order.
    pub(super) fn take_keys(&mut self, context: &Context) {
        let Some(mut here) = self.key_context(context) else {
            return;
        };
        let events = context.input(|input| input.events.clone());
        let mut taken = vec![false; events.len()];
        for at in presses(&events) {
            if let Some(command) = self.keymap.command(here, at.press) {
                self.orders.push_back(Order::Command(command));
                if let Some(events) = taken.get_mut(at.from..at.to) {
                    events.fill(true);
                }
                // What the order does decides what the next key of this frame means.
                self.carry_out_orders(context);
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
        // Escape has taken the focus off a field before it comes here: it was meant for the field.
        let focused = context.memory(|memory| memory.focused()).or(self.focused);
        Some(match focused {
            Some(id) if id == find_field_id() => keymap::Context::Find,
            None => self.reading_context(),
            Some(id) if id == TextView::id() => self.reading_context(),
            Some(_) => keymap::Context::Field,
        })
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

    /// Where nothing else has the focus, the article has it.
    pub(super) fn keep_focus(&mut self, context: &Context) {
        let focused = || context.memory(|memory| memory.focused());
        let asked = self.dialog.is_some() || egui::Popup::is_any_open(context);
        if !asked
            && focused().is_none()
            && let Some(article) = self.workspace.current()
        {
            article.view.request_focus(context);
        }
        self.focused = focused();
    }
}
