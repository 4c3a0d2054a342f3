//! Notes how the window is while it is open, so that a program that is killed loses the last seconds
//! of that at most. A thread waits and writes: no frame waits for a disk, and none is drawn for it.

use std::path::{Path, PathBuf};
use std::sync::mpsc::{Receiver, RecvTimeoutError, Sender, channel};
use std::thread::JoinHandle;
use std::time::{Duration, Instant};

use super::worker::Execution;
use crate::store::{self, ReadingPosition, WindowState};

/// How long after a change it is written. Further changes do not put that off.
const PAUSE: Duration = Duration::from_secs(2);

/// How the window is, and where the person is in the article that is shown.
#[derive(Debug, Clone, PartialEq)]
pub(crate) struct WindowNote {
    pub(crate) window: WindowState,
    pub(crate) place: Option<(PathBuf, ReadingPosition)>,
}

impl WindowNote {
    fn write(&self, state: &Path) {
        if let Err(error) = store::save_window(state, &self.window) {
            log::warn!("the state of the window is not saved: {error}");
        }
        if let Some((article, place)) = &self.place
            && let Err(error) = store::save_position(state, article, *place)
        {
            log::warn!("the reading position is not saved: {error}");
        }
    }
}

/// Writes notes into the state folder.
pub(crate) struct WindowNotes {
    /// `None`: nothing is kept.
    state: Option<PathBuf>,
    execution: Execution,
    last: Option<WindowNote>,
    /// `None`: nothing has changed yet, or the window was asked to close.
    writer: Option<(Sender<WindowNote>, JoinHandle<()>)>,
}

impl WindowNotes {
    pub(crate) fn new(state: Option<PathBuf>, execution: Execution) -> Self {
        Self {
            state,
            execution,
            last: None,
            writer: None,
        }
    }

    /// Whether anything is kept.
    pub(crate) fn are_kept(&self) -> bool {
        self.state.is_some()
    }

    /// Writes a note some seconds later, if it says something new.
    pub(crate) fn note(&mut self, note: WindowNote) {
        if self.execution == Execution::Inline || self.last.as_ref() == Some(&note) {
            return;
        }
        self.last = Some(note.clone());
        if self.writer.is_none()
            && let Some(state) = self.state.clone()
        {
            let (sender, notes) = channel();
            let thread = std::thread::Builder::new()
                .name("window notes".to_owned())
                .spawn(move || write_when_due(&notes, &state));
            match thread {
                Ok(thread) => self.writer = Some((sender, thread)),
                Err(error) => log::warn!("the window is noted only when it closes: {error}"),
            }
        }
        if let Some((sender, _)) = &self.writer {
            // A thread that has failed writes nothing; closing still does.
            let _ = sender.send(note);
        }
    }

    /// Writes the last note at once: the window closes.
    pub(crate) fn write_now(&mut self, note: &WindowNote) {
        // Nothing older is written afterwards.
        if let Some((sender, thread)) = self.writer.take() {
            drop(sender);
            if thread.join().is_err() {
                log::error!("the thread that notes the window has failed");
            }
        }
        if let Some(state) = &self.state {
            note.write(state);
        }
    }
}

/// Writes the latest of the notes that arrive within [`PAUSE`] from the first.
fn write_when_due(notes: &Receiver<WindowNote>, state: &Path) {
    while let Ok(mut latest) = notes.recv() {
        let due = Instant::now() + PAUSE;
        loop {
            match notes.recv_timeout(due.saturating_duration_since(Instant::now())) {
                Ok(newer) => latest = newer,
                Err(RecvTimeoutError::Timeout) => break,
                Err(RecvTimeoutError::Disconnected) => return,
            }
        }
        latest.write(state);
    }
}
