//! The statistics of the folder: figures in words, plots to choose from, and the numbers of each.

mod drawing;

use std::collections::VecDeque;
use std::path::PathBuf;

use egui::{Button, ScrollArea, Ui};
use egui_extras::Column as TableColumn;

use super::folder_figures::FolderFigures;
use super::{column_name, figures_table, file_problems_ui, link_ui, page_ui};
use crate::gui::app_command::AppCommand;
use crate::gui::file_dialogs::Pick;
use crate::gui::tag_description::capitalize;
use crate::gui::ui_context::UiContext;
use crate::gui::widgets::checkbox_ui;
use crate::ops::plots::{Figure, Plot};
use crate::ops::{StatsReport, TagsOf};
use crate::text::wording::{count, one_line};

use drawing::plot_ui;

/// Width of the list of plots, in points.
const LIST: f32 = 216.0;
/// Height of a row of the table, in points.
const ROW: f32 = 22.0;
/// What is said while a thread counts.
const WAITING: &str = "Counting …";

/// The statistics of a folder as they were counted last.
#[derive(Debug)]
pub(crate) struct Statistics {
    pub(crate) folder: PathBuf,
    pub(crate) report: StatsReport,
    pub(crate) plots: Vec<Plot>,
}

/// How the page is left.
#[derive(Debug, Default)]
pub(crate) struct StatisticsPage {
    pub(crate) counted: FolderFigures<Statistics>,
    /// Whether it is told how long others have worked.
    pub(crate) times_of_others: bool,
    /// Whose tags are counted.
    pub(crate) tags: TagsOf,
    /// Which plot is shown, by its name.
    chosen: String,
}

/// The page.
pub(crate) fn statistics_page_ui(
    ui: &mut Ui,
    cx: UiContext<'_>,
    page: &mut StatisticsPage,
    queue: &mut VecDeque<AppCommand>,
) {
    page_ui(ui, cx.theme, "Statistics", queue, |ui, queue| {
        let Some(counted) = page.counted.known_ui(ui, cx, WAITING) else {
            return;
        };
        summary_ui(ui, cx, &counted.report);
        actions_ui(ui, page, &counted, queue);
        ui.add_space(6.0);
        if counted.plots.is_empty() {
            ui.weak(match counted.report.tags {
                TagsOf::Settled | TagsOf::Everybody => "Nothing is tagged in this folder yet.",
                TagsOf::Curated => "No article has curated tags yet.",
                TagsOf::People(_) => "They have not tagged anything in this folder yet.",
            });
            return;
        }
        let is_there = counted.plots.iter().any(|plot| plot.name == page.chosen);
        if !is_there && let Some(first) = counted.plots.first() {
            page.chosen.clone_from(&first.name);
        }
        let height = ui.available_height();
        ui.horizontal_top(|ui| {
            ui.vertical(|ui| {
                ui.set_width(LIST);
                let area = ScrollArea::vertical().id_salt("plots").max_height(height);
                area.show(ui, |ui| choices_ui(ui, &counted.plots, &mut page.chosen));
            });
            ui.separator();
            let mut shown = counted.plots.iter();
            if let Some(plot) = shown.find(|plot| plot.name == page.chosen) {
                ui.vertical(|ui| {
                    let area = ScrollArea::vertical()
                        .id_salt(("plot", &plot.name))
                        .max_height(height)
                        .auto_shrink(false);
                    area.show(ui, |ui| {
                        plot_ui(ui, cx, plot, queue);
                        ui.add_space(12.0);
                        numbers_ui(ui, cx, plot, queue);
                    });
                });
            }
        });
    });
}

/// What was counted, in words.
fn summary_ui(ui: &mut Ui, cx: UiContext<'_>, report: &StatsReport) {
    ui.horizontal_wrapped(|ui| {
        let tags: usize = report.labels.values().map(|stats| stats.tags).sum();
        let mut words = format!(
            "{}, {}",
            count(report.articles.len(), "article"),
            count(tags, "tag")
        );
        words.push_str(&format!("; {}", report.whose()));
        ui.label(words);
        file_problems_ui(ui, cx, &report.problems);
    });
}

/// What can be done with the statistics.
fn actions_ui(
    ui: &mut Ui,
    page: &mut StatisticsPage,
    counted: &Statistics,
    queue: &mut VecDeque<AppCommand>,
) {
    ui.horizontal_wrapped(|ui| {
        let some = !counted.plots.is_empty();
        let plots = ui.add_enabled(some, Button::new("Export plots…"));
        let plots = plots.on_hover_text("Each plot as SVG and PNG, its numbers as CSV");
        if plots.clicked() {
            queue.push_back(AppCommand::AskForStatistics(Pick::SavePlots));
        }
        let report = ui.button("Export report…");
        let report = report.on_hover_text("All plots and numbers in one HTML file");
        if report.clicked() {
            queue.push_back(AppCommand::AskForStatistics(Pick::SaveReport));
        }
        whose_ui(ui, &mut page.tags, &counted.report, queue);
        let times = checkbox_ui(ui, &mut page.times_of_others, "Times of others");
        let times = times.on_hover_text("Count how long others have worked, not only you");
        if times.changed() {
            queue.push_back(AppCommand::CountStatistics);
        }
        if page.counted.is_working() {
            ui.weak(WAITING);
        }
    });
}

/// A choice of whose tags are counted.
fn whose_ui(
    ui: &mut Ui,
    tags: &mut TagsOf,
    report: &StatsReport,
    queue: &mut VecDeque<AppCommand>,
) {
    let before = tags.clone();
    let shown = capitalize(&choice_words(tags));
    let choice = egui::ComboBox::from_id_salt("whose tags").selected_text(&shown);
    let choice = choice.width(210.0).height(400.0).show_ui(ui, |ui| {
        let people = report.names.iter().cloned();
        let people = people.map(|name| TagsOf::People(vec![name]));
        let all = [TagsOf::Settled, TagsOf::Curated, TagsOf::Everybody];
        for one in all.into_iter().chain(people) {
            let words = capitalize(&choice_words(&one));
            ui.selectable_value(tags, one, words);
        }
    });
    let name = format!("Whose tags: {}", choice_words(tags));
    let response = choice.response.on_hover_text("Whose tags are counted");
    response.widget_info(|| egui::WidgetInfo::labeled(egui::Role::ComboBox, true, &name));
    if *tags != before {
        queue.push_back(AppCommand::CountStatistics);
    }
}

/// A choice in few words.
fn choice_words(tags: &TagsOf) -> String {
    match tags {
        TagsOf::Settled => "curated, else everybody’s".to_owned(),
        TagsOf::Curated => "curated only".to_owned(),
        TagsOf::Everybody => "everybody’s, none curated".to_owned(),
        TagsOf::People(_) => tags.words(),
    }
}

fn choices_ui(ui: &mut Ui, plots: &[Plot], chosen: &mut String) {
    ui.with_layout(egui::Layout::top_down_justified(egui::Align::LEFT), |ui| {
        for plot in plots {
            let is_chosen = plot.name == *chosen;
            let choice = Button::selectable(is_chosen, &plot.title).truncate();
            if ui.add(choice).clicked() {
                chosen.clone_from(&plot.name);
            }
        }
    });
}

/// The numbers of the plot, those too that are not drawn; a name leads to its tags.
fn numbers_ui(ui: &mut Ui, cx: UiContext<'_>, plot: &Plot, queue: &mut VecDeque<AppCommand>) {
    let mut table = figures_table(ui, ("numbers", &plot.name));
    for _ in &plot.keys {
        let width = TableColumn::initial(230.0).at_least(80.0);
        table = table.column(width.clip(true).resizable(true));
    }
    for _ in &plot.series {
        table = table.column(TableColumn::auto().at_least(76.0));
    }
    let right = egui::Layout::right_to_left(egui::Align::Center);
    table
        .header(ROW, |mut header| {
            for key in &plot.keys {
                header.col(|ui| drop(ui.label(column_name(key))));
            }
            for series in &plot.series {
                header.col(|ui| {
                    ui.with_layout(right, |ui| ui.label(column_name(series)));
                });
            }
        })
        .body(|body| {
            body.rows(ROW, plot.rows.len(), |mut line| {
                let Some(row) = plot.rows.get(line.index()) else {
                    return;
                };
                for name in &row.names {
                    line.col(|ui| match &row.query {
                        Some(query) => tags_link_ui(ui, cx, name, query, queue),
                        None => drop(ui.add(egui::Label::new(one_line(name)).truncate())),
                    });
                }
                for value in &row.values {
                    line.col(|ui| {
                        let figure = Figure(*value).to_string();
                        ui.with_layout(right, |ui| ui.label(figure));
                    });
                }
            });
        });
}

/// A name that leads to the tags behind it.
fn tags_link_ui(
    ui: &mut Ui,
    cx: UiContext<'_>,
    name: &str,
    query: &str,
    queue: &mut VecDeque<AppCommand>,
) {
    if link_ui(ui, cx, &one_line(name), &format!("Search for {query}")) {
        queue.push_back(AppCommand::SearchFor(query.to_owned()));
    }
}
