use std::collections::BTreeMap;

use super::problem_rows::{CompactProblem, ProblemRows, Subject, UnorderedProblems};
use crate::model::{
    AnnotationId, DocumentState, LintLevels, LintRule, Problem, ProblemKind, Schema,
    for_each_problem,
};
use crate::ops::lint::{LintContext, NameCounts, level_of};
use crate::ops::problem_list::grouped;
use crate::suggest::UnbalancedMark;
use crate::text::wording::{count, kind_of_message};
use crate::text::{SourceText, TextRange, TextSize};

/// So many records that cannot be read are listed of each kind.
const MOST_UNREAD: usize = 1_000;

/// What is doubtful in a document: what is about no tag first, then in the order of the text. A change
/// costs what it touches, not what there is.
#[derive(Debug, Clone, Default)]
pub struct Problems {
    /// The article; `None`: nothing is looked for yet.
    source: Option<SourceText>,
    /// While the article is not marked as done.
    now: ProblemRows,
    /// Once it is: with what is only then looked at.
    when_done: ProblemRows,
    is_done: bool,
    /// How many problems are not listed, as there are too many of their kind.
    not_listed: usize,
    /// How many quotation marks without a partner are not listed, as there are too many.
    marks_not_listed: usize,
    /// Which rules report problems, and which hints.
    lint: LintLevels,
}

impl Problems {
    fn rows_now(&self) -> &ProblemRows {
        if self.is_done {
            &self.when_done
        } else {
            &self.now
        }
    }

    /// How many problems there are, the rows of the list and what one row says of many; hints are none.
    #[must_use]
    pub fn count(&self) -> usize {
        let all = self.len() + self.not_listed + self.marks_not_listed;
        all.saturating_sub(self.hint_count())
    }

    /// How many hints there are, listed or not.
    #[must_use]
    pub fn hint_count(&self) -> usize {
        let is_hint = |rule| !self.lint.of(rule).is_problem();
        let marks = match is_hint(LintRule::UnbalancedMark) {
            true => self.marks_not_listed,
            false => 0,
        };
        self.rows_now().of_rules(is_hint) + marks
    }

    /// How many of both are quotation marks without a partner, listed or not.
    #[must_use]
    pub fn mark_count(&self) -> usize {
        let is_mark = |rule| rule == LintRule::UnbalancedMark;
        self.rows_now().of_rules(is_mark) + self.marks_not_listed
    }

    /// Both in words: "2 problems, 5 hints"; empty where there are none.
    #[must_use]
    pub fn words(&self) -> String {
        let numbers = [(self.count(), "problem"), (self.hint_count(), "hint")];
        let some = numbers.into_iter().filter(|(number, _)| *number > 0);
        let words: Vec<String> = some.map(|(number, what)| count(number, what)).collect();
        words.join(", ")
    }

    /// How many rows are listed.
    #[must_use]
    pub fn len(&self) -> usize {
        self.rows_now().len()
    }

    /// Whether nothing is doubtful.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.len() == 0
    }

    /// How many more there are once the article is marked as done.
    #[must_use]
    pub fn more_when_done(&self) -> usize {
        self.when_done.len().saturating_sub(self.len())
    }

    /// All of them, in order.
    pub fn iter(&self) -> impl DoubleEndedIterator<Item = Problem> {
        let sources = self.source.iter();
        sources.flat_map(|source| self.rows_now().iter(source))
    }

    /// Those of these rows of the list, from 0.
    pub fn rows(&self, rows: std::ops::Range<usize>) -> impl Iterator<Item = Problem> {
        let sources = self.source.iter();
        sources.flat_map(move |source| self.rows_now().range(rows.clone(), source))
    }

    /// The problems of a tag.
    pub(super) fn of_tag(&self, tag: &AnnotationId) -> impl Iterator<Item = Problem> {
        let sources = self.source.iter();
        sources.flat_map(move |source| self.rows_now().of_tag(tag, source))
    }

    /// The rows of those that start at a place (bytes).
    pub(super) fn rows_at(&self, place: TextSize) -> std::ops::Range<usize> {
        self.rank(place)..self.rank(place + TextSize::new(1))
    }

    /// Those that start at a place (bytes).
    pub(super) fn at(&self, place: TextSize) -> impl Iterator<Item = Problem> {
        self.rows(self.rows_at(place))
    }

    /// How many are about no place in the text.
    #[must_use]
    pub fn without_place(&self) -> usize {
        self.rank(TextSize::new(0))
    }

    /// How many are listed before those that start at a place.
    fn rank(&self, place: TextSize) -> usize {
        self.rows_now().rank(place)
    }

    /// The problems of a whole document. Of records that cannot be read, which may be as many as a file
    /// has lines, only some are listed; the last of a kind says how many more there are.
    pub(super) fn of_document(cx: &LintContext<'_>, names: &NameCounts) -> Self {
        let (document, schema) = (cx.document, cx.schema);
        let mut now = UnorderedProblems::default();
        let mut when_done = UnorderedProblems::default();
        let mut of_tags: BTreeMap<AnnotationId, Vec<Problem>> = BTreeMap::new();
        let mut unread: BTreeMap<String, usize> = BTreeMap::new();
        let mut last: BTreeMap<String, (Problem, usize)> = BTreeMap::new();
        let mut number = 0;
        let mut list = |problem: Problem| {
            let problem = CompactProblem::from(problem);
            now.push(number, problem.clone());
            when_done.push(number, problem);
            number += 1;
        };
        for_each_problem(document, schema, &mut |problem| {
            if let Some(tag) = problem.annotation.clone() {
                return of_tags.entry(tag).or_default().push(problem);
            }
            if let ProblemKind::Unread { .. } = problem.kind {
                let kind = kind_of_message(&problem.kind.to_string());
                if let Some((_, more)) = last.get_mut(&kind) {
                    *more += 1;
                    return;
                }
                let count = unread.entry(kind.clone()).or_default();
                *count += 1;
                if *count > MOST_UNREAD {
                    last.insert(kind, (problem, 0));
                    return;
                }
            }
            list(problem);
        });
        let (mut not_listed, mut marks_not_listed) = (0, 0);
        for (mut problem, more) in last.into_values() {
            if let ProblemKind::Unread { reason, .. } = &mut problem.kind
                && more > 0
            {
                *reason = format!("{reason}; and {} more of this kind", grouped(more));
            }
            list(problem);
            not_listed += more;
        }
        let mut put = |subject: &Subject, found: Vec<Problem>| {
            let (of_now, found) = compact(schema, subject, found);
            now.extend(subject, of_now);
            when_done.extend(subject, found);
        };
        for tag in document.set().annotations_by_id() {
            let mut found = of_tags.remove(&tag.id).unwrap_or_default();
            found.extend(cx.tag(tag));
            if !found.is_empty() {
                put(&Subject::Tag(tag.id.clone()), found);
            }
        }
        for (tag, found) in of_tags {
            put(&Subject::Tag(tag), found);
        }
        for passage in cx.speech_in(document.source().full_range()) {
            let found = cx.passage(passage).into_iter().collect();
            put(&Subject::Passage(passage.start()), found);
        }
        for name in names.names() {
            let found = cx.name(name).into_iter().collect();
            put(&Subject::Name(name.clone()), found);
        }
        if schema.lint.is_on(LintRule::UnbalancedMark) {
            let (listed, others) = cx.listed_marks();
            for mark in listed {
                let found = cx.mark(*mark).into_iter().collect();
                put(&Subject::Mark(mark.range.start()), found);
            }
            let others = others.iter().filter_map(|mark| cx.mark(*mark));
            marks_not_listed = others.count();
        }
        Self {
            source: Some(document.source().clone()),
            now: now.into(),
            when_done: when_done.into(),
            is_done: document.meta().state == DocumentState::Done,
            not_listed,
            marks_not_listed,
            lint: schema.lint.clone(),
        }
    }

    /// Lists what is found about a quoted passage.
    pub(super) fn look_at_passage(&mut self, cx: &LintContext<'_>, passage: TextRange) {
        let found = cx.passage(passage).into_iter().collect();
        self.put(cx.schema, &Subject::Passage(passage.start()), found);
    }

    /// Lists what is found about a quotation mark without a partner.
    pub(super) fn look_at_mark(&mut self, cx: &LintContext<'_>, mark: UnbalancedMark) {
        let found = cx.mark(mark).into_iter().collect();
        self.put(cx.schema, &Subject::Mark(mark.range.start()), found);
    }

    /// Notes whether the article is marked as done.
    pub(super) fn set_done(&mut self, is_done: bool) {
        self.is_done = is_done;
    }

    /// Lists what was found about a subject in place of what was listed of it.
    pub(super) fn put(&mut self, schema: &Schema, subject: &Subject, found: Vec<Problem>) {
        let (now, found) = compact(schema, subject, found);
        self.now.put(subject, now);
        self.when_done.put(subject, found);
    }
}

/// What is kept of the problems of a subject: those listed while the article is not marked as done, and all.
fn compact(
    schema: &Schema,
    subject: &Subject,
    found: Vec<Problem>,
) -> (Vec<CompactProblem>, Vec<CompactProblem>) {
    let mut now = Vec::new();
    let mut all = Vec::with_capacity(found.len());
    for problem in found {
        let is_now = is_now(schema, &problem);
        let problem = CompactProblem::of(subject, problem);
        if is_now {
            now.push(problem.clone());
        }
        all.push(problem);
    }
    (now, all)
}

/// Whether a problem is listed while the article is not marked as done.
fn is_now(schema: &Schema, problem: &Problem) -> bool {
    level_of(schema, problem).is_none_or(|level| level.is_before_done())
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::format::{schema_file, sidecar};
    use crate::ops::TextIndex;
    use crate::text::SourceText;

    #[test]
    fn of_records_that_cannot_be_read_only_some_are_listed() {
        let source = SourceText::new("He said yes.", "UTF-8").unwrap();
        let junk: String = (0..5_000).map(|n| format!("        x{n},\n")).collect();
        let text = format!(
            "Pullquote(\n    version: 1,\n    source: (file: \"a.txt\", chars: 12, sha256: \"{}\"),\n    \
             annotations: [\n{junk}    ],\n)\n",
            source.sha256()
        );
        let contents = sidecar::read(&text, &source).unwrap();
        let document = contents.into_document(source, None);
        let schema = schema_file::default_schema().unwrap();
        let cx = LintContext {
            document: &document,
            schema: &schema,
            text: &TextIndex::default(),
        };
        let problems = Problems::of_document(&cx, &NameCounts::default());
        assert_eq!((problems.len(), problems.count()), (1_001, 5_000));
        let last = problems.iter().last().unwrap().kind.to_string();
        assert!(last.ends_with("; and 3,999 more of this kind"), "{last}");
    }
}
