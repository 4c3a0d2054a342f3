//! Another label for the current tag, by its letter or a click.

use std::collections::VecDeque;

use egui::Context;

use super::{DialogState, sheet_ui};
use crate::gui::app_command::AppCommand;
use crate::gui::key_events::presses;
use crate::gui::ui_context::UiContext;
use crate::gui::widgets::{LabelStyle, ROW, Row};
use crate::ops::{Edit, OpenDocument};

pub(super) fn relabel_ui(
    context: &Context,
    cx: UiContext<'_>,
    open: Option<&OpenDocument>,
    queue: &mut VecDeque<AppCommand>,
) -> DialogState {
    let Some(open) = open else {
        return DialogState::Closed;
    };
    let Some(tag) = open.current_tag() else {
        return DialogState::Closed;
    };
    let typed = context.input(|input| {
        presses(&input.events)
            .iter()
            .find_map(|at| cx.keymap.label_of(at.press))
    });
    let mut chosen = typed;
    let state = sheet_ui(context, cx, "Change label to", 240.0, |ui| {
        ui.spacing_mut().item_spacing.y = 0.0;
        for (n, label) in (0_u8..).zip(open.schema().labels()) {
            let style = LabelStyle::of(open.schema(), &label.key);
            let row = Row {
                id: egui::Id::unique(("label choice", &label.key)),
                name: format!("Change label to {}", label.name),
                style: Some(&style),
                first: &label.name,
                second: "",
                aside: &(n + 1).to_string(),
                aside_color: cx.theme.muted,
                chosen: label.key == tag.label,
                dimmed: false,
            };
            if row.row_ui(ui, cx.theme, ROW).clicked() {
                chosen = Some(n);
            }
        }
        DialogState::Open
    });
    let label = chosen.and_then(|n| open.schema().labels().get(usize::from(n)));
    if let Some(label) = label {
        queue.push_back(AppCommand::document(Edit::Relabel {
            tag: Some(tag.id.clone()),
            label: label.key.clone(),
        }));
        return DialogState::Closed;
    }
    state
}
