//! Searching all articles: what is looked for, what was found, and which of it is chosen. The search runs on
//! a thread.

use std::collections::{BTreeMap, BTreeSet};
use std::path::PathBuf;
use std::sync::atomic::{AtomicBool, Ordering};
use std::sync::{Arc, PoisonError, RwLock};

use smol_str::SmolStr;

use crate::ops::search::{
    CuratedHits, Found, Hit, Query, QueryError, SearchFolder, SearchOrder, SearchResult,
};

/// So many hits are kept at most: a few bytes each. Whoever finds more narrows the query.
const MOST_HITS: usize = 200_000;

/// So many rows are kept with their words.
const KEPT_ROWS: usize = 2_000;

/// Texts and tags of the folder, shared with the threads that search and read them.
pub(crate) type SharedFolder = Arc<RwLock<SearchFolder>>;

/// The panel: what is looked for and what was found.
#[derive(Default)]
pub(crate) struct FolderSearch {
    /// Whether the panel is shown.
    pub(crate) open: bool,
    /// Whether the field should get the focus.
    pub(crate) focus: bool,
    /// What is looked for.
    pub(crate) query: String,
    /// In which order hits are listed.
    pub(crate) order: SearchOrder,
    /// `None`: it was not read yet.
    folder: Option<SharedFolder>,
    /// Which folder or files it is, and whether they are being read.
    pub(crate) reads: Option<Vec<PathBuf>>,
    /// Another number after each change of an article.
    version: u64,
    asked: Option<Asked>,
    searching: bool,
    found: SearchResult,
    error: Option<QueryError>,
    /// How many open suggestions the query would find, where it finds nothing.
    suggested: usize,
    articles: usize,
    /// Who has tagged articles of the folder.
    annotators: Vec<SmolStr>,
    /// How many articles have a hit.
    with_hits: usize,
    curated: CuratedHits,
    /// How many articles could not be read.
    pub(crate) unread: usize,
    /// The row the keys are at.
    pub(crate) at: usize,
    /// The row whose hit was gone to last.
    pub(crate) gone_to: Option<usize>,
    /// Rows that were chosen one by one; none: all are meant.
    chosen: BTreeSet<usize>,
    rows: BTreeMap<usize, Arc<Hit>>,
    /// Whether the row the keys are at should come into view.
    pub(crate) scroll: bool,
    /// How far the list is scrolled, in points.
    pub(crate) scrolled: f32,
}

/// A search that was asked for.
#[derive(Clone)]
pub(crate) struct Asked {
    query: String,
    order: SearchOrder,
    version: u64,
    folder: SharedFolder,
    given_up: Arc<AtomicBool>,
}

/// What came of a search.
#[derive(Debug)]
pub(crate) struct FolderFound {
    result: Result<SearchResult, QueryError>,
    suggested: usize,
    articles: usize,
    annotators: Vec<SmolStr>,
    with_hits: usize,
    curated: CuratedHits,
}

impl FolderSearch {
    /// Shows the panel; its field gets the keys.
    pub(crate) fn show(&mut self) {
        self.open = true;
        self.focus = true;
    }

    /// Hides the panel. What was looked for is there again when it is shown.
    pub(crate) fn close(&mut self) {
        self.open = false;
        self.focus = false;
    }

    /// What is searched, once it was read.
    pub(crate) fn folder(&self) -> Option<&SharedFolder> {
        self.folder.as_ref()
    }

    /// Whether the articles are still being read.
    pub(crate) fn is_reading(&self) -> bool {
        self.reads.is_some() && self.folder.is_none()
    }

    /// The articles have been read.
    pub(crate) fn on_read(&mut self, folder: SearchFolder) {
        self.unread = folder.problems.len();
        self.folder = Some(Arc::new(RwLock::new(folder)));
        self.note_change();
    }

    /// The articles are others: they are read when they are searched next.
    pub(crate) fn forget(&mut self) {
        self.give_up();
        let (query, order) = (std::mem::take(&mut self.query), self.order);
        let (open, focus, version) = (self.open, self.focus, self.version + 1);
        *self = Self {
            query,
            order,
            open,
            focus,
            version,
            ..Self::default()
        };
    }

    /// Which reading of the articles it is: another number after each change.
    pub(crate) fn version(&self) -> u64 {
        self.version
    }

    /// An article has changed: what is found is looked for again.
    pub(crate) fn note_change(&mut self) {
        self.version += 1;
    }

    fn give_up(&self) {
        if let Some(asked) = &self.asked {
            asked.given_up.store(true, Ordering::Relaxed);
        }
    }

    /// The search to run, where something has changed since the last one; each once.
    pub(crate) fn wanted(&mut self) -> Option<Asked> {
        let folder = self.folder.as_ref().filter(|_| self.open)?;
        let same = |asked: &Asked| {
            asked.query == self.query && asked.order == self.order && asked.version == self.version
        };
        if self.asked.as_ref().is_some_and(same) {
            return None;
        }
        self.give_up();
        let asked = Asked {
            query: self.query.clone(),
            order: self.order,
            version: self.version,
            folder: Arc::clone(folder),
            given_up: Arc::default(),
        };
        self.asked = Some(asked.clone());
        self.searching = true;
        Some(asked)
    }

    /// Shows what a search has found, unless another one was asked for since.
    pub(crate) fn on_found(&mut self, asked: &Asked, found: FolderFound) {
        let current = self.asked.as_ref();
        if !current.is_some_and(|current| Arc::ptr_eq(&current.given_up, &asked.given_up)) {
            return;
        }
        self.searching = false;
        self.articles = found.articles;
        self.annotators = found.annotators;
        self.suggested = found.suggested;
        self.rows.clear();
        match found.result {
            Ok(result) => {
                // The same hits after a change keep what was chosen.
                let same_place = |(old, new): (&Found, &Found)| {
                    old.path() == new.path() && old.range() == new.range()
                };
                let (old, new) = (&self.found.found, &result.found);
                if old.len() != new.len() || !old.iter().zip(new).all(same_place) {
                    self.chosen.clear();
                    self.gone_to = None;
                }
                self.at = self.at.min(result.found.len().saturating_sub(1));
                self.with_hits = found.with_hits;
                self.curated = found.curated;
                self.found = result;
                self.error = None;
            }
            Err(error) => {
                self.error = Some(error).filter(|_| !asked.query.trim().is_empty());
                self.found = SearchResult::default();
                self.with_hits = 0;
                self.curated = CuratedHits::default();
                self.chosen.clear();
                self.gone_to = None;
                self.at = 0;
            }
        }
    }

    /// What is wrong with the query.
    pub(crate) fn error(&self) -> Option<&QueryError> {
        self.error.as_ref()
    }

    /// Whether the hits are not those of the query yet.
    pub(crate) fn is_searching(&self) -> bool {
        self.searching
    }

    /// How many hits there are, in how many articles, of how many.
    pub(crate) fn counts(&self) -> (usize, usize, usize) {
        (self.found.found.len(), self.with_hits, self.articles)
    }

    /// Who has tagged articles of the folder; "" is without a name.
    pub(crate) fn annotators(&self) -> &[SmolStr] {
        &self.annotators
    }

    /// Of which articles curated tags were found, and what is undecided in these.
    pub(crate) fn curated(&self) -> &CuratedHits {
        &self.curated
    }

    /// How many open suggestions the query would find, where it finds nothing.
    pub(crate) fn suggested(&self) -> usize {
        self.suggested
    }

    /// Whether there are more hits than are kept.
    pub(crate) fn is_cut(&self) -> bool {
        self.found.is_cut
    }

    /// The hits.
    pub(crate) fn found(&self) -> &[Found] {
        &self.found.found
    }

    /// The words of a row.
    pub(crate) fn row(&mut self, row: usize) -> Option<Arc<Hit>> {
        if let Some(known) = self.rows.get(&row) {
            return Some(Arc::clone(known));
        }
        let hit = Arc::new(self.found.found.get(row)?.hit());
        if self.rows.len() >= KEPT_ROWS {
            self.rows.clear();
        }
        self.rows.insert(row, Arc::clone(&hit));
        Some(hit)
    }

    /// Whether a row was chosen.
    pub(crate) fn is_chosen(&self, row: usize) -> bool {
        self.chosen.contains(&row)
    }

    /// How many rows were chosen one by one.
    pub(crate) fn chosen_count(&self) -> usize {
        self.chosen.len()
    }

    /// Chooses a row, or no longer.
    pub(crate) fn choose(&mut self, row: usize) {
        if row < self.found.found.len() && !self.chosen.remove(&row) {
            self.chosen.insert(row);
        }
    }

    /// The hits that something is to be done with: those that were chosen, else all.
    pub(crate) fn meant(&self) -> Vec<Found> {
        let all = self.found.found.iter().enumerate();
        let is_meant = |n: &usize| self.chosen.is_empty() || self.chosen.contains(n);
        all.filter(|(n, _)| is_meant(n))
            .map(|(_, found)| found.clone())
            .collect()
    }

    /// Goes on to another row.
    pub(crate) fn move_by(&mut self, down: isize) {
        let last = self.found.found.len().saturating_sub(1);
        self.move_to(self.at.saturating_add_signed(down).min(last));
    }

    /// Goes to a row.
    pub(crate) fn move_to(&mut self, row: usize) {
        self.at = row;
        self.scroll = true;
    }
}

impl Asked {
    /// Searches all articles. Ends early when cancelled.
    pub(crate) fn run(&self) -> FolderFound {
        let folder = self.folder.read().unwrap_or_else(PoisonError::into_inner);
        let waited_for = || !self.given_up.load(Ordering::Relaxed);
        let query: Result<Query, QueryError> = folder.query(&self.query);
        let mut suggested = 0;
        let result = query.map(|query| {
            let mut result = folder.search(&query, MOST_HITS, waited_for);
            self.order.sort(&mut result.found);
            if result.found.is_empty() {
                suggested = folder.suggested(&query, MOST_HITS, waited_for);
            }
            result
        });
        let found = result.as_ref().map_or(&[][..], |result| &result.found);
        let articles: BTreeSet<_> = found.iter().map(Found::path).collect();
        FolderFound {
            with_hits: articles.len(),
            curated: CuratedHits::of(found),
            articles: folder.len(),
            annotators: folder.annotators().iter().cloned().collect(),
            suggested,
            result,
        }
    }
}

impl std::fmt::Debug for Asked {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(f, "search for {:?}", self.query)
    }
}

/// The id of the field with the query.
pub(crate) fn search_field_id() -> egui::Id {
    egui::Id::unique("search all articles")
}
