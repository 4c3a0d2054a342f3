//! What others have tagged in the article and said about one's own tags, as far as it is reviewed and answered here.

use std::collections::{BTreeMap, BTreeSet};
use std::sync::Arc;

use smol_str::SmolStr;

use crate::format::sidecar::{is_record, review_hash};
use crate::model::{
    Annotation, AnnotationId, AnnotationSet, Authorship, Change, Document, FormerLabels,
    PeerReview, Review, ReviewKey, Selection, Transaction,
};
use crate::ops::peer_verdicts::is_to_settle;
use crate::ops::{ColleagueWork, is_in_use};
use crate::text::TextRange;

/// The work of others on the article that is open.
#[derive(Debug, Clone, Default)]
pub struct PeerWork {
    colleagues: Arc<[ColleagueWork]>,
    former: FormerLabels,
    /// The annotator of the open document; empty: unnamed.
    own: SmolStr,
    /// Whose tags are reviewed: a place in `colleagues`.
    of: Option<usize>,
    /// Their tags in use, in the order of the text.
    tags: Vec<AnnotationId>,
    ranks: BTreeMap<AnnotationId, usize>,
    /// Places in `tags` of those that have no verdict as they are.
    unreviewed: BTreeSet<usize>,
    corrections: Vec<Correction>,
    /// Places in `corrections` by what they are about.
    about: BTreeMap<AnnotationId, Vec<usize>>,
    /// Places in `corrections` of those that are neither taken nor answered.
    open: BTreeSet<usize>,
    /// What the person is at, and where they were then.
    here: Option<(PeerPlace, Selection)>,
}

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

/// Something a person can be at.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum PeerPlace {
    /// A tag that is reviewed: its place among [`PeerWork::tags`].
    Tag(usize),
    /// A correction: its place among [`PeerWork::corrections`].
    Correction(usize),
}

/// Something said in a thread.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
pub struct Said {
    /// By whom and when.
    pub said: Authorship,
    /// The words.
    pub text: String,
}

impl PeerWork {
    /// Takes in the work of others; `before`: what was known of it.
    pub(super) fn new(
        colleagues: Vec<ColleagueWork>,
        document: &Document,
        own: SmolStr,
        former: FormerLabels,
        before: Option<&Self>,
    ) -> Self {
        let mut new = Self {
            colleagues: colleagues.into(),
            former,
            own,
            ..Self::default()
        };
        new.collect_corrections(document);
        let of = before.and_then(Self::reviewed_annotator);
        if let Some(of) = of.and_then(|name| new.place_of(name)) {
            new.review(of, document.set());
        }
        if let Some((at, selection)) = before.and_then(|before| before.here.clone())
            && let Some(before) = before
            && let Some(at) = new.same_place(before, at)
        {
            new.here = Some((at, selection));
        }
        new
    }

    fn same_place(&self, before: &Self, at: PeerPlace) -> Option<PeerPlace> {
        match at {
            PeerPlace::Tag(n) => {
                let rank = self.ranks.get(before.tags.get(n)?);
                rank.copied().map(PeerPlace::Tag)
            }
            PeerPlace::Correction(n) => {
                let known = before.corrections.get(n)?;
                let mut all = self.corrections.iter();
                let same =
                    |one: &Correction| one.by == known.by && one.review.key == known.review.key;
                all.position(same).map(PeerPlace::Correction)
            }
        }
    }

    fn collect_corrections(&mut self, document: &Document) {
        let mut all = Vec::new();
        for work in self.colleagues.iter() {
            let by = work.annotator.clone().unwrap_or_default();
            let reviews = work.document.set().peer_reviews();
            let about_own = |review: &&PeerReview| review.key.of == self.own && review.asks();
            all.extend(reviews.filter(about_own).map(|review| Correction {
                by: by.clone(),
                hash: review_hash(review),
                review: review.clone(),
            }));
        }
        let set = document.set();
        let place = |correction: &Correction| {
            let tag = set.annotation(&correction.review.key.tag);
            (tag.map(Annotation::place), correction.by.clone())
        };
        all.sort_by_cached_key(place);
        self.corrections = all;
        for (n, correction) in self.corrections.iter().enumerate() {
            let tag = correction.review.key.tag.clone();
            self.about.entry(tag).or_default().push(n);
            if is_open(correction, set) {
                self.open.insert(n);
            }
        }
    }

    /// Begins to review the tags of a colleague, by their place; `set` has one's own reviews.
    pub(super) fn review(&mut self, of: usize, set: &AnnotationSet) {
        self.tags.clear();
        self.ranks.clear();
        self.unreviewed.clear();
        self.of = None;
        let colleagues = Arc::clone(&self.colleagues);
        let Some(work) = colleagues.get(of) else {
            return;
        };
        self.of = Some(of);
        let theirs = work.document.set();
        let places = theirs.places().range(0..theirs.annotation_count());
        for (_, _, id) in places {
            let Some(tag) = theirs.annotation(id).filter(|tag| is_in_use(tag)) else {
                continue;
            };
            let rank = self.tags.len();
            self.tags.push(id.clone());
            self.ranks.insert(id.clone(), rank);
            if self.verdict(tag, set) == Review::Unreviewed {
                self.unreviewed.insert(rank);
            }
        }
    }

    /// Everybody else's work.
    #[must_use]
    pub fn colleagues(&self) -> &[ColleagueWork] {
        &self.colleagues
    }

    /// Whose tags are reviewed; empty: the unnamed one's.
    #[must_use]
    pub fn reviewed_annotator(&self) -> Option<&str> {
        let work = self.reviewed_work()?;
        Some(work.annotator.as_deref().unwrap_or_default())
    }

    /// The work that is reviewed.
    #[must_use]
    pub fn reviewed_work(&self) -> Option<&ColleagueWork> {
        self.colleagues.get(self.of?)
    }

    /// The place of a colleague in [`Self::colleagues`].
    #[must_use]
    pub fn place_of(&self, name: &str) -> Option<usize> {
        let mut all = self.colleagues.iter();
        all.position(|work| work.annotator.as_deref().unwrap_or_default() == name)
    }

    /// The tags that are reviewed, in the order of the text.
    #[must_use]
    pub fn tags(&self) -> &[AnnotationId] {
        &self.tags
    }

    /// Where a tag of a colleague is: their place in [`Self::colleagues`], and that of the tag among those that are
    /// reviewed with it. `None` where it is gone.
    #[must_use]
    pub fn find(&self, key: &ReviewKey) -> Option<(usize, usize)> {
        let of = self.place_of(&key.of)?;
        let rank = match self.of == Some(of) {
            true => self.ranks.get(&key.tag).copied()?,
            false => {
                let theirs = self.colleagues.get(of)?.document.set();
                let places = theirs.places().range(0..theirs.annotation_count());
                let ids = places.into_iter().map(|(_, _, id)| id);
                let in_use = |id: &AnnotationId| theirs.annotation(id).is_some_and(is_in_use);
                ids.filter(|id| in_use(id)).position(|id| *id == key.tag)?
            }
        };
        Some((of, rank))
    }

    /// Where a correction by somebody is in [`Self::corrections`].
    #[must_use]
    pub fn find_correction(&self, by: &str, key: &ReviewKey) -> Option<usize> {
        let mut all = self.corrections.iter();
        all.position(|one| one.by == by && one.review.key == *key)
    }

    /// How many of them have no verdict as they are.
    #[must_use]
    pub fn unreviewed_count(&self) -> usize {
        self.unreviewed.len()
    }

    /// What others would change or ask, in the order of the text; about all the work first.
    #[must_use]
    pub fn corrections(&self) -> &[Correction] {
        &self.corrections
    }

    /// Those that are neither taken nor answered: places in [`Self::corrections`].
    pub fn open_corrections(&self) -> impl Iterator<Item = usize> {
        self.open.iter().copied()
    }

    /// How many those are.
    #[must_use]
    pub fn open_count(&self) -> usize {
        self.open.len()
    }

    /// Whether a correction is neither taken nor answered.
    #[must_use]
    pub fn is_open(&self, correction: usize) -> bool {
        self.open.contains(&correction)
    }

    /// The version of one's own tag that a correction is about, where that is still there.
    #[must_use]
    pub fn is_about_present(&self, correction: &Correction, document: &Document) -> bool {
        let review = &correction.review;
        let tag = document.set().annotation(&review.key.tag);
        review.key.is_whole()
            || tag.is_some_and(|tag| is_record(&review.record, document, tag, &self.former))
    }

    pub(super) fn key(&self, tag: AnnotationId) -> Option<ReviewKey> {
        let of = self.reviewed_annotator()?.into();
        Some(ReviewKey { of, tag })
    }

    /// One's own review of a tag that is reviewed, where it is about the tag as it is.
    #[must_use]
    pub fn review_of<'a>(
        &self,
        tag: &Annotation,
        own: &'a AnnotationSet,
    ) -> Option<&'a PeerReview> {
        let review = own.peer_review(&self.key(tag.id.clone())?)?;
        let document = &self.reviewed_work()?.document;
        is_record(&review.record, document, tag, &self.former).then_some(review)
    }

    /// One's own verdict on a tag that is reviewed, as it is.
    #[must_use]
    pub fn verdict(&self, tag: &Annotation, own: &AnnotationSet) -> Review {
        let review = self.review_of(tag, own);
        review.map_or(Review::Unreviewed, |review| review.verdict)
    }

    /// Whether the annotator has read what [`Self::review_of`] gives, and left the tag as it was.
    #[must_use]
    pub fn is_left(&self, review: &PeerReview) -> bool {
        let theirs = self.reviewed_work().map(|work| work.document.set());
        review.asks() && theirs.is_some_and(|theirs| is_settled(&self.own, review, theirs))
    }

    /// How many of one's own reviews their annotators have settled: taken, answered or left.
    #[must_use]
    pub fn settled_by_others(&self, own: &AnnotationSet) -> usize {
        let theirs = |of: &str| self.colleagues.get(self.place_of(of)?);
        let reviews = own.peer_reviews().filter(|review| review.asks());
        let settled = reviews.filter(|review| {
            let work = theirs(&review.key.of);
            work.is_some_and(|work| is_settled(&self.own, review, work.document.set()))
        });
        settled.count()
    }

    /// All that was said about a tag or all the work of an annotator, the earliest first; `own` is one's own
    /// document.
    #[must_use]
    pub fn thread(&self, key: &ReviewKey, own: &Document) -> Vec<Said> {
        let others = self.colleagues.iter().map(|work| &work.document);
        let mut all = Vec::new();
        for document in std::iter::once(own).chain(others) {
            let Some(review) = document.set().peer_review(key) else {
                continue;
            };
            if !review.reason.is_empty() {
                let said = review.made.as_ref().map(|made| (**made).clone());
                let unnamed = Authorship {
                    by: document.meta().annotator.clone().unwrap_or_default(),
                    at: None,
                };
                all.push(Said {
                    said: said.unwrap_or(unnamed),
                    text: review.reason.clone(),
                });
            }
            all.extend(review.replies.iter().map(|reply| Said {
                said: reply.said.clone(),
                text: reply.text.clone(),
            }));
        }
        all.sort();
        all.dedup();
        all
    }

    /// Whether somebody else has answered about this.
    #[must_use]
    pub fn is_answered(&self, key: &ReviewKey) -> bool {
        self.colleagues.iter().any(|work| {
            let review = work.document.set().peer_review(key);
            review.is_some_and(|review| !review.replies.is_empty())
        })
    }

    /// What the person is at: it stays so until they go elsewhere.
    pub(super) fn here(&self, selection: &Selection) -> Option<PeerPlace> {
        let (at, then) = self.here.as_ref()?;
        let same = match at {
            // Words are selected to say something about them: a part of the tag, its speaker.
            PeerPlace::Tag(_) => {
                then == selection || selection.tag.is_none() && !selection.range().is_empty()
            }
            // One's own tag can be changed there.
            PeerPlace::Correction(_) => match &then.tag {
                Some(tag) => selection.tag.as_ref() == Some(tag),
                None => then == selection,
            },
        };
        same.then_some(*at)
    }

    /// What is selected since the person came to the tag, if that is something else.
    pub(super) fn selected(&self, selection: &Selection) -> Option<TextRange> {
        let (_, then) = self.here.as_ref()?;
        let range = selection.range();
        (then != selection && !range.is_empty()).then_some(range)
    }

    pub(super) fn stand_at(&mut self, here: Option<(PeerPlace, Selection)>) {
        self.here = here;
    }

    /// The tag without a verdict after a place or before it, around the ends.
    pub(super) fn unreviewed_beside(&self, from: usize, forward: bool) -> Option<usize> {
        beside(&self.unreviewed, from, forward)
    }

    /// The open correction after a place or before it, around the ends.
    pub(super) fn open_beside(&self, from: usize, forward: bool) -> Option<usize> {
        beside(&self.open, from, forward)
    }

    /// Follows a step that was applied to one's own document.
    pub(super) fn follow(&mut self, transaction: &Transaction, set: &AnnotationSet) {
        for change in &transaction.changes {
            match change {
                Change::PeerReview(delta) => {
                    let review = delta.before.as_ref().or(delta.after.as_ref());
                    let Some(key) = review.map(|review| review.key.clone()) else {
                        continue;
                    };
                    if key.of == self.own {
                        self.follow_corrections(&key.tag, set);
                    } else if self.reviewed_annotator() == Some(key.of.as_str()) {
                        self.follow_verdict(&key.tag, set);
                    }
                }
                Change::Annotation(delta) => {
                    let tag = delta.before.as_ref().or(delta.after.as_ref());
                    if let Some(tag) = tag {
                        self.follow_corrections(&tag.id, set);
                    }
                }
                Change::Link(_)
                | Change::Person(_)
                | Change::Decision(_)
                | Change::Suppression(_)
                | Change::Meta(_)
                | Change::Unread(_)
                | Change::Source(_) => {}
            }
        }
    }

    fn follow_corrections(&mut self, tag: &AnnotationId, set: &AnnotationSet) {
        for n in self.about.get(tag).into_iter().flatten() {
            let correction = self.corrections.get(*n);
            if correction.is_some_and(|correction| is_open(correction, set)) {
                self.open.insert(*n);
            } else {
                self.open.remove(n);
            }
        }
    }

    fn follow_verdict(&mut self, id: &AnnotationId, set: &AnnotationSet) {
        let Some(rank) = self.ranks.get(id).copied() else {
            return;
        };
        let work = self.reviewed_work();
        let tag = work.and_then(|work| work.document.set().annotation(id));
        let unreviewed = tag.is_some_and(|tag| self.verdict(tag, set) == Review::Unreviewed);
        if unreviewed {
            self.unreviewed.insert(rank);
        } else {
            self.unreviewed.remove(&rank);
        }
    }
}

/// Whether the annotator has settled a review by `by`.
fn is_settled(by: &str, review: &PeerReview, theirs: &AnnotationSet) -> bool {
    let answer = theirs.peer_review(&review.key);
    answer.is_some_and(|answer| answer.settles(by, &review_hash(review)))
}

/// Whether a correction is neither taken nor answered, and its tag is there.
fn is_open(correction: &Correction, own: &AnnotationSet) -> bool {
    let Correction { by, review, hash } = correction;
    is_to_settle(own, by, &review.key, || hash.clone())
}

fn beside(places: &BTreeSet<usize>, from: usize, forward: bool) -> Option<usize> {
    let found = if forward {
        places.range(from..).next().or(places.first())
    } else {
        places.range(..from).next_back().or(places.last())
    };
    found.copied()
}
