//! Saving: at a key, by itself a moment after a change, when an article is left.

use std::path::Path;
use std::time::Instant;

use egui::Context;

use super::App;
use super::gone_articles::gone;
use super::status_message::StatusMessage;
use crate::gui::active_time::ActiveTime;
use crate::gui::allocator;
use crate::gui::app_command::AppCommand;
use crate::gui::journals::{JournalTask, SharedJournal};
use crate::gui::saving::Trouble;
use crate::gui::task_result::TaskResult;
use crate::model::Document;
use crate::ops::{self, SaveError, SaveRequest};
use crate::store::FileFingerprint;

/// Seconds until it is tried again to save where the article is not there.
const RETRY: f64 = 5.0;

impl App {
    /// Ctrl+S.
    pub(super) fn save_now(&mut self) {
        let Some(path) = self.workspace.current_path().map(Path::to_owned) else {
            return;
        };
        self.status = StatusMessage::default();
        self.save(&path);
    }

    /// Saves the article that is left behind.
    pub(super) fn save_current(&mut self) {
        if let Some(article) = self.workspace.current()
            && article.is_dirty()
            && let Some(path) = self.workspace.current_path().map(Path::to_owned)
        {
            self.save(&path);
        }
    }

    /// Saves an article on a thread, unless one is at it already or there is nothing new.
    pub(super) fn save(&mut self, path: &Path) {
        let Some(article) = self.workspace.open.get_mut(path) else {
            return;
        };
        if article.saving.running {
            return;
        }
        article.saving.due = None;
        if !article.is_dirty() && !article.saving.replace {
            let trouble = &mut article.saving.trouble;
            if trouble
                .take_if(|trouble| trouble.ends_with_the_change())
                .is_some()
            {
                self.drop_messages_about_saving(path);
            }
            return;
        }
        article.saving.running = true;
        article.note_sitting();
        let document = article.open.document().clone();
        let request = SaveRequest {
            document: document.clone(),
            files: article.files.clone(),
            backup_first: article.saving.backup_first,
            replace: std::mem::take(&mut article.saving.replace),
        };
        let (article_path, state) = (path.to_owned(), article.open.state_id());
        let journal = article.journal.clone();
        let folder = self.services.state_dir.clone();
        self.write_journals();
        let written = self.journals.barrier();
        self.worker.spawn("save", move || {
            let begun = Instant::now();
            written();
            let result = ops::save_announced(&request, folder.as_deref(), &mut |fingerprint| {
                announce(journal.as_ref(), state, fingerprint);
            });
            if let (Ok(report), Some(folder)) = (&result, &folder) {
                let mut files = request.files.clone();
                files.fingerprint = report.fingerprint;
                ops::note_sidecar_version(&files, folder);
            }
            allocator::give_back(document.source());
            TaskResult::Saved {
                article: article_path,
                state,
                document: Box::new(document),
                took: begun.elapsed().as_secs_f64(),
                result,
            }
        });
    }

    pub(super) fn replace_on_disk(&mut self, path: &Path) {
        if let Some(article) = self.workspace.open.get_mut(path) {
            article.saving.replace = true;
            // In its turn, where a save is under way.
            article.saving.due = Some(0.0);
        }
        self.save(path);
    }

    pub(super) fn on_saved(
        &mut self,
        context: &Context,
        path: &Path,
        (state, document): (u64, Document),
        result: Result<ops::SaveReport, ops::SaveError>,
    ) {
        let time = self.services.clock.time_of_day();
        let Some(article) = self.workspace.open.get_mut(path) else {
            return;
        };
        article.saving.running = false;
        let saved = result.is_ok();
        match result {
            Ok(report) => {
                article.set_fingerprint(report.fingerprint);
                let not_kept = report.text_not_kept.clone();
                article.files.note_saved(report);
                article.open.mark_saved(state);
                if let Some(journal) = &article.journal {
                    let saved = Box::new(document.clone());
                    let fingerprint = article.files.fingerprint;
                    let entry = JournalTask::Saved(journal.clone(), state, fingerprint, saved);
                    self.journals.add(entry);
                }
                article.base = document;
                article.saving.at = Some(time);
                article.saving.trouble = None;
                article.saving.backup_first = false;
                article.saving.conflict = false;
                if article.is_dirty() && article.saving.due.is_none() {
                    let now = context.input(|input| input.time);
                    article.saving.due = Some(now + article.saving.pause());
                }
                self.drop_messages_about_saving(path);
                if let Some(reason) = not_kept {
                    self.warn(
                        format!(
                            "Your tags are saved, but not the text they were made on, which finds them \
                             again when the article changes. {reason}."
                        ),
                        Vec::new(),
                    );
                }
            }
            Err(error) if error.is_conflict() && !article.saving.conflict => {
                article.saving.conflict = true;
                self.merge_with_disk(path);
                return;
            }
            Err(error @ SaveError::ArticleGone(_)) => {
                let words = error.to_string();
                article.saving.trouble = Some(gone(path));
                let now = context.input(|input| input.time);
                article.saving.due = Some(now + RETRY);
                self.drop_messages_about_saving(path);
                self.drop_message_that_it_is_gone(path);
                let retry = AppCommand::SaveAgain(path.to_owned());
                self.fail(
                    format!("Not saved. {words}"),
                    vec![("Try again".to_owned(), retry)],
                );
                self.save_failed_while_closing();
            }
            Err(error) => {
                if let Some(written) = error.article_written() {
                    article.files.on_disk = written.clone();
                }
                let words = error.to_string();
                article.saving.conflict = false;
                article.saving.trouble = Some(Trouble::Failed(words.clone()));
                self.drop_messages_about_saving(path);
                let mut ways = vec![(
                    "Try again".to_owned(),
                    AppCommand::SaveAgain(path.to_owned()),
                )];
                if error.is_conflict() {
                    let replace = AppCommand::ReplaceOnDisk(path.to_owned());
                    ways.push(("Replace it and keep a copy".to_owned(), replace));
                }
                self.fail(format!("Not saved. {words}"), ways);
                self.save_failed_while_closing();
            }
        }
        self.start_waiting_exports(saved);
        if saved {
            self.read_again_for_search(vec![path.to_owned()]);
            self.start_waiting_step();
        } else {
            self.give_up_waiting_step();
        }
        if saved {
            self.note_merged_copies(path);
            self.hide_what_was_taken_over(path);
            self.reload_if_waiting(path);
            self.learn_when_worth_it();
        }
    }

    /// What is saved needs no answer any more about how to save it.
    pub(super) fn drop_messages_about_saving(&mut self, path: &Path) {
        let path = path.to_owned();
        let answered = [
            AppCommand::SaveAgain(path.clone()),
            AppCommand::MergeWithDisk(path.clone()),
            AppCommand::ReadWithWork(path.clone()),
            AppCommand::ReplaceOnDisk(path.clone()),
            AppCommand::UseEarlierVersion(path),
        ];
        self.banners.retain(|banner| {
            let mut ways = banner.actions.iter();
            ways.all(|(_, way)| !answered.contains(way))
        });
    }

    /// Counts the time spent on the article that is shown.
    pub(super) fn count_active_time(&mut self, context: &Context) {
        let acted = context.input(|input| !input.events.is_empty());
        if acted && let Some(article) = self.workspace.current_mut() {
            if !article.open.schema().times {
                // Nor is it remembered, in case the project keeps times later.
                article.active_time = ActiveTime::default();
                return;
            }
            let by = article.open.annotator().cloned().unwrap_or_default();
            let ended = article.active_time.note(self.services.clock.now(), &by);
            article.add_sitting(ended);
        }
    }

    pub(super) fn save_what_is_due(&mut self, context: &Context) {
        let now = context.input(|input| input.time);
        let mut due = Vec::new();
        let mut next: Option<f64> = None;
        for (path, article) in &self.workspace.open {
            match article.saving.due {
                Some(at) if at <= now => due.push(path.clone()),
                Some(at) => next = Some(next.map_or(at, |next| next.min(at))),
                None => {}
            }
        }
        for path in due {
            self.save(&path);
        }
        if let Some(at) = next {
            let wait = std::time::Duration::from_secs_f64((at - now).max(0.0));
            context.request_repaint_after(wait);
        }
    }
}

/// Records in the journal what the sidecar is about to become.
fn announce(journal: Option<&SharedJournal>, state: u64, fingerprint: &FileFingerprint) {
    if let Some(journal) = journal
        && let Err(error) = journal.with(|journal| journal.saving(state, fingerprint))
    {
        log::warn!("the journal does not know of this save: {error}");
    }
}
