//! Why a hint is ignored.

use std::collections::VecDeque;

use egui::{Context, Id, TextEdit};

use super::fields::{last_row_ui, named_field_ui};
use super::{DialogState, SheetPlace, Typed, placed_sheet_ui, start_field};
use crate::gui::app_command::AppCommand;
use crate::gui::tag_description::capitalize;
use crate::gui::ui_context::UiContext;
use crate::gui::widgets::take_plain_enter;
use crate::model::{Finding, SuppressionKey};
use crate::ops::Edit;

/// What is ignored, and the reason typed so far.
#[derive(Debug)]
pub(crate) struct IgnoreDialog {
    key: SuppressionKey,
    /// What is probably wrong.
    words: String,
    reason: String,
    started: bool,
}

const TITLE: &str = "Ignore this hint";

impl IgnoreDialog {
    pub(crate) fn new(finding: &Finding) -> Self {
        Self {
            key: finding.key(),
            words: format!("{}.", capitalize(finding.rule.words())),
            reason: String::new(),
            started: false,
        }
    }

    pub(super) fn typed(&self) -> Typed {
        Typed::draft(!self.reason.trim().is_empty(), TITLE)
    }

    pub(super) fn ignore_ui(
        &mut self,
        context: &Context,
        cx: UiContext<'_>,
        place: SheetPlace,
        queue: &mut VecDeque<AppCommand>,
    ) -> DialogState {
        placed_sheet_ui(context, cx, TITLE, 420.0, place, |ui| {
            let mut ignore = take_plain_enter(ui);
            ui.add(egui::Label::new(egui::RichText::new(&self.words).weak()).wrap());
            ui.add_space(4.0);
            let id = Id::unique("reason to ignore");
            start_field(ui, id, &mut self.started, &self.reason, None);
            let field = TextEdit::singleline(&mut self.reason)
                .id(id)
                .hint_text("Why it is right as it is (may be empty)")
                .desired_width(f32::INFINITY);
            named_field_ui(ui, field, "Reason");
            ignore |= last_row_ui(ui, "The reason is kept with the tags.", "Ignore");
            if !ignore {
                return DialogState::Open;
            }
            queue.push_back(AppCommand::document_then_focus(Edit::IgnoreFinding {
                key: self.key.clone(),
                reason: self.reason.trim().to_owned(),
            }));
            DialogState::Closed
        })
    }
}
