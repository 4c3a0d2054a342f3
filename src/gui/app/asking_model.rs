//! What a program of the user suggests in the article that is shown: it runs on a thread, and what it adds
//! is one step. The command comes from the user's own settings alone.

use std::path::Path;
use std::time::Duration;

use egui::Context;

use super::App;
use super::status_message::StatusMessage;
use crate::gui::dialog::{Dialog, ModelDialog};
use crate::gui::task_result::TaskResult;
use crate::ops::{ModelAnswer, ModelCommand, ask_model};
use crate::store::ModelSettings;
use crate::text::SourceText;
use crate::text::wording::{count, short_list};

/// So many problems with an answer are told.
const MOST_PROBLEMS: usize = 3;

impl App {
    /// Asks which program is to suggest.
    pub(super) fn ask_which_model(&mut self, context: &Context) {
        let dialog = ModelDialog::new(&self.settings.model);
        self.open_dialog(context, Dialog::Model(dialog));
    }

    /// Runs the program on the article that is shown, and remembers it.
    pub(super) fn suggest_with(&mut self, model: ModelSettings) {
        let mut command = match ModelCommand::parse(&model.command) {
            Ok(command) => command,
            Err(error) => {
                self.status = StatusMessage::refusal(error.to_string());
                return;
            }
        };
        let seconds = model.seconds.clamp(1, ModelSettings::MOST_SECONDS);
        command.timeout = Duration::from_secs(seconds.into());
        command.standard_error = |line| log::warn!("the program that suggests says: {line}");
        self.set(|settings| settings.model = model);
        if self.asking_model {
            self.status = StatusMessage::refusal("a program is at work; wait for its answer");
            return;
        }
        let Some(article) = self.workspace.current() else {
            return;
        };
        if article.reading || article.open.read_only().is_some() {
            let words = "nothing can be added to this article now";
            self.status = StatusMessage::refusal(words);
            return;
        }
        let path = article.files.article.clone();
        let document = article.open.document().clone();
        let schema = article.open.schema().clone();
        self.asking_model = true;
        self.status = StatusMessage::info(format!("Waiting for `{}`…", command.name()));
        self.worker.spawn("program", move || {
            let result = ask_model(&path, &document, &schema, &command);
            TaskResult::ModelAnswered {
                name: command.name().to_owned(),
                article: path,
                source: document.source().clone(),
                result: result.map_err(|error| error.to_string()),
            }
        });
    }

    pub(super) fn on_model_answered(
        &mut self,
        context: &Context,
        path: &Path,
        name: &str,
        source: &SourceText,
        result: Result<ModelAnswer, String>,
    ) {
        self.asking_model = false;
        let answer = match result {
            Ok(answer) => answer,
            Err(words) => {
                self.status = StatusMessage::refusal(format!("nothing is suggested: {words}"));
                return;
            }
        };
        if !answer.problems.is_empty() {
            let shown = short_list(&answer.problems, MOST_PROBLEMS);
            self.warn(format!("`{name}`: {shown}"), Vec::new());
        }
        let Some(article) = self.workspace.open.get_mut(path) else {
            return;
        };
        self.status = match answer.step {
            None if answer.problems.is_empty() => {
                StatusMessage::info(format!("`{name}` suggests nothing that is not there"))
            }
            None => StatusMessage::refusal(format!("nothing is suggested by `{name}`")),
            Some(_) if article.open.document().source() != source => {
                StatusMessage::refusal("the article has changed meanwhile; ask the program again")
            }
            Some(step) => match article.open.apply_external(step) {
                Ok(_) => {
                    article.saving.due = Some(context.input(|input| input.time));
                    let what = count(answer.tags, "tag");
                    StatusMessage::info(format!("`{name}` suggests {what}"))
                }
                Err(refusal) => StatusMessage::refusal(refusal.to_string()),
            },
        };
        self.write_journals();
    }
}
