//! The person behind a suggested mention, where the text says who that is.

use smol_str::SmolStr;

use super::Suggestion;
use super::records::free_id;
use crate::edit::person_name;
use crate::model::{Annotation, Document, Person, PersonId};
use crate::suggest::{
    Introductions, MentionKind, ParagraphCache, bare_name, known_person, mention_kind, same_name,
    sure_antecedent,
};

/// Gives the mentions of suggestions the person they mean: "he" and "she" whom the text names before them,
/// "the minister" who is introduced as one. It is one of the roster, or new: those are returned, to be
/// added with the suggestions ([`super::add_suggestions_with`]). Names of the new people get them too.
/// Whoever is not certain is left out.
pub(super) fn name_people(
    cache: &ParagraphCache<'_>,
    document: &Document,
    suggestions: &mut [Suggestion],
) -> Vec<Person> {
    let source = document.source();
    let mut introductions: Option<Introductions> = None;
    let mut added: Vec<Person> = Vec::new();
    for tag in suggestions.iter_mut().filter_map(mention) {
        if tag.person.is_some() {
            continue;
        }
        let range = tag.fragments.hull();
        let words = source.slice(range);
        let named = match mention_kind(words) {
            MentionKind::Named => None,
            MentionKind::Pronoun => sure_antecedent(cache, range),
            // Reading the article for them takes a while.
            MentionKind::Description if !Introductions::may_name(source, range) => None,
            MentionKind::Description => introductions
                .get_or_insert_with(|| Introductions::new(cache))
                .of(source, range),
        };
        let Some(named) = named else {
            continue;
        };
        let name = person_name(cache, source.slice(named), named.start());
        let name = bare_name(&name);
        if name.is_empty() {
            continue;
        }
        let known = known_person(document, name, range.start()).or_else(|| {
            let same = added.iter().find(|person| same_name(&person.name, name));
            same.map(|person| person.id.clone())
        });
        tag.person = Some(known.unwrap_or_else(|| {
            let person = new_person(document, name);
            let id = person.id.clone();
            added.push(person);
            id
        }));
    }
    if added.is_empty() {
        return added;
    }
    for tag in suggestions.iter_mut().filter_map(mention) {
        if tag.person.is_some() {
            continue;
        }
        let words = source.slice(tag.fragments.hull());
        let mut same = added.iter().filter(|person| same_name(&person.name, words));
        let only = same.next().filter(|_| same.next().is_none());
        tag.person = only
            .filter(|_| mention_kind(words) == MentionKind::Named)
            .map(|person| person.id.clone());
    }
    added
}

fn mention(suggestion: &mut Suggestion) -> Option<&mut Annotation> {
    suggestion.speaker.as_mut()?.annotation.as_mut()
}

fn new_person(document: &Document, name: &str) -> Person {
    let is_taken = |id: SmolStr| document.set().person(&PersonId::new(id)).is_some();
    Person::new(PersonId::new(free_id("person", &[name], is_taken)), name)
}
