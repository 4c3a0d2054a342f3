//! The tooltip of a tag.

use egui::{Response, RichText, Tooltip};

use super::marks::{Attribution, TagMark, words};
use crate::gui::fonts;
use crate::gui::theme::Theme;
use crate::model::Review;
use crate::ops::OpenDocument;

/// Label, speaker, attributes and note of a tag, beside the pointer.
pub(super) fn tooltip_ui(
    response: &Response,
    theme: &Theme,
    open: &OpenDocument,
    mark: &TagMark<'_>,
) {
    Tooltip::for_enabled(response)
        .at_pointer()
        .gap(14.0)
        .show(|ui| {
            ui.spacing_mut().item_spacing.y = 3.0;
            let label = open.schema().label(&mark.tag.label);
            let name = label.map_or(mark.tag.label.as_str(), |label| label.name.as_str());
            ui.horizontal(|ui| {
                let bold = fonts::bold_font(13.5);
                ui.label(RichText::new(name).font(bold).color(mark.colors.text));
                let mut facts: Vec<&str> = Vec::new();
                facts.extend(mark.tag.attributes.iter().map(|of| of.value.as_str()));
                if mark.tag.is_open_suggestion() {
                    facts.push("suggested");
                }
                if mark.tag.review != Review::Unreviewed {
                    facts.push(mark.tag.review.word());
                }
                if !facts.is_empty() {
                    ui.label(RichText::new(facts.join(" · ")).color(theme.muted));
                }
            });
            match &mark.attribution {
                Attribution::NotApplicable => {
                    let person = mark.tag.person.as_ref();
                    if let Some(person) = person.and_then(|id| open.shown().set().person(id)) {
                        ui.label(&person.name);
                    }
                }
                Attribution::Missing => {
                    ui.label(RichText::new("No speaker yet").color(theme.warning));
                }
                Attribution::NotGiven { confirmed } => {
                    ui.label(if *confirmed {
                        "No speaker given"
                    } else {
                        "No speaker given, not confirmed"
                    });
                }
                Attribution::Speaker {
                    name, confirmed, ..
                } => {
                    ui.label(said_by(name, *confirmed));
                }
            }
            if mark.tag.fragments.len() > 1 {
                let font = fonts::reading_font(13.5);
                let words = RichText::new(words(open, mark.tag)).font(font);
                ui.label(words.color(theme.muted));
            }
            if !mark.tag.note.is_empty() {
                ui.label(&*mark.tag.note);
            }
        });
}

fn said_by(by: &str, confirmed: bool) -> String {
    if confirmed {
        format!("Said by {by}")
    } else {
        format!("Said by {by}, not confirmed")
    }
}
