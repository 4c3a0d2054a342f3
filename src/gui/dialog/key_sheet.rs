//! Every key, by group.

use egui::{Context, ScrollArea};

use super::{DialogState, sheet_ui};
use crate::gui::ui_context::UiContext;
use crate::gui::widgets::{heading_ui, key_ui};
use crate::ops::ui_command::{CommandEntry, Group};

pub(super) fn key_sheet_ui(context: &Context, cx: UiContext<'_>) -> DialogState {
    sheet_ui(context, cx, "Keys", 900.0, |ui| {
        ui.weak(
            "Letters, symbols and arrows work in the text. Ctrl keys and F keys also work in \
             fields. Change keys with a keymap.ron in the settings folder.",
        );
        ui.add_space(6.0);
        let height = ui.ctx().content_rect().height() * 0.7;
        ScrollArea::vertical()
            .max_height(height)
            .min_scrolled_height(height)
            .show(ui, |ui| {
                ui.columns(2, |columns| {
                    for (ui, groups) in columns.iter_mut().zip(halves(cx)) {
                        for group in groups {
                            group_ui(ui, cx, group);
                        }
                    }
                });
            });
        DialogState::Open
    })
}

/// The groups in two columns of about the same height, tagging first.
fn halves(cx: UiContext<'_>) -> [Vec<Group>; 2] {
    const ORDER: [Group; 7] = [
        Group::Tag,
        Group::Review,
        Group::File,
        Group::Edit,
        Group::View,
        Group::Help,
        Group::Caret,
    ];
    let rows = |group: &Group| {
        let with_keys = cx.entries.iter().filter(|entry| {
            let keys = cx.keymap.all_shortcuts(entry.command, cx.mac);
            entry.group == *group && !keys.is_empty()
        });
        // The heading takes the room of two.
        with_keys.count() + 2
    };
    let all: usize = ORDER.iter().map(rows).sum();
    let mut halves = [Vec::new(), Vec::new()];
    let mut before = 0;
    for group in ORDER {
        let len = rows(&group);
        let [left, right] = &mut halves;
        let half = if (before + len / 2) * 2 < all {
            left
        } else {
            right
        };
        half.push(group);
        before += len;
    }
    halves
}

fn group_ui(ui: &mut egui::Ui, cx: UiContext<'_>, group: Group) {
    let with_keys: Vec<(&CommandEntry, Vec<String>)> = cx
        .entries
        .iter()
        .filter(|entry| entry.group == group)
        .map(|entry| (entry, cx.keymap.all_shortcuts(entry.command, cx.mac)))
        .filter(|(_, keys)| !keys.is_empty())
        .collect();
    if with_keys.is_empty() {
        return;
    }
    ui.add_space(8.0);
    heading_ui(ui, cx.theme, group.word());
    egui::Grid::new(("keys", group.word()))
        .num_columns(2)
        .spacing([12.0, 4.0])
        .show(ui, |ui| {
            for (entry, keys) in with_keys {
                ui.horizontal(|ui| {
                    ui.set_min_width(150.0);
                    ui.spacing_mut().item_spacing.x = 4.0;
                    for key in keys {
                        key_ui(ui, cx.theme, &key);
                    }
                });
                ui.label(&entry.name).on_hover_text(&entry.description);
                ui.end_row();
            }
        });
}
