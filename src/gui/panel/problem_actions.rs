//! What can be done about the problem where the person is, and what is ignored in the article.

use std::collections::VecDeque;

use egui::{Frame, Label, Margin, RichText, ScrollArea, Ui};

use crate::gui::app_command::AppCommand;
use crate::gui::tag_description::{capitalize, tag_description};
use crate::gui::ui_context::UiContext;
use crate::model::{Finding, FindingSubject, LintRule, Problem, Suppression};
use crate::ops::ui_command::UiCommand;
use crate::ops::{Edit, Gesture, OpenDocument, fix_word};
use crate::text::wording::{count, quoted};

/// Height of the list of what is ignored, in points.
const IGNORED: f32 = 130.0;

/// Whether there is anything to show.
pub(super) fn has_actions(open: &OpenDocument) -> bool {
    let ignored = open.document().set().suppressions().next().is_some();
    ignored || open.problems_here().next().is_some()
}

/// Buttons for the problem where the person is; below them, what is ignored.
pub(super) fn problem_actions_ui(
    ui: &mut Ui,
    cx: UiContext<'_>,
    open: &OpenDocument,
    queue: &mut VecDeque<AppCommand>,
) {
    let margin = Margin::symmetric(10, 6);
    Frame::new().inner_margin(margin).show(ui, |ui| {
        ui.spacing_mut().item_spacing.y = 4.0;
        ui.set_width(ui.available_width());
        let here: Vec<Problem> = open.problems_here().collect();
        let fixable = |problem: &&Problem| fix_word(&problem.kind).is_some();
        let by_key = ActionsByKey {
            fix: here.iter().find(fixable),
            ignore: here.iter().find_map(|problem| problem.kind.finding()),
        };
        for problem in &here {
            problem_here_ui(ui, cx, problem, by_key, queue);
        }
        let ignored = open.document().set().suppressions().count();
        if ignored > 0 {
            let heading = format!("{} ignored", count(ignored, "hint"));
            ui.collapsing(heading, |ui| ignored_ui(ui, open, queue));
        }
    });
}

/// What the keys set right and ignore where several problems share a place: the first that can be.
#[derive(Clone, Copy)]
struct ActionsByKey<'a> {
    fix: Option<&'a Problem>,
    ignore: Option<&'a Finding>,
}

/// A problem where the person is, with what can be done about it.
fn problem_here_ui(
    ui: &mut Ui,
    cx: UiContext<'_>,
    problem: &Problem,
    by_key: ActionsByKey<'_>,
    queue: &mut VecDeque<AppCommand>,
) {
    let words = format!("{}.", capitalize(&problem.kind.words_on_screen()));
    ui.add(Label::new(RichText::new(&words).color(cx.theme.text)).wrap());
    let keys = |command, has_key| {
        if has_key {
            cx.key(command)
        } else {
            String::new()
        }
    };
    ui.horizontal_wrapped(|ui| {
        if let Some(word) = fix_word(&problem.kind) {
            let keys = keys(UiCommand::FixProblem, by_key.fix == Some(problem));
            let button = egui::Button::new(word).shortcut_text(keys);
            let tooltip = cx.tooltip(UiCommand::FixProblem);
            let button = ui.add(button).on_hover_text(tooltip);
            named(&button, word);
            if button.clicked() {
                let fix = Gesture::FixProblem(Some(problem.clone()));
                queue.push_back(AppCommand::document_then_focus(fix));
            }
        }
        if let Some(finding) = problem.kind.finding() {
            let keys = keys(UiCommand::IgnoreProblem, by_key.ignore == Some(finding));
            let button = egui::Button::new("Ignore…").shortcut_text(keys);
            let tooltip = cx.tooltip(UiCommand::IgnoreProblem);
            let button = ui.add(button).on_hover_text(tooltip);
            named(&button, "Ignore…");
            if button.clicked() {
                queue.push_back(AppCommand::AskWhyToIgnore(finding.clone()));
            }
        }
    });
}

/// Names a button without its key.
fn named(button: &egui::Response, name: &str) {
    button.widget_info(|| egui::WidgetInfo::labeled(egui::Role::Button, true, name));
}

fn ignored_ui(ui: &mut Ui, open: &OpenDocument, queue: &mut VecDeque<AppCommand>) {
    let area = ScrollArea::vertical()
        .id_salt("ignored")
        .max_height(IGNORED);
    area.auto_shrink([false, true]).show(ui, |ui| {
        for one in open.document().set().suppressions() {
            ui.add(Label::new(about(open, one)).wrap());
            let reason = match &*one.reason {
                "" => "no reason given",
                reason => reason,
            };
            ui.horizontal_wrapped(|ui| {
                let button = ui.small_button("Show again");
                let name = format!("Show again: {}", about(open, one));
                named(&button, &name);
                if button.clicked() {
                    let edit = Edit::StopIgnoring(one.key.clone());
                    queue.push_back(AppCommand::document(edit));
                }
                ui.weak(reason);
            });
        }
    });
}

/// What is ignored: the rule and what it is about.
fn about(open: &OpenDocument, one: &Suppression) -> String {
    let rule = LintRule::named(&one.key.rule);
    let rule = rule.map_or_else(
        || one.key.rule.to_string(),
        |rule| rule.name().replace('-', " "),
    );
    let words = match &one.key.about {
        FindingSubject::Tag(id) => match open.document().set().annotation(id) {
            Some(tag) => tag_description(open, tag),
            None => "a deleted tag".to_owned(),
        },
        FindingSubject::Words(words) => words.to_string(),
    };
    format!("{rule}: {}", quoted(&words, '“', '”'))
}
