use std::cmp::Ordering;
use std::collections::BTreeMap;

use smol_str::SmolStr;

use crate::model::{AnnotationId, OrderStatisticSet, Problem, ProblemKind};
use crate::text::{TextRange, TextSize};

/// What problems are listed together for: looked at again, they are replaced together.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
pub(super) enum Subject {
    /// A tag with its links.
    Tag(AnnotationId),
    /// The quoted passage that starts there (bytes).
    Passage(TextSize),
    /// A name that is tagged.
    Name(SmolStr),
}

/// Problems in order: those about no place first, then by where they start.
#[derive(Debug, Clone, Default)]
pub(super) struct ProblemRows {
    listed: OrderStatisticSet<Listed>,
    /// Where the problems of a subject are listed, and how many.
    of: BTreeMap<Subject, (Option<TextSize>, usize)>,
}

/// A problem and its place in the list.
#[derive(Debug, Clone)]
struct Listed {
    start: Option<TextSize>,
    subject: Option<Subject>,
    number: usize,
    problem: Problem,
}

impl Listed {
    /// What is before all of a subject at a place; only its place counts.
    fn before_all(start: Option<TextSize>, subject: Option<Subject>) -> Self {
        Self {
            start,
            subject,
            number: 0,
            problem: Problem {
                kind: ProblemKind::CutsGrapheme,
                range: None,
                annotation: None,
            },
        }
    }

    fn key(&self) -> (Option<TextSize>, Option<&Subject>, usize) {
        (self.start, self.subject.as_ref(), self.number)
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

impl ProblemRows {
    pub(super) fn len(&self) -> usize {
        self.listed.len()
    }

    pub(super) fn iter(&self) -> impl DoubleEndedIterator<Item = &Problem> {
        self.listed.iter().map(|listed| &listed.problem)
    }

    /// Those of these rows, from 0.
    pub(super) fn range(
        &self,
        rows: std::ops::Range<usize>,
    ) -> impl DoubleEndedIterator<Item = &Problem> {
        self.listed.range(rows).map(|listed| &listed.problem)
    }

    /// How many are listed before those that start at a place.
    pub(super) fn rank(&self, place: TextSize) -> usize {
        self.listed.rank(&Listed::before_all(Some(place), None))
    }

    /// The problems of a tag.
    pub(super) fn of_tag(&self, tag: &AnnotationId) -> impl Iterator<Item = &Problem> {
        let subject = Subject::Tag(tag.clone());
        let place = self.of.get(&subject);
        let rows = place.map_or(0..0, |(start, count)| {
            let first = self
                .listed
                .rank(&Listed::before_all(*start, Some(subject.clone())));
            first..first + count
        });
        self.range(rows)
    }

    /// Lists one that nothing replaces; `number` keeps those at one place in order.
    pub(super) fn push(&mut self, number: usize, problem: Problem) {
        self.listed.insert(Listed {
            start: problem.range.map(TextRange::start),
            subject: None,
            number,
            problem,
        });
    }

    /// Lists what was found about a subject in place of what was listed of it.
    pub(super) fn put(&mut self, subject: &Subject, found: Vec<Problem>) {
        if let Some((start, count)) = self.of.remove(subject) {
            let first = self
                .listed
                .rank(&Listed::before_all(start, Some(subject.clone())));
            let old: Vec<Listed> = self.listed.range(first..first + count).cloned().collect();
            for listed in old {
                self.listed.remove(&listed);
            }
        }
        let Some(first) = found.first() else {
            return;
        };
        let start = first.range.map(TextRange::start);
        self.of.insert(subject.clone(), (start, found.len()));
        for (number, problem) in found.into_iter().enumerate() {
            self.listed.insert(Listed {
                start,
                subject: Some(subject.clone()),
                number,
                problem,
            });
        }
    }
}
