//! What the tabs of differences and of reviews share: a list, and below it the details of its chosen row.

use egui::{Frame, Label, Margin, Panel, RichText, ScrollArea, Ui};

use crate::gui::theme::Theme;

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
