use crate::text::wording::{UnknownWord, from_word};

/// How much of a quote is between quotation marks.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum QuoteForm {
    /// All of its words.
    Direct,
    /// Some of its words.
    Mixed,
    /// None of its words.
    Indirect,
}

impl QuoteForm {
    /// All of them.
    pub const ALL: [Self; 3] = [Self::Direct, Self::Mixed, Self::Indirect];

    /// The word in the attribute `form` and on the command line.
    #[must_use]
    pub fn word(self) -> &'static str {
        match self {
            Self::Direct => "direct",
            Self::Mixed => "mixed",
            Self::Indirect => "indirect",
        }
    }

    /// The form of this word.
    ///
    /// # Errors
    /// [`UnknownWord`] with those there are.
    pub fn named(word: &str) -> Result<Self, UnknownWord> {
        from_word(word, &Self::ALL, Self::word, "a form")
    }
}
