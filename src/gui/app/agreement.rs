//! How far the annotators of the folder agree: measured on a thread.

use std::path::PathBuf;

use egui::Context;
use smol_str::SmolStr;

use super::App;
use crate::gui::page::Page;
use crate::gui::task_result::TaskResult;
use crate::ops::{AgreeReport, AgreeRequest, agree};
use crate::text::TextRange;
use crate::text::wording::shown_annotator;

/// The name of an annotator as sidecars have it, from the one that is shown.
fn recorded(shown: &SmolStr) -> SmolStr {
    match shown == shown_annotator("") {
        true => SmolStr::default(),
        false => shown.clone(),
    }
}

impl App {
    /// Shows how far people agree, or goes back to the article.
    pub(super) fn toggle_agreement(&mut self, context: &Context) {
        if self.toggle_folder_page(context, Page::Agreement) {
            self.measure_agreement();
        }
    }

    /// Measures how far people agree, on a thread.
    pub(super) fn measure_agreement(&mut self) {
        let page = &mut self.agreement;
        let folder = self.workspace.folder.clone();
        let Some(folder) = folder.filter(|folder| page.measured.begins(folder)) else {
            return;
        };
        let request = AgreeRequest {
            paths: vec![folder],
            annotators: page.compared.between().map(recorded).collect(),
            by: page.by.iter().map(|name| (name.clone(), None)).collect(),
            gamma: page.gamma,
            differences: true,
            encoding: self.services.encoding,
            ..AgreeRequest::default()
        };
        self.worker.spawn("agreement", move || {
            let measured = agree(&request, &mut |_| {}).map_err(|error| error.to_string());
            TaskResult::AgreementMeasured(Box::new(measured))
        });
    }

    pub(super) fn on_agreement_measured(&mut self, result: Result<AgreeReport, String>) {
        if self.agreement.measured.end(result) {
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
    pub(super) fn go_to_disagreement(
        &mut self,
        context: &Context,
        article: PathBuf,
        range: TextRange,
    ) {
        self.show_colleagues = true;
        self.go_to_range(context, article, range);
    }
}
