use std::collections::BTreeSet;

use iset::IntervalMap;

use super::{AnnotationId, Fragments};
use crate::text::{TextRange, TextSize};

/// Finds the fragments that meet a range in O(log n + found): an augmented interval tree.
#[derive(Debug, Clone, Default)]
pub struct SpanIndex {
    /// Each range once, so that tags of one range come by id, not by when they were made.
    spans: IntervalMap<TextSize, BTreeSet<AnnotationId>>,
}

impl SpanIndex {
    /// Adds each fragment under `id`.
    pub(super) fn insert(&mut self, id: &AnnotationId, fragments: &Fragments) {
        for range in fragments.iter() {
            self.spans
                .entry(range.start()..range.end())
                .or_default()
                .insert(id.clone());
        }
    }

    /// Takes each fragment of `id` away.
    pub(super) fn remove(&mut self, id: &AnnotationId, fragments: &Fragments) {
        for range in fragments.iter() {
            let range = range.start()..range.end();
            let Some(ids) = self.spans.get_mut(range.clone()) else {
                continue;
            };
            ids.remove(id);
            if ids.is_empty() {
                self.spans.remove(range);
            }
        }
    }

    /// Fragments that share a byte with `range` (bytes), with their annotation, by start, end, id.
    /// An empty range finds the fragments around that place that do not merely touch it.
    pub fn overlapping(
        &self,
        range: TextRange,
    ) -> impl Iterator<Item = (TextRange, &AnnotationId)> {
        // An empty query interval is not allowed; widen it and filter.
        let query = range.start()..range.end().max(range.start() + TextSize::new(1));
        self.spans
            .iter(query)
            .map(|(span, ids)| (TextRange::new(span.start, span.end), ids))
            .filter(move |(span, _)| !range.is_empty() || span.start() < range.start())
            .flat_map(|(span, ids)| ids.iter().map(move |id| (span, id)))
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
