//! A person over all articles: what they said and where, who they are, and who is the same.

use std::collections::{BTreeSet, VecDeque};
use std::sync::Arc;

use egui::{ComboBox, Id, RichText, ScrollArea, TextEdit, Ui};

use super::page_ui;
use crate::gui::app_command::AppCommand;
use crate::gui::person_draft::PersonDraft;
use crate::gui::tag_description::capitalize;
use crate::gui::ui_context::UiContext;
use crate::gui::widgets::{LabelStyle, Row, TALL_ROW, checkbox_ui, heading_ui};
use crate::model::{Attribute, Person, PersonKind, Schema};
use crate::ops::FilterText;
use crate::ops::search::{FolderPerson, Found, PersonChange, PersonSummary, SearchOrder};
use crate::ops::ui_command::UiCommand;
use crate::text::wording::{count, count_as};

/// So many other people are offered to be the same.
const OFFERED: usize = 5;

/// The person who is shown, and what is being typed.
#[derive(Debug, Default)]
pub(crate) struct PersonPage {
    /// The name that was asked for.
    pub(crate) name: String,
    /// Which reading of the articles it is from.
    pub(crate) asked: Option<u64>,
    /// Whether that reading has come.
    is_read: bool,
    data: Option<Arc<FolderPerson>>,
    people: Vec<PersonSummary>,
    draft: Option<PersonDraft>,
    /// What is typed to find who is the same.
    same_as: String,
    /// Rows that were chosen: places in what was found.
    chosen: BTreeSet<usize>,
    /// In which order what was found is listed.
    order: SearchOrder,
    /// What was found, as places, in that order.
    ordered: Vec<usize>,
}

/// What the rows of the page can be sorted by.
const ORDERS: [SearchOrder; 4] = [
    SearchOrder::Article,
    SearchOrder::Date,
    SearchOrder::Outlet,
    SearchOrder::Form,
];

impl PersonPage {
    /// Shows another person, once they are read.
    pub(crate) fn show(&mut self, name: &str) {
        *self = Self {
            name: name.to_owned(),
            people: std::mem::take(&mut self.people),
            order: self.order,
            ..Self::default()
        };
    }

    /// What is known about the person now. What is being typed stays.
    pub(crate) fn on_read(&mut self, data: Option<FolderPerson>, people: Vec<PersonSummary>) {
        self.people = people;
        self.is_read = true;
        let typed = self.is_typed();
        self.data = data.map(Arc::new);
        self.chosen.clear();
        self.put_in_order();
        if !typed {
            self.draft = self.data.as_ref().map(|data| PersonDraft::of(&data.person));
        }
    }

    /// The names of everybody in the folder.
    pub(crate) fn names(&self) -> Vec<String> {
        let people = self.people.iter();
        people.map(|person| person.name.clone()).collect()
    }

    fn put_in_order(&mut self) {
        let found = self.data.as_ref().map_or(&[][..], |data| &data.found);
        self.ordered = self.order.ordered(found);
    }

    fn is_typed(&self) -> bool {
        let (Some(draft), Some(data)) = (&self.draft, &self.data) else {
            return false;
        };
        draft.result() != data.person
    }
}

pub(crate) fn person_page_ui(
    ui: &mut Ui,
    cx: UiContext<'_>,
    schema: &Schema,
    page: &mut PersonPage,
    queue: &mut VecDeque<AppCommand>,
) {
    let title = page
        .data
        .as_ref()
        .map_or_else(|| page.name.clone(), |data| data.person.name.clone());
    let title = if title.is_empty() {
        "People".to_owned()
    } else {
        title
    };
    page_ui(ui, cx.theme, &title, queue, |ui, queue| {
        match page.data.clone() {
            Some(data) => {
                ui.columns(2, |columns| {
                    if let [left, right] = columns {
                        ScrollArea::vertical()
                            .id_salt("who they are")
                            .show(left, |ui| details_ui(ui, cx, schema, page, &data, queue));
                        found_ui(right, cx, schema, page, &data, queue);
                    }
                });
            }
            None => people_ui(ui, cx, page, queue),
        }
    });
}

/// Why nothing is shown about a person.
fn no_roster(name: &str, people: &[PersonSummary]) -> RichText {
    let everybody = match people {
        [] => "",
        [_, ..] => " Here is everybody:",
    };
    let words = format!("No person of this folder is called {name} yet.{everybody}");
    RichText::new(words).weak()
}

/// Everybody, where nobody is chosen.
fn people_ui(
    ui: &mut Ui,
    cx: UiContext<'_>,
    page: &mut PersonPage,
    queue: &mut VecDeque<AppCommand>,
) {
    if !page.name.is_empty() && page.asked.is_some() {
        ui.add(egui::Label::new(no_roster(&page.name, &page.people)).wrap());
    }
    if page.people.is_empty() && page.is_read {
        let key = cx.key(UiCommand::WhoIsThis);
        ui.weak(format!(
            "No article of this folder has people yet. In an article, {key} says who a speaker is."
        ));
        return;
    }
    let field = TextEdit::singleline(&mut page.same_as)
        .id(Id::unique("filter people of the folder"))
        .hint_text("Filter by name")
        .desired_width(320.0);
    let response = ui.add(field);
    response.widget_info(|| {
        egui::WidgetInfo::labeled(egui::Role::TextInput, true, "Filter people of the folder")
    });
    let wanted = FilterText::new(&page.same_as);
    let shown: Vec<&PersonSummary> = page
        .people
        .iter()
        .filter(|person| wanted.is_in(&person.name))
        .collect();
    ui.spacing_mut().item_spacing.y = 0.0;
    ScrollArea::vertical()
        .id_salt("people of the folder")
        .auto_shrink(false)
        .show_rows(ui, TALL_ROW, shown.len(), |ui, rows| {
            for person in rows.filter_map(|row| shown.get(row)) {
                let said = summary_words(person);
                let row = Row {
                    id: Id::unique(("person of the folder", &person.name)),
                    name: format!("{}, {said}", person.name),
                    style: None,
                    first: &person.name,
                    second: &said,
                    aside: "",
                    aside_color: cx.theme.muted,
                    chosen: false,
                    dimmed: false,
                };
                if row.row_ui(ui, cx.theme, TALL_ROW).clicked() {
                    queue.push_back(AppCommand::ShowPerson(person.name.clone()));
                }
            }
        });
}

fn summary_words(person: &PersonSummary) -> String {
    let articles = count(person.articles, "article");
    match person.said {
        0 => format!("named in {articles}"),
        n => format!(
            "{} in {articles}",
            count_as(n, "quote or claim", "quotes and claims")
        ),
    }
}

fn details_ui(
    ui: &mut Ui,
    cx: UiContext<'_>,
    schema: &Schema,
    page: &mut PersonPage,
    data: &Arc<FolderPerson>,
    queue: &mut VecDeque<AppCommand>,
) {
    let Some(draft) = &mut page.draft else {
        return;
    };
    let person = &mut draft.person;
    let mut entered = field_ui(ui, "Name", &mut person.name, "");
    ui.horizontal(|ui| {
        for kind in PersonKind::ALL {
            ui.selectable_value(&mut person.kind, kind, capitalize(kind.word()));
        }
    });
    entered |= field_ui(
        ui,
        "Other names",
        &mut draft.aliases,
        "separated by semicolons",
    );
    entered |= field_ui(ui, "Role", &mut person.role, "such as minister of trade");
    entered |= field_ui(ui, "Organisation", &mut person.organisation, "");
    entered |= field_ui(
        ui,
        "External id",
        &mut person.external_id,
        "such as the Wikidata item Q42",
    );
    for kind in &schema.person_attributes {
        entered |= attribute_ui(ui, person, &kind.name, &kind.values);
    }
    let unknown = |one: &&Attribute| {
        let mut kinds = schema.person_attributes.iter();
        !kinds.any(|kind| kind.name == one.name)
    };
    for one in data.person.attributes.iter().filter(unknown) {
        entered |= attribute_ui(ui, person, &one.name, &[]);
    }
    ui.add_space(6.0);
    let result = draft.result();
    let is_changed = result != data.person && !result.name.trim().is_empty();
    ui.horizontal(|ui| {
        let words = RichText::new("Save in all articles").color(cx.theme.on_accent);
        let save = egui::Button::new(words).fill(cx.theme.accent);
        let mut saves = ui.add_enabled(is_changed, save).clicked() || entered && is_changed;
        let leaves = ui.button("All people").clicked();
        // What was typed is not lost on the way.
        saves |= leaves && is_changed;
        if saves {
            page.name.clone_from(&result.name);
            let change = PersonChange::Edit(result);
            queue.push_back(AppCommand::ChangePerson(Arc::clone(data), change));
        }
        if leaves {
            queue.push_back(AppCommand::ShowPerson(String::new()));
        }
    });
    ui.add_space(10.0);
    heading_ui(ui, cx.theme, "THE SAME PERSON");
    let merges = field_ui(ui, "Merge into", &mut page.same_as, "type another name");
    let wanted = FilterText::new(&page.same_as);
    let others = page.people.iter().filter(|other| {
        let typed = !page.same_as.trim().is_empty() && wanted.is_in(&other.name);
        typed && other.name.to_lowercase() != data.person.name.to_lowercase()
    });
    let others: Vec<&PersonSummary> = others.take(OFFERED).collect();
    // Enter takes the only one that is meant.
    let mut picked = match &others[..] {
        [one] if merges => Some(one.name.clone()),
        _ => None,
    };
    for other in others {
        let words = format!("Merge into {}", other.name);
        if ui
            .button(words)
            .on_hover_text(summary_words(other))
            .clicked()
        {
            picked = Some(other.name.clone());
        }
    }
    if let Some(into) = picked {
        queue.push_back(AppCommand::MergePerson(Arc::clone(data), into));
    }
}

/// A field with its name. Returns whether Enter was pressed in it.
fn field_ui(ui: &mut Ui, name: &str, text: &mut String, hint: &str) -> bool {
    ui.label(RichText::new(name).small());
    let width = ui.available_width() - 12.0;
    let field = TextEdit::singleline(text)
        .hint_text(hint)
        .desired_width(width);
    let response = ui.add(field);
    response.widget_info(|| egui::WidgetInfo::labeled(egui::Role::TextInput, true, name));
    response.lost_focus() && ui.input(|input| input.key_pressed(egui::Key::Enter))
}

/// Returns whether Enter was pressed in the field.
fn attribute_ui(
    ui: &mut Ui,
    person: &mut Person,
    name: &str,
    values: &[smol_str::SmolStr],
) -> bool {
    let at = person.attributes.iter().position(|one| one.name == name);
    let known = at.and_then(|at| person.attributes.get(at));
    let mut value = known.map_or_else(String::new, |one| one.value.to_string());
    let before = value.clone();
    let mut entered = false;
    if values.is_empty() {
        entered = field_ui(ui, &capitalize(name), &mut value, "");
    } else {
        ui.label(RichText::new(capitalize(name)).small());
        let list = ComboBox::from_id_salt(("person attribute", name))
            .selected_text(if value.is_empty() {
                "not known"
            } else {
                &value
            })
            .show_ui(ui, |ui| {
                ui.selectable_value(&mut value, String::new(), "not known");
                for known in values {
                    ui.selectable_value(&mut value, known.to_string(), known.as_str());
                }
            });
        list.response.widget_info(|| {
            egui::WidgetInfo::labeled(egui::Role::ComboBox, true, capitalize(name))
        });
    }
    if value == before {
        return entered;
    }
    person.attributes.retain(|one| one.name != name);
    if !value.is_empty() {
        person.attributes.push(Attribute {
            name: name.into(),
            value: value.into(),
        });
        person.attributes.sort();
    }
    entered
}

/// What they said and where they are mentioned.
fn found_ui(
    ui: &mut Ui,
    cx: UiContext<'_>,
    schema: &Schema,
    page: &mut PersonPage,
    data: &Arc<FolderPerson>,
    queue: &mut VecDeque<AppCommand>,
) {
    let articles: BTreeSet<&str> = data.found.iter().map(Found::article).collect();
    ui.horizontal(|ui| {
        let words = format!(
            "{} in {}",
            count(data.found.len(), "tag"),
            count(articles.len(), "article")
        );
        ui.weak(words);
        let words = match page.chosen.len() {
            0 => "Chosen tags are somebody else…".to_owned(),
            1 => "1 chosen tag is somebody else…".to_owned(),
            n => format!("{n} chosen tags are somebody else…"),
        };
        let split = ui.add_enabled(!page.chosen.is_empty(), egui::Button::new(words));
        let tip = "Sets the chosen tags to another person, in one step";
        let split = split
            .on_hover_text(tip)
            .on_disabled_hover_text("Tick the tags below that are about somebody else first");
        if split.clicked() {
            let found = page.chosen.iter().filter_map(|row| data.found.get(*row));
            let found = found.cloned().collect();
            queue.push_back(AppCommand::AskWhose(data.person.name.clone(), found));
        }
    });
    order_ui(ui, page);
    ui.spacing_mut().item_spacing.y = 0.0;
    let ordered = std::mem::take(&mut page.ordered);
    ScrollArea::vertical()
        .id_salt("what they said")
        .auto_shrink(false)
        .show_rows(ui, TALL_ROW, ordered.len(), |ui, rows| {
            for row in ordered.get(rows).unwrap_or_default().iter().copied() {
                let Some(found) = data.found.get(row) else {
                    continue;
                };
                let hit = found.hit();
                let style = LabelStyle::of(schema, &hit.label);
                let about = found.about();
                let place = [
                    &*hit.article,
                    &*hit.date,
                    &*hit.outlet,
                    &*about,
                    &*hit.annotator,
                ];
                let place: Vec<&str> = place
                    .into_iter()
                    .filter(|words| !words.is_empty())
                    .collect();
                let place = place.join(" · ");
                let shown = Row {
                    id: Id::unique(("said", row)),
                    name: format!("{}: {}, {place}", style.name, hit.keyword),
                    style: Some(&style),
                    first: &hit.keyword,
                    second: &place,
                    aside: "",
                    aside_color: cx.theme.muted,
                    chosen: false,
                    dimmed: false,
                };
                ui.horizontal(|ui| {
                    let mut chosen = page.chosen.contains(&row);
                    let choice = checkbox_ui(ui, &mut chosen, "");
                    choice.widget_info(|| {
                        let name = format!("Choose {}", hit.keyword);
                        egui::WidgetInfo::selected(egui::Role::CheckBox, true, chosen, name)
                    });
                    if choice.clicked() && !page.chosen.remove(&row) {
                        page.chosen.insert(row);
                    }
                    if shown.row_ui(ui, cx.theme, TALL_ROW).clicked() {
                        queue.push_back(AppCommand::GoToHit(found.clone()));
                    }
                });
            }
        });
    page.ordered = ordered;
}

/// What the rows are sorted by.
fn order_ui(ui: &mut Ui, page: &mut PersonPage) {
    ui.horizontal(|ui| {
        ui.spacing_mut().item_spacing.x = 4.0;
        ui.weak("Sort by");
        for order in ORDERS {
            let chosen = page.order == order;
            let words = RichText::new(order.word()).small();
            let button = ui.selectable_label(chosen, words);
            button.widget_info(|| {
                let name = format!("Sort by {}", order.word());
                egui::WidgetInfo::selected(egui::Role::Button, true, chosen, name)
            });
            if button.clicked() {
                page.order = order;
                page.put_in_order();
            }
        }
    });
}
