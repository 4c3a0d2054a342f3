use std::collections::BTreeMap;

use super::{
    Annotation, AnnotationId, Decision, DocumentMeta, Link, LinkId, PeerReview, Person, PersonId,
    ReviewKey, Selection, Suppression, SuppressionKey, UnreadRecord,
};
use crate::text::SourceText;

/// One value before and after. Both: replaced; only `after`: inserted; only `before`: removed.
#[derive(Debug, Clone, PartialEq)]
pub struct Delta<T> {
    /// The value before; `None`: none.
    pub before: Option<T>,
    /// The value after; `None`: none.
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

    /// Removes a value.
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

    fn any(&self) -> Option<&T> {
        self.before.as_ref().or(self.after.as_ref())
    }
}

/// One record's change.
#[derive(Debug, Clone, PartialEq)]
pub enum Change {
    /// A tag.
    Annotation(Delta<Annotation>),
    /// A link.
    Link(Delta<Link>),
    /// Someone of the roster.
    Person(Delta<Person>),
    /// A review of somebody else's tag.
    PeerReview(Delta<PeerReview>),
    /// A decision between tags of several annotators.
    Decision(Delta<Decision>),
    /// A decision to ignore what a rule finds.
    Suppression(Delta<Suppression>),
    /// State and other facts of the document as a whole.
    Meta(Delta<DocumentMeta>),
    /// A record that could not be read; its value is its identity, so it is inserted or removed,
    /// never replaced.
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
            Self::PeerReview(delta) => Self::PeerReview(delta.inverted()),
            Self::Decision(delta) => Self::Decision(delta.inverted()),
            Self::Suppression(delta) => Self::Suppression(delta.inverted()),
            Self::Meta(delta) => Self::Meta(delta.inverted()),
            Self::Unread(delta) => Self::Unread(delta.inverted()),
            Self::Source(delta) => Self::Source(delta.inverted()),
        }
    }

    /// The change of a tag; `None` where it is one of something else.
    #[must_use]
    pub fn annotation(&self) -> Option<&Delta<Annotation>> {
        match self {
            Self::Annotation(delta) => Some(delta),
            Self::Link(_)
            | Self::Person(_)
            | Self::PeerReview(_)
            | Self::Decision(_)
            | Self::Suppression(_)
            | Self::Meta(_)
            | Self::Unread(_)
            | Self::Source(_) => None,
        }
    }

    /// Which record it is of; `None` where it is of none at all.
    fn key(&self) -> Option<Key> {
        Some(match self {
            Self::Annotation(delta) => Key::Annotation(delta.any()?.id.clone()),
            Self::Link(delta) => Key::Link(delta.any()?.id.clone()),
            Self::Person(delta) => Key::Person(delta.any()?.id.clone()),
            Self::PeerReview(delta) => Key::PeerReview(delta.any()?.key.clone()),
            Self::Decision(delta) => Key::Decision(delta.any()?.key.clone()),
            Self::Suppression(delta) => Key::Suppression(delta.any()?.key.clone()),
            Self::Meta(_) => Key::Meta,
            Self::Unread(delta) => Key::Unread(delta.any()?.clone()),
            Self::Source(_) => Key::Source,
        })
    }

    /// Absorbs a later change of the same record.
    fn follow(&mut self, later: Self) {
        match (self, later) {
            (Self::Annotation(into), Self::Annotation(from)) => into.after = from.after,
            (Self::Link(into), Self::Link(from)) => into.after = from.after,
            (Self::Person(into), Self::Person(from)) => into.after = from.after,
            (Self::PeerReview(into), Self::PeerReview(from)) => into.after = from.after,
            (Self::Decision(into), Self::Decision(from)) => into.after = from.after,
            (Self::Suppression(into), Self::Suppression(from)) => into.after = from.after,
            (Self::Meta(into), Self::Meta(from)) => into.after = from.after,
            (Self::Unread(into), Self::Unread(from)) => into.after = from.after,
            (Self::Source(into), Self::Source(from)) => into.after = from.after,
            _ => {}
        }
    }

    fn changes_nothing(&self) -> bool {
        match self {
            Self::Annotation(delta) => delta.before == delta.after,
            Self::Link(delta) => delta.before == delta.after,
            Self::Person(delta) => delta.before == delta.after,
            Self::PeerReview(delta) => delta.before == delta.after,
            Self::Decision(delta) => delta.before == delta.after,
            Self::Suppression(delta) => delta.before == delta.after,
            Self::Meta(delta) => delta.before == delta.after,
            Self::Unread(delta) => delta.before == delta.after,
            Self::Source(delta) => delta.before == delta.after,
        }
    }
}

/// A record that changes are of.
#[derive(PartialEq, Eq, PartialOrd, Ord)]
enum Key {
    Annotation(AnnotationId),
    Link(LinkId),
    Person(PersonId),
    PeerReview(ReviewKey),
    Decision(ReviewKey),
    Suppression(SuppressionKey),
    Meta,
    Unread(UnreadRecord),
    Source,
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

    /// This and a later one as one, each record once; the words and selection of the later.
    #[must_use]
    pub fn followed_by(self, later: Self) -> Self {
        let mut changes = self.changes;
        changes.extend(later.changes);
        Self { changes, ..later }.folded()
    }

    /// The same with one change a record: from what was there first to what is there last. Records
    /// that end as they began are left out.
    #[must_use]
    pub fn folded(self) -> Self {
        let mut changes: Vec<Change> = Vec::with_capacity(self.changes.len());
        let mut places: BTreeMap<Key, usize> = BTreeMap::new();
        for change in self.changes {
            let key = change.key();
            let known = key.as_ref().and_then(|key| places.get(key));
            match known.and_then(|&at| changes.get_mut(at)) {
                Some(known) => known.follow(change),
                None => {
                    places.extend(key.map(|key| (key, changes.len())));
                    changes.push(change);
                }
            }
        }
        changes.retain(|change| !change.changes_nothing());
        Self { changes, ..self }
    }
}
