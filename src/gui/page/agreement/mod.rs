//! How far the annotators of the folder agree: figures by label and by pair, and the tags behind each.

mod differing_tags;
mod pairs;
mod people_choice;

use std::collections::{BTreeSet, VecDeque};
use std::sync::Arc;

use egui::{ComboBox, Label, RichText, ScrollArea, Ui, WidgetInfo};
use egui_extras::Column as TableColumn;
use smol_str::SmolStr;

use super::folder_figures::FolderFigures;
use super::{beside_ui, column_name, figures_table, file_problems_ui, link_ui, page_ui};
use crate::compare::agreement::Agreement;
use crate::gui::app_command::AppCommand;
use crate::gui::ui_context::UiContext;
use crate::gui::widgets::{checkbox_ui, heading_ui};
use crate::model::Schema;
use crate::ops::{AgreeReport, Disagreement, FigureRow, figure_rows};
use crate::text::wording::{count, count_as};

use differing_tags::differing_tags_ui;
use pairs::pairs_ui;
use people_choice::{PeopleChoice, people_choice_ui};

/// Height of a row of a table, in points.
const ROW: f32 = 22.0;
/// The least width of the tables of figures, in points.
const FIGURES: f32 = 508.0;
/// What is said while a thread measures.
const WAITING: &str = "Measuring …";

/// How the page is left.
#[derive(Debug)]
pub(crate) struct AgreementPage {
    pub(crate) measured: FolderFigures<AgreeReport>,
    /// Whether γ is computed.
    pub(crate) gamma: bool,
    /// The attribute whose values have figures of their own.
    pub(crate) by: Option<SmolStr>,
    /// Who is compared.
    pub(crate) compared: PeopleChoice,
    /// The label whose figures are shown; empty: all labels together.
    label: String,
    /// Which differing tags are listed.
    shown: Shown,
    listed: Listed,
}

/// The differences that are listed, and what they were chosen for.
#[derive(Debug, Default)]
struct Listed {
    of: Option<(Arc<AgreeReport>, String, Shown)>,
    /// Their places in the report.
    places: Vec<usize>,
}

/// Whose differing tags are listed.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
enum Shown {
    /// All.
    #[default]
    All,
    /// Those that lower a figure, by its name in the table.
    Figure(String),
    /// Those of two people.
    Pair(SmolStr, SmolStr),
}

impl Default for AgreementPage {
    fn default() -> Self {
        Self {
            measured: FolderFigures::default(),
            gamma: true,
            by: None,
            compared: PeopleChoice::default(),
            label: QUOTE.to_owned(),
            shown: Shown::All,
            listed: Listed::default(),
        }
    }
}

/// The label that is shown first.
const QUOTE: &str = "quote";

impl AgreementPage {
    /// Chooses the differences anew where something else is shown than before.
    fn list(&mut self, report: &Arc<AgreeReport>) {
        let is_same = self.listed.of.as_ref().is_some_and(|(of, label, shown)| {
            Arc::ptr_eq(of, report) && *label == self.label && *shown == self.shown
        });
        if is_same {
            return;
        }
        self.listed = Listed {
            places: listed(self, report),
            of: Some((Arc::clone(report), self.label.clone(), self.shown.clone())),
        };
    }
}

/// The page.
pub(crate) fn agreement_page_ui(
    ui: &mut Ui,
    cx: UiContext<'_>,
    schema: &Schema,
    page: &mut AgreementPage,
    queue: &mut VecDeque<AppCommand>,
) {
    page_ui(ui, cx.theme, "Agreement", queue, |ui, queue| {
        let Some(report) = page.measured.known_ui(ui, cx, WAITING) else {
            return;
        };
        summary_ui(ui, cx, &report);
        let agreement = &report.agreement;
        if page.compared.is_everybody() && !page.measured.is_working() {
            page.compared.people.clone_from(&agreement.people);
        }
        if agreement.texts == 0 {
            // They may have no article in common any more.
            let again = !page.compared.is_everybody() && people_choice_ui(ui, page);
            ui.weak("Agreement needs two people who annotated the same article.");
            if again {
                queue.push_back(AppCommand::MeasureAgreement);
            }
            return;
        }
        choices_ui(ui, schema, page, agreement, queue);
        ui.add_space(6.0);
        beside_ui(ui, FIGURES, |left, right| {
            let area = ScrollArea::vertical().id_salt("figures").auto_shrink(false);
            area.show(left, |ui| {
                figures_ui(ui, cx, page, agreement);
                ui.add_space(12.0);
                pairs_ui(ui, cx, page, agreement);
            });
            page.list(&report);
            differences_ui(right, cx, schema, page, &report, queue);
        });
    });
}

/// The tags in which people differ that are to be listed.
fn differences_ui(
    ui: &mut Ui,
    cx: UiContext<'_>,
    schema: &Schema,
    page: &mut AgreementPage,
    report: &AgreeReport,
    queue: &mut VecDeque<AppCommand>,
) {
    let title = match &page.shown {
        Shown::All => "ALL TAGS THAT DIFFER".to_owned(),
        Shown::Figure(name) => format!("TAGS THAT LOWER {}", name.to_uppercase()),
        Shown::Pair(first, second) => {
            format!("TAGS IN WHICH {first} AND {second} DIFFER")
        }
    };
    heading_ui(ui, cx.theme, &title);
    ui.horizontal(|ui| {
        ui.weak(count(page.listed.places.len(), "difference"));
        if page.shown != Shown::All && ui.button("Show all").clicked() {
            page.shown = Shown::All;
        }
    });
    let listed = (&report.differences[..], &page.listed.places[..]);
    differing_tags_ui(ui, cx, schema, listed, queue);
}

/// What was compared, in words.
fn summary_ui(ui: &mut Ui, cx: UiContext<'_>, report: &AgreeReport) {
    ui.horizontal_wrapped(|ui| {
        let agreement = &report.agreement;
        let mut words = format!(
            "{} by {}",
            count(agreement.texts, "article"),
            count_as(agreement.people.len(), "person", "people"),
        );
        for (number, one, many) in [
            (
                report.not_done,
                "file is not marked done",
                "files are not marked done",
            ),
            (
                report.one_person,
                "article of one person left out",
                "articles of one person left out",
            ),
            (
                report.suggestions,
                "suggestion waits and does not count",
                "suggestions wait and do not count",
            ),
        ] {
            if number > 0 {
                words.push_str(&format!("; {}", count_as(number, one, many)));
            }
        }
        ui.label(words);
        file_problems_ui(ui, cx, &report.problems);
    });
}

/// Which figures are shown and computed.
fn choices_ui(
    ui: &mut Ui,
    schema: &Schema,
    page: &mut AgreementPage,
    agreement: &Agreement,
    queue: &mut VecDeque<AppCommand>,
) {
    if !agreement.labels.contains_key(page.label.as_str()) && !page.label.is_empty() {
        let first = agreement.labels.keys().next();
        page.label = first.map(ToString::to_string).unwrap_or_default();
    }
    ui.horizontal_wrapped(|ui| {
        let before = page.label.clone();
        for label in agreement.labels.keys() {
            let name = schema.label(label).map_or(label.as_str(), |own| &own.name);
            ui.selectable_value(&mut page.label, label.to_string(), name);
        }
        ui.selectable_value(&mut page.label, String::new(), "All labels");
        if before != page.label {
            page.shown = Shown::All;
        }
        ui.separator();
        let mut again = people_choice_ui(ui, page);
        let tip = "Takes longest: a second for a thousand articles and more";
        let gamma = checkbox_ui(ui, &mut page.gamma, "Gamma").on_hover_text(tip);
        again |= gamma.changed();
        let shown = page
            .by
            .as_ref()
            .map_or("no attribute", |name| name.as_str());
        let list = ComboBox::from_id_salt("figures by attribute").selected_text(shown);
        let list = list.show_ui(ui, |ui| {
            let mut changed = ui
                .selectable_value(&mut page.by, None, "no attribute")
                .changed();
            // Several labels may have one of the same name.
            let names: BTreeSet<&SmolStr> =
                schema.attributes().iter().map(|one| &one.name).collect();
            for name in names {
                let choice = ui.selectable_value(&mut page.by, Some(name.clone()), name.as_str());
                changed |= choice.changed();
            }
            changed
        });
        let by = list.response;
        by.widget_info(|| WidgetInfo::labeled(egui::Role::ComboBox, true, "By the values of"));
        by.on_hover_text("Also compares tags by the values of an attribute");
        again |= list.inner.unwrap_or_default();
        let copy = ui.button("Copy figures");
        let copy = copy.on_hover_text("Copies all figures as a table for a spreadsheet");
        if copy.clicked() {
            ui.ctx().copy_text(as_table(agreement));
        }
        if again {
            queue.push_back(AppCommand::MeasureAgreement);
        }
        if page.measured.is_working() {
            ui.weak(WAITING);
        }
    });
}

/// Rows of columns with tabs between them.
fn as_table(agreement: &Agreement) -> String {
    let mut lines = vec!["label\tfigure\tvalue\t95 % interval\tcounts".to_owned()];
    lines.extend(figure_rows(agreement).iter().map(|row| {
        [
            row.of(),
            row.measure.to_string(),
            row.value_words(),
            row.interval_words(),
            row.counts_words(),
        ]
        .join("\t")
    }));
    lines.join("\n")
}

/// The label that is shown, and its figures; those of all labels together where none is.
fn shown_rows<'a>(page: &AgreementPage, agreement: &'a Agreement) -> Vec<FigureRow<'a>> {
    let own = |row: &FigureRow<'_>| row.label.map_or("", |label| label.as_str()) == page.label;
    figure_rows(agreement).into_iter().filter(own).collect()
}

/// The name of a figure within its label.
fn name_of(row: &FigureRow<'_>) -> String {
    match row.value {
        Some((name, value)) => format!("{} of {name}={value}", row.measure),
        None => row.measure.to_string(),
    }
}

/// The places of the differences that are listed.
fn listed(page: &AgreementPage, report: &AgreeReport) -> Vec<usize> {
    let rows = shown_rows(page, &report.agreement);
    let figure = match &page.shown {
        Shown::Figure(name) => rows.iter().find(|row| name_of(row) == *name),
        Shown::All | Shown::Pair(..) => None,
    };
    let of_label = |found: &Disagreement| {
        page.label.is_empty() || found.tags.iter().any(|tag| *tag.label == page.label)
    };
    let is_shown = |found: &Disagreement| match &page.shown {
        Shown::All => true,
        Shown::Figure(_) => figure.is_some_and(|row| row.is_lowered_by(found)),
        Shown::Pair(first, second) => found.is_between(first, second),
    };
    let all = report.differences.iter().enumerate();
    let listed = all.filter(|(_, found)| of_label(found) && is_shown(found));
    listed.map(|(place, _)| place).collect()
}

/// The figures of the label; a click on one lists the tags that lower it.
fn figures_ui(ui: &mut Ui, cx: UiContext<'_>, page: &mut AgreementPage, agreement: &Agreement) {
    let rows = shown_rows(page, agreement);
    figures_table(ui, "figures of agreement")
        .column(
            TableColumn::auto()
                .at_least(150.0)
                .clip(true)
                .resizable(true),
        )
        .column(TableColumn::exact(56.0))
        .column(TableColumn::exact(150.0).clip(true))
        .column(TableColumn::remainder().at_least(90.0).clip(true))
        .header(ROW, |mut header| {
            for name in ["figure", "value", "95 % interval", "counts"] {
                header.col(|ui| drop(ui.label(column_name(name))));
            }
        })
        .body(|body| {
            body.rows(ROW, rows.len(), |mut line| {
                let Some(row) = rows.get(line.index()) else {
                    return;
                };
                let name = name_of(row);
                line.set_selected(page.shown == Shown::Figure(name.clone()));
                line.col(|ui| drop(ui.add(Label::new(&name).truncate())));
                line.col(|ui| {
                    let value = row.value_words();
                    if row.figure.value.is_err() {
                        ui.weak(value).on_hover_text(row.interval_words());
                        return;
                    }
                    let words = format!("Tags that lower {name}");
                    if link_ui(ui, cx, &value, &words) {
                        page.shown = Shown::Figure(name);
                    }
                });
                for words in [row.interval_words(), row.counts_words()] {
                    line.col(|ui| {
                        let label = ui.add(Label::new(RichText::new(&words).small()).truncate());
                        label.on_hover_text(words);
                    });
                }
            });
        });
}
