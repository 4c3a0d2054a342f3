//! What the journal needs: every transaction that was applied, and doing those again that a journal
//! held.

use super::OpenDocument;
use crate::edit::Refusal;
use crate::format::journal::Applied;
use crate::model::Transaction;

/// How far replaying got.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Replayed {
    /// How many steps were done again; each can be undone.
    pub done: usize,
    /// Why the next one could not be; `None`: all were.
    pub stopped: Option<Refusal>,
}

impl OpenDocument {
    /// Whether to keep what is applied from now on for [`Self::take_applied`].
    pub fn keep_applied(&mut self, keep: bool) {
        self.applied = keep.then(Vec::new);
    }

    /// What has been applied since the last call, undo and redo included, in order.
    pub fn take_applied(&mut self) -> Vec<Applied> {
        self.applied
            .as_mut()
            .map(std::mem::take)
            .unwrap_or_default()
    }

    /// Does again, step by step, what a journal held. Stops at the first step that does not fit the
    /// document any more; those before it stay.
    pub fn replay_journal(&mut self, steps: Vec<Transaction>) -> Replayed {
        let mut done = 0;
        for step in steps {
            self.history.seal();
            if let Err(refusal) = self.commit(step, None) {
                return Replayed {
                    done,
                    stopped: Some(refusal),
                };
            }
            done += 1;
        }
        self.chips = None;
        Replayed {
            done,
            stopped: None,
        }
    }
}
