use jiff::Timestamp;

use crate::edit::{Context, Refusal, apply};
use crate::model::{Change, Document, IdSource, Schema, Selection, Transaction};
use crate::ops::RandomIds;

/// What a step does to one sidecar: actions one after another, each on what the ones before have made.
#[derive(Debug)]
pub struct ArticleEdits<'a> {
    document: Document,
    schema: &'a Schema,
    annotator: Option<&'a str>,
    /// To the second, as edits of an open article.
    now: Option<Timestamp>,
    changes: Vec<Change>,
    done: usize,
    refusals: Vec<Refusal>,
}

impl<'a> ArticleEdits<'a> {
    pub(super) fn new(
        document: Document,
        schema: &'a Schema,
        annotator: Option<&'a str>,
        now: Timestamp,
    ) -> Self {
        Self {
            document,
            schema,
            annotator,
            now: Timestamp::from_second(now.as_second()).ok(),
            changes: Vec::new(),
            done: 0,
            refusals: Vec::new(),
        }
    }

    /// The article and its annotations, with what was done so far.
    #[must_use]
    pub fn document(&self) -> &Document {
        &self.document
    }

    /// What can be said.
    #[must_use]
    pub fn schema(&self) -> &'a Schema {
        self.schema
    }

    /// Does an action of [`crate::edit::action`]. One that changes something is counted as done; a refusal
    /// is told in the report and stops nothing else. Returns whether something has changed.
    pub fn run(
        &mut self,
        action: impl FnOnce(&Context<'_>, &mut dyn IdSource) -> Result<Transaction, Refusal>,
    ) -> bool {
        self.run_at(&Selection::default(), action)
    }

    /// The same with something selected.
    pub fn run_at(
        &mut self,
        selection: &Selection,
        action: impl FnOnce(&Context<'_>, &mut dyn IdSource) -> Result<Transaction, Refusal>,
    ) -> bool {
        let context = Context {
            document: &self.document,
            schema: self.schema,
            selection,
            annotator: self.annotator,
            now: self.now,
        };
        let done = action(&context, &mut RandomIds).and_then(|transaction| {
            apply(&mut self.document, &transaction)
                .map_err(|error| Refusal::new(error.to_string()))?;
            Ok(transaction.changes)
        });
        match done {
            Ok(changes) if changes.is_empty() => false,
            Ok(changes) => {
                self.changes.extend(changes);
                self.done += 1;
                true
            }
            Err(refusal) => {
                self.refusals.push(refusal);
                false
            }
        }
    }

    /// Tells that something was not done, and why.
    pub fn refuse(&mut self, refusal: Refusal) {
        self.refusals.push(refusal);
    }

    pub(super) fn finish(self) -> FinishedEdits {
        let changes = Transaction {
            changes: self.changes,
            ..Transaction::default()
        };
        FinishedEdits {
            document: self.document,
            transaction: changes.folded(),
            done: self.done,
            refusals: self.refusals,
        }
    }
}

/// What was done to one sidecar.
pub(super) struct FinishedEdits {
    pub(super) document: Document,
    pub(super) transaction: Transaction,
    pub(super) done: usize,
    pub(super) refusals: Vec<Refusal>,
}
