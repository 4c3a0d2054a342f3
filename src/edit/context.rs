use jiff::Timestamp;

use crate::model::{Authorship, Document, Origin, Schema, Selection};

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
    /// What time it is; `None`: records do not say who made and changed them, and when.
    pub now: Option<Timestamp>,
}

impl Context<'_> {
    /// The origin of what this person makes.
    #[must_use]
    pub fn origin(&self) -> Origin {
        Origin::Annotator(self.annotator.unwrap_or_default().into())
    }

    /// Who makes a change and when, as records keep it; `None` where they do not.
    pub(super) fn authorship(&self) -> Option<Authorship> {
        let now = self.now?;
        let authorship = Authorship {
            by: self.annotator.unwrap_or_default().into(),
            at: self.schema.times.then_some(now),
        };
        Some(authorship).filter(|authorship| !authorship.is_empty())
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
