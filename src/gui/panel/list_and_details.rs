//! What the tabs of differences and of reviews share: a list, and below it the details of its chosen row.

use egui::{Frame, Label, Margin, Panel, RichText, ScrollArea, Ui};

use crate::gui::theme::Theme;
use crate::gui::widgets::TALL_ROW;

/// The details, below what is drawn after them, in at most this share of the height.
pub(super) fn details_ui(
    ui: &mut Ui,
    id: &'static str,
    share: f32,
    contents: impl FnOnce(&mut Ui),
) {
    let most = ui.available_height() * share;
    let margin = Margin::symmetric(12, 8);
    Panel::bottom(id)
        .frame(Frame::new().inner_margin(margin))
        .resizable(false)
        .max_size(most)
        .show(ui, |ui| {
            ScrollArea::vertical()
                .id_salt(id)
                .min_scrolled_height(most - margin.sum().y)
                .show(ui, contents);
        });
}

/// A list of tall rows that brings the chosen one into view, once for each choice and height.
pub(super) fn following_list(ui: &Ui, salt: &'static str, chosen: Option<usize>) -> ScrollArea {
    following_area(ui, salt, chosen.map(|row| (row, row as f32 * TALL_ROW)))
}

/// A list that brings its chosen tall row into view, once for each choice and height. The row is given by what
/// tells it from others, and how far down it is, in points.
pub(super) fn following_area(
    ui: &Ui,
    salt: &'static str,
    chosen: Option<(usize, f32)>,
) -> ScrollArea {
    let area = ScrollArea::vertical()
        .id_salt(salt)
        .auto_shrink(false)
        .min_scrolled_height(0.0);
    let height = ui.available_height();
    let id = ui.scope_id().with((salt, "followed"));
    let now = chosen.map(|(row, _)| (row, height as u32));
    let before = ui.data_mut(|data| data.get_temp::<Option<(usize, u32)>>(id).flatten());
    if now == before {
        return area;
    }
    ui.data_mut(|data| data.insert_temp(id, now));
    match chosen {
        Some((_, top)) => {
            let middle = (height - TALL_ROW) / 2.0;
            area.vertical_scroll_offset((top - middle).max(0.0))
        }
        None => area,
    }
}

/// Said in the place of a list that has no rows.
pub(super) fn note_ui(ui: &mut Ui, words: &str) {
    ui.add_space(8.0);
    ui.horizontal_wrapped(|ui| {
        ui.add_space(12.0);
        ui.weak(words);
    });
}

/// What is said of a tag, a line each; the first line is its words.
pub(super) fn said_ui(ui: &mut Ui, theme: &Theme, lines: &[String]) {
    for (n, words) in lines.iter().enumerate() {
        let words = RichText::new(words);
        let words = match n {
            0 => words,
            _ => words.color(theme.muted),
        };
        ui.add(Label::new(words).wrap());
    }
}
