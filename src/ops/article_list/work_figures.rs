use std::fmt;

use crate::model::{
    Document, DocumentState, LintLevel, LintRule, Problem, Review, Schema, for_each_problem,
};
use crate::ops::lint::{
    LintContext, MarksOfAll, TextIndex, for_each_finding, for_each_mark, level_of,
};
use crate::ops::peer_verdicts::PeerVerdicts;
use crate::ops::{OpenDocument, Tally, is_in_use};
use crate::text::SourceText;

/// The work of one person on an article, or of several together, in figures.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct WorkFigures {
    /// How far it is.
    pub state: DocumentState,
    /// Tags in use: neither open suggestions nor rejected.
    pub tags: usize,
    /// Quotes and claims without a confirmed answer to who said it.
    pub without_speaker: usize,
    /// Suggestions to review.
    pub suggestions: usize,
    /// Tags in use that nobody has reviewed as they are now.
    pub unreviewed: usize,
    /// Tags in use that somebody is unsure about.
    pub unsure: usize,
    /// What reviewers would change or ask, neither taken nor answered.
    pub corrections: usize,
    /// What is doubtful in the tags and in the file that holds them.
    pub(super) of_work: Doubts,
    /// What is doubtful in the text alone, whoever tags it.
    pub(super) of_text: Doubts,
    /// Active time in seconds.
    pub seconds: u64,
}

/// What is doubtful, as `check` counts it.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub(super) struct Doubts {
    /// What is wrong.
    pub(super) problems: usize,
    /// What is probably a slip.
    pub(super) hints: usize,
}

impl Doubts {
    /// What is doubtful in a text that these people work on together.
    pub(super) fn of_text<'a>(
        source: &SourceText,
        schema: &Schema,
        text: &TextIndex,
        work: impl Iterator<Item = &'a Document>,
    ) -> Self {
        let mut marks = MarksOfAll::default();
        work.for_each(|document| marks.add(document));
        let mut doubts = Self::default();
        marks.for_each(source, schema, text, &mut |mark| doubts.note(schema, &mark));
        doubts
    }

    fn add(&mut self, more: Self) {
        self.problems += more.problems;
        self.hints += more.hints;
    }

    /// Counts what a rule has found, or what is wrong whatever the rules say.
    fn note(&mut self, schema: &Schema, problem: &Problem) {
        match level_of(schema, problem).is_none_or(LintLevel::is_problem) {
            true => self.problems += 1,
            false => self.hints += 1,
        }
    }
}

/// Tags that others have reviewed in their own sidecars, and their annotator has not.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct ReviewedByOthers {
    /// With any verdict.
    pub reviewed: usize,
    /// As unsure.
    pub unsure: usize,
    /// What they would change or ask, neither taken nor answered.
    pub corrections: usize,
}

impl ReviewedByOthers {
    /// What others say about the work of `annotator`.
    pub(super) fn about(
        verdicts: &PeerVerdicts,
        annotator: &str,
        document: &Document,
        schema: &Schema,
    ) -> Self {
        let mut found = Self {
            corrections: verdicts.to_settle(annotator, document).count(),
            ..Self::default()
        };
        let former = schema.former_labels();
        for tag in document.set().annotations().filter(|tag| is_in_use(tag)) {
            let judged = verdicts.on(annotator, document, tag, &former);
            found.reviewed += usize::from(!judged.is_empty() && tag.review == Review::Unreviewed);
            let unsure = judged.contains(&Review::Unsure);
            found.unsure += usize::from(unsure && tag.review != Review::Unsure);
        }
        found
    }
}

impl WorkFigures {
    /// Of what `annotator` ("": unnamed) has saved.
    pub(super) fn of_document(
        document: &Document,
        schema: &Schema,
        text: &TextIndex,
        annotator: &str,
    ) -> Self {
        let tally = Tally::of(document, schema);
        let (mut of_work, mut of_text) = (Doubts::default(), Doubts::default());
        for_each_problem(document, schema, &mut |problem| {
            of_work.note(schema, &problem);
        });
        let cx = LintContext {
            document,
            schema,
            text,
        };
        for_each_finding(&cx, &mut |problem| of_work.note(schema, &problem));
        let is_done = document.meta().state == DocumentState::Done;
        for_each_mark(&cx, is_done, &mut |problem| of_text.note(schema, &problem));
        Self {
            of_work,
            of_text,
            ..Self::new(document, &tally, annotator)
        }
    }

    /// Of curated tags: a decision is a review.
    pub(super) fn of_curated(document: &Document, schema: &Schema, text: &TextIndex) -> Self {
        Self {
            unreviewed: 0,
            ..Self::of_document(document, schema, text, "")
        }
    }

    /// Of an open article.
    #[must_use]
    pub fn of_open(open: &OpenDocument) -> Self {
        let annotator = open.annotator().cloned().unwrap_or_default();
        let (tally, problems) = (open.tally(), open.problems());
        let marks = problems.mark_count();
        let of_text = match open.schema().lint.of(LintRule::UnbalancedMark).is_problem() {
            true => Doubts {
                problems: marks,
                hints: 0,
            },
            false => Doubts {
                problems: 0,
                hints: marks,
            },
        };
        let of_work = Doubts {
            problems: problems.count().saturating_sub(of_text.problems),
            hints: problems.hint_count().saturating_sub(of_text.hints),
        };
        let stored = Self::new(open.document(), tally, &annotator);
        // What nobody has asked for is no work left.
        let (shown, document) = (open.shown().set(), open.document().set());
        let computed = shown
            .annotation_count()
            .saturating_sub(document.annotation_count());
        Self {
            suggestions: tally.suggestions.saturating_sub(computed),
            unreviewed: match open.is_curated() {
                true => 0,
                false => stored.unreviewed,
            },
            of_work,
            of_text,
            ..stored
        }
    }

    fn new(document: &Document, tally: &Tally, annotator: &str) -> Self {
        // Somebody else may have worked in the same file.
        let own = document.sittings().iter().filter(|one| one.by == annotator);
        Self {
            state: document.meta().state,
            tags: tally.tags,
            without_speaker: tally.without_speaker,
            suggestions: tally.suggestions,
            unreviewed: tally.unreviewed,
            unsure: tally.unsure,
            corrections: 0,
            of_work: Doubts::default(),
            of_text: Doubts::default(),
            seconds: own.map(|sitting| u64::from(sitting.seconds)).sum(),
        }
    }

    /// With what others said in their own sidecars.
    #[must_use]
    pub fn with_reviews(mut self, others: ReviewedByOthers) -> Self {
        self.unreviewed = self.unreviewed.saturating_sub(others.reviewed);
        self.unsure += others.unsure;
        self.corrections = others.corrections;
        self
    }

    /// What is wrong, as `check` counts it.
    #[must_use]
    pub fn problems(&self) -> usize {
        self.of_work.problems + self.of_text.problems
    }

    /// What is probably a slip, as `check` counts it.
    #[must_use]
    pub fn hints(&self) -> usize {
        self.of_work.hints + self.of_text.hints
    }

    /// Of several people together on a text: done once all who have begun are done.
    pub(super) fn together<'a>(
        all: impl Iterator<Item = &'a Self> + Clone,
        of_text: Doubts,
    ) -> Self {
        let states = all.clone().map(|one| one.state);
        let begun = states.filter(|state| *state != DocumentState::New);
        let state = match begun.clone().min() {
            None => DocumentState::New,
            Some(state) => state,
        };
        let mut sum = Self {
            state,
            ..Self::default()
        };
        all.for_each(|one| sum.add(one));
        Self { of_text, ..sum }
    }

    /// Adds the figures of other work; the state stays.
    pub(super) fn add(&mut self, more: &Self) {
        self.tags += more.tags;
        self.without_speaker += more.without_speaker;
        self.suggestions += more.suggestions;
        self.unreviewed += more.unreviewed;
        self.unsure += more.unsure;
        self.corrections += more.corrections;
        self.of_work.add(more.of_work);
        self.of_text.add(more.of_text);
        self.seconds += more.seconds;
    }
}

/// A time as hours and minutes, `1:05`.
#[derive(Debug, Clone, Copy)]
pub struct Hours(pub u64);

impl fmt::Display for Hours {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let minutes = self.0 / 60;
        write!(f, "{}:{:02}", minutes / 60, minutes % 60)
    }
}
