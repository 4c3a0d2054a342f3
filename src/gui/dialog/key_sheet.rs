//! Every key, by group.

use egui::{Context, Key, Rect, ScrollArea, Ui, UiBuilder, vec2};

use super::{DialogState, reading_area_ui, room, sheet_ui};
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
        let height = room(context) - 50.0;
        let place = ui.available_rect_before_wrap();
        let place = Rect::from_min_size(place.min, vec2(place.width(), height));
        let area = reading_area_ui(ui, "Keys", place);
        ScrollArea::vertical()
            .auto_shrink(false)
            .max_height(height)
            .min_scrolled_height(height)
            .show(ui, |ui| {
                if area.has_focus() {
                    scroll_by_keys(ui, height);
                }
                // Below this width one column is easier to read than two.
                let halves = halves(cx);
                if ui.available_width() < TWO_COLUMNS {
                    for group in halves.into_iter().flatten() {
                        group_ui(ui, cx, group);
                    }
                    return;
                }
                ui.columns(2, |columns| {
                    for (ui, groups) in columns.iter_mut().zip(halves) {
                        for group in groups {
                            group_ui(ui, cx, group);
                        }
                    }
                });
            });
        DialogState::Open
    })
}

/// Width of the sheet from which there are two columns, in points.
const TWO_COLUMNS: f32 = 700.0;
/// What the keys of a command get of a column, at least and as a part.
const KEYS: (f32, f32) = (150.0, 0.42);
/// What a key is taller above its letter than a name, in points.
const KEY_EDGE: f32 = 4.0;

fn scroll_by_keys(ui: &Ui, height: f32) {
    let line = ui.text_style_height(&egui::TextStyle::Body) * 2.0;
    let pressed = |key| ui.input(|input| input.key_pressed(key));
    for (key, by) in [
        (Key::ArrowUp, line),
        (Key::ArrowDown, -line),
        (Key::PageUp, height * 0.9),
        (Key::PageDown, -height * 0.9),
        (Key::Space, -height * 0.9),
        (Key::Home, f32::from(u16::MAX)),
        (Key::End, -f32::from(u16::MAX)),
    ] {
        if pressed(key) {
            ui.scroll_with_delta(vec2(0.0, by));
        }
    }
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
    // The same width in every group, so that the names stand below each other.
    let keys_width = (ui.available_width() * KEYS.1).max(KEYS.0);
    for (entry, keys) in with_keys {
        ui.horizontal_top(|ui| {
            ui.spacing_mut().item_spacing.x = 12.0;
            let room = Rect::from_min_size(ui.cursor().min, vec2(keys_width, 0.0));
            ui.scope_builder(UiBuilder::new().max_rect(room), |ui| {
                ui.horizontal_wrapped(|ui| {
                    ui.set_width(keys_width);
                    ui.spacing_mut().item_spacing = vec2(4.0, 3.0);
                    for key in keys {
                        key_ui(ui, cx.theme, &key);
                    }
                });
            });
            ui.vertical(|ui| {
                // On a line with the letters on the keys.
                ui.add_space(KEY_EDGE);
                let name = egui::Label::new(&entry.name).wrap();
                ui.add(name).on_hover_text(&entry.description);
            });
        });
    }
}
