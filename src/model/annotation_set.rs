use std::collections::BTreeSet;
use std::sync::{Arc, OnceLock};

use imbl::OrdMap;
use smol_str::SmolStr;

use super::person::{runs, words_of};
use super::record_order::{
    Both, ById, ByPerson, ByPlace, LinksById, LinksByStart, LinksByTarget, Ordered, Records,
    differences,
};
use super::span_index::SpanIndex;
use super::{
    Annotation, AnnotationId, Decision, Link, LinkId, OrderStatisticSet, PeerReview, Person,
    PersonId, Place, ReviewKey, Suppression, SuppressionKey, Target,
};
use crate::text::{TextRange, TextSize};

/// Tags, links, people, reviews, decisions and what is ignored of one document, with the indexes that answer
/// questions about them. Every look-up is O(log n + found). Ids are unique; fragments are inside the text; nothing else is
/// guaranteed: a link may dangle (see [`super::validate`]).
#[derive(Debug, Clone, Default)]
// Invariant: the indexes agree with the maps; both change only in insert_* and remove_*. An index is
// made when it is first asked for: whole files are read and written without most of them.
pub struct AnnotationSet {
    annotations: Records<ById>,
    links: Records<LinksById>,
    people: OrdMap<PersonId, Arc<Person>>,
    reviews: OrdMap<ReviewKey, Arc<PeerReview>>,
    decisions: OrdMap<ReviewKey, Arc<Decision>>,
    suppressions: OrdMap<SuppressionKey, Arc<Suppression>>,
    spans: OnceLock<SpanIndex>,
    /// Canonical order: start, end, id.
    order: OnceLock<Records<ByPlace>>,
    links_from: OnceLock<Records<LinksByStart>>,
    links_to: OnceLock<Records<LinksByTarget>>,
    /// Tags that name somebody.
    mentions: OnceLock<Records<ByPerson>>,
    /// Words of names and aliases, in lower case.
    named: OnceLock<OrderStatisticSet<(SmolStr, PersonId)>>,
}

impl AnnotationSet {
    /// The tag named `id`.
    #[must_use]
    pub fn annotation(&self, id: &AnnotationId) -> Option<&Annotation> {
        self.ordered_annotation(id).map(|tag| &**tag)
    }

    /// The link named `id`.
    #[must_use]
    pub fn link(&self, id: &LinkId) -> Option<&Link> {
        self.ordered_link(id).map(|link| &**link)
    }

    fn ordered_annotation(&self, id: &AnnotationId) -> Option<&Ordered<ById>> {
        let found = self.annotations.first_after(|tag| tag.id < *id);
        found.filter(|tag| tag.id == *id)
    }

    fn ordered_link(&self, id: &LinkId) -> Option<&Ordered<LinksById>> {
        let found = self.links.first_after(|link| link.id < *id);
        found.filter(|link| link.id == *id)
    }

    /// The person named `id`.
    #[must_use]
    pub fn person(&self, id: &PersonId) -> Option<&Person> {
        self.people.get(id).map(AsRef::as_ref)
    }

    /// The review of somebody else's tag.
    #[must_use]
    pub fn peer_review(&self, key: &ReviewKey) -> Option<&PeerReview> {
        self.reviews.get(key).map(AsRef::as_ref)
    }

    /// The decision whose first judged tag this is.
    #[must_use]
    pub fn decision(&self, key: &ReviewKey) -> Option<&Decision> {
        self.decisions.get(key).map(AsRef::as_ref)
    }

    /// The decision to ignore what a rule finds.
    #[must_use]
    pub fn suppression(&self, key: &SuppressionKey) -> Option<&Suppression> {
        self.suppressions.get(key).map(AsRef::as_ref)
    }

    /// All tags in canonical order: start, end, id.
    pub fn annotations(&self) -> impl Iterator<Item = &Annotation> {
        // To sort them costs less than the index.
        let order = self.order.get();
        let sorted = order.is_none().then(|| self.sorted_annotations());
        let listed = order.into_iter().flat_map(OrderStatisticSet::iter);
        let listed = listed.map(|tag| &**tag);
        listed.chain(sorted.into_iter().flatten())
    }

    fn sorted_annotations(&self) -> impl Iterator<Item = &Annotation> + use<'_> {
        let tags = self.annotations_by_id();
        let mut all: Vec<(TextRange, &Annotation)> =
            tags.map(|tag| (tag.fragments.hull(), tag)).collect();
        all.sort_unstable_by_key(|(hull, tag)| (hull.start(), hull.end(), &tag.id));
        all.into_iter().map(|(_, tag)| tag)
    }

    /// All tags by id, which costs less than [`Self::annotations`].
    pub fn annotations_by_id(&self) -> impl Iterator<Item = &Annotation> {
        self.annotations.iter().map(|tag| &**tag)
    }

    /// All links by id.
    pub fn links(&self) -> impl Iterator<Item = &Link> {
        self.links.iter().map(|link| &**link)
    }

    /// All people by id.
    pub fn people(&self) -> impl Iterator<Item = &Person> {
        self.people.values().map(AsRef::as_ref)
    }

    /// Reviews of somebody else's tags, by their annotator and id.
    pub fn peer_reviews(&self) -> impl Iterator<Item = &PeerReview> {
        self.reviews.values().map(AsRef::as_ref)
    }

    /// Decisions between tags of several annotators, by the annotator and id of the first judged one.
    pub fn decisions(&self) -> impl Iterator<Item = &Decision> {
        self.decisions.values().map(AsRef::as_ref)
    }

    /// What is ignored, by rule.
    pub fn suppressions(&self) -> impl Iterator<Item = &Suppression> {
        self.suppressions.values().map(AsRef::as_ref)
    }

    /// The tags that differ from those of another set, by id: as they are here and there.
    pub(super) fn annotation_differences<'a>(
        &'a self,
        to: &'a Self,
    ) -> impl Iterator<Item = Both<'a, Annotation>> {
        differences(&self.annotations, &to.annotations)
    }

    /// The links that differ from those of another set, by id: as they are here and there.
    pub(super) fn link_differences<'a>(
        &'a self,
        to: &'a Self,
    ) -> impl Iterator<Item = Both<'a, Link>> {
        differences(&self.links, &to.links)
    }

    /// The people by id, for comparing.
    pub(super) fn people_map(&self) -> &OrdMap<PersonId, Arc<Person>> {
        &self.people
    }

    /// The reviews by their key, for comparing.
    pub(super) fn review_map(&self) -> &OrdMap<ReviewKey, Arc<PeerReview>> {
        &self.reviews
    }

    /// The decisions by their key, for comparing.
    pub(super) fn decision_map(&self) -> &OrdMap<ReviewKey, Arc<Decision>> {
        &self.decisions
    }

    /// What is ignored, for comparing.
    pub(super) fn suppression_map(&self) -> &OrdMap<SuppressionKey, Arc<Suppression>> {
        &self.suppressions
    }

    /// How many tags there are.
    #[must_use]
    pub fn annotation_count(&self) -> usize {
        self.annotations.len()
    }

    /// How many links there are.
    #[must_use]
    pub fn link_count(&self) -> usize {
        self.links.len()
    }

    /// How many people there are.
    #[must_use]
    pub fn person_count(&self) -> usize {
        self.people.len()
    }

    /// Fragments that share a byte with `range`, each with its tag, by start then end. A tag comes
    /// once for each of its fragments there.
    pub fn overlapping(&self, range: TextRange) -> impl Iterator<Item = (TextRange, &Annotation)> {
        self.spans().overlapping(range)
    }

    /// Tags with a fragment that holds `at` or ends there, innermost (shortest) first.
    #[must_use]
    pub fn at(&self, at: TextSize) -> Vec<&Annotation> {
        let mut found: Vec<(TextSize, &Annotation)> = self.around(at).collect();
        found.sort_unstable_by(|a, b| (a.0, &a.1.id).cmp(&(b.0, &b.1.id)));
        let mut known = BTreeSet::new();
        found.retain(|(_, tag)| known.insert(&tag.id));
        found.into_iter().map(|(_, tag)| tag).collect()
    }

    /// The first of [`Self::at`].
    #[must_use]
    pub fn innermost_at(&self, at: TextSize) -> Option<&Annotation> {
        self.around(at)
            .min_by(|a, b| (a.0, &a.1.id).cmp(&(b.0, &b.1.id)))
            .map(|(_, tag)| tag)
    }

    /// Length of each fragment that holds `at` or ends there, with its tag.
    fn around(&self, at: TextSize) -> impl Iterator<Item = (TextSize, &Annotation)> {
        let one = TextSize::new(1);
        let near = TextRange::new(at.checked_sub(one).unwrap_or_default(), at + one);
        self.overlapping(near)
            .filter(move |(span, _)| span.contains_inclusive(at))
            .map(|(span, annotation)| (span.len(), annotation))
    }

    /// Tags after the place (start, end, id), in canonical order.
    pub fn after<'a>(
        &'a self,
        start: TextSize,
        end: TextSize,
        id: &AnnotationId,
    ) -> impl Iterator<Item = &'a Annotation> + use<'a> {
        let place = (start, end, id.clone());
        let order = self.order();
        let after = order.iter_after(move |tag| tag.is_before(&place) || tag.is_at(&place));
        after.map(|tag| &**tag)
    }

    /// Tags before the place (start, end, id), nearest first.
    pub fn before<'a>(
        &'a self,
        start: TextSize,
        end: TextSize,
        id: &AnnotationId,
    ) -> impl Iterator<Item = &'a Annotation> + use<'a> {
        let to = self.rank(&(start, end, id.clone()));
        self.rows(0..to).rev()
    }

    /// How many tags are before a place in canonical order.
    #[must_use]
    pub fn rank(&self, place: &Place) -> usize {
        self.order().partition_point(|tag| tag.is_before(place))
    }

    /// The tags with these ranks in canonical order, from 0; those beyond the last are left out.
    pub fn rows(
        &self,
        ranks: std::ops::Range<usize>,
    ) -> impl DoubleEndedIterator<Item = &Annotation> {
        self.order().range(ranks).map(|tag| &**tag)
    }

    /// Makes all indexes that were not asked for yet, so that the first look-up is as fast as the others.
    pub fn build_indexes(&self) {
        rayon::join(
            || (self.spans(), self.links_by_start(), self.people_by_word()),
            || {
                (
                    self.order(),
                    self.links_by_target(),
                    self.mentions_by_person(),
                )
            },
        );
    }

    fn spans(&self) -> &SpanIndex {
        self.spans
            .get_or_init(|| self.annotations.iter().map(Ordered::record).collect())
    }

    fn order(&self) -> &Records<ByPlace> {
        let tags = || self.annotations.iter().map(Ordered::record);
        self.order
            .get_or_init(|| tags().map(Ordered::new).collect())
    }

    fn links_by_start(&self) -> &Records<LinksByStart> {
        let links = || self.links.iter().map(Ordered::record);
        self.links_from
            .get_or_init(|| links().map(Ordered::new).collect())
    }

    fn links_by_target(&self) -> &Records<LinksByTarget> {
        let links = || self.links.iter().map(Ordered::record);
        self.links_to
            .get_or_init(|| links().map(Ordered::new).collect())
    }

    fn mentions_by_person(&self) -> &Records<ByPerson> {
        let mentions = || {
            let tags = self.annotations.iter().map(Ordered::record);
            tags.filter(|tag| tag.person.is_some())
                .map(Ordered::new)
                .collect()
        };
        self.mentions.get_or_init(mentions)
    }

    fn people_by_word(&self) -> &OrderStatisticSet<(SmolStr, PersonId)> {
        self.named
            .get_or_init(|| self.people().flat_map(words_of).collect())
    }

    /// Links that start at a tag, by id.
    pub fn links_from<'a>(&'a self, from: &'a AnnotationId) -> impl Iterator<Item = &'a Link> {
        self.links_by_start()
            .iter_after(move |link| link.from < *from)
            .take_while(move |link| link.from == *from)
            .map(|link| &**link)
    }

    /// Links that point at a target, by id.
    pub fn links_to<'a>(&'a self, to: &'a Target) -> impl Iterator<Item = &'a Link> {
        self.links_by_target()
            .iter_after(move |link| link.to < *to)
            .take_while(move |link| link.to == *to)
            .map(|link| &**link)
    }

    /// Tags that name a person, by id.
    pub fn mentions<'a>(&'a self, person: &'a PersonId) -> impl Iterator<Item = &'a Annotation> {
        self.mentions_by_person()
            .iter_after(move |tag| tag.person.as_ref() < Some(person))
            .take_while(move |tag| tag.person.as_ref() == Some(person))
            .map(|tag| &**tag)
    }

    /// People whose name or one of whose aliases shares a word with `words`, in any case, by id.
    #[must_use]
    pub fn people_named_like(&self, words: &str) -> Vec<&Person> {
        let mut found = BTreeSet::new();
        let by_word = self.people_by_word();
        for word in runs(words) {
            let named = by_word.iter_after(|(of, _)| *of < word);
            let ids = named.take_while(|(of, _)| *of == word).map(|(_, id)| id);
            found.extend(ids);
        }
        found.into_iter().filter_map(|id| self.person(id)).collect()
    }

    /// The person of a target: of a mention, or the person itself.
    #[must_use]
    pub fn person_behind(&self, to: &Target) -> Option<&Person> {
        match to {
            Target::Annotation(id) => self.person(self.annotation(id)?.person.as_ref()?),
            Target::Person(id) => self.person(id),
            Target::NotGiven => None,
        }
    }

    /// Adds a tag or puts it in place of the one with its id, which is returned.
    pub(crate) fn insert_annotation(&mut self, annotation: Annotation) -> Option<Arc<Annotation>> {
        let new = Arc::new(annotation);
        let old = self.annotations.replace(Ordered::new(&new));
        let old = old.map(Ordered::into_record);
        let old = old.inspect(|old| self.unlist_annotation(old));
        if let Some(spans) = self.spans.get_mut() {
            spans.insert(&new);
        }
        if let Some(order) = self.order.get_mut() {
            order.insert(Ordered::new(&new));
        }
        if let Some(mentions) = self.mentions.get_mut().filter(|_| new.person.is_some()) {
            mentions.insert(Ordered::new(&new));
        }
        old
    }

    /// Removes a tag; its links stay.
    pub(crate) fn remove_annotation(&mut self, id: &AnnotationId) -> Option<Arc<Annotation>> {
        let old = self.ordered_annotation(id)?.clone();
        self.annotations.remove(&old);
        self.unlist_annotation(old.record());
        Some(old.into_record())
    }

    /// Takes a tag out of the indexes.
    fn unlist_annotation(&mut self, old: &Arc<Annotation>) {
        if let Some(spans) = self.spans.get_mut() {
            spans.remove(old);
        }
        if let Some(order) = self.order.get_mut() {
            order.remove(&Ordered::new(old));
        }
        if let Some(mentions) = self.mentions.get_mut() {
            mentions.remove(&Ordered::new(old));
        }
    }

    /// Adds a link or puts it in place of the one with its id, which is returned.
    pub(crate) fn insert_link(&mut self, link: Link) -> Option<Arc<Link>> {
        let new = Arc::new(link);
        let old = self.links.replace(Ordered::new(&new));
        let old = old.map(Ordered::into_record);
        let old = old.inspect(|old| self.unlist_link(old));
        if let Some(links) = self.links_from.get_mut() {
            links.insert(Ordered::new(&new));
        }
        if let Some(links) = self.links_to.get_mut() {
            links.insert(Ordered::new(&new));
        }
        old
    }

    /// Removes a link.
    pub(crate) fn remove_link(&mut self, id: &LinkId) -> Option<Arc<Link>> {
        let old = self.ordered_link(id)?.clone();
        self.links.remove(&old);
        self.unlist_link(old.record());
        Some(old.into_record())
    }

    /// Takes a link out of the indexes.
    fn unlist_link(&mut self, old: &Arc<Link>) {
        if let Some(links) = self.links_from.get_mut() {
            links.remove(&Ordered::new(old));
        }
        if let Some(links) = self.links_to.get_mut() {
            links.remove(&Ordered::new(old));
        }
    }

    /// Adds a person or puts them in place of the one with their id, which is returned.
    pub(crate) fn insert_person(&mut self, person: Person) -> Option<Arc<Person>> {
        let old = self.remove_person(&person.id);
        if let Some(named) = self.named.get_mut() {
            for word in words_of(&person) {
                named.insert(word);
            }
        }
        self.people.insert(person.id.clone(), Arc::new(person));
        old
    }

    /// Takes a person off the roster; tags and links that name them stay.
    pub(crate) fn remove_person(&mut self, id: &PersonId) -> Option<Arc<Person>> {
        let old = self.people.remove(id)?;
        if let Some(named) = self.named.get_mut() {
            for word in words_of(&old) {
                named.remove(&word);
            }
        }
        Some(old)
    }

    /// Adds a review or puts it in place of the one of the same tag, which is returned.
    pub(crate) fn insert_peer_review(&mut self, review: PeerReview) -> Option<Arc<PeerReview>> {
        self.reviews.insert(review.key.clone(), Arc::new(review))
    }

    /// Removes a review.
    pub(crate) fn remove_peer_review(&mut self, key: &ReviewKey) -> Option<Arc<PeerReview>> {
        self.reviews.remove(key)
    }

    /// Adds a decision or puts it in place of the one of the same key, which is returned.
    pub(crate) fn insert_decision(&mut self, decision: Decision) -> Option<Arc<Decision>> {
        self.decisions
            .insert(decision.key.clone(), Arc::new(decision))
    }

    /// Removes a decision.
    pub(crate) fn remove_decision(&mut self, key: &ReviewKey) -> Option<Arc<Decision>> {
        self.decisions.remove(key)
    }

    /// Adds a decision to ignore something or puts it in place of the one of the same finding, which is
    /// returned.
    pub(crate) fn insert_suppression(&mut self, one: Suppression) -> Option<Arc<Suppression>> {
        self.suppressions.insert(one.key.clone(), Arc::new(one))
    }

    /// Removes a decision to ignore something.
    pub(crate) fn remove_suppression(&mut self, key: &SuppressionKey) -> Option<Arc<Suppression>> {
        self.suppressions.remove(key)
    }
}

impl PartialEq for AnnotationSet {
    fn eq(&self, other: &Self) -> bool {
        self.annotation_differences(other).next().is_none()
            && self.link_differences(other).next().is_none()
            && self.people == other.people
            && self.reviews == other.reviews
            && self.decisions == other.decisions
            && self.suppressions == other.suppressions
    }
}
