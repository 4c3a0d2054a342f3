use std::collections::{BTreeMap, BTreeSet};

use super::iri::file_name;
use super::item::{Item, Link, Tag};
use super::select::Finder;
use super::wire::OwnDocument;
use crate::format::RecordProblem;
use crate::format::interchange::{DocumentRecord, LinkRecord, SpanRecord};
use crate::text::OffsetUnit;

/// An annotation with its number in the file, and the document of ours that begins with it.
pub(super) type Numbered = (usize, Option<usize>, Item);

/// The annotations of one text in one file.
pub(super) struct Group<'a> {
    /// The address of the text.
    pub(super) source: &'a str,
    /// Which of our own documents it is.
    pub(super) own: Option<usize>,
    tags: Vec<(usize, &'a Tag)>,
    links: Vec<(usize, &'a Link)>,
}

/// Sorts annotations by the texts they are about, in the order of the file. Of our own documents
/// those from `without_tags` on have no tags.
pub(super) fn groups<'a>(
    items: &'a [Numbered],
    own: &'a [OwnDocument],
    without_tags: usize,
) -> Vec<Group<'a>> {
    let mut groups: Vec<Group<'a>> = Vec::new();
    // The group tags of a source go to now; an article may come several times.
    let mut current: BTreeMap<&str, usize> = BTreeMap::new();
    let mut group_of: BTreeMap<&str, usize> = BTreeMap::new();
    let mut links = Vec::new();
    for (n, begins, item) in items {
        match item {
            Item::Tag(tag) => {
                let known = current.get(&*tag.source).copied();
                let at = match (known, begins) {
                    (Some(at), None) => at,
                    _ => {
                        groups.push(Group::new(&tag.source, *begins));
                        groups.len() - 1
                    }
                };
                current.insert(&tag.source, at);
                group_of.insert(&tag.id, at);
                if let Some(group) = groups.get_mut(at) {
                    group.tags.push((*n, tag));
                }
            }
            Item::Link(link) => links.push((*n, link)),
        }
    }
    for (n, link) in links {
        let at = group_of.get(&*link.from).or(group_of.get(&*link.to));
        // A link between missing annotations is reported with the first text.
        let at = at.copied().unwrap_or(0);
        if let Some(group) = groups.get_mut(at) {
            group.links.push((n, link));
        }
    }
    let rest = own.iter().enumerate().skip(without_tags);
    groups.extend(rest.map(|(n, document)| Group::new(&document.source, Some(n))));
    groups.sort_by_key(|group| {
        let own = group.own.and_then(|at| own.get(at));
        own.map(|document| document.number)
    });
    groups
}

impl<'a> Group<'a> {
    fn new(source: &'a str, own: Option<usize>) -> Self {
        Self {
            source,
            own,
            tags: Vec::new(),
            links: Vec::new(),
        }
    }
}

/// The record of a text; what finds no place in it is noted.
pub(super) fn record(
    group: &Group<'_>,
    text: String,
    unit: Option<OffsetUnit>,
    skipped: &mut Vec<RecordProblem>,
) -> DocumentRecord {
    let mut skip = |n: usize, why: &str| {
        skipped.push(RecordProblem {
            line: 1,
            message: format!("annotation {n}: left out, {why}"),
        });
    };
    let selectors = group.tags.iter().flat_map(|(_, tag)| &tag.selectors);
    let finder = Finder::new(&text, unit, selectors);
    let mut ids: BTreeMap<&str, String> = BTreeMap::new();
    let mut used = BTreeSet::new();
    let mut record = DocumentRecord {
        id: file_name(group.source),
        ..DocumentRecord::default()
    };
    for (n, tag) in &group.tags {
        let places: Result<Vec<[u32; 2]>, String> =
            tag.selectors.iter().map(|s| finder.find(s)).collect();
        let mut fragments = match places {
            Ok(fragments) => fragments,
            Err(why) => {
                skip(*n, &why);
                continue;
            }
        };
        fragments.sort_unstable();
        fragments.dedup();
        let mut span = span(tag, fragments);
        if span.id.is_empty() || !used.insert(span.id.clone()) {
            span.id = format!("annotation-{n}");
        }
        ids.insert(&tag.id, span.id.clone());
        record.spans.push(span);
    }
    let mut used = BTreeSet::new();
    for (n, link) in &group.links {
        let (Some(from), Some(to)) = (ids.get(&*link.from), ids.get(&*link.to)) else {
            skip(*n, "an end of the link is missing");
            continue;
        };
        let own = link.own.as_ref();
        let id = own.map(|own| own.id.clone()).unwrap_or_default();
        record.links.push(LinkRecord {
            id: if used.insert(id.clone()) {
                id
            } else {
                String::new()
            },
            from: from.clone(),
            to: to.clone(),
            to_kind: "annotation".to_owned(),
            role: link.role.clone(),
            confirmed: Some(own.and_then(|own| own.confirmed).unwrap_or(true)),
            by: own.map_or_else(|| link.by.clone(), |own| own.by.clone()),
        });
    }
    record.text = text;
    record
}

/// What others may have changed is read from where they write it.
fn span(tag: &Tag, fragments: Vec<[u32; 2]>) -> SpanRecord {
    let mut span = SpanRecord {
        label: tag.label.clone(),
        fragments,
        ..SpanRecord::default()
    };
    if let Some(own) = &tag.own {
        own.extra.clone().restore(&mut span);
        span.id.clone_from(&own.id);
    } else {
        span.id.clone_from(&tag.id);
        span.attributes.clone_from(&tag.attributes);
        span.by.clone_from(&tag.by);
    }
    span.note.clone_from(&tag.note);
    if !tag.review.is_empty() {
        span.review.clone_from(&tag.review);
    }
    span
}
