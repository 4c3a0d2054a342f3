use std::collections::{BTreeMap, BTreeSet};

use smol_str::SmolStr;

use super::runs::Runs;
use super::tokens::Tokens;
use crate::compare::ScoredTag;
use crate::compare::shared_labels::SHARED_LABELS;
use crate::compare::trim::{is_blank, is_edge, trimmed};
use crate::text::{SourceText, TextRange};

/// A place as start and end in bytes, end-exclusive, which has an order.
pub(super) type Place = (u32, u32);

/// A tag with all it is compared by.
pub(super) struct PlacedTag<'a> {
    pub(super) tag: &'a ScoredTag,
    /// The tokens it touches; runs that touch are one.
    pub(super) tokens: Runs,
    /// Its words, or where it has none, its marks ([`Tokens::match_set`]).
    pub(super) words: Runs,
    /// Its fragments without blanks at the edges.
    pub(super) exact: Vec<Place>,
    /// Its fragments also without quotation marks and punctuation; where nothing would be left, as they are
    /// in `exact`.
    pub(super) edge: Vec<Place>,
}

/// The tags of one person by label, each label in the order of the text: first start, last end.
pub(super) type PersonTags<'a> = BTreeMap<SmolStr, Vec<PlacedTag<'a>>>;

/// What one person tagged. Speakers and cues with the same fragments count once.
pub(super) fn person_tags<'a>(
    source: &SourceText,
    tokens: &Tokens,
    tags: &'a [ScoredTag],
) -> PersonTags<'a> {
    let mut by_label = PersonTags::new();
    let mut known = BTreeSet::new();
    for tag in tags {
        let shared = SHARED_LABELS.contains(&tag.label.as_str());
        let fragments = tag.fragments.iter().copied();
        if shared && !known.insert((tag.label.clone(), fragments.map(place).collect::<Vec<_>>())) {
            continue;
        }
        let placed = PlacedTag::new(source, tokens, tag);
        by_label.entry(tag.label.clone()).or_default().push(placed);
    }
    for tags in by_label.values_mut() {
        tags.sort_by_key(PlacedTag::hull);
    }
    by_label
}

fn place(range: TextRange) -> Place {
    (range.start().into(), range.end().into())
}

impl<'a> PlacedTag<'a> {
    fn new(source: &SourceText, tokens: &Tokens, tag: &'a ScoredTag) -> Self {
        let covered = tag.fragments.iter().map(|range| tokens.touched(*range));
        let covered = Runs::new(covered);
        let places = |dropped| -> Vec<Place> {
            let left = trimmed(source, &tag.fragments, dropped);
            left.into_iter().map(place).collect()
        };
        let exact = places(is_blank);
        let edge = places(is_edge);
        Self {
            tag,
            words: tokens.match_set(&covered),
            tokens: covered,
            edge: if edge.is_empty() { exact.clone() } else { edge },
            exact,
        }
    }

    /// From the first start to the last end, in bytes.
    pub(super) fn hull(&self) -> Place {
        let start = self.tag.fragments.first().map(|range| range.start().into());
        let end = self.tag.fragments.last().map(|range| range.end().into());
        (start.unwrap_or_default(), end.unwrap_or_default())
    }
}
