//! Deciding between the tags of several annotators, difference by difference.

use std::sync::Arc;

use super::stored_part::stored_part;
use super::{Adjudication, OpenDocument, ReasonToCome};
use crate::compare::{Comparison, TagGroup};
use crate::edit::action::{self, Chosen, Dispute, GroupDecision};
use crate::edit::{self, Context, Refusal};
use crate::model::{Change, IdSource, Selection, TagPart, Transaction};
use crate::ops::{DecisionStep, Outcome, decision_words, difference_words};
use crate::text::TextRange;
use crate::text::wording::count;

pub(super) const NOTHING_AGREED: &str = "nothing more that all agree on";
const NO_DECISION: &str = "no difference here to give a reason for; F5 goes to the next";

/// What naming an annotator means.
enum Taking {
    /// All is said that a decision needs.
    Decides(Chosen),
    /// More is to be said: which, in words.
    Asks(String),
}

impl OpenDocument {
    /// Sets the work of several annotators beside the curated document. What was said about open differences
    /// before is kept; returned are reasons for differences that are not open any more.
    pub fn adjudicate(&mut self, comparison: Comparison) -> Vec<ReasonToCome> {
        let mut new = Adjudication::new(comparison, self.document.set());
        let before = self.adjudication.take();
        let gone = before.map_or_else(Vec::new, |before| new.take_over(*before));
        self.adjudication = Some(Box::new(new));
        gone
    }

    /// Keeps a reason for its decision to come; gives it back where that difference is not open, or has a reason.
    pub fn wait_with_reason(&mut self, reason: ReasonToCome) -> Option<ReasonToCome> {
        match self.adjudication.as_deref_mut() {
            Some(adjudication) => adjudication.wait_with(reason),
            None => Some(reason),
        }
    }

    /// The difference that was decided just now, as long as the person stays where that has led to.
    #[must_use]
    pub fn decided_just_now(&self) -> Option<usize> {
        let adjudication = self.adjudication.as_deref()?;
        let (group, there) = adjudication.decided_just_now.as_ref()?;
        let stays = *there == self.selection && adjudication.is_decided(*group);
        stays.then_some(*group)
    }

    /// The differences between annotators; `None`: this is no curated document, or they are not known yet.
    #[must_use]
    pub fn adjudication(&self) -> Option<&Adjudication> {
        self.adjudication.as_deref()
    }

    /// Takes what all annotators have alike, in one step. `None`: there is nothing new.
    fn take_agreed(&mut self, ids: &mut dyn IdSource) -> Option<Outcome> {
        self.writable().ok()?;
        let dispute = self.dispute()?;
        let transaction = action::take_agreed(&self.stored_context(), dispute, ids).ok()?;
        let outcome = self.commit(transaction, None).ok();
        self.open_chips(false);
        outcome
    }

    /// The difference that is selected, open or decided: a place in [`Comparison::groups`].
    #[must_use]
    pub fn difference(&self) -> Option<usize> {
        let adjudication = self.adjudication.as_deref()?;
        let range = self.selection.range();
        if self.selection.tag.is_some() || range.is_empty() {
            return None;
        }
        let groups = adjudication.comparison.groups();
        let stands_here = |group: usize| groups.get(group).is_some_and(|found| found.hull == range);
        let is_here = |group: usize| stands_here(group) && adjudication.is_open(group);
        // One that is decided was asked for.
        let asked =
            |last: &usize| is_here(*last) || adjudication.is_decided(*last) && stands_here(*last);
        if let Some(last) = adjudication.last.filter(asked) {
            return Some(last);
        }
        let first = groups.partition_point(|group| {
            let (start, end) = (group.hull.start(), group.hull.end());
            group.deleted.is_none() && (start, end) < (range.start(), range.end())
        });
        let same = groups
            .iter()
            .skip(first)
            .take_while(|found| found.hull == range);
        (first..first + same.count()).find(|group| is_here(*group))
    }

    pub(super) fn follow_decisions(&mut self, transaction: &Transaction) {
        if let Some(adjudication) = &mut self.adjudication {
            adjudication.follow(transaction, self.document.set());
        }
    }

    pub(super) fn forget_parts(&mut self) {
        if let Some(adjudication) = &mut self.adjudication {
            adjudication.forget_parts();
        }
    }

    pub(super) fn go_to_difference_beside(&mut self, forward: bool) -> Result<Outcome, Refusal> {
        let here = self.difference();
        let adjudication = self.adjudicated()?;
        let groups = adjudication.comparison.groups();
        let at = self.selection.head;
        // Not at one: from the caret on.
        let from = here.or_else(|| {
            let before = |group: &TagGroup| group.deleted.is_none() && group.hull.start() < at;
            let next = groups.partition_point(before);
            if forward {
                next.checked_sub(1)
            } else {
                Some(next)
            }
        });
        match adjudication.beside(from, forward) {
            Some(next) => self.go_to_difference(next),
            None => Err(Refusal::new("no differences left to decide on")),
        }
    }

    pub(super) fn go_to_difference(&mut self, group: usize) -> Result<Outcome, Refusal> {
        let adjudication = self.adjudicated()?;
        let found = adjudication.comparison.groups().get(group);
        let known = adjudication.is_open(group) || adjudication.is_decided(group);
        let found = found.filter(|_| known);
        let range = found
            .ok_or_else(|| Refusal::new("this difference is gone"))?
            .hull;
        if let Some(adjudication) = &mut self.adjudication {
            adjudication.forget_parts();
            adjudication.last = Some(group);
            adjudication.decided_just_now = None;
        }
        self.select_difference(range);
        Ok(Outcome {
            message: self.difference_words(group),
            reveal: Some(range),
            ..Outcome::default()
        })
    }

    fn select_difference(&mut self, range: TextRange) {
        self.selection = Selection {
            anchor: range.start(),
            head: range.end(),
            tag: None,
        };
        self.chips = None;
    }

    fn difference_words(&self, group: usize) -> String {
        let Some(adjudication) = self.adjudication.as_deref() else {
            return String::new();
        };
        let found = adjudication.comparison.groups().get(group);
        let words = found.map_or_else(String::new, |found| {
            difference_words(&self.schema, &adjudication.comparison, found)
        });
        match adjudication.decision(group, self.document.set()) {
            Some(decision) if adjudication.is_decided(group) => {
                let decided = decision_words(decision);
                format!("{words}; decided: {decided}")
            }
            Some(_) | None => words,
        }
    }

    /// Carries out what an adjudicator says about the selected difference, and goes on to the next one.
    pub(super) fn decide(
        &mut self,
        key: DecisionStep,
        ids: &mut dyn IdSource,
    ) -> Result<Outcome, Refusal> {
        self.writable()?;
        let here = self.difference();
        let here = || here.ok_or_else(|| Refusal::new("no difference here; F5 goes to the next"));
        let (group, chosen) = match key {
            DecisionStep::Agreed => {
                let taken = self.take_agreed(ids);
                return taken.ok_or_else(|| Refusal::new(NOTHING_AGREED));
            }
            DecisionStep::Part(part) => return self.pick(here()?, part),
            DecisionStep::AllWrong => (here()?, Chosen::AllWrong),
            DecisionStep::Nothing => (here()?, Chosen::Nothing),
            DecisionStep::Take(annotator) => {
                match self.take_from(here()?, usize::from(annotator))? {
                    Taking::Decides(chosen) => (here()?, chosen),
                    Taking::Asks(words) => return Ok(said(words)),
                }
            }
        };
        let dispute = self.dispute().ok_or_else(not_adjudicating)?;
        let context = self.stored_context();
        let adjudication = self.adjudicated()?;
        let reason = adjudication.reason_to_come(group).map(str::to_owned);
        let reason_before = self.reason_kept(group);
        let decision = GroupDecision {
            group,
            chosen: &chosen,
            reason: reason.as_deref(),
        };
        let transaction = action::decide(&context, dispute, decision, ids)?;
        let hull = self.selection.range();
        let mut outcome = self.commit(transaction, None)?;
        if reason.is_none() && reason_before.is_some() && self.reason_kept(group).is_none() {
            outcome.message += "; the reason given before is gone";
        }
        self.forget_parts();
        if let Some(adjudication) = &mut self.adjudication {
            adjudication.set_reason(group, None);
            adjudication.decided_last = Some(group);
        }
        if chosen == Chosen::AllWrong {
            if let Some(adjudication) = &mut self.adjudication {
                adjudication.last = None;
            }
            // The words stay selected: the next key tags them.
            self.select_difference(hull);
            self.stay_at_decision(group);
            let message = format!(
                "{}; tag what is right, or press F5 to go on",
                outcome.message
            );
            return Ok(Outcome { message, ..outcome });
        }
        let adjudication = self.adjudicated()?;
        let left = adjudication.open_count();
        let Some(next) = adjudication.beside(Some(group), true) else {
            self.select_difference(TextRange::empty(hull.start()));
            self.stay_at_decision(group);
            let message = format!("{}; no differences left", outcome.message);
            return Ok(Outcome { message, ..outcome });
        };
        let moved = self.go_to_difference(next)?;
        self.stay_at_decision(group);
        let message = format!("{}; {} left", outcome.message, count(left, "difference"));
        Ok(Outcome {
            message,
            reveal: moved.reveal,
            ..outcome
        })
    }

    /// A reason that is given next is about this decision, until the person moves.
    fn stay_at_decision(&mut self, group: usize) {
        if let Some(adjudication) = &mut self.adjudication {
            adjudication.decided_just_now = Some((group, self.selection.clone()));
        }
    }

    /// Notes that the next annotator named gives this part, or takes that back.
    fn pick(&mut self, group: usize, part: TagPart) -> Result<Outcome, Refusal> {
        let adjudication = self.adjudication.as_deref_mut();
        let adjudication = adjudication.ok_or_else(not_adjudicating)?;
        let found = adjudication.comparison.groups().get(group);
        let differs = found.is_some_and(|found| found.differing.contains(&part));
        if !differs {
            return Err(Refusal::new(format!(
                "the {} does not differ here",
                part.word()
            )));
        }
        adjudication.last = Some(group);
        adjudication.given.retain(|(given, _)| *given != part);
        match adjudication.picked.iter().position(|one| *one == part) {
            Some(at) => drop(adjudication.picked.remove(at)),
            None => adjudication.picked.push(part),
        }
        let parts: Vec<&str> = adjudication.picked.iter().map(|one| one.word()).collect();
        Ok(said(match parts.as_slice() {
            [] => "parts: none chosen".to_owned(),
            parts => format!("{} from whom? Press a number", parts.join(" and ")),
        }))
    }

    /// What naming an annotator means.
    fn take_from(&mut self, group: usize, annotator: usize) -> Result<Taking, Refusal> {
        let adjudication = self.adjudication.as_deref_mut();
        let adjudication = adjudication.ok_or_else(not_adjudicating)?;
        let comparison = Arc::clone(&adjudication.comparison);
        let all = comparison.annotators().len();
        if annotator >= all {
            let words = format!("there are {} here", count(all, "annotator"));
            return Err(Refusal::new(words));
        }
        if adjudication.picked.is_empty() {
            let parts = adjudication.given.clone();
            let rest = annotator;
            return Ok(Taking::Decides(Chosen::Take { parts, rest }));
        }
        let name = comparison.name(annotator);
        if comparison.member(group, annotator).is_none() {
            return Err(Refusal::new(format!("{name} has no tag here")));
        }
        let picked = std::mem::take(&mut adjudication.picked);
        let given = picked.iter().map(|part| (*part, annotator));
        adjudication.given.extend(given);
        let members = comparison.groups().get(group).map(|found| &found.members);
        let others = members.into_iter().flatten().map(|member| member.annotator);
        let mut others = others.filter(|other| *other != annotator);
        match (others.next(), others.next()) {
            (Some(rest), None) => Ok(Taking::Decides(Chosen::Take {
                parts: adjudication.given.clone(),
                rest,
            })),
            _ => Ok(Taking::Asks(format!(
                "{name} gives that; who gives the rest? Press a number"
            ))),
        }
    }

    /// Keeps why the difference that was decided just now is decided as it is; once one has moved on, why the one one
    /// is at is, or will be; away from differences, the one that was decided last.
    pub(super) fn give_reason(&mut self, words: &str) -> Result<Outcome, Refusal> {
        self.writable()?;
        let words = words.trim();
        let group = self.reasoned_difference()?;
        let adjudication = self.adjudication.as_deref_mut();
        let adjudication = adjudication.ok_or_else(not_adjudicating)?;
        if adjudication.is_open(group) {
            adjudication.set_reason(group, Some(words.to_owned()));
            let words = match words {
                "" => "your decision will have no reason",
                _ => "the reason will be kept with your decision",
            };
            return Ok(said(words.to_owned()));
        }
        let decision = adjudication.decision(group, self.document.set());
        let decision = decision.ok_or_else(|| Refusal::new(NO_DECISION))?;
        let key = decision.key.clone();
        let transaction = action::reason_for_decision(&self.stored_context(), &key, words)?;
        self.commit(transaction, None)
    }

    /// The reason that is kept with the decision on a group.
    fn reason_kept(&self, group: usize) -> Option<String> {
        let decision = self
            .adjudication
            .as_deref()?
            .decision(group, self.document.set())?;
        (!decision.reason.is_empty()).then(|| decision.reason.clone())
    }

    /// The difference that a reason given now is about.
    ///
    /// # Errors
    /// [`Refusal`] where there is none.
    pub fn reasoned_difference(&self) -> Result<usize, Refusal> {
        let adjudication = self.adjudicated()?;
        let last = adjudication.decided_last;
        let last = last.filter(|last| adjudication.is_decided(*last));
        let just_now = self.decided_just_now();
        let found = just_now.or_else(|| self.difference()).or(last);
        let group = found.ok_or_else(|| Refusal::new(NO_DECISION))?;
        let tags = adjudication.comparison.groups().get(group);
        match tags.and_then(|tags| tags.deleted.as_ref()) {
            // The decision goes with it, whatever is chosen.
            Some(_) => Err(Refusal::new(
                "no annotator has this tag any more, so no decision is kept that a reason could be for",
            )),
            None => Ok(group),
        }
    }

    /// A step with what all annotators have alike, where it is the first thing an adjudicator does.
    pub(super) fn with_agreed(
        &self,
        step: Transaction,
        ids: &mut dyn IdSource,
    ) -> Result<Transaction, Refusal> {
        let of_the_text = |change: &Change| matches!(change, Change::Source(_));
        let adjudication = self.adjudication.as_deref();
        let waits = adjudication.is_some_and(|known| known.undecided().agreed > 0);
        if !waits || step.changes.is_empty() || step.changes.iter().any(of_the_text) {
            return Ok(step);
        }
        let Some(dispute) = self.dispute() else {
            return Ok(step);
        };
        let mut document = self.document.clone();
        let stored = stored_part(&step, &self.document, &self.shown);
        edit::apply(&mut document, &stored).map_err(|error| Refusal::new(error.to_string()))?;
        let context = Context {
            document: &document,
            ..self.context()
        };
        let Ok(taken) = action::take_agreed(&context, dispute, ids) else {
            return Ok(step);
        };
        let taken = Transaction {
            label: format!("{}; {}", step.label, taken.label),
            selection_after: step.selection_after.clone(),
            ..taken
        };
        Ok(step.followed_by(taken))
    }

    fn adjudicated(&self) -> Result<&Adjudication, Refusal> {
        self.adjudication.as_deref().ok_or_else(not_adjudicating)
    }

    fn dispute(&self) -> Option<Dispute<'_>> {
        let adjudication = self.adjudication.as_deref()?;
        Some(Dispute {
            comparison: &adjudication.comparison,
            decided: &adjudication.decided_tags,
        })
    }

    /// What is only suggested has no part in decisions.
    pub(super) fn stored_context(&self) -> Context<'_> {
        Context {
            document: &self.document,
            ..self.context()
        }
    }
}

fn not_adjudicating() -> Refusal {
    Refusal::new("nothing to decide on here; choose Review › Adjudicate")
}

fn said(message: String) -> Outcome {
    Outcome {
        message,
        ..Outcome::default()
    }
}
