//! A quick look at work that is decided already, as most of a finished folder is.

use rustc_hash::FxHashMap;
use smol_str::SmolStr;

use super::agreement::tag_groups;
use super::comparison::RecordHash;
use super::{Side, scored_tags};
use crate::model::{AnnotationSet, Choice, Decision, Document};

/// Whether each group of tags of annotators (name, empty for the unnamed one, and document) has a decision on just
/// these tags as they are, and each decision is on tags that are there. Then a [`Comparison`](super::Comparison)
/// would show nothing that is left to decide; this costs less. `false` where that is not certain.
#[must_use]
pub fn all_decided(
    annotators: &[(&str, &Document)],
    curated: &AnnotationSet,
    hash: RecordHash,
) -> bool {
    let Some((_, first)) = annotators.first() else {
        return true;
    };
    let mut judged: FxHashMap<(&str, &str), (&Decision, &SmolStr)> = FxHashMap::default();
    for decision in curated.decisions() {
        let tags = decision.judged();
        judged.extend(tags.map(|(key, record)| {
            let key = (key.of.as_str(), key.tag.as_str());
            (key, (decision, record))
        }));
    }
    let tags: Vec<_> = annotators
        .iter()
        .map(|(_, document)| scored_tags(document, Side::Gold))
        .collect();
    // One that is not judged is seen without a look at any other.
    let all_judged = annotators.iter().zip(&tags).all(|((name, _), tags)| {
        let mut tags = tags.iter();
        tags.all(|tag| judged.contains_key(&(*name, tag.id.as_str())))
    });
    if !all_judged {
        return false;
    }
    let mut decided = 0;
    for group in tag_groups(first.source(), &tags) {
        let mut members = group.iter().map(|(annotator, id)| {
            let (name, document) = annotators.get(*annotator)?;
            let (decision, record) = judged.get(&(*name, id.as_str()))?;
            let tag = document.set().annotation(id)?;
            (hash(document, tag) == **record).then_some(*decision)
        });
        let Some(Some(first)) = members.next() else {
            return false;
        };
        let is_on_these =
            members.all(|other| other.is_some_and(|other| std::ptr::eq(other, first)));
        let number = 1 + first.others.len();
        if !is_on_these || number != group.len() || first.choice == Choice::Undecided {
            return false;
        }
        decided += 1;
    }
    decided == curated.decisions().count()
}
