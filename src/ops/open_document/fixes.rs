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
