use std::collections::BTreeSet;

use super::interpret::interpret;
use super::merge::markers;
use super::raw::RawRecord;
use super::read_record::{read_annotation, read_link, read_person};
use super::take_apart::take_apart_verbatim;
use crate::model::Document;

/// Checks that the text of a sidecar matches a document, record by record. The text may have more:
/// a record that clashed with one deleted since can be read again.
///
/// # Errors
/// What is missing in the text, in words.
pub fn confirm(text: &str, document: &Document) -> Result<(), String> {
    let mut raw = take_apart_verbatim(text.as_bytes()).map_err(|error| error.to_string())?;
    let people = std::mem::take(&mut raw.people);
    let annotations = std::mem::take(&mut raw.annotations);
    let links = std::mem::take(&mut raw.links);
    let back = interpret(raw, document.source());
    if back.salvaged || markers::merged(text).is_some() {
        return Err("the file would not be valid".to_owned());
    }
    let own = || back.own_origin();
    let set = document.set();
    let mut unread = back.unread.len();
    let tags = said(&annotations, &mut unread, |raw| {
        let read = read_annotation(raw, document.source(), own)?;
        let tag = set.annotation(&read.id);
        Ok(tag.map(|tag| (tag.id.as_str(), *tag == read)))
    });
    if let Some(lost) = set
        .annotations()
        .find(|tag| !tags.contains(tag.id.as_str()))
    {
        return Err(format!("the tag `{}`", lost.id));
    }
    let known = said(&links, &mut unread, |raw| {
        let read = read_link(raw, own)?;
        let link = set.link(&read.id);
        Ok(link.map(|link| (link.id.as_str(), *link == read)))
    });
    if let Some(lost) = set.links().find(|link| !known.contains(link.id.as_str())) {
        return Err(format!("the link `{}`", lost.id));
    }
    let known = said(&people, &mut unread, |raw| {
        let read = read_person(raw)?;
        let person = set.person(&read.id);
        Ok(person.map(|person| (person.id.as_str(), *person == read)))
    });
    if let Some(lost) = set.people().find(|one| !known.contains(one.id.as_str())) {
        return Err(format!("the person `{}`", lost.id));
    }
    let mut reviews = set.peer_reviews();
    if let Some(lost) = reviews.find(|one| back.set.peer_review(&one.key) != Some(*one)) {
        return Err(format!("the review of `{}`", lost.key));
    }
    let mut decisions = set.decisions();
    if let Some(lost) = decisions.find(|one| back.set.decision(&one.key) != Some(*one)) {
        return Err(format!("the decision on `{}`", lost.key));
    }
    if back.meta != *document.meta() {
        return Err("the header".to_owned());
    }
    if unread > document.unread().len() {
        return Err("a record that cannot be read".to_owned());
    }
    Ok(())
}

/// The ids of the records that match the document; `look` reads one and gives the id of its like in
/// the document, if there is one, and whether the two are equal. Those that cannot be read or
/// differ are counted.
fn said<'d>(
    records: &[RawRecord<'_>],
    unread: &mut usize,
    look: impl Fn(&str) -> Result<Option<(&'d str, bool)>, String>,
) -> BTreeSet<&'d str> {
    let mut said = BTreeSet::new();
    for record in records {
        match look(&record.raw) {
            Ok(Some((id, true))) => {
                said.insert(id);
            }
            Ok(Some((_, false))) | Err(_) => *unread += 1,
            Ok(None) => {}
        }
    }
    said
}
