//! Who this is: a person of the roster as one types, or a new one.

use std::collections::VecDeque;

use egui::{Context, Id, Key, Modifiers, Rect, ScrollArea, TextEdit, Ui};

use super::fields::named_field_ui;
use super::list::{choose_row, list_keys};
use super::{DialogState, SheetPlace, placed_sheet_ui, start_field};
use crate::gui::app_command::AppCommand;
use crate::gui::tag_description::linked_name;
use crate::gui::ui_context::UiContext;
use crate::gui::widgets::{ROW, Row};
use crate::model::{Annotation, AnnotationId, Person, PersonKind};
use crate::ops::{Edit, FilterText, OpenDocument, PersonChoice};
use crate::store::Draft;
use crate::suggest::person_distance;

/// What is typed about which tag.
#[derive(Debug)]
pub(crate) struct PersonPicker {
    tag: AnnotationId,
    /// Whether the tag is a mention of the person, not what the person said.
    mention: bool,
    query: String,
    /// The name among the tag's words.
    proposed: String,
    chosen: usize,
    kind: PersonKind,
    /// The buttons of the kinds, as they were drawn last.
    kind_ids: Vec<Id>,
    started: bool,
    choices: Vec<Choice>,
    /// What `choices` were made from: query, kind, roster, whether someone is named.
    cache_key: Option<(String, PersonKind, u64, bool)>,
}

#[derive(Debug, Clone, PartialEq)]
struct Choice {
    words: String,
    aside: String,
    person: PersonChoice,
}

impl PersonPicker {
    /// A dialog for a tag; a name among its words is the name of a new person.
    pub(crate) fn new(open: &OpenDocument, tag: &Annotation) -> Self {
        let set = open.shown().set();
        let known = tag.person.as_ref().and_then(|id| set.person(id));
        let words = open.document().source().slice(tag.fragments.hull());
        let query = match known {
            None if open.schema().mentions(&tag.label) && is_name(words) => {
                words.split_whitespace().collect::<Vec<_>>().join(" ")
            }
            _ => String::new(),
        };
        Self {
            tag: tag.id.clone(),
            mention: open.schema().mentions(&tag.label),
            proposed: query.clone(),
            query,
            chosen: 0,
            kind: PersonKind::Person,
            kind_ids: Vec::new(),
            started: false,
            choices: Vec::new(),
            cache_key: None,
        }
    }

    /// Continues a draft; `None` where it is not of this dialog, or its tag is gone.
    pub(super) fn of_draft(draft: &Draft, open: &OpenDocument) -> Option<Self> {
        let tag = AnnotationId::new(draft.tag.as_str());
        let tag = open.shown().set().annotation(&tag)?;
        let new = Self::new(open, tag);
        (draft.dialog == new.title()).then(|| Self {
            query: draft.text.clone(),
            ..new
        })
    }

    /// What is typed, as a draft.
    pub(super) fn draft(&self, about: Draft) -> Draft {
        Draft {
            dialog: self.title().to_owned(),
            text: self.query.clone(),
            tag: self.tag.to_string(),
            ..about
        }
    }

    pub(super) fn title(&self) -> &'static str {
        if self.mention {
            "Who is this?"
        } else {
            "Who said it?"
        }
    }

    /// Whether a name is typed that was not proposed.
    pub(super) fn is_typed(&self) -> bool {
        !self.query.trim().is_empty() && self.query != self.proposed
    }

    /// Makes the choices again where what they are made from has changed.
    fn refresh(&mut self, open: &OpenDocument, named: bool) {
        let cache_key = (
            self.query.clone(),
            self.kind,
            open.roster_change_count(),
            named,
        );
        if self.cache_key.as_ref() != Some(&cache_key) {
            self.choices = self.choices(open, named);
            self.cache_key = Some(cache_key);
        }
    }

    fn choices(&self, open: &OpenDocument, named: bool) -> Vec<Choice> {
        let wanted = FilterText::new(&self.query);
        let tag = open.shown().set().annotation(&self.tag);
        let here = tag.map(|tag| tag.fragments.start()).unwrap_or_default();
        let people = open.shown().set().people();
        let known = people.filter(|person| fits(person, &wanted)).map(|person| {
            let choice = Choice {
                words: person.name.clone(),
                aside: person.role.clone(),
                person: PersonChoice::Existing(person.id.clone()),
            };
            (person_distance(open.document(), person, here), choice)
        });
        let nearby = open.named_nearby(&self.tag).into_iter();
        let nearby = nearby
            .filter(|named| {
                let mut names = [&named.name, &named.words].into_iter();
                names.any(|name| wanted.is_in(name))
            })
            .map(|named| {
                let choice = Choice {
                    words: named.name.clone(),
                    aside: "named nearby".to_owned(),
                    person: PersonChoice::New {
                        name: named.name,
                        kind: self.kind,
                    },
                };
                let distance = named.at.max(here) - named.at.min(here);
                (u32::from(distance), choice)
            });
        let mut found: Vec<(u32, Choice)> = known.chain(nearby).collect();
        let links = open.shown().set().links_from(&self.tag);
        let linked: Vec<String> = links.map(|link| linked_name(open, link)).collect();
        found.sort_by_cached_key(|(distance, choice)| {
            let other = !linked.contains(&choice.words);
            let starts = wanted.starts(&choice.words);
            (!starts, other, *distance, choice.words.to_lowercase())
        });
        let mut choices: Vec<Choice> = found.into_iter().map(|(_, choice)| choice).collect();
        let typed = self.query.trim().to_lowercase();
        let exact = choices
            .iter()
            .any(|choice| choice.words.to_lowercase() == typed);
        if !wanted.is_empty() && !exact {
            let name = self.query.trim().to_owned();
            choices.push(Choice {
                words: format!("New: {name}"),
                aside: self.kind.word().to_owned(),
                person: PersonChoice::New {
                    name,
                    kind: self.kind,
                },
            });
        }
        if named {
            choices.push(Choice {
                words: "No one".to_owned(),
                aside: "remove the name".to_owned(),
                person: PersonChoice::None,
            });
        }
        choices
    }

    /// The kind of a new person: Left and Right choose it. Returns whether Enter was pressed on one,
    /// which takes it.
    fn kinds_ui(&mut self, ui: &mut Ui) -> bool {
        let focused = ui.memory(|memory| memory.focused());
        let here = self.kind_ids.iter().position(|&id| Some(id) == focused);
        let mut taken = false;
        if let Some(here) = here {
            let (left, right, enter) = ui.input_mut(|input| {
                (
                    input.consume_key(Modifiers::NONE, Key::ArrowLeft),
                    input.consume_key(Modifiers::NONE, Key::ArrowRight),
                    input.consume_key(Modifiers::NONE, Key::Enter),
                )
            });
            let next = here
                .saturating_add(usize::from(right))
                .saturating_sub(usize::from(left));
            if (left || right || enter)
                && let (Some(&kind), Some(&id)) =
                    (PersonKind::ALL.get(next), self.kind_ids.get(next))
            {
                self.kind = kind;
                ui.memory_mut(|memory| memory.request_focus(id));
            }
            taken = enter;
        }
        self.kind_ids.clear();
        ui.horizontal_wrapped(|ui| {
            ui.weak("Add new as:");
            for kind in PersonKind::ALL {
                let response = ui.selectable_value(&mut self.kind, kind, kind.word());
                self.kind_ids.push(response.id);
            }
        });
        taken
    }

    pub(super) fn who_ui(
        &mut self,
        context: &Context,
        cx: UiContext<'_>,
        place: SheetPlace,
        open: Option<&OpenDocument>,
        queue: &mut VecDeque<AppCommand>,
    ) -> DialogState {
        let Some(open) = open else {
            return DialogState::Closed;
        };
        let Some(tag) = open.shown().set().annotation(&self.tag) else {
            return DialogState::Closed;
        };
        let named = tag.person.is_some();
        placed_sheet_ui(context, cx, self.title(), 420.0, place, |ui| {
            self.refresh(open, named);
            let id = Id::unique("who");
            start_field(ui, id, &mut self.started, &self.query, None);
            let keys = list_keys(ui, id, &mut self.chosen, self.choices.len());
            let field = TextEdit::singleline(&mut self.query)
                .id(id)
                .hint_text("Name")
                .desired_width(f32::INFINITY);
            let response = named_field_ui(ui, field, "Name of the person");
            if response.changed() {
                self.chosen = 0;
            }
            let kind_taken = self.kinds_ui(ui);
            self.refresh(open, named);
            let is_new = |choice: &Choice| matches!(choice.person, PersonChoice::New { .. });
            let adds = kind_taken && self.choices.get(self.chosen).is_some_and(is_new);
            let mut state = DialogState::Open;
            if self.choices.is_empty() {
                ui.weak("No people yet. Type a name.");
            }
            ui.spacing_mut().item_spacing.y = 0.0;
            let all = self.choices.len();
            let height = (ROW * 8.0).min(place.room - 70.0).max(ROW);
            let area = ScrollArea::vertical().max_height(height);
            area.show_rows(ui, ROW, all, |ui, rows| {
                if keys.moved {
                    ui.scroll_to_rect(row_rect(ui, rows.start, self.chosen), None);
                }
                for (n, choice) in self
                    .choices
                    .iter()
                    .enumerate()
                    .take(rows.end)
                    .skip(rows.start)
                {
                    let row = Row {
                        id: Id::unique(("person choice", n)),
                        name: choice.words.clone(),
                        style: None,
                        first: &choice.words,
                        second: "",
                        aside: &choice.aside,
                        aside_color: cx.theme.muted,
                        chosen: n == self.chosen,
                        dimmed: false,
                    };
                    let response = row.choice_ui(ui, cx.theme, ROW);
                    choose_row(&response, n, &mut self.chosen);
                    if response.clicked() {
                        self.chosen = n;
                        state = DialogState::Closed;
                    }
                }
            });
            if keys.taken || adds {
                state = DialogState::Closed;
            }
            if state == DialogState::Closed
                && let Some(choice) = self.choices.get(self.chosen)
            {
                queue.push_back(AppCommand::document(Edit::AssignPerson {
                    tag: Some(self.tag.clone()),
                    person: choice.person.clone(),
                }));
            }
            state
        })
    }
}

/// Where row `n` is when row `first` is the next to be drawn.
fn row_rect(ui: &Ui, first: usize, n: usize) -> Rect {
    let offset = |rows: usize| f32::from(u16::try_from(rows).unwrap_or(u16::MAX)) * ROW;
    let top = ui.cursor().top() + offset(n) - offset(first);
    Rect::from_min_size(
        egui::pos2(ui.cursor().left(), top),
        egui::vec2(ui.available_width(), ROW),
    )
}

fn fits(person: &Person, wanted: &FilterText) -> bool {
    let mut aliases = person.aliases.iter();
    wanted.is_in(&person.name) || aliases.any(|alias| wanted.is_in(alias))
}

/// Whether the words look like a name: few, the first or last with a capital.
fn is_name(words: &str) -> bool {
    let capital = |word: &str| word.chars().next().is_some_and(char::is_uppercase);
    let mut parts = words.split_whitespace();
    let pronoun = matches!(
        words.to_lowercase().as_str(),
        "he" | "she" | "they" | "i" | "we" | "it" | "you" | "who"
    );
    words.len() <= 60 && !pronoun && parts.next_back().is_some_and(capital)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_are_told_from_pronouns_and_descriptions() {
        assert!(is_name("Rex Tillerson"));
        assert!(is_name("secretary of state Rex Tillerson"));
        for other in ["He", "they", "a spokesman", ""] {
            assert!(!is_name(other), "{other}");
        }
    }
}
