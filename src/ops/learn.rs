//! Learning from articles that are tagged: the quotes that a person has tagged or accepted.

use std::path::PathBuf;

use smol_str::SmolStr;

use super::project_schema::schema_around;
use super::read_documents::{
    DocumentSource, ReadDocument, ReadDocumentsError, Told, read_documents,
};
use super::suggestions::quote_label;
use super::{FileProblem, Progress};
use crate::compare::{Side, scored_tags};
use crate::model::{DocumentState, Schema};
use crate::suggest::{Cues, HeldOut, LearnedModel, TaggedArticle, TaggedQuote, train};
use crate::text::wording::count;
use crate::text::{Encoding, TextSize};

/// The label of quotes in files that no project holds for.
const QUOTE: &str = "quote";
/// The most articles that are learned from: the last ones.
const MOST_ARTICLES: usize = 1000;

/// What to learn from.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct LearnRequest {
    /// Articles, folders of articles, and files of tagged documents.
    pub paths: Vec<PathBuf>,
    /// Only tags by this annotator ("": unnamed); `None`: by all.
    pub annotator: Option<SmolStr>,
    /// The encoding of articles that do not declare one; `None`: as in their sidecars.
    pub encoding: Option<Encoding>,
    /// Only articles that somebody has finished.
    pub only_done: bool,
}

/// What was learned.
#[derive(Debug, Clone, Default)]
pub struct LearnReport {
    /// `None` where there are too few articles.
    pub model: Option<LearnedModel>,
    /// Articles with quotes, or finished without any.
    pub articles: usize,
    /// Quotes in them.
    pub quotes: usize,
    /// What could not be read.
    pub problems: Vec<FileProblem>,
}

/// Learns from tagged articles. Of articles that nobody has finished, what comes behind the last quote
/// is left out; documents in a file count as finished.
///
/// # Errors
/// [`ReadDocumentsError`] where a path is not there, or is no file of tagged documents.
pub fn learn(
    request: &LearnRequest,
    progress: &mut dyn FnMut(Progress),
) -> Result<LearnReport, ReadDocumentsError> {
    let schema = request.paths.first().map(|path| schema_around(path));
    let known = schema.and_then(|schema| {
        let schema = schema.ok()?;
        Some((label_of(&schema), Cues::of_schema(&schema)))
    });
    let (label, cues) = known.unwrap_or_else(|| (QUOTE.into(), Cues::NONE));
    let source = DocumentSource {
        paths: &request.paths,
        annotator: request.annotator.as_deref(),
        encoding: request.encoding,
        curated: false,
    };
    let mut told = Told::default();
    let mut articles: Vec<TaggedArticle> = Vec::new();
    read_documents(&source, &mut told, progress, &mut |read, _| {
        articles.extend(tagged_article(&read, &label, &cues, request.only_done));
    })?;
    let surplus = articles.len().saturating_sub(MOST_ARTICLES);
    articles.drain(..surplus);
    Ok(LearnReport {
        model: train(&articles),
        articles: articles.len(),
        quotes: articles.iter().map(|article| article.quotes.len()).sum(),
        problems: told.problems.finish(),
    })
}

/// What was learned, and whether it is used, in words.
#[must_use]
pub fn learned_words(report: &LearnReport) -> String {
    let from = format!(
        "{} with {}",
        count(report.articles, "tagged article"),
        count(report.quotes, "quote")
    );
    let Some(model) = &report.model else {
        return format!("{from}: too few to learn from, so only the rules are used");
    };
    let HeldOut { rules, learned, .. } = model.held_out();
    match model.helps() {
        true => format!(
            "learned from {from}; on articles kept apart, F1 of quotes without quotation marks is \
             {learned:.2}, with the rules alone {rules:.2}"
        ),
        false => format!(
            "learned from {from}; on articles kept apart, F1 of quotes without quotation marks is \
             {learned:.2}, with the rules alone {rules:.2}, so only the rules are used"
        ),
    }
}

fn label_of(schema: &Schema) -> SmolStr {
    quote_label(schema).map_or_else(|| QUOTE.into(), |label| label.key.clone())
}

/// What there is to learn from a document; `None` where nobody has begun.
fn tagged_article(
    read: &ReadDocument,
    label: &str,
    cues: &Cues,
    only_done: bool,
) -> Option<TaggedArticle> {
    let document = &read.document;
    let quotes: Vec<TaggedQuote> = scored_tags(document, Side::Gold)
        .into_iter()
        .filter(|tag| tag.label == label)
        .map(|tag| TaggedQuote {
            fragments: tag.fragments.to_vec(),
            speakers: tag.speakers,
        })
        .collect();
    let is_done = document.meta().state == DocumentState::Done;
    if !is_done && (only_done || quotes.is_empty()) {
        return None;
    }
    let source = document.source().clone();
    let last = quotes
        .iter()
        .flat_map(|quote| &quote.fragments)
        .map(|part| part.end())
        .max();
    let until = match last {
        Some(last) if !is_done && read.is_sidecar => last,
        Some(_) | None => TextSize::of(source.as_str()),
    };
    Some(TaggedArticle {
        source,
        cues: cues.clone(),
        quotes,
        until,
    })
}
