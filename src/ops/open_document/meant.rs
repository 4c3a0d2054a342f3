//! What a command means here: its tag, its candidates, its transaction.

use super::{Chips, OpenDocument};
use crate::edit::{Coalesce, Context, Refusal, action};
use crate::model::{AnnotationId, IdSource, Transaction};
use crate::ops::{Command, Outcome};

impl OpenDocument {
    pub(super) fn context(&self) -> Context<'_> {
        Context {
            document: &self.document,
            schema: &self.schema,
            selection: &self.selection,
            annotator: self.annotator.as_deref(),
        }
    }

    /// The transaction of a command that is one; `None` for those that only move.
    pub(super) fn transaction(
        &self,
        command: &Command,
        ids: &mut dyn IdSource,
    ) -> Option<Result<Transaction, Refusal>> {
        let ctx = self.context();
        let meant = |tag: &Option<AnnotationId>| match tag {
            Some(tag) => Ok(tag.clone()),
            None => self.meant(),
        };
        let result = match command {
            Command::Tag(label) => action::tag(&ctx, label, ids),
            Command::AddFragment => self
                .meant_quote_first()
                .and_then(|tag| action::add_fragment(&ctx, &tag)),
            Command::RemoveFragment { tag, index } => action::remove_fragment(&ctx, tag, *index),
            Command::RemovePart => self.meant().and_then(|tag| action::remove_part(&ctx, &tag)),
            Command::Nudge {
                edge,
                forward,
                step,
            } => self
                .meant()
                .and_then(|tag| action::nudge(&ctx, &tag, *edge, *forward, *step)),
            Command::SetEdge {
                tag,
                index,
                edge,
                to,
            } => action::set_edge(&ctx, tag, *index, *edge, *to),
            Command::Relabel { tag, label } => {
                meant(tag).and_then(|tag| action::relabel(&ctx, &tag, label))
            }
            Command::SetAttribute { tag, name, value } => {
                meant(tag).and_then(|tag| action::set_attribute(&ctx, &tag, name, value.clone()))
            }
            Command::SetNote { tag, note } => {
                meant(tag).and_then(|tag| action::set_note(&ctx, &tag, note))
            }
            Command::Delete(tag) => meant(tag).and_then(|tag| action::delete(&ctx, &tag)),
            Command::NextCandidate => self.candidate_step(&ctx, true, ids),
            Command::PreviousCandidate => self.candidate_step(&ctx, false, ids),
            Command::ChooseCandidate(index) => self.chips_in_reach().and_then(|chips| {
                let candidate = chips
                    .candidates
                    .get(*index)
                    .ok_or_else(|| Refusal::new("there is no such candidate"))?;
                action::choose_candidate(&ctx, &chips.tag, candidate, true, ids)
            }),
            Command::NotGiven => self
                .chips_in_reach()
                .and_then(|chips| action::not_given(&ctx, &chips.tag, ids)),
            Command::Link { from, to, add } => action::link(&ctx, from, to, *add, ids),
            Command::LinkToMentionAt { from, at } => action::link_to_mention(&ctx, from, *at, ids),
            Command::Unlink(link) => action::unlink(&ctx, link),
            Command::AssignPerson { tag, person } => {
                meant(tag).and_then(|tag| action::assign_person(&ctx, &tag, person, ids))
            }
            Command::EditPerson(person) => action::edit_person(&ctx, person),
            Command::MergePeople { from, into } => action::merge_people(&ctx, from, into),
            Command::DeletePerson(person) => action::delete_person(&ctx, person),
            Command::Review { tag, review, .. } => {
                meant(tag).and_then(|tag| action::review(&ctx, &tag, *review, ids))
            }
            Command::EditText { range, replacement } => {
                action::edit_text(&ctx, *range, replacement)
            }
            Command::PlaceLost(record) => action::place_lost(&ctx, record),
            Command::ForgetLost(record) => action::forget_lost(&ctx, record),
            Command::SetState(state) => action::set_state(&ctx, *state),
            Command::TakeOther(record) => action::take_other(&ctx, record),
            Command::KeepOurs(record) => action::keep_ours(&ctx, record),
            _ => return None,
        };
        Some(result)
    }

    /// The tag a command without one means.
    pub(super) fn meant(&self) -> Result<AnnotationId, Refusal> {
        self.current_tag()
            .map(|tag| tag.id.clone())
            .ok_or_else(|| Refusal::new("no tag is current; put the caret in one or press N"))
    }

    /// The tag a note is written on.
    pub(super) fn meant_by(&self, command: &Command) -> Option<AnnotationId> {
        match command {
            Command::SetNote { tag: Some(tag), .. } => Some(tag.clone()),
            _ => self.meant().ok(),
        }
    }

    /// The tag a selection is added to: with a selection made, the tag that was current before.
    pub(super) fn meant_quote_first(&self) -> Result<AnnotationId, Refusal> {
        self.meant().or_else(|refusal| {
            let range = self.selection.range();
            let last = self
                .document
                .set
                .before(range.start(), range.end(), &AnnotationId::new(""));
            // Quotes before speakers: what is split is nearly always speech.
            last.take(8)
                .find(|tag| self.schema.speaks(&tag.label))
                .map(|tag| tag.id.clone())
                .ok_or(refusal)
        })
    }

    /// The open chips, or those of the quote or claim at the caret.
    pub(super) fn chips_in_reach(&self) -> Result<Chips, Refusal> {
        if let Some(chips) = &self.chips {
            return Ok(chips.clone());
        }
        let at_caret = self.tags_at_caret();
        self.selection
            .tag
            .as_ref()
            .and_then(|id| self.document.set.annotation(id))
            .into_iter()
            .chain(at_caret)
            .find(|tag| self.schema.speaker_role(&tag.label).is_some())
            .and_then(|tag| Chips::of(&self.document, &self.schema, tag, None))
            .ok_or_else(|| Refusal::new("there is no quote or claim here to give a speaker"))
    }

    pub(super) fn candidate_step(
        &self,
        ctx: &Context<'_>,
        forward: bool,
        ids: &mut dyn IdSource,
    ) -> Result<Transaction, Refusal> {
        let chips = self.chips_in_reach()?;
        let candidate = neighbour(&chips, forward).and_then(|at| chips.candidates.get(at));
        let candidate = candidate.ok_or_else(nobody_else)?;
        action::choose_candidate(ctx, &chips.tag, candidate, false, ids)
    }

    /// Tab: links to the next candidate. Each step takes the one before it back, so that a walk
    /// leaves nothing behind and is undone as one.
    pub(super) fn walk_candidates(
        &mut self,
        forward: bool,
        ids: &mut dyn IdSource,
    ) -> Result<Outcome, Refusal> {
        let chips = self.chips_in_reach()?;
        let next = neighbour(&chips, forward).ok_or_else(nobody_else)?;
        let round = match (chips.chosen, forward) {
            (Some(at), true) if next < at => Some("first"),
            (Some(at), false) if next > at => Some("last"),
            _ => None,
        };
        let key = Coalesce::Candidates(chips.tag.clone());
        let before = (self.selection.clone(), self.chips.clone());
        let state = self.history.revision();
        let taken_back = self.history.continues(&key).then(|| self.history.undo());
        let taken_back = taken_back.flatten();
        if let Some(step) = &taken_back {
            self.apply(&step.transaction)?;
            self.note_applied(&step.transaction, state);
        }
        self.selection.tag = Some(chips.tag.clone());
        self.chips = Some(chips);
        self.open_chips(true);
        let mut outcome = self.choose(next, key, ids);
        match &mut outcome {
            Ok(outcome) => {
                self.open_chips(true);
                let chosen = self
                    .chips
                    .as_ref()
                    .and_then(|chips| chips.candidates.get(next));
                if let (Some(round), Some(chosen)) = (round, chosen) {
                    outcome.message = format!("{round} again: {}", chosen.words);
                }
            }
            Err(_) => {
                let state = self.history.revision();
                if taken_back.is_some()
                    && let Some(step) = self.history.redo()
                {
                    self.apply(&step.transaction)?;
                    self.note_applied(&step.transaction, state);
                }
                (self.selection, self.chips) = before;
            }
        }
        outcome
    }

    /// Links to the candidate at this place, as a step that goes on under `key`.
    fn choose(
        &mut self,
        next: usize,
        key: Coalesce,
        ids: &mut dyn IdSource,
    ) -> Result<Outcome, Refusal> {
        let chips = self.chips_in_reach()?;
        let candidate = chips.candidates.get(next).ok_or_else(nobody_else)?;
        if chips.chosen == Some(next) {
            return Ok(Outcome {
                message: format!("{} again", candidate.words),
                reveal: None,
                changed: true,
            });
        }
        let (tag, confirmed) = (&chips.tag, chips.confirmed);
        let transaction =
            action::choose_candidate(&self.context(), tag, candidate, confirmed, ids)?;
        self.commit(transaction, Some(key))
    }
}

/// The next candidate; `None` where there is no other.
fn neighbour(chips: &Chips, forward: bool) -> Option<usize> {
    chips
        .neighbour(forward)
        .filter(|at| chips.chosen != Some(*at))
}

fn nobody_else() -> Refusal {
    Refusal::new("nobody else nearby comes into question; tag the speaker, or press 0 for none")
}
