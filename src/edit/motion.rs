use crate::text::{
    SourceText, TextRange, TextSize, next_grapheme, next_word, previous_grapheme, previous_word,
    snap_to_graphemes,
};

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
        let from = from.min(source.len());
        let lines = source.lines();
        let to = match self {
            Self::NextGrapheme => next_grapheme(source, from),
            Self::PreviousGrapheme => previous_grapheme(source, from),
            Self::NextWord => next_word(source, from),
            Self::PreviousWord => previous_word(source, from),
            Self::To(to) => to,
            Self::ParagraphStart => lines.start(lines.line_at(from)),
            Self::ParagraphEnd => lines.range(lines.line_at(from)).end(),
            Self::DocumentStart => TextSize::new(0),
            Self::DocumentEnd => source.len(),
        };
        let around = snap_to_graphemes(source, TextRange::empty(to.min(source.len())));
        // A step on never stops within a grapheme it would be put back from.
        match self {
            Self::NextWord => around.end(),
            _ => around.start(),
        }
    }
}

/// An edge of a fragment.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Edge {
    /// Where it starts.
    Start,
    /// Where it ends.
    End,
}

/// How far an edge is nudged.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Step {
    /// A word.
    Word,
    /// A grapheme.
    Grapheme,
}
