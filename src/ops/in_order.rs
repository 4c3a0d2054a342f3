use std::io;
use std::sync::mpsc::{Receiver, SyncSender, TryRecvError, sync_channel};
use std::sync::{Arc, Mutex, PoisonError};
use std::thread;

/// So many items a thread are taken before the result of the first is.
const AHEAD: usize = 8;

/// Results of work on several threads, in the order of the items.
pub(super) struct InOrder<R> {
    queue: Receiver<Receiver<R>>,
    /// The next one, if it was asked for before it was ready.
    next: Option<Receiver<R>>,
}

/// What [`InOrder::try_next`] finds.
pub(super) enum Next<R> {
    /// A result.
    Ready(R),
    /// It takes a while.
    NotYet,
    /// The work on this item has panicked.
    Panicked,
    /// There are no more.
    End,
}

/// Does `work` on `items` on `jobs` threads and takes the items on another. Only a few items and results
/// are in memory at a time. The threads end with the items, or once the results are dropped; they are not
/// waited for, as an item may take long to come.
///
/// # Errors
/// The system's, where a thread cannot be started.
pub(super) fn in_order<T: Send + 'static, R: Send + 'static>(
    items: impl Iterator<Item = T> + Send + 'static,
    jobs: usize,
    work: impl Fn(T) -> R + Send + Sync + 'static,
) -> io::Result<InOrder<R>> {
    let (give_job, take_job) = sync_channel::<(T, SyncSender<R>)>(jobs);
    let (give_result, queue) = sync_channel(jobs * AHEAD);
    let take_job = Arc::new(Mutex::new(take_job));
    let work = Arc::new(work);
    for _ in 0..jobs {
        let (take_job, work) = (Arc::clone(&take_job), Arc::clone(&work));
        thread::Builder::new().spawn(move || {
            while let Some((item, result)) = take(&take_job) {
                // Fails where the results were dropped, and so nobody waits for it.
                let _ = result.send(work(item));
            }
        })?;
    }
    drop(take_job);
    thread::Builder::new().spawn(move || {
        for item in items {
            let (result, later) = sync_channel(1);
            if give_result.send(later).is_err() || give_job.send((item, result)).is_err() {
                break;
            }
        }
    })?;
    Ok(InOrder { queue, next: None })
}

fn take<J>(jobs: &Mutex<Receiver<J>>) -> Option<J> {
    let jobs = jobs.lock().unwrap_or_else(PoisonError::into_inner);
    jobs.recv().ok()
}

impl<R> InOrder<R> {
    /// The next result, if it is ready.
    pub(super) fn try_next(&mut self) -> Next<R> {
        let next = match self.next.take() {
            Some(next) => next,
            None => match self.queue.try_recv() {
                Ok(next) => next,
                Err(TryRecvError::Empty) => return Next::NotYet,
                Err(TryRecvError::Disconnected) => return Next::End,
            },
        };
        match next.try_recv() {
            Ok(result) => Next::Ready(result),
            Err(TryRecvError::Empty) => {
                self.next = Some(next);
                Next::NotYet
            }
            Err(TryRecvError::Disconnected) => Next::Panicked,
        }
    }

    /// The next result, once it is ready.
    pub(super) fn wait(&mut self) -> Next<R> {
        let Some(next) = self.next.take().or_else(|| self.queue.recv().ok()) else {
            return Next::End;
        };
        next.recv().map_or(Next::Panicked, Next::Ready)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn all<R>(mut results: InOrder<R>) -> Vec<Option<R>> {
        let mut all = Vec::new();
        loop {
            match results.wait() {
                Next::Ready(result) => all.push(Some(result)),
                Next::Panicked => all.push(None),
                Next::NotYet | Next::End => return all,
            }
        }
    }

    #[test]
    fn results_are_in_the_order_of_the_items() {
        for jobs in [1, 2, 7] {
            let slow_first = |n: u64| {
                thread::sleep(std::time::Duration::from_millis(20 - n.min(20)));
                n * 2
            };
            let results = all(in_order(0..60, jobs, slow_first).unwrap());
            let expected: Vec<_> = (0..60).map(|n| Some(n * 2)).collect();
            assert_eq!(results, expected);
        }
    }

    #[test]
    fn a_panic_is_told_in_its_place() {
        let work = |n: i32| {
            assert_ne!(n, 1, "on purpose");
            n
        };
        let results = all(in_order(0..3, 2, work).unwrap());
        assert_eq!(results, [Some(0), None, Some(2)]);
    }
}
