//! The page of a person over all articles.

use std::sync::{Arc, PoisonError};

use egui::Context;

use super::App;
use super::bulk::BulkPlace;
use super::status_message::StatusMessage;
use crate::gui::dialog::{Dialog, HitsDialog};
use crate::gui::page::Page;
use crate::gui::tag_description::proposed_name;
use crate::gui::task_result::{BulkDone, TaskResult};
use crate::model::{Annotation, AnnotationSet, Schema, Target};
use crate::ops::bulk_step::BulkStepError;
use crate::ops::search::{FolderPerson, Found, PersonChange, PersonSummary, change_person};
use crate::ops::{OpenDocument, Refusal};
use crate::text::is_pronoun;

impl App {
    /// Shows the page of the person of the current tag, else all people; or goes back to the article.
    pub(super) fn show_person_here(&mut self, context: &Context) {
        if self.page == Some(Page::Person) {
            self.close_page(context);
            return;
        }
        let open = self.workspace.current().map(|article| &article.open);
        let shown = open.and_then(|open| Some((open, open.current_tag()?)));
        let mut name = None;
        if let Some((open, tag)) = shown {
            name = known(open.document().set(), tag);
            let words = match (&name, proposed(open, tag)) {
                (Some(_), _) => None,
                (None, Some(proposed)) => {
                    let words = format!("{proposed} is a suggestion; accept it to add the person");
                    name = Some(proposed);
                    Some(words)
                }
                (None, None) => {
                    let label = self.schema.label(&tag.label);
                    let label = label.map_or(tag.label.as_str(), |label| label.name.as_str());
                    let label = label.to_lowercase();
                    Some(format!("this {label} has no person yet; here is everybody"))
                }
            };
            if let Some(words) = words {
                self.status = StatusMessage::info(words);
            }
        }
        self.show_person(context, &name.unwrap_or_default());
    }

    /// Shows the page of a person; with an empty name all people.
    pub(super) fn show_person(&mut self, context: &Context, name: &str) {
        if self.page.is_some() && self.person.name != name {
            self.leave_page(context);
        }
        self.person.show(name);
        if self.page != Some(Page::Person) {
            self.toggle_page(context, Page::Person);
        }
    }

    /// Reads what the page shows, where it or an article has changed.
    pub(super) fn follow_person(&mut self) {
        if self.page != Some(Page::Person) {
            return;
        }
        let version = self.searching.search.version();
        let Some(folder) = self.searching.search.folder().map(Arc::clone) else {
            return;
        };
        if self.person.asked == Some(version) {
            return;
        }
        self.person.asked = Some(version);
        let name = self.person.name.clone();
        self.worker.spawn("person", move || {
            let folder = folder.read().unwrap_or_else(PoisonError::into_inner);
            TaskResult::PersonRead {
                person: (!name.is_empty())
                    .then(|| folder.person(&name))
                    .flatten()
                    .map(Box::new),
                people: folder.people(),
                name,
            }
        });
    }

    pub(super) fn on_person_read(
        &mut self,
        name: &str,
        person: Option<Box<FolderPerson>>,
        people: Vec<PersonSummary>,
    ) {
        if self.person.name == name {
            self.person.on_read(person.map(|person| *person), people);
        }
    }

    /// Changes a person in all articles, as one step.
    pub(super) fn change_person(&mut self, before: Arc<FolderPerson>, change: PersonChange) {
        let schema = self.schema.clone();
        self.bulk_step(Box::new(move |place| {
            changed(&place, &schema, &before, &change)
        }));
    }

    /// Makes one person of two in all articles, as one step.
    pub(super) fn merge_person(&mut self, from: Arc<FolderPerson>, into: String) {
        let Some(folder) = self.searching.search.folder().map(Arc::clone) else {
            return;
        };
        self.person.show(&into);
        let schema = self.schema.clone();
        self.bulk_step(Box::new(move |place| {
            let folder = folder.read().unwrap_or_else(PoisonError::into_inner);
            match folder.person(&into) {
                Some(into) => {
                    let change = PersonChange::MergeInto(into.person);
                    changed(&place, &schema, &from, &change)
                }
                None => {
                    let why = Refusal::new(format!("{into} is no longer there"));
                    BulkDone::Failed(BulkStepError::Nothing(Some(why)))
                }
            }
        }));
    }

    /// Asks whose tags these are that are not those of the person of the page.
    pub(super) fn ask_whose(&mut self, context: &Context, person: String, found: Vec<Found>) {
        let people = self.person.names();
        let dialog = HitsDialog::split(found, &self.schema, person, people);
        self.open_dialog(context, Dialog::Hits(Box::new(dialog)));
    }
}

/// Whom a tag names, or who said it.
fn known(set: &AnnotationSet, tag: &Annotation) -> Option<String> {
    let said = || {
        set.links_from(&tag.id)
            .find_map(|link| set.person_behind(&link.to))
    };
    let person = tag.person.as_ref().and_then(|id| set.person(id));
    person.or_else(said).map(|person| person.name.clone())
}

/// Whom a suggestion would name, once it is accepted.
fn proposed(open: &OpenDocument, tag: &Annotation) -> Option<String> {
    let set = open.shown().set();
    let mention = if open.schema().mentions(&tag.label) {
        Some(tag)
    } else {
        let mut links = set.links_from(&tag.id).filter(|link| !link.confirmed);
        links.find_map(|link| match &link.to {
            Target::Annotation(id) => set.annotation(id),
            Target::Person(_) | Target::NotGiven => None,
        })
    };
    let mention = mention.filter(|mention| mention.is_open_suggestion())?;
    if let Some(name) = known(set, mention) {
        return Some(name);
    }
    let hull = mention.fragments.hull();
    let words = open.document().source().slice(hull);
    let name = proposed_name(open, hull);
    // A pronoun or a description names nobody.
    (name.starts_with(char::is_uppercase) && !name.contains('→') && !is_pronoun(words))
        .then_some(name)
}

fn changed(
    place: &BulkPlace,
    schema: &Schema,
    before: &FolderPerson,
    change: &PersonChange,
) -> BulkDone {
    let done = change_person(&place.step(schema), before, change, &mut |_| ());
    BulkDone::of_hits(done, |others| {
        format!("{others} files of other people stay as they are")
    })
}
