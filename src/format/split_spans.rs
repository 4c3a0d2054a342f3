//! Split tags in formats that know none: a record for each fragment, each linked to the next by the
//! role [`CONTINUES`]. Links of our own have an id, these have none, so that a role of that name in a
//! project is not taken for it.

use std::collections::{BTreeMap, BTreeSet};

use super::jsonl::{LinkRow, Row, Span};

/// The role that leads from a fragment to the next one.
pub(super) const CONTINUES: &str = "continues";

/// One fragment of a tag.
pub(super) struct Piece<'a> {
    /// The tag.
    pub(super) span: &'a Span,
    /// Which of its fragments, from 0.
    pub(super) part: usize,
    /// Where it starts, in code points.
    pub(super) start: u32,
    /// Where it ends, exclusive.
    pub(super) end: u32,
}

/// All fragments in the order of the tags, those of one tag one after the other.
pub(super) fn pieces(row: &Row) -> Vec<Piece<'_>> {
    let mut pieces = Vec::with_capacity(row.spans.len());
    for span in &row.spans {
        for (part, &[start, end]) in span.fragments.iter().enumerate() {
            pieces.push(Piece {
                span,
                part,
                start,
                end,
            });
        }
    }
    pieces
}

/// An id for each piece: that of the tag for its first one, and one no tag has for the others.
pub(super) fn piece_ids(row: &Row, pieces: &[Piece<'_>]) -> Vec<String> {
    // Also links to nowhere have their ends, which shall not become a piece's.
    let ends = row.links.iter().flat_map(|link| [&link.from, &link.to]);
    let ids = row.spans.iter().map(|span| &span.id);
    let mut taken: BTreeSet<String> = ids.chain(ends).cloned().collect();
    let ids = pieces.iter().map(|piece| {
        let mut id = piece.span.id.clone();
        if piece.part > 0 {
            id.push_str(&format!(".{}", piece.part + 1));
            while !taken.insert(id.clone()) {
                id.push('+');
            }
        }
        id
    });
    ids.collect()
}

/// Puts the fragments of split tags together again. What does not make a split tag (another label,
/// a fork, a ring, overlapping parts) stays as it is, with its links.
pub(super) fn fold(row: &mut Row) {
    let place: BTreeMap<&str, usize> = row
        .spans
        .iter()
        .enumerate()
        .map(|(n, span)| (&*span.id, n))
        .collect();
    let mut next: BTreeMap<usize, (usize, usize)> = BTreeMap::new();
    let mut continued = BTreeSet::new();
    for (n, link) in row
        .links
        .iter()
        .enumerate()
        .filter(|(_, link)| chains(link))
    {
        let ends = place.get(&*link.from).zip(place.get(&*link.to));
        let Some((&from, &to)) = ends else { continue };
        let label = |n: usize| row.spans.get(n).map(|span| &span.label);
        if from != to
            && label(from) == label(to)
            && !next.contains_key(&from)
            && continued.insert(to)
        {
            next.insert(from, (to, n));
        }
    }
    let mut head_of: BTreeMap<String, String> = BTreeMap::new();
    let mut gone = (BTreeSet::new(), BTreeSet::new());
    for &head in next.keys().filter(|head| !continued.contains(head)) {
        let mut parts = vec![head];
        let mut links = Vec::new();
        while let Some(&(to, link)) = parts.last().and_then(|last| next.get(last)) {
            parts.push(to);
            links.push(link);
        }
        let mut fragments: Vec<[u32; 2]> = parts
            .iter()
            .filter_map(|&n| row.spans.get(n))
            .filter_map(place_of)
            .collect();
        fragments.sort_unstable();
        let ordered = fragments
            .iter()
            .zip(fragments.iter().skip(1))
            .all(|(a, b)| a[1] <= b[0]);
        let id = row.spans.get(head).map(|span| span.id.clone());
        let Some(id) = id.filter(|_| ordered && fragments.len() == parts.len()) else {
            continue;
        };
        for &part in parts.iter().skip(1) {
            gone.0.insert(part);
            if let Some(span) = row.spans.get(part) {
                head_of.insert(span.id.clone(), id.clone());
            }
        }
        gone.1.extend(links);
        if let Some(span) = row.spans.get_mut(head) {
            span.fragments = fragments;
            (span.start, span.end) = (None, None);
        }
    }
    keep_but(&mut row.spans, &gone.0);
    keep_but(&mut row.links, &gone.1);
    for link in &mut row.links {
        for end in [&mut link.from, &mut link.to] {
            if let Some(head) = head_of.get(end) {
                end.clone_from(head);
            }
        }
    }
}

fn chains(link: &LinkRow) -> bool {
    link.role == CONTINUES && link.id.is_empty() && matches!(&*link.to_kind, "" | "annotation")
}

fn place_of(span: &Span) -> Option<[u32; 2]> {
    match &span.fragments[..] {
        [one] => Some(*one),
        [] => span.start.zip(span.end).map(|(start, end)| [start, end]),
        _ => None,
    }
}

fn keep_but<T>(list: &mut Vec<T>, gone: &BTreeSet<usize>) {
    let mut n = 0;
    list.retain(|_| {
        n += 1;
        !gone.contains(&(n - 1))
    });
}

#[cfg(test)]
mod tests {
    use super::*;

    fn row(spans: &[(&str, &str, u32)], links: &[(&str, &str, &str)]) -> Row {
        let span = |&(id, label, start): &(&str, &str, u32)| Span {
            id: id.to_owned(),
            label: label.to_owned(),
            fragments: vec![[start, start + 2]],
            ..Span::default()
        };
        let link = |&(from, to, role): &(&str, &str, &str)| LinkRow {
            from: from.to_owned(),
            to: to.to_owned(),
            role: role.to_owned(),
            ..LinkRow::default()
        };
        Row {
            spans: spans.iter().map(span).collect(),
            links: links.iter().map(link).collect(),
            ..Row::default()
        }
    }

    fn folded(mut row: Row) -> (Vec<String>, Vec<String>) {
        fold(&mut row);
        let spans = row.spans.iter();
        let links = row.links.iter();
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
        let (spans, links) = folded(row(&spans, &links));
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
            let before = row(&spans, &links);
            let (n, m) = (before.spans.len(), before.links.len());
            let (spans, links) = folded(before);
            assert_eq!((spans.len(), links.len()), (n, m), "{spans:?} {links:?}");
        }
    }

    #[test]
    fn a_role_of_that_name_with_an_id_is_a_link() {
        let mut row = row(&[("a", "q", 0), ("b", "q", 4)], &[("a", "b", CONTINUES)]);
        row.links[0].id = "l".to_owned();
        assert_eq!(folded(row).1, ["a continues b"]);
    }
}
