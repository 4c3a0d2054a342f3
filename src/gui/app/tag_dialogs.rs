//! Dialogs about the current tag.

use egui::Context;

use super::App;
use super::status_message::StatusMessage;
use crate::gui::dialog::{Dialog, IgnoreDialog, NoteDialog, PersonPicker, RelabelDialog};
use crate::model::Finding;

impl App {
    pub(super) fn ask_who(&mut self, context: &Context) {
        if let Some(article) = self.workspace.current()
            && let Some(tag) = article.open.tag_to_attribute()
        {
            let who = PersonPicker::new(&article.open, tag);
            self.open_dialog(context, Dialog::Who(who));
        }
    }

    pub(super) fn ask_label(&mut self, context: &Context) {
        if let Some(article) = self.workspace.current()
            && let Some(tag) = article.open.current_tag()
        {
            let relabel = RelabelDialog::new(tag, article.open.schema());
            self.open_dialog(context, Dialog::Relabel(relabel));
        }
    }

    pub(super) fn write_note(&mut self, context: &Context) {
        if let Some(article) = self.workspace.current()
            && let Some(tag) = article.open.current_tag()
        {
            let note = NoteDialog::new(tag);
            self.open_dialog(context, Dialog::Note(note));
        }
    }

    pub(super) fn ask_why_to_ignore(&mut self, context: &Context, finding: &Finding) {
        self.open_dialog(context, Dialog::Ignore(IgnoreDialog::new(finding)));
    }

    /// The same about the first hint where the person is.
    pub(super) fn ignore_hint_here(&mut self, context: &Context) {
        let Some(article) = self.workspace.current() else {
            return;
        };
        match article.open.finding_here() {
            Some(finding) => self.ask_why_to_ignore(context, &finding),
            None => {
                let words = "no hint here that can be ignored; F8 goes to the next problem";
                self.status = StatusMessage::refusal(words);
            }
        }
    }
}
