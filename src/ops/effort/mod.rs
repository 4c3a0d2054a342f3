//! How much work it is to tag articles with the help of what is suggested: gold tags are played through
//! the keys of the window by somebody who makes no mistake and no detour.

mod gold;
mod ideal_user;
mod player;
mod presses;
mod review;

use std::path::{Path, PathBuf};
use std::sync::Arc;

use rayon::prelude::*;
use smol_str::SmolStr;

use super::project_schema::schema_around;
use super::read_documents::{DocumentSource, ReadDocumentsError, Told, read_documents};
use super::suggestions::{SuggestionOptions, propose, quote_label};
use super::{FileProblem, Progress, SchemaFileError};
use crate::model::{Document, Schema};
use crate::suggest::{Cues, LearnedModel, ParagraphCache};
use crate::text::Encoding;

pub use player::Player;
pub use presses::Presses;

use gold::GoldArticle;
use ideal_user::User;

/// What to play.
#[derive(Debug, Clone)]
pub struct EffortRequest {
    /// The gold documents: an article, a folder of articles, or a file of a format that can be read.
    pub gold: PathBuf,
    /// Only gold documents by this annotator ("": unnamed); `None`: all.
    pub gold_annotator: Option<SmolStr>,
    /// The encoding of articles that do not declare one; `None`: as in their sidecars.
    pub encoding: Option<Encoding>,
    /// What is suggested; `None`: nothing.
    pub suggestions: Option<SuggestionOptions>,
    /// What the tags of a project taught, if anything.
    pub learned: Option<Arc<LearnedModel>>,
    /// When a speaker is right.
    pub speakers: Speakers,
}

/// When a speaker is right.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum Speakers {
    /// The mention shares words with the gold one.
    #[default]
    ByOverlap,
    /// The mention has the words of the gold one.
    ToTheWord,
}

/// What articles cost.
#[derive(Debug, Clone, Default)]
pub struct EffortReport {
    /// Each article with gold quotes, in the order of the files.
    pub articles: Vec<ArticleEffort>,
    /// How many articles among the gold ones have no tags by anybody, so that they do not count.
    pub gold_not_started: usize,
    /// What is worth knowing about the files although nothing is left out.
    pub notes: Vec<FileProblem>,
    /// What could not be read, is left out or is doubtful.
    pub problems: Vec<FileProblem>,
}

/// What one article costs.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ArticleEffort {
    /// Its id; of an article the path below the given folder.
    pub id: String,
    /// How many gold quotes there are.
    pub attributions: usize,
    /// What is pressed to tag all of them.
    pub presses: Presses,
}

impl EffortReport {
    /// All gold quotes.
    #[must_use]
    pub fn attributions(&self) -> usize {
        self.articles
            .iter()
            .map(|article| article.attributions)
            .sum()
    }

    /// What all articles cost.
    #[must_use]
    pub fn presses(&self) -> Presses {
        let mut all = Presses::default();
        for article in &self.articles {
            all += article.presses;
        }
        all
    }

    /// The presses that an article costs on average.
    #[must_use]
    pub fn mean(&self) -> f64 {
        ratio(self.presses().total(), self.articles.len())
    }

    /// The presses that half of the articles do not exceed.
    #[must_use]
    pub fn median(&self) -> f64 {
        median(self.articles.iter().map(|article| article.presses.total()))
    }

    /// The gold quotes that half of the articles do not exceed.
    #[must_use]
    pub fn median_attributions(&self) -> f64 {
        median(self.articles.iter().map(|article| article.attributions))
    }

    /// The presses that a gold quote costs on average.
    #[must_use]
    pub fn per_attribution(&self) -> f64 {
        ratio(self.presses().total(), self.attributions())
    }
}

fn ratio(part: usize, of: usize) -> f64 {
    match of {
        0 => 0.0,
        _ => part as f64 / of as f64,
    }
}

fn median(numbers: impl Iterator<Item = usize>) -> f64 {
    let mut sorted: Vec<usize> = numbers.collect();
    sorted.sort_unstable();
    let at = |place: usize| sorted.get(place).copied().unwrap_or_default();
    let half = sorted.len() / 2;
    match sorted.len() % 2 {
        1 => ratio(at(half), 1),
        _ => ratio(at(half.saturating_sub(1)) + at(half), 2),
    }
}

/// Why nothing can be played.
#[derive(Debug, thiserror::Error)]
pub enum EffortError {
    /// The path cannot be read, or a file is not of its format.
    #[error(transparent)]
    Read(#[from] ReadDocumentsError),
    /// The schema is broken.
    #[error(transparent)]
    Schema(#[from] SchemaFileError),
    /// The project has no label for what is played.
    #[error("{}: the labels of this project have no quotes with speakers", .gold.display())]
    NoLabel {
        /// The gold documents.
        gold: PathBuf,
    },
    /// There is nothing to play.
    #[error("{}: there are no gold quotes in it{why}", .gold.display())]
    NoGold {
        /// Where they should be.
        gold: PathBuf,
        /// What may be the reason.
        why: String,
    },
}

/// Counts what an ideal user presses to tag the quotes of gold documents and their speakers with the
/// built-in keys: decides on all suggestions in the order of the text, one by one, then tags what is
/// missing.
///
/// # Errors
/// [`EffortError`] where the gold documents cannot be read or have no quotes. What is wrong with single
/// documents is in the report.
pub fn effort(
    request: &EffortRequest,
    progress: &mut dyn FnMut(Progress),
) -> Result<EffortReport, EffortError> {
    let schema = schema_around(&request.gold)?;
    let (quote, mention) = labels(&schema).ok_or_else(|| EffortError::NoLabel {
        gold: request.gold.clone(),
    })?;
    let mut told = Told::default();
    let mut gold = Vec::new();
    let source = DocumentSource {
        paths: std::slice::from_ref(&request.gold),
        annotator: request.gold_annotator.as_deref(),
        encoding: request.encoding,
        curated: true,
    };
    read_documents(&source, &mut told, progress, &mut |read, _| {
        gold.push(GoldArticle::new(read.id, &read.document, &schema, &quote));
    })?;
    gold.retain(|article| !article.quotes.is_empty());
    if gold.is_empty() {
        return Err(EffortError::NoGold {
            gold: request.gold.clone(),
            why: told.why_nothing(request.gold_annotator.as_deref()),
        });
    }
    let articles = gold.par_iter();
    let articles = articles.map(|gold| play(gold, request, &schema, &quote, &mention));
    let mut notes = told.notes.finish();
    notes.extend(told.undecided.iter().map(|left| {
        let words = format!("curated, {}", left.undecided.words());
        FileProblem::new(Path::new(&left.article), words)
    }));
    Ok(EffortReport {
        articles: articles.collect(),
        gold_not_started: told.not_started,
        notes,
        problems: told.problems.finish(),
    })
}

/// The labels of quotes and of the mentions of their speakers.
fn labels(schema: &Schema) -> Option<(SmolStr, SmolStr)> {
    let quote = &quote_label(schema)?.key;
    let role = schema.speaker_role(quote)?;
    let mention = role.to.iter().find(|label| schema.mentions(label))?;
    Some((quote.clone(), mention.clone()))
}

fn play(
    gold: &GoldArticle,
    request: &EffortRequest,
    schema: &Schema,
    quote: &SmolStr,
    mention: &SmolStr,
) -> ArticleEffort {
    let (mut player, _) = Player::new(Document::new(gold.source.clone()), schema.clone());
    if let Some(options) = &request.suggestions {
        player.open.suggest(Some(options.clone()));
        let cues = Cues::of_schema(schema);
        let proposals = propose(
            &ParagraphCache::new(&gold.source),
            &cues,
            request.learned.as_deref(),
            false,
        );
        player.open.set_proposals(&gold.source, proposals);
        player.open.show_suggestions(usize::MAX);
    }
    let mut user = User::new(player, request.speakers, quote.clone(), mention.clone());
    let tagged = user.review(&gold.quotes);
    for (quote, _) in gold.quotes.iter().zip(tagged).filter(|(_, tagged)| !tagged) {
        user.add(quote);
    }
    user.settle();
    ArticleEffort {
        id: gold.id.clone(),
        attributions: gold.quotes.len(),
        presses: user.presses,
    }
}
