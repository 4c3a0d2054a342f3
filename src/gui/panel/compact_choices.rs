//! The attributes and the review of a tag in one row, for low windows and narrow panels.

use std::collections::VecDeque;

use egui::{ComboBox, Ui};

use crate::gui::app_command::AppCommand;
use crate::gui::tag_description::capitalize;
use crate::model::{Annotation, Review};
use crate::ops::{Edit, OpenDocument};

/// White between the words of a list that drops down and its edges, with the arrow, in points.
const ARROW: f32 = 16.0;

/// `focus`: whether the first gets the keys' focus.
pub(super) fn compact_choices_ui(
    ui: &mut Ui,
    open: &OpenDocument,
    tag: &Annotation,
    focus: &mut bool,
    queue: &mut VecDeque<AppCommand>,
) {
    let kinds: Vec<_> = open.schema().attributes_of(&tag.label).collect();
    let count = u8::try_from(kinds.len() + 1).unwrap_or(u8::MAX);
    ui.horizontal_wrapped(|ui| {
        ui.spacing_mut().item_spacing.x = 4.0;
        let width = (ui.available_width() / f32::from(count.min(2)) - ARROW).max(70.0);
        for kind in kinds {
            let now = tag.attribute(&kind.name);
            let shown = now.map_or_else(|| capitalize(&kind.name), ToString::to_string);
            let combo = ComboBox::from_id_salt(("attribute", &kind.name))
                .selected_text(shown)
                .width(width)
                .truncate()
                .show_ui(ui, |ui| {
                    for value in &kind.values {
                        let chosen = now == Some(value);
                        if ui.selectable_label(chosen, value.as_str()).clicked() {
                            queue.push_back(AppCommand::document(Edit::SetAttribute {
                                tag: Some(tag.id.clone()),
                                name: kind.name.clone(),
                                value: (!chosen).then(|| value.clone()),
                            }));
                        }
                    }
                });
            if std::mem::take(focus) {
                combo.response.request_focus();
            }
            name_ui(&combo.response, &capitalize(&kind.name));
        }
        let combo = ComboBox::from_id_salt("review of the tag")
            .selected_text(tag.review.word())
            .width(width)
            .truncate()
            .show_ui(ui, |ui| {
                for review in Review::ALL {
                    let chosen = tag.review == review;
                    if ui.selectable_label(chosen, review.word()).clicked() && !chosen {
                        queue.push_back(AppCommand::document(Edit::Review {
                            tag: Some(tag.id.clone()),
                            review,
                        }));
                    }
                }
            });
        name_ui(&combo.response, "Review");
    });
}

fn name_ui(response: &egui::Response, name: &str) {
    response.widget_info(|| egui::WidgetInfo::labeled(egui::Role::ComboBox, true, name));
    response.clone().on_hover_text(name);
}
