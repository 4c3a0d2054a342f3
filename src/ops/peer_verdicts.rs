//! What the people who work on an article say about the tags of one another.

use std::collections::BTreeMap;

use smol_str::SmolStr;

use super::taken_change::{is_mention_taken, is_taken, said_by};
use crate::format::sidecar::{is_record, review_hash};
use crate::model::{
    Annotation, AnnotationSet, Document, FormerLabels, PeerReview, Review, ReviewKey,
};

/// Whether what `by` says is neither taken nor answered in the work that it is about, and its tag is there or
/// proposed. `hash`: the [`review_hash`].
pub(in crate::ops) fn is_to_settle(
    work: &AnnotationSet,
    by: &str,
    review: &PeerReview,
    hash: impl FnOnce() -> SmolStr,
) -> bool {
    let key = &review.key;
    let is_there = key.is_whole() || review.proposes_tag() || work.annotation(&key.tag).is_some();
    let answer = work.peer_review(key);
    is_there && !answer.is_some_and(|answer| answer.settles(by, &hash()))
}

/// The reviews in the sidecars of an article, by what they are about.
#[derive(Debug, Clone, Default)]
pub(super) struct PeerVerdicts {
    by_key: BTreeMap<ReviewKey, Vec<(SmolStr, PeerReview)>>,
}

impl PeerVerdicts {
    /// Takes in what one reviewer says about others; empty: the unnamed one.
    pub(super) fn add(&mut self, by: &str, reviewer: &Document) {
        let reviews = reviewer.set().peer_reviews();
        for review in reviews.filter(|review| review.key.of != by) {
            let about = self.by_key.entry(review.key.clone()).or_default();
            about.push((by.into(), review.clone()));
        }
    }

    /// The verdicts of others on a tag of `annotator` as it is. What was taken as it was proposed is accepted, and so
    /// is the mention that was made for it.
    pub(super) fn on(
        &self,
        annotator: &str,
        document: &Document,
        tag: &Annotation,
        former: &FormerLabels,
    ) -> Vec<Review> {
        if self.by_key.is_empty() {
            return Vec::new();
        }
        let verdicts = self.about(annotator, tag).filter_map(|(by, review)| {
            if is_record(&review.record, document, tag, former) {
                return (review.verdict != Review::Unreviewed).then_some(review.verdict);
            }
            is_taken(by, review, document, tag, former).then_some(Review::Accepted)
        });
        let mut verdicts: Vec<Review> = verdicts.collect();
        for said in said_by(document, tag) {
            let taken = self
                .about(annotator, said)
                .filter(|(by, review)| is_mention_taken(by, review, document, said, tag, former));
            verdicts.extend(taken.map(|_| Review::Accepted));
        }
        verdicts
    }

    fn about(
        &self,
        annotator: &str,
        tag: &Annotation,
    ) -> impl Iterator<Item = &(SmolStr, PeerReview)> {
        let key = ReviewKey {
            of: annotator.into(),
            tag: tag.id.clone(),
        };
        self.by_key.get(&key).into_iter().flatten()
    }

    /// What others would change in the work of `annotator` or ask about it, as far as it is neither taken nor
    /// answered: who, and what they say.
    pub(super) fn to_settle<'a>(
        &'a self,
        annotator: &str,
        document: &'a Document,
    ) -> impl Iterator<Item = (&'a str, &'a PeerReview)> {
        let first = ReviewKey::whole(annotator);
        let about = self.by_key.range(first.clone()..);
        let about = about.take_while(move |(key, _)| key.of == first.of);
        let all = about.flat_map(|(_, reviews)| reviews);
        let set = document.set();
        all.filter(move |(by, review)| {
            review.asks() && is_to_settle(set, by, review, || review_hash(review))
        })
        .map(|(by, review)| (by.as_str(), review))
    }
}
