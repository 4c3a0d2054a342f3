//! What the program suggests and nobody has decided on, laid over the document: shown with it, stored
//! nowhere. A verdict or a correction stores it.

use std::collections::BTreeSet;
use std::sync::Arc;

use super::proposal_index::Proposals;
use crate::model::{
    AnnotationId, Change, Delta, Document, LinkId, OrderStatisticSet, Schema, Target, Transaction,
};
use crate::ops::suggestions::{Suggestion, SuggestionOptions, select_without_people};
use crate::suggest::ProposalKind;

/// The proposals for the text, and those of them that are shown.
// Invariant: what is in the shown document and not in the stored one are the records of `shown`.
#[derive(Debug, Clone, Default)]
pub(super) struct Overlay {
    /// What is suggested; `None`: nothing.
    pub(super) options: Option<SuggestionOptions>,
    /// `None`: not made for this text yet.
    pub(super) proposals: Option<Arc<Proposals>>,
    /// How many proposals were looked at.
    pub(super) looked_at: usize,
    /// What is shown of them.
    pub(super) shown: OrderStatisticSet<ShownSuggestion>,
}

/// A suggestion whose records are in the shown document.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
pub(super) struct ShownSuggestion {
    /// The number of the proposal.
    pub(super) number: usize,
    /// A proposal may be tagged in pieces: the first has 0.
    piece: u32,
    /// What is suggested.
    pub(super) kind: ProposalKind,
    /// The quote or claim.
    pub(super) tag: AnnotationId,
}

/// The records of a suggestion that are not stored: the quote or claim with the mention and the cue that
/// are suggested with it, and its links.
#[derive(Debug, PartialEq, Eq)]
struct Records {
    tags: BTreeSet<AnnotationId>,
    links: BTreeSet<LinkId>,
}

impl Records {
    fn of(one: &Suggestion) -> Self {
        Self {
            tags: one.annotations().map(|tag| tag.id.clone()).collect(),
            links: one.links().map(|link| link.id.clone()).collect(),
        }
    }
}

impl ShownSuggestion {
    /// What is shown of a proposal.
    fn all(number: usize, suggestions: &[Suggestion]) -> Vec<Self> {
        let pieces = (0..).zip(suggestions);
        let shown = pieces.map(|(piece, one)| Self {
            number,
            piece,
            kind: one.kind,
            tag: one.tag.id.clone(),
        });
        shown.collect()
    }

    /// Its records: those that are shown and not stored.
    fn records(&self, stored: &Document, shown: &Document) -> Records {
        let links = shown.set().links_from(&self.tag);
        let links = links.filter(|link| stored.set().link(&link.id).is_none());
        let mut tags = BTreeSet::from([self.tag.clone()]);
        let mut ids = BTreeSet::new();
        for link in links {
            ids.insert(link.id.clone());
            if let Target::Annotation(end) = &link.to
                && stored.set().annotation(end).is_none()
            {
                tags.insert(end.clone());
            }
        }
        Records { tags, links: ids }
    }

    /// Whether it is this suggestion that is shown.
    fn is(&self, one: &Suggestion, stored: &Document, shown: &Document) -> bool {
        let set = shown.set();
        self.kind == one.kind
            && self.tag == one.tag.id
            && self.records(stored, shown) == Records::of(one)
            && (one.annotations()).all(|tag| set.annotation(&tag.id) == Some(tag))
            && one.links().all(|link| set.link(&link.id) == Some(link))
    }
}

/// What changes in the overlay.
#[derive(Debug, Default)]
pub(super) struct OverlayChange {
    /// What goes from the shown document, before the stored one changes.
    pub(super) gone: Vec<Change>,
    /// What comes into it, after that.
    pub(super) come: Vec<Change>,
    /// What is shown of these proposals from now on.
    now: Vec<(usize, Vec<ShownSuggestion>)>,
}

impl OverlayChange {
    /// Whether nothing comes and nothing goes.
    pub(super) fn is_empty(&self) -> bool {
        self.gone.is_empty() && self.come.is_empty()
    }
}

impl Overlay {
    /// Whether nothing is shown.
    pub(super) fn shows_nothing(&self) -> bool {
        self.shown.is_empty()
    }

    /// Whether nothing can be shown.
    fn is_empty(&self) -> bool {
        self.shown.is_empty() && self.looked_at == 0
    }

    /// Forgets what was proposed for another text.
    pub(super) fn clear(&mut self) {
        self.proposals = None;
        self.looked_at = 0;
        self.shown = OrderStatisticSet::default();
    }

    /// Notes that a change was carried out.
    pub(super) fn note(&mut self, change: OverlayChange) {
        for (number, suggestions) in change.now {
            let before: Vec<ShownSuggestion> = self.shown_of(number).cloned().collect();
            for one in before {
                self.shown.remove(&one);
            }
            for one in suggestions {
                self.shown.insert(one);
            }
        }
    }

    /// What is shown of a proposal.
    fn shown_of(&self, number: usize) -> impl Iterator<Item = &ShownSuggestion> {
        let from = self.shown.iter_after(move |one| one.number < number);
        from.take_while(move |one| one.number == number)
    }

    /// The proposals of which something is shown.
    pub(super) fn shown_numbers(&self) -> BTreeSet<usize> {
        self.shown.iter().map(|one| one.number).collect()
    }

    /// What is suggested for a proposal in a document.
    fn suggestions(&self, number: usize, document: &Document, schema: &Schema) -> Vec<Suggestion> {
        let proposals = self.proposals.as_ref();
        let proposal = proposals.and_then(|proposals| proposals.all.get(number));
        let Some((proposal, options)) = proposal.zip(self.options.as_ref()) else {
            return Vec::new();
        };
        // Whom a mention names is found out when it is accepted: the roster may have changed.
        select_without_people(document, schema, options, vec![proposal.clone()])
    }

    /// The proposals that a change of the stored document may show, hide or change, among those looked
    /// at.
    fn affected_by(&self, transaction: &Transaction) -> BTreeSet<usize> {
        let mut affected = BTreeSet::new();
        let Some(proposals) = self.proposals.as_ref().filter(|_| !self.is_empty()) else {
            return affected;
        };
        for delta in transaction.changes.iter().filter_map(Change::annotation) {
            for tag in [&delta.before, &delta.after].into_iter().flatten() {
                for range in tag.fragments.iter() {
                    affected.extend(proposals.meeting(range));
                }
            }
        }
        let is_shown = |number: usize| self.shown_of(number).next().is_some();
        affected.retain(|number| *number < self.looked_at || is_shown(*number));
        affected
    }

    /// What a change of the stored document changes: `document` is stored from now on, `now` is stored
    /// and shown now.
    pub(super) fn follow(
        &self,
        transaction: &Transaction,
        document: &Document,
        now: (&Document, &Document),
        schema: &Schema,
    ) -> OverlayChange {
        if self.is_empty() {
            return OverlayChange::default();
        }
        let affected = self.affected_by(transaction);
        self.renew(affected, transaction, document, now, schema)
    }

    /// Looks at these proposals again. A suggestion whose records `transaction` stores is renewed in any
    /// case.
    pub(super) fn renew(
        &self,
        numbers: impl IntoIterator<Item = usize>,
        transaction: &Transaction,
        document: &Document,
        (stored_now, shown): (&Document, &Document),
        schema: &Schema,
    ) -> OverlayChange {
        let mut change = OverlayChange::default();
        let mut comes: Vec<Suggestion> = Vec::new();
        let mut goes: Vec<Records> = Vec::new();
        let stored: BTreeSet<&AnnotationId> = added_tags(transaction).collect();
        let removed: BTreeSet<&AnnotationId> = removed_tags(transaction).collect();
        for number in numbers {
            let before: Vec<&ShownSuggestion> = self.shown_of(number).collect();
            let after = self.suggestions(number, document, schema);
            let mut pairs = before.iter().zip(&after);
            let is_same = before.len() == after.len()
                && pairs.all(|(one, now)| one.is(now, stored_now, shown));
            let before = before.iter().map(|one| one.records(stored_now, shown));
            let before: Vec<Records> = before.collect();
            let is_stored = |one: &Records| one.tags.iter().any(|id| stored.contains(id));
            if is_same && !before.iter().any(is_stored) {
                continue;
            }
            goes.extend(before);
            let now = ShownSuggestion::all(number, &after);
            change.now.push((number, now));
            comes.extend(after);
        }
        let links_gone: BTreeSet<&LinkId> = goes.iter().flat_map(|one| &one.links).collect();
        let set = shown.set();
        for link in links_gone.iter().filter_map(|id| set.link(id)) {
            change.gone.push(Change::Link(Delta::remove(link.clone())));
        }
        let mut tags_gone: BTreeSet<&AnnotationId> = BTreeSet::new();
        for id in goes.iter().flat_map(|one| &one.tags) {
            let target = Target::Annotation(id.clone());
            let mut links = set.links_to(&target);
            // A mention that another suggestion leads to stays, unless it is stored now.
            let is_left = stored.contains(id) || links.all(|link| links_gone.contains(&link.id));
            if is_left && tags_gone.insert(id) {
                let there = set.annotation(id).cloned();
                let removed = there.map(|tag| Change::Annotation(Delta::remove(tag)));
                change.gone.extend(removed);
            }
        }
        let there = |id: &AnnotationId| {
            set.annotation(id).is_some() && !tags_gone.contains(id) && !removed.contains(id)
        };
        let mut come: BTreeSet<&AnnotationId> = BTreeSet::new();
        for tag in comes.iter().flat_map(Suggestion::annotations) {
            if !there(&tag.id) && come.insert(&tag.id) {
                let inserted = Delta::insert(tag.clone());
                change.come.push(Change::Annotation(inserted));
            }
        }
        for link in comes.iter().flat_map(Suggestion::links) {
            change.come.push(Change::Link(Delta::insert(link.clone())));
        }
        change
    }
}

/// The tags a transaction adds.
fn added_tags(transaction: &Transaction) -> impl Iterator<Item = &AnnotationId> {
    let tags = transaction.changes.iter().filter_map(Change::annotation);
    tags.filter_map(|delta| Some(&delta.after.as_ref()?.id))
}

/// The tags a transaction removes.
fn removed_tags(transaction: &Transaction) -> impl Iterator<Item = &AnnotationId> {
    let tags = transaction.changes.iter().filter_map(Change::annotation);
    tags.filter(|delta| delta.after.is_none())
        .filter_map(|delta| Some(&delta.before.as_ref()?.id))
}
