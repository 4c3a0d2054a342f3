//! Which tags of an article its annotators do not share.

use std::collections::BTreeSet;
use std::path::{Path, PathBuf};

use smol_str::SmolStr;

use crate::compare::{Comparison, DifferenceKind, words_without_marks};
use crate::format::sidecar::record_hash;
use crate::model::{Annotation, AnnotationId, Document, Link, TagPart, Target};
use crate::text::TextRange;

/// Tags of several people that are one, or compete for one place, and differ.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Disagreement {
    /// The article.
    pub article: PathBuf,
    /// All that the tags cover: bytes, end-exclusive.
    pub range: TextRange,
    /// Line of the article, from 1.
    pub line: usize,
    /// Column in code points, from 1.
    pub column: usize,
    /// How they differ.
    pub kind: DifferenceKind,
    /// In which parts.
    pub parts: Vec<TagPart>,
    /// Whether their boundaries differ in no more than quotation marks and punctuation.
    pub only_marks: bool,
    /// The tags, at most one a person.
    pub tags: Vec<DifferingTag>,
    /// Who has no such tag; "unnamed" for somebody without a name.
    pub missing: Vec<SmolStr>,
}

/// One of them.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct DifferingTag {
    /// Whose; "unnamed" for somebody without a name.
    pub annotator: SmolStr,
    /// Its name in their sidecar.
    pub id: AnnotationId,
    /// Its label.
    pub label: SmolStr,
    /// Where it is: code points, end-exclusive.
    pub fragments: Vec<(u32, u32)>,
    /// The words it covers, its parts set apart by dots.
    pub text: String,
    /// Its attributes, names and values.
    pub attributes: Vec<(SmolStr, SmolStr)>,
    /// Who speaks, in words; `None`: nothing is said about it.
    pub speaker: Option<SmolStr>,
}

impl DifferingTag {
    /// The value of an attribute.
    #[must_use]
    pub fn value_of(&self, name: &str) -> Option<&SmolStr> {
        let mut all = self.attributes.iter();
        all.find(|(own, _)| own == name).map(|(_, value)| value)
    }
}

impl Disagreement {
    /// Whether these two people differ: one has no such tag, or theirs are unlike in a part.
    #[must_use]
    pub fn is_between(&self, first: &str, second: &str) -> bool {
        let tag = |name: &str| self.tags.iter().find(|tag| tag.annotator == name);
        let missing = |name: &str| self.missing.iter().any(|other| other == name);
        match (tag(first), tag(second)) {
            (Some(first), Some(second)) => self.parts.iter().any(|part| match part {
                TagPart::Boundary => first.fragments != second.fragments,
                TagPart::Label => first.label != second.label,
                TagPart::Attributes => first.attributes != second.attributes,
                TagPart::Speaker => first.speaker != second.speaker,
            }),
            (Some(_), None) => missing(second),
            (None, Some(_)) => missing(first),
            (None, None) => false,
        }
    }
}

/// The differences of an article, in the order of the text; with `labels` those that have one of these.
pub(super) fn differences(
    article: &Path,
    people: Vec<(SmolStr, Document)>,
    labels: &BTreeSet<SmolStr>,
) -> Vec<Disagreement> {
    let comparison = Comparison::new(people, record_hash);
    let mut found = Vec::new();
    for group in comparison.groups() {
        let kind = comparison.kind(group);
        if kind == DifferenceKind::Agreed {
            continue;
        }
        let mut tags = Vec::new();
        let mut place = None;
        for member in &group.members {
            let Some((document, tag)) = comparison.tag(member) else {
                continue;
            };
            let source = document.source();
            place = place.or(Some(source.line_column(group.hull.start())));
            let chars = |at| source.char_of_byte(at).unwrap_or_default();
            let fragments = tag.fragments.iter();
            tags.push(DifferingTag {
                annotator: comparison.name(member.annotator).into(),
                id: tag.id.clone(),
                label: tag.label.clone(),
                fragments: fragments
                    .map(|range| (chars(range.start()), chars(range.end())))
                    .collect(),
                text: tag.fragments.text(source),
                attributes: attributes(tag),
                speaker: speaker(document, tag),
            });
        }
        let asked = labels.is_empty() || tags.iter().any(|tag| labels.contains(&tag.label));
        let Some(place) = place.filter(|_| asked) else {
            continue;
        };
        let all = (0..comparison.annotators().len()).map(|n| comparison.name(n));
        let lacks = |name: &&str| !tags.iter().any(|tag| tag.annotator == *name);
        let bare = |tag: &DifferingTag| words_without_marks(&tag.text).to_owned();
        let mut bare = tags.iter().map(bare);
        let first = bare.next();
        let only_marks = bare.all(|other| Some(other) == first);
        found.push(Disagreement {
            article: article.to_owned(),
            range: group.hull,
            line: place.line,
            column: place.column,
            kind,
            parts: group.differing.clone(),
            only_marks,
            missing: all.filter(lacks).map(SmolStr::from).collect(),
            tags,
        });
    }
    found
}

fn attributes(tag: &Annotation) -> Vec<(SmolStr, SmolStr)> {
    let all = tag.attributes.iter();
    let mut all: Vec<_> = all
        .map(|one| (one.name.clone(), one.value.clone()))
        .collect();
    all.sort();
    all
}

/// Who speaks, as was confirmed: the person, or the words that mention somebody; of a mention, who it
/// names.
fn speaker(document: &Document, tag: &Annotation) -> Option<SmolStr> {
    let set = document.set();
    let links = set.links_from(&tag.id);
    let links = links.filter(|link| link.role == Link::SPEAKER && link.confirmed);
    let named = |target: &Target| {
        if let Some(person) = set.person_behind(target) {
            return Some(SmolStr::from(person.name.as_str()));
        }
        match target {
            Target::NotGiven => Some("not given".into()),
            Target::Annotation(id) => {
                let mention = set.annotation(id)?;
                Some(mention.fragments.text(document.source()).into())
            }
            Target::Person(id) => Some(id.as_str().into()),
        }
    };
    let mut speakers: Vec<SmolStr> = links.filter_map(|link| named(&link.to)).collect();
    speakers.sort();
    let person = tag.person.as_ref().and_then(|id| set.person(id));
    speakers.extend(person.map(|person| SmolStr::from(person.name.as_str())));
    (!speakers.is_empty()).then(|| speakers.join(", ").into())
}
