//! Who this is: a person of the roster as one types, or a new one.

use std::collections::VecDeque;

use egui::{Context, Id, ScrollArea, TextEdit};

use super::{DialogState, list_keys, sheet_ui};
use crate::gui::app_command::AppCommand;
use crate::gui::ui_context::UiContext;
use crate::gui::widgets::{ROW, Row};
use crate::model::{Annotation, AnnotationId, Person, PersonKind, Target};
use crate::ops::{Edit, OpenDocument, PersonChoice};
use crate::suggest::person_distance;

/// What is typed about which tag.
#[derive(Debug)]
pub(crate) struct PersonPicker {
    tag: AnnotationId,
    query: String,
    chosen: usize,
    kind: PersonKind,
    focused: bool,
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
        let set = open.document().set();
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
            query,
            chosen: 0,
            kind: PersonKind::Person,
            focused: false,
            choices: Vec::new(),
            cache_key: None,
        }
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
        let wanted = self.query.trim().to_lowercase();
        let mut people: Vec<&Person> = open
            .document()
            .set()
            .people()
            .filter(|person| fits(person, &wanted))
            .collect();
        let tag = open.document().set().annotation(&self.tag);
        let here = tag.map(|tag| tag.fragments.start()).unwrap_or_default();
        people.sort_by_cached_key(|person| {
            (
                !person.name.to_lowercase().starts_with(&wanted),
                person_distance(open.document(), person, here),
                person.name.to_lowercase(),
            )
        });
        let exact = people
            .iter()
            .any(|person| person.name.to_lowercase() == wanted);
        let mut choices: Vec<Choice> = people
            .into_iter()
            .map(|person| Choice {
                words: person.name.clone(),
                aside: person.role.clone(),
                person: PersonChoice::Existing(person.id.clone()),
            })
            .collect();
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

    pub(super) fn who_ui(
        &mut self,
        context: &Context,
        cx: UiContext<'_>,
        open: Option<&OpenDocument>,
        queue: &mut VecDeque<AppCommand>,
    ) -> DialogState {
        let Some(open) = open else {
            return DialogState::Closed;
        };
        let Some(tag) = open.document().set().annotation(&self.tag) else {
            return DialogState::Closed;
        };
        let title = if open.schema().mentions(&tag.label) {
            "Who is this?"
        } else {
            "Who said it?"
        };
        let named = tag.person.is_some();
        sheet_ui(context, cx, title, 420.0, |ui| {
            self.refresh(open, named);
            let enter = list_keys(ui, &mut self.chosen, self.choices.len());
            let field = TextEdit::singleline(&mut self.query)
                .id(Id::unique("who"))
                .hint_text("Name")
                .desired_width(f32::INFINITY);
            let response = ui.add(field);
            response.widget_info(|| {
                egui::WidgetInfo::labeled(egui::Role::TextInput, true, "Name of the person")
            });
            if !std::mem::replace(&mut self.focused, true) {
                response.request_focus();
            }
            if response.changed() {
                self.chosen = 0;
            }
            ui.horizontal(|ui| {
                ui.weak("Add new as:");
                for kind in PersonKind::ALL {
                    ui.selectable_value(&mut self.kind, kind, kind.word());
                }
            });
            self.refresh(open, named);
            let mut state = DialogState::Open;
            if self.choices.is_empty() {
                ui.weak("No people yet. Type a name.");
            }
            ui.spacing_mut().item_spacing.y = 0.0;
            let all = self.choices.len();
            let area = ScrollArea::vertical().max_height(ROW * 8.0);
            area.show_rows(ui, ROW, all, |ui, rows| {
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
                    let response = row.row_ui(ui, cx.theme, ROW);
                    if response.clicked() {
                        self.chosen = n;
                        state = DialogState::Closed;
                    }
                }
            });
            if enter && !self.choices.is_empty() {
                state = DialogState::Closed;
            }
            if state == DialogState::Closed
                && let Some(choice) = self.choices.get(self.chosen)
            {
                queue.push_back(AppCommand::document(edit_for(
                    open,
                    tag,
                    choice.person.clone(),
                )));
            }
            state
        })
    }
}

/// What a choice means: a mention names the person; a quote or claim without one mention that could
/// is linked to the person.
fn edit_for(open: &OpenDocument, tag: &Annotation, person: PersonChoice) -> Edit {
    let role = open.schema().speaker_role(&tag.label);
    let mentions = open
        .document()
        .set()
        .links_from(&tag.id)
        .filter(|link| role.is_some_and(|role| role.key == link.role))
        .filter(|link| matches!(link.to, Target::Annotation(_)))
        .count();
    match person {
        PersonChoice::Existing(id) if mentions != 1 && !open.schema().mentions(&tag.label) => {
            Edit::Link {
                from: tag.id.clone(),
                to: Target::Person(id),
                add: false,
            }
        }
        person => Edit::AssignPerson {
            tag: Some(tag.id.clone()),
            person,
        },
    }
}

fn fits(person: &Person, wanted: &str) -> bool {
    wanted.is_empty()
        || person.name.to_lowercase().contains(wanted)
        || person
            .aliases
            .iter()
            .any(|alias| alias.to_lowercase().contains(wanted))
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
