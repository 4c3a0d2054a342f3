use std::cmp::Ordering;
use std::collections::BTreeMap;

use crate::model::{
    AnnotationId, Document, OrderStatisticSet, Problem, ProblemKind, Schema, for_each_problem,
};
use crate::ops::problem_list::grouped;
use crate::suggest::{UnbalancedMark, unbalanced_marks};
use crate::text::wording::kind_of_message;
use crate::text::{TextRange, TextSize};

/// So many records that cannot be read are listed of each kind.
const MOST_UNREAD: usize = 1_000;
/// So many quotation marks without a partner.
const MOST_MARKS: usize = 1_000;

/// What is doubtful in a document: what is about no tag first, then in the order of the text. A change
/// costs what it touches, not what there is.
#[derive(Debug, Clone, Default)]
pub struct Problems {
    listed: OrderStatisticSet<Listed>,
    /// Where the problems of a tag are listed, and how many.
    of_tags: BTreeMap<AnnotationId, (Option<TextSize>, usize)>,
    /// How many there are that are not listed, as there are too many of their kind.
    not_listed: usize,
}

/// A problem and its place in the list.
#[derive(Debug, Clone)]
struct Listed {
    start: Option<TextSize>,
    tag: Option<AnnotationId>,
    number: usize,
    problem: Problem,
}

impl Listed {
    /// What is before all of a tag at a place; only its place counts.
    fn before_all(start: Option<TextSize>, tag: Option<AnnotationId>) -> Self {
        Self {
            start,
            tag,
            number: 0,
            problem: Problem {
                kind: ProblemKind::CutsGrapheme,
                range: None,
                annotation: None,
            },
        }
    }

    fn key(&self) -> (Option<TextSize>, Option<&AnnotationId>, usize) {
        (self.start, self.tag.as_ref(), self.number)
    }
}

impl Ord for Listed {
    fn cmp(&self, other: &Self) -> Ordering {
        self.key().cmp(&other.key())
    }
}

impl PartialOrd for Listed {
    fn partial_cmp(&self, other: &Self) -> Option<Ordering> {
        Some(self.cmp(other))
    }
}

impl PartialEq for Listed {
    fn eq(&self, other: &Self) -> bool {
        self.cmp(other) == Ordering::Equal
    }
}

impl Eq for Listed {}

impl Problems {
    /// How many there are, the rows of the list and what one row says of many.
    #[must_use]
    pub fn count(&self) -> usize {
        self.listed.len() + self.not_listed
    }

    /// How many rows are listed.
    #[must_use]
    pub fn len(&self) -> usize {
        self.listed.len()
    }

    /// Whether nothing is doubtful.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.listed.is_empty()
    }

    /// All of them, in order.
    pub fn iter(&self) -> impl DoubleEndedIterator<Item = &Problem> {
        self.listed.iter().map(|listed| &listed.problem)
    }

    /// Those of these rows of the list, from 0.
    pub fn rows(&self, rows: std::ops::Range<usize>) -> impl Iterator<Item = &Problem> {
        self.listed.range(rows).map(|listed| &listed.problem)
    }

    /// The nearest that starts after a place (bytes).
    #[must_use]
    pub fn after(&self, place: TextSize) -> Option<&Problem> {
        let from = self.rank(place + TextSize::new(1));
        self.listed.nth(from).map(|listed| &listed.problem)
    }

    /// The nearest that starts before a place (bytes).
    #[must_use]
    pub fn before(&self, place: TextSize) -> Option<&Problem> {
        let last = self.rank(place).checked_sub(1)?;
        let found = self.listed.nth(last)?;
        found.start.is_some().then_some(&found.problem)
    }

    /// How many are about no place in the text.
    #[must_use]
    pub fn without_place(&self) -> usize {
        self.rank(TextSize::new(0))
    }

    /// How many are listed before those that start at a place.
    fn rank(&self, place: TextSize) -> usize {
        self.listed.rank(&Listed::before_all(Some(place), None))
    }

    /// The problems of a whole document. Of records that cannot be read, which may be as many as a file
    /// has lines, only some are listed; the last of a kind says how many more there are.
    pub(in crate::ops) fn of_document(document: &Document, schema: &Schema) -> Self {
        let mut problems = Self::default();
        let mut of_tags: BTreeMap<AnnotationId, Vec<Problem>> = BTreeMap::new();
        let mut unread: BTreeMap<String, usize> = BTreeMap::new();
        let mut last: BTreeMap<String, (Problem, usize)> = BTreeMap::new();
        let mut number = 0;
        let mut list = |problem: Problem| {
            problems.listed.insert(Listed {
                start: problem.range.map(TextRange::start),
                tag: None,
                number,
                problem,
            });
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
        let marks = unbalanced_marks(document.source());
        let mut not_listed = marks.len().saturating_sub(MOST_MARKS);
        for mark in marks.into_iter().take(MOST_MARKS) {
            list(unbalanced(mark));
        }
        for (mut problem, more) in last.into_values() {
            if let ProblemKind::Unread { reason, .. } = &mut problem.kind
                && more > 0
            {
                *reason = format!("{reason}; and {} more of this kind", grouped(more));
            }
            list(problem);
            not_listed += more;
        }
        problems.not_listed = not_listed;
        for (tag, found) in of_tags {
            problems.put(&tag, found);
        }
        problems
    }

    /// Lists what was found about a tag in place of what was listed of it.
    pub(super) fn put(&mut self, tag: &AnnotationId, found: Vec<Problem>) {
        if let Some((start, count)) = self.of_tags.remove(tag) {
            let first = self
                .listed
                .rank(&Listed::before_all(start, Some(tag.clone())));
            let old: Vec<Listed> = self.listed.range(first..first + count).cloned().collect();
            for listed in old {
                self.listed.remove(&listed);
            }
        }
        let Some(first) = found.first() else {
            return;
        };
        let start = first.range.map(TextRange::start);
        self.of_tags.insert(tag.clone(), (start, found.len()));
        for (number, problem) in found.into_iter().enumerate() {
            self.listed.insert(Listed {
                start,
                tag: Some(tag.clone()),
                number,
                problem,
            });
        }
    }
}

/// The problem of a quotation mark without a partner.
pub(in crate::ops) fn unbalanced(mark: UnbalancedMark) -> Problem {
    Problem {
        kind: ProblemKind::UnbalancedMark { opens: mark.opens },
        range: Some(mark.range),
        annotation: None,
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::format::{schema_file, sidecar};
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
        let problems = Problems::of_document(&document, &schema);
        assert_eq!((problems.len(), problems.count()), (1_001, 5_000));
        let last = problems.iter().last().unwrap().kind.to_string();
        assert!(last.ends_with("; and 3,999 more of this kind"), "{last}");
    }
}
