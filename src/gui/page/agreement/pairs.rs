//! How far each two people agree.

use egui::{RichText, Ui};
use egui_extras::Column as TableColumn;

use super::{AgreementPage, ROW, Shown};
use crate::compare::agreement::{Agreement, LabelAgreement, PairFound, PairOfPeople, Undefined};
use crate::gui::page::{column_name, figures_table, link_ui};
use crate::gui::ui_context::UiContext;

/// Height of a row with a second line below its figures, in points.
const PAIR_ROW: f32 = 36.0;
/// Where a figure is not defined.
const DASH: &str = "–";

/// A row for each two people; a click lists the tags in which they differ.
pub(super) fn pairs_ui(
    ui: &mut Ui,
    cx: UiContext<'_>,
    page: &mut AgreementPage,
    agreement: &Agreement,
) {
    let of_label = agreement.labels.get(page.label.as_str());
    let figures = pair_figures(agreement, of_label);
    figures_table(ui, "pairs of people")
        .column(
            TableColumn::auto()
                .at_least(110.0)
                .clip(true)
                .resizable(true),
        )
        .column(TableColumn::exact(48.0))
        .columns(TableColumn::exact(100.0), 2)
        .column(TableColumn::exact(46.0))
        .column(TableColumn::remainder().at_least(46.0))
        .header(ROW, |mut header| {
            for name in [
                "pair",
                "articles",
                "exact F1",
                "overlap F1",
                "kappa",
                "gamma",
            ] {
                header.col(|ui| drop(ui.label(column_name(name))));
            }
        })
        .body(|body| {
            body.rows(PAIR_ROW, agreement.pairs.len(), |mut line| {
                let at = line.index();
                let pair = agreement.pairs.get(at).zip(figures.get(at));
                let Some((PairOfPeople { names, texts }, figures)) = pair else {
                    return;
                };
                let (first, second) = names.clone();
                line.set_selected(page.shown == Shown::Pair(first.clone(), second.clone()));
                line.col(|ui| {
                    let words = format!("{first} and {second}");
                    let name = format!("Tags in which {words} differ");
                    if link_ui(ui, cx, &words, &name) {
                        page.shown = Shown::Pair(first, second);
                    }
                });
                line.col(|ui| drop(ui.label(texts.to_string())));
                for found in &figures.found {
                    line.col(|ui| found_ui(ui, found.as_ref()));
                }
                for words in &figures.coefficients {
                    line.col(|ui| drop(ui.label(words)));
                }
            });
        });
}

/// What is shown of a pair; a dash where a figure is not defined.
struct PairFigures {
    /// Exact and by overlap; `None`: the label is none of theirs.
    found: [Option<FoundWords>; 2],
    /// κ and γ.
    coefficients: [String; 2],
}

/// Precision and recall stand in a line below F1.
struct FoundWords {
    f1: String,
    shares: String,
}

impl FoundWords {
    fn new(found: &PairFound) -> Self {
        let shares = [&found.precision, &found.recall].map(number).join(" R ");
        Self {
            f1: number(&found.f1.value),
            shares: format!("P {shares}"),
        }
    }
}

fn found_ui(ui: &mut Ui, found: Option<&FoundWords>) {
    let Some(found) = found else {
        ui.label(DASH);
        return;
    };
    ui.vertical(|ui| {
        ui.spacing_mut().item_spacing.y = 0.0;
        ui.label(&found.f1);
        let shares = ui.label(RichText::new(&found.shares).small().weak());
        shares.on_hover_text(
            "P: the share of the second person’s tags that the first has. R: of the first person’s, that the \
             second has",
        );
    });
}

fn number(value: &Result<f64, Undefined>) -> String {
    match value {
        Ok(value) => format!("{value:.3}"),
        Err(_) => DASH.to_owned(),
    }
}

fn pair_figures(agreement: &Agreement, of_label: Option<&LabelAgreement>) -> Vec<PairFigures> {
    let pairs = 0..agreement.pairs.len();
    let figures = pairs.map(|at| {
        let found = of_label.and_then(|label| label.pairs.get(at));
        let coefficients = match of_label {
            Some(_) => found.map(|pair| &pair.coefficients),
            None => agreement.all_pairs.get(at),
        };
        let gamma = coefficients.and_then(|of| of.gamma.as_ref());
        let coefficients = [coefficients.map(|of| &of.kappa), gamma.map(|of| &of.figure)];
        PairFigures {
            found: [
                found.map(|pair| FoundWords::new(&pair.exact)),
                found.map(|pair| FoundWords::new(&pair.overlap)),
            ],
            coefficients: coefficients
                .map(|figure| figure.map_or_else(|| DASH.to_owned(), |one| number(&one.value))),
        }
    });
    figures.collect()
}
