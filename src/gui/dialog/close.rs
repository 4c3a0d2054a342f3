//! Closing with something not saved.

use std::collections::VecDeque;

use egui::{Button, Context, Id, Modal, RichText};

use super::DialogState;
use crate::gui::app_command::AppCommand;
use crate::gui::fonts;
use crate::gui::ui_context::UiContext;

pub(super) fn close_ui(
    context: &Context,
    cx: UiContext<'_>,
    unsaved: &[(String, String)],
    queue: &mut VecDeque<AppCommand>,
) -> DialogState {
    let mut order = None;
    let modal = Modal::new(Id::unique("close")).show(context, |ui| {
        ui.set_width(460.0);
        ui.label(RichText::new("Close without saving?").font(fonts::bold_font(15.0)));
        ui.add_space(6.0);
        for (name, why) in unsaved {
            ui.label(name);
            if !why.is_empty() {
                let why = RichText::new(why).color(cx.theme.danger);
                ui.add(egui::Label::new(why).wrap());
            }
        }
        ui.add_space(10.0);
        ui.horizontal(|ui| {
            let save =
                Button::new(RichText::new("Save").color(cx.theme.on_accent)).fill(cx.theme.accent);
            if ui
                .add(save)
                .on_hover_text("Saves, then closes the window.")
                .clicked()
            {
                order = Some(AppCommand::SaveAndClose);
            }
            if ui
                .button(RichText::new("Discard").color(cx.theme.danger))
                .on_hover_text("Closes the window. Unsaved work is lost.")
                .clicked()
            {
                order = Some(AppCommand::CloseAnyway);
            }
            if ui
                .button("Cancel")
                .on_hover_text("Keeps the window open.")
                .clicked()
            {
                order = Some(AppCommand::StayOpen);
            }
        });
    });
    if modal.should_close() {
        order = Some(AppCommand::StayOpen);
    }
    queue.extend(order);
    DialogState::Open
}
