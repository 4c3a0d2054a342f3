//! The folder that is listed, and how far its articles are: kept up to date while it is open.

use std::collections::BTreeSet;
use std::path::{Path, PathBuf};

use super::App;
use crate::gui::app_command::AppCommand;
use crate::gui::task_result::TaskResult;
use crate::gui::workspace::{ArticleProgress, ArticleSummary, OtherTagger, facts_line, first_line};
use crate::ops::{self, OpenRequest};
use crate::store::{self, FolderListing, NotOpened};

impl App {
    pub(super) fn on_folder_listed(
        &mut self,
        folder: PathBuf,
        result: Result<FolderListing, String>,
    ) {
        let listing = match result {
            Ok(listing) => listing,
            Err(words) => {
                self.warn(words, Vec::new());
                return;
            }
        };
        if let Some(first) = listing.outside().next() {
            let others = match listing.outside().count() {
                1 => String::new(),
                n => format!(" and {} more", n - 1),
            };
            self.warn(
                format!(
                    "{}{others}: skipped, because the link leads out of this folder. Drop it on \
                     the window to open it.",
                    first.display()
                ),
                Vec::new(),
            );
        }
        if listing.articles.is_empty() {
            let words = no_articles(&folder, &listing);
            let has_documents = !documents(&listing).is_empty();
            let import = AppCommand::AskImport(vec![folder]);
            let ways = has_documents.then(|| ("Import…".to_owned(), import));
            self.warn(words, ways.into_iter().collect());
            return;
        }
        // Where the last session went on in this folder, the list is as it was then.
        if self.remembers_files_of.take().as_deref() != Some(&*folder) {
            self.show_files = true;
        }
        self.watch.folder(&folder, &listing.folders);
        self.load_progress(listing.articles.clone());
        let (first, articles) = (listing.articles.first().cloned(), listing.articles.clone());
        self.workspace.list(folder, listing);
        self.unnamed.forget_all();
        if let Some(first) = self.opens_first.take()
            && articles.contains(&first)
        {
            self.open(first);
            return;
        }
        match self.resumes_at.take() {
            Some(last) => self.resume_in_folder(last, articles),
            None => first.into_iter().for_each(|first| self.open(first)),
        }
    }

    /// Looks on a thread whether articles have come or gone.
    pub(super) fn list_folder_again(&mut self) {
        let Some(folder) = self.workspace.folder.clone() else {
            return;
        };
        self.worker
            .spawn("list", move || TaskResult::FolderListedAgain {
                result: list_articles(&folder),
                folder,
            });
    }

    pub(super) fn on_folder_listed_again(
        &mut self,
        folder: &Path,
        result: Result<FolderListing, String>,
    ) {
        if self.workspace.folder.as_deref() != Some(folder) {
            return;
        }
        match result {
            Ok(listing) => {
                if self.watch.folder(folder, &listing.folders) {
                    self.list_folder_again();
                }
                let new = self.workspace.list_again(listing);
                self.drop_gone_from_search();
                if !new.is_empty() {
                    self.read_again_for_search(new.clone());
                    self.load_progress(new);
                }
            }
            Err(words) => log::warn!("the list of the folder stays as it was: {words}"),
        }
    }

    /// Somebody has written these sidecars: the articles of the list that are theirs are looked at.
    pub(super) fn on_sidecars_written(&mut self, sidecars: &BTreeSet<PathBuf>) {
        self.on_facts_written(sidecars);
        if sidecars.iter().any(|path| path.ends_with("pullquote.ron")) {
            self.searching.search.forget();
        }
        let all: BTreeSet<PathBuf> = sidecars
            .iter()
            .flat_map(|sidecar| store::possible_articles_of(sidecar))
            .collect();
        for open in &all {
            self.read_colleagues(open);
        }
        let listed = all
            .iter()
            .filter(|article| self.workspace.is_listed(article));
        let listed = listed.cloned().collect();
        self.read_again_for_search(listed);
        let articles: BTreeSet<PathBuf> = all
            .into_iter()
            .filter(|article| self.workspace.is_listed(article))
            .filter(|article| !self.workspace.open.contains_key(article))
            .collect();
        if !articles.is_empty() {
            self.load_progress(articles.into_iter().collect());
        }
    }

    /// These articles were written: those of the list that are not open are looked at.
    pub(super) fn on_articles_written(&mut self, articles: &BTreeSet<PathBuf>) {
        self.read_again_for_search(articles.iter().cloned().collect());
        let listed = articles
            .iter()
            .filter(|article| self.workspace.is_listed(article))
            .filter(|article| !self.workspace.open.contains_key(*article));
        let listed: Vec<PathBuf> = listed.cloned().collect();
        if !listed.is_empty() {
            self.load_progress(listed);
        }
    }

    /// Looks again how far each article of the list is.
    pub(super) fn survey_again(&mut self) {
        if self.workspace.folder.is_some() {
            self.load_progress(self.workspace.listed.clone());
        }
    }

    /// Looks how far each article is, one after the other in the background.
    pub(super) fn load_progress(&self, articles: Vec<PathBuf>) {
        let annotator = self.services.annotator.clone();
        let encoding = self.services.encoding;
        let state = self.services.state_dir.clone();
        let curated = self.adjudicating;
        self.worker.spawn_stream("survey", move |send| {
            for article in articles {
                let request = OpenRequest {
                    article: article.clone(),
                    annotator: annotator.clone(),
                    encoding,
                    curated,
                };
                let result = match ops::open_in(&request, None) {
                    Ok(opened) => {
                        let own = opened.files.sidecar.clone();
                        let facts = facts_line(&opened.facts.facts);
                        let open = opened.start();
                        let source = open.document().source();
                        let others = ops::colleague_work(&article, &own, source);
                        let nameless = others.iter().find(|work| work.annotator.is_none());
                        let unnamed_ever =
                            nameless.map_or(0, |work| ops::tags_in_use(&work.document));
                        Ok(ArticleSummary {
                            progress: ArticleProgress::of(&open),
                            first_line: first_line(source.as_str()).to_owned(),
                            facts,
                            unnamed: if !curated
                                && ops::has_unnamed(&article, &own, state.as_deref())
                            {
                                unnamed_ever
                            } else {
                                0
                            },
                            unnamed_ever,
                            others: OtherTagger::all_of(&others),
                        })
                    }
                    Err(error) => Err(error.to_string()),
                };
                if !send(TaskResult::ArticleSummary { article, result }) {
                    return;
                }
            }
        });
    }
}

/// The articles of a folder, and what cannot be opened; documents that were imported are no longer told.
pub(super) fn list_articles(folder: &Path) -> Result<FolderListing, String> {
    let mut listing = store::list_articles(folder).map_err(|error| error.to_string())?;
    if !documents(&listing).is_empty() {
        match ops::imported_documents(folder) {
            Ok(imported) => listing
                .not_opened
                .retain(|(path, why)| *why != NotOpened::NotPlainText || !imported.contains(path)),
            Err(error) => log::warn!("documents are listed as not imported: {error}"),
        }
    }
    Ok(listing)
}

/// The files of a folder that can become articles.
fn documents(listing: &FolderListing) -> Vec<&Path> {
    let not_opened = listing.not_opened.iter();
    let documents = not_opened.filter(|(_, why)| *why == NotOpened::NotPlainText);
    documents.map(|(path, _)| path.as_path()).collect()
}

fn no_articles(folder: &Path, listing: &FolderListing) -> String {
    let others = documents(listing).len();
    let folder = folder.display();
    match others {
        0 => format!("{folder}: no articles in this folder. Articles end in .txt, .text or .md."),
        _ => format!(
            "{folder}: no articles in this folder. Articles end in .txt, .text or .md; import other \
             documents with File › Import…."
        ),
    }
}
