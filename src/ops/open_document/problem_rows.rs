use std::cmp::Ordering;
use std::collections::BTreeMap;
use std::sync::Arc;

use smol_str::SmolStr;

use crate::model::{
    AnnotationId, Finding, FindingSubject, LintRule, OrderStatisticSet, Problem, ProblemKind,
};
use crate::text::{SourceText, TextRange, TextSize};

/// What problems are listed together for: looked at again, they are replaced together.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
pub(super) enum Subject {
    /// A tag with its links.
    Tag(AnnotationId),
    /// The quoted passage that starts there (bytes), where it lacks a tag.
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
    /// How many are listed of each rule.
    of_rules: BTreeMap<LintRule, usize>,
}

/// A problem without what its subject says: a large article may have a hundred thousand.
#[derive(Debug, Clone)]
pub(super) enum CompactProblem {
    /// What a rule has found about the subject itself.
    Finding(LintRule, TextRange),
    /// Any other. Shared by the lists it is in.
    Whole(Arc<Problem>),
}

impl CompactProblem {
    /// One of the problems of a subject.
    pub(super) fn of(subject: &Subject, problem: Problem) -> Self {
        if let (Some(range), ProblemKind::Lint(finding)) = (problem.range, &problem.kind) {
            let is_about_it = match (subject, &finding.about) {
                (Subject::Tag(tag), FindingSubject::Tag(about)) => {
                    tag == about && problem.annotation.as_ref() == Some(tag)
                }
                (Subject::Passage(start), FindingSubject::Words(_)) => {
                    *start == range.start() && problem.annotation.is_none()
                }
                (Subject::Name(name), FindingSubject::Words(words)) => {
                    name == words && problem.annotation.is_none()
                }
                // It is told from others by more than its own words.
                (Subject::Mark(_), _) => false,
                (Subject::Tag(_), FindingSubject::Words(_))
                | (Subject::Passage(_) | Subject::Name(_), FindingSubject::Tag(_)) => false,
            };
            if is_about_it {
                return Self::Finding(finding.rule, range);
            }
        }
        problem.into()
    }

    fn rule(&self) -> Option<LintRule> {
        match self {
            Self::Finding(rule, _) => Some(*rule),
            Self::Whole(problem) => problem.kind.finding().map(|finding| finding.rule),
        }
    }

    fn range(&self) -> Option<TextRange> {
        match self {
            Self::Finding(_, range) => Some(*range),
            Self::Whole(problem) => problem.range,
        }
    }
}

impl From<Problem> for CompactProblem {
    fn from(problem: Problem) -> Self {
        Self::Whole(Arc::new(problem))
    }
}

/// A problem and its place in the list.
#[derive(Debug, Clone)]
struct Listed {
    problem: CompactProblem,
    subject: Option<Subject>,
    number: u32,
}

impl Listed {
    /// One of the problems of a subject.
    fn new(subject: Option<&Subject>, number: usize, problem: CompactProblem) -> Self {
        Self {
            problem,
            subject: subject.cloned(),
            number: u32::try_from(number).unwrap_or(u32::MAX),
        }
    }

    /// The whole problem, in a text.
    fn problem(&self, source: &SourceText) -> Problem {
        match (&self.problem, &self.subject) {
            (CompactProblem::Whole(problem), _) => Problem::clone(problem),
            (CompactProblem::Finding(rule, range), subject) => {
                let (about, annotation) = match subject {
                    Some(Subject::Tag(tag)) => {
                        (FindingSubject::Tag(tag.clone()), Some(tag.clone()))
                    }
                    Some(Subject::Name(name)) => (FindingSubject::Words(name.clone()), None),
                    Some(Subject::Passage(_) | Subject::Mark(_)) | None => {
                        (FindingSubject::Words(source.slice(*range).into()), None)
                    }
                };
                let rule = *rule;
                Problem {
                    kind: ProblemKind::Lint(Finding { rule, about }),
                    range: Some(*range),
                    annotation,
                }
            }
        }
    }

    fn start(&self) -> Option<TextSize> {
        self.problem.range().map(TextRange::start)
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
    pub(super) fn push(&mut self, number: usize, problem: CompactProblem) {
        self.0.push(Listed::new(None, number, problem));
    }

    /// Adds what was found about a subject, each subject once.
    pub(super) fn extend(
        &mut self,
        subject: &Subject,
        found: impl IntoIterator<Item = CompactProblem>,
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
        let mut of_rules = BTreeMap::new();
        for rule in found.iter().filter_map(|listed| listed.problem.rule()) {
            *of_rules.entry(rule).or_default() += 1;
        }
        Self {
            places: places.collect(),
            listed: found.into_iter().collect(),
            of_rules,
        }
    }
}

impl ProblemRows {
    pub(super) fn len(&self) -> usize {
        self.listed.len()
    }

    /// How many are listed of the rules that `counts` takes.
    pub(super) fn of_rules(&self, counts: impl Fn(LintRule) -> bool) -> usize {
        let rules = self.of_rules.iter().filter(|(rule, _)| counts(**rule));
        rules.map(|(_, number)| number).sum()
    }

    fn count(&mut self, problem: &CompactProblem, there: bool) {
        let Some(rule) = problem.rule() else { return };
        let number = self.of_rules.entry(rule).or_default();
        *number = match there {
            true => *number + 1,
            false => number.saturating_sub(1),
        };
    }

    /// All of them, in a text.
    pub(super) fn iter<'a>(
        &'a self,
        source: &'a SourceText,
    ) -> impl DoubleEndedIterator<Item = Problem> + use<'a> {
        self.listed.iter().map(|listed| listed.problem(source))
    }

    /// Those of these rows, from 0.
    pub(super) fn range<'a>(
        &'a self,
        rows: std::ops::Range<usize>,
        source: &'a SourceText,
    ) -> impl DoubleEndedIterator<Item = Problem> + use<'a> {
        let listed = self.listed.range(rows);
        listed.map(|listed| listed.problem(source))
    }

    /// How many are listed before those that start at a place.
    pub(super) fn rank(&self, place: TextSize) -> usize {
        self.listed
            .partition_point(|listed| listed.start() < Some(place))
    }

    /// The problems of a tag.
    pub(super) fn of_tag<'a>(
        &'a self,
        tag: &AnnotationId,
        source: &'a SourceText,
    ) -> impl Iterator<Item = Problem> + use<'a> {
        let subject = Subject::Tag(tag.clone());
        self.range(self.of(&subject), source)
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
        let place = (place, Some(subject));
        let first = (self.listed)
            .partition_point(|listed| (listed.start(), listed.subject.as_ref()) < place);
        let rest = self.listed.range(first..self.len());
        let of_it = rest.take_while(|listed| listed.subject.as_ref() == Some(subject));
        first..first + of_it.count()
    }

    /// Lists what was found about a subject in place of what was listed of it.
    pub(super) fn put(
        &mut self,
        subject: &Subject,
        found: impl IntoIterator<Item = CompactProblem>,
    ) {
        let old: Vec<Listed> = self.listed.range(self.of(subject)).cloned().collect();
        for listed in old {
            self.listed.remove(&listed);
            self.count(&listed.problem, false);
        }
        self.places.remove(subject);
        let mut found = found.into_iter().enumerate().peekable();
        let Some((_, first)) = found.peek() else {
            return;
        };
        if !is_at_its_place(subject) {
            let start = first.range().map(TextRange::start);
            self.places.insert(subject.clone(), start);
        }
        for (number, problem) in found {
            self.count(&problem, true);
            self.listed
                .insert(Listed::new(Some(subject), number, problem));
        }
    }
}
