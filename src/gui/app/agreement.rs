//! How far the annotators of the folder agree: measured on a thread.

use std::path::PathBuf;

use egui::Context;

use super::App;
use super::status_message::StatusMessage;
use crate::gui::page::{FolderAgreement, Page};
use crate::gui::task_result::TaskResult;
use crate::ops::{AgreeRequest, agree};
use crate::text::TextRange;

impl App {
    /// Shows how far people agree, or goes back to the article.
    pub(super) fn toggle_agreement(&mut self, context: &Context) {
        if self.workspace.folder.is_none() {
            self.status = StatusMessage::refusal("open a folder first");
            return;
        }
        self.toggle_page(context, Page::Agreement);
        if self.page == Some(Page::Agreement) {
            for path in self.workspace.dirty() {
                self.save(&path);
            }
            self.measure_agreement();
        }
    }

    /// Measures how far people agree, on a thread.
    pub(super) fn measure_agreement(&mut self) {
        let Some(folder) = self.workspace.folder.clone() else {
            return;
        };
        let page = &mut self.agreement;
        let known = page.measured();
        if known.is_some_and(|measured| measured.folder != folder) {
            page.forget();
        }
        if std::mem::replace(&mut page.measuring, true) {
            page.stale = true;
            return;
        }
        page.stale = false;
        let request = AgreeRequest {
            paths: vec![folder.clone()],
            by: page.by.iter().map(|name| (name.clone(), None)).collect(),
            gamma: page.gamma,
            differences: true,
            encoding: self.services.encoding,
            ..AgreeRequest::default()
        };
        self.worker.spawn("agreement", move || {
            let measured = agree(&request, &mut |_| {});
            let measured = measured.map(|report| FolderAgreement { folder, report });
            let measured = measured.map_err(|error| error.to_string());
            TaskResult::AgreementMeasured(Box::new(measured))
        });
    }

    pub(super) fn on_agreement_measured(&mut self, result: Result<FolderAgreement, String>) {
        self.agreement.on_measured(result);
        if self.agreement.stale {
            self.measure_agreement();
        }
    }

    /// Measures again where the page is shown and articles were written.
    pub(super) fn follow_agreement(&mut self) {
        if self.page == Some(Page::Agreement) {
            self.measure_agreement();
        }
    }

    /// Goes to tags in which people differ, and draws those of all.
    pub(super) fn go_to_disagreement(&mut self, article: PathBuf, range: TextRange) {
        self.show_colleagues = true;
        self.go_to_range(article, range);
    }
}
