use std::collections::{BTreeMap, BTreeSet};

use super::stamp::Stamped;
use super::{Context, Refusal};
use crate::model::{
    Annotation, AnnotationId, Authorship, Change, Decision, Delta, DocumentMeta, DocumentState,
    Link, LinkId, PeerReview, Person, PersonId, ReviewKey, Selection, Target, Transaction,
    UnreadRecord,
};

/// A document as an action would have it: the present one with changed records laid over it. Each
/// record changes once in the transaction that comes out, however often it is put here.
#[derive(Debug)]
pub(super) struct Draft<'a> {
    pub(super) ctx: Context<'a>,
    /// Whether it accepts suggestions that nobody has looked at one by one.
    pub(super) takes_many: bool,
    annotations: BTreeMap<AnnotationId, Option<Annotation>>,
    links: BTreeMap<LinkId, Option<Link>>,
    people: BTreeMap<PersonId, Option<Person>>,
    reviews: BTreeMap<ReviewKey, Option<PeerReview>>,
    decisions: BTreeMap<ReviewKey, Option<Decision>>,
    state: Option<DocumentState>,
    unread_gone: BTreeSet<UnreadRecord>,
}

impl<'a> Draft<'a> {
    pub(super) fn new(ctx: &Context<'a>) -> Self {
        Self {
            ctx: *ctx,
            takes_many: false,
            annotations: BTreeMap::new(),
            links: BTreeMap::new(),
            people: BTreeMap::new(),
            reviews: BTreeMap::new(),
            decisions: BTreeMap::new(),
            state: None,
            unread_gone: BTreeSet::new(),
        }
    }

    pub(super) fn annotation(&self, id: &AnnotationId) -> Option<&Annotation> {
        match self.annotations.get(id) {
            Some(changed) => changed.as_ref(),
            None => self.ctx.document.set().annotation(id),
        }
    }

    pub(super) fn link(&self, id: &LinkId) -> Option<&Link> {
        match self.links.get(id) {
            Some(changed) => changed.as_ref(),
            None => self.ctx.document.set().link(id),
        }
    }

    pub(super) fn person(&self, id: &PersonId) -> Option<&Person> {
        match self.people.get(id) {
            Some(changed) => changed.as_ref(),
            None => self.ctx.document.set().person(id),
        }
    }

    pub(super) fn peer_review(&self, key: &ReviewKey) -> Option<&PeerReview> {
        match self.reviews.get(key) {
            Some(changed) => changed.as_ref(),
            None => self.ctx.document.set().peer_review(key),
        }
    }

    pub(super) fn insert_peer_review(&mut self, review: PeerReview) {
        self.reviews.insert(review.key.clone(), Some(review));
    }

    pub(super) fn remove_peer_review(&mut self, key: &ReviewKey) {
        self.reviews.insert(key.clone(), None);
    }

    pub(super) fn decision(&self, key: &ReviewKey) -> Option<&Decision> {
        match self.decisions.get(key) {
            Some(changed) => changed.as_ref(),
            None => self.ctx.document.set().decision(key),
        }
    }

    pub(super) fn insert_decision(&mut self, decision: Decision) {
        self.decisions.insert(decision.key.clone(), Some(decision));
    }

    pub(super) fn remove_decision(&mut self, key: &ReviewKey) {
        self.decisions.insert(key.clone(), None);
    }

    /// The tag, to be changed and put back; refused when it is gone.
    pub(super) fn require(&self, id: &AnnotationId) -> Result<Annotation, Refusal> {
        self.annotation(id)
            .cloned()
            .ok_or_else(|| Refusal::new("this tag no longer exists; choose another"))
    }

    /// The person, to be changed and put back; refused when they are gone.
    pub(super) fn require_person(&self, id: &PersonId) -> Result<Person, Refusal> {
        self.person(id)
            .cloned()
            .ok_or_else(|| Refusal::new("this person no longer exists; choose someone else"))
    }

    pub(super) fn insert_annotation(&mut self, annotation: Annotation) {
        self.annotations
            .insert(annotation.id.clone(), Some(annotation));
    }

    pub(super) fn remove_annotation(&mut self, id: &AnnotationId) {
        self.annotations.insert(id.clone(), None);
    }

    pub(super) fn insert_link(&mut self, link: Link) {
        self.links.insert(link.id.clone(), Some(link));
    }

    pub(super) fn remove_link(&mut self, id: &LinkId) {
        self.links.insert(id.clone(), None);
    }

    pub(super) fn insert_person(&mut self, person: Person) {
        self.people.insert(person.id.clone(), Some(person));
    }

    pub(super) fn remove_person(&mut self, id: &PersonId) {
        self.people.insert(id.clone(), None);
    }

    pub(super) fn put_state(&mut self, state: DocumentState) {
        self.state = Some(state);
    }

    /// Removes a record that is carried along; refused if it is gone.
    pub(super) fn remove_unread(&mut self, record: &UnreadRecord) -> Result<(), Refusal> {
        if !self.ctx.document.unread().contains(record) {
            return Err(Refusal::new("this record no longer exists; choose another"));
        }
        self.unread_gone.insert(record.clone());
        Ok(())
    }

    /// People this draft adds or changes.
    pub(super) fn changed_people(&self) -> impl Iterator<Item = &Person> {
        self.people.values().flatten()
    }

    /// Links that start at a tag, by id.
    pub(super) fn links_from(&self, from: &AnnotationId) -> Vec<Link> {
        self.overlaid(self.ctx.document.set().links_from(from), |link| {
            link.from == *from
        })
    }

    /// Links of one role that start at a tag, by id.
    pub(super) fn links_of_role(&self, from: &AnnotationId, role: &str) -> Vec<Link> {
        let mut links = self.links_from(from);
        links.retain(|link| link.role == role);
        links
    }

    /// Links that point at a target, by id.
    pub(super) fn links_to(&self, to: &Target) -> Vec<Link> {
        self.overlaid(self.ctx.document.set().links_to(to), |link| link.to == *to)
    }

    fn overlaid<'b>(
        &self,
        present: impl Iterator<Item = &'b Link>,
        belongs: impl Fn(&Link) -> bool,
    ) -> Vec<Link> {
        let unchanged = present.filter(|link| !self.links.contains_key(&link.id));
        let changed = self.links.values().flatten().filter(|link| belongs(link));
        let mut links: Vec<Link> = unchanged.cloned().collect();
        links.extend(changed.cloned());
        links.sort_by(|a, b| a.id.cmp(&b.id));
        links
    }

    /// Tags that name a person, by id.
    pub(super) fn mentions(&self, person: &PersonId) -> Vec<Annotation> {
        let unchanged = self
            .ctx
            .document
            .set()
            .mentions(person)
            .filter(|tag| !self.annotations.contains_key(&tag.id));
        let changed = self
            .annotations
            .values()
            .flatten()
            .filter(|tag| tag.person.as_ref() == Some(person));
        let mut tags: Vec<Annotation> = unchanged.chain(changed).cloned().collect();
        tags.sort_by(|a, b| a.id.cmp(&b.id));
        tags
    }

    /// The transaction of all changes. The first change of a new document also sets it to in
    /// progress.
    pub(super) fn finish(self, label: impl Into<String>, selection: Selection) -> Transaction {
        let gone = |id: &AnnotationId| matches!(self.annotations.get(id), Some(None));
        let selection = Selection {
            tag: selection.tag.filter(|id| !gone(id)),
            ..selection
        };
        let set = self.ctx.document.set();
        let by = self.ctx.authorship();
        let by = by.as_ref();
        let mut changes = Vec::new();
        for (id, after) in self.people {
            let before = set.person(&id).cloned();
            push(&mut changes, before, after, by, Change::Person);
        }
        for (id, after) in self.annotations {
            let before = set.annotation(&id).cloned();
            push(&mut changes, before, after, by, Change::Annotation);
        }
        for (id, after) in self.links {
            let before = set.link(&id).cloned();
            push(&mut changes, before, after, by, Change::Link);
        }
        for (key, after) in self.reviews {
            let before = set.peer_review(&key).cloned();
            push(&mut changes, before, after, by, Change::PeerReview);
        }
        for (key, after) in self.decisions {
            let before = set.decision(&key).cloned();
            push(&mut changes, before, after, by, Change::Decision);
        }
        let gone = self.unread_gone.into_iter().map(Delta::remove);
        changes.extend(gone.map(Change::Unread));
        let meta = self.ctx.document.meta();
        let begun = !changes.is_empty() && meta.state == DocumentState::New;
        if let Some(state) = self
            .state
            .or(begun.then_some(DocumentState::InProgress))
            .filter(|state| *state != meta.state)
        {
            let after = DocumentMeta {
                state,
                ..meta.clone()
            };
            changes.push(Change::Meta(Delta::replace(meta.clone(), after)));
        }
        Transaction {
            label: label.into(),
            changes,
            selection_after: Some(selection),
        }
    }

    /// Like [`Draft::finish`], refused with these words when nothing would change.
    pub(super) fn finish_or(
        self,
        label: impl Into<String>,
        selection: Selection,
        refusal: &str,
    ) -> Result<Transaction, Refusal> {
        let transaction = self.finish(label, selection);
        if transaction.changes.is_empty() {
            return Err(Refusal::new(refusal));
        }
        Ok(transaction)
    }
}

/// Notes a change, if it is one, and in the record who makes it.
fn push<T: Stamped>(
    changes: &mut Vec<Change>,
    before: Option<T>,
    mut after: Option<T>,
    by: Option<&Authorship>,
    kind: impl Fn(Delta<T>) -> Change,
) {
    if before != after {
        if let (Some(after), Some(by)) = (&mut after, by) {
            after.stamp(before.as_ref(), by);
        }
        changes.push(kind(Delta { before, after }));
    }
}
