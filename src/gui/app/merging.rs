//! Putting together what is open and what someone else has written: another window, a colleague, a
//! sync service.

use std::path::{Path, PathBuf};

use egui::Context;

use super::App;
use super::status_message::StatusMessage;
use crate::gui::app_command::AppCommand;
use crate::gui::clash_words::ClashWords;
use crate::gui::journals::JournalTask;
use crate::gui::saving::Trouble;
use crate::gui::task_result::{MergeResult, TaskResult};
use crate::ops::ui_command::UiCommand;
use crate::ops::{
    self, ConflictCopy, DocumentFiles, MergeFromDiskError, MergeRequest, OpenDocument, Opened,
    SidecarVersions,
};
use crate::store::FileFingerprint;

impl App {
    /// Puts what is on disk together with what is open, on a thread.
    pub(super) fn merge_with_disk(&mut self, path: &Path) {
        let Some(article) = self.workspace.open.get(path) else {
            return;
        };
        let takes_earlier = article.saving.accept_earlier;
        let earlier = article.earlier.clone();
        let state = self.services.state_dir.clone();
        self.merge(path, move |base, ours, files| {
            // What was done since an earlier version goes as a whole.
            let base = if takes_earlier { ours } else { base };
            let request = MergeRequest { base, ours, files };
            let merged = ops::merge_from_disk(&request)?;
            let asks = !takes_earlier && earlier.contains(&merged.fingerprint);
            if let Some(state) = state.filter(|_| !asks) {
                ops::keep_before_merge(&request, &merged, &state)?;
            }
            Ok(MergeResult::FromDisk(Box::new(merged)))
        });
    }

    /// Puts a conflict copy together with what is open, on a thread.
    pub(super) fn merge_copy(&mut self, path: &Path, copy: PathBuf) {
        self.merge(path, move |_, ours, files| {
            ops::merge_copy(ours, files, &copy).map(|merged| MergeResult::Copy(copy, merged))
        });
    }

    pub(super) fn merge(
        &mut self,
        path: &Path,
        merge: impl FnOnce(
            &crate::model::Document,
            &crate::model::Document,
            &ops::DocumentFiles,
        ) -> Result<MergeResult, ops::MergeFromDiskError>
        + Send
        + 'static,
    ) {
        let Some(article) = self.workspace.open.get(path) else {
            return;
        };
        let (base, ours) = (article.base.clone(), article.open.document().clone());
        let (files, state) = (article.files.clone(), article.open.state_id());
        let article = path.to_owned();
        self.worker.spawn("merge", move || TaskResult::Merged {
            result: merge(&base, &ours, &files),
            article,
            state,
        });
    }

    pub(super) fn on_merged(
        &mut self,
        context: &Context,
        path: &Path,
        state: u64,
        result: Result<MergeResult, MergeFromDiskError>,
    ) {
        let taken = match result {
            Ok(taken) => taken,
            // The article was changed elsewhere, too: the work moves to the text as it is now.
            Err(MergeFromDiskError::OtherText(_)) => {
                self.read_with_work(path);
                return;
            }
            Err(error) => {
                self.merge_failed(path, &error.to_string());
                return;
            }
        };
        let Some(article) = self.workspace.open.get_mut(path) else {
            return;
        };
        if article.open.state_id() != state {
            // Something was done in the meantime: once more, with that.
            match taken {
                MergeResult::FromDisk(_) => self.merge_with_disk(path),
                MergeResult::Copy(copy, _) => self.merge_copy(path, copy),
                MergeResult::TakenOver(_) => self.take_over_unnamed_in(path),
            }
            return;
        }
        if let MergeResult::FromDisk(merged) = &taken
            && article.earlier.contains(&merged.fingerprint)
            && !std::mem::take(&mut article.saving.accept_earlier)
        {
            self.ask_about_earlier_version(path);
            return;
        }
        let had_all_saved = !article.is_dirty();
        let (transaction, clashes, sittings) = match &taken {
            MergeResult::FromDisk(merged) => {
                (&merged.transaction, &merged.clashes, &merged.sittings)
            }
            MergeResult::Copy(_, merged) => {
                (&merged.transaction, &merged.clashes, &merged.sittings)
            }
            MergeResult::TakenOver(taken) => {
                let merged = &taken.merged;
                (&merged.transaction, &merged.clashes, &merged.sittings)
            }
        };
        let clashing: Vec<String> = clashes.iter().map(|clash| clash.id.to_string()).collect();
        let clashes = clashes.len();
        article.open.add_sittings(sittings.iter().cloned());
        let outcome = match article.open.apply_external(transaction.clone()) {
            Ok(outcome) => outcome,
            Err(refusal) => {
                self.merge_failed(path, &format!("{}: {refusal}", path.display()));
                return;
            }
        };
        let only_clash = match clashing.as_slice() {
            [id] => what_clashes(&article.open, id),
            _ => None,
        };
        article.saving.trouble = None;
        article.saving.conflict = false;
        let (mut saved_elsewhere, mut taken_over) = (None, None);
        match taken {
            MergeResult::FromDisk(merged) => {
                article.set_fingerprint(merged.fingerprint);
                if let Some(state) = &self.services.state_dir {
                    ops::note_sidecar_version(&article.files, state);
                }
                article.base = merged.base;
                if merged.fingerprint == FileFingerprint::Absent {
                    article.open.mark_unsaved();
                } else if had_all_saved && clashes == 0 {
                    let state = article.open.state_id();
                    article.open.mark_saved(state);
                    if let Some(journal) = article.journal.clone() {
                        let saved = Box::new(article.open.document().clone());
                        saved_elsewhere = Some(JournalTask::Saved(
                            journal,
                            state,
                            merged.fingerprint,
                            saved,
                        ));
                    }
                }
            }
            MergeResult::Copy(_, merged) => article.merged_copies.push(merged.copy),
            MergeResult::TakenOver(taken) => {
                article.merged_copies.push(taken.merged.copy);
                taken_over = Some(taken.tags);
            }
        }
        article.saving.due = Some(context.input(|input| input.time));
        // Steps first: the journal drops what is known to be on disk.
        self.write_journals();
        if let Some(entry) = saved_elsewhere {
            self.journals.add(entry);
        }
        if self.workspace.current_path() == Some(path) && outcome.changed {
            self.status = StatusMessage::undoable(outcome.message);
        }
        if let Some(tags) = taken_over {
            self.on_taken_over_in(path, tags);
        }
        if clashes > 0 {
            let what = match only_clash {
                Some(what) => what,
                None => format!("{clashes} things"),
            };
            let words = format!(
                "{}: you and someone else changed {what} in different ways. Yours is shown. \
                 The other version is kept under Problems until you decide.",
                path.display()
            );
            let show = AppCommand::Ui(UiCommand::ShowProblems);
            self.warn(words, vec![("Show problems".to_owned(), show)]);
        }
    }

    /// The disk holds what it held earlier: a backup was restored, or a disk is back that was away.
    /// What it lacks is not taken as deleted unless somebody says so.
    fn ask_about_earlier_version(&mut self, path: &Path) {
        let Some(article) = self.workspace.open.get_mut(path) else {
            return;
        };
        article.open.mark_unsaved();
        article.saving.conflict = false;
        let words = format!(
            "{} is an earlier version of your tags again, perhaps restored from a backup. Yours \
             are still here.",
            article.files.sidecar.display()
        );
        article.saving.trouble = Some(Trouble::EarlierOnDisk(words.clone()));
        self.tell_what_waits_for_an_answer();
        let words = format!("Not saved. {words}");
        let ways = vec![
            (
                "Save mine and keep a copy".to_owned(),
                AppCommand::ReplaceOnDisk(path.to_owned()),
            ),
            (
                "Use the earlier version".to_owned(),
                AppCommand::UseEarlierVersion(path.to_owned()),
            ),
        ];
        self.fail(words, ways);
        self.save_failed_while_closing();
    }

    /// An article was opened whose sidecar is an earlier version again: offers the latest one.
    pub(super) fn offer_latest_version(&mut self, files: &DocumentFiles, found: &SidecarVersions) {
        if !found.went_back {
            return;
        }
        let sidecar = files.sidecar.display();
        let words = format!(
            "{sidecar} is an earlier version of your tags again, perhaps restored from a backup."
        );
        match &found.latest {
            Some(copy) => {
                let take = AppCommand::MergeCopy(files.article.clone(), copy.clone());
                let words = format!("{words} The latest version is kept.");
                self.notice(words, vec![("Add what it lacks".to_owned(), take)]);
            }
            None => self.warn(words, Vec::new()),
        }
    }

    /// Takes the earlier version on disk for what somebody else has done.
    pub(super) fn use_earlier_version(&mut self, path: &Path) {
        if let Some(article) = self.workspace.open.get_mut(path) {
            article.saving.accept_earlier = true;
            article.saving.trouble = None;
        }
        self.merge_with_disk(path);
    }

    /// Another program's changes could not be merged: a message asks what to do.
    fn merge_failed(&mut self, path: &Path, reason: &str) {
        let Some(article) = self.workspace.open.get_mut(path) else {
            return;
        };
        article.saving.conflict = false;
        let nothing = format!("Nothing was merged. {reason}");
        let (why, words) = match article.is_dirty() {
            true => {
                let why = format!("Another program has also changed the tags. {nothing}");
                let words = format!("Not saved. {why}");
                (why, words)
            }
            false => (nothing.clone(), nothing),
        };
        article.saving.trouble = Some(Trouble::NotMerged(why));
        self.drop_messages_about_saving(path);
        let ways = vec![
            (
                "Try again".to_owned(),
                AppCommand::MergeWithDisk(path.to_owned()),
            ),
            (
                "Reload and keep my work".to_owned(),
                AppCommand::ReadWithWork(path.to_owned()),
            ),
            (
                "Replace it and keep a copy".to_owned(),
                AppCommand::ReplaceOnDisk(path.to_owned()),
            ),
        ];
        self.fail(words, ways);
        self.start_waiting_exports(false);
        self.save_failed_while_closing();
    }

    /// What was merged from copies is saved: they are not offered again.
    pub(super) fn note_merged_copies(&mut self, path: &Path) {
        let (Some(article), Some(state)) =
            (self.workspace.open.get_mut(path), &self.services.state_dir)
        else {
            return;
        };
        for copy in std::mem::take(&mut article.merged_copies) {
            if let Err(error) = ops::note_copy_merged_in(&article.files, &copy, Some(state)) {
                log::warn!("a conflict copy may be offered again: {error}");
            }
        }
    }

    /// Offers what is beside the sidecar under the name of a conflict copy.
    pub(super) fn offer_copies(&mut self, opened: &Opened) {
        for copy in &opened.conflict_copies {
            let ConflictCopy {
                path,
                kind,
                adds,
                problem,
            } = copy;
            if let Some(problem) = problem {
                let words = format!(
                    "{} is {kind}, but cannot be read: {problem}",
                    path.display()
                );
                self.warn(words, Vec::new());
                continue;
            }
            let more = match adds {
                1 => "one record that is not here".to_owned(),
                n => format!("{n} records that are not here"),
            };
            let words = format!("{} is {kind} with {more}.", path.display());
            let take = AppCommand::MergeCopy(opened.files.article.clone(), path.clone());
            self.notice(words, vec![("Merge".to_owned(), take)]);
        }
    }
}

/// "the note of Quote “We do not,”".
fn what_clashes(open: &OpenDocument, id: &str) -> Option<String> {
    let mut unread = open.document().unread().iter();
    let clash = unread.find_map(|record| record.clash().filter(|clash| clash.id == id))?;
    let words = ClashWords::new(open, clash);
    Some(format!("{} of {}", words.differing(clash), words.about))
}
