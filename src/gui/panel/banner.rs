//! What went wrong, in words, below the article, with a way on. The rest keeps working.

use std::collections::VecDeque;

use egui::{Frame, Margin, RichText, Stroke, Ui};

use crate::gui::app_command::AppCommand;
use crate::gui::ui_context::UiContext;

/// A message that stays until it is dismissed.
#[derive(Debug, Clone, PartialEq)]
pub(crate) struct Banner {
    pub(crate) id: u64,
    pub(crate) words: String,
    /// What can be done about it: words on the button, and what it does.
    pub(crate) actions: Vec<(String, AppCommand)>,
}

/// How many messages are shown at once by default.
const MOST: usize = 3;
/// Messages at least this wide, in points, have their buttons beside the words.
const WIDE: f32 = 520.0;

/// So many buttons go below the words, that they stay readable.
const MANY: usize = 3;

pub(crate) fn banners_ui(
    ui: &mut Ui,
    cx: UiContext<'_>,
    banners: &[Banner],
    queue: &mut VecDeque<AppCommand>,
) {
    let all = egui::Id::unique("all messages");
    let shown_all = ui.data(|data| data.get_temp(all).unwrap_or(false));
    let hidden = banners.len().saturating_sub(MOST);
    let first = if shown_all { 0 } else { hidden };
    if hidden > 0 {
        let words = if shown_all {
            "Show fewer messages".to_owned()
        } else {
            format!("and {hidden} more")
        };
        if ui
            .button(words)
            .on_hover_text("Shows all messages or only the latest.")
            .clicked()
        {
            ui.data_mut(|data| data.insert_temp(all, !shown_all));
        }
    }
    // The latest stay in view.
    for banner in banners.iter().skip(first) {
        Frame::new()
            .fill(cx.theme.raised)
            .stroke(Stroke::new(1.0, cx.theme.warning))
            .corner_radius(cx.theme.corners())
            .inner_margin(Margin::symmetric(12, 8))
            .outer_margin(Margin {
                top: 6,
                ..Margin::ZERO
            })
            .show(ui, |ui| {
                let beside = ui.available_width() >= WIDE && banner.actions.len() < MANY;
                let mark = RichText::new("!").color(cx.theme.warning).strong();
                if beside {
                    ui.horizontal(|ui| {
                        ui.label(mark);
                        ui.with_layout(egui::Layout::right_to_left(egui::Align::Center), |ui| {
                            actions_ui(ui, banner, queue);
                            let left = egui::Layout::left_to_right(egui::Align::Center);
                            ui.with_layout(left, |ui| {
                                ui.add(egui::Label::new(&banner.words).wrap());
                            });
                        });
                    });
                } else {
                    ui.horizontal_top(|ui| {
                        ui.label(mark);
                        ui.add(egui::Label::new(&banner.words).wrap());
                    });
                    ui.with_layout(egui::Layout::right_to_left(egui::Align::Min), |ui| {
                        actions_ui(ui, banner, queue);
                    });
                }
            });
    }
}

/// What can be done about it, from right to left.
fn actions_ui(ui: &mut Ui, banner: &Banner, queue: &mut VecDeque<AppCommand>) {
    if ui
        .button("Dismiss")
        .on_hover_text("Dismisses this message.")
        .clicked()
    {
        queue.push_back(AppCommand::Dismiss(banner.id));
    }
    for (words, order) in &banner.actions {
        if ui.button(words).clicked() {
            queue.push_back(AppCommand::Dismiss(banner.id));
            queue.push_back(order.clone());
        }
    }
}
