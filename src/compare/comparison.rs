//! The work of several annotators on one article, side by side.

use std::collections::{BTreeMap, BTreeSet};

use smol_str::SmolStr;

use super::agreement::tag_groups;
use super::speaker_of::SpeakerOf;
use super::trim::{is_blank, trimmed};
use super::{ScoredTag, Side, scored_tags};
use crate::model::{Annotation, AnnotationId, AnnotationSet, Document, ReviewKey, TagPart, Target};
use crate::text::TextRange;
use crate::text::wording::shown_annotator;

/// Names a version of a tag: [`record_hash`](crate::format::sidecar::record_hash).
pub type RecordHash = fn(&Document, &Annotation) -> SmolStr;

/// Values, each with the places of the annotators who give it.
pub type GivenValues = Vec<(SmolStr, Vec<usize>)>;

/// The work of several annotators on one article: which of their tags belong together, and where they differ.
#[derive(Debug, Clone, Default)]
pub struct Comparison {
    annotators: Vec<(SmolStr, Document)>,
    groups: Vec<TagGroup>,
    group_of: BTreeMap<ReviewKey, usize>,
}

/// Tags of several annotators that are one, or compete for one place.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct TagGroup {
    /// One tag an annotator at most, in their order; none where all were deleted after a decision.
    pub members: Vec<GroupMember>,
    /// The decision on tags that were all deleted since.
    pub deleted: Option<ReviewKey>,
    /// In which parts they differ, in the order of [`TagPart::ALL`].
    pub differing: Vec<TagPart>,
    /// From the first start to the last end, in bytes.
    pub hull: TextRange,
    /// The groups whose tags lead to one of these.
    pub linked_from: Vec<usize>,
    /// The groups that one of these leads to.
    pub links_to: Vec<usize>,
}

/// A tag of a group.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct GroupMember {
    /// The place of the annotator in [`Comparison::annotators`].
    pub annotator: usize,
    /// The tag.
    pub key: ReviewKey,
    /// Its version.
    pub record: SmolStr,
}

/// How the tags of a group differ.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum DifferenceKind {
    /// Not everybody has such a tag.
    Missing,
    /// The label alone.
    Label,
    /// The attributes alone.
    Attributes,
    /// The speaker alone.
    Speaker,
    /// The edges alone.
    Boundary,
    /// Several parts.
    Several,
    /// Nobody has it any more, and a curated tag came of it.
    Deleted,
    /// All agree, and not on what was decided.
    Agreed,
}

impl DifferenceKind {
    /// All of them, in the order of lists.
    pub const ALL: [Self; 8] = [
        Self::Missing,
        Self::Label,
        Self::Attributes,
        Self::Speaker,
        Self::Boundary,
        Self::Several,
        Self::Deleted,
        Self::Agreed,
    ];

    /// The word in machine-readable output.
    #[must_use]
    pub fn name(self) -> &'static str {
        match self {
            Self::Missing => "missing",
            Self::Label => "label",
            Self::Attributes => "attributes",
            Self::Speaker => "speaker",
            Self::Boundary => "boundary",
            Self::Several => "several",
            Self::Deleted => "deleted",
            Self::Agreed => "agreed",
        }
    }

    /// The words on screen.
    #[must_use]
    pub fn words(self) -> &'static str {
        match self {
            Self::Missing => "Not tagged by everybody",
            Self::Label => "Label",
            Self::Attributes => "Attributes",
            Self::Speaker => "Speaker",
            Self::Boundary => "Boundary",
            Self::Several => "Several things",
            Self::Deleted => "Deleted since",
            Self::Agreed => "Changed since, all agree",
        }
    }
}

impl Comparison {
    /// Compares the tags of annotators (name, empty for the unnamed one, and document) of one article.
    /// Rejected tags and open suggestions are left out, and speakers that nobody has confirmed.
    #[must_use]
    pub fn new(annotators: Vec<(SmolStr, Document)>, hash: RecordHash) -> Self {
        let Some((_, first)) = annotators.first() else {
            return Self::default();
        };
        let source = first.source().clone();
        let tags: Vec<Vec<ScoredTag>> = annotators
            .iter()
            .map(|(_, document)| scored_tags(document, Side::Gold))
            .collect();
        let mut comparison = Self {
            groups: Vec::new(),
            group_of: BTreeMap::new(),
            annotators,
        };
        let groups = tag_groups(&source, &tags).into_iter();
        let mut groups: Vec<TagGroup> = groups
            .map(|members| comparison.group(members, hash))
            .collect();
        groups.sort_by_key(|group| (group.hull.start(), group.hull.end()));
        for (at, group) in groups.iter().enumerate() {
            let keys = group.members.iter().map(|member| (member.key.clone(), at));
            comparison.group_of.extend(keys);
        }
        comparison.groups = groups;
        comparison.add_twins(&tags);
        comparison.note_links();
        comparison
    }

    /// Adds the decisions of a curated sidecar whose tags were all deleted since.
    #[must_use]
    pub fn with_deleted(mut self, curated: &AnnotationSet) -> Self {
        for decision in curated.decisions() {
            let mut judged = decision.judged();
            if judged.any(|(key, _)| self.group_of.contains_key(key)) {
                continue;
            }
            let tag = decision.curated.as_ref();
            let tag = tag.and_then(|id| curated.annotation(id));
            // What never was a tag is nothing to look at.
            if let Some(tag) = tag {
                let group = TagGroup {
                    deleted: Some(decision.key.clone()),
                    hull: tag.fragments.hull(),
                    ..TagGroup::default()
                };
                let keys = decision.judged().map(|(key, _)| key.clone());
                let at = self.groups.len();
                self.group_of.extend(keys.map(|key| (key, at)));
                self.groups.push(group);
            }
        }
        self
    }

    /// Who is compared: names (empty: unnamed) and documents.
    #[must_use]
    pub fn annotators(&self) -> &[(SmolStr, Document)] {
        &self.annotators
    }

    /// The name of an annotator as it is shown.
    #[must_use]
    pub fn name(&self, annotator: usize) -> &str {
        let found = self.annotators.get(annotator);
        shown_annotator(found.map_or("", |(name, _)| name))
    }

    /// All groups, those with tags in the order of the text.
    #[must_use]
    pub fn groups(&self) -> &[TagGroup] {
        &self.groups
    }

    /// The group of a tag.
    #[must_use]
    pub fn group_of(&self, tag: &ReviewKey) -> Option<usize> {
        self.group_of.get(tag).copied()
    }

    /// A tag of a group and the document it is of.
    #[must_use]
    pub fn tag(&self, member: &GroupMember) -> Option<(&Document, &Annotation)> {
        let (_, document) = self.annotators.get(member.annotator)?;
        Some((document, document.set().annotation(&member.key.tag)?))
    }

    /// The tag of a group that an annotator has.
    #[must_use]
    pub fn member(&self, group: usize, annotator: usize) -> Option<&GroupMember> {
        let mut members = self.groups.get(group)?.members.iter();
        members.find(|member| member.annotator == annotator)
    }

    /// How the tags of a group differ.
    #[must_use]
    pub fn kind(&self, group: &TagGroup) -> DifferenceKind {
        if group.deleted.is_some() {
            return DifferenceKind::Deleted;
        }
        if group.members.len() < self.annotators.len() {
            return DifferenceKind::Missing;
        }
        match group.differing.as_slice() {
            [] => DifferenceKind::Agreed,
            [TagPart::Label] => DifferenceKind::Label,
            [TagPart::Attributes] => DifferenceKind::Attributes,
            [TagPart::Speaker] => DifferenceKind::Speaker,
            [TagPart::Boundary] => DifferenceKind::Boundary,
            _ => DifferenceKind::Several,
        }
    }

    /// Whether everybody has it, all alike.
    #[must_use]
    pub fn all_agree(&self, group: &TagGroup) -> bool {
        self.kind(group) == DifferenceKind::Agreed
    }

    /// The attributes in which the tags of a group differ, each with its values and who gives them, in the
    /// order of [`Self::annotators`]; an empty value: none.
    #[must_use]
    pub fn differing_attributes(&self, group: &TagGroup) -> Vec<(SmolStr, GivenValues)> {
        let members = group.members.iter();
        let tags: Vec<(usize, &Annotation)> = members
            .filter_map(|member| Some((member.annotator, self.tag(member)?.1)))
            .collect();
        let names = tags.iter().flat_map(|(_, tag)| &tag.attributes);
        let names: BTreeSet<&SmolStr> = names.map(|one| &one.name).collect();
        let values = |name: &SmolStr| {
            let mut given = GivenValues::new();
            for (annotator, tag) in &tags {
                let value = tag.attribute(name).cloned().unwrap_or_default();
                match given.iter_mut().find(|(known, _)| *known == value) {
                    Some((_, by)) => by.push(*annotator),
                    None => given.push((value, vec![*annotator])),
                }
            }
            given
        };
        let all = names.into_iter().map(|name| (name.clone(), values(name)));
        all.filter(|(_, given)| given.len() > 1).collect()
    }

    fn group(&self, members: Vec<(usize, AnnotationId)>, hash: RecordHash) -> TagGroup {
        let mut group = TagGroup::default();
        let mut hull: Option<TextRange> = None;
        let mut first: Option<(&Document, &Annotation)> = None;
        for (annotator, id) in members {
            let Some((name, document)) = self.annotators.get(annotator) else {
                continue;
            };
            let Some(tag) = document.set().annotation(&id) else {
                continue;
            };
            let here = tag.fragments.hull();
            hull = Some(hull.map_or(here, |hull| hull.cover(here)));
            match first {
                None => first = Some((document, tag)),
                Some(first) => {
                    for part in TagPart::ALL {
                        if !group.differing.contains(&part) && differs(part, first, (document, tag))
                        {
                            group.differing.push(part);
                        }
                    }
                }
            }
            let of = name.clone();
            group.members.push(GroupMember {
                annotator,
                key: ReviewKey { of, tag: id },
                record: hash(document, tag),
            });
        }
        group.differing.sort();
        group.hull = hull.unwrap_or_default();
        group
    }

    /// What someone has twice in one place is in one group.
    fn add_twins(&mut self, tags: &[Vec<ScoredTag>]) {
        let mut twins = Vec::new();
        for ((name, _), tags) in self.annotators.iter().zip(tags) {
            let key = |tag: &ScoredTag| ReviewKey {
                of: name.clone(),
                tag: tag.id.clone(),
            };
            let mut known = BTreeMap::new();
            for tag in tags {
                let place = tag
                    .fragments
                    .iter()
                    .map(|range| (range.start(), range.end()));
                let place = (&tag.label, place.collect::<Vec<_>>());
                match self.group_of(&key(tag)) {
                    Some(group) => drop(known.insert(place, group)),
                    None => twins.push((key(tag), known.get(&place).copied())),
                }
            }
        }
        for (key, group) in twins {
            self.group_of.extend(group.map(|group| (key, group)));
        }
    }

    fn note_links(&mut self) {
        let mut links = Vec::new();
        for (at, group) in self.groups.iter().enumerate() {
            for member in &group.members {
                let Some((document, tag)) = self.tag(member) else {
                    continue;
                };
                for link in document.set().links_from(&tag.id) {
                    if let Target::Annotation(id) = &link.to {
                        let key = ReviewKey {
                            of: member.key.of.clone(),
                            tag: id.clone(),
                        };
                        links.extend(self.group_of(&key).map(|to| (at, to)));
                    }
                }
            }
        }
        links.sort_unstable();
        links.dedup();
        for (from, to) in links.into_iter().filter(|(from, to)| from != to) {
            if let Some(group) = self.groups.get_mut(from) {
                group.links_to.push(to);
            }
            if let Some(group) = self.groups.get_mut(to) {
                group.linked_from.push(from);
            }
        }
    }
}

/// Whether two tags differ in a part.
fn differs(part: TagPart, one: (&Document, &Annotation), other: (&Document, &Annotation)) -> bool {
    let ((document, tag), (others, another)) = (one, other);
    match part {
        TagPart::Boundary => {
            let exact =
                |tag: &Annotation| trimmed(document.source(), tag.fragments.as_slice(), is_blank);
            exact(tag) != exact(another)
        }
        TagPart::Label => tag.label != another.label,
        TagPart::Attributes => {
            let set = |tag: &Annotation| {
                let all = tag.attributes.iter().filter(|one| !one.value.is_empty());
                all.cloned().collect::<Vec<_>>()
            };
            set(tag) != set(another)
        }
        TagPart::Speaker => {
            let (one, other) = (
                SpeakerOf::new(document, tag),
                SpeakerOf::new(others, another),
            );
            !one.is_same(&other)
        }
    }
}
