//! An article of an import: what it is called and what is in its place on the disk.

use super::import_names::Hash;
use crate::text::Decoding;

/// An article of the import.
pub(super) struct ImportedArticle {
    /// Its name below the folder, with `/`.
    pub(super) name: Box<str>,
    /// What the file calls it, where that is not the name.
    pub(super) id: Option<Box<str>>,
    /// Of the text.
    pub(super) text: Hash,
    /// `None`: not looked at yet.
    pub(super) disk: Option<Disk>,
    /// Of its facts, where they are written.
    pub(super) facts: Option<Hash>,
}

impl ImportedArticle {
    pub(super) fn id(&self) -> &str {
        self.id.as_deref().unwrap_or(&self.name)
    }
}

/// What is in the place of an article.
pub(super) enum Disk {
    /// Nothing: it is written.
    Free,
    /// The same text.
    Same(Box<Decoding>),
    /// What prevents the import.
    Taken,
}
