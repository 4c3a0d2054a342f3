//! The label of the current tag, to be changed, and the way to be rid of the tag.

use std::collections::VecDeque;

use egui::{Align, Button, Layout, RichText, Ui, vec2};

use super::toolbar::{COMPACT, LabelButton, label_button_ui};
use crate::gui::app_command::AppCommand;
use crate::gui::ui_context::UiContext;
use crate::gui::widgets::LabelStyle;
use crate::model::Annotation;
use crate::ops::ui_command::UiCommand;
use crate::ops::{Edit, OpenDocument};

/// Panels at least this wide, in points, have room for the names of all labels.
pub(super) const WIDE: f32 = 300.0;
/// The same with all that is said on the button beside them.
const WIDER: f32 = 340.0;

pub(super) fn labels_ui(
    ui: &mut Ui,
    cx: UiContext<'_>,
    open: &OpenDocument,
    tag: &Annotation,
    queue: &mut VecDeque<AppCommand>,
) {
    let narrow = ui.available_width() < WIDE;
    ui.with_layout(Layout::right_to_left(Align::Min), |ui| {
        delete_ui(ui, cx, tag, queue);
        let labels = Layout::left_to_right(Align::Min).with_main_wrap(true);
        ui.with_layout(labels, |ui| {
            label_buttons_ui(ui, cx, open, tag, queue, narrow)
        });
    });
}

/// Where the labels are, so that it is always in view.
fn delete_ui(ui: &mut Ui, cx: UiContext<'_>, tag: &Annotation, queue: &mut VecDeque<AppCommand>) {
    let words = if ui.available_width() < WIDER {
        "Delete"
    } else {
        "Delete tag"
    };
    let words = RichText::new(words).color(cx.theme.danger);
    ui.spacing_mut().button_padding.x = 6.0;
    let response = ui.add(Button::new(words).min_size(vec2(0.0, COMPACT)));
    response.widget_info(|| egui::WidgetInfo::labeled(egui::Role::Button, true, "Delete tag"));
    if response
        .on_hover_text(cx.tooltip(UiCommand::Delete))
        .clicked()
    {
        queue.push_back(AppCommand::document(Edit::Delete(Some(tag.id.clone()))));
    }
}

fn label_buttons_ui(
    ui: &mut Ui,
    cx: UiContext<'_>,
    open: &OpenDocument,
    tag: &Annotation,
    queue: &mut VecDeque<AppCommand>,
    narrow: bool,
) {
    ui.spacing_mut().item_spacing = egui::vec2(2.0, 2.0);
    for label in open.schema().labels() {
        let style = LabelStyle::of(open.schema(), &label.key);
        let chosen = label.key == tag.label;
        // In a narrow panel only the letters of the others.
        let look = LabelButton {
            named: chosen || !narrow,
            compact: true,
            chosen,
        };
        let response = label_button_ui(ui, cx, &style, true, look);
        let response = if narrow && !chosen {
            response.on_hover_text(&style.name)
        } else {
            response
        };
        response.widget_info(|| {
            let name = format!("Label {}", style.name);
            egui::WidgetInfo::selected(egui::Role::Button, true, chosen, name)
        });
        if response.clicked() && !chosen {
            queue.push_back(AppCommand::document(Edit::Relabel {
                tag: Some(tag.id.clone()),
                label: label.key.clone(),
            }));
        }
    }
}
