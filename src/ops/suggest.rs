//! Suggestions for articles on disk.

use std::io;
use std::path::{Path, PathBuf};

use smol_str::SmolStr;

use super::check::not_opened;
use super::in_order::{Next, in_order};
use super::{
    FileProblem, OpenError, OpenRequest, Opened, Progress, SaveRequest, Suggestion,
    SuggestionOptions, add_suggestions, open_in, save_in, suggestions,
};
use crate::store::{ReadError, find_articles, private_state_dir};
use crate::text::{Encoding, TextRange};

/// For which articles to suggest what.
#[derive(Debug, Clone, Default)]
pub struct SuggestRequest {
    /// Articles and folders of articles.
    pub paths: Vec<PathBuf>,
    /// Whose sidecar says what is tagged already, and takes the suggestions; `None`: the unnamed one.
    pub annotator: Option<SmolStr>,
    /// The encoding of articles that do not declare one; `None`: as in their sidecars.
    pub encoding: Option<Encoding>,
    /// What is suggested.
    pub options: SuggestionOptions,
    /// On so many threads; 0 counts as 1.
    pub jobs: usize,
    /// Whether to store them in the sidecars, as open suggestions.
    pub write: bool,
}

/// What is suggested for an article.
#[derive(Debug, Clone, PartialEq)]
pub struct SuggestedArticle {
    /// The article.
    pub path: PathBuf,
    /// In the order of the text.
    pub quotes: Vec<SuggestedQuote>,
    /// Whether they were stored.
    pub saved: bool,
}

/// A suggested quote, for reports.
#[derive(Debug, Clone, PartialEq)]
pub struct SuggestedQuote {
    /// What is suggested.
    pub suggestion: Suggestion,
    /// The line it begins on, from 1.
    pub line: usize,
    /// The column it begins at, in code points, from 1.
    pub column: usize,
    /// Its parts in code points, end-exclusive.
    pub fragments: Vec<[u32; 2]>,
    /// Its words.
    pub words: String,
    /// The words of the mention that is suggested as its speaker; empty for none.
    pub speaker: String,
}

/// What was suggested.
#[derive(Debug, Clone, PartialEq, Default)]
pub struct SuggestReport {
    /// Every article that was read.
    pub articles: Vec<SuggestedArticle>,
    /// What could not be read or written, article by article.
    pub problems: Vec<FileProblem>,
}

impl SuggestReport {
    /// How many quotes are suggested.
    #[must_use]
    pub fn quotes(&self) -> usize {
        self.articles.iter().map(|one| one.quotes.len()).sum()
    }
}

/// Why nothing is suggested.
#[derive(Debug, thiserror::Error)]
pub enum SuggestError {
    /// One of the paths cannot be read.
    #[error(transparent)]
    Read(#[from] ReadError),
    /// The system gives no thread.
    #[error("no thread can be started ({0}); try a smaller number of --jobs")]
    Thread(io::Error),
}

/// Suggests quotes that are not tagged yet. With [`SuggestRequest::write`] the sidecar of each article
/// that gets some is saved once; others are not touched.
///
/// # Errors
/// [`SuggestError`] where a path is not there, or no thread can be started.
pub fn suggest(
    request: &SuggestRequest,
    progress: &mut dyn FnMut(Progress),
) -> Result<SuggestReport, SuggestError> {
    suggest_in(request, private_state_dir().as_deref(), progress)
}

/// [`suggest`] with the folder that keeps copies of earlier versions.
///
/// # Errors
/// As [`suggest`].
pub fn suggest_in(
    request: &SuggestRequest,
    state: Option<&Path>,
    progress: &mut dyn FnMut(Progress),
) -> Result<SuggestReport, SuggestError> {
    let found = find_articles(&request.paths)?;
    let total = found.articles.len();
    let mut report = SuggestReport::default();
    let paths: Vec<PathBuf> = found.articles.into_iter().map(|one| one.path).collect();
    let work = {
        let (request, state) = (request.clone(), state.map(Path::to_owned));
        move |path: PathBuf| suggest_for(path, &request, state.as_deref())
    };
    let results = in_order(paths.clone().into_iter(), request.jobs.max(1), work);
    let mut results = results.map_err(SuggestError::Thread)?;
    for (done, path) in paths.iter().enumerate() {
        progress(Progress { done, total });
        match results.wait() {
            Next::Ready(Ok(article)) => report.articles.push(article),
            Next::Ready(Err(problem)) => report.problems.push(problem),
            Next::Panicked | Next::NotYet | Next::End => {
                let words = "this article cannot be worked on; please report it";
                report.problems.push(FileProblem::new(path, words));
            }
        }
    }
    report.problems.extend(not_opened(&found.not_opened));
    Ok(report)
}

fn suggest_for(
    path: PathBuf,
    request: &SuggestRequest,
    state: Option<&Path>,
) -> Result<SuggestedArticle, FileProblem> {
    let open = OpenRequest {
        article: path.clone(),
        annotator: request.annotator.clone(),
        encoding: request.encoding,
    };
    let opened = open_in(&open, state).map_err(|error| match &error {
        OpenError::Article(error) => FileProblem::unreadable(error),
        OpenError::Annotator(_) | OpenError::Schema(_) => {
            FileProblem::new(&path, error.to_string())
        }
    })?;
    let told = |words: String| FileProblem {
        annotator: request.annotator.clone(),
        ..FileProblem::new(&opened.files.sidecar, words)
    };
    if let Some(reason) = reason_against(&opened, request.write) {
        return Err(told(reason));
    }
    let mut open = opened.start();
    let found = suggestions(open.document(), open.schema(), &request.options);
    let quotes = found.iter().map(|one| reported(one, &opened)).collect();
    let saved = request.write && !found.is_empty();
    if saved {
        open.apply_external(add_suggestions(&found))
            .map_err(|refusal| told(refusal.to_string()))?;
        let save = SaveRequest {
            document: open.document().clone(),
            files: opened.files.clone(),
            backup_first: true,
            replace: false,
        };
        save_in(&save, state).map_err(|error| told(error.to_string()))?;
    }
    Ok(SuggestedArticle {
        path,
        quotes,
        saved,
    })
}

/// Why nothing is suggested: what is tagged already is not certain, or must not be written.
fn reason_against(opened: &Opened, write: bool) -> Option<String> {
    if let Some(reason) = &opened.read_only {
        // The file is named beside it.
        let name = format!("{}: ", opened.files.sidecar.display());
        return Some(reason.trim_start_matches(&name).to_owned());
    }
    if opened.salvaged {
        let words = "the file is damaged; run `pullquote check --fix` on it first";
        return Some(words.to_owned());
    }
    if !write {
        return None;
    }
    if opened.document.source().decoding().is_doubtful() {
        let words =
            "not written, because the encoding of the article is a guess; name it with --encoding";
        return Some(words.to_owned());
    }
    let followed = opened.reanchor.as_ref().map(|followed| &followed.report);
    let uncertain = followed.is_some_and(|report| report.check + report.lost > 0);
    uncertain.then(|| {
        "not written, because the article has changed and some tags must be checked; open it in the \
         window first"
            .to_owned()
    })
}

fn reported(suggestion: &Suggestion, opened: &Opened) -> SuggestedQuote {
    let source = opened.document.source();
    let fragments = &suggestion.quote.fragments;
    let place = source.line_column(fragments.start());
    let code_points = |range: TextRange| {
        let end = |at| source.char_of_byte(at).unwrap_or_default();
        [end(range.start()), end(range.end())]
    };
    let mention = suggestion.mention(&opened.document);
    SuggestedQuote {
        line: place.line,
        column: place.column,
        fragments: fragments.iter().map(code_points).collect(),
        words: fragments.text(source),
        speaker: mention.map_or_else(String::new, |tag| tag.fragments.text(source)),
        suggestion: suggestion.clone(),
    }
}
