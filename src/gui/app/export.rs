//! Exporting: from the disk, as the command line does, so everything is saved first.

use std::path::PathBuf;

use egui::Context;

use super::App;
use super::status_message::StatusMessage;
use crate::gui::dialog::{Dialog, ExportDialog, export_notes};
use crate::gui::task_result::TaskResult;
use crate::ops::{self, ExportPreview, ExportReport, ExportRequest, Progress};
use crate::text::wording::count;

impl App {
    pub(super) fn ask_where_to_export(&mut self, context: &Context) {
        let folder = self.workspace.folder.as_deref();
        let path = self.workspace.current_path();
        let annotator = self.services.annotator.as_deref();
        let dialog = path.and_then(|path| {
            // Curated tags are nobody's.
            ExportDialog::new(path, folder, annotator, self.adjudicating)
        });
        if let Some(dialog) = dialog {
            self.open_dialog(context, Dialog::Export(Box::new(dialog)));
        }
        self.save_all();
    }

    /// Previews an export, on a thread.
    pub(super) fn preview_export(&mut self) {
        if !self.workspace.dirty().is_empty() {
            return;
        }
        let encoding = self.services.encoding;
        let exports = self.dialogs.all_mut().find_map(Dialog::as_export);
        if let Some(dialog) = exports
            && let Some(request) = dialog.wanted()
        {
            self.worker.spawn("preview", move || {
                let with_encoding = ExportRequest {
                    encoding,
                    ..request.clone()
                };
                let preview = ops::preview_export(&with_encoding, &mut |_| ());
                TaskResult::Previewed {
                    preview: Box::new(preview.map_err(|error| error.to_string())),
                    request: Box::new(request),
                }
            });
        }
    }

    pub(super) fn on_preview(
        &mut self,
        request: &ExportRequest,
        preview: Result<ExportPreview, String>,
    ) {
        for dialog in self.dialogs.all_mut().filter_map(Dialog::as_export) {
            dialog.on_preview(request, preview.clone());
        }
    }

    pub(super) fn export(&mut self, request: ExportRequest) {
        self.exports.push(request);
        if self.workspace.dirty().is_empty() {
            self.start_exports();
        } else {
            self.save_all();
        }
    }

    /// Begins exports that wait for articles to be saved, once all are.
    pub(super) fn start_waiting_exports(&mut self, saved: bool) {
        if self.exports.is_empty() {
            return;
        }
        if !saved {
            self.exports.clear();
            self.status = StatusMessage::refusal("not exported: save the tags first");
        } else if self.workspace.dirty().is_empty() {
            self.start_exports();
        }
    }

    fn start_exports(&mut self) {
        for export in std::mem::take(&mut self.exports) {
            let encoding = self.services.encoding;
            self.worker.spawn_stream("export", move |send| {
                let request = ExportRequest { encoding, ..export };
                let mut told = 0;
                let progress = &mut |progress: Progress| {
                    // A hundred words at most.
                    let percent = progress.done * 100 / progress.total.max(1);
                    if percent > told {
                        told = percent;
                        send(TaskResult::ExportProgress(progress));
                    }
                };
                let output = request.output.clone().unwrap_or_default();
                let result = ops::export(&request, &mut std::io::sink(), progress);
                send(TaskResult::Exported(match result {
                    Ok(report) => Ok(words(&report, output)),
                    Err(error) => Err(error.to_string()),
                }));
            });
        }
    }

    pub(super) fn on_export_progress(&mut self, progress: Progress) {
        let Progress { done, total } = progress;
        self.status = StatusMessage::info(format!("exporting: {done} of {total} articles"));
    }

    pub(super) fn on_exported(&mut self, result: Result<String, String>) {
        match result {
            Ok(words) => self.status = StatusMessage::info(words),
            Err(words) => self.fail(format!("Not exported. {words}"), Vec::new()),
        }
    }
}

fn words(report: &ExportReport, output: PathBuf) -> String {
    if report.kept {
        let output = output.display();
        return match (report.unread, report.documents) {
            (1.., 1..) => format!(
                "not exported: {} could not be read whole, and {output} may hold more; fix what `pullquote \
                 check` names, or choose another file",
                count(report.unread, "file")
            ),
            _ => format!("nothing to export; {output} was left as it was"),
        };
    }
    let mut words = format!("exported {} to {}", report.summary(), output.display());
    for note in export_notes(report) {
        words.push_str("; ");
        words.push_str(&note);
    }
    words
}
