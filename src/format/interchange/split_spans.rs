//! Split tags in formats that know none: a record for each fragment, each linked to the next by the
//! role [`CONTINUES`]. Our other links have an id and these have none, so a role of that name in a
//! project is not confused with it.

use std::collections::{BTreeMap, BTreeSet};

use smol_str::SmolStr;

use super::extras::{add_attribute, join_notes};
use super::record::code_point_ranges;
use super::{AttributeRecord, DocumentRecord, LinkRecord, SpanRecord};
use crate::format::free_ids::FreeIds;
use crate::format::tally::{Content, Counts};

/// The role that leads from a fragment to the next one.
pub(in crate::format) const CONTINUES: &str = "continues";

/// One fragment of a tag.
pub(in crate::format) struct SpanFragment<'a> {
    /// The tag.
    pub(in crate::format) span: &'a SpanRecord,
    /// Which of its fragments, from 0.
    pub(in crate::format) index: usize,
    /// Where it starts, in code points.
    pub(in crate::format) start: u32,
    /// Where it ends, exclusive.
    pub(in crate::format) end: u32,
}

impl DocumentRecord {
    /// All fragments in the order of the tags, those of one tag one after the other.
    pub(in crate::format) fn fragments(&self) -> Vec<SpanFragment<'_>> {
        let mut fragments = Vec::with_capacity(self.spans.len());
        for span in &self.spans {
            for (index, &[start, end]) in span.fragments.iter().enumerate() {
                fragments.push(SpanFragment {
                    span,
                    index,
                    start,
                    end,
                });
            }
        }
        fragments
    }

    /// An id for each fragment: that of the tag for its first one, and one no tag has for the others.
    pub(in crate::format) fn fragment_ids(&self, fragments: &[SpanFragment<'_>]) -> Vec<SmolStr> {
        // Also links to nowhere have their ends, which must not become a fragment's.
        let ends = self.links.iter().flat_map(|link| [&link.from, &link.to]);
        let ids = self.spans.iter().map(|span| &span.id);
        let mut taken: FreeIds = ids.chain(ends).cloned().collect();
        let ids = fragments.iter().map(|fragment| {
            let id = &fragment.span.id;
            match fragment.index {
                0 => id.clone(),
                index => taken.take(&format!("{id}.{}", index + 1)),
            }
        });
        ids.collect()
    }

    /// Puts the fragments of split tags together again. What does not make a split tag (another label,
    /// a fork, a ring, overlapping parts) stays as it is, with its links.
    /// Gives what became part of something else.
    pub(in crate::format) fn join_split_spans(&mut self) -> Counts {
        let mut merged = Counts::default();
        let index_of: BTreeMap<&str, usize> = self
            .spans
            .iter()
            .enumerate()
            .map(|(n, span)| (&*span.id, n))
            .collect();
        let mut next: BTreeMap<usize, (usize, usize)> = BTreeMap::new();
        let mut continued = BTreeSet::new();
        for (n, link) in self
            .links
            .iter()
            .enumerate()
            .filter(|(_, link)| is_continuation(link))
        {
            let ends = index_of.get(&*link.from).zip(index_of.get(&*link.to));
            let Some((&from, &to)) = ends else { continue };
            let label = |n: usize| self.spans.get(n).map(|span| &span.label);
            if from != to
                && label(from) == label(to)
                && !next.contains_key(&from)
                && continued.insert(to)
            {
                next.insert(from, (to, n));
            }
        }
        let mut joined_into: BTreeMap<SmolStr, SmolStr> = BTreeMap::new();
        let (mut removed_spans, mut removed_links) = (BTreeSet::new(), BTreeSet::new());
        for &head in next.keys().filter(|head| !continued.contains(head)) {
            let mut parts = vec![head];
            let mut links = Vec::new();
            while let Some(&(to, link)) = parts.last().and_then(|last| next.get(last)) {
                parts.push(to);
                links.push(link);
            }
            let mut fragments: Vec<[u32; 2]> = parts
                .iter()
                .filter_map(|&n| self.spans.get(n))
                .filter_map(single_fragment)
                .collect();
            fragments.sort_unstable();
            let ordered = fragments
                .iter()
                .zip(fragments.iter().skip(1))
                .all(|(a, b)| a[1] <= b[0]);
            let id = self.spans.get(head).map(|span| span.id.clone());
            let Some(id) = id.filter(|_| ordered && fragments.len() == parts.len()) else {
                continue;
            };
            for &part in parts.iter().skip(1) {
                removed_spans.insert(part);
                let Some(span) = self.spans.get_mut(part) else {
                    continue;
                };
                joined_into.insert(span.id.clone(), id.clone());
                let attributes = std::mem::take(&mut span.attributes);
                let note = std::mem::take(&mut span.note);
                merged.add(Content::Tag, 1).add(Content::Link, 1);
                // What is said about a fragment is said about the tag.
                if let Some(first) = self.spans.get_mut(head) {
                    for attribute in attributes {
                        let AttributeRecord { key, value } = attribute;
                        let added = add_attribute(&mut first.attributes, &key, value);
                        merged.add(Content::Attribute, usize::from(!added));
                    }
                    merged.add(Content::Note, join_notes(&mut first.note, &note));
                }
            }
            removed_links.extend(links);
            if let Some(span) = self.spans.get_mut(head) {
                span.fragments = code_point_ranges(fragments);
                (span.start, span.end) = (None, None);
            }
        }
        self.spans.remove_all(&removed_spans);
        self.links.remove_all(&removed_links);
        for link in &mut self.links {
            for end in [&mut link.from, &mut link.to] {
                if let Some(head) = joined_into.get(end) {
                    end.clone_from(head);
                }
            }
        }
        merged
    }
}

fn is_continuation(link: &LinkRecord) -> bool {
    link.role == CONTINUES && link.id.is_empty() && matches!(&*link.to_kind, "" | "annotation")
}

fn single_fragment(span: &SpanRecord) -> Option<[u32; 2]> {
    match &span.fragments[..] {
        [one] => Some(*one),
        [] => span.start.zip(span.end).map(|(start, end)| [start, end]),
        _ => None,
    }
}

#[cfg(test)]
mod tests {
    use smallvec::smallvec;

    use super::*;

    fn record(spans: &[(&str, &str, u32)], links: &[(&str, &str, &str)]) -> DocumentRecord {
        let span = |&(id, label, start): &(&str, &str, u32)| SpanRecord {
            id: id.into(),
            label: label.into(),
            fragments: smallvec![[start, start + 2]],
            ..SpanRecord::default()
        };
        let link = |&(from, to, role): &(&str, &str, &str)| LinkRecord {
            from: from.into(),
            to: to.into(),
            role: role.into(),
            ..LinkRecord::default()
        };
        DocumentRecord {
            spans: spans.iter().map(span).collect(),
            links: links.iter().map(link).collect(),
            ..DocumentRecord::default()
        }
    }

    fn folded(mut record: DocumentRecord) -> (Vec<String>, Vec<String>) {
        record.join_split_spans();
        let spans = record.spans.iter();
        let links = record.links.iter();
        (
            spans
                .map(|s| format!("{} {:?}", s.id, s.fragments))
                .collect(),
            links
                .map(|l| format!("{} {} {}", l.from, l.role, l.to))
                .collect(),
        )
    }

    #[test]
    fn a_chain_becomes_one_tag_and_links_to_its_parts_lead_to_it() {
        let spans = [
            ("b", "quote", 4),
            ("a", "quote", 0),
            ("c", "quote", 8),
            ("s", "speaker", 6),
        ];
        let links = [
            ("b", "c", CONTINUES),
            ("c", "s", "speaker"),
            ("a", "b", CONTINUES),
        ];
        let (spans, links) = folded(record(&spans, &links));
        assert_eq!(spans, ["a [[0, 2], [4, 6], [8, 10]]", "s [[6, 8]]"]);
        assert_eq!(links, ["a speaker s"]);
    }

    #[test]
    fn what_makes_no_split_tag_is_left_as_it_is() {
        for (spans, links) in [
            // A ring, two labels, overlapping parts, an end that is not there.
            (
                vec![("a", "q", 0), ("b", "q", 4)],
                vec![("a", "b", CONTINUES), ("b", "a", CONTINUES)],
            ),
            (
                vec![("a", "q", 0), ("b", "s", 4)],
                vec![("a", "b", CONTINUES)],
            ),
            (
                vec![("a", "q", 0), ("b", "q", 1)],
                vec![("a", "b", CONTINUES)],
            ),
            (
                vec![("a", "q", 0)],
                vec![("a", "b", CONTINUES), ("a", "a", CONTINUES)],
            ),
        ] {
            let before = record(&spans, &links);
            let (n, m) = (before.spans.len(), before.links.len());
            let (spans, links) = folded(before);
            assert_eq!((spans.len(), links.len()), (n, m), "{spans:?} {links:?}");
        }
    }

    #[test]
    fn a_role_of_that_name_with_an_id_is_a_link() {
        let mut record = record(&[("a", "q", 0), ("b", "q", 4)], &[("a", "b", CONTINUES)]);
        record.links[0].id = "l".into();
        assert_eq!(folded(record).1, ["a continues b"]);
    }
}
