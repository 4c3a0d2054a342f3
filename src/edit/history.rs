use super::inverted;
use crate::model::{AnnotationId, PersonId, Selection, Transaction};

/// What can be undone and redone, and whether it is saved. Holds no document: it hands out the
/// transactions that the caller applies.
#[derive(Debug, Clone)]
// Invariant: `revision` is 0 or the `after` of the last entry of `done`, and the `before` of the
// last entry of `undone`.
pub struct History {
    done: Vec<Entry>,
    undone: Vec<Entry>,
    revision: u64,
    /// The highest revision ever given.
    last: u64,
    /// The revision the file holds; `None`: none of them.
    saved: Option<u64>,
    /// Whether the last entry still takes in steps of its key.
    open: bool,
}

#[derive(Debug, Clone)]
struct Entry {
    transaction: Transaction,
    selection_before: Selection,
    selection_after: Selection,
    revision_before: u64,
    revision_after: u64,
    coalesce: Option<Coalesce>,
}

/// Steps that follow one another with the same key are undone as one.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Coalesce {
    /// Walking the candidates for the speaker of a tag.
    Candidates(AnnotationId),
    /// Typing the note of a tag.
    Note(AnnotationId),
    /// Typing about a person.
    Person(PersonId),
}

impl Coalesce {
    /// Whether its steps are keystrokes in a text field, not worth a message.
    #[must_use]
    pub fn is_typing(&self) -> bool {
        match self {
            Self::Candidates(_) => false,
            Self::Note(_) | Self::Person(_) => true,
        }
    }
}

/// What undo or redo does: apply the transaction, then set the selection.
#[derive(Debug, Clone, PartialEq)]
pub struct Replay {
    /// To apply; its label is that of the step.
    pub transaction: Transaction,
    /// Where the person was.
    pub selection: Selection,
}

impl Default for History {
    fn default() -> Self {
        Self {
            done: Vec::new(),
            undone: Vec::new(),
            revision: 0,
            last: 0,
            saved: Some(0),
            open: false,
        }
    }
}

impl History {
    /// Remembers a transaction that has been applied, with the selection before and after it.
    /// What was undone can no longer be redone. One without changes is not remembered.
    pub fn record(
        &mut self,
        transaction: Transaction,
        selection_before: Selection,
        selection_after: Selection,
        coalesce: Option<Coalesce>,
    ) {
        if transaction.changes.is_empty() {
            return;
        }
        self.undone.clear();
        self.last += 1;
        let merges = self.open
            && coalesce.is_some()
            && self
                .done
                .last()
                .is_some_and(|entry| entry.coalesce == coalesce);
        let earlier = if merges { self.done.pop() } else { None };
        let entry = match earlier {
            Some(earlier) => Entry {
                transaction: earlier.transaction.followed_by(transaction),
                selection_after,
                revision_after: self.last,
                ..earlier
            },
            None => Entry {
                transaction,
                selection_before,
                selection_after,
                revision_before: self.revision,
                revision_after: self.last,
                coalesce,
            },
        };
        self.open = true;
        if entry.transaction.changes.is_empty() {
            // The steps cancel out: the document is as it was before the first.
            self.revision = entry.revision_before;
            self.open = false;
        } else {
            self.revision = entry.revision_after;
            self.done.push(entry);
        }
    }

    /// Whether a step with this key would join the last one.
    #[must_use]
    pub fn continues(&self, key: &Coalesce) -> bool {
        let last = self.done.last().and_then(|entry| entry.coalesce.as_ref());
        self.open && last == Some(key)
    }

    /// Ends the step: what comes next is a step of its own, whatever its key.
    pub fn seal(&mut self) {
        self.open = false;
    }

    /// What undoing the last step takes, without undoing it; `None` when there is none.
    #[must_use]
    pub fn next_undo(&self) -> Option<Replay> {
        let entry = self.done.last()?;
        Some(Replay {
            transaction: inverted(&entry.transaction),
            selection: entry.selection_before.clone(),
        })
    }

    /// What doing the last undone step again takes, without doing it; `None` when there is none.
    #[must_use]
    pub fn next_redo(&self) -> Option<Replay> {
        let entry = self.undone.last()?;
        Some(Replay {
            transaction: entry.transaction.clone(),
            selection: entry.selection_after.clone(),
        })
    }

    /// Takes the last step back; `None` when there is none.
    pub fn undo(&mut self) -> Option<Replay> {
        let replay = self.next_undo();
        let entry = self.done.pop()?;
        self.open = false;
        self.revision = entry.revision_before;
        self.undone.push(entry);
        replay
    }

    /// Does the last undone step again; `None` when there is none.
    pub fn redo(&mut self) -> Option<Replay> {
        let replay = self.next_redo();
        let entry = self.undone.pop()?;
        self.open = false;
        self.revision = entry.revision_after;
        self.done.push(entry);
        replay
    }

    /// What undo would take back, in words.
    #[must_use]
    pub fn undo_label(&self) -> Option<&str> {
        self.done
            .last()
            .map(|entry| entry.transaction.label.as_str())
    }

    /// What redo would do again, in words.
    #[must_use]
    pub fn redo_label(&self) -> Option<&str> {
        self.undone
            .last()
            .map(|entry| entry.transaction.label.as_str())
    }

    /// Names the state of the document: the same number is the same state, also after undo and
    /// redo.
    #[must_use]
    pub fn state_id(&self) -> u64 {
        self.revision
    }

    /// Notes that the state with this number is what the file holds.
    pub fn mark_saved(&mut self, revision: u64) {
        self.saved = Some(revision);
    }

    /// Notes that the file holds none of the states: it is gone, or someone has replaced it.
    pub fn mark_unsaved(&mut self) {
        self.saved = None;
    }

    /// Whether the file holds the present state.
    #[must_use]
    pub fn is_saved(&self) -> bool {
        self.saved == Some(self.revision)
    }
}

#[cfg(test)]
mod tests {

    use super::{Coalesce, History};
    use crate::model::{Change, Delta, DocumentMeta, DocumentState, Selection, Transaction};

    fn step(label: &str, from: DocumentState, to: DocumentState) -> Transaction {
        let meta = |state| DocumentMeta {
            state,
            ..DocumentMeta::default()
        };
        Transaction {
            changes: vec![Change::Meta(Delta::replace(meta(from), meta(to)))],
            ..Transaction::new(label)
        }
    }

    fn at(place: u32) -> Selection {
        Selection::caret(place.into())
    }

    fn key() -> Option<Coalesce> {
        Some(Coalesce::Candidates("quote".into()))
    }

    use DocumentState::{Done, InProgress, New};

    #[test]
    fn the_saved_state_is_known_again() {
        let mut history = History::default();
        assert!(history.is_saved());
        history.record(step("begun", New, InProgress), at(1), at(2), None);
        assert!(!history.is_saved());
        history.mark_saved(history.state_id());
        history.record(step("done", InProgress, Done), at(3), at(4), None);
        assert!(!history.is_saved());
        assert_eq!(history.undo_label(), Some("done"));
        let replay = history.undo().unwrap();
        assert_eq!(replay.selection, at(3));
        assert_eq!(replay.transaction, step("done", Done, InProgress));
        assert!(history.is_saved());
        assert_eq!(history.redo_label(), Some("done"));
        assert_eq!(history.redo().unwrap().selection, at(4));
        assert!(!history.is_saved());
        // Another way on from the saved state never looks saved.
        history.undo();
        history.undo();
        history.record(step("other", New, Done), at(0), at(0), None);
        assert!(!history.is_saved());
        assert_eq!(history.redo_label(), None);
    }

    #[test]
    fn a_walk_is_one_step() {
        let mut history = History::default();
        history.record(step("first", New, InProgress), at(1), at(2), key());
        history.record(step("second", InProgress, Done), at(3), at(4), key());
        assert_eq!(history.undo_label(), Some("second"));
        let replay = history.undo().unwrap();
        assert_eq!(replay.transaction, step("second", Done, New));
        assert_eq!(replay.selection, at(1));
        assert!(history.undo().is_none());
    }

    #[test]
    fn a_walk_back_to_its_start_is_no_step() {
        let mut history = History::default();
        history.record(step("first", New, InProgress), at(1), at(2), key());
        history.record(step("second", InProgress, New), at(3), at(4), key());
        assert!(history.is_saved());
        assert_eq!(history.undo(), None);
    }

    #[test]
    fn other_steps_and_undo_end_a_walk() {
        let mut history = History::default();
        history.record(step("first", New, InProgress), at(1), at(2), key());
        history.seal();
        history.record(step("second", InProgress, Done), at(3), at(4), key());
        history.undo();
        history.record(step("third", InProgress, New), at(3), at(4), key());
        assert_eq!(
            history.undo().unwrap().transaction,
            step("third", New, InProgress)
        );
        assert_eq!(
            history.undo().unwrap().transaction,
            step("first", InProgress, New)
        );
    }
}
