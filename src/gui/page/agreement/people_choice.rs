//! A choice of the people who are compared.

use std::collections::BTreeSet;

use egui::containers::menu::{MenuButton, MenuConfig};
use egui::{PopupCloseBehavior, ScrollArea, Ui, WidgetInfo};
use smol_str::SmolStr;

use super::{AgreementPage, Shown};
use crate::gui::widgets::checkbox_ui;
use crate::text::wording::{count_as, join_and};

/// So many names are written out on the button.
const NAMED: usize = 3;

/// Who is compared: everybody, or those who are ticked.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub(crate) struct PeopleChoice {
    ticked: BTreeSet<SmolStr>,
    /// Everybody, as they were when everybody was compared.
    pub(super) people: Vec<SmolStr>,
}

impl PeopleChoice {
    /// The people who alone are compared; none: everybody, also while one person is ticked, who alone has nobody
    /// to agree with.
    pub(crate) fn between(&self) -> impl Iterator<Item = &SmolStr> {
        let enough = self.ticked.len() > 1;
        self.ticked.iter().filter(move |_| enough)
    }

    /// Whether everybody is compared.
    pub(super) fn is_everybody(&self) -> bool {
        self.between().next().is_none()
    }
}

/// A choice of everybody or of some people alone; returns whether others are compared than before.
pub(super) fn people_choice_ui(ui: &mut Ui, page: &mut AgreementPage) -> bool {
    let choice = &mut page.compared;
    let before: Vec<SmolStr> = choice.between().cloned().collect();
    let words = words(&before);
    let stays = MenuConfig::new().close_behavior(PopupCloseBehavior::CloseOnClickOutside);
    let menu = MenuButton::new(format!("{words}…")).config(stays);
    let (button, _) = menu.ui(ui, |ui| {
        let everybody = choice.is_everybody();
        if ui.selectable_label(everybody, "Everybody").clicked() {
            choice.ticked.clear();
        }
        ui.separator();
        ScrollArea::vertical().max_height(420.0).show(ui, |ui| {
            for name in &choice.people {
                let mut ticked = choice.ticked.contains(name);
                let tick = checkbox_ui(ui, &mut ticked, name.as_str());
                tick.widget_info(|| {
                    let name = format!("Compare {name}");
                    WidgetInfo::selected(egui::Role::CheckBox, true, ticked, name)
                });
                if tick.changed() && !choice.ticked.remove(name) {
                    choice.ticked.insert(name.clone());
                }
            }
        });
        if choice.ticked.len() == 1 {
            ui.weak("Tick one more person");
        }
    });
    button.widget_info(|| {
        WidgetInfo::labeled(egui::Role::Button, true, format!("Compared: {words}"))
    });
    button.on_hover_text("Figures of everybody, or of some people alone");
    let changed = !choice.between().eq(&before);
    if changed {
        page.shown = Shown::All;
    }
    changed
}

fn words(between: &[SmolStr]) -> String {
    match between.len() {
        0 => "Everybody".to_owned(),
        some if some <= NAMED => join_and(between),
        some => count_as(some, "person", "people"),
    }
}
