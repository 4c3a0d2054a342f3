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
pub(crate) struct SharedJournal {
    journal: Arc<Mutex<Journal>>,
    /// Why what is not saved is not in it; apart, that no frame waits for a disk.
    behind: Arc<Mutex<Option<String>>>,
}

impl SharedJournal {
    pub(crate) fn new(journal: Journal) -> Self {
        Self {
            journal: Arc::new(Mutex::new(journal)),
            behind: Arc::default(),
        }
    }

    /// Why the last steps could not be written into it; `None`: they are.
    pub(crate) fn behind(&self) -> Option<String> {
        let behind = self.behind.lock();
        behind.unwrap_or_else(PoisonError::into_inner).clone()
    }

    /// Writes something, and notes whether all steps are on disk afterwards.
    fn write(&self, act: impl FnOnce(&mut Journal) -> Result<(), WriteError>) {
        let (written, is_behind) = self.with(|journal| (act(journal), journal.is_behind()));
        let behind = match written {
            Ok(()) => None,
            Err(error) if is_behind => Some(error.to_string()),
            Err(error) => {
                log::warn!("the journal holds more than it needs: {error}");
                None
            }
        };
        *self.behind.lock().unwrap_or_else(PoisonError::into_inner) = behind;
    }

    /// Does something with the journal. One that another thread left in the middle of something is
    /// whole nevertheless: what is on disk is known by its checksums.
    pub(crate) fn with<T>(&self, act: impl FnOnce(&mut Journal) -> T) -> T {
        act(&mut self.journal.lock().unwrap_or_else(PoisonError::into_inner))
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
    fn write(self) {
        match self {
            Self::Steps(journal, steps) => journal.write(|journal| journal.append(&steps)),
            Self::Saved(journal, state, fingerprint, document) => {
                journal.write(|journal| journal.saved(state, fingerprint, &document));
            }
            Self::TookOver(journal, found) => journal.write(|journal| journal.took_over(&found)),
            Self::Flush(waiting) => {
                // The receiver is gone; that is fine.
                let _ = waiting.send(());
            }
        }
    }
}

/// Writes journals.
pub(crate) struct Journals {
    /// `None`: at once, on the thread of the caller.
    sender: Option<Sender<JournalTask>>,
    thread: Option<JoinHandle<()>>,
    tell: Arc<dyn Fn() + Send + Sync>,
}

impl Journals {
    /// `tell` is called after each entry.
    pub(crate) fn new(execution: Execution, tell: impl Fn() + Send + Sync + 'static) -> Self {
        let tell: Arc<dyn Fn() + Send + Sync> = Arc::new(tell);
        let mut journals = Self {
            sender: None,
            thread: None,
            tell: Arc::clone(&tell),
        };
        if execution == Execution::Inline {
            return journals;
        }
        let (sender, entries) = channel::<JournalTask>();
        let run = move || {
            for entry in entries {
                entry.write();
                tell();
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
        entry.write();
        (self.tell)();
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
