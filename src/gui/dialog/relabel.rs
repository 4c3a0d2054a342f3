//! Another label for a tag, by its letter, with the arrows or by a click.

use std::collections::VecDeque;

use egui::{Context, Id};

use super::list::{arrows, keep_chosen};
use super::{DialogState, SheetPlace, placed_sheet_ui};
use crate::gui::app_command::AppCommand;
use crate::gui::key_events::{KeyboardLayout, presses};
use crate::gui::ui_context::UiContext;
use crate::gui::widgets::{LabelStyle, ROW, Row};
use crate::model::{Annotation, AnnotationId, Schema};
use crate::ops::{Edit, Gesture, OpenDocument, ReviewStep};

/// The tag, and which label is chosen.
#[derive(Debug)]
pub(crate) struct RelabelDialog {
    /// One's own tag; `None`: the colleague's that is reviewed.
    tag: Option<AnnotationId>,
    chosen: usize,
}

impl RelabelDialog {
    pub(crate) fn new(tag: &Annotation, schema: &Schema) -> Self {
        let mut labels = schema.labels().iter();
        Self {
            tag: Some(tag.id.clone()),
            chosen: labels.position(|label| label.key == tag.label).unwrap_or(0),
        }
    }

    /// For a colleague's tag, to propose another label: the first one that it does not have.
    pub(crate) fn of_colleague(tag: &Annotation, schema: &Schema) -> Self {
        let mut labels = schema.labels().iter();
        Self {
            tag: None,
            chosen: labels.position(|label| label.key != tag.label).unwrap_or(0),
        }
    }

    pub(super) fn relabel_ui(
        &mut self,
        context: &Context,
        cx: UiContext<'_>,
        place: SheetPlace,
        open: Option<&OpenDocument>,
        queue: &mut VecDeque<AppCommand>,
    ) -> DialogState {
        let Some(open) = open else {
            return DialogState::Closed;
        };
        let tag = match &self.tag {
            Some(tag) => open.shown().set().annotation(tag),
            None => open.reviewed_tag().map(|reviewed| reviewed.tag),
        };
        let Some(tag) = tag else {
            return DialogState::Closed;
        };
        let labels = open.schema().labels();
        let layout = KeyboardLayout::default();
        let typed = context.input(|input| {
            presses(&input.events, layout)
                .iter()
                .find_map(|at| at.candidates().find_map(|press| cx.keymap.label_of(press)))
        });
        let mut picked = typed.map(usize::from);
        let title = "Change label to";
        let state = placed_sheet_ui(context, cx, title, 240.0, place, |ui| {
            let moved = arrows(ui, &mut self.chosen, labels.len());
            ui.spacing_mut().item_spacing.y = 0.0;
            for (n, label) in labels.iter().enumerate() {
                let style = LabelStyle::of(open.schema(), &label.key);
                let row = Row {
                    id: Id::unique(("label choice", &label.key)),
                    name: format!("Change label to {}", label.name),
                    style: Some(&style),
                    first: &label.name,
                    second: "",
                    aside: &(n + 1).to_string(),
                    aside_color: cx.theme.muted,
                    chosen: label.key == tag.label,
                    dimmed: false,
                };
                let response = row.row_ui(ui, cx.theme, ROW);
                keep_chosen(ui, &response, n, moved, &mut self.chosen);
                if response.clicked() {
                    picked = Some(n);
                }
            }
            DialogState::Open
        });
        let Some(label) = picked.and_then(|n| labels.get(n)) else {
            return state;
        };
        if typed.is_some() {
            // Whoever types the name of the label tags nothing with the rest of it.
            queue.push_back(AppCommand::IgnoreLetters);
        }
        let label = label.key.clone();
        queue.push_back(match &self.tag {
            Some(tag) => AppCommand::document(Edit::Relabel {
                tag: Some(tag.clone()),
                label,
            }),
            None => {
                let propose = Gesture::ReviewOfOthers(ReviewStep::Label(label));
                AppCommand::document(propose)
            }
        });
        DialogState::Closed
    }
}
