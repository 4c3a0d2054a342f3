//! The message of the last command in the status line.

use crate::gui::tag_description::capitalize;

/// What the last command did, or why it did nothing.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub(crate) struct StatusMessage {
    pub(crate) words: String,
    /// Whether nothing was done.
    pub(crate) refused: bool,
    /// Whether it can be undone.
    pub(crate) undoable: bool,
}

impl StatusMessage {
    pub(crate) fn info(words: impl Into<String>) -> Self {
        Self {
            words: capitalize(&words.into()),
            ..Self::default()
        }
    }

    pub(crate) fn refusal(words: impl Into<String>) -> Self {
        Self {
            words: capitalize(&words.into()),
            refused: true,
            undoable: false,
        }
    }

    pub(crate) fn undoable(words: impl Into<String>) -> Self {
        Self {
            undoable: true,
            ..Self::info(words)
        }
    }
}
