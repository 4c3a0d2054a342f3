//! Importing: a preview first, then all or nothing; it can be undone.

use std::path::{Path, PathBuf};

use egui::Context;

use super::App;
use super::status_message::StatusMessage;
use crate::gui::app_command::AppCommand;
use crate::gui::dialog::{Dialog, ImportDialog};
use crate::gui::tag_description::capitalize;
use crate::gui::task_result::TaskResult;
use crate::ops::{
    self, ArticleFate, ArticleFound, ImportInput, ImportReport, ImportRequest, TakeBackError,
    TakenBack,
};
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

    pub(super) fn import(&mut self, mut request: ImportRequest) {
        if !request.dry_run {
            request.state.clone_from(&self.services.state_dir);
        }
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
                self.fail(
                    format!("Nothing was imported. {}", first.unwrap_or_default()),
                    Vec::new(),
                );
                return;
            }
            Err(words) => {
                self.fail(format!("The import failed. {words}"), Vec::new());
                return;
            }
        };
        let is_there = |found: &&ArticleFound| found.fate != ArticleFate::NoText;
        let there = || report.found.iter().filter(is_there);
        let first = there().find(|found| found.fate != ArticleFate::There);
        let first = first.or_else(|| there().next());
        let first = first.map(|found| found.path.clone());
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
        if report.step.is_some() {
            let back = AppCommand::TakeBackImport(request.into.clone());
            ways.push((UNDO_IMPORT.to_owned(), back));
        }
        // One import is undone at a time.
        self.drop_undo_of_import();
        self.succeed(words, ways);
        self.show_imported(request.into, first);
    }

    /// Opens the first of the articles that were imported, else the folder.
    fn show_imported(&mut self, into: PathBuf, first: Option<PathBuf>) {
        let Some(first) = first else {
            self.open(into);
            return;
        };
        self.shown_before_import = self.workspace.current_path().map(Path::to_owned);
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

    /// Takes back the last import into the folder that is listed, or that of the article.
    pub(super) fn take_back_last_import(&mut self) {
        let folder = self.workspace.folder.clone().or_else(|| self.open_folder());
        match folder {
            Some(folder) => self.take_back_import(folder),
            None => self.status = StatusMessage::refusal("open the folder first"),
        }
    }

    pub(super) fn take_back_import(&mut self, into: PathBuf) {
        let Some(state) = self.services.state_dir.clone() else {
            self.status = StatusMessage::refusal("there is no folder for what undoes this");
            return;
        };
        let Some(mut import) = ops::last_import(&into, &state) else {
            let words = "no import into this folder is left to undo";
            self.status = StatusMessage::refusal(words);
            return;
        };
        let root = crate::store::canonical_folder(&into);
        let articles = import.files().iter().filter(|file| file.is_article());
        let unsaved = articles.map(|file| root.join(file.path())).find(|article| {
            let open = self.workspace.open.get(article);
            open.is_some_and(|open| open.is_dirty() || open.saving.running)
        });
        if let Some(article) = unsaved {
            let words = format!(
                "The import was not undone. {}: it was worked on since",
                article.display()
            );
            let again = AppCommand::TakeBackImport(into);
            self.fail(words, vec![(UNDO_IMPORT.to_owned(), again)]);
            return;
        }
        let annotator = self.services.annotator.clone();
        self.worker.spawn("undo import", move || {
            let result = ops::take_back_import(&mut import, &root, annotator.as_deref());
            TaskResult::ImportTakenBack { into, result }
        });
    }

    pub(super) fn on_import_taken_back(
        &mut self,
        into: PathBuf,
        result: Result<TakenBack, TakeBackError>,
    ) {
        match result {
            Ok(taken) => {
                for removed in &taken.removed {
                    self.workspace.close(removed);
                }
                self.drop_undo_of_import();
                self.list_folder_again();
                for restored in &taken.restored {
                    self.check_disk(restored);
                }
                let earlier = self.shown_before_import.take();
                let earlier = earlier.filter(|earlier| crate::store::is_no_folder(earlier));
                let next = || self.workspace.next_that_opens().map(Path::to_owned);
                if self.workspace.current().is_none()
                    && let Some(next) = earlier.or_else(next)
                {
                    self.open(next);
                }
                self.status = StatusMessage::info("the import was undone");
            }
            Err(error) => {
                let again = AppCommand::TakeBackImport(into);
                let words = format!(
                    "The import was not undone. {}.",
                    capitalize(&error.to_string())
                );
                self.drop_undo_of_import();
                self.fail(words, vec![(UNDO_IMPORT.to_owned(), again)]);
            }
        }
    }
}
