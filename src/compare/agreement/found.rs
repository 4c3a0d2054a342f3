//! How many tags of one person another one has, too.

use std::collections::{BTreeMap, BTreeSet};
use std::ops::AddAssign;

use smol_str::SmolStr;

use super::overlap_matches::overlap_matches;
use super::placed_tag::{Place, PlacedTag};
use super::runs::Runs;
use crate::compare::matching::match_equal;
use crate::compare::{Counts, Share};
use crate::text::{TextRange, overlap};

/// The tags of a label of two people, one taken for gold. Sums over articles and pairs are micro averages.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub(super) struct FoundCounts {
    /// The same fragments, blanks at their edges aside.
    pub(super) exact: Counts,
    /// The same without quotation marks and punctuation at the edges.
    pub(super) edge: Counts,
    /// At least half of the words are shared, one to one.
    pub(super) overlap: Counts,
    /// Words covered by tags of the label.
    pub(super) token: Counts,
    /// Of the matches by overlap, those with the same fragments.
    pub(super) same_fragments: Share,
    /// Of the matches by overlap, those that start together.
    pub(super) same_start: Share,
    /// Of the matches by overlap, those that end together.
    pub(super) same_end: Share,
    /// Of the matches by overlap whose gold one has a speaker, those with one of its speakers.
    pub(super) speaker: Share,
    /// Tags that match by overlap and have the right speaker; predicted and gold are those with one.
    pub(super) with_speaker: Counts,
    /// By attribute: how often two values meet in matches by overlap where either is set. `None` is unset.
    pub(super) values: BTreeMap<SmolStr, ValuePairs>,
}

/// Two values of an attribute, of gold and predicted, and how often they meet.
pub(super) type ValuePairs = BTreeMap<(Option<SmolStr>, Option<SmolStr>), usize>;

impl AddAssign<&Self> for FoundCounts {
    fn add_assign(&mut self, more: &Self) {
        self.exact += more.exact;
        self.edge += more.edge;
        self.overlap += more.overlap;
        self.token += more.token;
        self.same_fragments += more.same_fragments;
        self.same_start += more.same_start;
        self.same_end += more.same_end;
        self.speaker += more.speaker;
        self.with_speaker += more.with_speaker;
        for (attribute, pairs) in &more.values {
            let sums = self.values.entry(attribute.clone()).or_default();
            for (pair, count) in pairs {
                *sums.entry(pair.clone()).or_default() += count;
            }
        }
    }
}

/// Compares the tags of a label of two people on one text. Both lists are in the order of the text.
pub(super) fn found(gold: &[&PlacedTag<'_>], predicted: &[&PlacedTag<'_>]) -> FoundCounts {
    let counts = |matched| Counts {
        matched,
        predicted: predicted.len(),
        gold: gold.len(),
    };
    let equal = |places: fn(&PlacedTag<'_>) -> Vec<Place>| {
        let of = |tags: &[&PlacedTag<'_>]| tags.iter().map(|tag| places(tag)).collect::<Vec<_>>();
        counts(match_equal(&of(gold), &of(predicted)).len())
    };
    let all_words =
        |tags: &[&PlacedTag<'_>]| Runs::new(tags.iter().flat_map(|tag| tag.words.iter()));
    let (of_gold, of_predicted) = (all_words(gold), all_words(predicted));
    let number = |count: u32| usize::try_from(count).unwrap_or(usize::MAX);
    let matches = overlap_matches(gold, predicted);
    let mut counted = FoundCounts {
        exact: equal(|tag| tag.exact.clone()),
        edge: equal(|tag| tag.edge.clone()),
        overlap: counts(matches.len()),
        token: Counts {
            matched: number(of_gold.shared(&of_predicted)),
            predicted: number(of_predicted.len()),
            gold: number(of_gold.len()),
        },
        ..FoundCounts::default()
    };
    // Also those of tags that match none: then there is a reason why there is no figure.
    for attribute in gold
        .iter()
        .chain(predicted)
        .flat_map(|tag| &tag.tag.attributes)
    {
        if !counted.values.contains_key(&attribute.name) {
            counted
                .values
                .insert(attribute.name.clone(), ValuePairs::new());
        }
    }
    for (one, other) in matches {
        if let (Some(one), Some(other)) = (gold.get(one), predicted.get(other)) {
            counted.add_match(one, other);
        }
    }
    let with_speaker = |tags: &[&PlacedTag<'_>]| {
        let with = tags.iter().filter(|tag| !tag.tag.speakers.is_empty());
        with.count()
    };
    counted.with_speaker = Counts {
        matched: counted.speaker.right,
        predicted: with_speaker(predicted),
        gold: with_speaker(gold),
    };
    counted
}

impl FoundCounts {
    fn add_match(&mut self, gold: &PlacedTag<'_>, predicted: &PlacedTag<'_>) {
        let start = |tag: &PlacedTag<'_>| tag.exact.first().map(|place| place.0);
        let end = |tag: &PlacedTag<'_>| tag.exact.last().map(|place| place.1);
        self.same_fragments.count(gold.exact == predicted.exact);
        self.same_start.count(start(gold) == start(predicted));
        self.same_end.count(end(gold) == end(predicted));
        if !gold.tag.speakers.is_empty() {
            let right = any_overlap(&gold.tag.speakers, &predicted.tag.speakers);
            self.speaker.count(right);
        }
        let both = gold.tag.attributes.iter().chain(&predicted.tag.attributes);
        let names: BTreeSet<&SmolStr> = both.map(|attribute| &attribute.name).collect();
        for name in names {
            let values = (
                gold.tag.value(name).cloned(),
                predicted.tag.value(name).cloned(),
            );
            if values != (None, None) {
                let pairs = self.values.entry(name.clone()).or_default();
                *pairs.entry(values).or_default() += 1;
            }
        }
    }
}

/// Whether ranges of two lists share text.
fn any_overlap(some: &[TextRange], others: &[TextRange]) -> bool {
    let meets = |one: &TextRange| others.iter().any(|other| overlap(*one, *other));
    some.iter().any(meets)
}

/// Of the tags of a label of two people, those with a value of an attribute: of gold the tags that have it;
/// of the others those that share words with one of these, or have the value and share words with none of
/// the other gold ones.
pub(super) fn with_value<'t, 'a>(
    gold: &[&'t PlacedTag<'a>],
    predicted: &[&'t PlacedTag<'a>],
    attribute: &str,
    value: &str,
) -> (Vec<&'t PlacedTag<'a>>, Vec<&'t PlacedTag<'a>>) {
    let has = |tag: &PlacedTag<'_>| tag.tag.value(attribute).is_some_and(|own| own == value);
    let (with, without): (Vec<_>, Vec<_>) = gold.iter().copied().partition(|tag| has(tag));
    let words = |tags: &[&PlacedTag<'_>]| Runs::new(tags.iter().flat_map(|tag| tag.words.iter()));
    let (mine, others) = (words(&with), words(&without));
    let counts = |tag: &&PlacedTag<'_>| {
        tag.words.shared(&mine) > 0 || has(tag) && tag.words.shared(&others) == 0
    };
    let predicted = predicted.iter().copied().filter(counts).collect();
    (with, predicted)
}
