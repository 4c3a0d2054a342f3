//! What is probably a slip in the tags that people made: the rules of [`LintRule`].
//!
//! A rule looks at one tag with its links, one quoted passage, one name or one quotation mark. What the text
//! alone says is worked out once ([`TextIndex`]), so that looking again costs what has changed.

mod find;
mod fix;
mod mark_words;
mod marks;
mod marks_of_all;
mod names;
mod passages;
mod tag_rules;
mod text_index;

use crate::model::{
    Document, Finding, FindingSubject, LintLevel, LintRule, Problem, ProblemKind, Schema,
};
use crate::text::TextRange;

pub(super) use find::{for_each_finding, for_each_mark, same_place};
pub use fix::{Fix, fix_word};
pub(super) use marks_of_all::MarksOfAll;
pub(super) use names::NameCounts;
pub use text_index::TextIndex;

/// What rules look at.
#[derive(Debug, Clone, Copy)]
pub(super) struct LintContext<'a> {
    /// The article and its tags.
    pub(super) document: &'a Document,
    /// What the project says.
    pub(super) schema: &'a Schema,
    /// The article alone.
    pub(super) text: &'a TextIndex,
}

impl LintContext<'_> {
    /// What a rule has found, unless it is off or somebody ignores it.
    fn report(&self, rule: LintRule, about: FindingSubject, range: TextRange) -> Option<Problem> {
        let annotation = match &about {
            FindingSubject::Tag(id) => Some(id.clone()),
            FindingSubject::Words(_) => None,
        };
        let finding = Finding { rule, about };
        let reports = self.schema.lint.is_on(rule)
            && self.document.set().suppression(&finding.key()).is_none();
        reports.then_some(Problem {
            kind: ProblemKind::Lint(finding),
            range: Some(range),
            annotation,
        })
    }
}

/// When and how a problem is reported in a project; `None` for what no rule has found.
pub(super) fn level_of(schema: &Schema, problem: &Problem) -> Option<LintLevel> {
    let finding = problem.kind.finding()?;
    Some(schema.lint.of(finding.rule))
}
