//! Notes what is typed in the dialogs while they are open, so that a program that is killed loses the
//! last seconds of that at most. A thread writes: no frame waits for a disk.

use std::path::{Path, PathBuf};
use std::sync::mpsc::{Sender, channel};
use std::thread::JoinHandle;

use super::worker::Execution;
use crate::store::{Draft, OpenDrafts};

/// Seconds after a key at which what is typed is noted. Further keys do not put that off.
pub(crate) const PAUSE: f64 = 2.0;

/// Writes notes into the state folder.
pub(crate) struct TypedNotes {
    /// `None`: nothing is kept.
    state: Option<PathBuf>,
    execution: Execution,
    /// What was noted last.
    last: Vec<Draft>,
    /// `None`: nothing was typed yet.
    writer: Option<Writer>,
}

enum Writer {
    Thread(Sender<Vec<Draft>>, JoinHandle<()>),
    Inline(File),
}

/// The file, from the first words on.
struct File {
    state: PathBuf,
    open: Option<OpenDrafts>,
}

impl File {
    fn new(state: &Path) -> Self {
        Self {
            state: state.to_owned(),
            open: None,
        }
    }

    fn write(&mut self, drafts: &[Draft]) {
        let open = match self.open.take() {
            Some(open) => Ok(open),
            None => OpenDrafts::new(&self.state),
        };
        let written = open.and_then(|open| {
            let written = open.write(drafts);
            self.open = Some(open);
            written
        });
        if let Err(error) = written {
            log::warn!("what is being typed is kept only at the end: {error}");
        }
    }
}

impl TypedNotes {
    pub(crate) fn new(state: Option<PathBuf>, execution: Execution) -> Self {
        Self {
            state,
            execution,
            last: Vec::new(),
            writer: None,
        }
    }

    /// Whether nothing is noted.
    pub(crate) fn is_empty(&self) -> bool {
        self.last.is_empty()
    }

    /// Writes what is typed now, if it is something new.
    pub(crate) fn note(&mut self, drafts: Vec<Draft>) {
        let Some(state) = self.state.as_deref().filter(|_| self.last != drafts) else {
            return;
        };
        self.last.clone_from(&drafts);
        let writer = self
            .writer
            .get_or_insert_with(|| start(state, self.execution));
        match writer {
            Writer::Thread(sender, _) => {
                // A thread that has failed writes nothing; the end of the session still does.
                let _ = sender.send(drafts);
            }
            Writer::Inline(file) => file.write(&drafts),
        }
    }
}

fn start(state: &Path, execution: Execution) -> Writer {
    let mut file = File::new(state);
    if execution == Execution::Inline {
        return Writer::Inline(file);
    }
    let (sender, notes) = channel::<Vec<Draft>>();
    let thread = std::thread::Builder::new()
        .name("typed notes".to_owned())
        .spawn(move || {
            while let Ok(mut latest) = notes.recv() {
                latest = notes.try_iter().last().unwrap_or(latest);
                file.write(&latest);
            }
        });
    match thread {
        Ok(thread) => Writer::Thread(sender, thread),
        Err(error) => {
            log::warn!("the window itself notes what is typed: {error}");
            Writer::Inline(File::new(state))
        }
    }
}

impl Drop for TypedNotes {
    /// The program does not end before the last note is written.
    fn drop(&mut self) {
        if let Some(Writer::Thread(sender, thread)) = self.writer.take() {
            drop(sender);
            if thread.join().is_err() {
                log::error!("the thread that notes what is typed has failed");
            }
        }
    }
}
