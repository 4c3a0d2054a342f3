use imbl::OrdSet;
use smol_str::SmolStr;
use thin_vec::ThinVec;

use super::{AnnotationSet, DocumentState, Sittings, UnknownField, UnreadRecord};
use crate::text::SourceText;

/// An article and its annotations. Readers build one from [`DocumentParts`]; after that only
/// [`crate::edit::apply`] changes it.
#[derive(Debug, Clone)]
pub struct Document {
    parts: DocumentParts,
}

/// What a [`Document`] is made of: plain values, for code that reads or converts whole documents.
#[derive(Debug, Clone)]
pub struct DocumentParts {
    /// The article.
    pub source: SourceText,
    /// Tags, links and people.
    pub set: AnnotationSet,
    /// Facts of the document as a whole.
    pub meta: DocumentMeta,
    /// Records of its file that are not part of the set, carried along verbatim, in the order of the
    /// file.
    pub unread: OrdSet<UnreadRecord>,
    /// Times of work.
    pub sittings: Sittings,
}

/// Facts of a document as a whole.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct DocumentMeta {
    /// How far the work is.
    pub state: DocumentState,
    /// The annotator; `None`: unnamed.
    pub annotator: Option<SmolStr>,
    /// Fields of the header that this version does not know, carried along as they are.
    pub unknown: ThinVec<UnknownField>,
}

impl DocumentParts {
    /// An article without tags.
    #[must_use]
    pub fn new(source: SourceText) -> Self {
        Self {
            source,
            set: AnnotationSet::default(),
            meta: DocumentMeta::default(),
            unread: OrdSet::new(),
            sittings: Sittings::default(),
        }
    }
}

impl From<DocumentParts> for Document {
    fn from(parts: DocumentParts) -> Self {
        Self { parts }
    }
}

impl Document {
    /// An article without tags.
    #[must_use]
    pub fn new(source: SourceText) -> Self {
        DocumentParts::new(source).into()
    }

    /// The article.
    #[must_use]
    pub fn source(&self) -> &SourceText {
        &self.parts.source
    }

    /// Tags, links and people.
    #[must_use]
    pub fn set(&self) -> &AnnotationSet {
        &self.parts.set
    }

    /// Whether there is nothing but reviews of somebody else's tags, in work that is not done: no
    /// annotation by a reviewer who found nothing.
    #[must_use]
    pub fn holds_reviews_only(&self) -> bool {
        let set = self.set();
        set.peer_reviews().next().is_some()
            && set.annotation_count() + set.link_count() == 0
            && self.parts.meta.state != DocumentState::Done
            && self.unread().is_empty()
    }

    /// Facts of the document as a whole.
    #[must_use]
    pub fn meta(&self) -> &DocumentMeta {
        &self.parts.meta
    }

    /// Records of its file that are not part of the set, carried along verbatim, in the order of the
    /// file.
    #[must_use]
    pub fn unread(&self) -> &OrdSet<UnreadRecord> {
        &self.parts.unread
    }

    /// Times of work.
    #[must_use]
    pub fn sittings(&self) -> &Sittings {
        &self.parts.sittings
    }

    /// Takes the document apart, to build another from it.
    #[must_use]
    pub fn into_parts(self) -> DocumentParts {
        self.parts
    }

    /// For [`crate::edit::apply`] alone.
    pub(crate) fn parts_mut(&mut self) -> &mut DocumentParts {
        &mut self.parts
    }
}
