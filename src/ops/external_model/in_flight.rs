//! A limit for what is read and not answered yet.

use std::sync::{Condvar, Mutex, MutexGuard, PoisonError};

/// So many documents may be on their way at a time.
pub(super) const MOST_DOCUMENTS: usize = 1_000;
/// And so many bytes; a longer document goes alone.
const MOST_BYTES: usize = 32 << 20;

#[derive(Debug, Default)]
struct Load {
    documents: usize,
    bytes: usize,
    closed: bool,
}

/// Counts documents on their way. Whoever adds one waits until there is room.
#[derive(Debug, Default)]
pub(super) struct InFlight {
    load: Mutex<Load>,
    changed: Condvar,
}

impl InFlight {
    /// Adds a document of so many bytes once there is room; `false` where none is wanted any more.
    pub(super) fn add(&self, bytes: usize) -> bool {
        let is_full = |load: &mut Load| {
            let fits = load.documents < MOST_DOCUMENTS && load.bytes + bytes <= MOST_BYTES;
            !load.closed && load.documents > 0 && !fits
        };
        let load = self.changed.wait_while(self.lock(), is_full);
        let mut load = load.unwrap_or_else(PoisonError::into_inner);
        load.documents += 1;
        load.bytes += bytes;
        !load.closed
    }

    /// Takes one off again.
    pub(super) fn remove(&self, bytes: usize) {
        let mut load = self.lock();
        load.documents = load.documents.saturating_sub(1);
        load.bytes = load.bytes.saturating_sub(bytes);
        self.changed.notify_all();
    }

    /// Lets nobody wait any more.
    pub(super) fn close(&self) {
        self.lock().closed = true;
        self.changed.notify_all();
    }

    fn lock(&self) -> MutexGuard<'_, Load> {
        self.load.lock().unwrap_or_else(PoisonError::into_inner)
    }
}
