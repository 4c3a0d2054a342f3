use super::AnnotationId;
use crate::text::{TextRange, TextSize};

/// Where a person is: a caret or a range of text (bytes), *and* the current tag.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Selection {
    /// The end that stays.
    pub anchor: TextSize,
    /// The end that moves: the caret.
    pub head: TextSize,
    /// The current tag, which commands mean.
    pub tag: Option<AnnotationId>,
}

impl Selection {
    /// A caret without a current tag.
    #[must_use]
    pub fn caret(at: TextSize) -> Self {
        Self {
            anchor: at,
            head: at,
            tag: None,
        }
    }

    /// The selected text; empty at a caret.
    #[must_use]
    pub fn range(&self) -> TextRange {
        TextRange::new(self.anchor.min(self.head), self.anchor.max(self.head))
    }

    /// Whether nothing is selected.
    #[must_use]
    pub fn is_caret(&self) -> bool {
        self.anchor == self.head
    }
}
