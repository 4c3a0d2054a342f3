//! Slow work runs on named threads; its results arrive with the next frame.

use std::panic::{AssertUnwindSafe, catch_unwind};
use std::sync::mpsc::{Receiver, Sender, channel};
use std::sync::{Arc, Mutex};

/// Where long work is done.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Execution {
    /// On a thread, so that the window stays responsive.
    Threaded,
    /// At once, before the call returns. For tests that must not depend on timing.
    Inline,
}

/// Hands out work and collects what came of it.
pub(crate) struct Worker<R> {
    execution: Execution,
    sender: Sender<R>,
    receiver: Receiver<R>,
    context: egui::Context,
    /// The result of a job that failed, from the name of its thread.
    failed: fn(String) -> R,
}

impl<R: Send + 'static> Worker<R> {
    pub(crate) fn new(
        context: &egui::Context,
        execution: Execution,
        failed: fn(String) -> R,
    ) -> Self {
        let (sender, receiver) = channel();
        Self {
            execution,
            sender,
            receiver,
            context: context.clone(),
            failed,
        }
    }

    /// Does `job` on a thread called `name`.
    pub(crate) fn spawn(&self, name: &str, job: impl FnOnce() -> R + Send + 'static) {
        self.spawn_stream(name, move |send| {
            send(job());
        });
    }

    /// Does `job` on a thread called `name`; it reports progress, and learns whether it is
    /// cancelled.
    pub(crate) fn spawn_stream(
        &self,
        name: &str,
        job: impl FnOnce(&dyn Fn(R) -> bool) + Send + 'static,
    ) {
        let (sender, context) = (self.sender.clone(), self.context.clone());
        let (called, failed) = (name.to_owned(), self.failed);
        let run = move || {
            let send = |done| {
                let sent = sender.send(done).is_ok();
                context.request_repaint();
                sent
            };
            // The receiver must learn that nothing comes.
            if catch_unwind(AssertUnwindSafe(|| job(&send))).is_err() {
                send(failed(called));
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
    pub(crate) fn result_sender(&self) -> impl Fn(R) + Send + Sync + 'static {
        let (sender, context) = (self.sender.clone(), self.context.clone());
        move |done| {
            // A window that is closed hears nothing.
            let _ = sender.send(done);
            context.request_repaint();
        }
    }

    /// What has been done since, in order.
    pub(crate) fn results(&self) -> Vec<R> {
        self.receiver.try_iter().collect()
    }
}
