use std::cmp::Ordering;
use std::fmt;
use std::ops::Deref;
use std::sync::Arc;

use super::{Annotation, Link, OrderStatisticSet};

/// An order of records. Its key names one record: where none is there twice, no two are equal.
pub(super) trait RecordOrder {
    /// What is put in order.
    type Record;
    /// The order of two.
    fn compare(a: &Self::Record, b: &Self::Record) -> Ordering;
}

/// A record that several sets share, each in an order of its own.
pub(super) struct Ordered<O: RecordOrder>(Arc<O::Record>);

impl<O: RecordOrder> Ordered<O> {
    pub(super) fn new(record: &Arc<O::Record>) -> Self {
        Self(Arc::clone(record))
    }

    pub(super) fn record(&self) -> &Arc<O::Record> {
        &self.0
    }

    pub(super) fn into_record(self) -> Arc<O::Record> {
        self.0
    }
}

impl<O: RecordOrder> Clone for Ordered<O> {
    fn clone(&self) -> Self {
        Self::new(&self.0)
    }
}

impl<O: RecordOrder> Deref for Ordered<O> {
    type Target = O::Record;

    fn deref(&self) -> &O::Record {
        &self.0
    }
}

impl<O: RecordOrder> Ord for Ordered<O> {
    fn cmp(&self, other: &Self) -> Ordering {
        O::compare(self, other)
    }
}

impl<O: RecordOrder> PartialOrd for Ordered<O> {
    fn partial_cmp(&self, other: &Self) -> Option<Ordering> {
        Some(self.cmp(other))
    }
}

impl<O: RecordOrder> PartialEq for Ordered<O> {
    fn eq(&self, other: &Self) -> bool {
        self.cmp(other).is_eq()
    }
}

impl<O: RecordOrder> Eq for Ordered<O> {}

impl<O: RecordOrder<Record: fmt::Debug>> fmt::Debug for Ordered<O> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.0.fmt(f)
    }
}

/// Records in an order: a pointer each, as a large article has very many.
pub(super) type Records<O> = OrderStatisticSet<Ordered<O>>;

/// The records whose keys in an order are equal.
pub(super) type Both<'a, T> = (Option<&'a T>, Option<&'a T>);

/// What differs between two sets: as it is in the one and in the other.
pub(super) fn differences<'a, O: RecordOrder<Record: PartialEq>>(
    from: &'a Records<O>,
    to: &'a Records<O>,
) -> impl Iterator<Item = Both<'a, O::Record>> {
    let pairs = from.differences(to).into_iter();
    let changed = pairs.filter(|pair| match pair {
        (Some(old), Some(new)) => {
            !Arc::ptr_eq(old.record(), new.record()) && old.record() != new.record()
        }
        _ => true,
    });
    changed.map(|(old, new)| (old.map(|one| &**one), new.map(|one| &**one)))
}

/// Tags by id.
pub(super) enum ById {}

impl RecordOrder for ById {
    type Record = Annotation;

    fn compare(a: &Annotation, b: &Annotation) -> Ordering {
        a.id.cmp(&b.id)
    }
}

/// Tags in canonical order: start, end, id.
pub(super) enum ByPlace {}

impl RecordOrder for ByPlace {
    type Record = Annotation;

    fn compare(a: &Annotation, b: &Annotation) -> Ordering {
        let place = |tag: &Annotation| (tag.fragments.start(), tag.fragments.end());
        (place(a), &a.id).cmp(&(place(b), &b.id))
    }
}

/// Tags by whom they name, then by id.
pub(super) enum ByPerson {}

impl RecordOrder for ByPerson {
    type Record = Annotation;

    fn compare(a: &Annotation, b: &Annotation) -> Ordering {
        (&a.person, &a.id).cmp(&(&b.person, &b.id))
    }
}

/// Links by id.
pub(super) enum LinksById {}

impl RecordOrder for LinksById {
    type Record = Link;

    fn compare(a: &Link, b: &Link) -> Ordering {
        a.id.cmp(&b.id)
    }
}

/// Links by the tag they start at, then by id.
pub(super) enum LinksByStart {}

impl RecordOrder for LinksByStart {
    type Record = Link;

    fn compare(a: &Link, b: &Link) -> Ordering {
        (&a.from, &a.id).cmp(&(&b.from, &b.id))
    }
}

/// Links by where they lead, then by id.
pub(super) enum LinksByTarget {}

impl RecordOrder for LinksByTarget {
    type Record = Link;

    fn compare(a: &Link, b: &Link) -> Ordering {
        (&a.to, &a.id).cmp(&(&b.to, &b.id))
    }
}
