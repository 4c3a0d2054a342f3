//! The tabs of the panel to the right.

use egui::{Frame, Margin, Ui};

use crate::gui::panel::{DetailsTab, is_low};
use crate::ops::{Adjudication, OpenDocument, PeerWork};

/// The tabs; returns the one that is shown.
pub(super) fn tabs_ui(
    ui: &mut Ui,
    open: &OpenDocument,
    adjudicating: bool,
    tab: &mut DetailsTab,
) -> Option<egui::Id> {
    // Remembered from an adjudication that has ended.
    if !adjudicating && *tab == DetailsTab::Differences
        || adjudicating && *tab == DetailsTab::Review
    {
        *tab = DetailsTab::Tags;
    }
    let differences = open.adjudication().map_or(0, Adjudication::open_count);
    let peer_work = open.peer_work();
    let has_review = peer_work.is_some_and(|work| !work.colleagues().is_empty());
    let corrections = peer_work.map_or(0, PeerWork::open_count);
    let problems = open.problems().count();
    let counted = |words: &str, number: usize| match number {
        0 => words.to_owned(),
        n => format!("{words} {n}"),
    };
    let mut shown = None;
    let above = if is_low(ui) { 3 } else { 6 };
    Frame::new()
        .inner_margin(Margin::symmetric(8, above))
        .show(ui, |ui| {
            ui.horizontal_wrapped(|ui| {
                ui.spacing_mut().item_spacing.x = 4.0;
                // All in one row of a narrow panel.
                let narrow = ui.available_width()
                    < if adjudicating || has_review || !open.schema().guidelines.is_empty() {
                        400.0
                    } else {
                        300.0
                    };
                if narrow {
                    ui.spacing_mut().button_padding.x = 4.0;
                    ui.spacing_mut().item_spacing.x = 1.0;
                }
                let differences = (DetailsTab::Differences, counted("Differences", differences));
                let tabs = [
                    (DetailsTab::Tags, counted("Tags", open.tally().all())),
                    (
                        DetailsTab::People,
                        counted("People", open.document().set().person_count()),
                    ),
                    (DetailsTab::Problems, counted("Problems", problems)),
                    (DetailsTab::Facts, "Facts".to_owned()),
                ];
                let differences = adjudicating.then_some(differences);
                let review = (DetailsTab::Review, counted("Review", corrections));
                let shows_review = has_review || *tab == DetailsTab::Review;
                let review = (shows_review && !adjudicating).then_some(review);
                let guidelines = (DetailsTab::Guidelines, "Guide".to_owned());
                let names = !open.schema().guidelines.is_empty();
                let guidelines = (names || *tab == DetailsTab::Guidelines).then_some(guidelines);
                for (which, words) in differences
                    .into_iter()
                    .chain(tabs)
                    .chain(guidelines)
                    .chain(review)
                {
                    let chosen = *tab == which;
                    let words = egui::RichText::new(words);
                    let words = if narrow { words.small() } else { words };
                    let button = ui.add(egui::Button::selectable(chosen, words));
                    if button.clicked() {
                        *tab = which;
                    }
                    if *tab == which {
                        shown = Some(button.id);
                    }
                }
            });
        });
    shown
}
