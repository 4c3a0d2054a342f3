use super::{Annotation, DocumentMeta, Link, Person, Selection, UnreadRecord};
use crate::text::SourceText;

/// One value before and after. Both: replaced; only `after`: inserted; only `before`: removed.
#[derive(Debug, Clone, PartialEq)]
pub struct Delta<T> {
    /// What stands there now; `None`: nothing.
    pub before: Option<T>,
    /// What shall stand there; `None`: nothing.
    pub after: Option<T>,
}

impl<T> Delta<T> {
    /// Adds a value that is not there.
    pub fn insert(after: T) -> Self {
        Self {
            before: None,
            after: Some(after),
        }
    }

    /// Takes a value away.
    pub fn remove(before: T) -> Self {
        Self {
            before: Some(before),
            after: None,
        }
    }

    /// Puts one value for another of the same id.
    pub fn replace(before: T, after: T) -> Self {
        Self {
            before: Some(before),
            after: Some(after),
        }
    }

    /// The change that takes this one back.
    #[must_use]
    pub fn inverted(self) -> Self {
        Self {
            before: self.after,
            after: self.before,
        }
    }
}

/// One record's change.
#[derive(Debug, Clone, PartialEq)]
pub enum Change {
    /// A tag.
    Annotation(Delta<Annotation>),
    /// A link.
    Link(Delta<Link>),
    /// Somebody of the roster.
    Person(Delta<Person>),
    /// State and other facts of the document as a whole.
    Meta(Delta<DocumentMeta>),
    /// A record nobody could read; its value is its identity, so it is inserted or removed, never
    /// replaced.
    Unread(Delta<UnreadRecord>),
    /// The article itself: the text is replaced, and the tags that move with it are changes of the
    /// same transaction.
    Source(Delta<SourceText>),
}

impl Change {
    /// The change that takes this one back.
    #[must_use]
    pub fn inverted(self) -> Self {
        match self {
            Self::Annotation(delta) => Self::Annotation(delta.inverted()),
            Self::Link(delta) => Self::Link(delta.inverted()),
            Self::Person(delta) => Self::Person(delta.inverted()),
            Self::Meta(delta) => Self::Meta(delta.inverted()),
            Self::Unread(delta) => Self::Unread(delta.inverted()),
            Self::Source(delta) => Self::Source(delta.inverted()),
        }
    }
}

/// What one gesture does: applied whole or not at all, undone in one step.
#[derive(Debug, Clone, PartialEq, Default)]
pub struct Transaction {
    /// What happened, in words for the status line and the undo menu: "tagged quote".
    pub label: String,
    /// The changes, in order.
    pub changes: Vec<Change>,
    /// Where the person is afterwards; `None`: where they were.
    pub selection_after: Option<Selection>,
}

impl Transaction {
    /// An empty transaction with its words.
    #[must_use]
    pub fn new(label: impl Into<String>) -> Self {
        Self {
            label: label.into(),
            ..Self::default()
        }
    }
}
