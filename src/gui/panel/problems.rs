//! What is doubtful in the article.

use std::collections::VecDeque;

use egui::{Id, Rect, RichText, ScrollArea, Ui, UiBuilder, pos2, vec2};

use super::conflicts::conflicts_ui;
use super::problem_actions::{has_actions, problem_actions_ui};
use super::problem_groups::{Item, ProblemGroups};
use crate::gui::app_command::AppCommand;
use crate::gui::clash_words::ClashWords;
use crate::gui::fonts;
use crate::gui::tag_description::tag_description;
use crate::gui::ui_context::UiContext;
use crate::gui::widgets::{LabelStyle, Row};
use crate::model::{Problem, ProblemKind, RecordClash};
use crate::ops::{Move, OpenDocument};
use crate::text::wording::count;

/// Line of the sidecar with the record that waits for a decision, and between which versions.
fn undecided(kind: &ProblemKind) -> Option<(usize, Option<&RecordClash>)> {
    match kind {
        ProblemKind::Lost { line, .. } => Some((*line, None)),
        ProblemKind::Clash(clash) => Some((clash.line, Some(&**clash))),
        ProblemKind::Unread { .. }
        | ProblemKind::WordsChanged { .. }
        | ProblemKind::UnknownLabel(_)
        | ProblemKind::UnknownAttribute(_)
        | ProblemKind::UnknownValue { .. }
        | ProblemKind::CutsGrapheme
        | ProblemKind::DanglingLink(_)
        | ProblemKind::LinkNotAllowed(_)
        | ProblemKind::UnknownPerson(_)
        | ProblemKind::SourceChanged
        | ProblemKind::Lint(_) => None,
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
    if has_actions(open) {
        egui::Panel::bottom("problem actions")
            .resizable(false)
            .show_separator_line(true)
            .show(ui, |ui| problem_actions_ui(ui, cx, open, queue));
    }
    let problems = open.problems();
    if problems.is_empty() {
        let words = match problems.more_when_done() {
            _ if !open.lists_problems() => "Looking for problems…".to_owned(),
            0 => "No problems.".to_owned(),
            more => format!(
                "No problems. {} will be listed once the article is marked as done.",
                count(more, "hint")
            ),
        };
        let margin = egui::Margin::symmetric(12, 8);
        egui::Frame::new().inner_margin(margin).show(ui, |ui| {
            let words = egui::RichText::new(words).weak();
            ui.add(egui::Label::new(words).wrap());
        });
        return None;
    }
    if problems.hint_count() > 0 {
        let margin = egui::Margin {
            top: 6,
            ..egui::Margin::symmetric(12, 0)
        };
        egui::Frame::new().inner_margin(margin).show(ui, |ui| {
            ui.label(RichText::new(problems.words()).color(cx.theme.muted));
        });
    }
    ui.spacing_mut().item_spacing.y = 0.0;
    let id = Id::unique("problem groups");
    let mut groups: ProblemGroups = ui.data_mut(|data| data.remove_temp(id)).unwrap_or_default();
    groups.refresh(open, |kind| undecided(kind).is_some());
    let mut entry = None;
    ScrollArea::vertical()
        .id_salt("problems")
        .auto_shrink(false)
        .show_viewport(ui, |ui, viewport| {
            ui.set_height(groups.height());
            let area = ui.max_rect();
            for (top, item) in groups.between(viewport.top(), viewport.bottom()) {
                let place = Rect::from_min_size(
                    pos2(area.left(), area.top() + top),
                    vec2(area.width(), item.height()),
                );
                let builder = UiBuilder::new().max_rect(place);
                let (n, alone) = match item {
                    Item::Heading(words) => {
                        ui.scope_builder(builder, |ui| group_heading_ui(ui, cx, words));
                        continue;
                    }
                    Item::OfGroup(n) => (*n, false),
                    Item::Alone(n) | Item::Undecided(n) => (*n, true),
                };
                if let Some(problem) = problems.rows(n..n + 1).next() {
                    let height = item.height();
                    let response = ui.scope_builder(builder, |ui| {
                        problem_ui(ui, cx, open, (n, &problem), (height, alone), queue)
                    });
                    entry.get_or_insert(response.inner);
                }
            }
        });
    ui.data_mut(|data| data.insert_temp(id, groups));
    entry
}

/// What all problems below it have in common, in two lines at most.
fn group_heading_ui(ui: &mut Ui, cx: UiContext<'_>, words: &str) {
    let margin = egui::Margin {
        top: 5,
        ..egui::Margin::symmetric(12, 0)
    };
    egui::Frame::new().inner_margin(margin).show(ui, |ui| {
        let text = RichText::new(words).font(fonts::bold_font(11.5));
        let text = text.color(cx.theme.muted);
        let label = ui.add(egui::Label::new(text).wrap());
        label.on_hover_text(words);
    });
}

/// A problem's row; returns its id. `alone`: there is no heading that says what is wrong.
fn problem_ui(
    ui: &mut Ui,
    cx: UiContext<'_>,
    open: &OpenDocument,
    (n, problem): (usize, &Problem),
    (height, alone): (f32, bool),
    queue: &mut VecDeque<AppCommand>,
) -> Id {
    let decided = Id::unique("problem to decide");
    let chosen: Option<usize> = ui.data(|data| data.get_temp(decided));
    let undecided = undecided(&problem.kind);
    let line = undecided.map(|(line, _)| line);
    let clash = undecided.and_then(|(_, clash)| clash);
    let clash = clash.map(|clash| ClashWords::new(open, clash));
    let words = problem.kind.words_on_screen();
    let tag = problem
        .annotation
        .as_ref()
        .and_then(|id| open.shown().set().annotation(id));
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
    let (first, second) = if alone {
        (words.as_str(), place.as_str())
    } else {
        (place.as_str(), "")
    };
    let row = Row {
        id: Id::unique(("problem row", n)),
        name: format!("{words}: {place}"),
        style: style.as_ref(),
        first,
        second,
        aside: "",
        aside_color: cx.theme.muted,
        chosen: match (&problem.annotation, problem.range) {
            _ if line.is_some() => line == chosen,
            (Some(tag), _) => open.selection().tag.as_ref() == Some(tag),
            (None, Some(range)) => open.selection().range() == range,
            (None, None) => false,
        },
        dimmed: false,
    };
    let response = row.row_ui(ui, cx.theme, height).on_hover_text(&words);
    let id = response.id;
    if !response.clicked() {
        return id;
    }
    match (&problem.annotation, problem.range) {
        (Some(tag), _) if open.shown().set().annotation(tag).is_some() => {
            queue.push_back(AppCommand::document_then_focus(Move::GoTo(tag.clone())));
        }
        (_, Some(range)) => queue.push_back(AppCommand::document_then_focus(Move::Select {
            anchor: range.start(),
            head: range.end(),
        })),
        // About no place: the decision about it is shown above.
        (_, None) => {
            if let Some(line) = line {
                ui.data_mut(|data| data.insert_temp(decided, line));
            }
        }
    }
    id
}
