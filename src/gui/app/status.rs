//! What the status line says of the last order.

use crate::gui::scene::capital;

/// What the last order did, or why it did nothing.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub(crate) struct Status {
    pub(crate) words: String,
    /// Whether nothing was done.
    pub(crate) refused: bool,
    /// Whether it can be undone.
    pub(crate) undoable: bool,
}

impl Status {
    pub(crate) fn says(words: impl Into<String>) -> Self {
        Self {
            words: capital(&words.into()),
            ..Self::default()
        }
    }

    pub(crate) fn refuses(words: impl Into<String>) -> Self {
        Self {
            words: capital(&words.into()),
            refused: true,
            undoable: false,
        }
    }

    pub(crate) fn did(words: impl Into<String>) -> Self {
        Self {
            undoable: true,
            ..Self::says(words)
        }
    }
}
