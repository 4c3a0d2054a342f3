use crate::model::{Annotation, AnnotationSet, Document, OrderStatisticSet, Place, Schema};
use crate::ops::TagFilter;

/// The tags a filter takes in, found bit by bit and kept up to date change by change.
#[derive(Debug, Clone, Default)]
pub(super) struct Listing {
    filter: TagFilter,
    found: OrderStatisticSet<Place>,
    /// The last tag that was looked at; `None`: none yet.
    reached: Option<Place>,
    /// Whether all were looked at.
    complete: bool,
}

/// The tags a filter takes in, in the order of the text.
#[derive(Debug, Clone, Copy)]
pub struct Listed<'a> {
    set: &'a AnnotationSet,
    places: &'a OrderStatisticSet<Place>,
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
        let places = document.set().places();
        let from = match &self.reached {
            Some(place) => places.rank(place) + usize::from(places.contains(place)),
            None => 0,
        };
        for place in places.range(from..from.saturating_add(most)) {
            let tag = document.set().annotation(&place.2);
            if tag.is_some_and(|tag| self.filter.matches(document, schema, tag)) {
                self.found.insert(place.clone());
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
        let place = tag.place();
        if !there {
            self.found.remove(&place);
        } else if (self.complete || self.reached.as_ref().is_some_and(|last| place <= *last))
            && self.filter.matches(document, schema, tag)
        {
            self.found.insert(place);
        }
    }

    /// What is found so far.
    pub(super) fn listed<'a>(&'a self, set: &'a AnnotationSet) -> Listed<'a> {
        if self.filter.is_all() {
            return Listed::all(set);
        }
        Listed {
            set,
            places: &self.found,
            complete: self.complete,
        }
    }
}

impl<'a> Listed<'a> {
    /// All tags.
    pub(super) fn all(set: &'a AnnotationSet) -> Self {
        Self {
            set,
            places: set.places(),
            complete: true,
        }
    }

    /// How many there are.
    #[must_use]
    pub fn len(&self) -> usize {
        self.places.len()
    }

    /// Whether there is none.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.places.is_empty()
    }

    /// Whether all tags were looked at; otherwise more may come.
    #[must_use]
    pub fn is_complete(&self) -> bool {
        self.complete
    }

    /// Those of these rows, from 0.
    pub fn rows(&self, rows: std::ops::Range<usize>) -> impl Iterator<Item = &'a Annotation> {
        let set = self.set;
        self.places
            .range(rows)
            .filter_map(move |place| set.annotation(&place.2))
    }

    /// The row of a tag, from 0; `None` where it is not listed.
    #[must_use]
    pub fn row_of(&self, tag: &Annotation) -> Option<usize> {
        let place = tag.place();
        self.places
            .contains(&place)
            .then(|| self.places.rank(&place))
    }

    /// The nearest after a place, or before it.
    #[must_use]
    pub(super) fn next_to(&self, place: &Place, forward: bool) -> Option<&'a Annotation> {
        let rank = self.places.rank(place);
        let row = if forward {
            rank + usize::from(self.places.contains(place))
        } else {
            rank.checked_sub(1)?
        };
        self.set.annotation(&self.places.nth(row)?.2)
    }
}
