//! What to do with hits of a search, in one step over all their articles.

use std::collections::VecDeque;

use egui::{Button, Context, Id, RichText, TextEdit, Ui};

use super::fields::named_field_ui;
use super::list::{arrows, keep_chosen};
use super::{DialogState, sheet_ui, start_field};
use crate::gui::app_command::AppCommand;
use crate::gui::ui_context::UiContext;
use crate::gui::widgets::{LabelStyle, ROW, Row};
use crate::model::{PersonKind, Review, Schema};
use crate::ops::FilterText;
use crate::ops::search::{Found, HitAction};
use crate::text::wording::{count, count_as};

/// So many names are offered.
const NAMES: usize = 6;

/// The hits, what can be done with them, and what is typed.
#[derive(Debug)]
pub(crate) struct HitsDialog {
    found: Vec<Found>,
    articles: usize,
    choices: Vec<Choice>,
    chosen: usize,
    /// The name of the person; `None`: it is not asked for yet.
    name: Option<String>,
    kind: PersonKind,
    /// Names among the hits.
    names: Vec<String>,
    /// Whose tags these are, where only somebody else is asked for.
    split_from: Option<String>,
    started: bool,
}

#[derive(Debug, Clone, PartialEq)]
enum Choice {
    Do(String, HitAction),
    AskPerson,
}

impl HitsDialog {
    /// A dialog for hits; their schema has the labels.
    pub(crate) fn new(found: Vec<Found>, schema: &Schema) -> Self {
        let tags = found.iter().any(Found::is_tag);
        let words = found
            .iter()
            .any(|found| !found.is_tag() && !found.is_article());
        let mut choices = Vec::new();
        for label in schema.labels().iter().filter(|_| words || !tags) {
            let words = format!("Tag as {}", label.name.to_lowercase());
            choices.push(Choice::Do(words, HitAction::Tag(label.key.clone())));
        }
        if tags {
            for (words, review) in [
                ("Accept", Review::Accepted),
                ("Reject", Review::Rejected),
                ("Mark as unsure", Review::Unsure),
                ("Clear the review", Review::Unreviewed),
            ] {
                choices.push(Choice::Do(words.to_owned(), HitAction::Review(review)));
            }
            choices.push(Choice::AskPerson);
            for label in schema.labels() {
                let words = format!("Change label to {}", label.name.to_lowercase());
                choices.push(Choice::Do(words, HitAction::Relabel(label.key.clone())));
            }
        }
        let mut names: Vec<String> = found
            .iter()
            .map(|found| found.hit().person)
            .filter(|name| !name.is_empty())
            .collect();
        names.sort();
        names.dedup();
        let mut articles: Vec<_> = found.iter().map(Found::path).collect();
        articles.sort();
        articles.dedup();
        Self {
            articles: articles.len(),
            found,
            choices,
            chosen: 0,
            name: None,
            kind: PersonKind::Person,
            names,
            split_from: None,
            started: false,
        }
    }

    /// A dialog that asks to whom tags belong which are not `person`'s; `people` are offered.
    pub(crate) fn split(
        found: Vec<Found>,
        schema: &Schema,
        person: String,
        people: impl IntoIterator<Item = String>,
    ) -> Self {
        let others = people.into_iter().filter(|name| *name != person);
        Self {
            name: Some(String::new()),
            names: others.collect(),
            split_from: Some(person),
            ..Self::new(found, schema)
        }
    }

    pub(super) fn hits_ui(
        &mut self,
        context: &Context,
        cx: UiContext<'_>,
        schema: &Schema,
        queue: &mut VecDeque<AppCommand>,
    ) -> DialogState {
        let mut action = None;
        let title = match &self.split_from {
            Some(person) => format!("Split {person}"),
            None => TITLE.to_owned(),
        };
        let noun = match self.split_from {
            Some(_) => "tag",
            None => "hit",
        };
        let state = sheet_ui(context, cx, &title, 420.0, |ui| {
            ui.weak(format!(
                "{} in {}, in one step that is undone as a whole. Tags of other people stay as they are.",
                count(self.found.len(), noun),
                count_as(self.articles, "article", "articles")
            ));
            ui.add_space(4.0);
            action = match &mut self.name {
                Some(_) => self.person_ui(ui, cx),
                None => self.choices_ui(ui, cx, schema),
            };
            DialogState::Open
        });
        let Some(action) = action else {
            return state;
        };
        let found = std::mem::take(&mut self.found);
        queue.push_back(AppCommand::ChangeHits(found, action));
        queue.push_back(AppCommand::IgnoreLetters);
        DialogState::Closed
    }

    fn choices_ui(&mut self, ui: &mut Ui, cx: UiContext<'_>, schema: &Schema) -> Option<HitAction> {
        let moved = arrows(ui, &mut self.chosen, self.choices.len());
        ui.spacing_mut().item_spacing.y = 0.0;
        let mut picked = None;
        for (n, choice) in self.choices.iter().enumerate() {
            let (words, label) = match choice {
                Choice::Do(words, HitAction::Tag(key) | HitAction::Relabel(key)) => {
                    (words.as_str(), Some(LabelStyle::of(schema, key)))
                }
                Choice::Do(words, HitAction::Review(_) | HitAction::Person(..)) => {
                    (words.as_str(), None)
                }
                Choice::AskPerson => ("Set the person…", None),
            };
            let row = Row {
                id: Id::unique(("hit action", n)),
                name: words.to_owned(),
                style: label.as_ref(),
                first: words,
                second: "",
                aside: "",
                aside_color: cx.theme.muted,
                chosen: false,
                dimmed: false,
            };
            let response = row.row_ui(ui, cx.theme, ROW);
            keep_chosen(ui, &response, n, moved, &mut self.chosen);
            if response.clicked() {
                picked = Some(choice.clone());
            }
        }
        match picked? {
            Choice::Do(_, action) => Some(action),
            Choice::AskPerson => {
                self.name = Some(String::new());
                self.chosen = 0;
                None
            }
        }
    }

    fn person_ui(&mut self, ui: &mut Ui, cx: UiContext<'_>) -> Option<HitAction> {
        let id = Id::unique("person of hits");
        let number = self.found.len();
        let name = self.name.as_mut()?;
        start_field(ui, id, &mut self.started, name, None);
        // On a name below, it takes that one.
        let typing = ui.memory(|memory| memory.has_focus(id));
        let enter = typing
            && ui.input_mut(|input| input.consume_key(egui::Modifiers::NONE, egui::Key::Enter));
        let field = TextEdit::singleline(name)
            .id(id)
            .hint_text("Name of the person, organisation or group")
            .desired_width(f32::INFINITY);
        named_field_ui(ui, field, "Name of the person");
        ui.horizontal(|ui| {
            for kind in PersonKind::ALL {
                let words = crate::gui::tag_description::capitalize(kind.word());
                ui.selectable_value(&mut self.kind, kind, words);
            }
        });
        let typed = FilterText::new(name);
        let names = self.names.iter().filter(|known| typed.is_in(known));
        for known in names.take(NAMES) {
            let row = Row {
                id: Id::unique(("name of hits", known)),
                name: known.clone(),
                style: None,
                first: known,
                second: "",
                aside: "",
                aside_color: cx.theme.muted,
                chosen: false,
                dimmed: false,
            };
            if row.row_ui(ui, cx.theme, ROW).clicked() {
                return Some(HitAction::Person(known.clone(), self.kind));
            }
        }
        ui.add_space(6.0);
        let name = name.trim();
        let words = match name {
            "" => "Type whose they are".to_owned(),
            name => format!("Set {} to {name}", count(number, "tag")),
        };
        let words = RichText::new(words).color(cx.theme.on_accent);
        let button = Button::new(words).fill(cx.theme.accent);
        let done = ui.add_enabled(!name.is_empty(), button).clicked();
        ((enter || done) && !name.is_empty()).then(|| HitAction::Person(name.to_owned(), self.kind))
    }
}

const TITLE: &str = "Change hits";
