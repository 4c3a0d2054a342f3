//! Tags without a name, and how they become somebody's.

use std::collections::{BTreeMap, BTreeSet};
use std::path::{Path, PathBuf};

use super::App;
use super::status_message::StatusMessage;
use crate::gui::app_command::AppCommand;
use crate::gui::dialog::UnnamedTags;
use crate::gui::task_result::{MergeResult, TaskResult};
use crate::ops;
use crate::text::wording::count;

/// What is known about tags without a name, and what was decided in this run.
#[derive(Debug, Default)]
pub(super) struct Unnamed {
    /// How many an article has that were not taken over; without articles that have none.
    tags: BTreeMap<PathBuf, usize>,
    /// All of them.
    sum: usize,
    /// The same with those that were taken over.
    ever: BTreeMap<PathBuf, usize>,
    /// Articles that were tagged without a name in this run.
    tagged_now: BTreeSet<PathBuf>,
    /// Open articles to take them over in once they are read under the new name.
    waiting: BTreeSet<PathBuf>,
    /// How many were taken over by the last command so far.
    taken: usize,
    /// Whether the offer was dismissed.
    dismissed: bool,
}

impl Unnamed {
    /// Notes how many an article has in all, taken over or not.
    pub(super) fn note_all(&mut self, article: &Path, tags: usize) {
        self.ever.insert(article.to_owned(), tags);
    }

    /// Notes how many an article has that were not taken over.
    pub(super) fn note(&mut self, article: &Path, tags: usize) {
        let before = match tags {
            0 => self.tags.remove(article),
            _ => self.tags.insert(article.to_owned(), tags),
        };
        self.sum = (self.sum + tags).saturating_sub(before.unwrap_or_default());
    }

    /// Another folder is listed.
    pub(super) fn forget_all(&mut self) {
        self.tags.clear();
        self.ever.clear();
        self.sum = 0;
    }
}

impl App {
    /// A tag was made under no name.
    pub(super) fn note_tagged_unnamed(&mut self) {
        if let Some(path) = self.workspace.current_path() {
            self.unnamed.tagged_now.insert(path.to_owned());
        }
    }

    /// The folder a person decides about.
    fn folder_of_tags(&self) -> Option<PathBuf> {
        let single = || self.workspace.current_path()?.parent().map(Path::to_owned);
        self.workspace.folder.clone().or_else(single)
    }

    /// The tags without a name that can become those of `name`; of anybody, if that is empty.
    pub(super) fn unnamed_tags(&self, name: &str) -> UnnamedTags {
        let current = self.workspace.current_path();
        let annotator = self.services.annotator.as_deref();
        let of = |path: &Path| {
            let tags = if annotator.is_none() {
                let progress = self.workspace.progress(path);
                progress.map_or(0, |progress| progress.tags)
            } else if annotator == Some(name) || name.is_empty() {
                return self.unnamed.tags.get(path).copied().unwrap_or_default();
            } else {
                self.unnamed.ever.get(path).copied().unwrap_or_default()
            };
            // What was taken over under that name earlier is not offered again.
            let state = self.services.state_dir.as_deref();
            let taken = tags > 0 && !name.is_empty() && ops::took_over(path, name, state);
            if taken { 0 } else { tags }
        };
        let listed = self.workspace.listed.iter();
        let all: usize = listed.map(|path| of(path)).sum();
        let here = current.map_or(0, of);
        UnnamedTags {
            here,
            elsewhere: all - here.min(all),
            made_now: !self.unnamed.tagged_now.is_empty(),
        }
    }

    /// An article waits for an answer before it is read under the new name: says so.
    pub(super) fn tell_what_waits_for_an_answer(&mut self) {
        let waits = self.unnamed.waiting.iter().find(|path| {
            let article = self.workspace.open.get(*path);
            article.is_some_and(|article| article.saving.asks_about_earlier())
        });
        if let Some(path) = waits {
            let name = self.workspace.name(path);
            self.status = StatusMessage::refusal(format!(
                "answer the question about the earlier version of {name} first; its tags without \
                 a name are taken over then"
            ));
        }
    }

    /// Offers to make what was tagged without a name this annotator's, until that is decided.
    pub(super) fn offer_unnamed(&mut self) {
        let order = AppCommand::TakeOverAllUnnamed;
        let offers = |banner: &crate::gui::panel::Banner| {
            let mut actions = banner.actions.iter();
            actions.any(|(_, action)| *action == order)
        };
        let folder = self.folder_of_tags();
        let decided = self.adjudicating
            || folder.is_none_or(|folder| self.settings.not_mine.contains(&folder))
            || self.unnamed.dismissed
            || !self.unnamed.waiting.is_empty();
        let name = self.services.annotator.clone();
        let Some(name) = name.filter(|_| !decided && self.unnamed.sum > 0) else {
            self.banners.retain(|banner| !offers(banner));
            return;
        };
        let number = self.unnamed.tags.len();
        let words = format!(
            "{} here {} tagged without a name ({}). Are those tags yours? They will be saved as \
             {name}'s. The old files are kept.",
            count(number, "article"),
            if number == 1 { "was" } else { "were" },
            count(self.unnamed.sum, "tag"),
        );
        if let Some(banner) = self.banners.iter_mut().find(|banner| offers(banner)) {
            banner.words = words;
            return;
        }
        let take = (format!("Make them {name}'s"), order);
        let leave = ("Not mine".to_owned(), AppCommand::LeaveUnnamed);
        self.notice(words, vec![take, leave]);
    }

    /// A message is dismissed; the offer comes back in the next run.
    pub(super) fn dismiss(&mut self, id: u64) {
        let order = AppCommand::TakeOverAllUnnamed;
        self.banners.retain(|banner| {
            let goes = banner.id == id;
            self.unnamed.dismissed |=
                goes && banner.actions.iter().any(|(_, action)| *action == order);
            !goes
        });
    }

    /// The tags without a name are left as they are until the next start.
    pub(super) fn put_off_unnamed(&mut self) {
        self.unnamed.dismissed = true;
        self.offer_unnamed();
    }

    /// The tags without a name in this folder are somebody else's.
    pub(super) fn leave_unnamed(&mut self) {
        if let Some(folder) = self.folder_of_tags() {
            self.set(|settings| {
                if !settings.not_mine.contains(&folder) {
                    settings.not_mine.push(folder);
                }
            });
        }
        self.offer_unnamed();
    }

    /// The name is another one: what was decided under the one before does not count.
    pub(super) fn forget_unnamed_decision(&mut self) {
        self.unnamed.dismissed = false;
        self.unnamed.waiting.clear();
        self.unnamed.forget_all();
    }

    /// Takes the tags without a name over in every article of the list: in open ones as a step that
    /// can be undone, in the others on a thread.
    pub(super) fn take_over_all_unnamed(&mut self, context: &egui::Context) {
        let Some(name) = self.services.annotator.clone() else {
            self.ask_name(context, None);
            return;
        };
        self.unnamed.taken = 0;
        self.unnamed.tagged_now.clear();
        self.status = StatusMessage::info("no tags without a name here".to_owned());
        let open: Vec<PathBuf> = self.workspace.open.keys().cloned().collect();
        for path in open {
            self.unnamed.waiting.insert(path.clone());
            self.read_colleagues(&path);
        }
        self.tell_what_waits_for_an_answer();
        let listed = self.workspace.listed.iter();
        let others = listed.filter(|path| !self.workspace.open.contains_key(*path));
        let others: Vec<PathBuf> = others.cloned().collect();
        let state = self.services.state_dir.clone();
        self.worker.spawn("take over", move || {
            let taken = ops::take_over_all_unnamed(&others, &name, state.as_deref());
            TaskResult::TakenOver(taken)
        });
    }

    pub(super) fn on_taken_over(&mut self, result: Result<usize, String>) {
        match result {
            Ok(tags) => self.tell_taken_over(tags),
            Err(words) => self.fail(words, Vec::new()),
        }
        self.survey_again();
    }

    /// Says how many tags were taken over until now.
    fn tell_taken_over(&mut self, tags: usize) {
        self.unnamed.taken += tags;
        if let Some(name) = self.services.annotator.as_ref().filter(|_| tags > 0) {
            let words = ops::taken_over_words(self.unnamed.taken, name);
            self.status = StatusMessage::info(words);
        }
    }

    /// What others have tagged in an open article is known: takes over what waits for that.
    pub(super) fn on_unnamed_read(&mut self, path: &Path) {
        let Some(article) = self.workspace.open.get(path) else {
            return;
        };
        // It is still open under the name before.
        if article.reading || article.open.annotator() != self.services.annotator.as_ref() {
            return;
        }
        let nameless = |work: &&ops::ColleagueWork| work.annotator.is_none();
        let work = article.colleagues.iter().find(nameless);
        let tags = work.map_or(0, |work| ops::tags_in_use(&work.document));
        let tags = if article.takes_over { tags } else { 0 };
        self.unnamed.note(path, tags);
        if self.unnamed.waiting.remove(path) && tags > 0 {
            self.take_over_unnamed_in(path);
        }
        self.offer_unnamed();
    }

    /// Copies the tags without a name into the own file of the article that is shown.
    pub(super) fn take_over_unnamed(&mut self) {
        self.unnamed.taken = 0;
        if let Some(path) = self.workspace.current_path().map(Path::to_owned) {
            self.take_over_unnamed_in(&path);
        }
    }

    /// The same for an open article, as a step that can be undone.
    pub(super) fn take_over_unnamed_in(&mut self, path: &Path) {
        let Some(name) = self.services.annotator.clone() else {
            return;
        };
        self.merge(path, move |_, ours, files| {
            let taken = ops::take_over_unnamed(ours, files, &name)?;
            Ok(MergeResult::TakenOver(Box::new(taken)))
        });
    }

    /// Tags without a name that were taken over are one's own once they are saved.
    pub(super) fn hide_what_was_taken_over(&mut self, path: &Path) {
        let nameless = |work: &ops::ColleagueWork| work.annotator.is_none();
        let article = self.workspace.open.get(path);
        if article.is_some_and(|it| !it.takes_over && it.colleagues.iter().any(nameless)) {
            self.read_colleagues(path);
        }
    }

    /// Whether tags without a name are still being taken over.
    pub(super) fn takes_over_unnamed(&self) -> bool {
        !self.unnamed.waiting.is_empty()
    }

    /// They are this annotator's now.
    pub(super) fn on_taken_over_in(&mut self, path: &Path, tags: usize) {
        if let Some(article) = self.workspace.open.get_mut(path) {
            article.takes_over = false;
            if !article.is_dirty() {
                self.note_merged_copies(path);
            }
        }
        self.unnamed.note(path, 0);
        let undoable = self.status.clone();
        self.tell_taken_over(tags);
        // The step of the article that is shown can be undone where it is all there was.
        let shown = self.workspace.current_path() == Some(path);
        if shown && self.unnamed.taken == tags && undoable.undone_by.is_some() {
            self.status = undoable;
        }
        self.offer_unnamed();
    }
}
