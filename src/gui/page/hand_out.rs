//! Handing out the articles that are chosen on the page of the project.

use std::collections::VecDeque;
use std::path::PathBuf;

use egui::{Button, TextEdit, Ui};
use smol_str::SmolStr;

use crate::gui::app_command::AppCommand;
use crate::gui::article_list::ArticleList;
use crate::gui::widgets::checkbox_ui;
use crate::gui::workspace::Workspace;
use crate::ops::Assigning;
use crate::text::wording::count;

/// What is done to the chosen articles; the name of whom they go to is `typed`.
pub(super) fn hand_out_ui(
    ui: &mut Ui,
    workspace: &Workspace,
    (typed, list): (&mut String, &mut ArticleList),
    queue: &mut VecDeque<AppCommand>,
) {
    if workspace.folder.is_none() {
        return;
    }
    ui.horizontal_wrapped(|ui| {
        let shown = list.shown().count();
        let mut all = shown > 0 && list.shown().all(|path| list.chosen.contains(path));
        if checkbox_ui(ui, &mut all, format!("All {shown} shown")).changed() {
            let shown: Vec<PathBuf> = list.shown().cloned().collect();
            if all {
                list.chosen.extend(shown);
            } else {
                list.chosen.retain(|path| !shown.contains(path));
            }
        }
        let number = list.chosen.len();
        let label = ui.label(match number {
            0 => "Choose articles to assign them to".to_owned(),
            number => format!("{} chosen: assign to", count(number, "article")),
        });
        let field = TextEdit::singleline(typed)
            .hint_text("name")
            .desired_width(110.0);
        let field = ui.add(field).labelled_by(label.id);
        let entered = field.lost_focus() && ui.input(|input| input.key_pressed(egui::Key::Enter));
        for name in workspace.people() {
            if typed.is_empty() && ui.small_button(name.as_str()).clicked() {
                *typed = name.to_string();
            }
        }
        let name = SmolStr::from(typed.trim());
        let ready = number > 0 && !name.is_empty();
        for (words, how) in [("Assign", Assigning::Add), ("Unassign", Assigning::Remove)] {
            let by_key = entered && ready && how == Assigning::Add;
            if ui.add_enabled(ready, Button::new(words)).clicked() || by_key {
                let articles = list.chosen.iter().cloned().collect();
                queue.push_back(AppCommand::Assign(articles, name.clone(), how));
            }
        }
    });
}
