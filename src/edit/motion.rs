use crate::text::{SourceText, TextSize};

/// A way for the caret.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Motion {
    /// One grapheme on.
    NextGrapheme,
    /// One grapheme back.
    PreviousGrapheme,
    /// To the end of the word.
    NextWord,
    /// To the start of the word.
    PreviousWord,
    /// To a place the view worked out, in bytes: lines and pages are matters of layout.
    To(TextSize),
    /// To the start of the paragraph.
    ParagraphStart,
    /// To its end.
    ParagraphEnd,
    /// To the start of the article.
    DocumentStart,
    /// To its end.
    DocumentEnd,
}

impl Motion {
    /// Where the caret comes to stand from `from` (bytes): always a grapheme boundary of the text.
    #[must_use]
    pub fn target(self, source: &SourceText, from: TextSize) -> TextSize {
        let _ = source;
        from
    }
}
