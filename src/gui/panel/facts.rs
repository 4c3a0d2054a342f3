//! What is known about the article: seen and edited.

use std::collections::VecDeque;
use std::path::{Path, PathBuf};

use egui::{Frame, Id, Margin, RichText, ScrollArea, TextEdit, Ui};

use super::fact_conflicts::fact_conflicts_ui;
use crate::gui::app_command::AppCommand;
use crate::gui::tag_description::capitalize;
use crate::gui::ui_context::UiContext;
use crate::gui::widgets::{checkbox_ui, heading_ui};
use crate::model::{ArticleFacts, Schema, fact_name};
use crate::ops::{LoadedFacts, merge_facts};

/// Seconds from the last change until it is saved by itself.
const PAUSE: f64 = 0.7;
/// Width of the names beside the fields, in points.
const NAMES: f32 = 76.0;

/// What is known about the article that is shown, and what is being typed of it.
#[derive(Debug, Default)]
pub(crate) struct FactsPanel {
    article: Option<PathBuf>,
    /// As on disk; `None`: not read yet.
    loaded: Option<LoadedFacts>,
    facts: ArticleFacts,
    /// What is being saved.
    saving: Option<ArticleFacts>,
    /// Why the last try to save failed, and what was to be saved.
    failed: Option<(String, ArticleFacts)>,
    /// When it was changed last, in seconds of the window's clock.
    changed: f64,
}

/// What is to be saved: the article, its facts as they were read, and as they are now.
pub(crate) type UnsavedFacts = (PathBuf, LoadedFacts, ArticleFacts);

impl FactsPanel {
    /// Turns to an article. Returns whether its facts are to be read.
    pub(crate) fn turn_to(&mut self, article: &Path) -> bool {
        if self.article.as_deref() == Some(article) {
            return false;
        }
        *self = Self {
            article: Some(article.to_owned()),
            ..Self::default()
        };
        true
    }

    /// The article it is about.
    pub(crate) fn article(&self) -> Option<&Path> {
        self.article.as_deref()
    }

    /// Takes what is on disk; what is typed meanwhile stays.
    pub(crate) fn on_read(&mut self, article: &Path, loaded: LoadedFacts) {
        if self.article.as_deref() != Some(article) || self.saving.is_some() {
            return;
        }
        let base = self.loaded.as_ref().map(|known| known.facts.clone());
        self.take(base, loaded);
    }

    fn take(&mut self, base: Option<ArticleFacts>, loaded: LoadedFacts) {
        let merged = match base {
            Some(base) if base != self.facts => {
                merge_facts(&base, &self.facts, &loaded.facts).unwrap_or(self.facts.clone())
            }
            Some(_) | None => loaded.facts.clone(),
        };
        self.facts = merged;
        self.loaded = Some(loaded);
    }

    /// What is not saved and not being saved; from here on it is being saved.
    pub(crate) fn begin_saving(&mut self) -> Option<UnsavedFacts> {
        let loaded = self.loaded.as_ref()?;
        if !self.is_changed() || self.saving.is_some() {
            return None;
        }
        self.saving = Some(self.facts.clone());
        Some((self.article.clone()?, loaded.clone(), self.facts.clone()))
    }

    /// Notes what came of saving. Returns what the person has to know.
    pub(crate) fn on_saved(
        &mut self,
        article: &Path,
        result: Result<LoadedFacts, String>,
    ) -> Option<String> {
        let is_shown = self.article.as_deref() == Some(article);
        let sent = if is_shown { self.saving.take() } else { None };
        match result {
            Ok(loaded) => {
                if is_shown {
                    self.failed = None;
                    self.take(sent, loaded);
                }
                None
            }
            Err(words) => {
                if let Some(sent) = sent {
                    self.failed = Some((words.clone(), sent));
                }
                Some(words)
            }
        }
    }

    /// Whether something is not on disk, and saving that has not just failed.
    fn is_changed(&self) -> bool {
        let failed = self.failed.as_ref();
        self.loaded.as_ref().is_some_and(|loaded| {
            loaded.facts != self.facts && failed.is_none_or(|(_, facts)| *facts != self.facts)
        })
    }

    /// Whether something is not on disk that will be.
    pub(crate) fn waits(&self) -> bool {
        self.saving.is_some() || self.is_changed()
    }
}

/// What is known about the article; returns the field that gets the keys' focus.
pub(crate) fn facts_ui(
    ui: &mut Ui,
    cx: UiContext<'_>,
    schema: &Schema,
    time: Option<&str>,
    panel: &mut FactsPanel,
    queue: &mut VecDeque<AppCommand>,
) -> Option<Id> {
    let Some(loaded) = &panel.loaded else {
        ui.weak("Loading …");
        return None;
    };
    let before = panel.facts.clone();
    let locked = loaded.read_only.clone();
    let mut left = false;
    let first = ScrollArea::vertical()
        .id_salt("facts")
        .auto_shrink(false)
        .show(ui, |ui| {
            let margin = Margin::symmetric(12, 4);
            let inner = Frame::new().inner_margin(margin).show(ui, |ui| {
                if let Some(reason) = &locked {
                    ui.colored_label(cx.theme.warning, reason);
                }
                ui.add_enabled_ui(locked.is_none(), |ui| {
                    let first = fields_ui(ui, cx, schema, &mut panel.facts, &mut left);
                    labels_ui(ui, cx, schema, &mut panel.facts);
                    fact_conflicts_ui(ui, cx, &mut panel.facts);
                    first
                })
                .inner
            });
            rest_ui(ui, &panel.facts, time);
            inner.inner
        });
    if let Some((words, _)) = &panel.failed {
        ui.colored_label(cx.theme.danger, words);
    }
    let now = ui.input(|input| input.time);
    if panel.facts != before {
        panel.changed = now;
    }
    if panel.is_changed() && panel.saving.is_none() {
        let due = panel.changed + PAUSE - now;
        if due <= 0.0 || left {
            queue.push_back(AppCommand::SaveFacts);
        } else {
            let wait = std::time::Duration::from_secs_f64(due);
            ui.ctx().request_repaint_after(wait);
        }
    }
    Some(first.inner)
}

/// A field for each fact. Returns the first one.
fn fields_ui(
    ui: &mut Ui,
    cx: UiContext<'_>,
    schema: &Schema,
    facts: &mut ArticleFacts,
    left: &mut bool,
) -> Id {
    let problems = facts.problems();
    let first = Id::unique(("fact", "Headline"));
    let known = [
        ("Headline", "headline", &mut facts.headline),
        ("Byline", "byline", &mut facts.byline),
        ("Outlet", "outlet", &mut facts.outlet),
        ("Date", "date", &mut facts.date),
        ("Language", "language", &mut facts.language),
        ("Section", "section", &mut facts.section),
        ("Address", "address", &mut facts.address),
    ];
    for (name, fact, value) in known {
        *left |= field_ui(ui, (name, name), value);
        for problem in problems.iter().filter(|problem| problem.fact == fact) {
            ui.colored_label(cx.theme.warning, problem.to_string());
        }
    }
    let mut names: Vec<String> = schema.fields.iter().map(ToString::to_string).collect();
    let others = facts.fields.keys().filter(|name| !names.contains(name));
    let others: Vec<String> = others.cloned().collect();
    names.extend(others);
    for name in names {
        let mut value = facts.fields.get(&name).cloned().unwrap_or_default();
        let shown = capitalize(&fact_name(&name));
        *left |= field_ui(ui, (&name, &shown), &mut value);
        if value.is_empty() {
            facts.fields.remove(&name);
        } else {
            facts.fields.insert(name, value);
        }
    }
    first
}

/// A field with its name, as it is shown, before it. Returns whether it was left.
fn field_ui(ui: &mut Ui, (name, shown): (&str, &str), value: &mut String) -> bool {
    ui.horizontal(|ui| {
        let size = egui::vec2(NAMES, ui.spacing().interact_size.y);
        let left = egui::Layout::left_to_right(egui::Align::Center);
        ui.allocate_ui_with_layout(size, left, |ui| {
            ui.set_width(NAMES);
            ui.add(egui::Label::new(RichText::new(shown).small()).truncate());
        });
        let field = TextEdit::singleline(value)
            .id(Id::unique(("fact", name)))
            .desired_width(f32::INFINITY);
        let field = ui.add(field);
        field.widget_info(|| {
            egui::WidgetInfo::labeled(egui::Role::TextInput, ui.is_enabled(), shown)
        });
        field.lost_focus()
    })
    .inner
}

/// A box to tick for each label of the schema, and for those the article has besides.
fn labels_ui(ui: &mut Ui, cx: UiContext<'_>, schema: &Schema, facts: &mut ArticleFacts) {
    let mut names: Vec<String> = schema
        .article_labels
        .iter()
        .map(ToString::to_string)
        .collect();
    let others = facts.labels.iter().filter(|name| !names.contains(name));
    let others: Vec<String> = others.cloned().collect();
    names.extend(others);
    if names.is_empty() {
        return;
    }
    ui.add_space(4.0);
    heading_ui(ui, cx.theme, "Labels of the article");
    // "topic: sport" is a value of "topic", all of which stand together.
    let mut groups: Vec<(&str, Vec<&str>)> = Vec::new();
    for name in &names {
        let group = name.split_once(": ").map_or("", |(group, _)| group);
        match groups.iter_mut().find(|(known, _)| *known == group) {
            Some((_, members)) => members.push(name),
            None => groups.push((group, vec![name])),
        }
    }
    for (group, members) in groups {
        if !group.is_empty() {
            ui.label(RichText::new(capitalize(group)).small());
        }
        ui.horizontal_wrapped(|ui| {
            for name in members {
                let value = name.split_once(": ").map_or(name, |(_, value)| value);
                label_ui(ui, (name, value), facts);
            }
        });
    }
}

/// A box to tick for one label, shown as a value.
fn label_ui(ui: &mut Ui, (name, value): (&str, &str), facts: &mut ArticleFacts) {
    let mut has = facts.labels.contains(name);
    let tick = checkbox_ui(ui, &mut has, value);
    tick.widget_info(|| {
        egui::WidgetInfo::selected(egui::Role::CheckBox, ui.is_enabled(), has, name)
    });
    if !tick.changed() {
        return;
    }
    if has {
        facts.labels.insert(name.to_owned());
    } else {
        facts.labels.remove(name);
    }
}

/// Where the text comes from, notes, and the own time.
fn rest_ui(ui: &mut Ui, facts: &ArticleFacts, time: Option<&str>) {
    Frame::new()
        .inner_margin(Margin::symmetric(12, 2))
        .show(ui, |ui| {
            if let Some(from) = &facts.imported_from {
                ui.weak(format!("Source file: {}", from.file));
            }
            for note in &facts.notes {
                let by = match note.by.is_empty() {
                    true => String::new(),
                    false => format!(" ({})", note.by),
                };
                ui.label(format!("Note: {}{by}", note.text));
            }
            if let Some(time) = time {
                ui.weak(time);
            }
        });
}
