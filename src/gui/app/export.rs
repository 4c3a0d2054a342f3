//! Exporting the article that is shown: from the disk, as the command line does, so it is saved
//! first.

use std::path::{Path, PathBuf};

use super::App;
use super::status::Status;
use crate::gui::dialog::{Dialog, ExportDialog};
use crate::gui::worker::Done;
use crate::ops::{self, ExportReport, ExportRequest};

/// An export that waits until its article is saved.
#[derive(Debug)]
pub(super) struct Export {
    article: PathBuf,
    format: &'static str,
    output: PathBuf,
}

impl App {
    pub(super) fn ask_where_to_export(&mut self) {
        let path = self.workspace.current_path();
        self.dialog = path.and_then(ExportDialog::new).map(Dialog::Export);
    }

    pub(super) fn export(&mut self, format: &'static str, output: PathBuf) {
        let Some(article) = self.workspace.current() else {
            return;
        };
        let path = article.files.article.clone();
        let saved = !article.is_dirty() && !article.saving.running;
        self.exports.push(Export {
            article: path.clone(),
            format,
            output,
        });
        if saved {
            self.export_what_waits_for(&path, true);
        } else {
            self.save(&path);
        }
    }

    pub(super) fn export_what_waits_for(&mut self, article: &Path, saved: bool) {
        let waiting = std::mem::take(&mut self.exports);
        for export in waiting {
            if export.article != article {
                self.exports.push(export);
            } else if saved {
                self.start_export(export);
            } else {
                self.status = Status::refuses("not exported: the tags could not be saved first");
            }
        }
    }

    fn start_export(&self, export: Export) {
        let annotator = self.deps.annotator.clone().unwrap_or_default();
        let encoding = self.deps.encoding;
        self.worker.start("export", move || {
            let request = ExportRequest {
                paths: vec![export.article],
                format: export.format.to_owned(),
                output: Some(export.output.clone()),
                annotators: vec![annotator],
                all: false,
                encoding,
            };
            let result = ops::export(&request, &mut std::io::sink(), &mut |_| ());
            Done::Exported(match result {
                Ok(report) => Ok(words(&report, &export.output)),
                Err(error) => Err(error.to_string()),
            })
        });
    }

    pub(super) fn take_exported(&mut self, result: Result<String, String>) {
        match result {
            Ok(words) => self.status = Status::says(words),
            Err(words) => self.warn(format!("Not exported. {words}"), Vec::new()),
        }
    }
}

fn words(report: &ExportReport, output: &Path) -> String {
    let mut words = format!(
        "exported {} tags and {} links to {}",
        report.tags,
        report.links,
        output.display()
    );
    let left_out = report.left_out.rejected + report.left_out.undecided;
    if left_out > 0 {
        words.push_str(&format!("; {left_out} rejected or undecided left out"));
    }
    for loss in &report.losses {
        words.push_str(&format!("; {loss}"));
    }
    for problem in &report.problems {
        words.push_str(&format!("; {problem}"));
    }
    words
}
