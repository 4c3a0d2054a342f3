use imbl::OrdSet;
use smol_str::SmolStr;

use super::{AnnotationSet, DocumentState, UnknownField};
use crate::text::SourceText;

/// An article and all that is said about it. Changed only by [`crate::edit`].
#[derive(Debug, Clone)]
pub struct Document {
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
    /// Whose work this is; `None`: nobody named.
    pub annotator: Option<SmolStr>,
    /// Fields of the header that this version does not know, carried along as they are.
    pub unknown: Vec<UnknownField>,
}

/// A record that cannot be read: from a newer version, damaged, or about text that is not there.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
pub struct UnreadRecord {
    /// Line of the sidecar it stood on, from 1; 0 for one that was never in a file.
    pub line: usize,
    /// The list it stood in: `people`, `annotations`, `links`, [`Self::LOST`].
    pub list: String,
    /// Its text, verbatim, without the comma behind it.
    pub raw: String,
    /// Why it could not be read, in words; of a lost tag the words it covered.
    pub reason: String,
    /// Where it could be read but says something else than what stands under its id.
    pub clash: Option<RecordClash>,
}

/// Two records of one id that say different things: somebody has to decide.
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

impl Document {
    /// An article nobody has tagged.
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
