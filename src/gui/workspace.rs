//! The articles: those listed, those open, and the one that is shown.

use std::collections::{BTreeMap, BTreeSet};
use std::path::{Path, PathBuf};
use std::sync::Arc;

use smol_str::SmolStr;

use super::active_time::ActiveTime;
pub(crate) use super::article_summary::{OtherTagger, SurveyedArticle};
use super::follow_place::follow_places;
use super::journals::SharedJournal;
pub(crate) use super::saving::Saving;
use super::text_view::{Position, TextView};
use crate::model::{Document, Sitting};
use crate::ops::article_list::{ArticleSummary, Copies, Whose, WorkFigures, first_line};
use crate::ops::{
    ColleagueWork, DocumentFiles, LoadedAssignments, Move, OpenDocument, Opened, RandomIds,
};
use crate::store::{FileFingerprint, FolderListing, NotOpened, is_in_our_folder};
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
    /// What the sidecar looked like earlier, as far as it was read or written on this machine: where
    /// the disk holds one of these again, it was put back to an earlier state.
    pub(crate) earlier: Vec<FileFingerprint>,
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
    /// Whether a thread looks for what to suggest in its text.
    pub(crate) proposing: bool,
    /// What others have tagged in it.
    pub(crate) colleagues: Vec<ColleagueWork>,
    /// Whether there are tags without a name that were not taken over yet.
    pub(crate) takes_over: bool,
    /// How long the person has worked on it.
    pub(crate) active_time: ActiveTime,
}

/// Why nothing can be tagged for a moment.
const READING: &str = "the tags are still loading; try again in a moment";

impl OpenArticle {
    /// Shows what was read from disk at the reader's last place. Its problems are not listed yet.
    pub(crate) fn new(opened: Opened) -> Self {
        let open = opened.start_without_problems();
        Self::at_last_place(open, opened)
    }

    fn at_last_place(mut open: OpenDocument, opened: Opened) -> Self {
        let mut view = TextView::new();
        let base = opened.document.clone();
        let source = opened.document.source().clone();
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
                offset: position.offset as f32,
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
            earlier: Vec::new(),
            journal: None,
            merged_copies: Vec::new(),
            checking_disk: false,
            reload: None,
            reading: false,
            proposing: false,
            colleagues: Vec::new(),
            takes_over: false,
            active_time: ActiveTime::default(),
        }
    }

    /// Shows the text alone while the tags are still loading.
    pub(crate) fn without_tags(opened: Opened) -> Self {
        let read_only = Some(READING.to_owned());
        let opened = Opened {
            read_only,
            ..opened
        };
        let open = opened.start_on_text();
        Self {
            reading: true,
            ..Self::at_last_place(open, opened)
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
        self.active_time = earlier.active_time;
    }

    /// Notes what the sidecar on disk looks like now.
    pub(crate) fn set_fingerprint(&mut self, now: FileFingerprint) {
        let before = std::mem::replace(&mut self.files.fingerprint, now);
        if before != FileFingerprint::Absent && before != now && !self.earlier.contains(&before) {
            self.earlier.push(before);
        }
        self.earlier.retain(|earlier| *earlier != now);
    }

    /// Remembers what the sidecar looked like before it was read again.
    fn remember_versions_of(&mut self, before: &Self) {
        let now = self.files.fingerprint;
        for version in before.earlier.iter().chain([&before.files.fingerprint]) {
            let known = *version == now || self.earlier.contains(version);
            if !known && *version != FileFingerprint::Absent {
                self.earlier.push(*version);
            }
        }
    }

    /// Puts the time worked so far into the document, to be saved with it.
    pub(crate) fn note_sitting(&mut self) {
        let by = self.open.annotator().cloned().unwrap_or_default();
        self.add_sitting(self.active_time.sitting(&by));
    }

    /// Adds a time of work, unless the project keeps no times.
    pub(crate) fn add_sitting(&mut self, sitting: Option<Sitting>) {
        if self.open.schema().times {
            self.open.add_sittings(sitting);
        }
    }

    /// Continues where the person was in the article before it was read again: caret, selection, what
    /// is in view and the current tag go where their words are now.
    fn follow_view_of(&mut self, earlier: &Self) {
        let (was, now) = (
            earlier.open.document().source().clone(),
            self.open.document().source().clone(),
        );
        let here = earlier.open.selection();
        let top = earlier.view.position();
        let tag = here
            .tag
            .as_ref()
            .and_then(|id| earlier.open.shown().set().annotation(id));
        let start = tag.map_or(here.head, |tag| tag.fragments.start());
        let places = [here.anchor, here.head, start, top.top];
        let [anchor, head, start, place] = follow_places(&was, &now, places);
        self.open.resume(&earlier.open, anchor, head, start);
        self.view.set_position(Position {
            top: place,
            offset: top.offset,
        });
    }

    /// Whether nothing was ever done to it, so that there is nothing to keep.
    pub(crate) fn is_untouched(&self) -> bool {
        !self.is_dirty()
            && !self.saving.running
            && self.files.fingerprint == FileFingerprint::Absent
            && self.open.document().set().annotation_count() == 0
    }

    /// Whether there is something that is not on disk.
    pub(crate) fn is_dirty(&self) -> bool {
        !self.open.is_saved()
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
    /// Files of the folder that cannot be opened, and why.
    pub(crate) not_opened: Vec<(PathBuf, NotOpened)>,
    /// Another number after each change of the list, or of how far what is not open is. For caches.
    pub(crate) list_version: u64,
    /// Who works here; empty: nobody with a name.
    pub(crate) annotator: SmolStr,
    /// Whether the curated tags are worked on.
    pub(crate) adjudicates: bool,
    /// The same articles, to be found at once.
    listed_set: BTreeSet<PathBuf>,
    /// What is known about articles of the list.
    pub(crate) summaries: BTreeMap<PathBuf, Arc<ArticleSummary>>,
    /// Which of them have nearly the same text.
    pub(crate) copies: Copies,
    /// Who is to tag what; `None`: no folder is listed.
    assignments: Option<LoadedAssignments>,
    /// Who else has tagged articles of the list; without those that nobody else has tagged.
    others: BTreeMap<PathBuf, Vec<OtherTagger>>,
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
        // A copy of the exam is no article of the folder.
        let counts = self.folder.is_none() || !is_in_our_folder(&path);
        if counts && self.listed_set.insert(path.clone()) {
            self.listed.push(path.clone());
        }
        self.list_version += 1;
        if let Some(earlier) = self.open.remove(&path) {
            article.open.count_on_from(&earlier.open);
            article.remember_versions_of(&earlier);
            if earlier.reading {
                article.restore_view_of(earlier);
            } else {
                article.follow_view_of(&earlier);
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
        self.listed_set.remove(path);
        self.list_version += 1;
        if self.current.as_deref() == Some(path) {
            self.current = None;
        }
    }

    /// Lists the articles of a folder.
    pub(crate) fn list(&mut self, folder: PathBuf, listing: FolderListing) {
        self.folder = Some(folder);
        self.listed = listing.articles;
        self.not_opened = listing.not_opened;
        self.list_version += 1;
        self.listed_set = self.listed.iter().cloned().collect();
        self.summaries.clear();
        self.copies = Copies::default();
        self.others.clear();
        self.assignments = None;
    }

    /// Lists the folder as it is now; what is open stays in the list. Returns the new articles.
    pub(crate) fn list_again(&mut self, listing: FolderListing) -> Vec<PathBuf> {
        let now: BTreeSet<&PathBuf> = listing.articles.iter().collect();
        let is_new = |path: &&&PathBuf| !self.listed_set.contains(**path);
        let new: Vec<PathBuf> = now.iter().filter(is_new).copied().cloned().collect();
        let open = |path: &&PathBuf| !now.contains(*path) && self.open.contains_key(*path);
        let gone_but_open: Vec<PathBuf> = self.listed.iter().filter(open).cloned().collect();
        let mut listed = listing.articles;
        listed.extend(gone_but_open);
        if listed != self.listed || listing.not_opened != self.not_opened {
            self.listed = listed;
            self.listed_set = self.listed.iter().cloned().collect();
            self.not_opened = listing.not_opened;
            self.list_version += 1;
        }
        new
    }

    /// Whether an article is in the list.
    pub(crate) fn is_listed(&self, path: &Path) -> bool {
        self.listed_set.contains(path)
    }

    /// Notes what was read of articles, or why they cannot be.
    pub(crate) fn note_surveyed(&mut self, surveyed: Vec<SurveyedArticle>) {
        self.list_version += 1;
        for SurveyedArticle {
            article, result, ..
        } in surveyed
        {
            match result {
                Ok(summary) => {
                    self.unreadable.remove(&article);
                    // Of an open article what others have done is read with it.
                    if !self.open.contains_key(&article) {
                        let others = OtherTagger::all_of_summary(&summary, &self.annotator);
                        self.note_others(article.clone(), others);
                    }
                    self.summaries.insert(article, summary);
                }
                Err(words) => self.note_unreadable(&article, &words),
            }
        }
    }

    /// What was read of an article of the list; `None`: nothing yet.
    pub(crate) fn summary(&self, path: &Path) -> Option<&ArticleSummary> {
        self.summaries.get(path).map(Arc::as_ref)
    }

    /// Everybody who has a sidecar in the folder or is to tag something, by name.
    pub(crate) fn people(&self) -> BTreeSet<SmolStr> {
        let work = self.summaries.values().flat_map(|summary| &summary.work);
        let names = work.map(|work| work.annotator.clone());
        let assigned = self
            .assignments
            .iter()
            .flat_map(|loaded| loaded.assignments.iter());
        let assigned = assigned.flat_map(|(_, names)| names.iter().cloned());
        names
            .chain(assigned)
            .filter(|name| !name.is_empty())
            .collect()
    }

    /// Notes who is to tag what.
    pub(crate) fn note_assignments(&mut self, assignments: LoadedAssignments) {
        if self.assignments.as_ref() != Some(&assignments) {
            self.assignments = Some(assignments);
            self.list_version += 1;
        }
    }

    /// Who is to tag an article.
    pub(crate) fn assigned(&self, path: &Path) -> &[SmolStr] {
        let assignments = self.assignments.as_ref();
        assignments.map_or(&[], |assignments| assignments.of(path))
    }

    /// Whether an article can be opened, as far as known.
    pub(crate) fn can_open(&self, path: &Path) -> bool {
        !self.unreadable.contains_key(path)
    }

    /// Notes why an article cannot be opened.
    pub(crate) fn note_unreadable(&mut self, article: &Path, words: &str) {
        let named = format!("{}: ", article.display());
        let why = words.strip_prefix(&named).unwrap_or(words);
        self.unreadable.insert(article.to_owned(), why.to_owned());
        self.list_version += 1;
    }

    /// Notes who else has tagged an article.
    pub(crate) fn note_others(&mut self, article: PathBuf, others: Vec<OtherTagger>) {
        if others.is_empty() {
            self.others.remove(&article);
        } else {
            self.others.insert(article, others);
        }
        self.list_version += 1;
    }

    /// Who else has tagged an article, as far as it is known.
    pub(crate) fn others(&self, path: &Path) -> &[OtherTagger] {
        self.others.get(path).map_or(&[], Vec::as_slice)
    }

    /// Whether somebody else has tagged an article of the list.
    pub(crate) fn has_others(&self) -> bool {
        !self.others.is_empty()
    }

    /// What is known about an article, in a line; empty where nothing is.
    pub(crate) fn facts(&self, path: &Path) -> String {
        self.summary(path)
            .map_or_else(String::new, ArticleSummary::facts_line)
    }

    /// How an article begins; empty where it is not known.
    pub(crate) fn first_line(&self, path: &Path) -> &str {
        match self.open.get(path) {
            Some(article) => first_line(article.open.document().source().as_str()),
            None => self
                .summary(path)
                .map_or("", |summary| summary.first_line.as_str()),
        }
    }

    /// The first article after the current one in the list that can be opened.
    pub(crate) fn next_that_opens(&self) -> Option<&Path> {
        let here = self
            .listed
            .iter()
            .position(|path| Some(path) == self.current.as_ref());
        let mut after = self.listed.iter().skip(here.map_or(0, |here| here + 1));
        after.find(|path| self.can_open(path)).map(PathBuf::as_path)
    }

    /// What is worked on here.
    pub(crate) fn own(&self) -> Whose {
        match self.adjudicates {
            true => Whose::Curated,
            false => Whose::One(self.annotator.clone()),
        }
    }

    /// The figures of somebody's work on an article, that of the person at the window as it is now.
    pub(crate) fn figures(&self, path: &Path, whose: &Whose) -> WorkFigures {
        let summary = self.summary(path);
        let open = self.open.get(path).filter(|article| !article.reading);
        match (open, summary) {
            (Some(article), summary) => {
                let nothing = ArticleSummary::default();
                let figures = WorkFigures::of_open(&article.open);
                summary
                    .unwrap_or(&nothing)
                    .with_open(whose, &self.own(), figures)
            }
            (None, summary) => summary
                .map(|known| known.figures(whose))
                .unwrap_or_default(),
        }
    }

    /// The figures of one's own work on an article of the list; `None`: not known.
    pub(crate) fn progress(&self, path: &Path) -> Option<WorkFigures> {
        let known = self.open.contains_key(path) || self.summaries.contains_key(path);
        known.then(|| self.figures(path, &self.own()))
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
