use egui::{RichText, Ui};

use crate::gui::folder_search::FolderSearch;
use crate::gui::tag_description::capitalize;
use crate::model::{Review, Schema};
use crate::ops::search::{has_term, with_term};
use crate::text::wording::shown_annotator;

/// Buttons that put terms into the query and take them out.
pub(super) fn terms_ui(ui: &mut Ui, schema: &Schema, search: &mut FolderSearch) {
    let before = search.query.clone();
    let annotators = search.annotators().to_owned();
    let query = &mut search.query;
    ui.horizontal_wrapped(|ui| {
        ui.spacing_mut().item_spacing.x = 2.0;
        ui.spacing_mut().button_padding.x = 6.0;
        for label in schema.labels() {
            // The key alone says the same.
            let term = match has_term(query, &label.key) {
                true => label.key.to_string(),
                false => format!("label:{}", label.key),
            };
            term_ui(ui, query, &label.plural, &term);
        }
        ui.separator();
        menu_ui(ui, query, "Review", |add| {
            for review in Review::ALL {
                add(
                    &capitalize(review.word()),
                    &format!("review:{}", review.word()),
                );
            }
        });
        menu_ui(ui, query, "Speaker", |add| {
            add("Not decided yet", "speaker:none");
            add("Not given in the text", "speaker:not-given");
        });
        menu_ui(ui, query, "By", |add| {
            for name in &annotators {
                let name = shown_annotator(name);
                add(name, &format!("by:{name}"));
            }
        });
        menu_ui(ui, query, "Attributes", |add| {
            let mut known = Vec::new();
            for kind in schema
                .labels()
                .iter()
                .flat_map(|label| schema.attributes_of(&label.key))
            {
                for value in &kind.values {
                    let term = match value.contains(char::is_whitespace) {
                        true => format!("{}:\"{value}\"", kind.name),
                        false => format!("{}:{value}", kind.name),
                    };
                    if !known.contains(&term) {
                        add(&format!("{}: {value}", capitalize(&kind.name)), &term);
                        known.push(term);
                    }
                }
            }
        });
        ui.separator();
        for (words, term) in [
            ("Suggestions", "is:suggestion"),
            ("Split", "is:split"),
            ("Curated", "is:curated"),
        ] {
            term_ui(ui, query, words, term);
        }
    });
    // One goes on typing.
    search.focus |= search.query != before;
}

fn term_ui(ui: &mut Ui, query: &mut String, words: &str, term: &str) {
    let chosen = has_term(query, term);
    let button = ui.selectable_label(chosen, RichText::new(words).small());
    let name = format!("Only {}", words.to_lowercase());
    button.widget_info(|| {
        egui::WidgetInfo::selected(egui::Role::CheckBox, true, chosen, name.as_str())
    });
    if button.on_hover_text(term).clicked() {
        *query = with_term(query, term);
    }
}

/// Takes the words of a term and the term.
type AddTerm<'a> = dyn FnMut(&str, &str) + 'a;

fn menu_ui(ui: &mut Ui, query: &mut String, name: &str, terms: impl FnOnce(&mut AddTerm<'_>)) {
    let mut all = Vec::new();
    terms(&mut |words, term| all.push((words.to_owned(), term.to_owned())));
    let set = all.iter().find(|(_, term)| has_term(query, term));
    let words = match set {
        Some((words, _)) => format!("{name}: {}…", words.to_lowercase()),
        None => format!("{name}…"),
    };
    let is_set = set.is_some();
    let button = egui::Button::selectable(is_set, RichText::new(words).small());
    egui::containers::menu::MenuButton::from_button(button).ui(ui, |ui| {
        for (words, term) in &all {
            if ui.selectable_label(has_term(query, term), words).clicked() {
                *query = with_term(query, term);
                ui.close();
            }
        }
    });
}
