use std::cmp::Ordering;
use std::collections::BTreeMap;
use std::sync::Arc;

use super::{Annotation, AnnotationId, OrderStatisticSet};
use crate::text::{TextRange, TextSize};

/// Finds the fragments that meet a range in O(log n + found). A clone shares what is not changed since.
#[derive(Debug, Clone, Default)]
pub(super) struct SpanIndex {
    /// Fragments by start, apart by how many binary digits their length has: in each class only those
    /// can meet a range that start within it or at most the class's length before it.
    classes: BTreeMap<u32, OrderStatisticSet<Span>>,
}

/// A fragment of a tag: by start, end, id.
#[derive(Debug, Clone)]
struct Span {
    range: TextRange,
    tag: Arc<Annotation>,
}

impl Span {
    fn of(range: TextRange, tag: &Arc<Annotation>) -> Self {
        let tag = Arc::clone(tag);
        Self { range, tag }
    }

    fn key(&self) -> (TextSize, TextSize, &AnnotationId) {
        (self.range.start(), self.range.end(), &self.tag.id)
    }
}

impl Ord for Span {
    fn cmp(&self, other: &Self) -> Ordering {
        self.key().cmp(&other.key())
    }
}

impl PartialOrd for Span {
    fn partial_cmp(&self, other: &Self) -> Option<Ordering> {
        Some(self.cmp(other))
    }
}

impl PartialEq for Span {
    fn eq(&self, other: &Self) -> bool {
        self.cmp(other).is_eq()
    }
}

impl Eq for Span {}

fn class(range: TextRange) -> u32 {
    u32::BITS - u32::from(range.len()).leading_zeros()
}

/// No fragment of a class is longer.
fn longest(class: u32) -> TextSize {
    TextSize::new(1_u32.checked_shl(class).unwrap_or(0).wrapping_sub(1))
}

impl<'a> FromIterator<&'a Arc<Annotation>> for SpanIndex {
    fn from_iter<I: IntoIterator<Item = &'a Arc<Annotation>>>(tags: I) -> Self {
        let mut classes: BTreeMap<u32, Vec<Span>> = BTreeMap::new();
        for tag in tags {
            for range in tag.fragments.iter() {
                let spans = classes.entry(class(range)).or_default();
                spans.push(Span::of(range, tag));
            }
        }
        let classes = classes.into_iter();
        Self {
            classes: (classes.map(|(class, spans)| (class, spans.into_iter().collect()))).collect(),
        }
    }
}

impl SpanIndex {
    /// Adds each fragment of a tag.
    pub(super) fn insert(&mut self, tag: &Arc<Annotation>) {
        for range in tag.fragments.iter() {
            let spans = self.classes.entry(class(range)).or_default();
            spans.insert(Span::of(range, tag));
        }
    }

    /// Takes each fragment of a tag away.
    pub(super) fn remove(&mut self, tag: &Arc<Annotation>) {
        for range in tag.fragments.iter() {
            let class = class(range);
            let Some(spans) = self.classes.get_mut(&class) else {
                continue;
            };
            spans.remove(&Span::of(range, tag));
            if spans.is_empty() {
                self.classes.remove(&class);
            }
        }
    }

    /// Fragments that share a byte with `range` (bytes), with their tag, by start, end, id.
    /// An empty range finds the fragments around that place that do not merely touch it.
    pub(super) fn overlapping(
        &self,
        range: TextRange,
    ) -> impl Iterator<Item = (TextRange, &Annotation)> {
        let mut found: Vec<&Span> = Vec::new();
        for (&class, spans) in &self.classes {
            let earliest = range.start().checked_sub(longest(class));
            let earliest = earliest.unwrap_or_default();
            let near = spans
                .iter_after(|span| span.range.start() < earliest)
                .take_while(|span| span.range.start() < range.end());
            found.extend(near.filter(|span| span.range.end() > range.start()));
        }
        found.sort_unstable();
        found.into_iter().map(|span| (span.range, &*span.tag))
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;
    use crate::model::{Fragments, Origin};

    fn tag(id: &str, range: TextRange) -> Arc<Annotation> {
        let fragments = Fragments::try_from(range).unwrap();
        let by = Origin::Annotator("maria".into());
        Arc::new(Annotation::new(id, "quote", fragments, by))
    }

    #[test]
    fn tags_of_one_range_come_by_id_however_they_were_made() {
        let range = TextRange::new(1.into(), 4.into());
        let mut index = SpanIndex::default();
        for id in ["b", "c", "a"] {
            index.insert(&tag(id, range));
        }
        index.remove(&tag("c", range));
        let found: Vec<_> = index
            .overlapping(TextRange::new(0.into(), 9.into()))
            .map(|(_, tag)| tag.id.as_str())
            .collect();
        assert_eq!(found, ["a", "b"]);
    }

    proptest! {
        /// The index finds what a naive scan finds, also after removals.
        #[test]
        fn equals_the_naive_scan(
            spans in prop::collection::vec((0_u32..60, 1_u32..30), 0..40),
            removed in prop::collection::vec(any::<prop::sample::Index>(), 0..10),
            query in (0_u32..90, 0_u32..20),
        ) {
            let mut index = SpanIndex::default();
            let mut naive = Vec::new();
            for (n, &(start, len)) in spans.iter().enumerate() {
                let tag = tag(&n.to_string(), TextRange::at(start.into(), len.into()));
                index.insert(&tag);
                naive.push(tag);
            }
            for pick in removed {
                if naive.is_empty() { break; }
                index.remove(&naive.remove(pick.index(naive.len())));
            }
            let query = TextRange::at(query.0.into(), query.1.into());
            let mut found: Vec<_> = index.overlapping(query).map(|(_, tag)| tag.id.clone()).collect();
            let mut expected: Vec<_> = naive.iter()
                .filter(|tag| tag.fragments.overlaps(query))
                .map(|tag| tag.id.clone()).collect();
            found.sort();
            expected.sort();
            prop_assert_eq!(found, expected);
        }
    }
}
