//! What a project can tag: labels, attributes and conventions.

use std::collections::VecDeque;

use egui::{Button, Context, Grid, RichText, Ui};

use super::fields::{fixed_above_ui, named_button, text_field};
use super::schema_roles::roles_ui;
use super::{DialogState, Typed, choice_ui, room, sheet_ui};
use crate::format::schema_file::{COLORS, Drafted, LabelPart, SchemaDraft};
use crate::gui::app_command::AppCommand;
use crate::gui::tag_description::capitalize;
use crate::gui::ui_context::UiContext;
use crate::gui::widgets::heading_ui;
use crate::model::{AttributeKind, LabelKind};
use crate::ops::{CONVENTIONS, SchemaFile, TagCounts, convention_now, schema_preview};
use crate::text::wording::{count, count_as};

/// The schema as it is, and as somebody wants it.
#[derive(Debug)]
pub(crate) struct SchemaDialog {
    file: SchemaFile,
    draft: SchemaDraft,
    /// How often labels and values are used in the folder; `None`: that is being counted.
    counts: Option<Result<TagCounts, String>>,
    /// Why it could not be saved.
    refused: Option<String>,
    /// The values of attributes as they are typed, by place.
    values: Vec<String>,
    saving: bool,
}

/// Which part of the height is for what can be changed; the changes and buttons are below.
const PARTS: f32 = 0.6;

/// What a label has beside its two names, in points.
const BESIDE_NAMES: f32 = 430.0;
/// Least and most width of the two names together, in points.
const NAMES: (f32, f32) = (140.0, 280.0);
/// What an attribute has beside its values, in points.
const BESIDE_VALUES: f32 = 300.0;
/// Least and most width of the values, in points.
const VALUES: (f32, f32) = (140.0, 300.0);

/// Why the name of an attribute cannot be changed.
const NAME_STAYS: &str =
    "The name of an attribute stays once it is saved: tags refer to it by name.";

/// Height of the list of changes, in points: more is scrolled, and the buttons below keep their place.
const CHANGES: f32 = 72.0;

pub(super) const TITLE: &str = "Labels and attributes";

impl SchemaDialog {
    pub(crate) fn new(file: SchemaFile) -> Self {
        let draft = SchemaDraft::of(&file.schema);
        let values = draft.attributes.iter().map(|one| typed(&one.kind));
        Self {
            values: values.collect(),
            file,
            draft,
            counts: None,
            refused: None,
            saving: false,
        }
    }

    pub(super) fn is_typed(&self) -> bool {
        !self.saving && !self.draft.is_unchanged()
    }

    /// How often labels and values are used is known.
    pub(crate) fn on_counted(&mut self, counts: Result<TagCounts, String>) {
        self.counts = Some(counts);
    }

    /// The file could not be changed.
    pub(crate) fn on_not_saved(&mut self, words: String) {
        self.saving = false;
        self.refused = Some(words);
    }

    pub(super) fn schema_ui(
        &mut self,
        context: &Context,
        cx: UiContext<'_>,
        queue: &mut VecDeque<AppCommand>,
    ) -> DialogState {
        sheet_ui(context, cx, TITLE, 740.0, |ui| {
            let path = self.file.path.display().to_string();
            ui.add(egui::Label::new(RichText::new(path).weak()).truncate());
            let before = self.draft.clone();
            let parts = egui::ScrollArea::both().id_salt("parts of the schema");
            let parts = parts.max_height(room(context) * PARTS).auto_shrink(false);
            parts.show(ui, |ui| {
                self.labels_ui(ui, cx);
                roles_ui(ui, cx, &mut self.draft, self.counts.as_ref());
                self.attributes_ui(ui, cx);
                heading_ui(ui, cx.theme, "Conventions");
                for (name, about, values) in CONVENTIONS {
                    ui.horizontal(|ui| {
                        let now = convention_now(&self.draft, name);
                        let mut chosen = now.clone();
                        choice_ui(ui, about, &now, 120.0, |ui| {
                            for value in values {
                                ui.selectable_value(&mut chosen, (*value).into(), *value);
                            }
                        });
                        if chosen != now {
                            self.draft.set_convention(name, &chosen);
                        }
                    });
                }
            });
            if self.draft != before {
                self.refused = None;
            }
            self.changes_ui(ui, cx, queue)
        })
    }

    fn counts(&self) -> Option<&TagCounts> {
        self.counts.as_ref().and_then(|counts| counts.as_ref().ok())
    }

    fn labels_ui(&mut self, ui: &mut Ui, cx: UiContext<'_>) {
        heading_ui(ui, cx.theme, "Labels");
        let mut gone = None;
        let mut renamed = None;
        let mut parts = None;
        let counts = self.counts().cloned();
        let fields = (ui.available_width() - BESIDE_NAMES).clamp(NAMES.0, NAMES.1);
        Grid::new("labels of the schema")
            .num_columns(7)
            .show(ui, |ui| {
                for heading in [
                    "Letter",
                    "Name",
                    "Name in files",
                    "Color",
                    "What it is for",
                    "",
                    "",
                ] {
                    ui.weak(heading);
                }
                ui.end_row();
                for (n, label) in self.draft.labels.iter_mut().enumerate() {
                    let kind = &mut label.kind;
                    let mut letter = kind.letter.to_string();
                    let field =
                        text_field(ui, &mut letter, 34.0, &format!("Letter of label {}", n + 1));
                    let typed = letter.chars().rfind(char::is_ascii_alphabetic);
                    if let Some(typed) = typed.filter(|_| field.changed()) {
                        kind.letter = typed.to_ascii_uppercase();
                    }
                    let plural = kind.plural == format!("{}s", kind.name);
                    let name = format!("Name of label {}", n + 1);
                    if text_field(ui, &mut kind.name, fields * 0.54, &name).changed() && plural {
                        kind.plural = format!("{}s", kind.name);
                    }
                    let mut key = kind.key.to_string();
                    let name = format!("Name in files of label {}", n + 1);
                    if text_field(ui, &mut key, fields * 0.46, &name).changed() {
                        renamed = Some((n, key));
                    }
                    ui.horizontal(|ui| {
                        let now = capitalize(&kind.color);
                        let mut chosen = kind.color.clone();
                        let list = egui::ComboBox::from_id_salt(("color", n)).selected_text(&now);
                        let list = list.width(80.0).show_ui(ui, |ui| {
                            for color in COLORS.iter().take(8) {
                                ui.selectable_value(
                                    &mut chosen,
                                    (*color).into(),
                                    capitalize(color),
                                );
                            }
                        });
                        let name = format!("Color of label {}: {now}", n + 1);
                        list.response.widget_info(|| {
                            egui::WidgetInfo::labeled(egui::Role::ComboBox, true, name.as_str())
                        });
                        kind.color = chosen;
                    });
                    let part = LabelPart::of(kind);
                    let mut chosen = part;
                    let list =
                        egui::ComboBox::from_id_salt(("part", n)).selected_text(part.words());
                    let list = list.width(118.0).show_ui(ui, |ui| {
                        for part in LabelPart::ALL {
                            ui.selectable_value(&mut chosen, part, part.words());
                        }
                    });
                    let name = format!("What label {} is for: {}", n + 1, part.words());
                    list.response.widget_info(|| {
                        egui::WidgetInfo::labeled(egui::Role::ComboBox, true, name.as_str())
                    });
                    if chosen != part {
                        parts = Some((n, chosen));
                    }
                    let original = label
                        .original
                        .and_then(|n| self.file.schema.labels().get(n));
                    match (original, &counts) {
                        (Some(original), Some(counts)) => {
                            let tags = counts.labels.get(&original.key).copied();
                            ui.weak(count(tags.unwrap_or_default(), "tag"));
                        }
                        (None, _) => drop(ui.weak("new")),
                        (Some(_), None) => drop(ui.weak("")),
                    }
                    let name = format!("Remove label {}", n + 1);
                    if named_button(ui, "Remove", &name).clicked() {
                        gone = Some(n);
                    }
                    ui.end_row();
                }
            });
        if let Some((n, key)) = renamed {
            self.draft.rename_label(n, key.trim());
        }
        if let Some((n, part)) = parts {
            self.draft.set_part(n, part);
        }
        if let Some(n) = gone {
            self.draft.remove_label(n);
            self.take_values();
        }
        if ui.button("Add label").clicked() {
            self.draft.labels.push(Drafted {
                original: None,
                kind: new_label(&self.draft),
            });
        }
    }

    /// The values as they are typed, after attributes came or went.
    fn take_values(&mut self) {
        let values = self.draft.attributes.iter().map(|one| typed(&one.kind));
        self.values = values.collect();
    }

    fn attributes_ui(&mut self, ui: &mut Ui, cx: UiContext<'_>) {
        heading_ui(ui, cx.theme, "Attributes");
        let mut gone = None;
        let width = (ui.available_width() - BESIDE_VALUES).clamp(VALUES.0, VALUES.1);
        Grid::new("attributes of the schema")
            .num_columns(4)
            .show(ui, |ui| {
                for heading in ["Label", "Name", "Values, separated by commas", ""] {
                    ui.weak(heading);
                }
                ui.end_row();
                let labels = self.draft.labels.clone();
                let attributes = self.draft.attributes.iter_mut().zip(&mut self.values);
                for (n, (attribute, values)) in attributes.enumerate() {
                    let kind = &mut attribute.kind;
                    let label = labels.iter().find(|label| label.kind.key == kind.label);
                    ui.label(label.map_or(kind.label.as_str(), |label| &label.kind.name));
                    if attribute.original.is_some() {
                        ui.label(kind.name.as_str()).on_hover_text(NAME_STAYS);
                    } else {
                        let mut name = kind.name.to_string();
                        if text_field(ui, &mut name, 110.0, "Name of the new attribute").changed() {
                            kind.name = name.trim().into();
                        }
                    }
                    let name = format!("Values of {}", kind.name);
                    if text_field(ui, values, width, &name).changed() {
                        let each = values.split(',').map(str::trim);
                        let each = each.filter(|value| !value.is_empty());
                        kind.values = each.map(Into::into).collect();
                        kind.default.take_if(|value| !kind.values.contains(value));
                    }
                    let name = format!("Remove attribute {}", kind.name);
                    if named_button(ui, "Remove", &name).clicked() {
                        gone = Some(n);
                    }
                    ui.end_row();
                }
            });
        if let Some(n) = gone {
            self.draft.attributes.remove(n);
            self.take_values();
        }
        if self
            .draft
            .attributes
            .iter()
            .any(|one| one.original.is_some())
        {
            ui.weak(RichText::new(NAME_STAYS).small());
        }
        ui.horizontal_wrapped(|ui| {
            for label in self.draft.labels.clone() {
                let words = format!("Add attribute of {}", label.kind.name.to_lowercase());
                if ui.small_button(words).clicked() {
                    self.draft.attributes.push(Drafted {
                        original: None,
                        kind: AttributeKind {
                            name: "".into(),
                            label: label.kind.key,
                            values: Vec::new(),
                            default: None,
                        },
                    });
                    self.take_values();
                }
            }
        });
    }

    fn changes_ui(
        &mut self,
        ui: &mut Ui,
        cx: UiContext<'_>,
        queue: &mut VecDeque<AppCommand>,
    ) -> DialogState {
        heading_ui(ui, cx.theme, "Changes");
        let wrong = self.draft.schema().err().map(|error| error.to_string());
        let lines = schema_preview(&self.draft, self.counts());
        fixed_above_ui(ui, (1, CHANGES), |ui| {
            // First, so that many changes do not hide it.
            if let Some(words) = wrong.as_ref().or(self.refused.as_ref()) {
                let words = format!("{}.", capitalize(words));
                ui.colored_label(cx.theme.warning, words);
            }
            for line in &lines {
                ui.add(egui::Label::new(line).wrap());
            }
            match &self.counts {
                _ if lines.is_empty() => drop(ui.weak("Nothing is changed.")),
                None => drop(ui.weak("Counting the tags of the folder…")),
                Some(Err(words)) => drop(ui.colored_label(cx.theme.warning, words)),
                Some(Ok(counts)) if counts.unread > 0 => {
                    let files = count_as(counts.unread, "file", "files");
                    ui.colored_label(cx.theme.warning, format!("{files} could not be read."));
                }
                Some(Ok(_)) => {}
            }
        });
        ui.add_space(4.0);
        let mut state = DialogState::Open;
        ui.horizontal(|ui| {
            let can = wrong.is_none() && !self.draft.is_unchanged() && !self.saving;
            let words = RichText::new("Save").color(cx.theme.on_accent);
            let button = Button::new(words).fill(cx.theme.accent);
            if ui.add_enabled(can, button).clicked() {
                self.saving = true;
                let change = (self.file.clone(), self.draft.clone());
                queue.push_back(AppCommand::ChangeSchema(Box::new(change)));
            }
            if ui.button("Cancel").clicked() {
                state = DialogState::Closed;
            }
            ui.weak("Comments in the file stay.");
        });
        state
    }
}

fn typed(attribute: &AttributeKind) -> String {
    let values: Vec<&str> = attribute
        .values
        .iter()
        .map(|value| value.as_str())
        .collect();
    values.join(", ")
}

/// A label with a name and a letter that no other has.
fn new_label(draft: &SchemaDraft) -> LabelKind {
    let has_key = |key: &str| draft.labels.iter().any(|label| label.kind.key == key);
    let numbers = (1..).map(|n| match n {
        1 => "label".to_owned(),
        n => format!("label{n}"),
    });
    let key = numbers
        .into_iter()
        .find(|key| !has_key(key))
        .unwrap_or_default();
    let has_letter = |letter: &char| {
        draft
            .labels
            .iter()
            .any(|label| label.kind.letter == *letter)
    };
    // Letters that are no keys of other commands.
    let letter = "LDTGYBZHUF".chars().find(|letter| !has_letter(letter));
    LabelKind {
        name: capitalize(&key),
        plural: format!("{}s", capitalize(&key)),
        key: key.into(),
        letter: letter.unwrap_or('Z'),
        color: "teal".into(),
        speaks: false,
        mentions: false,
        reports: false,
        was: Vec::new(),
    }
}

impl SchemaDialog {
    pub(super) fn typed(&self) -> Typed {
        Typed::draft(self.is_typed(), TITLE)
    }
}
