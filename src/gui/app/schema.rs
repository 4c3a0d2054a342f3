//! Changing the project's schema.

use std::path::Path;

use egui::Context;

use super::App;
use super::status_message::StatusMessage;
use crate::format::schema_file::SchemaDraft;
use crate::gui::dialog::{Dialog, SchemaDialog};
use crate::gui::task_result::{BulkDone, TaskResult};
use crate::model::{FormerLabels, Schema};
use crate::ops::{self, SchemaFile, SchemaRead, TagCounts};

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

    /// Writes the schema on a thread.
    pub(super) fn change_schema(&mut self, file: SchemaFile, draft: SchemaDraft) {
        self.worker.spawn("schema", move || {
            let result = ops::change_schema(&file, &draft).map_err(|error| error.to_string());
            TaskResult::SchemaChanged {
                draft: Box::new(draft),
                file: Box::new(file),
                result: Box::new(result),
            }
        });
    }

    /// Reads the schemas of open articles again, on a thread: somebody may have changed a file.
    pub(super) fn read_schemas_again(&mut self, written: bool) {
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
                written,
            }
        });
    }

    /// Articles go on under the schemas that hold now. Where a file has errors, they keep theirs.
    pub(super) fn on_schemas_read(&mut self, read: Vec<SchemaRead>, written: bool) {
        let mut changed = false;
        for now in read {
            let Some(article) = self.workspace.open.get_mut(&now.article) else {
                continue;
            };
            let is_new = |schema: &Schema| article.open.schema() != schema;
            let schema = now.schema.filter(is_new);
            // Dismissed words do not come back each time the window gets the focus.
            if (written || schema.is_some())
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
            let words = "the labels and attributes were changed on disk; these hold now";
            self.status = StatusMessage::info(words.to_owned());
        }
    }

    /// Works on under the new schema, and renames one's own tags where labels have another key.
    pub(super) fn on_schema_changed(
        &mut self,
        file: SchemaFile,
        draft: SchemaDraft,
        result: Result<Schema, String>,
    ) {
        let schema = match result {
            Ok(schema) => schema,
            Err(words) => {
                for dialog in self.dialogs.all_mut() {
                    if let Some(dialog) = dialog.as_schema() {
                        dialog.on_not_saved(words.clone());
                    }
                }
                self.status = StatusMessage::refusal(words);
                return;
            }
        };
        let is_schema = matches!(self.dialogs.shown(), Some(Dialog::Schema(_)));
        if is_schema {
            self.close_dialog();
        }
        for article in self.workspace.open.values_mut() {
            if article.open.schema() == draft.before() {
                // Tags of renamed labels follow in one step over all articles.
                let former = FormerLabels::default();
                article.open.use_schema(schema.clone(), &former);
                article.open.propose_again();
            }
        }
        self.follow_schema();
        self.status = StatusMessage::info(SAVED);
        if draft.renamed().is_empty() {
            return;
        }
        self.bulk_step(Box::new(move |place| BulkDone {
            result: ops::rename_own_tags(&place.request(), &file, &draft),
            remark: SAVED.to_owned(),
        }));
    }
}

/// What is told where the file is written.
const SAVED: &str = "saved the labels and attributes";
