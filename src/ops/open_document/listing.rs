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
    rows: Rows<'a>,
    complete: bool,
}

#[derive(Debug, Clone, Copy)]
enum Rows<'a> {
    /// All tags.
    All,
    Some(&'a OrderStatisticSet<Ranked>, TagOrder),
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
        let places = document.set().places();
        let from = match &self.reached {
            Some(place) => places.rank(place) + usize::from(places.contains(place)),
            None => 0,
        };
        for place in places.range(from..from.saturating_add(most)) {
            let tag = document.set().annotation(&place.2);
            let tag = tag.filter(|tag| self.filter.matches(document, schema, tag));
            if let Some(tag) = tag {
                self.found.insert(ranked(self.filter.order, tag));
            }
            self.reached = Some(place.clone());
        }
        self.complete = from.saturating_add(most) >= places.len();
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
        let place = &ranked.1;
        if !there {
            self.found.remove(&ranked);
        } else if (self.complete || self.reached.as_ref().is_some_and(|last| place <= last))
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
            rows: Rows::Some(&self.found, self.filter.order),
            complete: self.complete,
        }
    }
}

impl<'a> Listed<'a> {
    /// All tags.
    pub(super) fn all(set: &'a AnnotationSet) -> Self {
        Self {
            set,
            rows: Rows::All,
            complete: true,
        }
    }

    /// How many there are.
    #[must_use]
    pub fn len(&self) -> usize {
        match self.rows {
            Rows::All => self.set.places().len(),
            Rows::Some(found, _) => found.len(),
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
        let (all, some) = match self.rows {
            Rows::All => (Some(set.places().range(rows)), None),
            Rows::Some(found, _) => (None, Some(found.range(rows))),
        };
        let all = all.into_iter().flatten();
        let some = some.into_iter().flatten().map(|(_, place)| place);
        all.chain(some)
            .filter_map(move |place| set.annotation(&place.2))
    }

    /// The row of a tag, from 0; `None` where it is not listed.
    #[must_use]
    pub fn row_of(&self, tag: &Annotation) -> Option<usize> {
        match self.rows {
            Rows::All => {
                let (places, place) = (self.set.places(), tag.place());
                places.contains(&place).then(|| places.rank(&place))
            }
            Rows::Some(found, order) => {
                let ranked = ranked(order, tag);
                found.contains(&ranked).then(|| found.rank(&ranked))
            }
        }
    }

    /// The nearest row after a place, or before it: where a tag is ranked, by its rank.
    #[must_use]
    pub(super) fn next_to(&self, place: &Place, forward: bool) -> Option<&'a Annotation> {
        let (rank, is_there) = match self.rows {
            Rows::All => {
                let places = self.set.places();
                (places.rank(place), places.contains(place))
            }
            Rows::Some(found, order) => {
                let here = match (order, self.set.annotation(&place.2)) {
                    (TagOrder::Confidence, Some(tag)) => ranked(order, tag),
                    // Ahead of all ranks.
                    (TagOrder::Confidence, None) => return self.rows(0..1).next(),
                    (TagOrder::Text, _) => (Reverse(None), place.clone()),
                };
                (found.rank(&here), found.contains(&here))
            }
        };
        let row = if forward {
            rank + usize::from(is_there)
        } else {
            rank.checked_sub(1)?
        };
        self.rows(row..row + 1).next()
    }
}
