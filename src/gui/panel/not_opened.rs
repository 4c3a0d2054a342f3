//! The files of the folder that cannot be opened.

use std::collections::VecDeque;
use std::path::Path;

use egui::{Id, Ui};

use crate::format::detect_by_name;
use crate::gui::app_command::AppCommand;
use crate::gui::tag_description::capitalize;
use crate::gui::ui_context::UiContext;
use crate::gui::widgets::{Row, TALL_ROW};
use crate::store::NotOpened;
use crate::text::wording::count;

/// How many files of the folder cannot be opened; a click shows which.
/// Returns whether it was clicked.
pub(super) fn not_opened_heading_ui(
    ui: &mut Ui,
    cx: UiContext<'_>,
    number: usize,
    shown: &mut bool,
) -> bool {
    let words = format!("{} not opened", count(number, "file"));
    let row = Row {
        id: Id::unique("not opened"),
        name: words.clone(),
        style: None,
        first: &words,
        second: if *shown { "" } else { "Click to see why" },
        aside: "",
        aside_color: cx.theme.muted,
        chosen: false,
        dimmed: true,
    };
    let clicked = row.row_ui(ui, cx.theme, TALL_ROW).clicked();
    if clicked {
        *shown = !*shown;
    }
    clicked
}

/// A file that cannot be opened, and why.
pub(super) fn not_opened_ui(
    ui: &mut Ui,
    cx: UiContext<'_>,
    (name, path): (&str, &Path),
    why: &NotOpened,
    queue: &mut VecDeque<AppCommand>,
) {
    let has_records = *why == NotOpened::Records;
    let is_document = *why == NotOpened::NotPlainText || has_records;
    let kind = detect_by_name(name)
        .into_iter()
        .find(|format| format.holds_articles());
    let why = match kind {
        Some(format) if is_document => format!("{}, not imported", format.title),
        None if is_document && !has_records => {
            "Save it as .docx in its program and import that".to_owned()
        }
        Some(_) | None => capitalize(&why.to_string()),
    };
    let row = Row {
        id: Id::unique(("not opened", name)),
        name: format!("{name}, {why}"),
        style: None,
        first: name,
        second: &why,
        aside: "",
        aside_color: cx.theme.muted,
        chosen: false,
        dimmed: true,
    };
    let tip = match kind {
        Some(_) if is_document && !has_records => format!("{why}; click to import it"),
        Some(_) | None => why.clone(),
    };
    let row = row.row_ui(ui, cx.theme, TALL_ROW).on_hover_text(tip);
    if is_document && row.clicked() {
        queue.push_back(AppCommand::AskImport(vec![path.to_owned()]));
    }
}
