use crate::edit::Refusal;
use crate::model::{Annotation, AnnotationId, Document, IdSource, Problem, Schema, Selection};
use crate::suggest::Candidate;

use super::{Command, Outcome};

/// One article being worked on: the document, where the person is in it, and what can be undone.
/// Every key, button, palette entry and test script enters at [`OpenDocument::run`].
#[derive(Debug)]
pub struct OpenDocument {
    document: Document,
    schema: Schema,
    selection: Selection,
    problems: Vec<Problem>,
    chips: Option<Chips>,
    revision: u64,
}

/// The candidates for the speaker of the current quote or claim, shown as chips beside it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Chips {
    /// The quote or claim.
    pub tag: AnnotationId,
    /// Best first.
    pub candidates: Vec<Candidate>,
    /// Which one the link points to now.
    pub chosen: Option<usize>,
    /// Whether the answer is "no speaker given".
    pub not_given: bool,
    /// Whether the link is confirmed.
    pub confirmed: bool,
}

impl OpenDocument {
    /// Starts work on a document.
    #[must_use]
    pub fn new(document: Document, schema: Schema) -> Self {
        let problems = crate::model::validate(&document, &schema);
        Self {
            document,
            schema,
            selection: Selection::default(),
            problems,
            chips: None,
            revision: 0,
        }
    }

    /// The article and what is said about it.
    #[must_use]
    pub fn document(&self) -> &Document {
        &self.document
    }

    /// What can be said.
    #[must_use]
    pub fn schema(&self) -> &Schema {
        &self.schema
    }

    /// Where the person is.
    #[must_use]
    pub fn selection(&self) -> &Selection {
        &self.selection
    }

    /// A number that is new after every change of the document (not of the selection), undo
    /// included. For caches.
    #[must_use]
    pub fn revision(&self) -> u64 {
        self.revision
    }

    /// The tag commands mean: the current one, else the innermost at the caret.
    #[must_use]
    pub fn current_tag(&self) -> Option<&Annotation> {
        let set = &self.document.set;
        match &self.selection.tag {
            Some(id) => set.annotation(id),
            None => set.at(self.selection.head).first().copied(),
        }
    }

    /// The chips beside the current quote or claim, while they are open.
    #[must_use]
    pub fn chips(&self) -> Option<&Chips> {
        self.chips.as_ref()
    }

    /// What is doubtful in the document.
    #[must_use]
    pub fn problems(&self) -> &[Problem] {
        &self.problems
    }

    /// What undo would take back, in words.
    #[must_use]
    pub fn undo_label(&self) -> Option<&str> {
        None
    }

    /// What redo would do again, in words.
    #[must_use]
    pub fn redo_label(&self) -> Option<&str> {
        None
    }

    /// Whether everything is saved.
    #[must_use]
    pub fn is_saved(&self) -> bool {
        true
    }

    /// Whether the sidecar may not be written (newer version), with the reason.
    #[must_use]
    pub fn read_only(&self) -> Option<&str> {
        None
    }

    /// Carries a command out: all or nothing.
    ///
    /// # Errors
    /// [`Refusal`] where it may not or need not be done; nothing has changed then.
    pub fn run(&mut self, command: Command, ids: &mut dyn IdSource) -> Result<Outcome, Refusal> {
        let _ = (command, ids);
        Err(Refusal::new("not built yet"))
    }
}
