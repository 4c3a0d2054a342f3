//! The words of a tag, part by part, and where rows above the note end.

use std::collections::VecDeque;

use egui::{Button, RichText, Ui};

use crate::gui::app_command::AppCommand;
use crate::gui::ui_context::UiContext;
use crate::gui::widgets::heading_ui;
use crate::model::Annotation;
use crate::ops::ui_command::UiCommand;
use crate::ops::{Edit, OpenDocument};

/// Where rows end, so that none is cut where not all of them fit.
pub(super) struct RowEnds {
    /// Where the first starts on the screen.
    pub(super) top: f32,
    /// From there, in points.
    pub(super) ends: Vec<f32>,
}

impl RowEnds {
    /// After a row.
    pub(super) fn add(&mut self, ui: &Ui) {
        self.ends.push(ui.min_rect().bottom() - self.top);
    }

    /// The lines of a text.
    pub(super) fn add_lines(&mut self, ui: &Ui, text: egui::Rect) {
        let line = ui.text_style_height(&egui::TextStyle::Body);
        let mut bottom = text.top() + line;
        while bottom < text.bottom() {
            self.ends.push(bottom - self.top);
            bottom += line;
        }
    }
}

pub(super) fn parts_ui(
    ui: &mut Ui,
    cx: UiContext<'_>,
    open: &OpenDocument,
    tag: &Annotation,
    queue: &mut VecDeque<AppCommand>,
    row_ends: &mut RowEnds,
) {
    heading_ui(ui, cx.theme, "Text");
    row_ends.add(ui);
    let many = tag.fragments.len() > 1;
    for (index, range) in tag.fragments.iter().enumerate() {
        ui.horizontal(|ui| {
            if many && part_button_ui(ui, cx, index) {
                queue.push_back(AppCommand::document(Edit::RemoveFragment {
                    tag: tag.id.clone(),
                    index,
                }));
            }
            let words: String = open
                .document()
                .source()
                .slice(range)
                .chars()
                .take(400)
                .collect();
            let words = RichText::new(words).color(cx.theme.muted);
            let words = ui.add(egui::Label::new(words).wrap());
            row_ends.add_lines(ui, words.rect);
        });
        row_ends.add(ui);
    }
}

fn part_button_ui(ui: &mut Ui, cx: UiContext<'_>, index: usize) -> bool {
    let response = ui.add(Button::new("× Remove").small());
    let name = format!("Remove part {}", index + 1);
    response.widget_info(|| egui::WidgetInfo::labeled(egui::Role::Button, true, &name));
    let key = cx.key(UiCommand::RemovePart);
    response
        .on_hover_text(format!(
            "{name}; the tag keeps its other parts.\nWith the caret in the part: {key}"
        ))
        .clicked()
}
