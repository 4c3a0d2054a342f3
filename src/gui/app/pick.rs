//! Paths chosen with the platform's file dialogs, one at a time.

use std::path::{Path, PathBuf};
use std::sync::Arc;

use egui::Context;

use super::App;
use super::status_message::StatusMessage;
use crate::gui::dialog::{Dialog, PathDialog, Wanted, is_document};
use crate::gui::file_dialogs::{Pick, PickRequest, Picked};
use crate::gui::task_result::TaskResult;

/// Why no second file dialog opens.
const ALREADY_OPEN: &str = "a file dialog is already open; answer it, or type the path";

impl App {
    /// The folder file dialogs begin in and imports go to: that of what is open.
    pub(super) fn open_folder(&self) -> Option<PathBuf> {
        let article = self.workspace.current_path();
        let of_article = article.and_then(Path::parent).map(Path::to_owned);
        of_article.or_else(|| self.workspace.folder.clone())
    }

    /// Asks for an article or a folder to open.
    pub(super) fn pick_to_open(&mut self, context: &Context, pick: Pick) {
        let request = PickRequest {
            pick,
            folder: self.open_folder(),
            name: String::new(),
        };
        self.pick(context, request);
    }

    /// Asks for a path with the platform's dialog, unless one is open already.
    pub(super) fn pick(&mut self, context: &Context, request: PickRequest) {
        if self.picking {
            // One that hangs must not bar the way.
            self.ask_for_path(context, request.pick, true);
            return;
        }
        self.picking = true;
        let dialogs = Arc::clone(&self.services.dialogs);
        self.worker.spawn("dialog", move || TaskResult::PathPicked {
            pick: request.pick,
            picked: dialogs.pick(&request),
        });
    }

    pub(super) fn on_picked(&mut self, context: &Context, pick: Pick, picked: Picked) {
        self.picking = false;
        if self.status == StatusMessage::refusal(ALREADY_OPEN) {
            self.status = StatusMessage::default();
        }
        let paths = match picked {
            Picked::Paths(paths) => paths,
            Picked::Cancelled => return,
            Picked::Unavailable => {
                self.ask_for_path(context, pick, false);
                return;
            }
        };
        match pick {
            Pick::File | Pick::Folder => self.open_or_import(context, paths, is_document),
            Pick::SaveLearned => {
                paths
                    .into_iter()
                    .take(1)
                    .for_each(|path| self.save_learned(path));
            }
            Pick::ExportHits => {
                paths
                    .into_iter()
                    .take(1)
                    .for_each(|path| self.export_hits(path));
            }
            Pick::SavePlots => {
                paths
                    .into_iter()
                    .take(1)
                    .for_each(|path| self.save_plots(path));
            }
            Pick::SaveReport => {
                paths
                    .into_iter()
                    .take(1)
                    .for_each(|path| self.save_report(path));
            }
            Pick::LoadLearned => {
                paths
                    .into_iter()
                    .take(1)
                    .for_each(|path| self.load_learned(path));
            }
            Pick::ImportFile | Pick::ImportFolder | Pick::ImportInto | Pick::ExportTo => {
                for dialog in self.dialogs.all_mut() {
                    dialog.on_picked(pick, &paths);
                }
            }
        }
    }

    /// Asks for a path in the window, where the platform has no dialog or another one is open.
    fn ask_for_path(&mut self, context: &Context, pick: Pick, beside_other: bool) {
        let wanted = match pick {
            Pick::File => Wanted::File,
            Pick::Folder => Wanted::Folder,
            Pick::SaveLearned => Wanted::FileForLearned,
            Pick::LoadLearned => Wanted::LearnedFile,
            Pick::ExportHits => Wanted::FileForHits,
            Pick::SavePlots => Wanted::FolderForPlots,
            Pick::SaveReport => Wanted::FileForReport,
            // The field is beside the button.
            Pick::ImportFile | Pick::ImportFolder | Pick::ImportInto | Pick::ExportTo => {
                let words = if beside_other {
                    ALREADY_OPEN
                } else {
                    "no file dialog is available; type the path"
                };
                self.status = StatusMessage::refusal(words);
                return;
            }
        };
        let dialog = PathDialog::new(wanted, self.open_folder(), beside_other);
        self.open_dialog(context, Dialog::Path(dialog));
    }
}
