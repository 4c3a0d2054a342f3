use std::cmp::Ordering;
use std::collections::BTreeMap;

use crate::model::{AnnotationId, OrderStatisticSet, Problem, ProblemKind};
use crate::text::{TextRange, TextSize};

/// What is doubtful in a document: what is about no tag first, then in the order of the text. A change
/// costs what it touches, not what there is.
#[derive(Debug, Clone, Default)]
pub struct Problems {
    listed: OrderStatisticSet<Listed>,
    /// Where the problems of a tag are listed, and how many.
    of_tags: BTreeMap<AnnotationId, (Option<TextSize>, usize)>,
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
    /// How many there are.
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

    /// Replaces the problems of the whole document.
    pub(super) fn of_all(found: Vec<Problem>) -> Self {
        let mut problems = Self::default();
        let mut of_tags: BTreeMap<AnnotationId, Vec<Problem>> = BTreeMap::new();
        for (number, problem) in found.into_iter().enumerate() {
            match problem.annotation.clone() {
                Some(tag) => of_tags.entry(tag).or_default().push(problem),
                None => {
                    problems.listed.insert(Listed {
                        start: problem.range.map(TextRange::start),
                        tag: None,
                        number,
                        problem,
                    });
                }
            }
        }
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
