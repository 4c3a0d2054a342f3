//! Where every command enters.

use smol_str::SmolStr;

use super::OpenDocument;
use super::decisions::NOTHING_AGREED;
use crate::edit::Refusal;
use crate::model::IdSource;
use crate::ops::{Command, DecisionStep, Gesture, Move, Outcome, ReviewStep};

// Calls go one way, from the top of this list down: run → gestures → edits → resolve, commit,
// navigate → chips and counts.
impl OpenDocument {
    /// Carries a command out: all or nothing.
    ///
    /// # Errors
    /// [`Refusal`] where it may not or need not be done; nothing has changed then.
    pub fn run(
        &mut self,
        command: impl Into<Command>,
        ids: &mut dyn IdSource,
    ) -> Result<Outcome, Refusal> {
        let command = self.meant(command.into());
        match &command {
            Command::Gesture(Gesture::NextTag(_) | Gesture::Untagged { forward: true }) => {}
            Command::Move(_) | Command::Edit(_) | Command::Gesture(_) => self.offered = None,
        }
        self.awaited = None;
        match &command {
            Command::Gesture(Gesture::Decide(_) | Gesture::GiveReason(_)) => {}
            Command::Move(_) | Command::Edit(_) | Command::Gesture(_) => self.forget_parts(),
        }
        match &command {
            Command::Move(_) | Command::Edit(_) => {}
            Command::Gesture(_) => self.left_in_hand = None,
        }
        let done = match &command {
            Command::Move(to) => self.navigate(to),
            Command::Edit(edit) => self.run_edit(edit, ids),
            Command::Gesture(gesture) => self.run_gesture(gesture, ids),
        };
        self.note_speech();
        self.refused = match command {
            Command::Edit(edit) if done.is_err() => Some(edit),
            Command::Edit(_) | Command::Move(_) | Command::Gesture(_) => None,
        };
        done
    }

    /// Why the current command would be refused; `None` where it would not, or where only doing it
    /// shows. Changes nothing. For disabled buttons and their tooltips.
    #[must_use]
    pub fn refusal(&self, command: &Command) -> Option<Refusal> {
        struct NoIds;
        impl IdSource for NoIds {
            fn next_id(&mut self) -> SmolStr {
                SmolStr::new_static("preview")
            }
        }
        match &self.meant(command.clone()) {
            Command::Move(Move::Difference { .. }) => match self.adjudication() {
                Some(adjudication) if adjudication.open_count() > 0 => None,
                Some(_) => Some(Refusal::new("no differences left to decide on")),
                None => Some(Refusal::new("choose Review › Adjudicate first")),
            },
            Command::Move(Move::Correction { .. }) => match self.peer_work() {
                Some(peer_work) if peer_work.open_count() > 0 => None,
                Some(_) | None => Some(Refusal::new("no corrections to settle here")),
            },
            Command::Move(_) => None,
            Command::Edit(edit) => self
                .resolve(edit, &mut NoIds)
                .err()
                .or_else(|| self.writable().err()),
            Command::Gesture(gesture) => match gesture {
                Gesture::NextTag(_)
                | Gesture::Untagged { .. }
                | Gesture::Suggestion { .. }
                | Gesture::Escape => None,
                Gesture::Confirm => self.writable().err(),
                Gesture::NextCandidate => self.candidate_refusal(true, &mut NoIds),
                Gesture::PreviousCandidate => self.candidate_refusal(false, &mut NoIds),
                Gesture::ReviewAndGoOn { tag, review, .. } => {
                    let mark = super::gestures::mark(tag.as_ref(), *review);
                    self.refusal(&mark.into())
                }
                Gesture::Decide(DecisionStep::Agreed) => match self.adjudication() {
                    Some(adjudication) if adjudication.undecided().agreed > 0 => {
                        self.writable().err()
                    }
                    Some(_) | None => Some(Refusal::new(NOTHING_AGREED)),
                },
                Gesture::GiveReason(_) => {
                    let here = self.reasoned_difference();
                    here.err().or_else(|| self.writable().err())
                }
                Gesture::Decide(_) => match self.difference() {
                    Some(_) => self.writable().err(),
                    None => Some(Refusal::new("no difference here; F5 goes to the next")),
                },
                Gesture::ReviewOfOthers(step) => match (self.reviewed_tag(), step) {
                    (_, ReviewStep::Missing(label)) => self.missing_tag(label).err(),
                    (None, ReviewStep::SpeakerHere) if self.is_proposing() => None,
                    (Some(_), _) => self.writable().err(),
                    (None, _) => Some(Refusal::new("no tag to review here")),
                },
                Gesture::Settle(_) => match self.correction() {
                    Some(_) => self.writable().err(),
                    None => Some(Refusal::new("no correction here")),
                },
                Gesture::FixProblem(problem) => {
                    let fix = self.fix_for(problem.as_ref());
                    fix.err().or_else(|| self.writable().err())
                }
                Gesture::Undo => self.next_undo().err(),
                Gesture::Redo => self.next_redo().err(),
            },
        }
    }

    fn candidate_refusal(&self, forward: bool, ids: &mut dyn IdSource) -> Option<Refusal> {
        let step = self
            .next_candidate(forward)
            .and_then(|(chips, next)| self.link_candidate(&chips, next, false, ids));
        step.err().or_else(|| self.writable().err())
    }
}
