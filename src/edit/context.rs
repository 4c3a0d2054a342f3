use crate::model::{Document, Origin, Schema, Selection};

/// What an action looks at.
#[derive(Debug, Clone, Copy)]
pub struct Context<'a> {
    /// The article and its annotations.
    pub document: &'a Document,
    /// What can be said.
    pub schema: &'a Schema,
    /// Where the person is.
    pub selection: &'a Selection,
    /// The annotator; `None`: unnamed.
    pub annotator: Option<&'a str>,
}

impl Context<'_> {
    /// The origin of what this person makes.
    #[must_use]
    pub fn origin(&self) -> Origin {
        Origin::Annotator(self.annotator.unwrap_or_default().into())
    }
}

/// Why a command does nothing, in words for the status line, a disabled button's tooltip and the
/// shell alike. Nothing has changed.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error("{0}")]
pub struct Refusal(String);

impl Refusal {
    /// A refusal with its words: what is missing and what to do about it.
    #[must_use]
    pub fn new(words: impl Into<String>) -> Self {
        Self(words.into())
    }
}
