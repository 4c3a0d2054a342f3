//! Fields and lists of several dialogs.

use egui::{Id, Response, ScrollArea, TextEdit, Ui};

use super::{focus_by_default, room};
use crate::format::OptionInfo;

/// A field with a name for those who do not see it. It has the keys unless another part of the dialog
/// has them.
pub(super) fn named_field_ui(ui: &mut Ui, field: egui::TextEdit<'_>, name: &str) -> Response {
    let response = ui.add(field);
    response.widget_info(|| egui::WidgetInfo::labeled(egui::Role::TextInput, true, name));
    focus_by_default(ui, &response);
    response
}

/// The last row of a dialog: what Enter does, and the button that does the same. Returns whether that was
/// clicked.
pub(super) fn last_row_ui(ui: &mut Ui, words: &str, button: &str) -> bool {
    ui.horizontal(|ui| {
        ui.weak(words);
        let right = egui::Layout::right_to_left(egui::Align::Center);
        ui.with_layout(right, |ui| ui.button(button).clicked())
            .inner
    })
    .inner
}

/// Least height of what is scrolled above the last rows of a dialog, in points.
const LEAST_SCROLLED: f32 = 40.0;

/// The part of a dialog at the top of the window that scrolls where it has no room. What is above it and the `rows`
/// below, those with the buttons, are always in view.
pub(super) fn scrolled_above_ui<R>(
    ui: &mut Ui,
    rows: u8,
    contents: impl FnOnce(&mut Ui) -> R,
) -> R {
    let height = height_above(ui, rows);
    ScrollArea::vertical()
        .id_salt("above the last rows")
        .auto_shrink([false, true])
        .max_height(height)
        .min_scrolled_height(height)
        .show(ui, contents)
        .inner
}

/// The same in a part of this height, in points, or of what there is: the rows below keep their place, whatever is
/// in it.
pub(super) fn fixed_above_ui<R>(
    ui: &mut Ui,
    (rows, height): (u8, f32),
    contents: impl FnOnce(&mut Ui) -> R,
) -> R {
    let height = height_above(ui, rows).min(height);
    ScrollArea::vertical()
        .id_salt("above the last rows")
        .auto_shrink(false)
        .max_height(height)
        .min_scrolled_height(height)
        .show(ui, contents)
        .inner
}

/// The height that is left above the last rows, in points.
fn height_above(ui: &Ui, rows: u8) -> f32 {
    let above = ui.cursor().top() - ui.min_rect().top();
    let spacing = ui.spacing();
    let row = spacing.interact_size.y + 2.0 * spacing.item_spacing.y;
    let below = f32::from(rows) * row + spacing.item_spacing.y;
    (room(ui.ctx()) - above - below).max(LEAST_SCROLLED)
}

/// A field for a path, as wide as the dialog leaves room for, with a button for the platform's
/// dialog. Returns the field, and whether that dialog is wanted.
pub(super) fn path_field_ui(
    ui: &mut Ui,
    id: Id,
    path: &mut String,
    name: &str,
    hint: egui::RichText,
) -> (Response, bool) {
    let font = egui::TextStyle::Button.resolve(ui.style());
    let words = ui
        .painter()
        .layout_no_wrap("Browse…".to_owned(), font, ui.visuals().text_color());
    let button = words.size().x + 2.0 * ui.spacing().button_padding.x + 2.0;
    let field = egui::TextEdit::singleline(path)
        .id(id)
        .hint_text(hint)
        .desired_width(f32::INFINITY);
    let room = ui.available_width() - button - ui.spacing().item_spacing.x;
    let height = ui.spacing().interact_size.y;
    let field = ui.add_sized([room, height], field);
    field.widget_info(|| egui::WidgetInfo::labeled(egui::Role::TextInput, true, name));
    let browse = ui.button("Browse…");
    let words = format!("Browse: {name}");
    browse.widget_info(|| egui::WidgetInfo::labeled(egui::Role::Button, true, words.as_str()));
    (field, browse.clicked())
}

/// A list that drops down, with its name before it.
pub(super) fn choice_ui(
    ui: &mut Ui,
    name: &str,
    shown: &str,
    width: f32,
    contents: impl FnOnce(&mut Ui),
) -> egui::Response {
    ui.label(name);
    let list = egui::ComboBox::from_id_salt(name)
        .width(width)
        .height(room(ui.ctx()).min(600.0) * 0.75)
        .selected_text(shown)
        .show_ui(ui, contents)
        .response;
    let name = format!("{name}: {shown}");
    list.widget_info(|| egui::WidgetInfo::labeled(egui::Role::ComboBox, true, name.as_str()));
    list
}

/// A list for each option of a format, with what each value means.
pub(super) fn options_ui(ui: &mut Ui, options: &[OptionInfo], chosen: &mut Vec<(String, String)>) {
    for option in options {
        let known = chosen.iter().find(|(name, _)| name == option.name);
        let first = option.values.first().map_or("", |(value, _)| *value);
        let before = known.map_or(first, |(_, value)| value.as_str()).to_owned();
        let mut value = before.clone();
        choice_ui(ui, option.about, &before, 90.0, |ui| {
            for (known, about) in option.values {
                let words = format!("{known}: {about}");
                ui.selectable_value(&mut value, (*known).to_owned(), words);
            }
        });
        if value != before {
            chosen.retain(|(name, _)| name != option.name);
            chosen.push((option.name.to_owned(), value));
        }
    }
}

/// A field of one line, called `name` by those who cannot see it.
pub(super) fn text_field(ui: &mut Ui, text: &mut String, width: f32, name: &str) -> Response {
    let height = ui.spacing().interact_size.y;
    let field = ui.add_sized([width, height], TextEdit::singleline(text));
    field.widget_info(|| egui::WidgetInfo::labeled(egui::Role::TextInput, true, name));
    field
}

/// A small button, called `name` by those who cannot see it.
pub(super) fn named_button(ui: &mut Ui, words: &str, name: &str) -> Response {
    let button = ui.small_button(words);
    button.widget_info(|| egui::WidgetInfo::labeled(egui::Role::Button, true, name));
    button
}
