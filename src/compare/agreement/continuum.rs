//! A text as a line of tokens on which each person marks units.

use std::collections::{BTreeMap, BTreeSet};

use smol_str::SmolStr;

use super::placed_tag::{PersonTags, PlacedTag};
use super::runs::Run;

/// What a token may be: the labels of the tags that cover it, in order; none for the gap between units.
pub(super) type Value = Vec<SmolStr>;

/// A unit: tokens from start to before end with one value that is not the gap.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Unit {
    pub(super) start: u32,
    pub(super) end: u32,
    pub(super) value: Value,
}

/// The units of one person on one text, in order, none overlapping another. Two of the same value may
/// touch.
pub(super) type Units = Vec<Unit>;

/// The token runs of the tags of a label. Runs of one tag that touch or overlap are one; runs of different
/// tags are one if they share a token, and stay two if they only touch.
fn runs(tags: &[PlacedTag<'_>]) -> Vec<Run> {
    let mut runs: Vec<Run> = tags.iter().flat_map(|tag| tag.tokens.iter()).collect();
    runs.sort_unstable();
    runs.dedup_by(|next, last| {
        let shares = next.0 < last.1;
        if shares {
            last.1 = last.1.max(next.1);
        }
        shares
    });
    runs
}

/// The units of one label.
pub(super) fn units_of(tags: &[PlacedTag<'_>], label: &SmolStr) -> Units {
    let unit = |(start, end)| Unit {
        start,
        end,
        value: vec![label.clone()],
    };
    runs(tags).into_iter().map(unit).collect()
}

/// The units of all labels together: cut at every edge of a unit of a label; the value of each piece is the
/// set of labels there.
pub(super) fn units_of_all(tags: &PersonTags<'_>) -> Units {
    let mut starts: BTreeMap<u32, Vec<&SmolStr>> = BTreeMap::new();
    let mut ends: BTreeMap<u32, Vec<&SmolStr>> = BTreeMap::new();
    for (label, tags) in tags {
        for (start, end) in runs(tags) {
            starts.entry(start).or_default().push(label);
            ends.entry(end).or_default().push(label);
        }
    }
    let edges: BTreeSet<u32> = starts.keys().chain(ends.keys()).copied().collect();
    let edges: Vec<u32> = edges.into_iter().collect();
    let mut here: BTreeSet<&SmolStr> = BTreeSet::new();
    let mut units = Units::new();
    for [start, end] in edges.array_windows() {
        for label in ends.get(start).into_iter().flatten() {
            here.remove(label);
        }
        here.extend(starts.get(start).into_iter().flatten());
        if !here.is_empty() {
            units.push(Unit {
                start: *start,
                end: *end,
                value: here.iter().map(|label| (*label).clone()).collect(),
            });
        }
    }
    units
}

/// Cuts a text of so many tokens where a unit of anyone starts or ends, and tells the length of each piece
/// and what everyone says about it; `None` is the gap. O(units · people).
pub(super) fn for_each_piece<'u>(
    people: &[&'u Units],
    tokens: u32,
    mut take: impl FnMut(u32, &[Option<&'u Value>]),
) {
    let mut rest: Vec<&[Unit]> = people.iter().map(|units| units.as_slice()).collect();
    let mut said: Vec<Option<&Value>> = vec![None; people.len()];
    let mut at = 0;
    while at < tokens {
        let mut until = tokens;
        for (units, said) in rest.iter_mut().zip(&mut said) {
            while let Some((first, others)) = units.split_first()
                && first.end <= at
            {
                *units = others;
            }
            *said = None;
            if let Some(first) = units.first() {
                if first.start <= at {
                    *said = Some(&first.value);
                    until = until.min(first.end);
                } else {
                    until = until.min(first.start);
                }
            }
        }
        take(until - at, &said);
        at = until;
    }
}
