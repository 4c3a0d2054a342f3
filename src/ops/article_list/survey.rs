//! What many articles hold, read on all cores and handed over a few at a time.

use std::collections::BTreeMap;
use std::path::{Path, PathBuf};
use std::sync::{Arc, Mutex};
use std::time::{Duration, SystemTime};

use rayon::prelude::*;

use super::summary::ArticleSummary;
use crate::model::Schema;
use crate::ops::not_opened::not_opened;
use crate::ops::project_schema::ProjectSchemas;
use crate::ops::{FileProblem, SchemaFileError};
use crate::store::{ArticleFile, FileStamp, FoundArticles, ReadError, file_stamp, find_articles};
use crate::text::Encoding;

/// So many articles are handed over at once.
const AT_ONCE: usize = 128;

/// A file that was written so short a time ago may be written again without another stamp: some
/// file systems count in steps of two seconds.
const SETTLED: Duration = Duration::from_secs(3);

/// An article and what a list says about it, or why its text cannot be read.
pub type Surveyed = (ArticleFile, Result<Arc<ArticleSummary>, String>);

/// Why articles cannot be listed.
#[derive(Debug, thiserror::Error)]
pub enum ListError {
    /// One of the paths cannot be read.
    #[error(transparent)]
    Read(#[from] ReadError),
    /// The built-in schema is broken.
    #[error(transparent)]
    Schema(#[from] SchemaFileError),
    /// No article has what they are to be sorted by.
    #[error("there is no column `{word}`, and no article has such a fact; write one of {known}")]
    NoColumn {
        /// What was asked for.
        word: String,
        /// The columns, and the facts that articles have.
        known: String,
    },
}

/// What was read of articles, for as long as their files are as they were. An article whose files have the
/// same names, lengths and times as before is not read again.
#[derive(Debug, Default)]
pub struct SummaryCache(Mutex<BTreeMap<PathBuf, Cached>>);

#[derive(Debug, Clone)]
struct Cached {
    files: Vec<(PathBuf, Option<FileStamp>)>,
    encoding: Option<Encoding>,
    schema: Arc<Schema>,
    summary: Arc<ArticleSummary>,
}

impl SummaryCache {
    fn get(&self, article: &Path) -> Option<Cached> {
        let known = self.0.lock().ok()?;
        known.get(article).cloned()
    }

    fn put(&self, article: &Path, cached: Cached) {
        if let Ok(mut known) = self.0.lock() {
            known.insert(article.to_owned(), cached);
        }
    }

    fn summary(
        &self,
        article: &ArticleFile,
        schema: &Arc<Schema>,
        encoding: Option<Encoding>,
    ) -> Result<Arc<ArticleSummary>, String> {
        let files = stamps(article);
        if let Some(known) = self.get(&article.path)
            && known.files == files
            && known.encoding == encoding
            && known.schema == *schema
        {
            return Ok(known.summary);
        }
        let now = SystemTime::now();
        let summary = Arc::new(ArticleSummary::read(article, schema, encoding)?);
        let settled = |(_, stamp): &(PathBuf, Option<FileStamp>)| {
            stamp.is_some_and(|stamp| stamp.is_older_than(now, SETTLED))
        };
        if files.iter().all(settled) {
            let cached = Cached {
                files,
                encoding,
                schema: Arc::clone(schema),
                summary: Arc::clone(&summary),
            };
            self.put(&article.path, cached);
        }
        Ok(summary)
    }
}

/// The files that say something about an article, as they are now.
fn stamps(article: &ArticleFile) -> Vec<(PathBuf, Option<FileStamp>)> {
    let sidecars = article.sidecars.iter().map(|file| &file.path);
    let reserved = article.reserved.iter().map(|(_, path)| path);
    let all = std::iter::once(&article.path)
        .chain(sidecars)
        .chain(reserved);
    all.map(|path| (path.clone(), file_stamp(path))).collect()
}

/// Reads articles and folders of articles on all cores and hands them over in order, a few at a time, until
/// `take` says that nobody waits. Returns what is wrong with the files of the folders: links that lead out,
/// schemas that cannot be read.
///
/// # Errors
/// [`ListError`] where one of the paths is not there.
pub fn survey(
    paths: &[PathBuf],
    encoding: Option<Encoding>,
    cache: &SummaryCache,
    take: &mut dyn FnMut(Vec<Surveyed>) -> bool,
) -> Result<Vec<FileProblem>, ListError> {
    survey_found(&find_articles(paths)?, encoding, cache, take)
}

/// The same for what was found in the folders.
///
/// # Errors
/// [`ListError`] where the built-in schema is broken.
pub(super) fn survey_found(
    found: &FoundArticles,
    encoding: Option<Encoding>,
    cache: &SummaryCache,
    take: &mut dyn FnMut(Vec<Surveyed>) -> bool,
) -> Result<Vec<FileProblem>, ListError> {
    let articles = &found.articles;
    let mut schemas = ProjectSchemas::default();
    for article in articles {
        schemas.of(&article.path)?;
    }
    for some in articles.chunks(AT_ONCE) {
        let read = |article: &ArticleFile| {
            let schema = schemas.known(&article.path)?;
            let summary = cache.summary(article, &schema, encoding);
            Some((article.clone(), summary))
        };
        if !take(some.par_iter().filter_map(read).collect()) {
            break;
        }
    }
    let mut problems: Vec<FileProblem> = not_opened(&found.not_opened).collect();
    problems.append(&mut schemas.into_problems());
    Ok(problems)
}
