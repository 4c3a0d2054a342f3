//! A folder that is searched again and again, such as while somebody types.

use std::collections::BTreeSet;
use std::path::{Path, PathBuf};
use std::sync::Arc;
use std::sync::atomic::{AtomicUsize, Ordering};

use rayon::prelude::*;
use smol_str::SmolStr;

use super::found::Found;
use super::matching::find;
use super::query::Query;
use super::query_error::QueryError;
use super::searched_article::SearchedArticle;
use crate::model::{Document, Schema};
use crate::ops::not_opened::not_opened;
use crate::ops::parallel_articles::for_each_article;
use crate::ops::problem_list::ProblemList;
use crate::ops::project_schema::{ProjectSchemas, schema_for};
use crate::ops::{FileProblem, Progress, SchemaFileError};
use crate::store::{ArticleFile, ReadError, find_articles};
use crate::text::Encoding;

/// So much of articles is kept in memory, in bytes; those beyond are read again for each search.
const MOST_MEMORY: usize = 512 << 20;

/// So much of those that are read again may be kept for their hits, in bytes.
const MOST_READ_AGAIN: usize = 128 << 20;

/// So many articles are searched between two looks at how many hits there are.
const AT_ONCE: usize = 512;

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
    roots: Vec<PathBuf>,
    articles: Vec<Entry>,
    memory: usize,
    schemas: Vec<Arc<Schema>>,
    /// Who has a sidecar (`""`: without a name), as far as it was read.
    annotators: BTreeSet<SmolStr>,
    encoding: Option<Encoding>,
    /// What could not be read.
    pub problems: Vec<FileProblem>,
}

impl std::fmt::Debug for SearchFolder {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(f, "{} articles, {} bytes", self.articles.len(), self.memory)
    }
}

struct Entry {
    path: PathBuf,
    schema: Arc<Schema>,
    kept: StoredArticle,
}

enum StoredArticle {
    InMemory(Arc<SearchedArticle>),
    OnDisk(Box<ArticleFile>),
    Unreadable,
}

impl StoredArticle {
    fn size(&self) -> usize {
        match self {
            Self::InMemory(article) => article.size(),
            Self::OnDisk(_) | Self::Unreadable => 0,
        }
    }
}

/// What was found.
#[derive(Debug, Clone, Default)]
pub struct SearchResult {
    /// The hits, article by article, each in the order of its text.
    pub found: Vec<Found>,
    /// Whether there are more: the search stopped at so many.
    pub is_cut: bool,
}

/// An article as it is on disk now, for [`SearchFolder::put`].
pub struct ArticleReading {
    path: PathBuf,
    /// `None`: it is gone, or cannot be read.
    read: Option<(SearchedArticle, Arc<Schema>)>,
}

/// Reads one article of a folder again.
#[must_use]
pub fn read_for_search(path: &Path, encoding: Option<Encoding>) -> ArticleReading {
    let found = find_articles(&[path.to_owned()]).ok();
    let file = found.and_then(|found| found.articles.into_iter().next());
    let read = file.and_then(|file| {
        let (schema, _) = schema_for(path).ok()?;
        let (read, _) = SearchedArticle::read(&file, &schema, encoding);
        Some((read?, Arc::new(schema)))
    });
    ArticleReading {
        path: path.to_owned(),
        read,
    }
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
        let mut folder = Self {
            roots: paths.to_vec(),
            articles: Vec::new(),
            memory: 0,
            schemas,
            annotators: BTreeSet::new(),
            encoding,
            problems: Vec::new(),
        };
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
                if let Some(schema) = schema {
                    let path = file.path.clone();
                    if let Some(read) = &read {
                        folder.annotators.extend(read.annotators());
                    }
                    let kept = match read {
                        Some(read) => folder.keep(read, file),
                        None => StoredArticle::Unreadable,
                    };
                    folder.memory += kept.size();
                    folder.articles.push(Entry { path, schema, kept });
                }
            },
        );
        folder.problems = problems.finish();
        folder.problems.append(&mut of_folders.into_problems());
        Ok(folder)
    }

    /// Keeps an article in memory, as long as there is room.
    fn keep(&self, read: SearchedArticle, file: ArticleFile) -> StoredArticle {
        if self.memory + read.size() <= MOST_MEMORY {
            StoredArticle::InMemory(Arc::new(read))
        } else {
            StoredArticle::OnDisk(Box::new(file))
        }
    }

    /// Puts an article as it is on disk now in the place of what was known of it.
    pub fn put(&mut self, reading: ArticleReading) {
        let ArticleReading { path, read } = reading;
        let at = self.place_of(&path);
        let Some((mut read, schema)) = read else {
            if let Some(at) = at {
                let gone = self.articles.remove(at);
                self.memory -= gone.kept.size();
            }
            return;
        };
        let schema = self.known_schema(schema);
        let below = self.roots.iter().find_map(|root| {
            let below = path.strip_prefix(root).ok();
            below.filter(|below| !below.as_os_str().is_empty())
        });
        if let Some(below) = below {
            read.name = below.display().to_string();
        }
        self.set(at, path, schema, read);
    }

    /// The same with the tags of one annotator as they are open, saved or not.
    pub fn put_open(&mut self, path: &Path, document: &Document) {
        let Some(at) = self.place_of(path) else {
            return;
        };
        let open = self.articles.get(at).and_then(|entry| {
            let StoredArticle::InMemory(article) = &entry.kept else {
                return None;
            };
            let schema = Arc::clone(&entry.schema);
            Some((article.with_open(document, &schema), schema))
        });
        if let Some((read, schema)) = open {
            self.set(Some(at), path.to_owned(), schema, read);
        }
    }

    /// Forgets all articles but these.
    pub fn keep_only(&mut self, articles: &BTreeSet<PathBuf>) {
        self.articles.retain(|entry| articles.contains(&entry.path));
        self.memory = self.articles.iter().map(|entry| entry.kept.size()).sum();
    }

    fn set(
        &mut self,
        at: Option<usize>,
        path: PathBuf,
        schema: Arc<Schema>,
        read: SearchedArticle,
    ) {
        self.annotators.extend(read.annotators());
        let kept = StoredArticle::InMemory(Arc::new(read));
        self.memory += kept.size();
        match at.and_then(|at| self.articles.get_mut(at)) {
            Some(entry) => {
                self.memory -= entry.kept.size();
                entry.schema = schema;
                entry.kept = kept;
            }
            None => {
                let order = |entry: &Entry| entry.path < path;
                let at = self.articles.partition_point(order);
                self.articles.insert(at, Entry { path, schema, kept });
            }
        }
    }

    /// Looks at every article, in order; those that are not in memory are read.
    pub(super) fn each_article(&self, mut each: impl FnMut(&Arc<SearchedArticle>)) {
        for entry in &self.articles {
            match &entry.kept {
                StoredArticle::InMemory(article) => each(article),
                StoredArticle::OnDisk(file) => {
                    let (read, _) = SearchedArticle::read(file, &entry.schema, self.encoding);
                    read.into_iter()
                        .for_each(|article| each(&Arc::new(article)));
                }
                StoredArticle::Unreadable => {}
            }
        }
    }

    fn place_of(&self, path: &Path) -> Option<usize> {
        self.articles.iter().position(|entry| entry.path == path)
    }

    fn known_schema(&mut self, schema: Arc<Schema>) -> Arc<Schema> {
        match self.schemas.iter().find(|known| **known == schema) {
            Some(known) => Arc::clone(known),
            None => {
                self.schemas.push(Arc::clone(&schema));
                schema
            }
        }
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

    /// Who has tagged something here, or did: `""` is without a name.
    #[must_use]
    pub fn annotators(&self) -> &BTreeSet<SmolStr> {
        &self.annotators
    }

    /// The query that is written in a line, by the labels, attributes and people of the folder.
    ///
    /// # Errors
    /// [`QueryError`] where it cannot be understood.
    pub fn query(&self, line: &str) -> Result<Query, QueryError> {
        Query::parse(line, self.schemas.iter().map(Arc::as_ref), &self.annotators)
    }

    /// How many open suggestions a query that found nothing would find, if it asked for them: about `most` of
    /// them. Stops as [`search`](Self::search) does.
    #[must_use]
    pub fn suggested(
        &self,
        query: &Query,
        most: usize,
        waited_for: impl Fn() -> bool + Sync,
    ) -> usize {
        let query = query.among_suggestions();
        query.map_or(0, |query| self.search(&query, most, waited_for).found.len())
    }

    /// The hits, article by article, each in the order of its text; about `most` of them. Stops, with what was
    /// found so far, once `waited_for` says that nobody waits.
    #[must_use]
    pub fn search(
        &self,
        query: &Query,
        most: usize,
        waited_for: impl Fn() -> bool + Sync,
    ) -> SearchResult {
        let read_again = AtomicUsize::new(0);
        let of_article = |entry: &Entry| match &entry.kept {
            _ if !waited_for() => Vec::new(),
            StoredArticle::InMemory(article) => find(query, article),
            StoredArticle::OnDisk(file) => {
                let (read, _) = SearchedArticle::read(file, &entry.schema, self.encoding);
                let found = read.map_or(Vec::new(), |article| find(query, &Arc::new(article)));
                if let Some(first) = found.first() {
                    read_again.fetch_add(first.searched().size(), Ordering::Relaxed);
                }
                found
            }
            StoredArticle::Unreadable => Vec::new(),
        };
        let mut result = SearchResult::default();
        for some in self.articles.chunks(AT_ONCE) {
            let is_full = most < usize::MAX && read_again.load(Ordering::Relaxed) > MOST_READ_AGAIN;
            if result.found.len() >= most || is_full {
                result.is_cut = true;
                break;
            }
            let found = some.par_iter().flat_map_iter(of_article);
            result.found.par_extend(found);
        }
        result
    }
}
