//! What a reviewer proposes from a list that is filtered as one types: who said it, or the value of an attribute.

use std::collections::VecDeque;

use egui::{Context, Id, ScrollArea, TextEdit};
use smol_str::SmolStr;

use super::fields::named_field_ui;
use super::list::{choose_row, list_keys};
use super::{DialogState, SheetPlace, placed_sheet_ui, start_field};
use crate::gui::app_command::AppCommand;
use crate::gui::ui_context::UiContext;
use crate::gui::widgets::{ROW, Row};
use crate::model::{Attribute, AttributeKind, ProposedSpeaker};
use crate::ops::{FilterText, Gesture, OpenDocument, ReviewStep};

/// What is typed, and what there is to choose.
#[derive(Debug)]
pub(crate) struct PeerProposalDialog {
    about: About,
    query: String,
    chosen: usize,
    started: bool,
}

/// What is proposed.
#[derive(Debug)]
enum About {
    /// A speaker: the names of both rosters, sorted; each once.
    Speaker(Vec<String>),
    /// An attribute of the tag, and the value it has now.
    Attribute(Vec<(AttributeKind, Option<SmolStr>)>),
}

/// A row to choose.
struct Choice {
    shown: String,
    aside: &'static str,
    step: ReviewStep,
}

impl About {
    fn title(&self) -> &'static str {
        match self {
            Self::Speaker(_) => "Who should it be?",
            Self::Attribute(_) => "Which value should it have?",
        }
    }

    fn hint(&self) -> &'static str {
        match self {
            Self::Speaker(_) => "Name",
            Self::Attribute(_) => "Attribute or value",
        }
    }

    fn choices(&self, typed: &str) -> Vec<Choice> {
        match self {
            Self::Speaker(names) => speakers(names, typed),
            Self::Attribute(kinds) => kinds
                .iter()
                .flat_map(|(kind, now)| values(kind, now.as_ref(), typed))
                .collect(),
        }
    }
}

fn speakers(names: &[String], typed: &str) -> Vec<Choice> {
    let choice = |name: &str, aside| Choice {
        shown: name.to_owned(),
        aside,
        step: ReviewStep::Speaker(ProposedSpeaker::Named(name.to_owned())),
    };
    let wanted = FilterText::new(typed);
    let known = names.iter().filter(|name| wanted.is_in(name));
    let mut all: Vec<Choice> = known.map(|name| choice(name, "")).collect();
    if !typed.is_empty() && !all.iter().any(|one| one.shown == typed) {
        all.push(choice(typed, "new name"));
    }
    all
}

fn values(kind: &AttributeKind, now: Option<&SmolStr>, typed: &str) -> Vec<Choice> {
    let choice = |value: &SmolStr, shown: &str| Choice {
        shown: format!("{}: {shown}", kind.name),
        aside: match now.map_or("", SmolStr::as_str) == value {
            true => "as tagged",
            false => "",
        },
        step: ReviewStep::Attribute(Attribute {
            name: kind.name.clone(),
            value: value.clone(),
        }),
    };
    let known = kind.values.iter().map(|value| choice(value, value));
    let none = choice(&SmolStr::default(), "none");
    let wanted = FilterText::new(typed);
    let mut all: Vec<Choice> = known
        .chain([none])
        .filter(|one| wanted.is_in(&one.shown))
        .collect();
    if kind.values.is_empty() && !typed.is_empty() {
        all.push(choice(&typed.into(), typed));
    }
    all
}

impl PeerProposalDialog {
    fn new(about: About) -> Self {
        Self {
            about,
            query: String::new(),
            chosen: 0,
            started: false,
        }
    }

    /// Who said the tag that is reviewed.
    pub(crate) fn of_speaker(open: &OpenDocument) -> Self {
        let theirs = open.reviewed_tag().map(|reviewed| &reviewed.work.document);
        let documents = theirs.into_iter().chain([open.document()]);
        let people = documents.flat_map(|document| document.set().people());
        let mut names: Vec<String> = people.map(|person| person.name.clone()).collect();
        names.sort();
        names.dedup();
        Self::new(About::Speaker(names))
    }

    /// The attributes of the tag that is reviewed; `None` where its label has none.
    pub(crate) fn of_attributes(open: &OpenDocument) -> Option<Self> {
        let tag = open.reviewed_tag()?.tag;
        let kinds = open.schema().attributes_of(&tag.label);
        let kinds: Vec<(AttributeKind, Option<SmolStr>)> = kinds
            .map(|kind| (kind.clone(), tag.attribute(&kind.name).cloned()))
            .collect();
        (!kinds.is_empty()).then(|| Self::new(About::Attribute(kinds)))
    }

    pub(super) fn proposal_ui(
        &mut self,
        context: &Context,
        cx: UiContext<'_>,
        place: SheetPlace,
        queue: &mut VecDeque<AppCommand>,
    ) -> DialogState {
        placed_sheet_ui(context, cx, self.about.title(), 340.0, place, |ui| {
            let id = Id::unique("proposal");
            let choices = self.about.choices(self.query.trim());
            let keys = list_keys(ui, id, &mut self.chosen, choices.len());
            start_field(ui, id, &mut self.started, &self.query, None);
            let field = TextEdit::singleline(&mut self.query)
                .id(id)
                .hint_text(self.about.hint())
                .desired_width(f32::INFINITY);
            let response = named_field_ui(ui, field, self.about.hint());
            if response.changed() {
                self.chosen = 0;
            }
            let mut picked = keys.taken.then_some(self.chosen);
            ui.spacing_mut().item_spacing.y = 0.0;
            ScrollArea::vertical().max_height(8.0 * ROW).show(ui, |ui| {
                for (n, choice) in choices.iter().enumerate() {
                    let row = Row {
                        id: Id::unique(("proposal", &choice.shown)),
                        name: format!("Propose {}", choice.shown),
                        style: None,
                        first: &choice.shown,
                        second: "",
                        aside: choice.aside,
                        aside_color: cx.theme.muted,
                        chosen: n == self.chosen,
                        dimmed: false,
                    };
                    let response = row.row_ui(ui, cx.theme, ROW);
                    choose_row(&response, n, &mut self.chosen);
                    if keys.moved && n == self.chosen {
                        response.scroll_to_me(None);
                    }
                    if response.clicked() {
                        picked = Some(n);
                    }
                }
            });
            let Some(choice) = picked.and_then(|n| choices.get(n)) else {
                return DialogState::Open;
            };
            let gesture = Gesture::ReviewOfOthers(choice.step.clone());
            queue.push_back(AppCommand::document_then_focus(gesture));
            DialogState::Closed
        })
    }
}
