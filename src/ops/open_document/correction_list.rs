//! What others would change in one's own work, and what of it is left.

use std::collections::{BTreeMap, BTreeSet};

use smol_str::SmolStr;

use crate::format::sidecar::review_hash;
use crate::model::{Annotation, AnnotationId, AnnotationSet, Document, Origin, PeerReview};
use crate::ops::ColleagueWork;
use crate::ops::peer_verdicts::is_to_settle;

/// What somebody else would change in one's own work, or asks about it.
#[derive(Debug, Clone, PartialEq)]
pub struct Correction {
    /// Who; empty: the unnamed one.
    pub by: SmolStr,
    /// What they say.
    pub review: PeerReview,
    /// Its [`review_hash`].
    pub hash: SmolStr,
}

/// The corrections to one's own work.
#[derive(Debug, Clone, Default)]
pub(super) struct CorrectionList {
    all: Vec<Correction>,
    /// Places in `all` by what they are about.
    about: BTreeMap<AnnotationId, Vec<usize>>,
    /// Places in `all` of those that are neither taken nor answered.
    open: BTreeSet<usize>,
}

impl CorrectionList {
    /// What `colleagues` say about the tags of `own` in the document, in the order of the text.
    pub(super) fn of(colleagues: &[ColleagueWork], own: &str, document: &Document) -> Self {
        let mut new = Self::default();
        for work in colleagues {
            let by = work.annotator.clone().unwrap_or_default();
            let reviews = work.document.set().peer_reviews();
            let about_own = |review: &&PeerReview| review.key.of == own && review.asks();
            new.all
                .extend(reviews.filter(about_own).map(|review| Correction {
                    by: by.clone(),
                    hash: review_hash(review),
                    review: review.clone(),
                }));
        }
        let (set, source) = (document.set(), document.source());
        let place = |correction: &Correction| {
            let Correction { by, review, .. } = correction;
            let tag = set.annotation(&review.key.tag).map(Annotation::place);
            let origin = Origin::Annotator(by.clone());
            let proposed = || Some(review.proposed_tag(source, origin)?.place());
            (tag.or_else(proposed), by.clone())
        };
        new.all.sort_by_cached_key(place);
        for (n, correction) in new.all.iter().enumerate() {
            let tag = correction.review.key.tag.clone();
            new.about.entry(tag).or_default().push(n);
            if is_open(correction, set) {
                new.open.insert(n);
            }
        }
        new
    }

    /// All of them.
    pub(super) fn all(&self) -> &[Correction] {
        &self.all
    }

    /// Places of those that are neither taken nor answered.
    pub(super) fn open(&self) -> &BTreeSet<usize> {
        &self.open
    }

    /// The open one after a place or before it, around the ends.
    pub(super) fn open_beside(&self, from: usize, forward: bool) -> Option<usize> {
        beside(&self.open, from, forward)
    }

    /// Follows a step that changed a tag of one's own, or what one says about it.
    pub(super) fn follow(&mut self, tag: &AnnotationId, set: &AnnotationSet) {
        for n in self.about.get(tag).into_iter().flatten() {
            let correction = self.all.get(*n);
            if correction.is_some_and(|correction| is_open(correction, set)) {
                self.open.insert(*n);
            } else {
                self.open.remove(n);
            }
        }
    }
}

/// Whether a correction is neither taken nor answered, and its tag is there or proposed.
fn is_open(correction: &Correction, own: &AnnotationSet) -> bool {
    let Correction { by, review, hash } = correction;
    is_to_settle(own, by, review, || hash.clone())
}

/// Whether the annotator has settled a review by `by`.
pub(super) fn is_settled(by: &str, review: &PeerReview, theirs: &AnnotationSet) -> bool {
    let answer = theirs.peer_review(&review.key);
    answer.is_some_and(|answer| answer.settles(by, &review_hash(review)))
}

/// The place after another or before it, around the ends.
pub(super) fn beside(places: &BTreeSet<usize>, from: usize, forward: bool) -> Option<usize> {
    let found = if forward {
        places.range(from..).next().or(places.first())
    } else {
        places.range(..from).next_back().or(places.last())
    };
    found.copied()
}
