//! What others have tagged in the article and said about one's own tags, as far as it is reviewed and answered here.

use std::collections::{BTreeMap, BTreeSet};
use std::sync::Arc;

use smol_str::SmolStr;

use super::correction_list::{Correction, CorrectionList, beside, is_settled};
use crate::format::sidecar::is_record;
use crate::model::{
    Annotation, AnnotationId, AnnotationSet, Change, Document, FormerLabels, Origin, PeerReview,
    Review, ReviewKey, Selection, Transaction,
};
use crate::ops::taken_change::{is_mention_taken, is_taken, said_by};
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
    /// Their work with the tags that one proposes to them.
    reviewed: Option<ColleagueWork>,
    /// Those tags.
    proposed: BTreeSet<AnnotationId>,
    /// Whether tagging proposes to them what they have not tagged.
    proposing: bool,
    /// Their tags in use and those that are proposed, in the order of the text.
    tags: Vec<AnnotationId>,
    ranks: BTreeMap<AnnotationId, usize>,
    /// Places in `tags` of those of theirs that have no verdict as they are.
    unreviewed: BTreeSet<usize>,
    corrections: CorrectionList,
    /// What the person is at, and where they were then.
    here: Option<(PeerPlace, Selection)>,
}

/// Something a person can be at.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum PeerPlace {
    /// A tag that is reviewed: its place among [`PeerWork::tags`].
    Tag(usize),
    /// A correction: its place among [`PeerWork::corrections`].
    Correction(usize),
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
        new.corrections = CorrectionList::of(&new.colleagues, &new.own, document);
        let of = before.and_then(Self::reviewed_annotator);
        if let Some(of) = of.and_then(|name| new.place_of(name)) {
            new.review(of, document.set());
            new.proposing = before.is_some_and(|before| before.proposing);
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
                let known = before.corrections().get(n)?;
                let mut all = self.corrections().iter();
                let same =
                    |one: &Correction| one.by == known.by && one.review.key == known.review.key;
                all.position(same).map(PeerPlace::Correction)
            }
        }
    }

    /// Begins to review the tags of a colleague, by their place; `set` has one's own reviews.
    pub(super) fn review(&mut self, of: usize, set: &AnnotationSet) {
        self.unreviewed.clear();
        self.proposed.clear();
        self.reviewed = self.colleagues.get(of).cloned();
        self.of = self.reviewed.is_some().then_some(of);
        self.proposing = self.of.is_some();
        let name = self.reviewed_annotator().unwrap_or_default().to_owned();
        for review in set.peer_reviews().filter(|review| review.key.of == name) {
            self.put_proposed(&review.key.tag, Some(review));
        }
        self.rank(&BTreeSet::new());
        for (rank, id) in self.tags.iter().enumerate() {
            let tag = self.reviewed.as_ref();
            let tag = tag.and_then(|work| work.document.set().annotation(id));
            let tag = tag.filter(|_| !self.proposed.contains(id));
            if tag.is_some_and(|tag| self.verdict(tag, set) == Review::Unreviewed) {
                self.unreviewed.insert(rank);
            }
        }
    }

    /// Puts the tag that `review` proposes among those that are reviewed, in place of what was proposed before.
    /// Returns whether anything has changed.
    fn put_proposed(&mut self, id: &AnnotationId, review: Option<&PeerReview>) -> bool {
        let theirs = self.of.and_then(|of| self.colleagues.get(of));
        let Some(theirs) = theirs.filter(|work| work.document.set().annotation(id).is_none())
        else {
            return false;
        };
        let origin = Origin::Annotator(self.own.clone());
        let source = theirs.document.source();
        let tag = review.and_then(|review| review.proposed_tag(source, origin));
        let Some(reviewed) = &mut self.reviewed else {
            return false;
        };
        let before = reviewed.document.set().annotation(id);
        if before == tag.as_ref() {
            return false;
        }
        let mut parts = reviewed.document.clone().into_parts();
        match tag {
            Some(tag) => {
                parts.set.insert_annotation(tag);
                self.proposed.insert(id.clone());
            }
            None => {
                parts.set.remove_annotation(id);
                self.proposed.remove(id);
            }
        }
        reviewed.document = Document::from(parts);
        true
    }

    /// Puts the tags that are reviewed in order; `unreviewed`: those without a verdict.
    fn rank(&mut self, unreviewed: &BTreeSet<AnnotationId>) {
        self.tags.clear();
        self.ranks.clear();
        self.unreviewed.clear();
        let Some(work) = &self.reviewed else { return };
        let set = work.document.set();
        for tag in set.annotations().filter(|tag| is_in_use(tag)) {
            let id = &tag.id;
            let rank = self.tags.len();
            self.tags.push(id.clone());
            self.ranks.insert(id.clone(), rank);
            if unreviewed.contains(id) {
                self.unreviewed.insert(rank);
            }
        }
    }

    /// Follows what one proposes: the tag stays the one the person is at.
    fn follow_proposed(&mut self, id: &AnnotationId, review: Option<&PeerReview>) {
        if !self.put_proposed(id, review) {
            return;
        }
        let here = match &self.here {
            Some((PeerPlace::Tag(rank), selection)) => {
                let tag = self.tags.get(*rank).cloned();
                tag.map(|tag| (tag, selection.clone()))
            }
            Some((PeerPlace::Correction(_), _)) | None => None,
        };
        let unreviewed = self
            .unreviewed
            .iter()
            .filter_map(|rank| self.tags.get(*rank));
        let unreviewed: BTreeSet<AnnotationId> = unreviewed.cloned().collect();
        self.rank(&unreviewed);
        if let Some((tag, selection)) = here {
            let rank = self.ranks.get(&tag);
            self.here = rank.map(|rank| (PeerPlace::Tag(*rank), selection));
        }
    }

    /// Whether this is a tag that one proposes to whoever is reviewed.
    #[must_use]
    pub fn proposes(&self, tag: &AnnotationId) -> bool {
        self.proposed.contains(tag)
    }

    /// Where a tag is in [`Self::tags`].
    pub(super) fn rank_of(&self, tag: &AnnotationId) -> Option<usize> {
        self.ranks.get(tag).copied()
    }

    /// Whether tagging proposes something to whoever is reviewed.
    pub(super) fn is_proposing(&self) -> bool {
        self.proposing
    }

    pub(super) fn set_proposing(&mut self, proposing: bool) {
        self.proposing = proposing && self.of.is_some();
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

    /// The work that is reviewed, with the tags that one proposes.
    #[must_use]
    pub fn reviewed_work(&self) -> Option<&ColleagueWork> {
        self.reviewed.as_ref()
    }

    /// The place of a colleague in [`Self::colleagues`].
    #[must_use]
    pub fn place_of(&self, name: &str) -> Option<usize> {
        let mut all = self.colleagues.iter();
        all.position(|work| work.annotator.as_deref().unwrap_or_default() == name)
    }

    /// The tags that are reviewed and those that are proposed, in the order of the text.
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
                let mut in_use = theirs.annotations().filter(|tag| is_in_use(tag));
                in_use.position(|tag| tag.id == key.tag)?
            }
        };
        Some((of, rank))
    }

    /// Where a correction by somebody is in [`Self::corrections`].
    #[must_use]
    pub fn find_correction(&self, by: &str, key: &ReviewKey) -> Option<usize> {
        let mut all = self.corrections().iter();
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
        self.corrections.all()
    }

    /// Those that are neither taken nor answered: places in [`Self::corrections`].
    pub fn open_corrections(&self) -> impl Iterator<Item = usize> {
        self.corrections.open().iter().copied()
    }

    /// How many those are.
    #[must_use]
    pub fn open_count(&self) -> usize {
        self.corrections.open().len()
    }

    /// Whether a correction is neither taken nor answered.
    #[must_use]
    pub fn is_open(&self, correction: usize) -> bool {
        self.corrections.open().contains(&correction)
    }

    /// The version of one's own tag that a correction is about, where that is still there.
    #[must_use]
    pub fn is_about_present(&self, correction: &Correction, document: &Document) -> bool {
        let review = &correction.review;
        let tag = document.set().annotation(&review.key.tag);
        let is_missing = tag.is_none() && review.proposes_tag();
        review.key.is_whole()
            || is_missing
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
        if self.proposes(&tag.id) {
            return Some(review);
        }
        let document = &self.reviewed_work()?.document;
        is_record(&review.record, document, tag, &self.former).then_some(review)
    }

    /// One's own verdict on a tag that is reviewed, as it is. What was taken as one has proposed it is accepted.
    #[must_use]
    pub fn verdict(&self, tag: &Annotation, own: &AnnotationSet) -> Review {
        match self.review_of(tag, own) {
            Some(review) => review.verdict,
            None if self.is_taken(tag, own) => Review::Accepted,
            None => Review::Unreviewed,
        }
    }

    /// Whether the annotator has taken exactly what one proposes about a tag, or made it as the speaker one proposes,
    /// and it is so still.
    #[must_use]
    pub fn is_taken(&self, tag: &Annotation, own: &AnnotationSet) -> bool {
        let theirs = self.reviewed_work().map(|work| &work.document);
        let Some(theirs) = theirs.filter(|_| !self.proposes(&tag.id)) else {
            return false;
        };
        let review = |of: &Annotation| own.peer_review(&self.key(of.id.clone())?);
        let (by, former) = (&self.own, &self.former);
        review(tag).is_some_and(|review| is_taken(by, review, theirs, tag, former))
            || said_by(theirs, tag).into_iter().any(|said| {
                let review = review(said);
                review.is_some_and(|one| is_mention_taken(by, one, theirs, said, tag, former))
            })
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
        self.corrections.open_beside(from, forward)
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
                        self.corrections.follow(&key.tag, set);
                    } else if self.reviewed_annotator() == Some(key.of.as_str()) {
                        self.follow_verdict(&key.tag, set);
                    }
                }
                Change::Annotation(delta) => {
                    let tag = delta.before.as_ref().or(delta.after.as_ref());
                    if let Some(tag) = tag {
                        self.corrections.follow(&tag.id, set);
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

    fn follow_verdict(&mut self, id: &AnnotationId, set: &AnnotationSet) {
        let key = self.key(id.clone());
        self.follow_proposed(id, key.and_then(|key| set.peer_review(&key)));
        if self.proposes(id) {
            return;
        }
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
