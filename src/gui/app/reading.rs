//! Reading articles: again, once more after someone else has written them, and with work that is
//! not saved.

use std::path::{Path, PathBuf};

use egui::Context;

use super::App;
use super::folder::list_articles;
use super::status_message::StatusMessage;
use crate::format::export_in_text;
use crate::gui::allocator;
use crate::gui::app_command::AppCommand;
use crate::gui::journals::JournalTask;
use crate::gui::panel::DetailsTab;
use crate::gui::task_result::{ArticleRead, CarriedOver, TaskResult};
use crate::gui::workspace::OpenArticle;
use crate::model::Document;
use crate::ops::{self, FoundProblems, OpenRequest};
use crate::store::{self, FileFingerprint};
use crate::text::{Basis, Encoding};

/// On the button that opens once more what could not be opened.
const AGAIN: &str = "Try again";

impl App {
    /// Reads an article or lists a folder on a thread.
    pub(super) fn read(&mut self, path: PathBuf, encoding: Option<Encoding>) {
        self.read_carrying(path, encoding, None);
    }

    /// Reads an open article again and brings what is not saved over to it: for work that cannot be
    /// saved beside what is on disk now.
    pub(super) fn read_with_work(&mut self, path: &Path) {
        let Some(article) = self.workspace.open.get(path) else {
            return;
        };
        let encoding = named_encoding(article).or(self.services.encoding);
        let work = (
            article.base.clone(),
            article.open.document().clone(),
            article.open.state_id(),
        );
        self.read_carrying(path.to_owned(), encoding, Some(work));
    }

    /// `work`: what is on disk as far as known, what is open, and the state of that.
    fn read_carrying(
        &mut self,
        path: PathBuf,
        encoding: Option<Encoding>,
        work: Option<(Document, Document, u64)>,
    ) {
        if self.opening.contains(&path) {
            return;
        }
        self.opening.push(path.clone());
        let open = self.workspace.open.get(&path);
        let known = open.map(|article| article.files.fingerprint);
        let here = open
            .filter(|article| !article.reading)
            .map(|article| (article.open.document().clone(), article.files.clone()));
        let (annotator, state) = (
            self.services.annotator.clone(),
            self.services.state_dir.clone(),
        );
        let curated = self.adjudicating;
        self.worker.spawn_stream("open", move |send| {
            if store::is_folder(&path) {
                for finished in ops::bulk_step::finish_cut_short(&path, state.as_deref()) {
                    send(TaskResult::ImportFinished(match finished {
                        Ok(finished) => {
                            format!("Opening this folder {}.", ops::finished_words(&finished))
                        }
                        Err(error) => error.to_string(),
                    }));
                }
                let result = list_articles(&path);
                send(TaskResult::FolderListed {
                    folder: path,
                    result,
                });
                return;
            }
            let request = OpenRequest {
                article: path.clone(),
                annotator,
                encoding,
                curated,
            };
            let result = ops::open_telling(&request, state.as_deref(), &mut |opened| {
                send(TaskResult::TextRead {
                    article: path.clone(),
                    opened: Box::new(OpenArticle::without_tags(opened)),
                });
            });
            let unsaved = match (&result, &state) {
                (Ok(_), Some(state)) => ops::find_recoverable_in(&request.sidecar(), state),
                _ => Vec::new(),
            };
            let drafts = match (&result, &state) {
                (Ok(_), Some(state)) => store::load_drafts(state, &path.to_string_lossy()),
                _ => Ok(Vec::new()),
            };
            let carried = work.zip(result.as_ref().ok());
            let carried = carried.map(|((base, ours, state), opened)| CarriedOver {
                state,
                step: ops::rebase_unsaved(&base, &ours, opened).map_err(|error| error.to_string()),
            });
            let opened = result.as_ref().ok();
            let source = opened.map(|opened| opened.document.source().clone());
            let files = opened.map(|opened| opened.files.clone());
            let files = files.filter(|files| files.writable).zip(state);
            // What is open is kept before something else takes its place.
            if let (Some((files, state)), Some((document, was))) = (&files, &here)
                && was.fingerprint != files.fingerprint
                && let Err(error) = ops::keep_version(document, was, state)
            {
                log::warn!("{error}");
            }
            let versions = files
                .as_ref()
                .map(|(files, state)| ops::sidecar_versions(files, state));
            let export = result.as_ref().ok().and_then(|opened| {
                let is_new =
                    opened.document.set().annotation_count() == 0 && opened.facts.facts.is_empty();
                let text = opened.document.source().as_str();
                is_new.then(|| export_in_text(text)).flatten()
            });
            let mut result = result
                .map(|opened| (OpenArticle::new(opened.clone()), opened))
                .map_err(|error| error.to_string());
            let ready = result.as_mut().ok();
            let search = ready.and_then(|(ready, _)| ready.open.search_problems());
            send(TaskResult::Opened(Box::new(ArticleRead {
                encoding,
                export,
                known,
                carried,
                result,
                unsaved,
                drafts,
                versions: versions.unwrap_or_default(),
                article: path.clone(),
            })));
            // The tags can be seen and worked on meanwhile.
            if let Some(search) = search {
                send(TaskResult::ProblemsFound {
                    article: path,
                    found: Box::new(search.run()),
                });
            }
            if let Some((files, state)) = files
                && let Err(error) = ops::keep_version_on_disk(&files, &state)
            {
                log::warn!("this version of the tags is not kept: {error}");
            }
            if let Some(source) = source {
                allocator::give_back(&source);
            }
        });
    }

    /// Shows a text whose tags are still being read.
    pub(super) fn on_text_read(&mut self, article: &Path, opened: OpenArticle) {
        // What is open already is read again, and stays until that is done.
        if !self.workspace.open.contains_key(article) {
            self.workspace.unreadable.remove(article);
            self.workspace.insert(opened, true);
            self.after_switch();
        }
    }

    /// Lists what is doubtful in an article.
    pub(super) fn on_problems_found(&mut self, article: &Path, found: FoundProblems) {
        if let Some(article) = self.workspace.open.get_mut(article) {
            article.open.list_problems(found);
            // The list of articles says how many there are.
            self.workspace.list_version += 1;
        }
    }

    pub(super) fn on_opened(&mut self, context: &Context, read: ArticleRead) {
        let ArticleRead {
            article,
            encoding,
            result,
            unsaved,
            drafts,
            known,
            carried,
            versions,
            export,
        } = read;
        self.opening.retain(|path| *path != article);
        let outdated = carried.as_ref().map_or_else(
            || self.has_changed_since(&article, known),
            |carried| self.has_moved_on_from(&article, carried.state),
        );
        match result {
            // Something was done while it was being read again: once more, with that.
            Ok(_) if outdated && carried.is_some() => self.read_with_work(&article),
            Ok(_) if outdated => self.reload(&article, encoding),
            Ok((mut ready, opened)) => {
                for notice in &opened.notices {
                    self.notice(notice.clone(), Vec::new());
                }
                self.offer_copies(&opened);
                self.offer_latest_version(&opened.files, &versions);
                ready.earlier = versions.earlier;
                if let Some(format) = export {
                    self.offer_export(&article, format);
                }
                if let Some(words) = &opened.encoding_doubt {
                    let ask = AppCommand::AskEncoding(article.clone());
                    let other = ("Another encoding…".to_owned(), ask);
                    self.warn(words.clone(), vec![other]);
                }
                if let Some(reason) = &opened.read_only {
                    self.warn(reason.clone(), Vec::new());
                }
                self.workspace.unreadable.remove(&article);
                // What is no longer wanted needs no message.
                self.banners.retain(|banner| {
                    let opens = |(words, order): &(String, AppCommand)| {
                        matches!(order, AppCommand::Open(path) if words == AGAIN || *path == article)
                    };
                    !banner.actions.iter().any(opens)
                });
                self.watch.article(&article, &ready.files.sidecar);
                let reloaded = self.workspace.open.contains_key(&article);
                let current = self.workspace.current_path() == Some(&article);
                let to_look_at = opened
                    .reanchor
                    .as_ref()
                    .is_some_and(|followed| followed.report.check + followed.report.lost > 0);
                if to_look_at {
                    self.tab = DetailsTab::Problems;
                }
                self.begin_journal(&mut ready);
                if let Some(carried) = carried
                    && !self.apply_carried_over(context, &mut ready, carried)
                {
                    return;
                }
                let completes = self.workspace.is_reading(&article);
                self.workspace.insert(ready, current || !reloaded);
                self.read_colleagues(&article);
                self.offer_unsaved_work(&unsaved);
                match drafts {
                    Ok(drafts) => self.offer_drafts(&article, drafts),
                    Err(error) => self.fail(error.to_string(), Vec::new()),
                }
                if (current || !reloaded) && !completes {
                    self.after_switch();
                }
            }
            Err(words) => {
                self.status = StatusMessage::refusal("the article could not be opened");
                self.workspace.note_unreadable(&article, &words);
                let is_listed = self.workspace.is_listed(&article);
                if is_listed && self.workspace.current().is_none() {
                    // A folder opens with its first article that can be read.
                    let next = self.workspace.next_that_opens().map(Path::to_owned);
                    self.queue.extend(next.map(AppCommand::Open));
                }
                let again = (AGAIN.to_owned(), AppCommand::Open(article));
                self.fail(words, vec![again]);
            }
        }
    }

    /// Whether an article was changed or saved, or is being saved, since it began to be read again.
    fn has_changed_since(&self, path: &Path, known: Option<FileFingerprint>) -> bool {
        self.workspace.open.get(path).is_some_and(|article| {
            !article.reading
                && (article.is_dirty()
                    || article.saving.running
                    || Some(article.files.fingerprint) != known)
        })
    }

    fn has_moved_on_from(&self, path: &Path, state: u64) -> bool {
        let article = self.workspace.open.get(path);
        article.is_none_or(|article| article.open.state_id() != state || article.saving.running)
    }

    /// Takes unsaved work into an article that was read again. Whether that went well; otherwise
    /// what is open stays.
    fn apply_carried_over(
        &mut self,
        context: &Context,
        ready: &mut OpenArticle,
        carried: CarriedOver,
    ) -> bool {
        let path = ready.files.article.clone();
        let taken = carried.step.and_then(|step| {
            ready
                .open
                .apply_external(step)
                .map_err(|refusal| refusal.to_string())
        });
        if let Err(reason) = taken {
            let words = format!(
                "{}: your unsaved work cannot be moved to the changed article ({reason}). It \
                 stays open in this window.",
                path.display()
            );
            let replace = AppCommand::ReplaceOnDisk(path);
            self.fail(
                words,
                vec![("Replace it and keep a copy".to_owned(), replace)],
            );
            self.save_failed_while_closing();
            return false;
        }
        ready.saving.due = Some(context.input(|input| input.time));
        let steps = ready.open.take_applied();
        if let (false, Some(journal)) = (steps.is_empty(), &ready.journal) {
            self.journals
                .add(JournalTask::Steps(journal.clone(), steps));
        }
        self.discard_journal(&path);
        true
    }
}

/// The encoding a person has named for an article.
pub(super) fn named_encoding(article: &OpenArticle) -> Option<Encoding> {
    let decoding = article.open.document().source().decoding();
    (decoding.basis == Basis::Named).then_some(decoding.encoding)
}
