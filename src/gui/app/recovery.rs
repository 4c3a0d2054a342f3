//! Work that was not saved when the program last ended: kept in journals, offered when the article is
//! opened, and at the start.

use std::path::Path;
use std::time::SystemTime;

use super::App;
use super::status_message::StatusMessage;
use crate::gui::app_command::AppCommand;
use crate::gui::journals::{JournalTask, SharedJournal};
use crate::gui::task_result::TaskResult;
use crate::gui::workspace::OpenArticle;
use crate::model::Transaction;
use crate::ops::{self, OpenRequest, Recoverable};
use crate::store::{self, Journal, JournalStart};
use crate::text::wording::count;

/// How the message begins that says that journals cannot be written.
const UNPROTECTED: &str = "Unsaved work is not protected against a crash";

/// As many articles with unsaved work are named at the start.
const NAMED: usize = 4;

impl App {
    /// Begins the journal of an article that was just opened.
    pub(super) fn begin_journal(&self, article: &mut OpenArticle) {
        let Some(state) = &self.services.state_dir else {
            return;
        };
        article.open.keep_applied(true);
        let start = JournalStart {
            article: article.files.article.clone(),
            sidecar: article.files.sidecar.clone(),
            annotator: article.open.document().meta().annotator.clone(),
            fingerprint: article.files.fingerprint,
            document: article.open.document().clone(),
            state: article.open.state_id(),
        };
        article.journal = Some(SharedJournal::new(Journal::begin(state, start)));
    }

    /// Hands on what has been done since the last frame.
    pub(super) fn write_journals(&mut self) {
        let mut writes = false;
        for article in self.workspace.open.values_mut() {
            let steps = article.open.take_applied();
            if let (false, Some(journal)) = (steps.is_empty(), &article.journal) {
                writes = true;
                self.journals
                    .add(JournalTask::Steps(journal.clone(), steps));
            }
        }
        if writes {
            // What could not be written earlier is tried again along with it.
            let journals = self.workspace.open.values();
            let journals = journals.filter_map(|article| article.journal.as_ref());
            for journal in journals.filter(|journal| journal.behind().is_some()) {
                let again = JournalTask::Steps(journal.clone(), Vec::new());
                self.journals.add(again);
            }
        }
    }

    /// Says so once where what is not saved could not be kept, as long as that is so.
    pub(super) fn on_journal_written(&mut self) {
        let mut journals = self.workspace.open.values();
        let behind = journals.find_map(|article| article.journal.as_ref()?.behind());
        let told = std::mem::replace(&mut self.told_unprotected, behind.is_some());
        match behind {
            None if told => {
                let banners = &mut self.banners;
                banners.retain(|banner| !banner.words.starts_with(UNPROTECTED));
            }
            Some(why) if !told => {
                let words = format!("{UNPROTECTED}: {}.", why.trim_end_matches('.'));
                self.warn(words, Vec::new());
            }
            None | Some(_) => {}
        }
    }

    /// Looks on a thread for articles with unsaved work.
    pub(super) fn look_for_unsaved_work(&self) {
        if let Some(state) = self.services.state_dir.clone() {
            self.worker.spawn("recover", move || {
                store::remove_stale_state_files(&state, SystemTime::now());
                TaskResult::UnsavedFound(ops::find_all_recoverable(&state))
            });
        }
    }

    /// At the start: names the articles that have unsaved work, but for those being opened.
    pub(super) fn on_unsaved_found(&mut self, found: Vec<Recoverable>) {
        // Only our own is offered where the article is opened.
        let elsewhere = |one: &Recoverable| {
            one.is_curated() != self.adjudicating
                || !one.is_curated() && one.annotator != self.services.annotator
                || !self.workspace.open.contains_key(&one.article)
                    && !self.opening.contains(&one.article)
        };
        let others: Vec<Recoverable> = found.into_iter().filter(elsewhere).collect();
        let more = others.len().saturating_sub(NAMED);
        for one in others.into_iter().take(NAMED) {
            if one.damage.is_some() {
                self.offer_unsaved_work(&[one]);
                continue;
            }
            let words = format!("{} has {}", one.article.display(), unsaved_words(&one));
            if one.is_curated() {
                let words = format!(
                    "{words} It is curated work: open the article and choose Review › Adjudicate to restore it."
                );
                self.notice(words, Vec::new());
                continue;
            }
            if one.annotator == self.services.annotator {
                let open = AppCommand::Open(one.article);
                self.notice(words, vec![("Open it".to_owned(), open)]);
                continue;
            }
            let whose = match &one.annotator {
                Some(name) => {
                    format!("It belongs to {name}: start Pullquote with --as {name} to restore it.")
                }
                None => "It has no annotator name: start Pullquote without --as to restore it."
                    .to_owned(),
            };
            self.notice(format!("{words} {whose}"), Vec::new());
        }
        if more > 0 {
            let words = format!("{more} more articles have unsaved work. Open them to restore it.");
            self.notice(words, Vec::new());
        }
    }

    /// Offers the unsaved work on an article that was just opened.
    pub(super) fn offer_unsaved_work(&mut self, found: &[Recoverable]) {
        for one in found {
            if let Some(damage) = &one.damage {
                let words = format!(
                    "{}: unsaved work is kept in this file, but cannot be restored ({damage}). \
                     You can read it as text.",
                    one.journal.display()
                );
                let leave = AppCommand::Discard(Box::new(one.clone()));
                self.notice(words, vec![("Set aside".to_owned(), leave)]);
                continue;
            }
            let words = format!("{} has {}", one.article.display(), unsaved_words(one));
            let take = AppCommand::Recover(Box::new(one.clone()));
            let leave = AppCommand::Discard(Box::new(one.clone()));
            self.notice(
                words,
                vec![
                    ("Restore".to_owned(), take),
                    ("Set aside".to_owned(), leave),
                ],
            );
        }
    }

    pub(super) fn recover(&mut self, found: Recoverable) {
        let Some(article) = self.workspace.open.get(&found.article) else {
            return;
        };
        let request = OpenRequest {
            article: found.article.clone(),
            annotator: self.services.annotator.clone(),
            encoding: self.services.encoding,
            curated: self.adjudicating,
        };
        let (ours, state) = (article.open.document().clone(), article.open.state_id());
        let folder = self.services.state_dir.clone();
        self.worker
            .spawn("restore unsaved work", move || TaskResult::Recovered {
                result: ops::recover_into(&found, &request, &ours, folder.as_deref())
                    .map_err(|error| error.to_string()),
                found: Box::new(found),
                state,
            });
    }

    pub(super) fn on_recovered(
        &mut self,
        context: &egui::Context,
        found: Recoverable,
        state: u64,
        result: Result<Vec<Transaction>, String>,
    ) {
        let steps = match result {
            Ok(steps) => steps,
            Err(words) => {
                let again = AppCommand::Recover(Box::new(found));
                let words = format!("The unsaved work was not restored. {words}");
                self.fail(words, vec![("Try again".to_owned(), again)]);
                return;
            }
        };
        let Some(article) = self.workspace.open.get_mut(&found.article) else {
            return;
        };
        if article.open.state_id() != state {
            // Something was done in the meantime: once more, with that.
            self.recover(found);
            return;
        }
        let replayed = article.open.replay_journal(steps);
        article.saving.due = Some(context.input(|input| input.time));
        if let Some(refusal) = replayed.stopped {
            let words = format!(
                "Only {} of the unsaved work could be restored: {refusal}. The rest is kept.",
                count(replayed.done, "step")
            );
            self.warn(words, Vec::new());
            return;
        }
        let words = format!("restored {}", count(replayed.done, "unsaved step"));
        let journal = article.journal.clone();
        if let Some(damage) = found.journal_damage {
            let kept = store::kept_journal(&found.journal);
            let words = format!(
                "{}: {damage}. It is kept as {}.",
                found.article.display(),
                kept.display()
            );
            self.warn(words, Vec::new());
        }
        self.write_journals();
        if let Some(journal) = journal {
            self.journals
                .add(JournalTask::TookOver(journal, found.journal));
        }
        self.status = StatusMessage::undoable(words);
    }

    pub(super) fn discard(&mut self, found: &Recoverable) {
        match ops::discard_recoverable(found) {
            Ok(()) => {
                self.status = StatusMessage::info("set the unsaved work aside");
            }
            Err(error) => self.fail(error.to_string(), Vec::new()),
        }
    }

    /// The unsaved changes of these articles are discarded: set aside, not offered again.
    pub(super) fn discard_journal(&mut self, path: &Path) {
        let Some(article) = self.workspace.open.get_mut(path) else {
            return;
        };
        if let Some(journal) = article.journal.take() {
            self.journals.barrier()();
            if let Err(error) = journal.with(Journal::throw_away) {
                log::warn!("the journal is offered at the next start: {error}");
            }
        }
    }
}

/// "3 steps that were not saved: tagged quote, …".
fn unsaved_words(found: &Recoverable) -> String {
    const SHOWN: usize = 3;
    let all = found.labels.len();
    let last: Vec<&str> = found
        .labels
        .iter()
        .skip(all.saturating_sub(SHOWN))
        .map(String::as_str)
        .collect();
    let dots = if all > SHOWN { "…, " } else { "" };
    let torn = match (&found.journal_damage, found.torn) {
        (Some(damage), _) => format!(" But {damage}."),
        (None, true) => " The end is damaged.".to_owned(),
        (None, false) => String::new(),
    };
    format!(
        "unsaved work from last time, {}: {dots}{}.{torn}",
        count(all, "step"),
        last.join(", ")
    )
}
