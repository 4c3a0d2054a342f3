//! What of a change of the shown document is stored.

use std::collections::BTreeSet;

use crate::model::{AnnotationId, Change, Delta, Document, Link, LinkId, Target, Transaction};

/// The part of a transaction made for the shown document that is stored. What it changes of a
/// suggestion is added, with the speaker and the cue the suggestion leads to.
pub(super) fn stored_part(
    transaction: &Transaction,
    document: &Document,
    shown: &Document,
) -> Transaction {
    let (stored, shown) = (document.set(), shown.set());
    let is_suggested =
        |id: &AnnotationId| stored.annotation(id).is_none() && shown.annotation(id).is_some();
    let is_suggested_link = |id: &LinkId| stored.link(id).is_none() && shown.link(id).is_some();
    let current = transaction.selection_after.as_ref();
    let current = current.and_then(|selection| selection.tag.clone());
    let tags = || transaction.changes.iter().filter_map(Change::annotation);
    let changed: BTreeSet<AnnotationId> = tags()
        .filter_map(|delta| Some(delta.after.as_ref()?.id.clone()))
        .collect();
    // A link that goes because its end is deleted or is no speaker any more says nothing about the
    // quote.
    let is_end_lost = |link: &Link| {
        tags().any(|Delta { before, after }| match (before, after) {
            (Some(before), _) if link.to != Target::Annotation(before.id.clone()) => false,
            (Some(before), Some(after)) => after.is_rejected() || after.label != before.label,
            (Some(before), None) => !is_suggested(&before.id),
            (None, _) => false,
        })
    };
    let is_meant = |link: &Link| {
        current.as_ref() == Some(&link.from) || changed.contains(&link.from) || !is_end_lost(link)
    };
    let mut part = Transaction {
        label: transaction.label.clone(),
        selection_after: transaction.selection_after.clone(),
        changes: Vec::new(),
    };
    // What the transaction says itself is not added again.
    let (mut known, mut known_links) = named_records(transaction);
    // Suggested tags that are stored, and whether with what they lead to.
    let mut kept: Vec<(AnnotationId, bool)> = Vec::new();
    for change in transaction.changes.iter().cloned() {
        match change {
            Change::Annotation(Delta {
                before: Some(before),
                after,
            }) if is_suggested(&before.id) => {
                if let Some(after) = after {
                    kept.push((after.id.clone(), !after.is_rejected()));
                    part.changes.push(Change::Annotation(Delta::insert(after)));
                }
            }
            Change::Link(Delta {
                before: Some(before),
                after,
            }) if is_suggested_link(&before.id) => {
                if !is_meant(&before) {
                    continue;
                }
                kept.push((before.from.clone(), true));
                if let Some(after) = after {
                    kept.extend(end_of(&after.to));
                    part.changes.push(Change::Link(Delta::insert(after)));
                }
            }
            Change::Link(delta) => {
                if let Some(after) = &delta.after {
                    kept.push((after.from.clone(), true));
                    kept.extend(end_of(&after.to));
                }
                part.changes.push(Change::Link(delta));
            }
            other => part.changes.push(other),
        }
    }
    while let Some((id, with_links)) = kept.pop() {
        if !is_suggested(&id) {
            continue;
        }
        if known.insert(id.clone())
            && let Some(tag) = shown.annotation(&id)
        {
            let inserted = Delta::insert(tag.clone());
            part.changes.push(Change::Annotation(inserted));
        }
        for link in shown.links_from(&id).filter(|_| with_links) {
            if is_suggested_link(&link.id) && known_links.insert(link.id.clone()) {
                kept.extend(end_of(&link.to));
                let inserted = Delta::insert(link.clone());
                part.changes.push(Change::Link(inserted));
            }
        }
    }
    part
}

/// The tags and the links a transaction is about.
fn named_records(transaction: &Transaction) -> (BTreeSet<AnnotationId>, BTreeSet<LinkId>) {
    let (mut tags, mut links) = (BTreeSet::new(), BTreeSet::new());
    for change in &transaction.changes {
        match change {
            Change::Annotation(delta) => {
                let both = [&delta.before, &delta.after].into_iter().flatten();
                tags.extend(both.map(|tag| tag.id.clone()));
            }
            Change::Link(delta) => {
                let both = [&delta.before, &delta.after].into_iter().flatten();
                links.extend(both.map(|link| link.id.clone()));
            }
            Change::Person(_) | Change::PeerReview(_) | Change::Decision(_) => {}
            Change::Suppression(_) | Change::Meta(_) | Change::Unread(_) | Change::Source(_) => {}
        }
    }
    (tags, links)
}

/// The tag a link leads to, which goes where the link goes.
fn end_of(to: &Target) -> Option<(AnnotationId, bool)> {
    match to {
        Target::Annotation(id) => Some((id.clone(), true)),
        Target::Person(_) | Target::NotGiven => None,
    }
}
