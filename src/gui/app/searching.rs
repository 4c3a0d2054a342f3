//! Searching all articles: reading them, keeping up with changes, going to hits.

use std::path::{Path, PathBuf};
use std::sync::{Arc, PoisonError};

use egui::Context;

use super::App;
use super::status_message::StatusMessage;
use crate::gui::dialog::{Dialog, HITS_FILE, HitsDialog};
use crate::gui::file_dialogs::{Pick, PickRequest};
use crate::gui::folder_search::FolderSearch;
use crate::gui::page::Page;
use crate::gui::task_result::TaskResult;
use crate::ops::search::{Found, SearchFolder, SearchOrder, read_for_search, write_csv};
use crate::store::FileSink;

/// The search, and what it looks at.
#[derive(Default)]
pub(super) struct Searching {
    pub(super) search: FolderSearch,
    /// Which state of an open article with unsaved work is searched.
    unsaved: Option<(PathBuf, u64)>,
}

/// The search as it was left for one of its hits.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct LeftSearch {
    query: String,
    order: SearchOrder,
    row: usize,
}

impl App {
    /// Ctrl+Shift+F: the search gets the keys; the selected words are looked for.
    pub(super) fn show_search(&mut self, context: &Context) {
        if !self.leave_or_finish(context) {
            return;
        }
        if let Some(article) = self.workspace.current()
            && !self.searching.search.open
        {
            let range = article.open.selection().range();
            let words = article.open.document().source().slice(range).trim();
            if !words.is_empty() && !words.contains(['\n', '"']) {
                self.searching.search.query = match words.contains(char::is_whitespace) {
                    true => format!("\"{words}\""),
                    false => words.to_owned(),
                };
            }
        }
        self.find.close();
        self.searching.search.show();
    }

    /// The articles that are searched: those of the folder, else those that are listed.
    fn searched_paths(&self) -> Vec<PathBuf> {
        match &self.workspace.folder {
            Some(folder) => vec![folder.clone()],
            None => self.workspace.listed.clone(),
        }
    }

    /// Reads the articles when they are searched for the first time, and searches when something has changed.
    pub(super) fn follow_search(&mut self, context: &Context) {
        self.follow_hit(context);
        self.follow_person();
        if !self.searching.search.open && self.page != Some(Page::Person) {
            return;
        }
        let paths = self.searched_paths();
        if self.searching.search.reads.as_ref() != Some(&paths) && !paths.is_empty() {
            self.searching.search.forget();
            self.searching.search.reads = Some(paths.clone());
            self.searching.unsaved = None;
            // That they are being read is shown.
            context.request_repaint();
            let encoding = self.services.encoding;
            self.worker.spawn("read all", move || {
                let folder = SearchFolder::read(&paths, encoding, &mut |_| ());
                TaskResult::SearchFolderRead {
                    paths,
                    result: folder.map(Box::new).map_err(|error| error.to_string()),
                }
            });
        }
        self.search_unsaved_work();
        if let Some(asked) = self.searching.search.wanted() {
            self.worker
                .spawn("search", move || TaskResult::FolderSearched {
                    found: asked.run(),
                    asked,
                });
        }
    }

    pub(super) fn on_search_folder_read(
        &mut self,
        paths: &[PathBuf],
        result: Result<Box<SearchFolder>, String>,
    ) {
        if self.searching.search.reads.as_deref() != Some(paths) {
            return;
        }
        match result {
            Ok(folder) => self.searching.search.on_read(*folder),
            Err(words) => {
                self.searching.search.close();
                self.fail(words, Vec::new());
            }
        }
    }

    /// The tags of the article that is shown are searched as they are, saved or not.
    fn search_unsaved_work(&mut self) {
        let Some(article) = self
            .workspace
            .current()
            .filter(|article| article.is_dirty())
        else {
            return;
        };
        let Some(folder) = self.searching.search.folder().map(Arc::clone) else {
            return;
        };
        let now = (article.files.article.clone(), article.open.state_id());
        if self.searching.unsaved.as_ref() == Some(&now) {
            return;
        }
        let document = article.open.document().clone();
        let path = now.0.clone();
        self.searching.unsaved = Some(now);
        self.worker.spawn("search unsaved", move || {
            let mut folder = folder.write().unwrap_or_else(PoisonError::into_inner);
            folder.put_open(&path, &document);
            TaskResult::SearchFolderChanged
        });
    }

    /// Articles were written: they are searched as they are now.
    pub(super) fn read_again_for_search(&mut self, articles: Vec<PathBuf>) {
        let Some(folder) = self.searching.search.folder().map(Arc::clone) else {
            // What is being read may be older.
            if self.searching.search.is_reading() {
                self.searching.search.forget();
            }
            return;
        };
        let is_listed = |path: &PathBuf| self.workspace.is_listed(path);
        let articles: Vec<PathBuf> = articles.into_iter().filter(is_listed).collect();
        if articles.is_empty() {
            return;
        }
        self.searching.unsaved = None;
        let encoding = self.services.encoding;
        self.worker.spawn("read for search", move || {
            for article in articles {
                let reading = read_for_search(&article, encoding);
                let mut folder = folder.write().unwrap_or_else(PoisonError::into_inner);
                folder.put(reading);
            }
            TaskResult::SearchFolderChanged
        });
    }

    /// Articles that are no longer listed are not searched any more.
    pub(super) fn drop_gone_from_search(&mut self) {
        let Some(folder) = self.searching.search.folder().map(Arc::clone) else {
            return;
        };
        let listed = self.workspace.listed.iter().cloned().collect();
        self.worker.spawn("drop from search", move || {
            let mut folder = folder.write().unwrap_or_else(PoisonError::into_inner);
            folder.keep_only(&listed);
            TaskResult::SearchFolderChanged
        });
    }

    /// Goes to a hit of the search; one can go back from there to the search.
    pub(super) fn go_to_search_hit(&mut self, context: &Context, row: usize) {
        let search = &mut self.searching.search;
        let Some(hit) = search.row(row) else {
            self.status = StatusMessage::refusal("nothing found to go to");
            return;
        };
        search.move_to(row);
        search.gone_to = Some(row);
        let left = LeftSearch {
            query: search.query.clone(),
            order: search.order,
            row,
        };
        self.go_to_hit_of_search(context, &hit, left);
    }

    /// The next or previous hit of the list.
    pub(super) fn step_to_hit(&mut self, context: &Context, forward: bool) {
        let search = &self.searching.search;
        let (at, last) = (search.at, search.found().len().saturating_sub(1));
        let next = match forward {
            true if search.gone_to != Some(at) => at,
            true => at.saturating_add(1).min(last),
            false => at.saturating_sub(1),
        };
        self.go_to_search_hit(context, next);
    }

    /// Shows the search as it was left for one of its hits, and its field gets the keys.
    pub(super) fn show_search_again(&mut self, left: LeftSearch) {
        self.find.close();
        let search = &mut self.searching.search;
        search.query = left.query;
        search.order = left.order;
        search.move_to(left.row);
        search.gone_to = None;
        search.show();
    }

    /// Escape in the panel.
    pub(super) fn leave_search(&mut self, context: &Context) {
        self.searching.search.close();
        self.focus_article(context);
    }

    pub(super) fn ask_about_hits(&mut self, context: &Context) {
        let search = &self.searching.search;
        if !search.open || search.found().is_empty() || search.is_searching() {
            self.status = StatusMessage::refusal("search for something to change first");
        } else if search.is_cut() && search.chosen_count() == 0 {
            self.status = StatusMessage::refusal("these are not all hits; narrow the query first");
        } else {
            let dialog = HitsDialog::new(search.meant(), &self.schema);
            self.open_dialog(context, Dialog::Hits(Box::new(dialog)));
        }
    }

    pub(super) fn ask_where_to_export_hits(&mut self, context: &Context) {
        if self.searching.search.found().is_empty() {
            self.status = StatusMessage::refusal("search for something to export first");
            return;
        }
        let request = PickRequest {
            pick: Pick::ExportHits,
            folder: self.open_folder(),
            name: HITS_FILE.to_owned(),
        };
        self.pick(context, request);
    }

    /// Writes the chosen hits, else all, as a table on a thread.
    pub(super) fn export_hits(&mut self, path: PathBuf) {
        let found = self.searching.search.meant();
        self.worker.spawn("export hits", move || {
            let written = write_hits(&path, &found);
            TaskResult::HitsExported {
                result: written.map(|()| found.len()),
                path,
            }
        });
    }

    pub(super) fn on_hits_exported(&mut self, path: &Path, result: Result<usize, String>) {
        self.status = match result {
            Ok(hits) => StatusMessage::info(format!("wrote {hits} hits to {}", path.display())),
            Err(words) => StatusMessage::refusal(words),
        };
    }
}

fn write_hits(path: &Path, found: &[Found]) -> Result<(), String> {
    use crate::format::{Layout, Sink};
    let mut sink = FileSink::new(path.to_owned(), Layout::OneFile);
    let out = sink.create(HITS_FILE).map_err(|error| error.to_string())?;
    write_csv(found, out).map_err(|error| error.to_string())?;
    sink.finish().map_err(|error| error.to_string())
}
