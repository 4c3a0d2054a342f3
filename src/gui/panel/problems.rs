//! What is doubtful in the article.

use std::collections::VecDeque;

use egui::{Id, ScrollArea, Ui};

use super::conflicts::conflicts_ui;
use crate::gui::app_command::AppCommand;
use crate::gui::clash_words::ClashWords;
use crate::gui::tag_description::tag_description;
use crate::gui::ui_context::UiContext;
use crate::gui::widgets::{LabelStyle, Row, TALL_ROW};
use crate::model::{ProblemKind, RecordClash};
use crate::ops::{Move, OpenDocument};

/// Line of the sidecar with the record that waits for a decision, and between which versions.
fn undecided(kind: &ProblemKind) -> Option<(usize, Option<&RecordClash>)> {
    match kind {
        ProblemKind::Lost { line, .. } => Some((*line, None)),
        ProblemKind::Clash(clash) => Some((clash.line, Some(clash))),
        ProblemKind::Unread { .. }
        | ProblemKind::WordsChanged { .. }
        | ProblemKind::UnknownLabel(_)
        | ProblemKind::UnknownAttribute(_)
        | ProblemKind::UnknownValue { .. }
        | ProblemKind::CutsGrapheme
        | ProblemKind::DanglingLink(_)
        | ProblemKind::LinkNotAllowed(_)
        | ProblemKind::UnknownPerson(_)
        | ProblemKind::SourceChanged => None,
    }
}

/// The problems; returns the row that gets the keys' focus: the first in view.
pub(crate) fn problems_ui(
    ui: &mut Ui,
    cx: UiContext<'_>,
    open: &OpenDocument,
    queue: &mut VecDeque<AppCommand>,
) -> Option<Id> {
    let decided = Id::unique("problem to decide");
    let chosen: Option<usize> = ui.data(|data| data.get_temp(decided));
    conflicts_ui(ui, cx, open, chosen, queue);
    let problems = open.problems();
    if problems.is_empty() {
        ui.add_space(8.0);
        ui.horizontal(|ui| {
            ui.add_space(12.0);
            ui.weak("No problems.");
        });
        return None;
    }
    ui.spacing_mut().item_spacing.y = 0.0;
    let mut entry = None;
    ScrollArea::vertical()
        .id_salt("problems")
        .auto_shrink(false)
        .show_rows(ui, TALL_ROW, problems.len(), |ui, rows| {
            for (n, problem) in rows.clone().zip(problems.rows(rows)) {
                let undecided = undecided(&problem.kind);
                let line = undecided.map(|(line, _)| line);
                let clash = undecided.and_then(|(_, clash)| clash);
                let clash = clash.map(|clash| ClashWords::new(open, clash));
                let words = problem.kind.words_on_screen();
                let tag = problem
                    .annotation
                    .as_ref()
                    .and_then(|id| open.document().set().annotation(id));
                let style = tag.map(|tag| LabelStyle::of(open.schema(), &tag.label));
                let place = match (tag, problem.range) {
                    _ if clash.is_some() => clash.map_or_else(String::new, |clash| clash.about),
                    (Some(tag), _) => tag_description(open, tag),
                    (None, Some(range)) => {
                        let at = open.document().source().line_column(range.start());
                        format!("line {}, column {}", at.line, at.column)
                    }
                    (None, None) => "whole article".to_owned(),
                };
                let row = Row {
                    id: Id::unique(("problem row", n)),
                    name: format!("{words}: {place}"),
                    style: style.as_ref(),
                    first: &words,
                    second: &place,
                    aside: "",
                    aside_color: cx.theme.muted,
                    chosen: line.is_some() && line == chosen,
                    dimmed: false,
                };
                let response = row.row_ui(ui, cx.theme, TALL_ROW).on_hover_text(&words);
                entry.get_or_insert(response.id);
                if !response.clicked() {
                    continue;
                }
                match (&problem.annotation, problem.range) {
                    (Some(tag), _) if open.document().set().annotation(tag).is_some() => {
                        queue.push_back(AppCommand::document_then_focus(Move::GoTo(tag.clone())));
                    }
                    (_, Some(range)) => {
                        queue.push_back(AppCommand::document_then_focus(Move::Select {
                            anchor: range.start(),
                            head: range.end(),
                        }))
                    }
                    // About no place: the decision about it is shown above.
                    (_, None) => {
                        if let Some(line) = line {
                            ui.data_mut(|data| data.insert_temp(decided, line));
                        }
                    }
                }
            }
        });
    entry
}
