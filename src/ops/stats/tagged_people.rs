//! Who is quoted and mentioned in one document.

use std::collections::BTreeMap;

use smol_str::SmolStr;

use super::person_stats::{ArticlePeople, PersonKey};
use crate::model::{Annotation, AnnotationSet, Document, Person, Schema, Target};
use crate::ops::is_in_use;

/// What a document says about the speaker of a tag.
pub(super) enum Said<'a> {
    By(&'a Person),
    /// Somebody mentioned who is no person of the roster.
    Mentioned,
    NotGiven,
    Open,
}

/// Who said a tag; the first of several that are confirmed. `None` where its label has no speaker.
pub(super) fn speaker<'a>(
    document: &'a Document,
    schema: &Schema,
    tag: &'a Annotation,
) -> Option<Said<'a>> {
    let role = schema
        .speaks(&tag.label)
        .then(|| schema.speaker_role(&tag.label))??;
    let set = document.set();
    let links = set.links_from(&tag.id);
    let mut confirmed = links.filter(|link| link.confirmed && link.role == role.key);
    let Some(link) = confirmed.next() else {
        return Some(Said::Open);
    };
    Some(match (&link.to, set.person_behind(&link.to)) {
        (_, Some(person)) => Said::By(person),
        (Target::NotGiven, None) => Said::NotGiven,
        (Target::Annotation(_) | Target::Person(_), None) => Said::Mentioned,
    })
}

/// Counts whom a document quotes and mentions, and who does so.
pub(super) fn add_people(people: &mut ArticlePeople, document: &Document, schema: &Schema) {
    let set = document.set();
    let mut speakers: BTreeMap<&str, PersonKey> = BTreeMap::new();
    for tag in set.annotations().filter(|tag| is_in_use(tag)) {
        if let Some(Said::By(person)) = speaker(document, schema, tag) {
            speakers.insert(tag.id.as_str(), people.said(person, &tag.label));
        }
        if let Some(person) = mentioned(set, schema, tag) {
            people.mentioned(person);
        }
    }
    for tag in set.annotations().filter(|tag| is_in_use(tag)) {
        let Some(by) = speakers.get(tag.id.as_str()) else {
            continue;
        };
        let within = tag.fragments.iter().flat_map(|range| {
            let inside = set.overlapping(range);
            inside.filter(move |(part, _)| range.contains_range(*part))
        });
        let mut seen: Vec<(&str, SmolStr)> = Vec::new();
        for (_, inner) in within.filter(|(_, inner)| inner.id != tag.id && is_in_use(inner)) {
            let key = (inner.id.as_str(), inner.label.clone());
            if seen.contains(&key) {
                continue;
            }
            seen.push(key);
            match (
                speakers.get(inner.id.as_str()),
                mentioned(set, schema, inner),
            ) {
                // Who says both says no one else's words.
                (Some(quoted), _) if quoted != by => people.quotes(by, quoted),
                (_, Some(person)) => people.mentions(by, person),
                _ => {}
            }
        }
    }
}

/// The person a tag mentions.
fn mentioned<'a>(
    set: &'a AnnotationSet,
    schema: &Schema,
    tag: &'a Annotation,
) -> Option<&'a Person> {
    let person = tag
        .person
        .as_ref()
        .filter(|_| schema.mentions(&tag.label))?;
    set.person(person)
}
