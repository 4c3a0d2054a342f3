//! Every key, by group.

use egui::{Context, ScrollArea};

use super::{Then, sheet_ui};
use crate::gui::scene::{Scene, heading_ui, key_ui};
use crate::ops::ui_command::{Entry, Group};

pub(super) fn key_sheet_ui(context: &Context, scene: Scene<'_>) -> Then {
    sheet_ui(context, scene, "Keys", 900.0, |ui| {
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
                    for (ui, groups) in columns.iter_mut().zip(halves(scene)) {
                        for group in groups {
                            group_ui(ui, scene, group);
                        }
                    }
                });
            });
        Then::Stay
    })
}

/// The groups in two columns of about the same height, tagging first.
fn halves(scene: Scene<'_>) -> [Vec<Group>; 2] {
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
        let with_keys = scene.entries.iter().filter(|entry| {
            let keys = scene.keymap.all_shortcuts(entry.command, scene.mac);
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

fn group_ui(ui: &mut egui::Ui, scene: Scene<'_>, group: Group) {
    let with_keys: Vec<(&Entry, Vec<String>)> = scene
        .entries
        .iter()
        .filter(|entry| entry.group == group)
        .map(|entry| (entry, scene.keymap.all_shortcuts(entry.command, scene.mac)))
        .filter(|(_, keys)| !keys.is_empty())
        .collect();
    if with_keys.is_empty() {
        return;
    }
    ui.add_space(8.0);
    heading_ui(ui, scene.theme, group.word());
    egui::Grid::new(("keys", group.word()))
        .num_columns(2)
        .spacing([12.0, 4.0])
        .show(ui, |ui| {
            for (entry, keys) in with_keys {
                ui.horizontal(|ui| {
                    ui.set_min_width(150.0);
                    ui.spacing_mut().item_spacing.x = 4.0;
                    for key in keys {
                        key_ui(ui, scene.theme, &key);
                    }
                });
                ui.label(&entry.name).on_hover_text(&entry.description);
                ui.end_row();
            }
        });
}
