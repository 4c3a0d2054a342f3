use std::fmt;

use crate::model::{Document, DocumentState, Review, Schema, for_each_problem};
use crate::ops::lint::{LintContext, TextIndex, for_each_finding};
use crate::ops::peer_verdicts::PeerVerdicts;
use crate::ops::{OpenDocument, Tally, is_in_use};

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
    /// What is doubtful, as the list of problems counts it.
    pub problems: usize,
    /// Active time in seconds.
    pub seconds: u64,
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
        let mut problems = 0;
        for_each_problem(document, schema, &mut |_| problems += 1);
        let cx = LintContext {
            document,
            schema,
            text,
        };
        for_each_finding(&cx, &mut |_| problems += 1);
        Self::new(document, &tally, problems, annotator)
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
        let (tally, problems) = (open.tally(), open.problems().count());
        let stored = Self::new(open.document(), tally, problems, &annotator);
        // What nobody has asked for is no work left.
        let (shown, document) = (open.shown().set(), open.document().set());
        let computed = shown
            .annotation_count()
            .saturating_sub(document.annotation_count());
        Self {
            suggestions: tally.suggestions.saturating_sub(computed),
            unreviewed: match open.adjudication() {
                Some(_) => 0,
                None => stored.unreviewed,
            },
            ..stored
        }
    }

    fn new(document: &Document, tally: &Tally, problems: usize, annotator: &str) -> Self {
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
            problems,
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

    /// Of several people together: done once all who have begun are done.
    pub(super) fn together<'a>(all: impl Iterator<Item = &'a Self> + Clone) -> Self {
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
        for one in all {
            sum.tags += one.tags;
            sum.without_speaker += one.without_speaker;
            sum.suggestions += one.suggestions;
            sum.unreviewed += one.unreviewed;
            sum.unsure += one.unsure;
            sum.corrections += one.corrections;
            sum.problems += one.problems;
            sum.seconds += one.seconds;
        }
        sum
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
