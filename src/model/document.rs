use imbl::OrdSet;
use smol_str::SmolStr;

use super::{AnnotationSet, DocumentState, UnknownField};
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
    /// Records of its file that cannot be read, carried along verbatim, in the order of the file.
    pub unread: OrdSet<UnreadRecord>,
}

/// Facts of a document as a whole.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct DocumentMeta {
    /// How far the work is.
    pub state: DocumentState,
    /// The annotator; `None`: unnamed.
    pub annotator: Option<SmolStr>,
    /// Fields of the header that this version does not know, carried along as they are.
    pub unknown: Vec<UnknownField>,
}

/// A record that cannot be read: from a newer version, damaged, or about text that is not there.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
pub struct UnreadRecord {
    /// Line of the sidecar it was on, from 1; 0 for one that was never in a file.
    pub line: usize,
    /// The list it was in: `people`, `annotations`, `links`, [`Self::LOST`].
    pub list: String,
    /// Its text, verbatim, without the comma after it.
    pub raw: String,
    /// Why it could not be read, in words; of a lost tag the words it covered.
    pub reason: String,
    /// The conflict, if it could be read but differs from the record with its id.
    pub clash: Option<RecordClash>,
}

/// Two different records with one id: someone has to decide.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
pub struct RecordClash {
    /// The id both have; of a fact of the header its name.
    pub id: SmolStr,
    /// What differs, in words: "the note".
    pub differs: Vec<String>,
}

impl UnreadRecord {
    /// The list of tags whose words are no longer in the article.
    pub const LOST: &str = "lost";

    /// Whether it is a tag whose words are no longer in the article.
    #[must_use]
    pub fn is_lost(&self) -> bool {
        self.list == Self::LOST
    }
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

    /// Facts of the document as a whole.
    #[must_use]
    pub fn meta(&self) -> &DocumentMeta {
        &self.parts.meta
    }

    /// Records of its file that cannot be read, carried along verbatim, in the order of the file.
    #[must_use]
    pub fn unread(&self) -> &OrdSet<UnreadRecord> {
        &self.parts.unread
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
