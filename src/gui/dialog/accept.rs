//! Which suggestions to accept at once: how many there are, and how many of them may be wrong.

use std::collections::VecDeque;

use egui::{Button, Context, RichText};

use super::{DialogState, focus_by_default, sheet_ui};
use crate::gui::app_command::AppCommand;
use crate::gui::tag_description::capitalize;
use crate::gui::ui_context::UiContext;
use crate::model::QuoteForm;
use crate::ops::{Edit, OpenDocument};
use crate::text::wording::{count, doubt};

/// Confidences to choose from (0 to 1), in words.
const LEAST: [(f64, &str); 4] = [
    (0.0, "any"),
    (0.8, "80 % or more"),
    (0.9, "90 % or more"),
    (0.95, "95 % or more"),
];

/// A kind, and how sure the program has to be.
#[derive(Debug)]
pub(crate) struct AcceptDialog {
    kind: QuoteForm,
    /// Which of [`LEAST`].
    least: usize,
}

impl AcceptDialog {
    /// The first kind with something to accept; `None`: there is none.
    pub(crate) fn new(open: &OpenDocument) -> Option<Self> {
        let mut kinds = QuoteForm::ALL.into_iter();
        let kind = kinds.find(|&kind| !open.suggested_quotes(kind, 0.0).is_empty())?;
        Some(Self { kind, least: 0 })
    }

    pub(super) fn accept_ui(
        &mut self,
        context: &Context,
        cx: UiContext<'_>,
        open: Option<&OpenDocument>,
        queue: &mut VecDeque<AppCommand>,
    ) -> DialogState {
        let Some(open) = open else {
            return DialogState::Closed;
        };
        sheet_ui(context, cx, "Accept suggestions", 480.0, |ui| {
            ui.horizontal_wrapped(|ui| {
                for kind in QuoteForm::ALL {
                    let number = open.suggested_quotes(kind, 0.0).len();
                    let words = format!("{} quotes ({number})", capitalize(kind.word()));
                    let choice = Button::selectable(self.kind == kind, words);
                    if ui.add_enabled(number > 0, choice).clicked() {
                        self.kind = kind;
                    }
                }
            });
            ui.horizontal_wrapped(|ui| {
                ui.label("Confidence");
                for (n, (_, words)) in LEAST.iter().enumerate() {
                    if ui.selectable_label(self.least == n, *words).clicked() {
                        self.least = n;
                    }
                }
            });
            ui.add_space(6.0);
            let least = LEAST.get(self.least).map_or(0.0, |(least, _)| *least);
            let found = open.suggested_quotes(self.kind, least);
            let wrong: f64 = found.iter().map(|(_, confidence)| 1.0 - confidence).sum();
            let what = count(found.len(), &format!("{} quote", self.kind.word()));
            ui.label(if found.is_empty() {
                format!("No {} quote is that sure.", self.kind.word())
            } else {
                format!("Accept {what}? {}.", capitalize(&doubt(wrong)))
            });
            ui.weak("Their speakers are confirmed with them. One undo takes all of it back.");
            ui.add_space(6.0);
            let words = RichText::new(format!("Accept {what}")).color(cx.theme.on_accent);
            let button = Button::new(words).fill(cx.theme.accent);
            let response = ui.add_enabled(!found.is_empty(), button);
            focus_by_default(ui, &response);
            if response.clicked() {
                let tags = found.into_iter().map(|(tag, _)| tag).collect();
                queue.push_back(AppCommand::document(Edit::AcceptSuggestions(tags)));
                return DialogState::Closed;
            }
            DialogState::Open
        })
    }
}
