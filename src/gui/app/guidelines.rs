//! The guidelines of the project in the window, open questions and the exam.

use std::path::Path;

use egui::Context;

use super::App;
use super::status_message::StatusMessage;
use crate::gui::app_command::AppCommand;
use crate::gui::panel::DetailsTab;
use crate::gui::task_result::TaskResult;
use crate::ops::ui_command::UiCommand;
use crate::ops::{self, FileProblem, Guidelines};
use crate::text::wording::count;

/// The query that finds what somebody is unsure about.
const OPEN_QUESTIONS: &str = "review:unsure";

impl App {
    /// Shows the guidelines, at the section about the current tag's label.
    pub(super) fn show_guidelines(&mut self, context: &Context) {
        self.show_details_panel(context);
        self.tab = DetailsTab::Guidelines;
        self.guidelines.seeks_section = true;
        self.read_guidelines();
    }

    /// Reads the guidelines of the article that is shown, if it is another one than before.
    pub(super) fn follow_guidelines(&mut self) {
        let article = self.workspace.current();
        let named = article.filter(|article| !article.open.schema().guidelines.is_empty());
        let path = named.map(|article| &article.files.article);
        if self.guidelines.read_for.as_ref() == path {
            return;
        }
        self.guidelines.read_for = path.cloned();
        self.guidelines.show(None);
        self.guidelines.failed = None;
        if self.guidelines.read_for.is_some() {
            self.read_guidelines();
        }
    }

    /// Reads the guidelines again, where some were read: somebody may have changed them.
    pub(super) fn read_guidelines_again(&mut self) {
        if self.guidelines.read_for.is_some() {
            self.read_guidelines();
        }
    }

    /// Reads the guidelines on a thread.
    fn read_guidelines(&mut self) {
        let Some(article) = self.workspace.current() else {
            return;
        };
        let path = article.files.article.clone();
        let schema = article.open.schema().clone();
        self.worker
            .spawn("guidelines", move || TaskResult::GuidelinesRead {
                result: ops::guidelines_for(&path, &schema),
                article: path,
            });
    }

    pub(super) fn on_guidelines_read(
        &mut self,
        path: &Path,
        result: Result<Option<(Guidelines, Vec<FileProblem>)>, FileProblem>,
    ) {
        let Some(article) = self.workspace.current() else {
            return;
        };
        if article.files.article != path {
            return;
        }
        let panel = &mut self.guidelines;
        panel.failed = None;
        match result {
            Ok(read) => {
                let problems = read.as_ref().map_or(0, |(_, problems)| problems.len());
                panel.show(read.map(|(guidelines, _)| guidelines));
                if problems > 0 && panel.seeks_section {
                    let words = count(problems, "example");
                    self.status = StatusMessage::refusal(format!(
                        "{words} of the guidelines cannot be read; `pullquote check` names them"
                    ));
                }
            }
            Err(problem) => {
                panel.show(None);
                panel.failed = Some(problem.to_string());
            }
        }
        // Nobody who only opens an article has asked.
        if !std::mem::take(&mut panel.seeks_section) {
            return;
        }
        let tag = article.open.current_tag();
        let label = tag.and_then(|tag| article.open.schema().label(&tag.label));
        let guidelines = panel.guidelines.as_ref();
        if let (Some(label), Some(guidelines)) = (label, guidelines) {
            panel.reveal = guidelines.section_of(label);
            if panel.reveal.is_none() {
                let words = format!("no heading of the guidelines names {}", label.name);
                self.status = StatusMessage::info(words);
            }
        }
    }

    /// Searches all articles for what somebody is unsure about.
    pub(super) fn show_open_questions(&mut self, context: &Context) {
        self.show_search(context);
        OPEN_QUESTIONS.clone_into(&mut self.searching.search.query);
    }

    /// Opens the person's own copy of the exam, which is written first where it is not there.
    pub(super) fn take_exam(&mut self, context: &Context) {
        let Some(name) = self.services.annotator.clone() else {
            let why = "your copy of the exam has it; then the exam opens";
            self.ask_name_for(context, UiCommand::TakeExam, why);
            return;
        };
        let Some(article) = self.workspace.current() else {
            return;
        };
        match ops::write_exam(&article.files.article, &name) {
            Ok((path, _)) => self.queue.push_back(AppCommand::Open(path)),
            Err(error) => self.status = StatusMessage::refusal(error.to_string()),
        }
    }

    /// Compares the tags of the exam with the right ones.
    pub(super) fn compare_exam(&mut self, context: &Context) {
        let Some(article) = self.workspace.current() else {
            return;
        };
        let answer = match ops::exam_answer(&article.files.article) {
            Ok(answer) => answer,
            Err(error) => {
                self.status = StatusMessage::refusal(error.to_string());
                return;
            }
        };
        let document = article.open.document();
        if document.source().as_str() != answer.source().as_str() {
            self.status =
                StatusMessage::refusal("this article is not the exam; take the exam first");
            return;
        }
        let annotator = article.open.annotator().cloned();
        let result = ops::compare_with_answer(&answer, annotator, document);
        self.status = StatusMessage::info(match result.differences.len() {
            0 => "no differences from the answer".to_owned(),
            n => format!("{} from the answer", count(n, "difference")),
        });
        self.guidelines.exam = Some(result);
        self.show_details_panel(context);
        self.tab = DetailsTab::Guidelines;
    }
}
