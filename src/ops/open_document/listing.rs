use std::cmp::Reverse;

use crate::model::{
    Annotation, AnnotationSet, Confidence, Document, OrderStatisticSet, Place, Schema,
};
use crate::ops::{TagFilter, TagOrder};

/// Where a tag is listed: by its rank, then in the order of the text.
type Ranked = (Reverse<Option<Confidence>>, Place);

fn ranked(order: TagOrder, tag: &Annotation) -> Ranked {
    let rank = match order {
        TagOrder::Text => None,
        TagOrder::Confidence => tag.confidence,
    };
    (Reverse(rank), tag.place())
}

/// The tags a filter takes in, found bit by bit and kept up to date change by change.
#[derive(Debug, Clone, Default)]
pub(super) struct Listing {
    filter: TagFilter,
    found: OrderStatisticSet<Ranked>,
    /// The last tag that was looked at; `None`: none yet.
    reached: Option<Place>,
    /// Whether all were looked at.
    complete: bool,
}

/// The tags a filter takes in, in its order.
#[derive(Debug, Clone, Copy)]
pub struct Listed<'a> {
    set: &'a AnnotationSet,
    /// `None`: all tags of the set.
    found: Option<(&'a OrderStatisticSet<Ranked>, TagOrder)>,
    complete: bool,
}

impl Listing {
    fn of(filter: &TagFilter) -> Self {
        Self {
            filter: filter.clone(),
            ..Self::default()
        }
    }

    /// Whether these are all tags of `filter`.
    pub(super) fn is_all_of(&self, filter: &TagFilter) -> bool {
        self.complete && self.filter == *filter
    }

    /// Looks at the next `most` tags for `filter`, from the start where that is another than before.
    pub(super) fn look(
        &mut self,
        document: &Document,
        schema: &Schema,
        filter: &TagFilter,
        most: usize,
    ) {
        if self.filter != *filter {
            *self = Self::of(filter);
        }
        if self.complete || self.filter.is_all() {
            return;
        }
        let set = document.set();
        let from = (self.reached.as_ref()).map_or(0, |place| Listed::all(set).rank_after(place));
        for tag in set.rows(from..from.saturating_add(most)) {
            if self.filter.matches(document, schema, tag) {
                self.found.insert(ranked(self.filter.order, tag));
            }
            self.reached = Some(tag.place());
        }
        self.complete = from.saturating_add(most) >= set.annotation_count();
    }

    /// Adds a tag (`there`) or removes it; one not yet looked at waits for its turn.
    pub(super) fn count(
        &mut self,
        document: &Document,
        schema: &Schema,
        tag: &Annotation,
        there: bool,
    ) {
        if self.filter.is_all() {
            return;
        }
        let ranked = ranked(self.filter.order, tag);
        let is_reached = |last: &Place| ranked.1 <= *last;
        if !there {
            self.found.remove(&ranked);
        } else if (self.complete || self.reached.as_ref().is_some_and(is_reached))
            && self.filter.matches(document, schema, tag)
        {
            self.found.insert(ranked);
        }
    }

    /// What is found so far.
    pub(super) fn listed<'a>(&'a self, set: &'a AnnotationSet) -> Listed<'a> {
        if self.filter.is_all() {
            return Listed::all(set);
        }
        Listed {
            set,
            found: Some((&self.found, self.filter.order)),
            complete: self.complete,
        }
    }
}

impl<'a> Listed<'a> {
    /// All tags.
    pub(super) fn all(set: &'a AnnotationSet) -> Self {
        Self {
            set,
            found: None,
            complete: true,
        }
    }

    /// How many there are.
    #[must_use]
    pub fn len(&self) -> usize {
        match self.found {
            Some((found, _)) => found.len(),
            None => self.set.annotation_count(),
        }
    }

    /// Whether there is none.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.len() == 0
    }

    /// Whether all tags were looked at; otherwise more may come.
    #[must_use]
    pub fn is_complete(&self) -> bool {
        self.complete
    }

    /// Those of these rows, from 0.
    pub fn rows(&self, rows: std::ops::Range<usize>) -> impl Iterator<Item = &'a Annotation> {
        let set = self.set;
        let all = self.found.is_none().then(|| set.rows(rows.clone()));
        let found = self
            .found
            .into_iter()
            .flat_map(move |(found, _)| found.range(rows.clone()));
        let found = found.filter_map(move |(_, place)| set.annotation(&place.2));
        all.into_iter().flatten().chain(found)
    }

    /// The row of a tag, from 0; `None` where it is not listed.
    #[must_use]
    pub fn row_of(&self, tag: &Annotation) -> Option<usize> {
        let rank = self.rank(&tag.place());
        let there = self.rows(rank..rank + 1).next();
        there
            .is_some_and(|there| there.id == tag.id)
            .then_some(rank)
    }

    /// How many are before a place.
    fn rank(&self, place: &Place) -> usize {
        match (self.found, self.set.annotation(&place.2)) {
            (None, _) => self.set.rank(place),
            (Some((found, TagOrder::Text)), _) => found.rank(&(Reverse(None), place.clone())),
            (Some((found, order @ TagOrder::Confidence)), Some(tag)) => {
                found.rank(&ranked(order, tag))
            }
            // No tag is current: ahead of all.
            (Some((_, TagOrder::Confidence)), None) => 0,
        }
    }

    /// How many are at a place or before it.
    fn rank_after(&self, place: &Place) -> usize {
        let rank = self.rank(place);
        let there = self.rows(rank..rank + 1).next();
        rank + usize::from(there.is_some_and(|there| there.is_at(place)))
    }

    /// The nearest after a place, or before it.
    #[must_use]
    pub(super) fn next_to(&self, place: &Place, forward: bool) -> Option<&'a Annotation> {
        let row = if forward {
            self.rank_after(place)
        } else {
            self.rank(place).checked_sub(1)?
        };
        self.rows(row..row + 1).next()
    }
}
