//! Scoring predicted tags against gold ones, document by document. Of each document only what is
//! compared is kept.

mod gold;
mod score_report;

use std::path::PathBuf;

use smol_str::SmolStr;

use super::Progress;
use super::read_documents::{DocumentSource, ReadDocumentsError, Told, read_documents};
use crate::compare::Side;
use crate::model::QuoteForm;
use crate::text::Encoding;

use gold::{ComparedDocument, GoldDocuments};
pub use score_report::ScoreReport;

/// What to score.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct ScoreRequest {
    /// The gold documents: an article, a folder of articles, or a file of a format that can be read.
    pub gold: PathBuf,
    /// The predicted documents: the same, one or several.
    pub paths: Vec<PathBuf>,
    /// Only quotes of this form; `None`: all.
    pub form: Option<QuoteForm>,
    /// Only gold documents by this annotator ("": unnamed); `None`: all.
    pub gold_annotator: Option<SmolStr>,
    /// Only predicted documents by this annotator ("": unnamed); `None`: all.
    pub annotator: Option<SmolStr>,
    /// The encoding of articles that do not declare one; `None`: as in their sidecars.
    pub encoding: Option<Encoding>,
}

/// Why nothing can be scored.
#[derive(Debug, thiserror::Error)]
pub enum ScoreError {
    /// One of the paths cannot be read, or a file is not of its format.
    #[error(transparent)]
    Read(#[from] ReadDocumentsError),
    /// There is nothing to compare with.
    #[error("{}: there are no gold documents in it{why}", .gold.display())]
    NoGold {
        /// Where they should be.
        gold: PathBuf,
        /// What may be the reason.
        why: String,
    },
}

/// Compares the tags of documents with those of gold documents. Documents belong together that have the
/// same id (of articles: the path below the given folder) and the same text, or else the same text.
/// Gold documents that are not found count as documents without tags. Of gold articles with curated tags
/// these are taken alone, unless an annotator is asked for.
///
/// # Errors
/// [`ScoreError`] where one of the paths cannot be read. What is wrong with single documents is in the
/// report.
pub fn score(
    request: &ScoreRequest,
    progress: &mut dyn FnMut(Progress),
) -> Result<ScoreReport, ScoreError> {
    let mut told = Told::default();
    let mut gold = GoldDocuments::new(request.form);
    let source = DocumentSource {
        paths: std::slice::from_ref(&request.gold),
        annotator: request.gold_annotator.as_deref(),
        encoding: request.encoding,
        curated: true,
    };
    read_documents(&source, &mut told, progress, &mut |document, told| {
        gold.add(ComparedDocument::new(document, Side::Gold), told);
    })?;
    if gold.is_empty() {
        return Err(ScoreError::NoGold {
            gold: request.gold.clone(),
            why: told.why_nothing(request.gold_annotator.as_deref()),
        });
    }
    let gold_not_started = std::mem::take(&mut told.not_started);
    let gold_curated = std::mem::take(&mut told.curated);
    let gold_undecided = std::mem::take(&mut told.undecided);
    let source = DocumentSource {
        paths: &request.paths,
        annotator: request.annotator.as_deref(),
        encoding: request.encoding,
        curated: false,
    };
    read_documents(&source, &mut told, progress, &mut |document, told| {
        gold.compare(ComparedDocument::new(document, Side::Predicted), told);
    })?;
    let report = gold.finish(&request.gold, told, gold_not_started);
    Ok(ScoreReport {
        gold_curated,
        gold_undecided,
        ..report
    })
}
