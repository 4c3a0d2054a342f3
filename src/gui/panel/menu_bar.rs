//! The menus, made from the table of commands.

use std::collections::VecDeque;

use egui::{Button, MenuBar, Ui};

use crate::gui::app_command::AppCommand;
use crate::gui::ui_context::{UiContext, disabled_reason};
use crate::ops::OpenDocument;
use crate::ops::ui_command::{CommandEntry, Group, UiCommand};

pub(crate) fn menu_bar_ui(
    ui: &mut Ui,
    cx: UiContext<'_>,
    open: Option<&OpenDocument>,
    queue: &mut VecDeque<AppCommand>,
) {
    MenuBar::new().ui(ui, |ui| {
        for group in Group::ALL {
            let in_menu = |entry: &&CommandEntry| entry.group == group && entry.section > 0;
            let entries: Vec<&CommandEntry> = cx.entries.iter().filter(in_menu).collect();
            if entries.is_empty() {
                continue;
            }
            ui.menu_button(group.word(), |ui| {
                ui.set_min_width(240.0);
                sections_ui(ui, cx, &entries, open, queue);
            });
        }
    });
}

/// What a secondary click on the article offers.
pub(crate) fn context_menu_ui(
    ui: &mut Ui,
    cx: UiContext<'_>,
    open: Option<&OpenDocument>,
    queue: &mut VecDeque<AppCommand>,
) {
    let wanted = |entry: &&CommandEntry| {
        let tagging = entry.group == Group::Tag && matches!(entry.section, 1 | 2 | 4 | 6);
        let review = entry.group == Group::Review && entry.section == 1;
        tagging
            || review
            || entry.command == UiCommand::NotGiven
            || entry.command == UiCommand::Copy
    };
    let entries: Vec<&CommandEntry> = cx
        .entries
        .iter()
        .filter(wanted)
        .filter(|entry| disabled_reason(entry.command, open).is_none())
        .collect();
    ui.set_min_width(220.0);
    sections_ui(ui, cx, &entries, open, queue);
}

fn sections_ui(
    ui: &mut Ui,
    cx: UiContext<'_>,
    entries: &[&CommandEntry],
    open: Option<&OpenDocument>,
    queue: &mut VecDeque<AppCommand>,
) {
    let mut before: Option<(Group, u8)> = None;
    for entry in entries {
        let place = (entry.group, entry.section);
        if before.is_some_and(|before| before != place) {
            ui.separator();
        }
        before = Some(place);
        let disabled = disabled_reason(entry.command, open);
        let step = if entry.command == UiCommand::Undo {
            open.and_then(OpenDocument::undo_label)
        } else if entry.command == UiCommand::Redo {
            open.and_then(OpenDocument::redo_label)
        } else {
            None
        };
        let name = named(&entry.name, step);
        let button = Button::new(name).shortcut_text(cx.key(entry.command));
        let response = ui.add_enabled(disabled.is_none(), button);
        let response = match disabled {
            Some(words) => response.on_disabled_hover_text(words.into_owned()),
            None => response.on_hover_text(&entry.description),
        };
        if response.clicked() {
            queue.push_back(AppCommand::Ui(entry.command));
            ui.close();
        }
    }
}

fn named(verb: &str, what: Option<&str>) -> String {
    what.map_or_else(|| verb.to_owned(), |what| format!("{verb}: {what}"))
}
