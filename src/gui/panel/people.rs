//! Who is named in the article: the roster, and one person's details.

use std::collections::VecDeque;

use egui::{ComboBox, Id, ScrollArea, TextEdit, Ui};

use super::TagsPanel;
use crate::gui::app_command::AppCommand;
use crate::gui::ui_context::UiContext;
use crate::gui::widgets::{Row, TALL_ROW};
use crate::model::{Person, PersonId, PersonKind, Target};
use crate::ops::{Edit, OpenDocument};
use crate::text::wording::count_as;

/// Whose details are shown, and what is being typed.
#[derive(Debug, Default)]
pub(crate) struct PeoplePanel {
    chosen: Option<PersonId>,
    draft: Option<Draft>,
    rows: Vec<PersonRow>,
    cache_key: Option<(String, u64)>,
}

#[derive(Debug)]
struct PersonRow {
    id: PersonId,
    name: String,
}

#[derive(Debug)]
struct Draft {
    person: Person,
    /// Separated by semicolons.
    aliases: String,
}

impl Draft {
    fn of(person: &Person) -> Self {
        Self {
            person: person.clone(),
            aliases: person.aliases.join("; "),
        }
    }

    fn result(&self) -> Person {
        let mut person = self.person.clone();
        person.aliases = self
            .aliases
            .split(';')
            .map(str::trim)
            .filter(|alias| !alias.is_empty())
            .map(str::to_owned)
            .collect();
        person
    }
}

impl PeoplePanel {
    fn refresh(&mut self, article: &str, open: &OpenDocument) {
        let fresh =
            |made: &(String, u64)| made.0 == article && made.1 == open.roster_change_count();
        if self.cache_key.as_ref().is_some_and(fresh) {
            return;
        }
        self.cache_key = Some((article.to_owned(), open.roster_change_count()));
        let mut rows: Vec<PersonRow> = open
            .document()
            .set()
            .people()
            .map(|person| PersonRow {
                id: person.id.clone(),
                name: person.name.clone(),
            })
            .collect();
        rows.sort_by_cached_key(|row| (row.name.to_lowercase(), row.id.clone()));
        self.rows = rows;
        let still = |id: &PersonId| open.document().set().person(id).is_some();
        if !self.chosen.as_ref().is_some_and(still) {
            self.chosen = None;
        }
    }

    /// The roster; returns the row that gets the keys' focus: the chosen one, else the first in
    /// view.
    pub(crate) fn people_ui(
        &mut self,
        ui: &mut Ui,
        cx: UiContext<'_>,
        article: &str,
        open: &OpenDocument,
        tags: &mut TagsPanel,
        queue: &mut VecDeque<AppCommand>,
    ) -> Option<Id> {
        self.refresh(article, open);
        if self.rows.is_empty() {
            ui.add_space(8.0);
            ui.horizontal(|ui| {
                ui.add_space(12.0);
                let words =
                    egui::RichText::new("No people yet. Tag a speaker, then press W to name them.")
                        .color(cx.theme.muted);
                ui.add(egui::Label::new(words).wrap());
            });
            return None;
        }
        if let Some(id) = self.chosen.clone()
            && let Some(person) = open.document().set().person(&id)
        {
            egui::Panel::bottom("person")
                .resizable(false)
                .frame(egui::Frame::new().inner_margin(12))
                .show(ui, |ui| {
                    self.details_ui(ui, open, person, tags, queue);
                });
        }
        ui.spacing_mut().item_spacing.y = 0.0;
        let mut entry = None;
        ScrollArea::vertical()
            .id_salt("people")
            .auto_shrink(false)
            .show_rows(ui, TALL_ROW, self.rows.len(), |ui, range| {
                for row in self.rows.get(range).unwrap_or_default() {
                    let Some(person) = open.document().set().person(&row.id) else {
                        continue;
                    };
                    let counts = counts(open, person);
                    let shown = Row {
                        id: Id::unique(("person row", &row.id)),
                        name: format!("{}, {counts}", row.name),
                        style: None,
                        first: &row.name,
                        second: &counts,
                        aside: "",
                        aside_color: cx.theme.muted,
                        chosen: self.chosen.as_ref() == Some(&row.id),
                        dimmed: false,
                    };
                    let response = shown.row_ui(ui, cx.theme, TALL_ROW);
                    if entry.is_none() || shown.chosen {
                        entry = Some(response.id);
                    }
                    if response.clicked() {
                        self.chosen = if self.chosen.as_ref() == Some(&row.id) {
                            None
                        } else {
                            Some(row.id.clone())
                        };
                        self.draft = None;
                    }
                }
            });
        entry
    }

    fn details_ui(
        &mut self,
        ui: &mut Ui,
        open: &OpenDocument,
        person: &Person,
        tags: &mut TagsPanel,
        queue: &mut VecDeque<AppCommand>,
    ) {
        let typing = ui.ctx().text_edit_focused();
        let draft = match &mut self.draft {
            Some(draft) if draft.person.id == person.id && typing => draft,
            draft => draft.insert(Draft::of(person)),
        };
        let mut changed = false;
        egui::Grid::new("person fields")
            .num_columns(2)
            .spacing([10.0, 6.0])
            .show(ui, |ui| {
                let mut field = |ui: &mut Ui, name: &str, text: &mut String, id: Id| {
                    let label = ui.weak(name);
                    let edit = TextEdit::singleline(text)
                        .id(id)
                        .desired_width(f32::INFINITY);
                    changed |= ui.add(edit).labelled_by(label.id).changed();
                    ui.end_row();
                };
                field(
                    ui,
                    "Name",
                    &mut draft.person.name,
                    Id::unique("person name"),
                );
                field(
                    ui,
                    "Role",
                    &mut draft.person.role,
                    Id::unique("person role"),
                );
                field(
                    ui,
                    "Also called",
                    &mut draft.aliases,
                    Id::unique("person aliases"),
                );
                ui.weak("Kind");
                ui.horizontal(|ui| {
                    for kind in PersonKind::ALL {
                        changed |= ui
                            .selectable_value(&mut draft.person.kind, kind, kind.word())
                            .changed();
                    }
                });
                ui.end_row();
            });
        if changed {
            let edited = draft.result();
            if edited != *person {
                queue.push_back(AppCommand::document(Edit::EditPerson(edited)));
            }
        }
        ui.add_space(6.0);
        ui.horizontal(|ui| {
            if ui
                .button("Show tags")
                .on_hover_text("Lists only tags about this person.")
                .clicked()
            {
                tags.show_person(person.id.clone());
                queue.push_back(AppCommand::Ui(crate::ops::ui_command::UiCommand::ShowTags));
            }
            if self.rows.len() > 1 {
                let combo = ComboBox::from_id_salt("merge")
                    .selected_text("Merge into…")
                    .width(110.0)
                    .show_ui(ui, |ui| {
                        for row in self.rows.iter().filter(|row| row.id != person.id) {
                            if ui.selectable_label(false, &row.name).clicked() {
                                queue.push_back(AppCommand::document(Edit::MergePeople {
                                    from: person.id.clone(),
                                    into: row.id.clone(),
                                }));
                            }
                        }
                    });
                combo.response.widget_info(|| {
                    egui::WidgetInfo::labeled(egui::Role::ComboBox, true, "Merge into")
                });
            }
            let used = in_use(open, &person.id);
            let button = ui.add_enabled(!used, egui::Button::new("Delete"));
            if button
                .on_hover_text("Removes this person.")
                .on_disabled_hover_text(
                    "This person is in use. Merge them with someone else instead.",
                )
                .clicked()
            {
                queue.push_back(AppCommand::document(Edit::DeletePerson(person.id.clone())));
            }
        });
    }
}

fn in_use(open: &OpenDocument, person: &PersonId) -> bool {
    let set = open.document().set();
    set.mentions(person).next().is_some()
        || set
            .links_to(&Target::Person(person.clone()))
            .next()
            .is_some()
}

fn counts(open: &OpenDocument, person: &Person) -> String {
    let voice = open.person_counts().of(&person.id);
    let mut words = format!(
        "{} · {}",
        count_as(voice.mentions, "mention", "mentions"),
        count_as(voice.said, "quote or claim", "quotes and claims")
    );
    if !person.role.is_empty() {
        words = format!("{} · {words}", person.role);
    }
    words
}
