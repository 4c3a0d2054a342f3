//! A folder that is searched again and again, such as while somebody types.

use std::path::PathBuf;
use std::sync::Arc;

use rayon::prelude::*;

use super::hit::Hit;
use super::matching::hits;
use super::query::{Query, QueryError};
use super::searched_article::SearchedArticle;
use crate::model::Schema;
use crate::ops::check::not_opened;
use crate::ops::parallel_articles::for_each_article;
use crate::ops::problem_list::ProblemList;
use crate::ops::project_schema::ProjectSchemas;
use crate::ops::{FileProblem, Progress, SchemaFileError};
use crate::store::{ArticleFile, ReadError, find_articles};
use crate::text::Encoding;

/// So much of articles is kept in memory, in bytes; those beyond are read again for each search.
const MOST_MEMORY: usize = 512 << 20;

/// Why a folder cannot be searched.
#[derive(Debug, thiserror::Error)]
pub enum SearchError {
    /// One of the paths cannot be read.
    #[error(transparent)]
    Read(#[from] ReadError),
    /// The built-in schema is broken.
    #[error(transparent)]
    Schema(#[from] SchemaFileError),
    /// The query cannot be understood.
    #[error(transparent)]
    Query(#[from] QueryError),
}

/// The texts and tags of articles, in memory: of each article its text and some hundred bytes a tag, up to
/// 512 MB in all. Beyond that articles are read from disk for each search, so that memory is bounded and
/// nothing is left out. A search looks at every text once, on all cores; there is no index that could be out
/// of date.
pub struct SearchFolder {
    articles: Vec<Kept>,
    schemas: Vec<Arc<Schema>>,
    encoding: Option<Encoding>,
    /// What could not be read.
    pub problems: Vec<FileProblem>,
}

enum Kept {
    InMemory(Box<SearchedArticle>),
    OnDisk(Box<ArticleFile>, Arc<Schema>),
    Unreadable,
}

impl SearchFolder {
    /// Reads articles and folders of articles on all cores.
    ///
    /// # Errors
    /// [`SearchError`] where one of the paths is not there.
    pub fn read(
        paths: &[PathBuf],
        encoding: Option<Encoding>,
        progress: &mut dyn FnMut(Progress),
    ) -> Result<Self, SearchError> {
        let found = find_articles(paths)?;
        let mut of_folders = ProjectSchemas::default();
        let mut schemas: Vec<Arc<Schema>> = Vec::new();
        for article in &found.articles {
            let schema = of_folders.of(&article.path)?;
            if !schemas.iter().any(|known| Arc::ptr_eq(known, &schema)) {
                schemas.push(schema);
            }
        }
        if schemas.is_empty() {
            schemas.push(Arc::new(crate::format::schema_file::default_schema()?));
        }
        let mut problems = ProblemList::default();
        not_opened(&found.not_opened).for_each(|problem| problems.push(problem));
        let mut articles = Vec::new();
        let mut memory = 0;
        let read = |article: &ArticleFile| {
            let schema = of_folders.known(&article.path);
            let (read, problems) = match &schema {
                Some(schema) => SearchedArticle::read(article, schema, encoding),
                None => (None, Vec::new()),
            };
            (article.clone(), schema, read, problems)
        };
        for_each_article(
            &found.articles,
            progress,
            read,
            |(file, schema, read, told)| {
                told.into_iter().for_each(|problem| problems.push(problem));
                articles.push(match (read, schema) {
                    (Some(read), Some(schema)) => {
                        memory += read.size();
                        if memory <= MOST_MEMORY {
                            Kept::InMemory(Box::new(read))
                        } else {
                            Kept::OnDisk(Box::new(file), schema)
                        }
                    }
                    (None, _) | (_, None) => Kept::Unreadable,
                });
            },
        );
        Ok(Self {
            articles,
            schemas,
            encoding,
            problems: problems.finish(),
        })
    }

    /// How many articles there are.
    #[must_use]
    pub fn len(&self) -> usize {
        self.articles.len()
    }

    /// Whether there is none.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.articles.is_empty()
    }

    /// The query that is written in a line, by the labels and attributes of the folder.
    ///
    /// # Errors
    /// [`QueryError`] where it cannot be understood.
    pub fn query(&self, line: &str) -> Result<Query, QueryError> {
        Query::parse(line, self.schemas.iter().map(Arc::as_ref))
    }

    /// The hits, article by article, each in the order of its text. Stops, with what was found so far, once
    /// `waited_for` says that nobody waits.
    #[must_use]
    pub fn search(&self, query: &Query, waited_for: impl Fn() -> bool + Sync) -> Vec<Hit> {
        let of_article = |kept: &Kept| match kept {
            _ if !waited_for() => Vec::new(),
            Kept::InMemory(article) => hits(query, article),
            Kept::OnDisk(file, schema) => {
                let (read, _) = SearchedArticle::read(file, schema, self.encoding);
                read.map_or(Vec::new(), |article| hits(query, &article))
            }
            Kept::Unreadable => Vec::new(),
        };
        self.articles.par_iter().flat_map_iter(of_article).collect()
    }
}
