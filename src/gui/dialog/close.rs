//! Closing with something not saved.

use std::collections::VecDeque;

use egui::{Button, Context, Id, Modal, RichText};

use super::{DialogState, focus_by_default};
use crate::gui::app_command::AppCommand;
use crate::gui::fonts;
use crate::gui::ui_context::UiContext;

/// What is not saved.
#[derive(Debug)]
pub(crate) struct Unsaved {
    /// The articles, with the reason.
    pub(crate) articles: Vec<(String, String)>,
    /// Whether it is kept for the next start.
    pub(crate) kept: bool,
    /// Whether saving was tried from here.
    pub(crate) tried: bool,
}

pub(super) fn close_ui(
    context: &Context,
    cx: UiContext<'_>,
    unsaved: &Unsaved,
    queue: &mut VecDeque<AppCommand>,
) -> DialogState {
    let mut order = None;
    let modal = Modal::new(Id::unique("close")).show(context, |ui| {
        ui.set_width(460.0);
        let heading = if unsaved.tried {
            "Still not saved. Close without saving?"
        } else {
            "Close without saving?"
        };
        ui.label(RichText::new(heading).font(fonts::bold_font(15.0)));
        ui.add_space(6.0);
        for (name, why) in &unsaved.articles {
            ui.label(name);
            if !why.is_empty() {
                let why = RichText::new(why).color(cx.theme.danger);
                ui.add(egui::Label::new(why).wrap());
            }
        }
        ui.add_space(10.0);
        ui.horizontal_wrapped(|ui| {
            let default = |words| {
                Button::new(RichText::new(words).color(cx.theme.on_accent)).fill(cx.theme.accent)
            };
            if unsaved.kept {
                let keep = ui.add(default("Close and keep for next time"));
                focus_by_default(ui, &keep);
                if keep
                    .on_hover_text("Closes the window. The next start offers the unsaved work.")
                    .clicked()
                {
                    order = Some(AppCommand::KeepAndClose);
                }
            }
            let words = if unsaved.tried { "Save again" } else { "Save" };
            let save = if unsaved.kept {
                Button::new(words)
            } else {
                default(words)
            };
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
