//! What is learned from the tags of a folder, on a thread: when articles were finished, or when somebody
//! asks for it. It is kept in the user's state folder and used from then on.

use std::path::{Path, PathBuf};
use std::sync::Arc;

use egui::Context;

use super::App;
use super::status_message::StatusMessage;
use crate::gui::dialog::LEARNED_FILE;
use crate::gui::file_dialogs::{Pick, PickRequest};
use crate::gui::task_result::TaskResult;
use crate::gui::workspace::Workspace;
use crate::model::DocumentState;
use crate::ops::{self, LearnReport, LearnRequest, learned_words};
use crate::suggest::LearnedModel;
use crate::text::wording::count;

/// With fewer finished articles nothing is learned by itself.
const FEWEST_ARTICLES: usize = 5;

/// What was learned in the folder of what is open.
#[derive(Debug, Default)]
pub(super) struct Learned {
    /// The folder; `None`: none was looked at.
    folder: Option<PathBuf>,
    /// What proposes with the rules.
    pub(super) model: Option<Arc<LearnedModel>>,
    /// Whether a thread reads it or learns.
    busy: bool,
    /// Whether it was read.
    is_read: bool,
    /// Finished articles when it was learned last in this session.
    learned_from: usize,
}

impl App {
    /// The folder whose tags belong together: the one that is listed, else that of the article.
    fn learning_folder(&self) -> Option<PathBuf> {
        self.workspace.folder.clone().or_else(|| self.open_folder())
    }

    /// Whether it is known what was learned in the folder of what is open; else that is read.
    pub(super) fn reads_learned(&mut self) -> bool {
        let folder = self.learning_folder();
        if self.learned.folder != folder {
            self.learned = Learned {
                folder: folder.clone(),
                ..Learned::default()
            };
            match (folder, self.services.state_dir.clone()) {
                (Some(folder), Some(state)) => {
                    self.worker.spawn("learned", move || {
                        let kept = ops::kept_model(&state, &folder);
                        TaskResult::LearnedRead {
                            result: kept.map_err(|error| error.to_string()),
                            folder,
                        }
                    });
                }
                (None, _) | (_, None) => self.learned.is_read = true,
            }
        }
        self.learned.is_read
    }

    pub(super) fn on_learned_read(
        &mut self,
        folder: PathBuf,
        result: Result<Option<LearnedModel>, String>,
    ) {
        if self.learned.folder.as_ref() != Some(&folder) {
            return;
        }
        self.learned.is_read = true;
        match result {
            Ok(Some(model)) => {
                self.learned.learned_from = model.held_out().articles;
                self.use_learned(Some(model));
            }
            Ok(None) => {}
            Err(words) => log::warn!("what was learned is not used: {words}"),
        }
    }

    /// Proposes anew in everything that is open.
    fn use_learned(&mut self, model: Option<LearnedModel>) {
        self.learned.model = model.map(Arc::new);
        for article in self.workspace.open.values_mut() {
            article.open.propose_again();
        }
    }

    /// Learns from all articles that somebody has begun to tag.
    pub(super) fn learn_now(&mut self) {
        self.save_current();
        if !self.learn(false, true) {
            let words = "nothing to learn from; open an article or a folder first";
            self.status = StatusMessage::refusal(words);
        }
    }

    /// Learns by itself when a tenth more articles are finished.
    pub(super) fn learn_when_worth_it(&mut self) {
        if self.workspace.folder.is_none() {
            return;
        }
        let done = done(&self.workspace);
        let before = self.learned.learned_from;
        if done >= FEWEST_ARTICLES && done > before + before / 10 && self.learn(true, false) {
            self.learned.learned_from = done;
        }
    }

    /// Learns on a thread, unless one is at it; `false`: there is no folder.
    fn learn(&mut self, only_done: bool, asked: bool) -> bool {
        let Some(folder) = self.learning_folder() else {
            return false;
        };
        if self.learned.busy {
            return true;
        }
        self.learned.busy = true;
        if asked {
            self.status = StatusMessage::info("Learning from your tags…");
        }
        let request = LearnRequest {
            paths: vec![folder.clone()],
            annotator: Some(self.services.annotator.clone().unwrap_or_default()),
            encoding: None,
            only_done,
        };
        let state = self.services.state_dir.clone();
        self.worker.spawn("learn", move || {
            let result = ops::learn(&request, &mut |_| {});
            let result = result.map_err(|error| error.to_string());
            let kept = result
                .as_ref()
                .ok()
                .and_then(|report| report.model.as_ref());
            if let Some((model, state)) = kept.zip(state)
                && let Err(error) = ops::keep_model(&state, &folder, model)
            {
                log::warn!("what was learned is not kept: {error}");
            }
            TaskResult::Learned {
                folder,
                asked,
                result,
            }
        });
        true
    }

    pub(super) fn on_learned(
        &mut self,
        folder: PathBuf,
        asked: bool,
        result: Result<LearnReport, String>,
    ) {
        self.learned.busy = false;
        if self.learned.folder.as_ref() != Some(&folder) {
            return;
        }
        match result {
            Ok(report) => {
                if asked {
                    self.status = StatusMessage::info(learned_words(&report));
                }
                if report.model.is_some() {
                    self.use_learned(report.model);
                }
            }
            Err(words) if asked => self.status = StatusMessage::refusal(words),
            Err(words) => log::warn!("nothing was learned: {words}"),
        }
    }

    pub(super) fn forget_learned(&mut self) {
        let folder = self.learning_folder();
        let forgotten = match folder.zip(self.services.state_dir.clone()) {
            Some((folder, state)) => ops::forget_model(&state, &folder),
            None => Ok(false),
        };
        match forgotten {
            Ok(was_there) => {
                let had = self.learned.model.is_some() || was_there;
                self.use_learned(None);
                self.status = StatusMessage::info(if had {
                    "Forgot what was learned in this folder; the rules go on suggesting"
                } else {
                    "Nothing was learned in this folder"
                });
            }
            Err(error) => self.status = StatusMessage::refusal(error.to_string()),
        }
    }

    /// Asks where to write what was learned in the folder.
    pub(super) fn ask_where_to_save_learned(&mut self, context: &Context) {
        if self.learned.model.is_none() {
            self.status = StatusMessage::refusal("nothing was learned in this folder yet");
            return;
        }
        let request = PickRequest {
            pick: Pick::SaveLearned,
            folder: self.open_folder(),
            name: LEARNED_FILE.to_owned(),
        };
        self.pick(context, request);
    }

    /// Writes what was learned to a file, on a thread.
    pub(super) fn save_learned(&mut self, path: PathBuf) {
        let Some(model) = self.learned.model.clone() else {
            return;
        };
        self.worker.spawn("save learned", move || {
            let saved = ops::save_model(&path, &model);
            TaskResult::LearnedSaved {
                result: saved.map_err(|error| error.to_string()),
                path,
            }
        });
    }

    pub(super) fn on_learned_saved(&mut self, path: &Path, result: Result<(), String>) {
        self.status = match result {
            Ok(()) => StatusMessage::info(format!("Wrote what was learned to {}", path.display())),
            Err(words) => StatusMessage::refusal(words),
        };
    }

    /// Reads what was learned elsewhere and keeps it for this folder, on a thread.
    pub(super) fn load_learned(&mut self, path: PathBuf) {
        let Some(folder) = self.learning_folder() else {
            self.status = StatusMessage::refusal("open the folder that it is for first");
            return;
        };
        let state = self.services.state_dir.clone();
        self.worker.spawn("load learned", move || {
            let loaded = ops::load_model(&path).map_err(|error| error.to_string());
            if let (Ok(model), Some(state)) = (&loaded, state)
                && let Err(error) = ops::keep_model(&state, &folder, model)
            {
                log::warn!("what was learned is not kept: {error}");
            }
            TaskResult::LearnedLoaded {
                folder,
                result: loaded,
            }
        });
    }

    pub(super) fn on_learned_loaded(
        &mut self,
        folder: &Path,
        result: Result<LearnedModel, String>,
    ) {
        if self.learned.folder.as_deref() != Some(folder) {
            return;
        }
        match result {
            Ok(model) => {
                let articles = count(model.held_out().articles, "article");
                self.status = StatusMessage::info(match model.helps() {
                    true => format!("Suggestions follow what was learned from {articles}"),
                    false => format!(
                        "What was learned from {articles} did no better than the rules, so they suggest alone"
                    ),
                });
                self.use_learned(Some(model));
            }
            Err(words) => self.status = StatusMessage::refusal(words),
        }
    }
}

/// How many articles of the list this person has marked as done.
fn done(workspace: &Workspace) -> usize {
    let own = workspace.own();
    let state = |path: &PathBuf| match workspace.open.get(path) {
        Some(article) => Some(article.open.document().meta().state),
        None => Some(workspace.summary(path)?.figures(&own).state),
    };
    let done = workspace.listed.iter();
    let done = done.filter(|path| state(path) == Some(DocumentState::Done));
    done.filter(|path| workspace.can_open(path)).count()
}
