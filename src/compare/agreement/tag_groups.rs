//! Tags of several people that are one tag, or compete for one place.

use std::collections::{BTreeMap, BTreeSet};

use smol_str::SmolStr;

use super::overlap_matches::overlap_matches;
use super::placed_tag::{PlacedTag, person_tags};
use super::tokens::Tokens;
use crate::compare::ScoredTag;
use crate::model::AnnotationId;
use crate::text::SourceText;

/// A tag and whose it is, by the place of that person's tags in the list.
pub type OwnedTag = (usize, AnnotationId);

/// Puts the tags of several people on one text into groups of one tag a person at most, in the order of the
/// text. Each person's tags join those of the people before: first under the same label, then under any,
/// one to one where at least half of the words are shared, those first that share most. A speaker or cue
/// that someone has twice in one place is there once.
#[must_use]
pub fn tag_groups(source: &SourceText, people: &[Vec<ScoredTag>]) -> Vec<Vec<OwnedTag>> {
    let tokens = Tokens::new(source);
    let mut groups: Vec<Group<'_>> = Vec::new();
    let by_label: Vec<_> = people
        .iter()
        .map(|tags| person_tags(source, &tokens, tags))
        .collect();
    for (person, tags) in by_label.iter().enumerate() {
        let mut of_label: BTreeMap<&SmolStr, Vec<usize>> = BTreeMap::new();
        for (place, group) in groups.iter().enumerate() {
            let label = group.first().map(|(_, tag)| &tag.tag.label);
            if let Some(label) = label {
                of_label.entry(label).or_default().push(place);
            }
        }
        let mut left = Vec::new();
        for (label, tags) in tags {
            let places = of_label.get(label).map_or(&[][..], Vec::as_slice);
            let tags: Vec<&PlacedTag<'_>> = tags.iter().collect();
            left.extend(join(&mut groups, places, person, &tags));
        }
        let open = |(place, group): (usize, &Group<'_>)| {
            let joined = group.iter().any(|(of, _)| *of == person);
            (!joined).then_some(place)
        };
        let open: Vec<usize> = groups.iter().enumerate().filter_map(open).collect();
        left.sort_by_key(|tag| tag.hull());
        for tag in join(&mut groups, &open, person, &left) {
            groups.push(vec![(person, tag)]);
        }
        groups.sort_by_key(|group| group.first().map(|(_, tag)| tag.hull()));
    }
    let ids = |group: Group<'_>| {
        let ids = group.into_iter();
        ids.map(|(person, tag)| (person, tag.tag.id.clone()))
            .collect()
    };
    groups.into_iter().map(ids).collect()
}

type Group<'t> = Vec<(usize, &'t PlacedTag<'t>)>;

/// Adds the tags of a person to those of the groups at these places that they match; returns the others.
fn join<'t>(
    groups: &mut [Group<'t>],
    places: &[usize],
    person: usize,
    tags: &[&'t PlacedTag<'t>],
) -> Vec<&'t PlacedTag<'t>> {
    let first = |place: &usize| Some((*place, groups.get(*place)?.first()?.1));
    let (places, firsts): (Vec<usize>, Vec<&PlacedTag<'_>>) =
        places.iter().filter_map(first).unzip();
    let matches = overlap_matches(&firsts, tags);
    let mut joined = BTreeSet::new();
    for (group, tag) in matches {
        let group = places.get(group).and_then(|place| groups.get_mut(*place));
        if let (Some(group), Some(found)) = (group, tags.get(tag)) {
            group.push((person, *found));
            joined.insert(tag);
        }
    }
    let tags = tags.iter().enumerate();
    tags.filter(|(place, _)| !joined.contains(place))
        .map(|(_, tag)| *tag)
        .collect()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::text::TextRange;

    fn tag(id: &str, label: &str, range: std::ops::Range<u32>) -> ScoredTag {
        ScoredTag {
            id: id.into(),
            label: label.into(),
            fragments: [TextRange::new(range.start.into(), range.end.into())].into(),
            attributes: thin_vec::ThinVec::new(),
            speakers: Vec::new(),
        }
    }

    #[test]
    fn tags_join_by_overlap_under_one_label_first() {
        let source = SourceText::new("one two three four five six seven", "UTF-8").unwrap();
        let ann = vec![tag("q", "quote", 0..13), tag("c", "claim", 24..33)];
        let ben = vec![
            tag("r", "quote", 4..18),
            tag("d", "claim", 0..13),
            tag("s", "quote", 24..33),
        ];
        let cleo = vec![tag("t", "claim", 0..13), tag("u", "speaker", 14..18)];
        let found = tag_groups(&source, &[ann, ben, cleo]);
        let words: Vec<String> = found
            .iter()
            .map(|group| group.iter().map(|(of, id)| format!("{of}{id}")).collect())
            .collect();
        assert_eq!(words, ["0q1r", "1d2t", "2u", "0c1s"]);
    }
}
