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
    /// Where the caret ends up from `from` (bytes): always a grapheme boundary of the text.
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

#[cfg(test)]
mod tests {
    use proptest::prelude::*;
    use proptest::sample::Index;

    use super::*;

    proptest! {
        /// The caret is always between graphemes, and each step advances.
        #[test]
        fn the_caret_stands_between_graphemes(text in "(?s)(“|”|’s|\r\n|\n|e\u{301}|👩\u{200d}👧|\u{2028}|\\.|[a-z]{1,3}| |.){0,40}", at in any::<Index>()) {
            let source = &SourceText::new(text.as_str(), "UTF-8").unwrap();
            let from = u32::try_from(at.index(text.len() + 1)).unwrap().into();
            for motion in [
                Motion::NextGrapheme,
                Motion::PreviousGrapheme,
                Motion::NextWord,
                Motion::PreviousWord,
                Motion::To(from),
                Motion::ParagraphStart,
                Motion::ParagraphEnd,
                Motion::DocumentStart,
                Motion::DocumentEnd,
            ] {
                let to = motion.target(source, from);
                let around = TextRange::empty(to);
                prop_assert_eq!(snap_to_graphemes(source, around), around, "{:?}", motion);
                match motion {
                    Motion::NextGrapheme | Motion::NextWord => {
                        prop_assert!(to > from || from == source.len(), "{:?}", motion);
                    }
                    Motion::PreviousGrapheme | Motion::PreviousWord => {
                        prop_assert!(to < from || from == 0.into(), "{:?}", motion);
                    }
                    Motion::To(_)
                    | Motion::ParagraphStart
                    | Motion::ParagraphEnd
                    | Motion::DocumentStart
                    | Motion::DocumentEnd => {}
                }
            }
        }
    }
}
