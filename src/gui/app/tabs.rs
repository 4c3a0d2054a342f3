//! The tabs of the panel to the right.

use egui::{FontId, Frame, Margin, Role, TextStyle, Ui, WidgetInfo};

use super::App;
use crate::gui::panel::{DetailsTab, is_low};
use crate::ops::ui_command::UiCommand;
use crate::ops::{Adjudication, OpenDocument, PeerWork};

/// Which tabs show how much there is in them.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Counts {
    All,
    Chosen,
    None,
}

/// How the tabs are set, in points.
#[derive(Debug, Clone, Copy)]
struct Setting {
    /// Size of the letters; `None`: that of buttons.
    size: Option<f32>,
    /// At the left and right of the words; `None`: that of buttons.
    padding: Option<f32>,
    gap: f32,
    counts: Counts,
}

/// The first with room for all tabs in one row is taken.
const SETTINGS: [Setting; 5] = [
    Setting {
        size: None,
        padding: None,
        gap: 4.0,
        counts: Counts::All,
    },
    Setting {
        size: Some(11.5),
        padding: Some(4.0),
        gap: 1.0,
        counts: Counts::All,
    },
    Setting {
        size: Some(11.5),
        padding: Some(4.0),
        gap: 1.0,
        counts: Counts::Chosen,
    },
    Setting {
        size: Some(10.5),
        padding: Some(3.0),
        gap: 1.0,
        counts: Counts::Chosen,
    },
    Setting {
        size: Some(10.5),
        padding: Some(2.0),
        gap: 0.0,
        counts: Counts::None,
    },
];

/// A tab: its words and how much there is in it.
type Tab = (DetailsTab, &'static str, usize);

impl App {
    /// After a step to a problem, the panel shows it: not what is about no problem and no tag.
    pub(super) fn show_problem_of(&mut self, command: UiCommand) {
        let to_problem = [UiCommand::NextProblem, UiCommand::PreviousProblem].contains(&command);
        if !to_problem || self.status.refused {
            return;
        }
        match self.tab {
            DetailsTab::Facts | DetailsTab::Guidelines | DetailsTab::Review => {
                self.tab = DetailsTab::Problems;
            }
            DetailsTab::Tags
            | DetailsTab::People
            | DetailsTab::Problems
            | DetailsTab::Differences => {}
        }
    }
}

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
    let differences = (DetailsTab::Differences, "Differences", differences);
    let people = open.document().set().person_count();
    let always: [Tab; 4] = [
        (DetailsTab::Tags, "Tags", open.tally().all()),
        (DetailsTab::People, "People", people),
        (DetailsTab::Problems, "Problems", open.problems().count()),
        (DetailsTab::Facts, "Facts", 0),
    ];
    let peer_work = open.peer_work();
    let corrections = peer_work.map_or(0, PeerWork::open_count);
    let has_review = peer_work.is_some_and(|work| !work.colleagues().is_empty());
    let has_guidelines = !open.schema().guidelines.is_empty();
    let guidelines = (has_guidelines || *tab == DetailsTab::Guidelines).then_some((
        DetailsTab::Guidelines,
        "Guide",
        0,
    ));
    let review = (has_review && !adjudicating || *tab == DetailsTab::Review).then_some((
        DetailsTab::Review,
        "Review",
        corrections,
    ));
    let tabs: Vec<Tab> = adjudicating
        .then_some(differences)
        .into_iter()
        .chain(always)
        .chain(guidelines)
        .chain(review)
        .collect();
    let mut shown = None;
    let above = if is_low(ui) { 3 } else { 6 };
    Frame::new()
        .inner_margin(Margin::symmetric(8, above))
        .show(ui, |ui| {
            ui.horizontal_wrapped(|ui| {
                let setting = SETTINGS.iter().find(|one| fits(ui, one, &tabs, *tab));
                let setting = setting.unwrap_or(&SETTINGS[SETTINGS.len() - 1]);
                let (font, padding) = font_and_padding(ui, setting);
                ui.spacing_mut().item_spacing.x = setting.gap;
                ui.spacing_mut().button_padding.x = padding;
                for one in tabs {
                    let chosen = *tab == one.0;
                    let words = egui::RichText::new(words(setting, one, chosen)).font(font.clone());
                    let button = ui.add(egui::Button::selectable(chosen, words));
                    let name = counted(one.1, one.2);
                    button.widget_info(|| {
                        WidgetInfo::selected(Role::Button, true, chosen, name.as_str())
                    });
                    if button.clicked() {
                        *tab = one.0;
                    }
                    if *tab == one.0 {
                        shown = Some(button.id);
                    }
                }
            });
        });
    shown
}

fn counted(words: &str, number: usize) -> String {
    match number {
        0 => words.to_owned(),
        n => format!("{words} {n}"),
    }
}

fn words(setting: &Setting, (_, words, number): Tab, chosen: bool) -> String {
    let with_count = match setting.counts {
        Counts::All => true,
        Counts::Chosen => chosen,
        Counts::None => false,
    };
    counted(words, if with_count { number } else { 0 })
}

fn font_and_padding(ui: &Ui, setting: &Setting) -> (FontId, f32) {
    let font = TextStyle::Button.resolve(ui.style());
    let font = setting
        .size
        .map_or(font.clone(), |size| FontId { size, ..font });
    let padding = setting.padding.unwrap_or(ui.spacing().button_padding.x);
    (font, padding)
}

fn fits(ui: &Ui, setting: &Setting, tabs: &[Tab], shown: DetailsTab) -> bool {
    let (font, padding) = font_and_padding(ui, setting);
    let color = ui.visuals().text_color();
    let widths = tabs.iter().map(|tab| {
        let words = words(setting, *tab, tab.0 == shown);
        let galley = ui.fonts_mut(|fonts| fonts.layout_no_wrap(words, font.clone(), color));
        // Half a point for rounding.
        galley.size().x + 2.0 * padding + setting.gap + 0.5
    });
    widths.sum::<f32>() <= ui.available_width() + setting.gap
}
