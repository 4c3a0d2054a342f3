//! Applying transactions, and keeping what is counted and doubtful up to date.

use std::collections::BTreeSet;

use super::{Listing, OpenDocument, Overview, PersonCounts, Problems, Tally};
use crate::edit::{self, Coalesce, Refusal};
use crate::model::{
    AnnotationId, Change, Document, IdSource, Ranked, Target, Transaction, validate, validate_tag,
};
use crate::ops::{Command, Outcome};

impl OpenDocument {
    /// Applies a command's transaction, records it and goes on where the command says so.
    pub(super) fn change(
        &mut self,
        command: &Command,
        transaction: Transaction,
        ids: &mut dyn IdSource,
    ) -> Result<Outcome, Refusal> {
        let answers = matches!(command, Command::ChooseCandidate(_) | Command::NotGiven);
        let answered = if answers {
            self.chips_in_reach().ok().map(|chips| chips.tag)
        } else {
            None
        };
        let key = match command {
            Command::SetNote { .. } => self.meant_by(command).map(Coalesce::Note),
            Command::EditPerson(person) => Some(Coalesce::Person(person.id.clone())),
            _ => None,
        };
        if answers {
            self.chips = None;
        }
        let mut outcome = self.commit(transaction, key)?;
        if matches!(command, Command::Delete(_)) {
            self.deleted_at = Some(self.selection.clone());
        }
        if answered.is_some() {
            self.selection.tag = answered;
        }
        self.open_chips(matches!(command, Command::Tag(_)));
        if let Command::Review {
            then: Some(filter), ..
        } = command
        {
            match self.walk(filter, true, ids) {
                Ok(next) => outcome.reveal = next.reveal,
                Err(_) => outcome.message.push_str("; none is left after it"),
            }
        }
        Ok(outcome)
    }

    /// Takes in what came from elsewhere, such as [`crate::ops::MergedFromDisk`], as one step that can
    /// be undone. The person stays where they are.
    ///
    /// # Errors
    /// [`Refusal`] where nothing may be changed, or the document is no longer what the step was made
    /// for; nothing has changed then.
    pub fn take_in(&mut self, transaction: Transaction) -> Result<Outcome, Refusal> {
        if let Some(reason) = &self.read_only {
            return Err(Refusal::new(reason));
        }
        if transaction.changes.is_empty() {
            return Ok(Outcome::default());
        }
        let outcome = self.commit(transaction, None)?;
        let current = self.selection.tag.as_ref();
        if current.is_some_and(|id| self.document.set.annotation(id).is_none()) {
            self.selection.tag = None;
        }
        self.open_chips(false);
        Ok(outcome)
    }

    /// Applies and records a transaction.
    pub(super) fn commit(
        &mut self,
        transaction: Transaction,
        key: Option<Coalesce>,
    ) -> Result<Outcome, Refusal> {
        let before = self.selection.clone();
        let message = transaction.label.clone();
        let changed = !transaction.changes.is_empty();
        self.apply(&transaction)?;
        if let Some(selection) = &transaction.selection_after {
            self.selection = selection.clone();
        }
        let after = self.selection.clone();
        let state = self.history.revision();
        let copy = self.applied.is_some().then(|| transaction.clone());
        self.history.record(transaction, before, after, key);
        if let Some(transaction) = &copy {
            self.note_applied(transaction, state);
        }
        Ok(Outcome {
            message,
            reveal: None,
            changed,
        })
    }

    /// Applies a transaction and brings the tally and the problems up to date.
    pub(super) fn apply(&mut self, transaction: &Transaction) -> Result<(), Refusal> {
        let touched = touched(&self.document, transaction);
        self.count(&touched, false);
        let result = edit::apply(&mut self.document, transaction);
        self.count(&touched, true);
        result.map_err(|error| Refusal::new(error.to_string()))?;
        self.revision += 1;
        let of_the_roster = |change: &Change| matches!(change, Change::Person(_));
        if transaction.changes.iter().any(of_the_roster) {
            self.roster_revision += 1;
        }
        if transaction
            .changes
            .iter()
            .any(|change| matches!(change, Change::Source(_)))
        {
            // Their places are places of the text as it was.
            self.grown_from = None;
            self.chips = None;
        }
        let of_the_whole =
            |change: &Change| matches!(change, Change::Unread(_) | Change::Source(_));
        if transaction.changes.iter().any(of_the_whole) {
            self.look_at_all();
            return Ok(());
        }
        for id in &touched {
            let found = validate_tag(&self.document, &self.schema, id);
            self.problems.put(id, found);
        }
        Ok(())
    }

    /// Counts everything and looks for what is doubtful. O(n): for opening, and where the text has
    /// changed.
    pub(super) fn look_at_all(&mut self) {
        self.problems = Problems::of_all(validate(&self.document, &self.schema));
        self.tally = Tally::default();
        self.person_counts = PersonCounts::default();
        self.overview = Overview::of(self.document.source.len(), &self.schema);
        self.suggestions = Ranked::default();
        self.listing = Listing::default();
        let all: Vec<AnnotationId> = self
            .document
            .set
            .annotations()
            .map(|tag| tag.id.clone())
            .collect();
        self.count(&all, true);
    }

    /// Adds (`there`) or takes away what tags contribute to what is counted.
    fn count<'a>(&mut self, touched: impl IntoIterator<Item = &'a AnnotationId>, there: bool) {
        let (document, schema) = (&self.document, &self.schema);
        for id in touched {
            let Some(tag) = document.set.annotation(id) else {
                continue;
            };
            self.tally.count(document, schema, tag, there);
            self.person_counts.count(document, tag, there);
            self.overview.count(schema, tag, there);
            self.listing.count(document, schema, tag, there);
            if tag.is_open_suggestion() {
                if there {
                    self.suggestions.insert(tag.place());
                } else {
                    self.suggestions.remove(&tag.place());
                }
            }
        }
    }
}

/// The tags whose tally or problems a transaction can change.
fn touched(document: &Document, transaction: &Transaction) -> BTreeSet<AnnotationId> {
    let mut touched = BTreeSet::new();
    for change in &transaction.changes {
        match change {
            Change::Annotation(delta) => {
                for annotation in [&delta.before, &delta.after].into_iter().flatten() {
                    touched.insert(annotation.id.clone());
                    let target = Target::Annotation(annotation.id.clone());
                    let sources = document.set.links_to(&target);
                    touched.extend(sources.map(|link| link.from.clone()));
                }
            }
            Change::Link(delta) => {
                for link in [&delta.before, &delta.after].into_iter().flatten() {
                    touched.insert(link.from.clone());
                }
            }
            Change::Person(delta) => {
                // A new name or role is nothing that is counted or doubtful.
                let comes_or_goes = delta.before.is_none() || delta.after.is_none();
                let people = [&delta.before, &delta.after].into_iter().flatten();
                for person in people.filter(|_| comes_or_goes) {
                    touched.extend(document.set.mentions(&person.id).map(|tag| tag.id.clone()));
                    let target = Target::Person(person.id.clone());
                    let sources = document.set.links_to(&target);
                    touched.extend(sources.map(|link| link.from.clone()));
                }
            }
            Change::Meta(_) | Change::Unread(_) | Change::Source(_) => {}
        }
    }
    touched
}
