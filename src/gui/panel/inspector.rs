//! The details of the current tag.

use std::collections::VecDeque;

use egui::{Button, Id, RichText, ScrollArea, TextEdit, Ui};

use super::compact_choices::compact_choices_ui;
use super::is_low;
use super::label_row::{WIDE, labels_ui};
use super::tag_parts::{RowEnds, parts_ui};
use crate::gui::app_command::AppCommand;
use crate::gui::rule_words::suggestion_words;
use crate::gui::short_name::short_name_to;
use crate::gui::tag_description::{authorship_words, capitalize, linked_name};
use crate::gui::ui_context::UiContext;
use crate::gui::widgets::heading_ui;
use crate::model::{Annotation, AnnotationId, Link, Review};
use crate::ops::ui_command::UiCommand;
use crate::ops::{Edit, Gesture, OpenDocument, PersonChoice};

/// Kept for the rows above the note, in points.
const LEAST_ROWS: f32 = 62.0;
/// A note higher than this, in points, is scrolled.
const LONGEST_NOTE: f32 = 110.0;
/// The same in a low window: the rows above it stay in view.
const LONGEST_LOW_NOTE: f32 = 44.0;
/// What is beside the name of a speaker, all in all, in points.
const BESIDE_NAME: f32 = 215.0;
/// The same without the words that it is not confirmed.
const CLOSE_TO_NAME: f32 = 150.0;
/// Width that values need to stand beside each other as buttons, in points.
const BESIDE_EACH_OTHER: f32 = 300.0;

/// What is being typed about the current tag.
#[derive(Debug, Default)]
pub(crate) struct Inspector {
    tag: Option<AnnotationId>,
    note: String,
    focus: bool,
    /// Where the rows above the note ended in the last frame, from the top, in points.
    rows: Vec<f32>,
    /// Height of the note, in points.
    note_height: f32,
}

impl Inspector {
    /// The id of the note's field.
    pub(crate) fn note_field_id() -> Id {
        Id::unique("note of the tag")
    }

    /// What is typed into the note's field.
    pub(crate) fn note(&self) -> &str {
        &self.note
    }

    /// Height with which nothing of it is scrolled, in points, as of the last frame.
    pub(crate) fn needed_height(&self) -> f32 {
        self.rows
            .last()
            .map_or(0.0, |rows| rows + self.note_height + 4.0)
    }

    /// The first choice gets the keys' focus with the next frame.
    pub(crate) fn focus(&mut self) {
        self.focus = true;
    }

    /// The details of a tag; returns the field that gets the keys' focus.
    pub(crate) fn inspector_ui(
        &mut self,
        ui: &mut Ui,
        cx: UiContext<'_>,
        open: &OpenDocument,
        tag: &Annotation,
        queue: &mut VecDeque<AppCommand>,
    ) -> Id {
        let low = is_low(ui);
        let compact = low || ui.available_width() < BESIDE_EACH_OTHER;
        ui.spacing_mut().item_spacing.y = if low { 2.0 } else { 4.0 };
        if low {
            ui.spacing_mut().button_padding.y = 1.0;
            ui.spacing_mut().interact_size.y = 22.0;
        }
        let room = ui.available_height() - LEAST_ROWS;
        // Always whole, below what may be scrolled.
        let note = egui::Panel::bottom("note of the tag")
            .resizable(false)
            .show_separator_line(false)
            .frame(egui::Frame::NONE)
            .show(ui, |ui| {
                let first = open.schema().attributes_of(&tag.label).next().is_none();
                self.note_ui(ui, tag, (first, room), queue);
            });
        self.note_height = note.response.rect.height();
        // Only whole rows, until one scrolls.
        let room = ui.available_height();
        let fits = |bottom: &&f32| **bottom <= room + 0.5;
        let height = self.rows.iter().rfind(fits).map_or(room, |&bottom| bottom);
        let rows = ScrollArea::vertical()
            .id_salt("inspector")
            .auto_shrink(false)
            .max_height(height)
            .min_scrolled_height(0.0)
            .show(ui, |ui| {
                let top = ui.cursor().top();
                let mut row_ends = RowEnds {
                    top,
                    ends: Vec::new(),
                };
                labels_ui(ui, cx, open, tag, queue);
                row_ends.add(ui);
                if open.schema().mentions(&tag.label) {
                    person_ui(ui, cx, open, tag, queue);
                    row_ends.add(ui);
                }
                links_ui(ui, cx, open, tag, queue, &mut row_ends);
                if compact {
                    compact_choices_ui(ui, open, tag, &mut self.focus, queue);
                    row_ends.add(ui);
                } else {
                    self.attributes_ui(ui, cx, open, tag, queue, &mut row_ends);
                }
                unknown_attributes_ui(ui, tag, open, queue, &mut row_ends);
                if !compact {
                    review_ui(ui, cx, tag, queue, &mut row_ends);
                }
                suggestion_ui(ui, tag, &mut row_ends);
                authorship_ui(ui, tag, &mut row_ends);
                parts_ui(ui, cx, open, tag, queue, &mut row_ends);
                row_ends.ends
            })
            .inner;
        if rows != self.rows {
            self.rows = rows;
            ui.ctx().request_repaint();
        }
        Self::note_field_id()
    }

    fn attributes_ui(
        &mut self,
        ui: &mut Ui,
        cx: UiContext<'_>,
        open: &OpenDocument,
        tag: &Annotation,
        queue: &mut VecDeque<AppCommand>,
        row_ends: &mut RowEnds,
    ) {
        for kind in open.schema().attributes_of(&tag.label) {
            row_ui(ui, cx, &capitalize(&kind.name), |ui| {
                let now = tag.attribute(&kind.name);
                for value in &kind.values {
                    let chosen = now == Some(value);
                    let response = ui.add(Button::selectable(chosen, value.as_str()));
                    if std::mem::take(&mut self.focus) {
                        response.request_focus();
                    }
                    response.widget_info(|| {
                        egui::WidgetInfo::selected(
                            egui::Role::Button,
                            true,
                            chosen,
                            format!("{}: {value}", kind.name),
                        )
                    });
                    if response.clicked() {
                        queue.push_back(AppCommand::document(Edit::SetAttribute {
                            tag: Some(tag.id.clone()),
                            name: kind.name.clone(),
                            value: (!chosen).then(|| value.clone()),
                        }));
                    }
                }
            });
            row_ends.add(ui);
        }
    }

    /// `first`: whether nothing before the note can have the keys' focus; `room`: how high it may be, in
    /// points.
    fn note_ui(
        &mut self,
        ui: &mut Ui,
        tag: &Annotation,
        (first, room): (bool, f32),
        queue: &mut VecDeque<AppCommand>,
    ) {
        let id = Self::note_field_id();
        let typing = ui.memory(|memory| memory.has_focus(id));
        if !typing || self.tag.as_ref() != Some(&tag.id) {
            self.tag = Some(tag.id.clone());
            tag.note.as_str().clone_into(&mut self.note);
        }
        let low = is_low(ui);
        let rows: u8 = if low { 1 } else { 2 };
        // Only whole lines.
        let line = ui.text_style_height(&egui::TextStyle::Body);
        let edges = line * 0.5;
        let longest = if low { LONGEST_LOW_NOTE } else { LONGEST_NOTE };
        let lines = ((room.min(longest) - edges) / line)
            .floor()
            .max(rows.into());
        let response = ScrollArea::vertical()
            .id_salt("note")
            .max_height(lines * line + edges)
            .show(ui, |ui| {
                let field = TextEdit::multiline(&mut self.note)
                    .id(id)
                    .desired_rows(rows.into())
                    .desired_width(f32::INFINITY)
                    .hint_text("Note");
                ui.add(field)
            })
            .inner;
        response.widget_info(|| egui::WidgetInfo::labeled(egui::Role::TextInput, true, "Note"));
        if first && std::mem::take(&mut self.focus) {
            response.request_focus();
        }
        if response.changed() {
            queue.push_back(AppCommand::document(Edit::SetNote {
                tag: Some(tag.id.clone()),
                note: self.note.clone(),
            }));
        }
    }
}

/// Attributes the schema does not know.
fn unknown_attributes_ui(
    ui: &mut Ui,
    tag: &Annotation,
    open: &OpenDocument,
    queue: &mut VecDeque<AppCommand>,
    row_ends: &mut RowEnds,
) {
    for attribute in &tag.attributes {
        let known = open
            .schema()
            .attributes_of(&tag.label)
            .any(|kind| kind.name == attribute.name);
        if !known {
            ui.horizontal(|ui| {
                ui.weak(format!("{}: {}", attribute.name, attribute.value));
                if remove_ui(ui, &format!("Remove {}", attribute.name)) {
                    queue.push_back(AppCommand::document(Edit::SetAttribute {
                        tag: Some(tag.id.clone()),
                        name: attribute.name.clone(),
                        value: None,
                    }));
                }
            });
            row_ends.add(ui);
        }
    }
}

/// A heading with what it is about beside it, in as many lines as that takes.
fn row_ui(ui: &mut Ui, cx: UiContext<'_>, heading: &str, contents: impl FnOnce(&mut Ui)) {
    ui.horizontal_wrapped(|ui| {
        ui.spacing_mut().item_spacing = egui::vec2(4.0, 2.0);
        heading_ui(ui, cx.theme, heading);
        ui.add_space(2.0);
        contents(ui);
    });
}

fn person_ui(
    ui: &mut Ui,
    cx: UiContext<'_>,
    open: &OpenDocument,
    tag: &Annotation,
    queue: &mut VecDeque<AppCommand>,
) {
    let person = tag
        .person
        .as_ref()
        .and_then(|id| open.shown().set().person(id));
    row_ui(ui, cx, "Person", |ui| {
        match person {
            Some(person) => ui.label(&person.name),
            None => ui.weak("Not set"),
        };
        who_button_ui(
            ui,
            cx,
            if person.is_some() {
                "Change…"
            } else {
                "Who is this…"
            },
            queue,
        );
        if person.is_some() && remove_ui(ui, "Remove the name") {
            queue.push_back(AppCommand::document(Edit::AssignPerson {
                tag: Some(tag.id.clone()),
                person: PersonChoice::None,
            }));
        }
    });
}

fn who_button_ui(ui: &mut Ui, cx: UiContext<'_>, words: &str, queue: &mut VecDeque<AppCommand>) {
    if ui
        .button(words)
        .on_hover_text(cx.tooltip(UiCommand::WhoIsThis))
        .clicked()
    {
        queue.push_back(AppCommand::Ui(UiCommand::WhoIsThis));
    }
}

/// Who says it, where the label asks for that, and what else the tag is linked to, each under the
/// name of its role.
fn links_ui(
    ui: &mut Ui,
    cx: UiContext<'_>,
    open: &OpenDocument,
    tag: &Annotation,
    queue: &mut VecDeque<AppCommand>,
    row_ends: &mut RowEnds,
) {
    let mut links: Vec<&Link> = open.shown().set().links_from(&tag.id).collect();
    if let Some(speaker) = open.schema().speaker_role(&tag.label) {
        let (said_by, others) = links.into_iter().partition(|link| link.role == speaker.key);
        links = others;
        speakers_ui(ui, cx, open, &said_by, queue, row_ends);
    }
    links.sort_by(|a, b| a.role.cmp(&b.role));
    for links in links.chunk_by(|a, b| a.role == b.role) {
        let role = links.first().map_or("", |link| link.role.as_str());
        let known = open.schema().roles().iter().find(|one| one.key == role);
        let name = known.map_or(role, |role| role.name.as_str());
        for (n, link) in links.iter().enumerate() {
            let heading = if n == 0 {
                capitalize(name)
            } else {
                String::new()
            };
            link_ui(ui, cx, open, (&heading, &heading), link, queue);
            row_ends.add(ui);
        }
    }
}

fn speakers_ui(
    ui: &mut Ui,
    cx: UiContext<'_>,
    open: &OpenDocument,
    links: &[&Link],
    queue: &mut VecDeque<AppCommand>,
    row_ends: &mut RowEnds,
) {
    let heading = |n: usize| if n == 0 { "Said by" } else { "" };
    for (n, link) in links.iter().enumerate() {
        let short = if n == 0 { "By" } else { "" };
        link_ui(ui, cx, open, (heading(n), short), link, queue);
        row_ends.add(ui);
    }
    if links.is_empty() {
        row_ui(ui, cx, heading(0), |ui| {
            ui.weak("No speaker yet");
        });
        row_ends.add(ui);
    }
    // All three in one row of a narrow panel.
    let not_given = if ui.available_width() < WIDE {
        "Not given"
    } else {
        "No speaker given"
    };
    ui.horizontal_wrapped(|ui| {
        ui.spacing_mut().item_spacing = egui::vec2(4.0, 2.0);
        ui.spacing_mut().button_padding.x = 6.0;
        who_button_ui(ui, cx, "Choose…", queue);
        for (words, name, command) in [
            ("Next", "Next", UiCommand::NextCandidate),
            (not_given, "No speaker given", UiCommand::NotGiven),
        ] {
            let response = ui.button(words);
            response.widget_info(|| egui::WidgetInfo::labeled(egui::Role::Button, true, name));
            if response.on_hover_text(cx.tooltip(command)).clicked() {
                queue.push_back(AppCommand::Ui(command));
            }
        }
    });
    row_ends.add(ui);
}

/// `short`: the heading where the name needs its room.
fn link_ui(
    ui: &mut Ui,
    cx: UiContext<'_>,
    open: &OpenDocument,
    (heading, short): (&str, &str),
    link: &Link,
    queue: &mut VecDeque<AppCommand>,
) {
    let name = linked_name(open, link);
    let font = egui::TextStyle::Body.resolve(ui.style());
    let ink = egui::Color32::PLACEHOLDER;
    let galley = ui.painter().layout_no_wrap(name.clone(), font.clone(), ink);
    // The name goes before the words that it is not confirmed, which the button says, too.
    let room = ui.available_width() - galley.size().x;
    let narrow = room < BESIDE_NAME;
    let heading = if room < CLOSE_TO_NAME { short } else { heading };
    ui.horizontal(|ui| {
        ui.spacing_mut().item_spacing.x = 4.0;
        if !heading.is_empty() {
            heading_ui(ui, cx.theme, heading);
            ui.add_space(2.0);
        }
        ui.with_layout(egui::Layout::right_to_left(egui::Align::Center), |ui| {
            ui.spacing_mut().button_padding.x = 6.0;
            if remove_ui(ui, "Remove this link") {
                queue.push_back(AppCommand::document(Edit::Unlink(link.id.clone())));
            }
            if !link.confirmed {
                if ui
                    .button("Confirm")
                    .on_hover_text(cx.tooltip(UiCommand::Confirm))
                    .clicked()
                {
                    queue.push_back(AppCommand::document(Gesture::Confirm));
                }
                if !narrow {
                    let waits = RichText::new("to confirm").small();
                    ui.label(waits.color(cx.theme.warning));
                }
            }
            ui.with_layout(egui::Layout::left_to_right(egui::Align::Center), |ui| {
                let shown = short_name_to(ui.painter(), &name, &font, ui.available_width());
                let label = ui.add(egui::Label::new(&shown).truncate());
                label.widget_info(|| {
                    egui::WidgetInfo::labeled(egui::Role::Label, true, name.as_str())
                });
                if shown != name {
                    label.on_hover_text(&name);
                }
            });
        });
    });
}

fn review_ui(
    ui: &mut Ui,
    cx: UiContext<'_>,
    tag: &Annotation,
    queue: &mut VecDeque<AppCommand>,
    row_ends: &mut RowEnds,
) {
    row_ui(ui, cx, "Review", |ui| {
        // All four in one row of the panel's usual width.
        ui.spacing_mut().item_spacing.x = 0.0;
        ui.spacing_mut().button_padding.x = 4.0;
        for review in Review::ALL {
            let chosen = tag.review == review;
            let response = ui.add(Button::selectable(chosen, review.word()));
            if response.clicked() && !chosen {
                queue.push_back(AppCommand::document(Edit::Review {
                    tag: Some(tag.id.clone()),
                    review,
                }));
            }
        }
    });
    row_ends.add(ui);
}

/// Why a quote is or was suggested.
fn suggestion_ui(ui: &mut Ui, tag: &Annotation, row_ends: &mut RowEnds) {
    if let Some(words) = suggestion_words(tag) {
        let words = RichText::new(format!("Suggested: {words}")).small().weak();
        ui.add(egui::Label::new(words).wrap());
        row_ends.add(ui);
    }
}

fn authorship_ui(ui: &mut Ui, tag: &Annotation, row_ends: &mut RowEnds) {
    if let Some(words) = authorship_words(tag) {
        let words = RichText::new(capitalize(&words)).small().weak();
        ui.add(egui::Label::new(words).wrap());
        row_ends.add(ui);
    }
}

fn remove_ui(ui: &mut Ui, name: &str) -> bool {
    let response = ui.add(Button::new("×").frame_when_inactive(false));
    response.widget_info(|| egui::WidgetInfo::labeled(egui::Role::Button, true, name));
    response.on_hover_text(name).clicked()
}
