//! Slow work runs on named threads; its results arrive with the next frame.

use std::panic::{AssertUnwindSafe, catch_unwind};
use std::path::PathBuf;
use std::sync::mpsc::{Receiver, Sender, channel};
use std::sync::{Arc, Mutex};

use super::app::{ArticleRead, MergeResult};
use super::find::{Found, Search};
use super::workspace::{ArticleProgress, OpenArticle};
use crate::model::{Document, Transaction};
use crate::ops::{
    ExportPreview, ExportRequest, ExternalChanges, ImportReport, ImportRequest, MergeFromDiskError,
    Progress, Recoverable, SaveError, SaveReport,
};
use crate::store::{FolderListing, ReadError, Stamp};

/// Where long work is done.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Execution {
    /// On a thread, so that the window stays responsive.
    Threaded,
    /// At once, before the call returns. For tests that must not depend on timing.
    Inline,
}

/// What a file dialog asks for.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Pick {
    /// An article.
    File,
    /// A folder.
    Folder,
}

/// What came of a file dialog.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Picked {
    /// This one.
    Path(PathBuf),
    /// Nothing was chosen.
    Cancelled,
    /// There is no dialog on this machine.
    Unavailable,
}

/// Something that has been done.
#[derive(Debug)]
pub(crate) enum TaskResult {
    /// The text of an article, whose tags are still being read.
    TextRead {
        article: PathBuf,
        opened: Box<OpenArticle>,
    },
    Opened(Box<ArticleRead>),
    FolderListed {
        folder: PathBuf,
        result: Result<FolderListing, String>,
    },
    Saved {
        article: PathBuf,
        /// What the document was when it was handed over, for `mark_saved`.
        state: u64,
        /// What was handed over.
        document: Box<Document>,
        /// How long it took, in seconds.
        took: f64,
        result: Result<SaveReport, SaveError>,
    },
    /// Whether the last entry of a journal could be written.
    JournalWritten(Result<(), String>),
    /// Articles that have work that was not saved.
    UnsavedFound(Vec<Recoverable>),
    /// The steps of such work, as they fit what is open.
    Recovered {
        found: Box<Recoverable>,
        /// What the document was when it was handed over.
        state: u64,
        result: Result<Vec<Transaction>, String>,
    },
    /// What someone else's version came to, put together with ours.
    Merged {
        article: PathBuf,
        /// What the document was when it was handed over.
        state: u64,
        result: Result<MergeResult, MergeFromDiskError>,
    },
    /// What others have done to the files of an open article.
    ExternalChanges {
        article: PathBuf,
        /// What the sidecar was known to look like.
        stamp: Stamp,
        changes: Result<ExternalChanges, ReadError>,
    },
    PathPicked {
        pick: Pick,
        picked: Picked,
    },
    /// What an export would write.
    Previewed {
        request: Box<ExportRequest>,
        preview: Box<Result<ExportPreview, String>>,
    },
    /// How far an export is.
    ExportProgress(Progress),
    /// What an import has written, or would write.
    Imported {
        request: Box<ImportRequest>,
        result: Box<Result<ImportReport, String>>,
    },
    /// What was exported, in words.
    Exported(Result<String, String>),
    /// What a search of the article has found.
    Searched {
        search: Search,
        found: Found,
    },
    ArticleProgress {
        article: PathBuf,
        progress: ArticleProgress,
    },
    /// A thread of this name has failed, which is a mistake in this program.
    Failed(String),
}

impl TaskResult {
    /// What was done, in a word.
    pub(crate) fn name(&self) -> &'static str {
        match self {
            Self::TextRead { .. } => "text",
            Self::Opened(_) => "opened",
            Self::FolderListed { .. } => "listed",
            Self::Saved { .. } => "saved",
            Self::JournalWritten(_) => "journal",
            Self::UnsavedFound(_) => "unsaved",
            Self::Recovered { .. } => "taken up",
            Self::Merged { .. } => "merged",
            Self::ExternalChanges { .. } => "looked",
            Self::PathPicked { .. } => "picked",
            Self::Previewed { .. } => "previewed",
            Self::ExportProgress(_) => "exporting",
            Self::Imported { .. } => "imported",
            Self::Exported(_) => "exported",
            Self::Searched { .. } => "searched",
            Self::ArticleProgress { .. } => "surveyed",
            Self::Failed(_) => "failed",
        }
    }
}

/// Starts work and collects results.
pub(crate) struct Worker {
    execution: Execution,
    sender: Sender<TaskResult>,
    receiver: Receiver<TaskResult>,
    context: egui::Context,
}

impl Worker {
    pub(crate) fn new(context: &egui::Context, execution: Execution) -> Self {
        let (sender, receiver) = channel();
        Self {
            execution,
            sender,
            receiver,
            context: context.clone(),
        }
    }

    /// Does `job` on a thread called `name`.
    pub(crate) fn spawn(&self, name: &str, job: impl FnOnce() -> TaskResult + Send + 'static) {
        self.spawn_stream(name, move |tell| {
            tell(job());
        });
    }

    /// Does `job` on a thread called `name`; it reports progress, and learns whether it is
    /// cancelled.
    pub(crate) fn spawn_stream(
        &self,
        name: &str,
        job: impl FnOnce(&dyn Fn(TaskResult) -> bool) + Send + 'static,
    ) {
        let (sender, context) = (self.sender.clone(), self.context.clone());
        let called = name.to_owned();
        let run = move || {
            let tell = |done| {
                let heard = sender.send(done).is_ok();
                context.request_repaint();
                heard
            };
            // The receiver must learn that nothing comes.
            if catch_unwind(AssertUnwindSafe(|| job(&tell))).is_err() {
                tell(TaskResult::Failed(called));
            }
        };
        if self.execution == Execution::Inline {
            run();
            return;
        }
        // Kept where it can be had back: without threads the window does it itself.
        let kept = Arc::new(Mutex::new(Some(run)));
        let take = |kept: &Mutex<Option<_>>| kept.lock().ok().and_then(|mut run| run.take());
        let handed = Arc::clone(&kept);
        let started = std::thread::Builder::new()
            .name(name.to_owned())
            .spawn(move || {
                if let Some(run) = take(&handed) {
                    run();
                }
            });
        if let Err(error) = started {
            log::warn!("no thread for {name}, the window does it: {error}");
            if let Some(run) = take(&kept) {
                run();
            }
        }
    }

    /// Something to call on any thread that hands a result to the window.
    pub(crate) fn result_sender(&self) -> impl Fn(TaskResult) + Send + Sync + 'static {
        let (sender, context) = (self.sender.clone(), self.context.clone());
        move |done| {
            // A window that is closed hears nothing.
            let _ = sender.send(done);
            context.request_repaint();
        }
    }

    /// What has been done since, in order.
    pub(crate) fn done(&self) -> Vec<TaskResult> {
        self.receiver.try_iter().collect()
    }
}
