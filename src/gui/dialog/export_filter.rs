//! Which tags and documents an export takes in.

use egui::{CollapsingHeader, TextEdit, Ui};
use smol_str::SmolStr;

use crate::gui::widgets::checkbox_ui;
use crate::model::{DocumentState, Review, Schema};
use crate::ops::{ExportFilter, name_and_value};

/// What is chosen; an empty list means all.
#[derive(Debug, Default)]
pub(super) struct FilterChoice {
    all: bool,
    labels: Vec<SmolStr>,
    reviews: Vec<Review>,
    states: Vec<DocumentState>,
    /// `form=direct`.
    attribute: String,
    person: String,
}

impl FilterChoice {
    /// The filter; what is not shown does not count.
    ///
    /// # Errors
    /// Words where the attribute is not written as name and value.
    pub(super) fn filter(&self, of_folder: bool) -> Result<ExportFilter, String> {
        let attribute = match self.attribute.trim() {
            "" => None,
            pair => Some(name_and_value::<SmolStr>(pair)?),
        };
        let person = Some(self.person.trim()).filter(|name| !name.is_empty());
        Ok(ExportFilter {
            all: self.all,
            labels: self.labels.clone(),
            attributes: attribute.into_iter().collect(),
            reviews: self.reviews.clone(),
            people: person.map(str::to_owned).into_iter().collect(),
            states: if of_folder {
                self.states.clone()
            } else {
                Vec::new()
            },
        })
    }

    /// Whether anything is typed, not only clicked.
    pub(super) fn is_typed(&self) -> bool {
        !self.attribute.trim().is_empty() || !self.person.trim().is_empty()
    }

    pub(super) fn filter_ui(&mut self, ui: &mut Ui, schema: Option<&Schema>, of_folder: bool) {
        let narrowed = self.filter(of_folder) != Ok(ExportFilter::default());
        let title = if narrowed { "Filter (on)" } else { "Filter" };
        CollapsingHeader::new(title)
            .id_salt("filter")
            .show(ui, |ui| {
                ui.horizontal_wrapped(|ui| {
                    ui.weak("Labels");
                    for label in schema.map(Schema::labels).unwrap_or_default() {
                        toggle(ui, &mut self.labels, label.key.clone(), &label.name);
                    }
                });
                ui.horizontal_wrapped(|ui| {
                    ui.weak("Review");
                    for review in Review::ALL {
                        toggle(ui, &mut self.reviews, review, review.word());
                    }
                });
                if of_folder {
                    ui.horizontal_wrapped(|ui| {
                        ui.weak("Articles");
                        for state in DocumentState::ALL {
                            toggle(ui, &mut self.states, state, state.word());
                        }
                    });
                }
                ui.horizontal_wrapped(|ui| {
                    line(ui, &mut self.attribute, "Attribute", "form=direct");
                    line(ui, &mut self.person, "Person", "name");
                });
                let words = "Include rejected tags, suggestions to review and articles not started";
                checkbox_ui(ui, &mut self.all, words);
            });
    }
}

fn toggle<T: PartialEq>(ui: &mut Ui, chosen: &mut Vec<T>, value: T, words: &str) {
    let was = chosen.contains(&value);
    if ui.selectable_label(was, words).clicked() {
        if was {
            chosen.retain(|one| *one != value);
        } else {
            chosen.push(value);
        }
    }
}

fn line(ui: &mut Ui, text: &mut String, name: &str, hint: &str) {
    ui.weak(name);
    let field = TextEdit::singleline(text)
        .hint_text(hint)
        .desired_width(140.0);
    let response = ui.add(field);
    response.widget_info(|| egui::WidgetInfo::labeled(egui::Role::TextInput, true, name));
}
