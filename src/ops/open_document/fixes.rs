//! The problem where the person is, and setting it right.

use super::OpenDocument;
use crate::edit::Refusal;
use crate::model::{Finding, IdSource, Problem};
use crate::ops::Outcome;
use crate::ops::lint::Fix;

impl OpenDocument {
    /// The problems of the current tag, else those at the start of the selection.
    pub fn problems_here(&self) -> impl Iterator<Item = Problem> {
        let tag = self.current_tag();
        let of_tag = tag.map(|tag| self.problems.of_tag(&tag.id));
        let selected = self.selection.range();
        let at = self.problems.at(selected.start());
        let here = at
            .filter(move |problem| problem.annotation.is_none() && problem.range == Some(selected));
        here.chain(of_tag.into_iter().flatten())
    }

    /// The nearest problem with a place behind those where the person is, or before them: each tag and
    /// each passage is a step of its own, wherever it starts.
    pub(super) fn problem_beside(&self, forward: bool) -> Option<Problem> {
        let selected = self.selection.range();
        let tag = self.current_tag().map(|tag| &tag.id);
        let first = self.problems_here().next();
        // A tag may still be current where words are selected.
        let on_words = (first.as_ref()).is_some_and(|problem| problem.annotation.is_none());
        let is_here = |problem: &Problem| match &problem.annotation {
            Some(of) => !on_words && Some(of) == tag,
            None => on_words && problem.range == Some(selected),
        };
        let at = first.and_then(|problem| problem.range);
        let rows = at.map(|range| self.problems.rows_at(range.start()));
        let rows = rows.unwrap_or_default();
        let problems = self.problems.rows(rows.clone());
        let here = rows.zip(problems).filter(|(_, problem)| is_here(problem));
        let here: Vec<usize> = here.map(|(row, _)| row).collect();
        let row = match (forward, here.first(), here.last()) {
            (true, _, Some(last)) => last + 1,
            (true, _, None) => self.problems.rows_at(selected.start()).start,
            (false, Some(first), _) => first.checked_sub(1)?,
            (false, None, _) => self.problems.rows_at(selected.end()).start.checked_sub(1)?,
        };
        let found = self.problems.rows(row..row + 1).next()?;
        found.range.is_some().then_some(found)
    }

    /// The first problem with a place in the text, or the last.
    pub(super) fn problem_at_end(&self, last: bool) -> Option<Problem> {
        let (from, to) = (self.problems.without_place(), self.problems.len());
        let row = match last {
            true => to.checked_sub(1)?,
            false => from,
        };
        let found = self.problems.rows(row..row + 1).next()?;
        found.range.is_some().then_some(found)
    }

    /// What a rule has found where the person is.
    #[must_use]
    pub fn finding_here(&self) -> Option<Finding> {
        self.problems_here()
            .find_map(|problem| problem.kind.finding().cloned())
    }

    /// What sets a problem, or one where the person is, right.
    pub(super) fn fix_for(&self, problem: Option<&Problem>) -> Result<Fix, Refusal> {
        let cx = self.lint_context();
        if let Some(problem) = problem {
            return cx.fix(problem).ok_or_else(|| {
                Refusal::new("this needs a decision of yours; nothing was changed")
            });
        }
        let mut here = self.problems_here().peekable();
        if here.peek().is_none() {
            return Err(Refusal::new("no problem here; F8 goes to the next"));
        }
        here.find_map(|problem| cx.fix(&problem))
            .ok_or_else(|| Refusal::new("the problem here needs a decision of yours"))
    }

    pub(super) fn fix_problem(
        &mut self,
        problem: Option<&Problem>,
        ids: &mut dyn IdSource,
    ) -> Result<Outcome, Refusal> {
        self.writable()?;
        let fix = self.fix_for(problem)?;
        for go in &fix.go {
            self.navigate(go)?;
        }
        self.run_edit(&fix.edit, ids)
    }
}
