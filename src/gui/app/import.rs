//! Importing: a preview first, then all or nothing; it can be undone.

use std::path::{Path, PathBuf};

use egui::Context;

use super::App;
use super::status_message::StatusMessage;
use crate::gui::app_command::AppCommand;
use crate::gui::dialog::{Dialog, ImportDialog};
use crate::gui::task_result::TaskResult;
use crate::ops::{self, ArticleFate, ImportInput, ImportReport, ImportRequest, TakeBackError};
use crate::text::wording::count;

/// On the button that takes an import back.
const UNDO_IMPORT: &str = "Undo import";

impl App {
    pub(super) fn ask_what_to_import(&mut self, context: &Context, from: &[PathBuf]) {
        let folder = self.workspace.folder.clone().or_else(|| self.open_folder());
        // Nobody keeps articles beside the sample.
        let of_program = |folder: &Path| {
            let data = self.services.data_dir.as_deref();
            data.is_some_and(|data| folder.starts_with(crate::store::canonical_path(data)))
        };
        let into = folder.filter(|folder| !of_program(folder));
        let annotator = self.services.annotator.as_deref();
        let dialog = ImportDialog::new(from, into.as_deref(), annotator, &self.schema);
        if let Some(dialog) = dialog {
            self.open_dialog(context, Dialog::Import(Box::new(dialog)));
        }
        // It may have been open before.
        if !from.is_empty() {
            for dialog in self.dialogs.all_mut().filter_map(Dialog::as_import) {
                dialog.on_from_picked(from);
            }
        }
    }

    /// Looks on a thread which format files are of.
    pub(super) fn find_import_format(&self, paths: Vec<PathBuf>) {
        self.worker.spawn("format", move || {
            let inputs: Vec<_> = paths.iter().cloned().map(ImportInput::File).collect();
            let result = ops::import_format(&inputs).map_err(|error| error.to_string());
            TaskResult::ImportFormatFound { paths, result }
        });
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
        let first = report
            .found
            .iter()
            .find(|found| found.fate != ArticleFate::There);
        let first = first
            .or(report.found.first())
            .map(|found| found.path.clone());
        let words = if report.found.is_empty() {
            format!(
                "Imported {}: wrote {} and {}; {} already there.",
                count(report.documents, "document"),
                count(report.articles.len(), "article"),
                count(report.sidecars.len(), "sidecar"),
                report.unchanged
            )
        } else {
            format!("Import done, {}.", report.found_words())
        };
        let mut ways = Vec::new();
        if !report.written.is_empty() || !report.replaced.is_empty() {
            let back = AppCommand::TakeBackImport(Box::new(report));
            ways.push((UNDO_IMPORT.to_owned(), back));
        }
        // One import is undone at a time.
        self.drop_undo_of_import();
        self.warn(words, ways);
        self.show_imported(request.into, first);
    }

    /// Opens the first of the articles that were imported, else the folder.
    fn show_imported(&mut self, into: PathBuf, first: Option<PathBuf>) {
        let Some(first) = first else {
            self.open(into);
            return;
        };
        let first = crate::store::canonical_path(&first);
        if self.workspace.folder.as_deref() == Some(&*crate::store::canonical_path(&into)) {
            self.list_folder_again();
            self.open(first);
        } else {
            self.opens_first = Some(first);
            self.open(into);
        }
    }

    fn drop_undo_of_import(&mut self) {
        self.banners.retain(|banner| {
            let mut actions = banner.actions.iter();
            !actions.any(|(_, action)| matches!(action, AppCommand::TakeBackImport(_)))
        });
    }

    pub(super) fn take_back_import(&mut self, report: ImportReport) {
        let unsaved = report.articles.iter().find(|article| {
            let open = self
                .workspace
                .open
                .get(&crate::store::canonical_path(article));
            open.is_some_and(|open| open.is_dirty() || open.saving.running)
        });
        if let Some(article) = unsaved {
            let words = format!(
                "The import was not undone. {}: it was worked on since",
                article.display()
            );
            let again = AppCommand::TakeBackImport(Box::new(report));
            self.warn(words, vec![(UNDO_IMPORT.to_owned(), again)]);
            return;
        }
        self.worker.spawn("undo import", move || {
            let result = ops::take_back_import(&report);
            let report = Box::new(report);
            TaskResult::ImportTakenBack { report, result }
        });
    }

    pub(super) fn on_import_taken_back(
        &mut self,
        report: &ImportReport,
        result: Result<(), TakeBackError>,
    ) {
        match result {
            Ok(()) => {
                for article in &report.articles {
                    self.workspace.close(&crate::store::canonical_path(article));
                }
                self.drop_undo_of_import();
                self.list_folder_again();
                for replaced in &report.replaced {
                    self.check_disk(&crate::store::canonical_path(&replaced.path));
                }
                if self.workspace.current().is_none()
                    && let Some(next) = self.workspace.next_that_opens().map(Path::to_owned)
                {
                    self.open(next);
                }
                self.status = StatusMessage::undoable("the import was undone");
            }
            Err(error) => self.warn(format!("The import was not undone. {error}"), Vec::new()),
        }
    }
}
