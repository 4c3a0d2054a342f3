//! The message of the last command in the status line.

use crate::gui::tag_description::capitalize;
use crate::ops::ui_command::UiCommand;

/// What the last command did, or why it did nothing.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub(crate) struct StatusMessage {
    pub(crate) words: String,
    /// Whether nothing was done.
    pub(crate) refused: bool,
    /// What undoes it.
    pub(crate) undone_by: Option<UiCommand>,
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
            undone_by: None,
        }
    }

    pub(crate) fn undoable(words: impl Into<String>) -> Self {
        Self::undone_by(words, UiCommand::Undo)
    }

    pub(crate) fn undone_by(words: impl Into<String>, command: UiCommand) -> Self {
        Self {
            undone_by: Some(command),
            ..Self::info(words)
        }
    }
}
