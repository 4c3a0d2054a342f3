//! The folder that is listed, and how far its articles are: kept up to date while it is open.

use std::collections::BTreeSet;
use std::path::{Path, PathBuf};
use std::sync::Arc;

use super::App;
use crate::format::assignments;
use crate::gui::app_command::AppCommand;
use crate::gui::article_list::WhoseWork;
use crate::gui::task_result::TaskResult;
use crate::gui::workspace::SurveyedArticle;
use crate::ops;
use crate::ops::article_list::{Queue, Surveyed, survey};
use crate::store::sidecar_file::sidecar_path;
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
                self.fail(words, Vec::new());
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
            // Files for an empty folder are elsewhere.
            let from = has_documents.then(|| folder.clone());
            let import = AppCommand::AskImport(from.into_iter().collect());
            self.notice(words, vec![("Import…".to_owned(), import)]);
        } else {
            self.drop_no_articles();
        }
        // Where the last session went on in this folder, the list is as it was then.
        if self.remembers_files_of.take().as_deref() != Some(&*folder) {
            self.show_files = true;
            // Another folder begins with one's own work and all articles.
            if self.workspace.folder.as_deref() != Some(&*folder) {
                self.list.whose = WhoseWork::Mine;
                self.list.order.queue = Queue::All;
            }
        }
        self.watch.folder(&folder, &listing.folders);
        let (first, articles) = (listing.articles.first().cloned(), listing.articles.clone());
        self.workspace.list(folder.clone(), listing);
        self.unnamed.forget_all();
        self.read_assignments();
        self.survey(vec![folder]);
        if let Some(first) = self.opens_first.take()
            && articles.contains(&first)
        {
            self.open(first);
            return;
        }
        match self.resumes_at.take() {
            Some(_) if articles.is_empty() => {}
            Some(last) => self.resume_in_folder(last, articles),
            None => first.into_iter().for_each(|first| self.open(first)),
        }
    }

    /// Takes the banner away that says there are none; an import may have written them.
    fn drop_no_articles(&mut self) {
        self.banners
            .retain(|banner| !banner.words.contains(NO_ARTICLES));
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
                let before = self.workspace.list_version;
                if !listing.articles.is_empty() {
                    self.drop_no_articles();
                }
                let new = self.workspace.list_again(listing);
                if self.workspace.list_version != before {
                    self.grouping.note_change();
                    self.group_copies();
                }
                self.drop_gone_from_search();
                if !new.is_empty() {
                    self.read_again_for_search(new.clone());
                    self.survey(new);
                }
                self.read_assignments();
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
            .collect();
        if self.workspace.folder.is_some() && !articles.is_empty() {
            self.survey(articles.into_iter().collect());
        }
        let is_assignments = |path: &PathBuf| path.ends_with(assignments::FILE_NAME);
        if sidecars.iter().any(is_assignments) {
            self.read_assignments();
        }
    }

    /// These articles were written: those of the list are looked at.
    pub(super) fn on_articles_written(&mut self, articles: &BTreeSet<PathBuf>) {
        self.read_again_for_search(articles.iter().cloned().collect());
        let listed = articles
            .iter()
            .filter(|article| self.workspace.is_listed(article));
        let listed: Vec<PathBuf> = listed.cloned().collect();
        if !listed.is_empty() {
            self.survey(listed);
        }
    }

    /// Looks again how far each article of the list is.
    pub(super) fn survey_again(&mut self) {
        if let Some(folder) = self.workspace.folder.clone() {
            self.survey(vec![folder]);
        }
    }

    /// Looks in the background how far articles are, or those of a folder.
    pub(super) fn survey(&self, paths: Vec<PathBuf>) {
        let own = self.services.annotator.clone();
        let encoding = self.services.encoding;
        let state = self.services.state_dir.clone();
        let curated = self.adjudicating;
        let cache = Arc::clone(&self.surveyed);
        self.worker.spawn_stream("survey", move |send| {
            let of = |(file, result): Surveyed| {
                let unnamed_ever = match &result {
                    Ok(summary) if own.is_some() && !curated => {
                        summary.of("").map_or(0, |work| work.tags)
                    }
                    Ok(_) | Err(_) => 0,
                };
                let takes_over = || {
                    let own = sidecar_path(&file.path, own.as_deref());
                    ops::has_unnamed(&file.path, &own, state.as_deref())
                };
                SurveyedArticle {
                    unnamed: if unnamed_ever > 0 && takes_over() {
                        unnamed_ever
                    } else {
                        0
                    },
                    unnamed_ever,
                    article: file.path,
                    result,
                }
            };
            let done = survey(&paths, encoding, &cache, &mut |some| {
                send(TaskResult::Surveyed(some.into_iter().map(of).collect()))
            });
            // What has gone since is told with the list.
            if let Err(error) = done {
                log::warn!("the list of articles stays as it was: {error}");
            }
            send(TaskResult::SurveyEnded);
        });
    }

    pub(super) fn on_surveyed(&mut self, surveyed: Vec<SurveyedArticle>) {
        self.note_texts(&surveyed);
        for article in &surveyed {
            if article.result.is_ok() {
                self.unnamed
                    .note_all(&article.article, article.unnamed_ever);
                self.unnamed.note(&article.article, article.unnamed);
            }
        }
        self.offer_unnamed();
        self.workspace.note_surveyed(surveyed);
    }
}

/// The articles of a folder, and what cannot be opened; documents that were imported are no longer told.
pub(super) fn list_articles(folder: &Path) -> Result<FolderListing, String> {
    let mut listing = store::list_articles(folder).map_err(|error| error.to_string())?;
    match ops::imported_files(folder, !documents(&listing).is_empty()) {
        Ok(found) => {
            let is_left = |path: &PathBuf| !found.documents.contains(path);
            let not_opened = &mut listing.not_opened;
            not_opened.retain(|(path, why)| *why != NotOpened::NotPlainText || is_left(path));
            let records = found.records_left.into_iter();
            not_opened.extend(records.map(|file| (file, NotOpened::Records)));
        }
        Err(error) => log::warn!("imported documents and tables are not told apart: {error}"),
    }
    Ok(listing)
}

/// The files of a folder that can become articles.
fn documents(listing: &FolderListing) -> Vec<&Path> {
    let not_opened = listing.not_opened.iter();
    let kinds = [NotOpened::NotPlainText, NotOpened::Records];
    let documents = not_opened.filter(|(_, why)| kinds.contains(why));
    documents.map(|(path, _)| path.as_path()).collect()
}

const NO_ARTICLES: &str = ": no articles in this folder. Articles end in .txt, .text or .md";

fn no_articles(folder: &Path, listing: &FolderListing) -> String {
    let others = documents(listing).len();
    let folder = folder.display();
    match others {
        0 => format!("{folder}{NO_ARTICLES}."),
        _ => format!("{folder}{NO_ARTICLES}; import other documents with File › Import…."),
    }
}
