//! Which tags of an article its annotators do not share.

use std::collections::BTreeSet;

use smol_str::SmolStr;

use crate::compare::{Comparison, DifferenceKind};
use crate::format::sidecar::record_hash;
use crate::model::{AnnotationId, Document, TagPart};

/// Tags of several people that are one, or compete for one place, and differ.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Disagreement {
    /// The article as it is named in reports.
    pub article: String,
    /// Line of the article, from 1.
    pub line: usize,
    /// Column in code points, from 1.
    pub column: usize,
    /// How they differ.
    pub kind: DifferenceKind,
    /// In which parts.
    pub parts: Vec<TagPart>,
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
}

/// The differences of an article, in the order of the text; with `labels` those that have one of these.
pub(super) fn differences(
    article: &str,
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
            });
        }
        let asked = labels.is_empty() || tags.iter().any(|tag| labels.contains(&tag.label));
        let Some(place) = place.filter(|_| asked) else {
            continue;
        };
        let all = (0..comparison.annotators().len()).map(|n| comparison.name(n));
        let lacks = |name: &&str| !tags.iter().any(|tag| tag.annotator == *name);
        found.push(Disagreement {
            article: article.to_owned(),
            line: place.line,
            column: place.column,
            kind,
            parts: group.differing.clone(),
            missing: all.filter(lacks).map(SmolStr::from).collect(),
            tags,
        });
    }
    found
}
