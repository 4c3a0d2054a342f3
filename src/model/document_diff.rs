use std::collections::BTreeMap;
use std::sync::Arc;

use imbl::OrdMap;
use imbl::ordmap::DiffItem;

use super::{Change, Delta, Document, UnreadRecord};

/// The changes that turn `from` into `to`. O(changed) where both come from one document, else O(n).
/// The lines of unread records do not
/// count; sittings are not compared.
#[must_use]
pub fn document_diff(from: &Document, to: &Document) -> Vec<Change> {
    let mut changes = Vec::new();
    if from.source() != to.source() {
        let delta = Delta::replace(from.source().clone(), to.source().clone());
        changes.push(Change::Source(delta));
    }
    if from.meta() != to.meta() {
        let delta = Delta::replace(from.meta().clone(), to.meta().clone());
        changes.push(Change::Meta(delta));
    }
    let (old, new) = (from.set(), to.set());
    map_deltas(old.people_map(), new.people_map(), |delta| {
        changes.push(Change::Person(delta));
    });
    let tags = old.annotation_differences(new).map(delta);
    changes.extend(tags.map(Change::Annotation));
    let links = old.link_differences(new).map(delta);
    changes.extend(links.map(Change::Link));
    map_deltas(old.review_map(), new.review_map(), |delta| {
        changes.push(Change::PeerReview(delta));
    });
    map_deltas(old.decision_map(), new.decision_map(), |delta| {
        changes.push(Change::Decision(delta));
    });
    map_deltas(old.suppression_map(), new.suppression_map(), |delta| {
        changes.push(Change::Suppression(delta));
    });
    unread(from, to, &mut changes);
    changes
}

fn delta<T: Clone>((old, new): (Option<&T>, Option<&T>)) -> Delta<T> {
    Delta {
        before: old.cloned(),
        after: new.cloned(),
    }
}

fn map_deltas<K: Ord + Clone, T: PartialEq + Clone>(
    from: &OrdMap<K, Arc<T>>,
    to: &OrdMap<K, Arc<T>>,
    mut push: impl FnMut(Delta<T>),
) {
    for item in from.diff(to) {
        push(match item {
            DiffItem::Add(_, new) => Delta::insert(T::clone(new)),
            DiffItem::Remove(_, old) => Delta::remove(T::clone(old)),
            DiffItem::Update { old, new } => Delta::replace(T::clone(old.1), T::clone(new.1)),
        });
    }
}

/// Records that are not part of the set: as many of each as there are in `to`.
fn unread(from: &Document, to: &Document, changes: &mut Vec<Change>) {
    let mut here: BTreeMap<_, Vec<&UnreadRecord>> = BTreeMap::new();
    for record in from.unread().iter().rev() {
        here.entry(record.identity()).or_default().push(record);
    }
    let mut new = Vec::new();
    for record in to.unread() {
        let same = here.get_mut(&record.identity()).and_then(Vec::pop);
        if same.is_none() {
            new.push(record);
        }
    }
    let gone = here.into_values().flatten();
    changes.extend(gone.map(|record| Change::Unread(Delta::remove(record.clone()))));
    let mut all = from.unread().clone();
    for record in new {
        // Its line may be used by a record that is otherwise the same.
        let mut record = record.clone();
        while all.insert(record.clone()).is_some() {
            record.set_line(record.line() + 1);
        }
        changes.push(Change::Unread(Delta::insert(record)));
    }
}
