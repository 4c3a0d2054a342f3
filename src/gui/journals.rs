//! The journals of open articles: what is not saved yet is on the disk within a moment. One thread
//! writes them all, in order, so that no frame waits for a disk.

use std::path::PathBuf;
use std::sync::mpsc::{Sender, channel};
use std::sync::{Arc, Mutex, PoisonError};
use std::thread::JoinHandle;

use super::worker::Execution;
use crate::model::Document;
use crate::ops::Applied;
use crate::store::{FileFingerprint, Journal, WriteError};

/// The journal of an open article. Steps are added by the thread; a save announces what it is about
/// to write.
#[derive(Clone, Debug)]
pub(crate) struct SharedJournal(Arc<Mutex<Journal>>);

impl SharedJournal {
    pub(crate) fn new(journal: Journal) -> Self {
        Self(Arc::new(Mutex::new(journal)))
    }

    /// Does something with the journal. One that another thread left in the middle of something is
    /// whole nevertheless: what is on disk is known by its checksums.
    pub(crate) fn with<T>(&self, act: impl FnOnce(&mut Journal) -> T) -> T {
        act(&mut self.0.lock().unwrap_or_else(PoisonError::into_inner))
    }
}

/// Something to be written.
pub(crate) enum JournalTask {
    /// Steps that were done.
    Steps(SharedJournal, Vec<Applied>),
    /// The sidecar is this file now and matches the document in this state.
    Saved(SharedJournal, u64, FileFingerprint, Box<Document>),
    /// All steps of a journal found at the start are in this one.
    TookOver(SharedJournal, PathBuf),
    /// Nothing: tells the caller that everything before it is done.
    Flush(Sender<()>),
}

impl JournalTask {
    fn write(self) -> Result<(), WriteError> {
        match self {
            Self::Steps(journal, steps) => journal.with(|journal| journal.append(&steps)),
            Self::Saved(journal, state, fingerprint, document) => {
                journal.with(|journal| journal.saved(state, fingerprint, &document))
            }
            Self::TookOver(journal, found) => journal.with(|journal| journal.took_over(&found)),
            Self::Flush(waiting) => {
                // The receiver is gone; that is fine.
                let _ = waiting.send(());
                Ok(())
            }
        }
    }
}

/// Writes journals.
pub(crate) struct Journals {
    /// `None`: at once, on the thread of the caller.
    sender: Option<Sender<JournalTask>>,
    thread: Option<JoinHandle<()>>,
    report: Arc<dyn Fn(Result<(), String>) + Send + Sync>,
}

impl Journals {
    /// `tell` is called after each entry with whether it could be written.
    pub(crate) fn new(
        execution: Execution,
        report: impl Fn(Result<(), String>) + Send + Sync + 'static,
    ) -> Self {
        let report: Arc<dyn Fn(Result<(), String>) + Send + Sync> = Arc::new(report);
        let mut journals = Self {
            sender: None,
            thread: None,
            report: Arc::clone(&report),
        };
        if execution == Execution::Inline {
            return journals;
        }
        let (sender, entries) = channel::<JournalTask>();
        let run = move || {
            for entry in entries {
                report(entry.write().map_err(|error| error.to_string()));
            }
        };
        match std::thread::Builder::new()
            .name("journal".to_owned())
            .spawn(run)
        {
            Ok(thread) => {
                journals.sender = Some(sender);
                journals.thread = Some(thread);
            }
            Err(error) => log::error!("journals are written by the window itself: {error}"),
        }
        journals
    }

    pub(crate) fn add(&self, entry: JournalTask) {
        let entry = match &self.sender {
            Some(sender) => match sender.send(entry) {
                Ok(()) => return,
                Err(back) => back.0,
            },
            None => entry,
        };
        (self.report)(entry.write().map_err(|error| error.to_string()));
    }

    /// Something to call on another thread that returns once everything added so far is written.
    pub(crate) fn barrier(&self) -> impl FnOnce() + Send + 'static {
        let (sender, flushed) = channel();
        self.add(JournalTask::Flush(sender));
        move || {
            let _ = flushed.recv();
        }
    }
}

impl Drop for Journals {
    /// The program does not end before everything is written.
    fn drop(&mut self) {
        self.sender = None;
        if let Some(thread) = self.thread.take()
            && thread.join().is_err()
        {
            log::error!("the journal's thread has failed");
        }
    }
}
