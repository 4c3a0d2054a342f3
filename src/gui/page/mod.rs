//! Pages that are shown in the place of the article: a heading, what the page is about, and Esc goes back.

mod agreement;
mod folder_figures;
mod hand_out;
mod person;
mod project;
mod statistics;

use std::collections::VecDeque;

use egui::{
    Button, Frame, Id, Key, Margin, Modifiers, RichText, ScrollArea, Ui, UiBuilder, WidgetInfo,
};
use egui_extras::TableBuilder;

use super::app_command::AppCommand;
use super::fonts;
use super::theme::Theme;
use super::ui_context::UiContext;
use crate::ops::FileProblem;
use crate::text::wording::count;

pub(crate) use agreement::{AgreementPage, agreement_page_ui};
pub(crate) use person::{PersonPage, person_page_ui};
pub(crate) use project::{ProjectPage, project_page_ui};
pub(crate) use statistics::{Statistics, StatisticsPage, statistics_page_ui};

/// What is shown in the place of the article.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Page {
    /// How far the annotators of the folder agree.
    Agreement,
    /// A person over all articles, or all people.
    Person,
    /// All articles of the folder in a table.
    Project,
    /// What the folder holds, as plots.
    Statistics,
}

impl Page {
    /// Stands for the button that goes back, which gets the keys' focus where nothing else has it.
    pub(crate) fn focus_id() -> Id {
        Id::unique("back to the article")
    }
}

/// What a page needs below its heading, in points.
const LOWEST: f32 = 320.0;

/// The heading of a page with the way back, and what is `beside` it; below it the page itself.
pub(crate) fn page_ui(
    ui: &mut Ui,
    theme: &Theme,
    title: &str,
    queue: &mut VecDeque<AppCommand>,
    contents: impl FnOnce(&mut Ui, &mut VecDeque<AppCommand>),
) {
    // A field that has the focus takes Escape first, and so does a list that is open.
    let typing = ui
        .memory(|memory| memory.focused())
        .is_some_and(|id| egui::TextEdit::load_state(ui.ctx(), id).is_some());
    let asked = egui::Popup::is_any_open(ui.ctx())
        || ui.memory(|memory| memory.top_modal_layer().is_some());
    if !typing && !asked && ui.input_mut(|input| input.consume_key(Modifiers::NONE, Key::Escape)) {
        queue.push_back(AppCommand::ClosePage);
    }
    Frame::new()
        .inner_margin(Margin::symmetric(16, 10))
        .show(ui, |ui| {
            ui.horizontal(|ui| {
                let text = egui::RichText::new(title).font(fonts::bold_font(18.0));
                ui.heading(text.color(theme.text));
                let right = egui::Layout::right_to_left(egui::Align::Center);
                ui.with_layout(right, |ui| {
                    let back = ui.button("Back to the article").on_hover_text("Esc");
                    // A button has an id of its own making.
                    if ui.memory(|memory| memory.has_focus(Page::focus_id())) {
                        back.request_focus();
                    }
                    if back.clicked() {
                        queue.push_back(AppCommand::ClosePage);
                    }
                });
            });
            ui.add_space(6.0);
            if ui.available_height() >= LOWEST {
                contents(ui, queue);
                return;
            }
            // What does not fit is scrolled, not drawn over what is below.
            ScrollArea::vertical()
                .id_salt("low page")
                .auto_shrink(false)
                .show(ui, |ui| {
                    ui.set_max_height(LOWEST);
                    contents(ui, queue);
                });
        });
}

/// Two parts beside one another, half of the room each; the left one has at least so much.
fn beside_ui(ui: &mut Ui, least: f32, contents: impl FnOnce(&mut Ui, &mut Ui)) {
    let area = ui.available_rect_before_wrap();
    let gap = ui.spacing().item_spacing.x;
    let width = ((area.width() - gap) / 2.0).max(least);
    let (left, right) = area.split_left_right_at_x(area.left() + width);
    let right = right.with_min_x(right.left() + gap);
    let [mut left, mut right] = [(left, "left"), (right, "right")].map(|(area, side)| {
        let child = UiBuilder::new().max_rect(area).id_salt(side);
        ui.new_child(child)
    });
    contents(&mut left, &mut right);
    ui.advance_cursor_after_rect(area);
}

/// So many problems are named.
const NAMED_PROBLEMS: usize = 8;

/// How many problems there are with files, and which first.
fn file_problems_ui(ui: &mut Ui, cx: UiContext<'_>, problems: &[FileProblem]) {
    if problems.is_empty() {
        return;
    }
    let named = problems.iter().take(NAMED_PROBLEMS);
    let named: Vec<String> = named.map(ToString::to_string).collect();
    let words = format!("{} with files", count(problems.len(), "problem"));
    ui.colored_label(cx.theme.warning, words)
        .on_hover_text(named.join("\n"));
}

/// Words that can be clicked; `tip` says what that does, and is their name for those who cannot see them.
fn link_ui(ui: &mut Ui, cx: UiContext<'_>, words: &str, tip: &str) -> bool {
    let text = RichText::new(words).color(cx.theme.accent);
    let link = ui.add(Button::new(text).frame(false).small().truncate());
    link.widget_info(|| WidgetInfo::labeled(egui::Role::Button, true, tip));
    link.on_hover_text(tip).clicked()
}

/// A table of figures that is as long as its rows.
fn figures_table<'a>(ui: &'a mut Ui, id: impl egui::AsIdSalt) -> TableBuilder<'a> {
    TableBuilder::new(ui)
        .id_salt(id)
        .striped(true)
        .cell_layout(egui::Layout::left_to_right(egui::Align::Center))
        .vscroll(false)
}

/// A heading of a column.
fn column_name(name: &str) -> RichText {
    RichText::new(name).small().strong()
}
