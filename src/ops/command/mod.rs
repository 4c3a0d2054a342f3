mod edit;
mod gesture;
mod kinds;
mod movement;

use crate::text::TextRange;

pub use edit::{Edit, EditKind};
pub use gesture::{CorrectionStep, DecisionStep, Gesture, GestureKind, ReviewStep};
pub use movement::{Move, MoveKind};

/// What a person can do to an open document. Every key, button, palette entry and test script is
/// one of these, run by [`super::OpenDocument::run`].
#[derive(Debug, Clone, PartialEq)]
pub enum Command {
    /// Moves or selects; does not change the document.
    Move(Move),
    /// Changes the document in one step, or is refused.
    Edit(Edit),
    /// Moves, changes or both, as the state of the document suggests.
    Gesture(Gesture),
}

impl From<Move> for Command {
    fn from(to: Move) -> Self {
        Self::Move(to)
    }
}

impl From<Edit> for Command {
    fn from(edit: Edit) -> Self {
        Self::Edit(edit)
    }
}

impl From<Gesture> for Command {
    fn from(gesture: Gesture) -> Self {
        Self::Gesture(gesture)
    }
}

/// What a command wants shown.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Outcome {
    /// Words for the status line; empty for none.
    pub message: String,
    /// A place to bring into view, in bytes.
    pub reveal: Option<TextRange>,
    /// Whether a tag was made.
    pub tagged: bool,
    /// Whether the document (not only the selection) changed.
    pub changed: bool,
    /// Whether to offer undo: the document changed by neither typing nor undo and redo.
    pub undoable: bool,
}
