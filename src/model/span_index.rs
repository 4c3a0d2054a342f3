use std::collections::BTreeMap;

use super::{AnnotationId, Fragments, OrderStatisticSet, Place};
use crate::text::{TextRange, TextSize};

/// Finds the fragments that meet a range in O(log n + found). A clone shares what is not changed since.
#[derive(Debug, Clone, Default)]
pub struct SpanIndex {
    /// Fragments by start, apart by how many binary digits their length has: in each class only those
    /// can meet a range that start within it or at most the class's length before it.
    classes: BTreeMap<u32, OrderStatisticSet<Place>>,
}

fn class(range: TextRange) -> u32 {
    u32::BITS - u32::from(range.len()).leading_zeros()
}

/// No fragment of a class is longer.
fn longest(class: u32) -> TextSize {
    TextSize::new(1_u32.checked_shl(class).unwrap_or(0).wrapping_sub(1))
}

impl<'a> FromIterator<(&'a AnnotationId, &'a Fragments)> for SpanIndex {
    fn from_iter<I: IntoIterator<Item = (&'a AnnotationId, &'a Fragments)>>(tags: I) -> Self {
        let mut classes: BTreeMap<u32, Vec<Place>> = BTreeMap::new();
        for (id, fragments) in tags {
            for range in fragments.iter() {
                let spans = classes.entry(class(range)).or_default();
                spans.push((range.start(), range.end(), id.clone()));
            }
        }
        let classes = classes.into_iter();
        Self {
            classes: (classes.map(|(class, spans)| (class, spans.into_iter().collect()))).collect(),
        }
    }
}

impl SpanIndex {
    /// Adds each fragment under `id`.
    pub(super) fn insert(&mut self, id: &AnnotationId, fragments: &Fragments) {
        for range in fragments.iter() {
            let spans = self.classes.entry(class(range)).or_default();
            spans.insert((range.start(), range.end(), id.clone()));
        }
    }

    /// Takes each fragment of `id` away.
    pub(super) fn remove(&mut self, id: &AnnotationId, fragments: &Fragments) {
        for range in fragments.iter() {
            let class = class(range);
            let Some(spans) = self.classes.get_mut(&class) else {
                continue;
            };
            spans.remove(&(range.start(), range.end(), id.clone()));
            if spans.is_empty() {
                self.classes.remove(&class);
            }
        }
    }

    /// Fragments that share a byte with `range` (bytes), with their annotation, by start, end, id.
    /// An empty range finds the fragments around that place that do not merely touch it.
    pub fn overlapping(
        &self,
        range: TextRange,
    ) -> impl Iterator<Item = (TextRange, &AnnotationId)> {
        let mut found: Vec<&Place> = Vec::new();
        for (&class, spans) in &self.classes {
            let earliest = range.start().checked_sub(longest(class));
            let from = (
                earliest.unwrap_or_default(),
                TextSize::new(0),
                AnnotationId::new(""),
            );
            let near = spans
                .iter_from(&from)
                .take_while(|span| span.0 < range.end());
            found.extend(near.filter(|span| span.1 > range.start()));
        }
        found.sort_unstable();
        found
            .into_iter()
            .map(|(start, end, id)| (TextRange::new(*start, *end), id))
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    #[test]
    fn tags_of_one_range_come_by_id_however_they_were_made() {
        let fragments = Fragments::try_from(TextRange::new(1.into(), 4.into())).unwrap();
        let mut index = SpanIndex::default();
        for id in ["b", "c", "a"] {
            index.insert(&id.into(), &fragments);
        }
        index.remove(&"c".into(), &fragments);
        let found: Vec<_> = index
            .overlapping(TextRange::new(0.into(), 9.into()))
            .map(|(_, id)| id.as_str())
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
                let id = AnnotationId::new(n.to_string());
                let fragments = Fragments::try_from(TextRange::at(start.into(), len.into())).unwrap();
                index.insert(&id, &fragments);
                naive.push((fragments, id));
            }
            for pick in removed {
                if naive.is_empty() { break; }
                let (fragments, id) = naive.remove(pick.index(naive.len()));
                index.remove(&id, &fragments);
            }
            let query = TextRange::at(query.0.into(), query.1.into());
            let mut found: Vec<_> = index.overlapping(query).map(|(_, id)| id.clone()).collect();
            let mut expected: Vec<_> = naive.iter()
                .filter(|(f, _)| f.overlaps(query))
                .map(|(_, id)| id.clone()).collect();
            found.sort();
            expected.sort();
            prop_assert_eq!(found, expected);
        }
    }
}
