use crate::model::{Document, Origin, Schema, Selection};

/// What an action looks at.
#[derive(Debug, Clone, Copy)]
pub struct Context<'a> {
    /// The article and what is said about it.
    pub document: &'a Document,
    /// What can be said.
    pub schema: &'a Schema,
    /// Where the person is.
    pub selection: &'a Selection,
    /// Who works; `None`: nobody named.
    pub annotator: Option<&'a str>,
}

impl Context<'_> {
    /// The origin of what this person makes.
    #[must_use]
    pub fn origin(&self) -> Origin {
        Origin::Annotator(self.annotator.unwrap_or_default().into())
    }
}
