//! Importing: a preview first, then all or nothing; it can be undone.

use std::path::Path;

use egui::Context;

use super::App;
use super::status_message::StatusMessage;
use crate::gui::app_command::AppCommand;
use crate::gui::dialog::{Dialog, ImportDialog};
use crate::gui::task_result::TaskResult;
use crate::ops::{self, ImportReport, ImportRequest};
use crate::text::wording::count;

impl App {
    pub(super) fn ask_what_to_import(&mut self, context: &Context, from: Option<&Path>) {
        let into = self.workspace.folder.clone().or_else(|| self.open_folder());
        let annotator = self.services.annotator.as_deref();
        let dialog = ImportDialog::new(from, into.as_deref(), annotator, &self.schema);
        if let Some(dialog) = dialog {
            self.open_dialog(context, Dialog::Import(Box::new(dialog)));
        }
        // It may have been open before.
        if let Some(from) = from {
            for dialog in self.dialogs.all_mut().filter_map(Dialog::as_import) {
                dialog.on_from_picked(from);
            }
        }
    }

    pub(super) fn import(&mut self, request: ImportRequest) {
        self.worker.spawn("import", move || {
            let result = ops::import(&request, &mut |_| ()).map(|mut report| {
                report.ignored.extend(ops::schema_problems(&request.into));
                report
            });
            TaskResult::Imported {
                result: Box::new(result.map_err(|error| error.to_string())),
                request: Box::new(request),
            }
        });
    }

    pub(super) fn on_imported(
        &mut self,
        request: ImportRequest,
        result: Result<ImportReport, String>,
    ) {
        if request.dry_run {
            for dialog in self.dialogs.all_mut().filter_map(Dialog::as_import) {
                dialog.on_result(&request, result.clone());
            }
            return;
        }
        let report = match result {
            Ok(report) if report.problems.is_empty() => report,
            Ok(report) => {
                let first = report.problems.first().map(ToString::to_string);
                self.warn(
                    format!("Nothing was imported. {}", first.unwrap_or_default()),
                    Vec::new(),
                );
                return;
            }
            Err(words) => {
                self.warn(format!("The import failed. {words}"), Vec::new());
                return;
            }
        };
        let words = format!(
            "Imported {}: wrote {} and {}; {} already there.",
            count(report.documents, "document"),
            count(report.articles.len(), "article"),
            count(report.sidecars.len(), "sidecar"),
            report.unchanged
        );
        let mut ways = Vec::new();
        if !report.articles.is_empty() || !report.sidecars.is_empty() {
            let back = AppCommand::TakeBackImport(Box::new(report));
            ways.push(("Undo import".to_owned(), back));
        }
        self.warn(words, ways);
        self.open(request.into);
    }

    pub(super) fn take_back_import(&mut self, report: &ImportReport) {
        match ops::take_back_import(report) {
            Ok(()) => {
                for article in &report.articles {
                    self.workspace.close(&crate::store::canonical_path(article));
                }
                self.status = StatusMessage::undoable("the import was undone");
            }
            Err(error) => self.warn(format!("The import was not undone. {error}"), Vec::new()),
        }
    }
}
