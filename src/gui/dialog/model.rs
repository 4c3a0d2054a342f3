//! Which program is to suggest, and how long it may take.

use std::collections::VecDeque;

use egui::{Button, Context, DragValue, Id, Key, Label, Modifiers, RichText, TextEdit};

use super::fields::named_field_ui;
use super::{DialogState, sheet_ui, start_field};
use crate::gui::app_command::AppCommand;
use crate::gui::ui_context::UiContext;
use crate::gui::widgets::example;
use crate::ops::ModelCommand;
use crate::store::{Draft, ModelSettings};

pub(super) const TITLE: &str = "Suggest with your own program";

/// What is typed.
#[derive(Debug)]
pub(crate) struct ModelDialog {
    model: ModelSettings,
    before: String,
    started: bool,
}

impl ModelDialog {
    /// With what was used last.
    pub(crate) fn new(model: &ModelSettings) -> Self {
        Self {
            model: model.clone(),
            before: model.command.clone(),
            started: false,
        }
    }

    /// What is typed, as a draft.
    pub(super) fn draft(&self, about: Draft) -> Draft {
        Draft {
            dialog: TITLE.to_owned(),
            text: self.model.command.clone(),
            ..about
        }
    }

    /// Whether anything is typed.
    pub(super) fn is_typed(&self) -> bool {
        self.started && self.model.command.trim() != self.before
    }

    pub(super) fn model_ui(
        &mut self,
        context: &Context,
        cx: UiContext<'_>,
        queue: &mut VecDeque<AppCommand>,
    ) -> DialogState {
        sheet_ui(context, cx, TITLE, 560.0, |ui| {
            let enter = ui.input_mut(|input| input.consume_key(Modifiers::NONE, Key::Enter));
            let id = Id::unique("program that suggests");
            start_field(ui, id, &mut self.started, &self.model.command, None);
            let field = TextEdit::singleline(&mut self.model.command)
                .id(id)
                .hint_text(example(ui, "python3 /home/me/model.py"))
                .desired_width(f32::INFINITY);
            named_field_ui(ui, field, "Command");
            ui.horizontal(|ui| {
                let label = ui.label("Time limit");
                let seconds = DragValue::new(&mut self.model.seconds)
                    .range(1..=ModelSettings::MOST_SECONDS)
                    .suffix(" s");
                ui.add(seconds).labelled_by(label.id);
            });
            let command = self.model.command.trim().to_owned();
            let wrong = ModelCommand::parse(&command).err();
            let words = match &wrong {
                Some(error) if !command.is_empty() => error.to_string(),
                Some(_) | None => {
                    "The program runs on your machine with your rights. It reads this \
                     article and its tags as a line of JSON and writes the line with more tags."
                        .to_owned()
                }
            };
            let color = if wrong.is_some() && !command.is_empty() {
                cx.theme.danger
            } else {
                cx.theme.muted
            };
            ui.add(Label::new(RichText::new(words).color(color)).wrap());
            let mut go = enter;
            ui.horizontal(|ui| {
                ui.with_layout(egui::Layout::right_to_left(egui::Align::Center), |ui| {
                    go |= ui
                        .add_enabled(wrong.is_none(), Button::new("Suggest"))
                        .clicked();
                });
            });
            if !go || wrong.is_some() {
                return DialogState::Open;
            }
            queue.push_back(AppCommand::SuggestWith(ModelSettings {
                command,
                ..self.model.clone()
            }));
            DialogState::Closed
        })
    }
}
