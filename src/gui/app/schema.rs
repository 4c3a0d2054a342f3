//! Changing the project's schema.

use std::path::Path;

use egui::Context;

use super::App;
use super::status_message::StatusMessage;
use crate::format::schema_file::SchemaDraft;
use crate::gui::dialog::{Dialog, SchemaDialog};
use crate::gui::task_result::{BulkDone, SchemasReadFor, TaskResult};
use crate::model::{FormerLabels, Schema};
use crate::ops::{self, SchemaChanged, SchemaFile, SchemaRead, TagCounts};

impl App {
    /// Shows the schema that holds for the current article, and counts what uses it.
    pub(super) fn ask_schema(&mut self, context: &Context) {
        let Some(article) = self.workspace.current_path() else {
            return;
        };
        match ops::schema_file(article) {
            Ok(file) => {
                let folder = file.path.parent().unwrap_or(Path::new("")).to_owned();
                self.save_current();
                self.worker.spawn("schema", move || {
                    let counts = ops::count_tags(&folder, &mut |_| {});
                    TaskResult::TagsCounted(counts.map_err(|error| error.to_string()))
                });
                let dialog = SchemaDialog::new(file);
                self.open_dialog(context, Dialog::Schema(Box::new(dialog)));
            }
            Err(error) => self.status = StatusMessage::refusal(error.to_string()),
        }
    }

    pub(super) fn on_tags_counted(&mut self, counts: &Result<TagCounts, String>) {
        for dialog in self.dialogs.all_mut() {
            if let Some(dialog) = dialog.as_schema() {
                dialog.on_counted(counts.clone());
            }
        }
    }

    /// Writes the schema, and one's own tags of renamed labels, in one step.
    pub(super) fn change_schema(&mut self, file: SchemaFile, draft: SchemaDraft) {
        self.bulk_job(Box::new(move |place| {
            let result = ops::change_schema(&place.request(), &file, &draft);
            TaskResult::SchemaChanged {
                draft: Box::new(draft),
                result: Box::new(result.map_err(|error| error.to_string())),
            }
        }));
        if self.status.refused {
            let words = self.status.words.clone();
            self.on_schema_not_changed(&words);
        }
    }

    /// Reads the schemas of open articles again, on a thread: somebody may have changed a file.
    pub(super) fn read_schemas_again(&mut self, why: SchemasReadFor) {
        let open = self.workspace.open.iter();
        let open = open.filter(|(_, article)| !article.reading);
        let open: Vec<_> = open.map(|(path, _)| path.clone()).collect();
        self.worker.spawn("schema", move || {
            let read = open.iter().filter_map(|path| {
                let read = ops::read_schema_for(path);
                read.inspect_err(|error| log::error!("{error}")).ok()
            });
            TaskResult::SchemasRead {
                read: read.collect(),
                why,
            }
        });
    }

    /// Articles go on under the schemas that hold now. Where a file has errors, they keep theirs.
    pub(super) fn on_schemas_read(&mut self, read: Vec<SchemaRead>, why: SchemasReadFor) {
        let mut changed = false;
        for now in read {
            let Some(article) = self.workspace.open.get_mut(&now.article) else {
                continue;
            };
            let is_new = |schema: &Schema| article.open.schema() != schema;
            let schema = now.schema.filter(is_new);
            // Dismissed words do not come back each time the window gets the focus.
            if (why != SchemasReadFor::Focus || schema.is_some())
                && let Some(file) = &now.file
            {
                let file = file.display().to_string();
                let banners = &mut self.banners;
                banners.retain(|banner| !banner.words.starts_with(&file));
                for problem in &now.problems {
                    self.warn(problem.notice(), Vec::new());
                }
            }
            let Some(article) = self.workspace.open.get_mut(&now.article) else {
                continue;
            };
            if let Some(schema) = schema {
                article.open.use_schema(schema, &FormerLabels::default());
                article.open.propose_again();
                changed = true;
            }
        }
        if changed {
            self.follow_schema();
        }
        // What is not open is looked at under the new rules, too.
        if changed || why != SchemasReadFor::Focus {
            self.searching.search.forget();
            self.survey_again();
        }
        if changed && why != SchemasReadFor::Replay {
            let words = "the labels and attributes were changed on disk; these hold now";
            self.status = StatusMessage::info(words.to_owned());
        }
    }

    /// Works on under the new schema.
    pub(super) fn on_schema_changed(
        &mut self,
        context: &Context,
        draft: &SchemaDraft,
        result: Result<SchemaChanged, String>,
    ) {
        let SchemaChanged {
            schema,
            step,
            is_whole,
        } = match result {
            Ok(changed) => changed,
            Err(words) => {
                self.on_bulk_step_done(context, BulkDone::Nothing(words.clone()));
                self.on_schema_not_changed(&words);
                return;
            }
        };
        let is_schema = matches!(self.dialogs.shown(), Some(Dialog::Schema(_)));
        if is_schema {
            self.close_dialog();
        }
        for article in self.workspace.open.values_mut() {
            if article.open.schema() == draft.before() {
                // Tags of renamed labels follow with the step.
                let former = FormerLabels::default();
                article.open.use_schema(schema.clone(), &former);
                article.open.propose_again();
            }
        }
        self.follow_schema();
        self.searching.search.forget();
        self.survey_again();
        let remark = match is_whole {
            true => String::new(),
            false => {
                "a link leads to the file from this folder: undo leaves it as it is now".to_owned()
            }
        };
        let done = match step {
            Some(report) => BulkDone::Done { report, remark },
            None => BulkDone::Nothing("saved the labels and attributes".to_owned()),
        };
        self.on_bulk_step_done(context, done);
    }

    /// Says so, also in the dialog that wanted a change.
    pub(super) fn on_schema_not_changed(&mut self, words: &str) {
        for dialog in self.dialogs.all_mut() {
            if let Some(dialog) = dialog.as_schema() {
                dialog.on_not_saved(words.to_owned());
            }
        }
        self.status = StatusMessage::refusal(words);
    }
}
