use crate::compare::Score;
use crate::model::QuoteForm;
use crate::ops::{FileProblem, UndecidedArticle};

/// How predicted tags compare with gold ones.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct ScoreReport {
    /// How many gold documents there are.
    pub documents: usize,
    /// The form that quotes are limited to.
    pub form: Option<QuoteForm>,
    /// The sums over all gold documents.
    pub score: Score,
    /// How many documents have another id than their gold document, and the same text.
    pub by_text: usize,
    /// The ids of gold documents that were not predicted; they count as documents without tags.
    pub missing: Vec<String>,
    /// The ids of predicted documents without a gold one; they do not count.
    pub only_predicted: Vec<String>,
    /// How many gold quotes do not say what form they have; with a `form` they count as of another one.
    pub without_form: usize,
    /// How many articles among the gold ones have no tags by anybody, so that they do not count.
    pub gold_not_started: usize,
    /// Of how many gold articles the curated tags were taken alone.
    pub gold_curated: usize,
    /// Those of them in which differences between annotators are undecided.
    pub gold_undecided: Vec<UndecidedArticle>,
    /// What is worth knowing about the files although nothing is left out.
    pub notes: Vec<FileProblem>,
    /// What could not be read, is left out or is doubtful.
    pub problems: Vec<FileProblem>,
}
