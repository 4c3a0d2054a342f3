use std::cmp::Ordering;
use std::collections::BTreeMap;
use std::sync::Arc;

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
    /// The quotation mark without a partner that starts there (bytes).
    Mark(TextSize),
}

/// Whether a subject says itself where its problems are listed.
fn is_at_its_place(subject: &Subject) -> bool {
    match subject {
        Subject::Passage(_) | Subject::Mark(_) => true,
        Subject::Tag(_) | Subject::Name(_) => false,
    }
}

/// Problems in order: those about no place first, then by where they start.
// Invariant: the problems of a subject start at one place and stand together.
#[derive(Debug, Clone, Default)]
pub(super) struct ProblemRows {
    listed: OrderStatisticSet<Listed>,
    /// Where the problems of tags and names are listed.
    places: BTreeMap<Subject, Option<TextSize>>,
}

/// A problem and its place in the list.
#[derive(Debug, Clone)]
struct Listed {
    /// Shared by the lists it is in.
    problem: Arc<Problem>,
    subject: Option<Subject>,
    number: u32,
}

impl Listed {
    /// One of the problems of a subject.
    fn new(subject: Option<&Subject>, number: usize, problem: Arc<Problem>) -> Self {
        Self {
            problem,
            subject: subject.cloned(),
            number: u32::try_from(number).unwrap_or(u32::MAX),
        }
    }

    /// What is before all of a subject at a place; only its place counts.
    fn before_all(start: Option<TextSize>, subject: Option<&Subject>) -> Self {
        let problem = Problem {
            kind: ProblemKind::CutsGrapheme,
            range: start.map(TextRange::empty),
            annotation: None,
        };
        Self::new(subject, 0, problem.into())
    }

    fn start(&self) -> Option<TextSize> {
        self.problem.range.map(TextRange::start)
    }

    fn key(&self) -> (Option<TextSize>, Option<&Subject>, u32) {
        (self.start(), self.subject.as_ref(), self.number)
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

/// Problems of a whole document, in no order yet.
#[derive(Debug, Default)]
pub(super) struct UnorderedProblems(Vec<Listed>);

impl UnorderedProblems {
    /// Adds one that nothing replaces; `number` keeps those at one place in order.
    pub(super) fn push(&mut self, number: usize, problem: Arc<Problem>) {
        self.0.push(Listed::new(None, number, problem));
    }

    /// Adds what was found about a subject, each subject once.
    pub(super) fn extend(
        &mut self,
        subject: &Subject,
        found: impl IntoIterator<Item = Arc<Problem>>,
    ) {
        let found = found.into_iter().enumerate();
        let listed = found.map(|(number, problem)| Listed::new(Some(subject), number, problem));
        self.0.extend(listed);
    }
}

impl From<UnorderedProblems> for ProblemRows {
    fn from(UnorderedProblems(found): UnorderedProblems) -> Self {
        let places = found.iter().filter_map(|listed| {
            let subject = listed.subject.clone()?;
            (!is_at_its_place(&subject)).then_some((subject, listed.start()))
        });
        Self {
            places: places.collect(),
            listed: found.into_iter().collect(),
        }
    }
}

impl ProblemRows {
    pub(super) fn len(&self) -> usize {
        self.listed.len()
    }

    pub(super) fn iter(&self) -> impl DoubleEndedIterator<Item = &Problem> {
        self.listed.iter().map(|listed| &*listed.problem)
    }

    /// Those of these rows, from 0.
    pub(super) fn range(
        &self,
        rows: std::ops::Range<usize>,
    ) -> impl DoubleEndedIterator<Item = &Problem> {
        self.listed.range(rows).map(|listed| &*listed.problem)
    }

    /// How many are listed before those that start at a place.
    pub(super) fn rank(&self, place: TextSize) -> usize {
        self.listed.rank(&Listed::before_all(Some(place), None))
    }

    /// The problems of a tag.
    pub(super) fn of_tag(&self, tag: &AnnotationId) -> impl Iterator<Item = &Problem> {
        let subject = Subject::Tag(tag.clone());
        let rows = self.of(&subject);
        self.range(rows)
    }

    /// The rows of a subject.
    fn of(&self, subject: &Subject) -> std::ops::Range<usize> {
        let place = match subject {
            Subject::Passage(start) | Subject::Mark(start) => Some(Some(*start)),
            Subject::Tag(_) | Subject::Name(_) => self.places.get(subject).copied(),
        };
        let Some(place) = place else {
            return 0..0;
        };
        let first = (self.listed).rank(&Listed::before_all(place, Some(subject)));
        let rest = self.listed.range(first..self.len());
        let of_it = rest.take_while(|listed| listed.subject.as_ref() == Some(subject));
        first..first + of_it.count()
    }

    /// Lists what was found about a subject in place of what was listed of it.
    pub(super) fn put(&mut self, subject: &Subject, found: impl IntoIterator<Item = Arc<Problem>>) {
        let old: Vec<Listed> = self.listed.range(self.of(subject)).cloned().collect();
        for listed in old {
            self.listed.remove(&listed);
        }
        self.places.remove(subject);
        let mut found = found.into_iter().enumerate().peekable();
        let Some((_, first)) = found.peek() else {
            return;
        };
        if !is_at_its_place(subject) {
            let start = first.range.map(TextRange::start);
            self.places.insert(subject.clone(), start);
        }
        for (number, problem) in found {
            self.listed
                .insert(Listed::new(Some(subject), number, problem));
        }
    }
}
