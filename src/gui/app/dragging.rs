//! Tagging with the mouse alone: each drag over words tags them with one label, until that is ended.

use egui::Context;

use super::App;
use super::status_message::StatusMessage;
use crate::ops::ui_command::UiCommand;

impl App {
    /// From now on drags tag with the schema's label at this place (from 0); the same again ends it.
    pub(super) fn drag_as(&mut self, context: &Context, n: u8) {
        let Some(label) = self.schema.labels().get(usize::from(n)) else {
            self.status = StatusMessage::refusal("no such label in this project");
            return;
        };
        if self.dragged_label.as_ref() == Some(&label.key) {
            self.stop_dragging();
            return;
        }
        let (mac, name) = (self.services.mac, label.name.to_lowercase());
        let ends = self.keymap.shortcut(UiCommand::Escape, mac);
        self.status = StatusMessage::info(format!(
            "each drag over words tags them as {name} now; {ends} ends it"
        ));
        self.dragged_label = Some(label.key.clone());
        self.focus_article(context);
    }

    /// Whether Esc is about this: nothing else is open that it would close first.
    pub(super) fn ends_dragging(&self) -> bool {
        let open = self.workspace.current().map(|article| &article.open);
        let is_free = open.is_none_or(|open| open.chips().is_none());
        self.dragged_label.is_some() && is_free
    }

    /// Drags select again.
    pub(super) fn stop_dragging(&mut self) {
        self.dragged_label = None;
        self.status = StatusMessage::info("drags select words again");
    }
}
