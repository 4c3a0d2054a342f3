use super::listing::Listing;
use super::{OpenDocument, Overview, PersonCounts, Tally};
use crate::model::{Annotation, AnnotationId, Document, OrderStatisticSet, Place, Schema, Target};
use crate::ops::lint::{LintContext, NameCounts};

/// What is counted of a whole document.
#[derive(Debug)]
pub(super) struct Counted {
    tally: Tally,
    person_counts: PersonCounts,
    overview: Overview,
    suggestions: OrderStatisticSet<Place>,
}

impl Counted {
    /// Counts everything. O(n).
    pub(super) fn of(document: &Document, schema: &Schema) -> Self {
        let mut counted = Self {
            tally: Tally::default(),
            person_counts: PersonCounts::default(),
            overview: Overview::of(document.source().len(), schema),
            suggestions: OrderStatisticSet::default(),
        };
        let mut suggestions = Vec::new();
        for tag in document.set().annotations_by_id() {
            counted.tally.count(document, schema, tag, true);
            counted.person_counts.count(document, tag, true);
            counted.overview.count(schema, tag, true);
            if is_to_review(document, tag) {
                suggestions.push(tag.place());
            }
        }
        counted.suggestions = suggestions.into_iter().collect();
        counted
    }
}

/// How often each name is tagged in a whole document. O(n).
pub(super) fn count_names(cx: &LintContext<'_>) -> NameCounts {
    let mut names = NameCounts::default();
    let tags = cx.document.set().annotations_by_id();
    for name in tags.filter_map(|tag| cx.name_of(tag)) {
        names.count(name, true);
    }
    names
}

/// Whether a tag is a suggestion to decide on. What a suggested quote leads to is decided on with it.
pub(super) fn is_to_review(document: &Document, tag: &Annotation) -> bool {
    if !tag.is_open_suggestion() {
        return false;
    }
    let target = Target::Annotation(tag.id.clone());
    let is_suggested = |from: &AnnotationId| {
        let from = document.set().annotation(from);
        from.is_some_and(Annotation::is_open_suggestion)
    };
    let mut links = document.set().links_to(&target);
    !links.any(|link| !link.confirmed && is_suggested(&link.from))
}

impl OpenDocument {
    /// Takes what was counted over.
    pub(super) fn set_counted(&mut self, names: NameCounts, counted: Counted) {
        let Counted {
            tally,
            person_counts,
            overview,
            suggestions,
        } = counted;
        self.names = names;
        self.tally = tally;
        self.person_counts = person_counts;
        self.overview = overview;
        self.suggestions = suggestions;
        // One that takes all tags in finds none itself.
        self.listing = Listing::default();
    }
}
