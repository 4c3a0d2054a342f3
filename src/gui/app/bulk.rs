//! Steps over several articles: done, undone and done again, with the open articles taking part.

use std::collections::{BTreeMap, BTreeSet};
use std::path::{Path, PathBuf};

use egui::Context;

use super::App;
use super::status_message::StatusMessage;
use crate::gui::app_command::AppCommand;
use crate::gui::panel::BannerKind;
use crate::gui::tag_description::capitalize;
use crate::gui::task_result::{BulkDone, BulkReplayed, MergeResult, SchemasReadFor, TaskResult};
use crate::model::{Schema, Sittings, Transaction};
use crate::ops::bulk_step::{
    BulkRequest, BulkStepError, ChangedArticle, Direction, WorkOf, bulk_steps, replay_bulk_step,
};
use crate::ops::search::{Found, HitAction, HitStep, HitStepReport, act_on_hits};
use crate::ops::ui_command::UiCommand;
use crate::ops::{Gesture, MergedFromDisk};
use crate::store::{FileFingerprint, is_schema_file};
use crate::text::wording::count;

/// A step that waits until open articles are saved, or is being written.
#[derive(Default)]
pub(super) struct Bulk {
    waiting: Option<BulkJob>,
    /// Whether a thread is at it.
    running: bool,
    /// The open articles that took part in the last step, with the state of each before and after it.
    last: BTreeMap<PathBuf, (u64, u64)>,
}

/// Does a step on a thread. It is told who works, which articles are open, and the state folder.
pub(super) type BulkJob = Box<dyn FnOnce(BulkPlace) -> TaskResult + Send>;

/// Where a step is done, and by whom.
pub(super) struct BulkPlace {
    /// The folder that all articles are in.
    pub(super) root: PathBuf,
    /// The articles that are open.
    pub(super) open: BTreeSet<PathBuf>,
    /// The user's state folder.
    pub(super) state: PathBuf,
    /// Who does it.
    pub(super) annotator: Option<smol_str::SmolStr>,
    /// When.
    pub(super) now: jiff::Timestamp,
}

impl BulkPlace {
    /// A step there, without targets yet.
    pub(super) fn request(&self) -> BulkRequest<'_> {
        BulkRequest {
            root: &self.root,
            annotator: self.annotator.as_deref(),
            targets: &[],
            open: &self.open,
            state: &self.state,
            now: self.now,
        }
    }

    /// A step over hits there.
    pub(super) fn step<'a>(&'a self, schema: &'a Schema) -> HitStep<'a> {
        HitStep {
            request: self.request(),
            schema,
        }
    }
}

impl BulkDone {
    /// What came of a step over hits; `others` says how many are of other people, if any are.
    pub(super) fn of_hits(
        done: Result<HitStepReport, BulkStepError>,
        others: impl FnOnce(usize) -> String,
    ) -> Self {
        match done {
            Ok(report) => Self::Done {
                remark: match report.of_others {
                    0 => String::new(),
                    n => others(n),
                },
                report: report.step,
            },
            Err(error) => Self::Failed(error),
        }
    }
}

impl App {
    /// Does one thing to hits of the search.
    pub(super) fn change_hits(&mut self, found: Vec<Found>, action: HitAction) {
        let schema = self.schema.clone();
        self.bulk_step(Box::new(move |place| {
            let done = act_on_hits(&place.step(&schema), &found, &action, &mut |_| ());
            BulkDone::of_hits(done, |others| {
                format!("{others} of other people stay as they are")
            })
        }));
    }

    /// Does a step over several articles once what is open is saved.
    pub(super) fn bulk_step(&mut self, job: Box<dyn FnOnce(BulkPlace) -> BulkDone + Send>) {
        self.bulk_job(Box::new(move |place| TaskResult::BulkStepDone(job(place))));
    }

    /// The same for a step with a result of its own kind, which ends in [`Self::on_bulk_step_done`].
    pub(super) fn bulk_job(&mut self, job: BulkJob) {
        if self.bulk.running || self.bulk.waiting.is_some() {
            self.status = StatusMessage::refusal("another step over articles is being written");
            return;
        }
        self.bulk.waiting = Some(job);
        for path in self.workspace.dirty() {
            self.save(&path);
        }
        self.start_waiting_step();
    }

    /// Starts the step that waits, where everything is saved.
    pub(super) fn start_waiting_step(&mut self) {
        if self.bulk.waiting.is_none() || !self.workspace.dirty().is_empty() {
            return;
        }
        let Some(job) = self.bulk.waiting.take() else {
            return;
        };
        let (Some(state), Some(root)) = (self.services.state_dir.clone(), self.bulk_root()) else {
            self.status = StatusMessage::refusal(match self.services.state_dir {
                None => "there is no folder for what undoes this; set HOME",
                Some(_) => "open a folder first",
            });
            return;
        };
        self.bulk.running = true;
        let place = BulkPlace {
            root,
            open: self.workspace.open.keys().cloned().collect(),
            state,
            annotator: self.services.annotator.clone(),
            now: self.services.clock.now(),
        };
        self.status = StatusMessage::info("writing …");
        self.worker.spawn("bulk step", move || job(place));
    }

    /// The step that waits is not done, since an article cannot be saved.
    pub(super) fn give_up_waiting_step(&mut self) {
        if self.bulk.waiting.take().is_some() {
            self.on_schema_not_changed("nothing was changed: an open article is not saved");
        }
    }

    /// The folder that holds all listed articles.
    fn bulk_root(&self) -> Option<PathBuf> {
        if let Some(folder) = &self.workspace.folder {
            return Some(folder.clone());
        }
        let first = self.workspace.listed.first()?.parent()?;
        let mut above = first.ancestors();
        let holds_all = |folder: &&Path| {
            let mut listed = self.workspace.listed.iter();
            listed.all(|article| article.starts_with(folder))
        };
        above.find(holds_all).map(Path::to_owned)
    }

    /// Whether files of a step are being written, those of open articles too.
    pub(super) fn writes_step(&self) -> bool {
        self.bulk.running
    }

    pub(super) fn on_bulk_step_done(&mut self, context: &Context, done: BulkDone) {
        self.bulk.running = false;
        let (report, remark) = match done {
            BulkDone::Done { report, remark } => (report, remark),
            BulkDone::Nothing(words) => {
                self.status = StatusMessage::info(words);
                return;
            }
            BulkDone::Failed(error) => {
                self.tell_bulk_error(&error);
                return;
            }
        };
        self.bulk.last.clear();
        for changed in report.open {
            self.take_bulk_change(context, changed);
        }
        let articles = articles_of(report.written.iter().map(|(path, _)| path));
        self.follow_written(articles);
        let mut words = format!("{}.", capitalize(report.step.label()));
        for (why, times) in &report.refusals {
            let times = count(*times, "time");
            words += &format!(" Not done {times}: {why}.");
        }
        if !remark.is_empty() {
            words += &format!(" {}.", capitalize(&remark));
        }
        // In an article that took part it is its last step, too.
        let current = self.workspace.current_path();
        let took_part = current.is_some_and(|path| self.bulk.last.contains_key(path));
        let undo = match took_part {
            true => UiCommand::Undo,
            false => UiCommand::UndoStep,
        };
        self.status = StatusMessage::undone_by(report.step.label(), undo);
        self.drop_undo_of_step();
        let undo = AppCommand::Ui(UiCommand::UndoStep);
        let kind = match report.refusals.is_empty() {
            true => BannerKind::Success,
            false => BannerKind::Warning,
        };
        self.tell(kind, words, vec![(UNDO_STEP.to_owned(), undo)]);
    }

    /// An open article takes over what a step has made of its sidecar.
    fn take_bulk_change(&mut self, context: &Context, changed: ChangedArticle) {
        if changed.work != WorkOf::Own {
            return;
        }
        let path = changed.article;
        let Some(article) = self.workspace.open.get_mut(&path) else {
            return;
        };
        if article.is_dirty() {
            // Something was done in the meantime: both are put together.
            self.check_disk(&path);
            return;
        }
        article.saving.accept_earlier = true;
        let before = article.open.state_id();
        let merged = MergedFromDisk {
            transaction: changed.transaction,
            clashes: Vec::new(),
            sittings: Sittings::default(),
            fingerprint: changed.fingerprint,
            base: changed.document,
        };
        let result = Ok(MergeResult::FromDisk(Box::new(merged)));
        self.on_merged(context, &path, before, result);
        if let Some(article) = self.workspace.open.get(&path) {
            let after = article.open.state_id();
            self.bulk.last.insert(path, (before, after));
        }
    }

    /// Whether undo, or redo, in the article that is shown means the last step over articles.
    pub(super) fn is_at_step(&self, direction: Direction) -> bool {
        let Some(article) = self.workspace.current() else {
            return false;
        };
        let last = self.bulk.last.get(&article.files.article);
        last.is_some_and(|(before, after)| match direction {
            Direction::Undo => article.open.state_id() == *after,
            Direction::Redo => article.open.state_id() == *before,
        })
    }

    /// Takes the last step over articles back, or does it again, on a thread.
    pub(super) fn replay_step(&mut self, direction: Direction) {
        let (Some(state), Some(root)) = (self.services.state_dir.clone(), self.bulk_root()) else {
            self.status = StatusMessage::refusal("open a folder first");
            return;
        };
        if self.bulk.running {
            self.status = StatusMessage::refusal("another step over articles is being written");
            return;
        }
        if !self.workspace.dirty().is_empty() {
            let words = "the open article is not saved yet; try again in a moment";
            self.status = StatusMessage::refusal(words);
            for path in self.workspace.dirty() {
                self.save(&path);
            }
            return;
        }
        self.bulk.running = true;
        self.worker.spawn("replay step", move || {
            let steps = bulk_steps(&root, &state);
            let mut step = match direction {
                Direction::Undo => steps.undo,
                Direction::Redo => steps.redo,
            };
            let result = match &mut step {
                Some(step) => replay_bulk_step(step, direction, &root, &state),
                None => Ok(Vec::new()),
            };
            TaskResult::BulkStepReplayed(BulkReplayed {
                direction,
                step,
                result,
            })
        });
    }

    pub(super) fn on_step_replayed(&mut self, context: &Context, replayed: BulkReplayed) {
        self.bulk.running = false;
        let (past, none) = match replayed.direction {
            Direction::Undo => ("undone", "no step over articles to undo"),
            Direction::Redo => ("done again", "no step over articles to do again"),
        };
        let Some(step) = replayed.step else {
            self.status = StatusMessage::refusal(none);
            return;
        };
        let written = match replayed.result {
            Ok(written) => written,
            Err(error) => {
                self.tell_bulk_error(&error);
                return;
            }
        };
        self.drop_undo_of_step();
        let articles = articles_of(written.iter().map(|(path, _)| path));
        let words = StatusMessage::info(format!("{past}: {}", step.label()));
        for path in &articles {
            let reloads = self.replay_in_article(context, path, replayed.direction, &written);
            if reloads && self.workspace.current_path() == Some(path) {
                self.next_status = Some(words.clone());
            }
        }
        self.follow_written(articles);
        if written.iter().any(|(path, _)| is_schema_file(path)) {
            self.read_schemas_again(SchemasReadFor::Replay);
        }
        self.status = words;
    }

    /// An open article follows a step that was taken back, or done again. Returns whether it is read again.
    fn replay_in_article(
        &mut self,
        context: &Context,
        path: &Path,
        direction: Direction,
        written: &[(PathBuf, FileFingerprint)],
    ) -> bool {
        let last = self.bulk.last.get(path).copied();
        let Some(article) = self.workspace.open.get_mut(path) else {
            return false;
        };
        let Some((_, now)) = written
            .iter()
            .find(|(file, _)| *file == article.files.sidecar)
        else {
            return false;
        };
        article.saving.accept_earlier = true;
        let state = article.open.state_id();
        let (expected, gesture) = match direction {
            Direction::Undo => (last.map(|(_, after)| after), Gesture::Undo),
            Direction::Redo => (last.map(|(before, _)| before), Gesture::Redo),
        };
        if expected != Some(state) || article.is_dirty() {
            // From before a restart: what is on disk is taken in.
            self.reload(path, None);
            return true;
        }
        if let Err(refusal) = article.open.run(gesture, self.services.ids.as_mut()) {
            log::warn!("{}: {refusal}", path.display());
            self.reload(path, None);
            return true;
        }
        let merged = MergedFromDisk {
            transaction: Transaction::default(),
            clashes: Vec::new(),
            sittings: Sittings::default(),
            fingerprint: *now,
            base: article.open.document().clone(),
        };
        let state = article.open.state_id();
        // It is on disk already.
        article.open.mark_saved(state);
        let result = Ok(MergeResult::FromDisk(Box::new(merged)));
        self.on_merged(context, path, state, result);
        if let Some(article) = self.workspace.open.get_mut(path) {
            article.open.mark_saved(state);
        }
        false
    }

    /// The list of files and the search look again at articles that were written.
    fn follow_written(&mut self, articles: Vec<PathBuf>) {
        let is_closed = |path: &&PathBuf| !self.workspace.open.contains_key(*path);
        let closed: Vec<PathBuf> = articles.iter().filter(is_closed).cloned().collect();
        if !closed.is_empty() {
            self.survey(closed);
        }
        self.read_again_for_search(articles);
    }

    fn tell_bulk_error(&mut self, error: &BulkStepError) {
        self.status = StatusMessage::refusal(error.to_string());
        match error {
            BulkStepError::Nothing(_) => {}
            BulkStepError::Refused(_)
            | BulkStepError::Outside { .. }
            | BulkStepError::Read(_)
            | BulkStepError::Schema(_)
            | BulkStepError::Write(_)
            | BulkStepError::Batch(_) => {
                self.fail(format!("{}.", capitalize(&error.to_string())), Vec::new());
            }
        }
    }

    fn drop_undo_of_step(&mut self) {
        self.banners
            .retain(|banner| !banner.actions.iter().any(|(words, _)| words == UNDO_STEP));
    }
}

/// On the button that takes a step back.
const UNDO_STEP: &str = "Undo the step";

/// The articles that sidecars are beside.
fn articles_of<'a>(sidecars: impl Iterator<Item = &'a PathBuf>) -> Vec<PathBuf> {
    let articles = sidecars.flat_map(|sidecar| crate::store::possible_articles_of(sidecar));
    let articles: BTreeSet<PathBuf> = articles.filter(|path| crate::store::exists(path)).collect();
    articles.into_iter().collect()
}
