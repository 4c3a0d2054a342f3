use std::collections::BTreeSet;
use std::sync::{Arc, OnceLock};

use imbl::OrdMap;
use smol_str::SmolStr;

use super::person::{runs, words_of};
use super::{
    Annotation, AnnotationId, Decision, Link, LinkId, OrderStatisticSet, PeerReview, Person,
    PersonId, Place, ReviewKey, SpanIndex, Suppression, SuppressionKey, Target,
};
use crate::text::{TextRange, TextSize};

/// Tags, links, people, reviews, decisions and what is ignored of one document, with the indexes that answer
/// questions about them. Every look-up is O(log n + found). Ids are unique; fragments are inside the text; nothing else is
/// guaranteed: a link may dangle (see [`super::validate`]).
#[derive(Debug, Clone, Default)]
// Invariant: the indexes agree with the maps; both change only in insert_* and remove_*. An index is
// made when it is first asked for: whole files are read and written without most of them.
pub struct AnnotationSet {
    annotations: OrdMap<AnnotationId, Arc<Annotation>>,
    links: OrdMap<LinkId, Arc<Link>>,
    people: OrdMap<PersonId, Arc<Person>>,
    reviews: OrdMap<ReviewKey, Arc<PeerReview>>,
    decisions: OrdMap<ReviewKey, Arc<Decision>>,
    suppressions: OrdMap<SuppressionKey, Arc<Suppression>>,
    spans: OnceLock<SpanIndex>,
    /// Canonical order: start, end, id.
    order: OnceLock<OrderStatisticSet<Place>>,
    links_from: OnceLock<OrderStatisticSet<(AnnotationId, LinkId)>>,
    links_to: OnceLock<OrderStatisticSet<(Target, LinkId)>>,
    mentions: OnceLock<OrderStatisticSet<(PersonId, AnnotationId)>>,
    /// Words of names and aliases, in lower case.
    named: OnceLock<OrderStatisticSet<(SmolStr, PersonId)>>,
}

fn mention(tag: &Annotation) -> Option<(PersonId, AnnotationId)> {
    Some((tag.person.clone()?, tag.id.clone()))
}

fn by_start(link: &Link) -> (AnnotationId, LinkId) {
    (link.from.clone(), link.id.clone())
}

fn by_target(link: &Link) -> (Target, LinkId) {
    (link.to.clone(), link.id.clone())
}

impl AnnotationSet {
    /// The tag named `id`.
    #[must_use]
    pub fn annotation(&self, id: &AnnotationId) -> Option<&Annotation> {
        self.annotations.get(id).map(AsRef::as_ref)
    }

    /// The link named `id`.
    #[must_use]
    pub fn link(&self, id: &LinkId) -> Option<&Link> {
        self.links.get(id).map(AsRef::as_ref)
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
        // To sort them costs less than the index and a look-up of each.
        let order = self.order.get();
        let sorted = order.is_none().then(|| self.sorted_annotations());
        let listed = order.into_iter().flat_map(OrderStatisticSet::iter);
        let found = listed.filter_map(|key| self.annotation(&key.2));
        found.chain(sorted.into_iter().flatten())
    }

    fn sorted_annotations(&self) -> impl Iterator<Item = &Annotation> + use<'_> {
        let tags = self.annotations.values();
        let mut all: Vec<(TextRange, &Annotation)> =
            tags.map(|tag| (tag.fragments.hull(), &**tag)).collect();
        all.sort_unstable_by_key(|(hull, tag)| (hull.start(), hull.end(), &tag.id));
        all.into_iter().map(|(_, tag)| tag)
    }

    /// All tags by id, which costs less than [`Self::annotations`].
    pub fn annotations_by_id(&self) -> impl Iterator<Item = &Annotation> {
        self.annotations.values().map(AsRef::as_ref)
    }

    /// All links by id.
    pub fn links(&self) -> impl Iterator<Item = &Link> {
        self.links.values().map(AsRef::as_ref)
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

    /// The tags by id, for comparing.
    pub(super) fn annotation_map(&self) -> &OrdMap<AnnotationId, Arc<Annotation>> {
        &self.annotations
    }

    /// The links by id, for comparing.
    pub(super) fn link_map(&self) -> &OrdMap<LinkId, Arc<Link>> {
        &self.links
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
        self.spans()
            .overlapping(range)
            .filter_map(|(span, id)| self.annotation(id).map(|annotation| (span, annotation)))
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
        let from = order.rank(&place) + usize::from(order.contains(&place));
        order
            .range(from..order.len())
            .filter_map(|key| self.annotation(&key.2))
    }

    /// Tags before the place (start, end, id), nearest first.
    pub fn before<'a>(
        &'a self,
        start: TextSize,
        end: TextSize,
        id: &AnnotationId,
    ) -> impl Iterator<Item = &'a Annotation> + use<'a> {
        let order = self.order();
        let to = order.rank(&(start, end, id.clone()));
        order
            .range(0..to)
            .rev()
            .filter_map(|key| self.annotation(&key.2))
    }

    /// Where all tags are, in canonical order.
    #[must_use]
    pub fn places(&self) -> &OrderStatisticSet<Place> {
        self.order()
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
        let spans = || {
            let tags = self.annotations.values();
            tags.map(|tag| (&tag.id, &tag.fragments)).collect()
        };
        self.spans.get_or_init(spans)
    }

    fn order(&self) -> &OrderStatisticSet<Place> {
        let places = || self.annotations.values().map(|tag| tag.place()).collect();
        self.order.get_or_init(places)
    }

    fn links_by_start(&self) -> &OrderStatisticSet<(AnnotationId, LinkId)> {
        self.links_from
            .get_or_init(|| self.links().map(by_start).collect())
    }

    fn links_by_target(&self) -> &OrderStatisticSet<(Target, LinkId)> {
        self.links_to
            .get_or_init(|| self.links().map(by_target).collect())
    }

    fn mentions_by_person(&self) -> &OrderStatisticSet<(PersonId, AnnotationId)> {
        let mentions = || {
            let tags = self.annotations.values();
            tags.filter_map(|tag| mention(tag)).collect()
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
            .iter_from(&(from.clone(), LinkId::new("")))
            .take_while(move |(id, _)| id == from)
            .filter_map(|(_, link)| self.link(link))
    }

    /// Links that point at a target, by id.
    pub fn links_to<'a>(&'a self, to: &'a Target) -> impl Iterator<Item = &'a Link> {
        self.links_by_target()
            .iter_from(&(to.clone(), LinkId::new("")))
            .take_while(move |(target, _)| target == to)
            .filter_map(|(_, link)| self.link(link))
    }

    /// Tags that name a person, by id.
    pub fn mentions<'a>(&'a self, person: &'a PersonId) -> impl Iterator<Item = &'a Annotation> {
        self.mentions_by_person()
            .iter_from(&(person.clone(), AnnotationId::new("")))
            .take_while(move |(id, _)| id == person)
            .filter_map(|(_, annotation)| self.annotation(annotation))
    }

    /// People whose name or one of whose aliases shares a word with `words`, in any case, by id.
    #[must_use]
    pub fn people_named_like(&self, words: &str) -> Vec<&Person> {
        let mut found = BTreeSet::new();
        let by_word = self.people_by_word();
        for word in runs(words) {
            let named = by_word.iter_from(&(word.clone(), PersonId::new("")));
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
        let old = self.annotations.insert(new.id.clone(), Arc::clone(&new));
        let old = old.inspect(|old| self.unlist_annotation(old));
        if let Some(spans) = self.spans.get_mut() {
            spans.insert(&new.id, &new.fragments);
        }
        if let Some(order) = self.order.get_mut() {
            order.insert(new.place());
        }
        if let Some((mentions, mention)) = self.mentions.get_mut().zip(mention(&new)) {
            mentions.insert(mention);
        }
        old
    }

    /// Removes a tag; its links stay.
    pub(crate) fn remove_annotation(&mut self, id: &AnnotationId) -> Option<Arc<Annotation>> {
        let old = self.annotations.remove(id);
        old.inspect(|old| self.unlist_annotation(old))
    }

    /// Takes a tag out of the indexes.
    fn unlist_annotation(&mut self, old: &Annotation) {
        if let Some(spans) = self.spans.get_mut() {
            spans.remove(&old.id, &old.fragments);
        }
        if let Some(order) = self.order.get_mut() {
            order.remove(&old.place());
        }
        if let Some((mentions, mention)) = self.mentions.get_mut().zip(mention(old)) {
            mentions.remove(&mention);
        }
    }

    /// Adds a link or puts it in place of the one with its id, which is returned.
    pub(crate) fn insert_link(&mut self, link: Link) -> Option<Arc<Link>> {
        let new = Arc::new(link);
        let old = self.links.insert(new.id.clone(), Arc::clone(&new));
        let old = old.inspect(|old| self.unlist_link(old));
        if let Some(links) = self.links_from.get_mut() {
            links.insert(by_start(&new));
        }
        if let Some(links) = self.links_to.get_mut() {
            links.insert(by_target(&new));
        }
        old
    }

    /// Removes a link.
    pub(crate) fn remove_link(&mut self, id: &LinkId) -> Option<Arc<Link>> {
        let old = self.links.remove(id);
        old.inspect(|old| self.unlist_link(old))
    }

    /// Takes a link out of the indexes.
    fn unlist_link(&mut self, old: &Link) {
        if let Some(links) = self.links_from.get_mut() {
            links.remove(&by_start(old));
        }
        if let Some(links) = self.links_to.get_mut() {
            links.remove(&by_target(old));
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
        self.annotations == other.annotations
            && self.links == other.links
            && self.people == other.people
            && self.reviews == other.reviews
            && self.decisions == other.decisions
            && self.suppressions == other.suppressions
    }
}
