//! The same tag made twice, in two sidecars of one article, is one.

use std::collections::BTreeMap;

use smol_str::SmolStr;
use thin_vec::ThinVec;

use crate::model::{
    Annotation, AnnotationId, AnnotationSet, Attribute, Document, Link, Person, PersonId, Review,
    Target,
};
use crate::text::TextSize;

/// Which of their records are ours.
struct Duplicates {
    tags: BTreeMap<AnnotationId, AnnotationId>,
    people: BTreeMap<PersonId, PersonId>,
}

/// Returns ours, completed by what only theirs says about the same tag or person, and theirs without
/// the duplicates: equal tags have the same label and ranges, equal people the same name. Links go to
/// the record that stays.
pub(super) fn deduplicate(ours: &Document, theirs: Document) -> (Document, Document) {
    let same = Duplicates {
        tags: equal_tags(ours.set(), theirs.set()),
        people: equal_people(ours.set(), theirs.set()),
    };
    let mut ours = ours.clone().into_parts();
    let mut theirs = theirs.into_parts();
    for (their, our) in &same.people {
        if let (Some(from), Some(to)) = (theirs.set.remove_person(their), ours.set.person(our)) {
            let completed = completed_person(to.clone(), &from);
            ours.set.insert_person(completed);
        }
    }
    let tags: Vec<Annotation> = theirs.set.annotations().cloned().collect();
    for mut tag in tags {
        let before = tag.person.clone();
        tag.person = before.clone().map(|person| same.person(person));
        if let Some(our) = same.tags.get(&tag.id) {
            theirs.set.remove_annotation(&tag.id);
            if let Some(to) = ours.set.annotation(our) {
                let completed = completed_tag(to.clone(), &tag);
                ours.set.insert_annotation(completed);
            }
        } else if tag.person != before {
            theirs.set.insert_annotation(tag);
        }
    }
    let links: Vec<Link> = theirs.set.links().cloned().collect();
    for mut link in links {
        let before = (link.from.clone(), link.to.clone());
        let joined = same.tags.get(&link.from).cloned();
        link.from = joined.clone().unwrap_or(link.from);
        link.to = same.target(link.to);
        if joined.is_some()
            && ours.set.link(&link.id).is_none()
            && let Some(known) = known_link(&ours.set, &theirs.set, &link)
        {
            theirs.set.remove_link(&link.id);
            if let Some(known) = known {
                ours.set.insert_link(known);
            }
            continue;
        }
        if (&link.from, &link.to) != (&before.0, &before.1) {
            theirs.set.insert_link(link);
        }
    }
    (ours.into(), theirs.into())
}

impl Duplicates {
    fn person(&self, id: PersonId) -> PersonId {
        self.people.get(&id).cloned().unwrap_or(id)
    }

    fn target(&self, to: Target) -> Target {
        match to {
            Target::Annotation(id) => Target::Annotation(self.tags.get(&id).cloned().unwrap_or(id)),
            Target::Person(id) => Target::Person(self.person(id)),
            Target::NotGiven => Target::NotGiven,
        }
    }
}

fn equal_tags(
    ours: &AnnotationSet,
    theirs: &AnnotationSet,
) -> BTreeMap<AnnotationId, AnnotationId> {
    let key = |tag: &Annotation| -> (SmolStr, Vec<(TextSize, TextSize)>) {
        let ranges = tag.fragments.iter();
        let ranges = ranges.map(|range| (range.start(), range.end()));
        (tag.label.clone(), ranges.collect())
    };
    let mut known = BTreeMap::new();
    for tag in ours.annotations() {
        // Two of ours that are equal are not ours to join.
        known.entry(key(tag)).or_insert_with(|| tag.id.clone());
    }
    let new = theirs
        .annotations()
        .filter(|tag| ours.annotation(&tag.id).is_none());
    new.filter_map(|tag| Some((tag.id.clone(), known.get(&key(tag))?.clone())))
        .collect()
}

/// Where a name is that of several people, it says nothing.
fn equal_people(ours: &AnnotationSet, theirs: &AnnotationSet) -> BTreeMap<PersonId, PersonId> {
    let (known, new) = (by_name(ours), by_name(theirs));
    let one = |(name, people): (&str, Vec<&Person>)| {
        let ([their], [our]) = (people.as_slice(), known.get(name)?.as_slice()) else {
            return None;
        };
        let identified = !our.external_id.is_empty() && !their.external_id.is_empty();
        let other = identified && our.external_id != their.external_id;
        let known_already = ours.person(&their.id).is_some();
        (!other && !known_already).then(|| (their.id.clone(), our.id.clone()))
    };
    new.into_iter().filter_map(one).collect()
}

fn by_name(set: &AnnotationSet) -> BTreeMap<&str, Vec<&Person>> {
    let mut people: BTreeMap<&str, Vec<&Person>> = BTreeMap::new();
    for person in set.people() {
        people.entry(person.name.trim()).or_default().push(person);
    }
    people
}

fn completed_person(mut ours: Person, theirs: &Person) -> Person {
    for alias in &theirs.aliases {
        if !ours.aliases.contains(alias) {
            ours.aliases.push(alias.clone());
        }
    }
    complete(&mut ours.role, &theirs.role);
    complete(&mut ours.organisation, &theirs.organisation);
    complete(&mut ours.external_id, &theirs.external_id);
    complete_attributes(&mut ours.attributes, &theirs.attributes);
    ours
}

fn completed_tag(mut ours: Annotation, theirs: &Annotation) -> Annotation {
    complete_attributes(&mut ours.attributes, &theirs.attributes);
    ours.person = ours.person.or_else(|| theirs.person.clone());
    if ours.review == Review::Unreviewed {
        ours.review = theirs.review;
        ours.decided = ours.decided.or_else(|| theirs.decided.clone());
    }
    // Both notes are somebody's words.
    if !ours.note.is_empty() && !ours.note.contains(&*theirs.note) {
        ours.note = format!("{}\n{}", ours.note, theirs.note).into();
    }
    if ours.note.is_empty() {
        ours.note = theirs.note.clone();
    }
    ours
}

fn complete(ours: &mut String, theirs: &str) {
    if ours.is_empty() {
        theirs.clone_into(ours);
    }
}

fn complete_attributes(ours: &mut ThinVec<Attribute>, theirs: &[Attribute]) {
    for attribute in theirs {
        if !ours.iter().any(|known| known.name == attribute.name) {
            ours.push(attribute.clone());
        }
    }
    ours.sort();
}

/// Whether a link of an equal tag adds nothing to ours, and our link where that changes: confirmed,
/// or to whom theirs was confirmed. `None`: it adds something.
fn known_link(ours: &AnnotationSet, theirs: &AnnotationSet, link: &Link) -> Option<Option<Link>> {
    let mut known = ours
        .links_from(&link.from)
        .filter(|known| known.role == link.role)
        .peekable();
    known.peek()?;
    let all: Vec<&Link> = known.collect();
    let person = |to: &Target| ours.person_behind(to).or_else(|| theirs.person_behind(to));
    let same = |known: &&&Link| {
        let people = (person(&known.to), person(&link.to));
        known.to == link.to || matches!(people, (Some(one), Some(other)) if one.id == other.id)
    };
    if let Some(same) = all.iter().find(same) {
        let confirm = link.confirmed && !same.confirmed;
        return Some(confirm.then(|| Link {
            confirmed: true,
            ..Link::clone(same)
        }));
    }
    if !link.confirmed {
        return Some(None);
    }
    if let Some(guess) = all.iter().find(|known| !known.confirmed) {
        return Some(Some(Link {
            to: link.to.clone(),
            confirmed: true,
            ..Link::clone(guess)
        }));
    }
    let says_nobody = |link: &Link| link.to == Target::NotGiven;
    (says_nobody(link) || all.iter().any(|known| says_nobody(known))).then_some(None)
}
