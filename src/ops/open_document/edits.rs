//! Running an edit: what it means, the change, and what follows.

use super::OpenDocument;
use super::resolve::{FollowUp, Step};
use crate::edit::{self, Refusal, Replay, action};
use crate::model::{Annotation, AnnotationId, Change, IdSource, Sitting, Transaction};
use crate::ops::{Edit, Outcome, Reanchored};
use crate::text::TextRange;

/// Lines from a paragraph to the next one, with an empty line between them.
const NEXT_PARAGRAPH: usize = 2;

impl OpenDocument {
    pub(super) fn run_edit(
        &mut self,
        edit: &Edit,
        ids: &mut dyn IdSource,
    ) -> Result<Outcome, Refusal> {
        self.writable()?;
        let mut step = self.resolve(edit, ids)?;
        let added = self.selection.range();
        if let Some(before) = step.confirms.take() {
            step = self.with_confirmed(&before, edit, ids)?;
        }
        step.transaction = self.with_agreed(step.transaction, ids)?;
        let mut outcome = self.commit_step(step)?;
        self.left_in_hand = None;
        if outcome.message.starts_with("added a part")
            && let Some(tag) = self.extended_from_afar(added)
        {
            let words = edit::tag_words(&self.shown, &self.schema, tag);
            outcome.message = format!("added a part to {words}");
        }
        Ok(outcome)
    }

    /// An edit that also confirms the speaker shown for the quote or claim before, as one step.
    fn with_confirmed(
        &mut self,
        before: &AnnotationId,
        edit: &Edit,
        ids: &mut dyn IdSource,
    ) -> Result<Step, Refusal> {
        let confirm = action::confirm_link(&self.context(), before, ids)?;
        let mut confirmed = self.shown.clone();
        edit::apply(&mut confirmed, &confirm).map_err(|error| Refusal::new(error.to_string()))?;
        // What the edit does depends on it: the same mention is no tag to be made then.
        let shown = std::mem::replace(&mut self.shown, confirmed);
        let step = self.resolve(edit, ids);
        self.shown = shown;
        let mut step = step?;
        step.transaction.label = format!("{}; {}", confirm.label, step.transaction.label);
        step.transaction = confirm.followed_by(step.transaction);
        Ok(step)
    }

    /// The current tag, where its other parts are further from the added range than the next paragraph:
    /// it is named then.
    fn extended_from_afar(&self, added: TextRange) -> Option<&Annotation> {
        let tag = self.current_tag()?;
        let lines = self.shown.source().lines();
        let line = lines.line_at(added.start());
        let others = tag
            .fragments
            .iter()
            .filter(|part| !part.contains_inclusive(added.start()));
        let away = |part: TextRange| {
            let (first, last) = (lines.line_at(part.start()), lines.line_at(part.end()));
            first.saturating_sub(line).max(line.saturating_sub(last))
        };
        others
            .map(away)
            .min()
            .filter(|&away| away > NEXT_PARAGRAPH)?;
        Some(tag)
    }

    /// Applies a step, remembers it for undo and moves on as it says.
    pub(super) fn commit_step(&mut self, step: Step) -> Result<Outcome, Refusal> {
        let mut outcome = self.commit(step.transaction, step.coalesce)?;
        self.settled = None;
        match step.follow_up {
            FollowUp::RenewChips => self.open_chips(false),
            FollowUp::TakeInHand => self.open_chips(true),
            FollowUp::Tagged => {
                outcome.tagged = true;
                self.walks = false;
                self.extend_from_now();
                self.open_chips(true);
                if let Some(chips) = self.chips.take_if(|chips| chips.confirmed) {
                    self.settled = Some(chips.tag);
                }
            }
            FollowUp::Assigned => {
                self.open_chips(false);
                if let Some(chips) = self.chips.take_if(|chips| chips.confirmed) {
                    self.settled = Some(chips.tag);
                }
            }
            FollowUp::Extended => {
                self.extend_from_now();
                self.open_chips(false);
            }
            FollowUp::Answered(tag) => {
                self.chips = None;
                self.selection.tag = Some(tag);
                self.open_chips(false);
            }
            FollowUp::CloseChips => self.chips = None,
            FollowUp::KeepClear => {
                self.deleted_at = Some(self.selection.clone());
                self.open_chips(false);
            }
        }
        self.asking = self
            .chips
            .as_ref()
            .filter(|chips| chips.in_hand && !chips.confirmed)
            .map(|chips| chips.tag.clone());
        Ok(outcome)
    }

    /// Parts are added to the current quote or claim from now on.
    fn extend_from_now(&mut self) {
        let set = self.shown.set();
        let current = self.selection.tag.as_ref();
        let speaking = current.filter(|id| {
            set.annotation(id)
                .is_some_and(|tag| self.schema.speaks(&tag.label))
        });
        if let Some(tag) = speaking {
            self.extended = Some(tag.clone());
        }
    }

    /// Adds times of work. They are nothing to undo and no reason to save.
    pub fn add_sittings(&mut self, sittings: impl IntoIterator<Item = Sitting>) {
        edit::add_sittings(&mut self.document, sittings);
    }

    /// Applies a transaction from elsewhere, such as [`crate::ops::MergedFromDisk`], as one step that
    /// can be undone. The person stays where they are.
    ///
    /// # Errors
    /// [`Refusal`] where nothing may be changed, or the document is no longer what the step was made
    /// for; nothing has changed then.
    pub fn apply_external(&mut self, transaction: Transaction) -> Result<Outcome, Refusal> {
        self.writable()?;
        if transaction.changes.is_empty() {
            return Ok(Outcome::default());
        }
        let outcome = self.commit(transaction, None)?;
        let set = self.shown.set();
        let gone = |id: &AnnotationId| set.annotation(id).is_none();
        if self.selection.tag.as_ref().is_some_and(gone) {
            self.selection.tag = None;
            // No other tag takes its place: the next key would be about that.
            self.deleted_at = Some(self.selection.clone());
        }
        self.open_chips(false);
        Ok(outcome)
    }

    /// Lets the tags follow an article that has changed since it was annotated: one step that can
    /// be undone. It counts as saved: what is on disk says the same, as it was before.
    pub fn follow_article(&mut self, followed: &Reanchored) {
        match self.commit(followed.transaction.clone(), None) {
            Ok(_) => self.history.mark_saved(self.history.state_id()),
            Err(refusal) => log::warn!("tags do not follow the changed article: {refusal}"),
        }
    }

    /// Goes where the person was before a step that was undone, or after one that was redone.
    pub(super) fn replayed(&mut self, replay: Replay, verb: &str) -> Outcome {
        self.selection = replay.selection;
        self.leave_gone_tag();
        self.chips = None;
        self.asking = None;
        self.settled = None;
        self.walks = false;
        self.open_chips(false);
        // A pre-filled speaker that is to be confirmed again is as if just tagged.
        if let Some(chips) = self.chips.as_mut().filter(|chips| !chips.confirmed) {
            chips.in_hand = concerns(&replay.transaction, &chips.tag);
        }
        let tag = self.selection.tag.as_ref();
        let reveal = tag
            .and_then(|id| self.shown.set().annotation(id))
            .map_or(self.selection.range(), |tag| tag.fragments.hull());
        Outcome {
            message: format!("{verb}: {}", replay.transaction.label),
            reveal: Some(reveal),
            changed: true,
            undoable: false,
            ..Outcome::default()
        }
    }
}

/// Whether a transaction changes a quote or claim or its links.
fn concerns(transaction: &Transaction, tag: &AnnotationId) -> bool {
    transaction.changes.iter().any(|change| match change {
        Change::Annotation(delta) => {
            let mut both = [&delta.before, &delta.after].into_iter().flatten();
            both.any(|annotation| annotation.id == *tag)
        }
        Change::Link(delta) => {
            let mut both = [&delta.before, &delta.after].into_iter().flatten();
            both.any(|link| link.from == *tag)
        }
        Change::Person(_)
        | Change::PeerReview(_)
        | Change::Decision(_)
        | Change::Suppression(_)
        | Change::Meta(_)
        | Change::Unread(_)
        | Change::Source(_) => false,
    })
}
