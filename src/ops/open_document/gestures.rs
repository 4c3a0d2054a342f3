//! What a key does depending on the state of the document: moves and edits put together.

use super::OpenDocument;
use super::resolve::{FollowUp, Step};
use crate::edit::{Coalesce, Refusal, tag_words};
use crate::model::{Annotation, AnnotationId, IdSource, Review, Verdict};
use crate::ops::{Command, Edit, Gesture, Outcome, ReviewStep, TagFilter, needs_speaker};
use crate::suggest::continuation;
use crate::text::TextRange;

impl OpenDocument {
    pub(super) fn run_gesture(
        &mut self,
        gesture: &Gesture,
        ids: &mut dyn IdSource,
    ) -> Result<Outcome, Refusal> {
        match gesture {
            Gesture::NextTag(filter) => self.next_tag(filter, ids),
            Gesture::Untagged { forward } => self.go_to_untagged(*forward, ids),
            Gesture::Suggestion { forward } => {
                let confirmed = self.confirm_in_hand(ids);
                match self.go_to_suggestion(*forward) {
                    Ok(moved) => Ok(gone_on(confirmed, moved)),
                    Err(refusal) => confirmed.ok_or(refusal),
                }
            }
            Gesture::NextCandidate => self.step_candidate(true, ids),
            Gesture::PreviousCandidate => self.step_candidate(false, ids),
            Gesture::Confirm => self.confirm(ids),
            Gesture::ReviewAndGoOn {
                tag,
                review,
                filter,
            } => self.review_and_go_on(tag.as_ref(), *review, filter, ids),
            Gesture::Escape => self.escape(ids),
            Gesture::Decide(key) => self.decide(*key, ids),
            Gesture::GiveReason(words) => self.give_reason(words),
            Gesture::ReviewOfOthers(step) => self.review_step(step, ids),
            Gesture::Settle(step) => self.correction_step(step, ids),
            Gesture::FixProblem(problem) => self.fix_problem(problem.as_ref(), ids),
            Gesture::Undo => self.undo(),
            Gesture::Redo => self.redo(),
        }
    }

    /// While somebody else’s tags are reviewed, to tag is to propose.
    pub(super) fn meant(&self, command: Command) -> Command {
        match command {
            Command::Edit(Edit::Tag(label)) if self.is_proposing() => {
                Gesture::ReviewOfOthers(ReviewStep::Missing(label)).into()
            }
            Command::Move(_) | Command::Edit(_) | Command::Gesture(_) => command,
        }
    }

    fn next_tag(&mut self, filter: &TagFilter, ids: &mut dyn IdSource) -> Result<Outcome, Refusal> {
        let confirmed = self.confirm_in_hand(ids);
        let next = self.tag_onward(filter);
        match next {
            Ok(tag) => {
                let moved = self.walk_to(&tag)?;
                Ok(gone_on(confirmed, moved))
            }
            // On a way through all tags, what could be one comes after the last.
            Err(_) if filter.is_all() && self.writable().is_ok() => {
                self.go_on_to_untagged(confirmed)
            }
            Err(refusal) => confirmed.ok_or(refusal),
        }
    }

    /// After the last tag: what is not tagged yet, below the current tag.
    fn go_on_to_untagged(&mut self, confirmed: Option<Outcome>) -> Result<Outcome, Refusal> {
        let from = self.current_tag().map_or(self.selection.range(), |tag| {
            TextRange::empty(tag.fragments.end())
        });
        match self.untagged_beside(from, true) {
            Ok(passage) => {
                let mut outcome = gone_on(confirmed, self.go_to_passage(passage));
                let words = "no more tags below; this is not tagged yet";
                outcome.message = joined(&outcome.message, words);
                Ok(outcome)
            }
            Err(_) => match confirmed {
                Some(confirmed) => Ok(confirmed),
                None => self.at_the_end(&Refusal::new("no more tags below")),
            },
        }
    }

    /// At the end of a way: says which quotes and claims still wait for their speaker; asked again, goes
    /// to the first of them.
    fn at_the_end(&mut self, refusal: &Refusal) -> Result<Outcome, Refusal> {
        let current = self.current_tag().map(|tag| tag.id.clone());
        let waits = self.shown.set().annotations().find(|tag| {
            Some(&tag.id) != current.as_ref()
                && !tag.is_open_suggestion()
                && needs_speaker(&self.shown, &self.schema, tag)
        });
        let Some(first) = waits.map(|tag| tag.id.clone()) else {
            return Err(refusal.clone());
        };
        if self.offered.take().as_ref() == Some(&first) {
            let moved = self.walk_to(&first)?;
            return Ok(Outcome {
                message: "back at the first tag without a confirmed speaker".to_owned(),
                ..moved
            });
        }
        self.offered = Some(first);
        let unasked = (self.tally.without_speaker).saturating_sub(self.tally.unconfirmed);
        let left = [
            (self.tally.unconfirmed, "to confirm"),
            (unasked, "without a speaker"),
        ];
        let left: Vec<String> = left
            .iter()
            .filter(|(number, _)| *number > 0)
            .map(|(number, what)| format!("{number} {what}"))
            .collect();
        Err(Refusal::new(format!(
            "{refusal}; press again for the first of {}",
            left.join(", ")
        )))
    }

    fn go_to_untagged(
        &mut self,
        forward: bool,
        ids: &mut dyn IdSource,
    ) -> Result<Outcome, Refusal> {
        let next = self.untagged_beside(self.selection.range(), forward);
        // Nobody goes this way to look at what is tagged: the speaker shown is right.
        let suggested = self
            .current_tag()
            .is_some_and(Annotation::is_open_suggestion);
        if let Some(chips) = self.chips.as_mut().filter(|_| !suggested) {
            chips.in_hand |= chips.chosen.is_some();
        }
        let confirmed = self.confirm_in_hand(ids);
        match next {
            Ok(passage) => {
                let is_part = self.is_next_part(passage);
                let mut outcome = gone_on(confirmed, self.go_to_passage(passage));
                if is_part {
                    let words = "the last quote may go on here; A adds this as a part";
                    outcome.message = joined(&outcome.message, words);
                }
                Ok(outcome)
            }
            Err(refusal) => match confirmed {
                Some(confirmed) => Ok(confirmed),
                None if forward => self.at_the_end(&refusal),
                None => Err(refusal),
            },
        }
    }

    /// Whether the quote last tagged or extended goes on in a passage: “We do,” he said. “Today not.”
    fn is_next_part(&self, passage: TextRange) -> bool {
        let last = self.extended.as_ref();
        let tag = last.and_then(|id| self.shown.set().annotation(id));
        tag.filter(|tag| tag.label == "quote" && tag.fragments.end() <= passage.start())
            .and_then(|tag| continuation(&self.shown, tag))
            == Some(passage)
    }

    /// Moving on confirms what was just tagged, not what was merely visited.
    fn confirm_in_hand(&mut self, ids: &mut dyn IdSource) -> Option<Outcome> {
        let chips = self.chips.as_ref()?;
        if !chips.goes_on_confirming() {
            return None;
        }
        let confirm = Edit::ConfirmLink(chips.tag.clone());
        self.run_edit(&confirm, ids).ok()
    }

    fn review_and_go_on(
        &mut self,
        tag: Option<&AnnotationId>,
        review: Review,
        filter: &TagFilter,
        ids: &mut dyn IdSource,
    ) -> Result<Outcome, Refusal> {
        let marked = match tag {
            Some(id) => self.shown.set().annotation(id),
            None => self.current_tag(),
        };
        let suggested = marked.is_some_and(Annotation::is_open_suggestion);
        let mut outcome = self.run_edit(&mark(tag, review), ids)?;
        if suggested {
            return Ok(self.go_on_to_suggestion(outcome));
        }
        // One who has just tagged or clicked it may have more to say about it.
        if !self.walks {
            return Ok(outcome);
        }
        // The link is no part of this answer: one gesture, one step to undo.
        let next = self.tag_beside(filter, true);
        match next.and_then(|tag| self.walk_to(&tag)) {
            Ok(next) => {
                outcome.reveal = next.reveal;
                if let Some(tag) = self.current_tag() {
                    let words = tag_words(&self.shown, &self.schema, tag);
                    outcome.message.push_str("; now at ");
                    outcome.message.push_str(&words);
                }
            }
            Err(_) => outcome.message.push_str("; no more below"),
        }
        Ok(outcome)
    }

    /// After a verdict: goes to the next suggestion, if there is one.
    fn go_on_to_suggestion(&mut self, decided: Outcome) -> Outcome {
        let next = self.suggestion(true).map(|tag| tag.id.clone());
        let moved = next.and_then(|tag| self.walk_to(&tag).ok());
        let words = match (&moved, self.current_tag()) {
            (Some(_), Some(tag)) => {
                format!("now at {}", tag_words(&self.shown, &self.schema, tag))
            }
            (Some(_), None) | (None, _) => "no more suggestions below".to_owned(),
        };
        Outcome {
            message: joined(&decided.message, &words),
            reveal: moved.map_or(decided.reveal, |moved| moved.reveal),
            ..decided
        }
    }

    fn confirm(&mut self, ids: &mut dyn IdSource) -> Result<Outcome, Refusal> {
        self.writable()?;
        let settled = self.settled.take();
        if settled.is_some() && self.selection.tag == settled {
            return Ok(Outcome {
                message: "the speaker is confirmed already; press Enter again to accept".to_owned(),
                ..Outcome::default()
            });
        }
        if let Ok(chips) = self.chips_in_reach()
            && !chips.confirmed
            && self.concerns_current_tag(&chips)
        {
            self.selection.tag = Some(chips.tag.clone());
            if chips.is_answered() {
                let confirm = Edit::ConfirmLink(chips.tag.clone());
                // One that was corrected just now is still on the way from suggestion to suggestion.
                let suggested = self.current_tag().is_some_and(|tag| {
                    tag.is_open_suggestion() || self.walks && tag.verdict == Verdict::Corrected
                });
                self.chips = Some(chips);
                let confirmed = self.run_edit(&confirm, ids)?;
                return Ok(if suggested {
                    self.go_on_to_suggestion(confirmed)
                } else {
                    confirmed
                });
            }
            let tag = self.shown.set().annotation(&chips.tag);
            if !tag.is_some_and(Annotation::is_rejected) {
                // The most likely speaker, for the next Enter to confirm.
                if chips.candidates.is_empty() {
                    self.asking = Some(chips.tag);
                    return Err(Refusal::new(
                        "no speaker found nearby; tag one (S) or press 0 for none",
                    ));
                }
                let step = self.link_candidate(&chips, 0, false, ids)?;
                self.chips = Some(chips);
                let mut outcome = self.commit_step(step)?;
                outcome.message.push_str("; press Enter again to confirm");
                return Ok(outcome);
            }
        }
        self.review_and_go_on(None, Review::Accepted, &TagFilter::default(), ids)
    }

    fn escape(&mut self, ids: &mut dyn IdSource) -> Result<Outcome, Refusal> {
        if let Some(chips) = self.chips.take() {
            let keeps = chips.chosen.is_none() || chips.confirmed || self.is_undecided(&chips.tag);
            if keeps || self.writable().is_err() {
                return Ok(Outcome::default());
            }
            return self.run_edit(&Edit::LeaveUndecided(chips.tag), ids);
        }
        if !self.selection.is_caret() {
            let head = self.selection.head;
            return Ok(self.select(head, head));
        }
        if self.selection.tag.is_none()
            && let Some(outcome) = self.leave_review()
        {
            return Ok(outcome);
        }
        self.selection.tag = None;
        Ok(Outcome::default())
    }

    /// Links to the next candidate. Each step undoes the one before, so that a walk leaves no trace
    /// and is undone as one.
    fn step_candidate(
        &mut self,
        forward: bool,
        ids: &mut dyn IdSource,
    ) -> Result<Outcome, Refusal> {
        self.writable()?;
        let (chips, next) = match self.next_candidate(forward) {
            Ok(next) => next,
            Err(refusal) => {
                let unanswered = self.chips_in_reach().ok().filter(|chips| !chips.confirmed);
                self.asking = unanswered.map(|chips| chips.tag);
                return Err(refusal);
            }
        };
        let round = match (chips.chosen, forward) {
            (Some(at), true) if next < at => Some("first"),
            (Some(at), false) if next > at => Some("last"),
            (Some(_) | None, _) => None,
        };
        let key = Coalesce::Candidates(chips.tag.clone());
        let before = (self.selection.clone(), self.chips.clone());
        let taken_back = self.history.continues(&key);
        if taken_back {
            self.take_back()?;
        }
        self.selection.tag = Some(chips.tag.clone());
        self.chips = Some(chips);
        self.open_chips(true);
        match self.choose(next, key, ids) {
            Ok(mut outcome) => {
                self.open_chips(true);
                let chips = self.chips.as_ref();
                let chosen = chips.and_then(|chips| chips.candidates.get(next));
                if let (Some(round), Some(chosen)) = (round, chosen) {
                    outcome.message = format!("back to the {round}: {}", chosen.words);
                }
                Ok(outcome)
            }
            Err(refusal) => {
                if taken_back {
                    self.do_again()?;
                }
                (self.selection, self.chips) = before;
                Err(refusal)
            }
        }
    }

    /// Links to the candidate at this place, as a step that coalesces under `key`.
    fn choose(
        &mut self,
        next: usize,
        key: Coalesce,
        ids: &mut dyn IdSource,
    ) -> Result<Outcome, Refusal> {
        let chips = self.chips_in_reach()?;
        if chips.chosen == Some(next)
            && let Some(candidate) = chips.candidates.get(next)
        {
            return Ok(Outcome {
                message: format!("still linked to {}", candidate.words),
                changed: true,
                undoable: true,
                ..Outcome::default()
            });
        }
        let step = self.link_candidate(&chips, next, chips.confirmed, ids)?;
        self.commit_step(Step {
            coalesce: Some(key),
            follow_up: FollowUp::TakeInHand,
            ..step
        })
    }

    fn undo(&mut self) -> Result<Outcome, Refusal> {
        self.writable()?;
        let replay = self.take_back()?;
        Ok(self.replayed(replay, "undid"))
    }

    fn redo(&mut self) -> Result<Outcome, Refusal> {
        self.writable()?;
        let replay = self.do_again()?;
        Ok(self.replayed(replay, "redid"))
    }
}

/// What is shown after a move that may have confirmed something.
fn gone_on(confirmed: Option<Outcome>, moved: Outcome) -> Outcome {
    match confirmed {
        Some(confirmed) => Outcome {
            reveal: moved.reveal,
            ..confirmed
        },
        None => moved,
    }
}

/// A message with more after it.
fn joined(message: &str, more: &str) -> String {
    match message {
        "" => more.to_owned(),
        before => format!("{before}; {more}"),
    }
}

/// The mark of a review without the going on.
pub(super) fn mark(tag: Option<&AnnotationId>, review: Review) -> Edit {
    Edit::Review {
        tag: tag.cloned(),
        review,
    }
}
