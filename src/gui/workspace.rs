//! The articles: those listed, those open, and the one that is shown.

use std::collections::BTreeMap;
use std::path::{Path, PathBuf};

use super::journals::SharedJournal;
use super::text_view::{Position, TextView};
use crate::model::{Document, DocumentState};
use crate::ops::{DocumentFiles, Move, OpenDocument, Opened, RandomIds};
use crate::store::FileFingerprint;
use crate::text::Encoding;

/// An article that is open, with its history and where one was in it.
#[derive(Debug)]
pub(crate) struct OpenArticle {
    pub(crate) open: OpenDocument,
    pub(crate) files: DocumentFiles,
    pub(crate) view: TextView,
    pub(crate) saving: Saving,
    /// What is on disk, as far as known here. Shares most of its memory with the document.
    pub(crate) base: Document,
    /// Keeps what is not saved; `None`: there is no state folder.
    pub(crate) journal: Option<SharedJournal>,
    /// Merged conflict copies, to be forgotten once the merge is saved.
    pub(crate) merged_copies: Vec<FileFingerprint>,
    /// Whether a thread looks if someone else has written its files.
    pub(crate) checking_disk: bool,
    /// Whether to read everything again once it is saved, and in which encoding.
    pub(crate) reload: Option<Option<Encoding>>,
    /// Whether the tags are still being read.
    pub(crate) reading: bool,
}

/// Why nothing can be tagged for a moment.
const READING: &str = "the tags are still loading; try again in a moment";

/// The state of saving.
#[derive(Debug, Default)]
pub(crate) struct Saving {
    /// When to save by itself, in seconds of the window's clock.
    pub(crate) due: Option<f64>,
    /// Whether a thread is at it.
    pub(crate) running: bool,
    /// How long the last one took, in seconds.
    pub(crate) took: f64,
    /// Why the last try failed.
    pub(crate) failed: Option<String>,
    /// When it was last saved, in words.
    pub(crate) at: Option<String>,
    /// Whether to keep a copy of the sidecar as it was.
    pub(crate) backup_first: bool,
    /// Whether the last try met what someone else had written, and taking that in was tried.
    pub(crate) conflict: bool,
    /// Whether to write it in any case, over another program's changes or if the file is gone. For
    /// the next save only.
    pub(crate) replace: bool,
}

/// Seconds from the last change until the tags are saved by themselves.
const AUTOSAVE: f64 = 0.7;
/// Saving by itself takes at most one part in so many of the time.
const SHARE: f64 = 4.0;

impl Saving {
    /// Seconds to wait from a change until saving: longer where saving takes long.
    pub(crate) fn pause(&self) -> f64 {
        AUTOSAVE.max(self.took * SHARE)
    }
}

impl OpenArticle {
    /// Shows what was read from disk at the reader's last place.
    pub(crate) fn new(opened: Opened) -> Self {
        let mut view = TextView::new();
        let base = opened.document.clone();
        let source = opened.document.source().clone();
        let mut open = opened.start();
        if let Some(position) = opened.position {
            let caret = position.caret.min(source.len());
            let select = Move::Select {
                anchor: caret,
                head: caret,
            };
            if let Err(refusal) = open.run(select, &mut RandomIds) {
                log::warn!("the caret stays at the start: {refusal}");
            }
            view.set_position(Position {
                top: position.top.min(source.len()),
                offset: 0.0,
            });
        }
        Self {
            open,
            files: opened.files,
            view,
            saving: Saving {
                backup_first: true,
                ..Saving::default()
            },
            base,
            journal: None,
            merged_copies: Vec::new(),
            checking_disk: false,
            reload: None,
            reading: false,
        }
    }

    /// Shows the text alone while the tags are still loading.
    pub(crate) fn without_tags(opened: Opened) -> Self {
        let read_only = Some(READING.to_owned());
        let opened = Opened {
            read_only,
            ..opened
        };
        Self {
            reading: true,
            ..Self::new(opened)
        }
    }

    /// Continues where the person was in the article while its tags were loading.
    pub(crate) fn restore_view_of(&mut self, earlier: Self) {
        let here = earlier.open.selection();
        let select = Move::Select {
            anchor: here.anchor,
            head: here.head,
        };
        if let Err(refusal) = self.open.run(select, &mut RandomIds) {
            log::warn!("the caret stays where it was: {refusal}");
        }
        self.view = earlier.view;
    }

    /// Whether there is something that is not on disk.
    pub(crate) fn is_dirty(&self) -> bool {
        !self.open.is_saved()
    }
}

/// How far an article of the list is.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub(crate) struct ArticleProgress {
    pub(crate) state: DocumentState,
    pub(crate) tags: usize,
    /// Quotes and claims without a confirmed speaker.
    pub(crate) without_speaker: usize,
}

impl ArticleProgress {
    pub(crate) fn of(open: &OpenDocument) -> Self {
        Self {
            state: open.document().meta().state,
            tags: open.tally().tags,
            without_speaker: open.tally().without_speaker,
        }
    }
}

/// The articles.
#[derive(Default)]
// Invariant: `current` is a key of `open`.
pub(crate) struct Workspace {
    /// The folder that is listed; `None`: single files.
    pub(crate) folder: Option<PathBuf>,
    /// The articles of the list, in order.
    pub(crate) listed: Vec<PathBuf>,
    /// How far those of the list are that are not open.
    pub(crate) progress: BTreeMap<PathBuf, ArticleProgress>,
    /// Articles that could not be opened, and why: a walk from one to the next passes them by.
    pub(crate) unreadable: BTreeMap<PathBuf, String>,
    /// The articles that have been opened.
    pub(crate) open: BTreeMap<PathBuf, OpenArticle>,
    current: Option<PathBuf>,
}

impl Workspace {
    pub(crate) fn current_path(&self) -> Option<&Path> {
        self.current.as_deref()
    }

    pub(crate) fn current(&self) -> Option<&OpenArticle> {
        self.open.get(self.current.as_ref()?)
    }

    pub(crate) fn current_mut(&mut self) -> Option<&mut OpenArticle> {
        self.open.get_mut(self.current.as_ref()?)
    }

    /// Shows an article if it is open. Returns whether it is.
    pub(crate) fn show(&mut self, path: &Path) -> bool {
        let there = self.open.contains_key(path);
        if there {
            self.current = Some(path.to_owned());
        }
        there
    }

    /// Whether the tags of an article are still being read.
    pub(crate) fn is_reading(&self, path: &Path) -> bool {
        self.open.get(path).is_some_and(|article| article.reading)
    }

    /// Adds an article, in place of the open one if any, and shows it if `show` is set.
    pub(crate) fn insert(&mut self, mut article: OpenArticle, show: bool) {
        let path = article.files.article.clone();
        if !self.listed.contains(&path) {
            self.listed.push(path.clone());
        }
        if let Some(earlier) = self.open.remove(&path) {
            article.open.count_on_from(&earlier.open);
            if earlier.reading {
                article.restore_view_of(earlier);
            }
        }
        self.open.insert(path.clone(), article);
        if show {
            self.current = Some(path);
        }
    }

    /// Forgets an article that is no longer there.
    pub(crate) fn close(&mut self, path: &Path) {
        self.open.remove(path);
        self.listed.retain(|listed| listed != path);
        if self.current.as_deref() == Some(path) {
            self.current = None;
        }
    }

    /// Lists the articles of a folder.
    pub(crate) fn list(&mut self, folder: PathBuf, articles: Vec<PathBuf>) {
        self.folder = Some(folder);
        self.listed = articles;
        self.progress.clear();
    }

    /// The article before or after the current one in the list.
    pub(crate) fn neighbour(&self, forward: bool) -> Option<&Path> {
        self.neighbour_that(forward, |_| true)
    }

    /// The nearest one before or after it that `fits`.
    pub(crate) fn neighbour_that(
        &self,
        forward: bool,
        fits: impl Fn(&Path) -> bool,
    ) -> Option<&Path> {
        let at = self
            .listed
            .iter()
            .position(|path| Some(path) == self.current.as_ref());
        let can_open =
            |path: &&PathBuf| !self.unreadable.contains_key(*path) && fits(path.as_path());
        let found = match (at, forward) {
            (Some(at), true) => self.listed.iter().skip(at + 1).find(can_open),
            (Some(at), false) => self.listed.iter().take(at).rev().find(can_open),
            (None, _) => self.listed.iter().find(can_open),
        };
        found.map(PathBuf::as_path)
    }

    /// How far an article of the list is; `None`: not known.
    pub(crate) fn progress(&self, path: &Path) -> Option<ArticleProgress> {
        match self.open.get(path) {
            Some(article) => Some(ArticleProgress::of(&article.open)),
            None => self.progress.get(path).copied(),
        }
    }

    /// What an article is called in the list: its path in the folder, else its name.
    pub(crate) fn name(&self, path: &Path) -> String {
        let shown = self
            .folder
            .as_deref()
            .and_then(|folder| path.strip_prefix(folder).ok())
            .or_else(|| path.file_name().map(Path::new))
            .unwrap_or(path);
        shown.display().to_string()
    }

    /// The open articles that are not saved.
    pub(crate) fn dirty(&self) -> Vec<PathBuf> {
        self.open
            .iter()
            .filter(|(_, article)| article.is_dirty() || article.saving.running)
            .map(|(path, _)| path.clone())
            .collect()
    }
}
