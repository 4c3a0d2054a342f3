//! Who said it, as a reviewer proposes: somebody of the roster as one types, or another name.

use std::collections::VecDeque;

use egui::{Context, Id, ScrollArea, TextEdit};

use super::fields::named_field_ui;
use super::list::{choose_row, list_keys};
use super::{DialogState, SheetPlace, Typed, placed_sheet_ui, start_field};
use crate::gui::app_command::AppCommand;
use crate::gui::ui_context::UiContext;
use crate::gui::widgets::{ROW, Row};
use crate::model::ProposedSpeaker;
use crate::ops::{FilterText, Gesture, OpenDocument, ReviewStep};

/// What is typed, and who is known.
#[derive(Debug)]
pub(crate) struct PeerSpeakerDialog {
    query: String,
    /// The names of both rosters, sorted; each once.
    names: Vec<String>,
    chosen: usize,
    started: bool,
}

const TITLE: &str = "Who should it be?";

impl PeerSpeakerDialog {
    /// A dialog for the tag that is reviewed.
    pub(crate) fn new(open: &OpenDocument) -> Self {
        let theirs = open.reviewed_tag().map(|reviewed| &reviewed.work.document);
        let documents = theirs.into_iter().chain([open.document()]);
        let people = documents.flat_map(|document| document.set().people());
        let mut names: Vec<String> = people.map(|person| person.name.clone()).collect();
        names.sort();
        names.dedup();
        Self {
            query: String::new(),
            names,
            chosen: 0,
            started: false,
        }
    }

    pub(super) fn typed(&self) -> Typed {
        Typed::draft(!self.query.trim().is_empty(), TITLE)
    }

    pub(super) fn speaker_ui(
        &mut self,
        context: &Context,
        cx: UiContext<'_>,
        place: SheetPlace,
        queue: &mut VecDeque<AppCommand>,
    ) -> DialogState {
        placed_sheet_ui(context, cx, TITLE, 340.0, place, |ui| {
            let id = Id::unique("speaker to propose");
            let typed = self.query.trim().to_owned();
            let wanted = FilterText::new(&typed);
            let known = self.names.iter().filter(|name| wanted.is_in(name));
            let mut rows: Vec<(String, &str)> = known.map(|name| (name.clone(), "")).collect();
            if !typed.is_empty() && !rows.iter().any(|(name, _)| *name == typed) {
                rows.push((typed, "new name"));
            }
            let keys = list_keys(ui, id, &mut self.chosen, rows.len());
            start_field(ui, id, &mut self.started, &self.query, None);
            let field = TextEdit::singleline(&mut self.query)
                .id(id)
                .hint_text("Name")
                .desired_width(f32::INFINITY);
            let response = named_field_ui(ui, field, "Name");
            if response.changed() {
                self.chosen = 0;
            }
            let mut picked = keys.taken.then_some(self.chosen);
            ui.spacing_mut().item_spacing.y = 0.0;
            ScrollArea::vertical().max_height(8.0 * ROW).show(ui, |ui| {
                for (n, (name, aside)) in rows.iter().enumerate() {
                    let row = Row {
                        id: Id::unique(("speaker to propose", name)),
                        name: format!("Propose {name}"),
                        style: None,
                        first: name,
                        second: "",
                        aside,
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
            let Some((name, _)) = picked.and_then(|n| rows.get(n)) else {
                return DialogState::Open;
            };
            let speaker = ProposedSpeaker::Named(name.clone());
            let step = ReviewStep::Speaker(speaker);
            queue.push_back(AppCommand::document_then_focus(Gesture::ReviewOfOthers(
                step,
            )));
            DialogState::Closed
        })
    }
}
