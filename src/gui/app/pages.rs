//! Pages in the place of the article.

use std::collections::VecDeque;

use egui::{Context, Frame, Margin, Panel, Ui};

use super::App;
use super::status_message::StatusMessage;
use crate::gui::app_command::AppCommand;
use crate::gui::page::Page;
use crate::gui::panel::{Banner, Hints, banners_ui};
use crate::gui::ui_context::UiContext;
use crate::ops::ui_command::{Meaning, Needs, UiCommand};

impl App {
    /// Shows a page, or goes back from it to the article.
    pub(super) fn toggle_page(&mut self, context: &Context, page: Page) {
        if self.page == Some(page) {
            self.close_page(context);
            return;
        }
        self.find.close();
        self.page = Some(page);
        context.memory_mut(|memory| memory.request_focus(Page::focus_id()));
    }

    /// The same for a page about the saved work of a folder. Returns whether it is shown now.
    pub(super) fn toggle_folder_page(&mut self, context: &Context, page: Page) -> bool {
        if self.workspace.folder.is_none() {
            self.status = StatusMessage::refusal("open a folder first");
            return false;
        }
        self.toggle_page(context, page);
        let is_shown = self.page == Some(page);
        if is_shown {
            for path in self.workspace.dirty() {
                self.save(&path);
            }
        }
        is_shown
    }

    /// Goes back to the article.
    pub(super) fn close_page(&mut self, context: &Context) {
        if self.page.take().is_some() {
            self.focus_article(context);
        }
    }

    /// Leaves the page, if one is shown, for what a command shows. Whether the command can be given now: not what
    /// changes an article that nobody sees.
    pub(super) fn leaves_page_for(&mut self, context: &Context, command: UiCommand) -> bool {
        if self.page.is_none() {
            return true;
        }
        if changes_article(command) {
            self.status = StatusMessage::refusal("go back to the article first (Esc)");
            return false;
        }
        if command.needs() != Needs::Nothing || shows_part_of_article(command) {
            self.close_page(context);
        }
        true
    }
}

/// Messages and hints, below what is in the middle, so that nothing they say moves it.
pub(super) fn messages_ui(
    ui: &mut Ui,
    cx: UiContext<'_>,
    banners: &[Banner],
    hints: &mut Hints,
    queue: &mut VecDeque<AppCommand>,
) {
    if banners.is_empty() && !hints.are_shown() {
        return;
    }
    Panel::bottom("messages")
        .frame(Frame::new().inner_margin(Margin {
            left: 12,
            right: 12,
            top: 0,
            bottom: 10,
        }))
        .show_separator_line(false)
        .show(ui, |ui| {
            banners_ui(ui, cx, banners, queue);
            hints.hints_ui(ui, cx, queue);
        });
}

/// Whether a command shows something beside the article, which a page hides.
fn shows_part_of_article(command: UiCommand) -> bool {
    command == UiCommand::ToggleDetails
        || command == UiCommand::ShowTags
        || command == UiCommand::ShowPeople
        || command == UiCommand::ShowProblems
        || command == UiCommand::ShowFacts
}

/// Whether a command changes the article or moves in it, which a page hides.
fn changes_article(command: UiCommand) -> bool {
    match command.meaning() {
        Meaning::TagAs(_) | Meaning::DragAs(_) | Meaning::Article(_) | Meaning::Layout { .. } => {
            true
        }
        Meaning::Window(_) => command == UiCommand::DoneAndNext || command.is_for_article(),
    }
}
