//! Carrying commands out.

use super::walk::{neighbour, nested};
use super::{Chips, Listed, OpenDocument};
use crate::edit::{self, Refusal, Replay, action};
use crate::model::{AnnotationId, IdSource, Review, Selection};
use crate::ops::{Command, Outcome, TagFilter};
use crate::suggest;
use crate::text::{TextRange, TextSize, snap_to_graphemes};

impl OpenDocument {
    /// Carries a command out: all or nothing.
    ///
    /// # Errors
    /// [`Refusal`] where it may not or need not be done; nothing has changed then.
    pub fn run(&mut self, command: Command, ids: &mut dyn IdSource) -> Result<Outcome, Refusal> {
        if let Some(refusal) = self.read_only_refusal(&command) {
            return Err(refusal);
        }
        if let Command::NextCandidate | Command::PreviousCandidate = command {
            return self.walk_candidates(command == Command::NextCandidate, ids);
        }
        if let Some(transaction) = self.transaction(&command, ids) {
            return self.change(&command, transaction?, ids);
        }
        match command {
            Command::Move { motion, extend } => {
                let range = self.selection.range();
                let head = match motion {
                    // Without Shift an arrow leaves a selection at its edge.
                    edit::Motion::NextGrapheme if !extend && !range.is_empty() => range.end(),
                    edit::Motion::PreviousGrapheme if !extend && !range.is_empty() => range.start(),
                    motion => motion.target(&self.document.source, self.selection.head),
                };
                let anchor = if extend { self.selection.anchor } else { head };
                Ok(self.select(anchor, head))
            }
            Command::Select { anchor, head } => Ok(self.select(anchor, head)),
            Command::Seek(range) => {
                self.selection.tag = None;
                Ok(self.select(range.start(), range.end()))
            }
            Command::SelectAll => Ok(self.select(TextSize::new(0), self.document.source.len())),
            Command::Grow => {
                let range = suggest::grow(&self.document.source, self.selection.range())
                    .ok_or_else(|| Refusal::new("the selection is as large as it gets"))?;
                let origin = self.grown_from.unwrap_or(self.selection.head);
                let outcome = self.select(range.start(), range.end());
                self.grown_from = Some(origin);
                Ok(outcome)
            }
            Command::Shrink => self.shrink(),
            Command::NextTag(filter) => self.walk(&filter, true, ids),
            Command::PreviousTag(filter) => self.walk(&filter, false, ids),
            Command::GoTo(tag) => self.go_to(&tag),
            Command::Outward | Command::Inward => {
                let tag = nested(&self.document, &self.selection, command == Command::Outward)?;
                let (tag, reveal) = (tag.id.clone(), tag.fragments.hull());
                self.selection.tag = Some(tag);
                self.open_chips(false);
                Ok(self.moved(reveal))
            }
            Command::Escape => self.escape(),
            Command::Undo => self.undo(),
            Command::Redo => self.redo(),
            Command::Confirm => self.confirm(ids),
            _ => Err(Refusal::new("there is no quote or claim here")),
        }
    }

    pub(super) fn select(&mut self, anchor: TextSize, head: TextSize) -> Outcome {
        let source = &self.document.source;
        let range = TextRange::new(anchor.min(head), anchor.max(head));
        let range = snap_to_graphemes(source, range);
        let (anchor, head) = if anchor <= head {
            (range.start(), range.end())
        } else {
            (range.end(), range.start())
        };
        // A caret stays a caret: within a cluster it goes to the cluster's start.
        let anchor = if range.is_empty() { head } else { anchor };
        // A range may be meant for the current tag (A adds it), and going about within a tag keeps it
        // current, so that its edges can be nudged there.
        let kept = self.selection.tag.take().filter(|id| {
            anchor != head
                || self
                    .document
                    .set
                    .annotation(id)
                    .is_some_and(|tag| tag.fragments.touches(head))
        });
        self.grown_from = None;
        self.deleted_at = None;
        self.selection = Selection {
            anchor,
            head,
            tag: kept,
        };
        if self.selection.tag.is_none() {
            self.chips = None;
        }
        self.moved(TextRange::empty(head))
    }

    pub(super) fn moved(&self, reveal: TextRange) -> Outcome {
        Outcome {
            message: String::new(),
            reveal: Some(reveal),
            changed: false,
        }
    }

    /// Back the way the selection grew, down to the caret it grew from.
    pub(super) fn shrink(&mut self) -> Result<Outcome, Refusal> {
        let range = self.selection.range();
        if range.is_empty() {
            return Err(Refusal::new("nothing is selected; E selects the word"));
        }
        let origin = self
            .grown_from
            .filter(|&at| range.contains_inclusive(at))
            .unwrap_or(range.start());
        let outcome = match suggest::shrink(&self.document.source, range, origin) {
            Some(smaller) => self.select(smaller.start(), smaller.end()),
            None => self.select(origin, origin),
        };
        self.grown_from = Some(origin);
        Ok(outcome)
    }

    pub(super) fn walk(
        &mut self,
        filter: &TagFilter,
        forward: bool,
        ids: &mut dyn IdSource,
    ) -> Result<Outcome, Refusal> {
        if !filter.is_all() && !self.listing.is_all_of(filter) {
            self.list(filter, usize::MAX);
        }
        let listed = if filter.is_all() {
            Listed::all(&self.document.set)
        } else {
            self.listed()
        };
        let tag = neighbour(listed, &self.selection, filter, forward).map(|tag| tag.id.clone());
        let confirmed = match &self.chips {
            // Going on says yes to what was just tagged, not to what was merely visited.
            Some(chips) if forward && chips.in_hand && !chips.confirmed => {
                self.confirm_link(ids).ok()
            }
            _ => None,
        };
        let tag = match (tag, &confirmed) {
            (Ok(tag), _) => tag,
            (Err(_), Some(_)) => return confirmed.ok_or_else(|| Refusal::new("")),
            (Err(refusal), None) => return Err(refusal),
        };
        let mut outcome = self.go_to(&tag)?;
        if let Some(confirmed) = confirmed {
            outcome.message = confirmed.message;
            outcome.changed = true;
        }
        Ok(outcome)
    }

    pub(super) fn go_to(&mut self, tag: &AnnotationId) -> Result<Outcome, Refusal> {
        let annotation = self
            .document
            .set
            .annotation(tag)
            .ok_or_else(|| Refusal::new("that tag is no longer there"))?;
        let reveal = annotation.fragments.hull();
        self.selection = Selection {
            tag: Some(tag.clone()),
            ..Selection::caret(reveal.start())
        };
        self.chips = None;
        self.open_chips(false);
        Ok(self.moved(reveal))
    }

    /// Enter: yes to a pre-filled speaker; where nothing has been answered the likeliest is filled in
    /// for the next Enter; else the tag is accepted in review and the next one comes.
    pub(super) fn confirm(&mut self, ids: &mut dyn IdSource) -> Result<Outcome, Refusal> {
        let open = self.chips_in_reach().ok();
        if let Some(chips) = open
            && !chips.confirmed
            && self.suits(&chips)
        {
            self.selection.tag = Some(chips.tag.clone());
            if chips.is_answered() {
                self.chips = Some(chips);
                return self.confirm_link(ids);
            }
            if !self.is_rejected(&chips.tag) {
                return self.fill_in(chips, ids);
            }
        }
        self.run_review(Review::Accepted, ids)
    }

    fn is_rejected(&self, tag: &AnnotationId) -> bool {
        let tag = self.document.set.annotation(tag);
        tag.is_some_and(crate::model::Annotation::is_rejected)
    }

    /// Links a tag nobody stands behind yet to the likeliest speaker, unconfirmed.
    fn fill_in(&mut self, chips: Chips, ids: &mut dyn IdSource) -> Result<Outcome, Refusal> {
        let first = chips.candidates.first().ok_or_else(|| {
            Refusal::new("nobody nearby comes into question; tag the speaker, or press 0 for none")
        })?;
        let transaction = action::choose_candidate(&self.context(), &chips.tag, first, false, ids)?;
        self.chips = Some(chips);
        let mut outcome = self.commit(transaction, None)?;
        outcome.message.push_str("; Enter again confirms");
        self.open_chips(true);
        Ok(outcome)
    }

    /// Whether the chips are those of the current tag, if there is one.
    pub(super) fn suits(&self, chips: &Chips) -> bool {
        self.current_tag().is_none_or(|tag| tag.id == chips.tag)
    }

    pub(super) fn run_review(
        &mut self,
        review: Review,
        ids: &mut dyn IdSource,
    ) -> Result<Outcome, Refusal> {
        let command = Command::Review {
            tag: None,
            review,
            then: Some(TagFilter::default()),
        };
        match self.transaction(&command, ids) {
            Some(transaction) => self.change(&command, transaction?, ids),
            None => Err(Refusal::new("no tag is current")),
        }
    }

    pub(super) fn confirm_link(&mut self, ids: &mut dyn IdSource) -> Result<Outcome, Refusal> {
        let tag = self.chips_in_reach()?.tag;
        let ctx = self.context();
        let transaction = action::confirm_link(&ctx, &tag, ids)?;
        let outcome = self.commit(transaction, None)?;
        self.chips = None;
        Ok(outcome)
    }

    pub(super) fn escape(&mut self) -> Result<Outcome, Refusal> {
        if let Some(chips) = self.chips.take() {
            if chips.chosen.is_none() || chips.confirmed || self.read_only.is_some() {
                return Ok(Outcome::default());
            }
            let ctx = self.context();
            let transaction = action::leave_undecided(&ctx, &chips.tag)?;
            return self.commit(transaction, None);
        }
        if !self.selection.is_caret() {
            let head = self.selection.head;
            return Ok(self.select(head, head));
        }
        self.selection.tag = None;
        Ok(Outcome::default())
    }

    pub(super) fn undo(&mut self) -> Result<Outcome, Refusal> {
        let state = self.history.revision();
        let replay = self
            .history
            .undo()
            .ok_or_else(|| Refusal::new("there is nothing to undo"))?;
        self.replay(replay, state, "undid")
    }

    pub(super) fn redo(&mut self) -> Result<Outcome, Refusal> {
        let state = self.history.revision();
        let replay = self
            .history
            .redo()
            .ok_or_else(|| Refusal::new("there is nothing to redo"))?;
        self.replay(replay, state, "did again")
    }

    /// Applies what undo or redo asks for, in the state before it.
    pub(super) fn replay(
        &mut self,
        replay: Replay,
        state: u64,
        verb: &str,
    ) -> Result<Outcome, Refusal> {
        self.apply(&replay.transaction)?;
        self.note_applied(&replay.transaction, state);
        self.selection = replay.selection;
        self.chips = None;
        self.open_chips(false);
        let reveal = self
            .selection
            .tag
            .as_ref()
            .and_then(|id| self.document.set.annotation(id))
            .map_or(self.selection.range(), |tag| tag.fragments.hull());
        Ok(Outcome {
            message: format!("{verb}: {}", replay.transaction.label),
            reveal: Some(reveal),
            changed: true,
        })
    }

    /// Opens or renews the chips of the current tag, where somebody stands behind it.
    pub(super) fn open_chips(&mut self, in_hand: bool) {
        let before = self.chips.take();
        let tag = self
            .selection
            .tag
            .as_ref()
            .and_then(|id| self.document.set.annotation(id));
        self.chips =
            tag.and_then(|tag| Chips::of(&self.document, &self.schema, tag, before.as_ref()));
        if let Some(chips) = &mut self.chips {
            chips.in_hand |= in_hand;
        }
        // Where all is said they would only cover the text; Tab brings them back.
        self.chips = self
            .chips
            .take()
            .filter(|chips| chips.in_hand || !chips.confirmed);
    }
}
