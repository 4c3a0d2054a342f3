//! Articles of the folder with nearly the same text: grouped on a thread, shown, and their tags carried along.

use std::path::{Path, PathBuf};
use std::sync::Arc;

use super::App;
use super::status_message::StatusMessage;
use crate::gui::task_result::{BulkDone, TaskResult};
use crate::gui::workspace::SurveyedArticle;
use crate::ops::article_list::{ArticleSummary, Copies, Queue};
use crate::ops::carry_tags::carry_tags;

const NO_COPIES: &str = "no article of this folder has nearly the same text";

/// Whether the groups of copies are those of the texts as they are.
#[derive(Debug, Default)]
pub(super) struct Grouping {
    /// Whether a text has changed, come or gone since they were made.
    stale: bool,
    /// Whether a thread makes them.
    running: bool,
}

impl Grouping {
    /// Notes that an article has come or gone.
    pub(super) fn note_change(&mut self) {
        self.stale = true;
    }
}

impl App {
    /// Notes which texts are others than those known so far.
    pub(super) fn note_texts(&mut self, surveyed: &[SurveyedArticle]) {
        let changed = |article: &SurveyedArticle| match &article.result {
            Ok(summary) => {
                let known = self.workspace.summary(&article.article);
                known.map(|known| &known.sketch) != Some(&summary.sketch)
            }
            Err(_) => false,
        };
        self.grouping.stale |= surveyed.iter().any(changed);
    }

    /// Groups the articles of the list on a thread, where their texts have changed.
    pub(super) fn group_copies(&mut self) {
        if self.grouping.running || !self.grouping.stale {
            return;
        }
        self.grouping.running = true;
        self.grouping.stale = false;
        let listed = self.workspace.listed.iter();
        let articles: Vec<(PathBuf, Arc<ArticleSummary>)> = listed
            .filter_map(|path| Some((path.clone(), self.workspace.summaries.get(path)?.clone())))
            .collect();
        self.worker.spawn("group copies", move || {
            let sketched = articles
                .iter()
                .map(|(path, summary)| (&**path, summary.sketch.as_ref()));
            TaskResult::CopiesGrouped(Copies::among(sketched))
        });
    }

    pub(super) fn on_copies_grouped(&mut self, copies: Copies) {
        self.grouping.running = false;
        self.workspace.copies = copies;
        self.workspace.list_version += 1;
        // Something may have changed meanwhile.
        self.group_copies();
    }

    /// Shows the copies of the article at hand alone in the list, or all articles again.
    pub(super) fn show_copies(&mut self) {
        let Some(path) = self.workspace.current_path().map(Path::to_owned) else {
            return;
        };
        let queue = Queue::CopiesOf(self.workspace.name(&path).replace('\\', "/").into());
        let lists_copies = matches!(self.list.order.queue, Queue::CopiesOf(_));
        if lists_copies && self.list.shown().any(|shown| *shown == path) {
            self.list.order.queue = Queue::All;
            return;
        }
        if self.workspace.copies.group(&path).is_none() {
            self.status = StatusMessage::refusal(NO_COPIES);
            return;
        }
        self.list.order.queue = queue;
        self.list.order.state = None;
        self.list.order.containing.clear();
        self.show_files = true;
        self.files_by_hand = true;
    }

    /// Carries the tags of the article at hand into its copies, as suggestions there, in one step.
    pub(super) fn carry_tags(&mut self) {
        let Some(path) = self.workspace.current_path().map(Path::to_owned) else {
            return;
        };
        let copies = self.workspace.copies.others(&path);
        let can_open = |path: &&PathBuf| self.workspace.can_open(path);
        let copies: Vec<PathBuf> = copies.filter(can_open).cloned().collect();
        if copies.is_empty() {
            self.status = StatusMessage::refusal(NO_COPIES);
            return;
        }
        let encoding = self.services.encoding;
        self.bulk_step(Box::new(move |place| {
            let step = place.request();
            match carry_tags(&step, &path, &copies, encoding, &mut |_| ()) {
                Ok(report) => {
                    let remark = report.difference_words(&place.root);
                    match report.step {
                        Some(report) => BulkDone::Done { report, remark },
                        None => BulkDone::Nothing(remark),
                    }
                }
                Err(error) => BulkDone::Failed(error),
            }
        }));
    }
}
