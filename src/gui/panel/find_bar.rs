//! The find bar. It is below the article, so that no line moves when it opens and closes.

use std::collections::VecDeque;

use egui::{Frame, Margin, Panel, TextEdit, Ui};

use crate::gui::app_command::AppCommand;
use crate::gui::find::{Find, find_field_id};
use crate::gui::ui_context::UiContext;
use crate::gui::widgets::select_all;
use crate::ops::ui_command::UiCommand;

/// Width of what stands beside the field, in points.
const BUTTONS: f32 = 310.0;

/// Width of a field with room for all words that say what it is for, in points.
const WIDE: f32 = 150.0;

pub(crate) fn find_bar_ui(
    ui: &mut Ui,
    cx: UiContext<'_>,
    find: &mut Find,
    queue: &mut VecDeque<AppCommand>,
) {
    if !find.open {
        return;
    }
    let mut step = None;
    let frame = Frame::new()
        .fill(cx.theme.raised)
        .inner_margin(Margin::symmetric(12, 6));
    Panel::bottom("find bar").frame(frame).show(ui, |ui| {
        ui.horizontal(|ui| {
            if find.focus {
                select_all(ui, find_field_id(), &find.query);
                ui.memory_mut(|memory| memory.request_focus(find_field_id()));
            }
            let width = (ui.available_width() - BUTTONS).clamp(60.0, 260.0);
            let hint = if width < WIDE {
                "Find"
            } else {
                "Find in the article"
            };
            let field = TextEdit::singleline(&mut find.query)
                .id(find_field_id())
                .hint_text(hint)
                .desired_width(width)
                .event_filter(egui::EventFilter {
                    escape: true,
                    horizontal_arrows: true,
                    vertical_arrows: true,
                    tab: false,
                })
                .return_key(None);
            let response = ui.add(field);
            if response.changed() {
                find.note_typing();
            }
            response.widget_info(|| {
                egui::WidgetInfo::labeled(egui::Role::TextInput, true, "Find in the article")
            });
            if find.focus && response.has_focus() {
                find.focus = false;
            } else if find.focus {
                // A dialog has closed in this frame and has kept the keys to itself.
                ui.ctx().request_repaint();
            }
            let words = match (find.current, find.hits().len()) {
                _ if find.query.is_empty() => String::new(),
                _ if find.is_searching() => "…".to_owned(),
                (_, 0) => "not found".to_owned(),
                (None, len) => format!("{len} found"),
                (Some(at), len) => format!("{} of {len}", at + 1),
            };
            ui.add_sized(
                [60.0, 20.0],
                egui::Label::new(egui::RichText::new(words).color(cx.theme.muted)),
            );
            for (words, command) in [
                ("Previous", UiCommand::FindPrevious),
                ("Next", UiCommand::FindNext),
            ] {
                let button = ui
                    .add_enabled(!find.hits().is_empty(), egui::Button::new(words))
                    .on_hover_text(cx.tooltip(command));
                if button.clicked() {
                    step = Some(command);
                }
            }
            ui.with_layout(egui::Layout::right_to_left(egui::Align::Center), |ui| {
                if ui
                    .button("Close")
                    .on_hover_text(cx.tooltip(UiCommand::LeaveFind))
                    .clicked()
                {
                    step = Some(UiCommand::LeaveFind);
                }
            });
        });
    });
    if let Some(command) = step {
        queue.push_back(AppCommand::Ui(command));
    }
}
