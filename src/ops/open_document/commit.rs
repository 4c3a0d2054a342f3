//! Applying transactions, and keeping what is counted and doubtful up to date.

use std::borrow::Cow;
use std::collections::BTreeSet;

use super::OpenDocument;
use super::counted::is_to_review;
use super::overlay::OverlayChange;
use super::stored_part::stored_part;
use crate::edit::{self, Coalesce, Refusal, Replay};
use crate::format::journal::Applied;
use crate::model::{AnnotationId, Change, Document, Target, Transaction};
use crate::ops::Outcome;
use crate::ops::lint::LintContext;

impl OpenDocument {
    /// Applies and records a transaction made for what is shown.
    pub(super) fn commit(
        &mut self,
        transaction: Transaction,
        key: Option<Coalesce>,
    ) -> Result<Outcome, Refusal> {
        let transaction = if self.overlay.shows_nothing() {
            transaction
        } else {
            stored_part(&transaction, &self.document, &self.shown)
        };
        let before = self.selection.clone();
        let message = transaction.label.clone();
        let changed = !transaction.changes.is_empty();
        self.apply(&transaction)?;
        if let Some(selection) = &transaction.selection_after {
            self.selection = selection.clone();
            self.leave_gone_tag();
        }
        let after = self.selection.clone();
        let undoable = changed && !key.as_ref().is_some_and(Coalesce::is_typing);
        let state = self.history.state_id();
        let copy = self.applied.is_some().then(|| transaction.clone());
        self.history.record(transaction, before, after, key);
        if let Some(transaction) = &copy {
            self.queue_for_journal(transaction, state);
        }
        Ok(Outcome {
            message,
            changed,
            undoable,
            ..Outcome::default()
        })
    }

    /// A tag that is not suggested any more is no longer the current one.
    pub(super) fn leave_gone_tag(&mut self) {
        let set = self.shown.set();
        let is_gone = |id: &mut AnnotationId| set.annotation(id).is_none();
        if self.selection.tag.take_if(is_gone).is_some() {
            self.chips = None;
        }
    }

    /// What undo would apply.
    pub(super) fn next_undo(&self) -> Result<Replay, Refusal> {
        self.history
            .next_undo()
            .ok_or_else(|| Refusal::new("nothing to undo"))
    }

    /// What redo would apply.
    pub(super) fn next_redo(&self) -> Result<Replay, Refusal> {
        self.history
            .next_redo()
            .ok_or_else(|| Refusal::new("nothing to redo"))
    }

    /// Undoes the last step, but for the selection. On a refusal the step can still be undone.
    pub(super) fn take_back(&mut self) -> Result<Replay, Refusal> {
        let replay = self.next_undo()?;
        self.apply(&replay.transaction)?;
        let state = self.history.state_id();
        self.history.undo();
        self.queue_for_journal(&replay.transaction, state);
        Ok(replay)
    }

    /// Does the last undone step again, but for the selection. On a refusal it can still be done.
    pub(super) fn do_again(&mut self) -> Result<Replay, Refusal> {
        let replay = self.next_redo()?;
        self.apply(&replay.transaction)?;
        let state = self.history.state_id();
        self.history.redo();
        self.queue_for_journal(&replay.transaction, state);
        Ok(replay)
    }

    /// Applies a transaction to what is stored, lets what is shown follow, and brings the tally and the
    /// problems up to date.
    fn apply(&mut self, transaction: &Transaction) -> Result<(), Refusal> {
        let mut document = self.document.clone();
        edit::apply(&mut document, transaction).map_err(|error| Refusal::new(error.to_string()))?;
        let of_the_roster = |change: &Change| matches!(change, Change::Person(_));
        if transaction.changes.iter().any(of_the_roster) {
            self.roster_change_count += 1;
        }
        let of_the_text = |change: &Change| matches!(change, Change::Source(_));
        if transaction.changes.iter().any(of_the_text) {
            // Their places are places of the text as it was.
            self.grown_from = None;
            self.chips = None;
            self.adjudication = None;
            self.peer_work = None;
            self.overlay.clear();
            self.document = document.clone();
            self.shown = document;
            self.recount();
            return Ok(());
        }
        let schema = &self.schema;
        let now = (&self.document, &self.shown);
        let change = (self.overlay).follow(transaction, &document, now, schema);
        self.show(transaction, change, document);
        self.follow_cues(transaction);
        self.follow_decisions(transaction);
        self.follow_reviews(transaction);
        let of_the_whole = |change: &Change| matches!(change, Change::Unread(_));
        if transaction.changes.iter().any(of_the_whole) {
            self.recount();
        }
        Ok(())
    }

    /// Shows a transaction that leads to `document`, with a change of what is suggested.
    pub(super) fn show(
        &mut self,
        transaction: &Transaction,
        change: OverlayChange,
        document: Document,
    ) {
        let shown = if change.is_empty() {
            Cow::Borrowed(transaction)
        } else {
            let parts = [&change.gone, &transaction.changes, &change.come];
            Cow::Owned(Transaction {
                changes: parts.into_iter().flatten().cloned().collect(),
                ..Transaction::default()
            })
        };
        let touched = touched(&self.shown, &shown);
        let to_check = self.to_check(&touched, &shown);
        self.count(&touched, false);
        let result = edit::apply(&mut self.shown, &shown);
        self.document = document;
        self.overlay.note(change);
        if let Err(error) = result {
            // A mistake in this program: what is stored is right, so that it is shown alone.
            log::error!("what is suggested does not follow: {error}");
            self.overlay.clear();
            self.shown = self.document.clone();
            self.recount();
            return;
        }
        self.count(&touched, true);
        self.check(to_check);
    }

    /// Hands a transaction on that was applied in state `before`.
    fn queue_for_journal(&mut self, transaction: &Transaction, before: u64) {
        let after = self.history.state_id();
        if let Some(applied) = &mut self.applied
            && !transaction.changes.is_empty()
        {
            applied.push(Applied {
                transaction: transaction.clone(),
                before,
                after,
            });
        }
    }

    /// Adds (`there`) or takes away what tags contribute to what is counted.
    fn count<'a>(&mut self, touched: impl IntoIterator<Item = &'a AnnotationId>, there: bool) {
        let (document, schema) = (&self.shown, &self.schema);
        let cx = LintContext {
            document,
            schema,
            text: &self.text_index,
        };
        for id in touched {
            let Some(tag) = document.set().annotation(id) else {
                continue;
            };
            self.tally.count(document, schema, tag, there);
            if let Some(name) = cx.name_of(tag) {
                self.names.count(name, there);
            }
            self.person_counts.count(document, tag, there);
            self.overview.count(schema, tag, there);
            self.listing.count(document, schema, tag, there);
            if !there {
                self.suggestions.remove(&tag.place());
            } else if is_to_review(document, tag) {
                self.suggestions.insert(tag.place());
            }
        }
    }
}

/// The tags whose tally or problems a transaction can change.
fn touched(document: &Document, transaction: &Transaction) -> BTreeSet<AnnotationId> {
    let mut touched = BTreeSet::new();
    let linked_from = |from: &AnnotationId| {
        let links = document.set().links_from(from).map(|link| &link.to);
        links.filter_map(annotation_of).collect::<Vec<_>>()
    };
    for change in &transaction.changes {
        match change {
            Change::Annotation(delta) => {
                for annotation in [&delta.before, &delta.after].into_iter().flatten() {
                    touched.insert(annotation.id.clone());
                    let target = Target::Annotation(annotation.id.clone());
                    let sources = document.set().links_to(&target);
                    touched.extend(sources.map(|link| link.from.clone()));
                    touched.extend(linked_from(&annotation.id));
                }
            }
            Change::Link(delta) => {
                for link in [&delta.before, &delta.after].into_iter().flatten() {
                    touched.insert(link.from.clone());
                    touched.extend(annotation_of(&link.to));
                    touched.extend(linked_from(&link.from));
                }
            }
            Change::Person(delta) => {
                // A new name or role is nothing that is counted or doubtful.
                let comes_or_goes = delta.before.is_none() || delta.after.is_none();
                let people = [&delta.before, &delta.after].into_iter().flatten();
                for person in people.filter(|_| comes_or_goes) {
                    touched.extend(
                        document
                            .set()
                            .mentions(&person.id)
                            .map(|tag| tag.id.clone()),
                    );
                    let target = Target::Person(person.id.clone());
                    let sources = document.set().links_to(&target);
                    touched.extend(sources.map(|link| link.from.clone()));
                }
            }
            Change::PeerReview(_)
            | Change::Decision(_)
            | Change::Suppression(_)
            | Change::Meta(_)
            | Change::Unread(_)
            | Change::Source(_) => {}
        }
    }
    touched
}

fn annotation_of(target: &Target) -> Option<AnnotationId> {
    match target {
        Target::Annotation(id) => Some(id.clone()),
        Target::Person(_) | Target::NotGiven => None,
    }
}
